"""Every spelling met in exports, and what must not be guessed."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.form.model import Column, Dialect
from etl.typing import values
from etl.typing.values import Unreadable
from tests.every import every

DAY_FIRST, MONTH_FIRST = Dialect(day_first=True), Dialect(month_first=True)


@every(
    ("text", "expected"),
    [
        ("2026-11-22", datetime(2026, 11, 22)),
        ("2026/11/22 8:05", datetime(2026, 11, 22, 8, 5)),
        ("2026.11.22", datetime(2026, 11, 22)),
        ("2026年9月22日 10:13", datetime(2026, 9, 22, 10, 13)),
        ("2026年9月2号", datetime(2026, 9, 2)),
        ("2026年11月22日星期日10:13", datetime(2026, 11, 22, 10, 13)),
        ("20261122", datetime(2026, 11, 22)),
        ("202611220805", datetime(2026, 11, 22, 8, 5)),
        ("20261122080001", datetime(2026, 11, 22, 8, 0, 1)),
        ("2026-11-22T08:05:00", datetime(2026, 11, 22, 8, 5)),
        ("2026-11-22T00:05:00Z", datetime(2026, 11, 22, 8, 5)),
        ("2026-11-22T08:05:00.123+08:00", datetime(2026, 11, 22, 8, 5)),
        ("45925", datetime(2025, 9, 25)),
        ("45925.5", datetime(2025, 9, 25, 12)),
        ("45925.0", datetime(2025, 9, 25)),
        ("2026-11-22 08:05:00 PM", datetime(2026, 11, 22, 20, 5)),
        ("2026-11-22 12:00:03 AM", datetime(2026, 11, 22, 0, 0, 3)),
        ("2026/11/22 上午8:05", datetime(2026, 11, 22, 8, 5)),
        ("2026/11/22 下午 3:05:06", datetime(2026, 11, 22, 15, 5, 6)),
        ("2026年11月22日 下午3时5分", datetime(2026, 11, 22, 15, 5)),
        ("2026-11-22 中午12:30", datetime(2026, 11, 22, 12, 30)),
        ("2026-11-22 凌晨12:30", datetime(2026, 11, 22, 0, 30)),
        ("２０２６－１１－２２　０８：０５", datetime(2026, 11, 22, 8, 5)),
        ("2026-11-22 24:00", datetime(2026, 11, 23)),
        ("13/01/2022", datetime(2022, 1, 13)),
        ("01/13/2022", datetime(2022, 1, 13)),
        ("05.05.2022", datetime(2022, 5, 5)),
    ],
)
def test_dates_are_read_in_every_spelling(text, expected):
    assert values.parse_datetime(text) == (expected, None)


@every(
    ("text", "reason"),
    [
        ("待定", "不是日期"),
        ("9月22日", "没有写年份"),
        ("09-22 10:13", "没有写年份"),
        ("2026-02-30", "没有这样的"),
        ("2026-13-01", "没有这样的"),
        ("20261301", "没有这样的"),
        ("2026-11-22 25:00", "没有这样的"),
        ("1899-12-31", "年份不在"),
        ("2101-01-01", "年份不在"),
        ("2026-11-22 晚上12:00", "说不清"),
        ("123", "不是日期"),
        ("2026-11", "只写到月"),
        ("2026年9月底", "只写到月"),
        ("9.8", "没有写年份"),
        ("2026-11-22 整改", "不是日期"),
    ],
)
def test_what_is_no_date_says_why(text, reason):
    with pytest.raises(Unreadable) as caught:
        values.parse_datetime(text)
    assert reason in caught.value.reason and caught.value.remedy


@every(
    ("text", "expected", "code"),
    [
        ("2026年9月3日上午", datetime(2026, 9, 3), "half_day"),
        ("2026-09-05 07:00-19:00", datetime(2026, 9, 5, 7), "time_span"),
        ("2026年9月5日 14:00－15:30", datetime(2026, 9, 5, 14), "time_span"),
        ("2026.9.5至9.6", datetime(2026, 9, 5), "time_span"),
        ("2026-09-05~2026-09-07", datetime(2026, 9, 5), "time_span"),
    ],
)
def test_half_days_and_spans_are_read_from_their_beginning_with_a_caution(text, expected, code):
    parsed = values.parse_datetime(text)
    assert (parsed.value, parsed.caution.code) == (expected, code)


def test_a_deadline_is_no_span_and_a_time_zone_is_none_either():
    with pytest.raises(Unreadable, match="一段时间"):
        values.parse_deadline("2026-09-05 07:00-19:00")
    assert values.parse_datetime("2026-09-05T07:00-05:00") == (datetime(2026, 9, 5, 20), None)


def test_declared_order_of_day_and_month():
    assert values.parse_datetime("29-02-2016 01:16", DAY_FIRST) == (datetime(2016, 2, 29, 1, 16), None)
    assert values.parse_datetime("05/01/2022 12:00:03 AM", MONTH_FIRST) == (datetime(2022, 5, 1, 0, 0, 3), None)
    assert values.parse_datetime("05/01/2022 12:00:03 AM", DAY_FIRST) == (datetime(2022, 1, 5, 0, 0, 3), None)
    with pytest.raises(Unreadable):
        values.parse_datetime("13/13/2022", DAY_FIRST)
    with pytest.raises(Unreadable):
        values.parse_datetime("29-02-2016", MONTH_FIRST)


def test_undeclared_order_is_never_silent():
    value, caution = values.parse_datetime("05/01/2022")
    assert value == datetime(2022, 1, 5) and caution.code == "ambiguous_date"


def test_seconds_since_1970_are_read_with_a_caution():
    value, caution = values.parse_datetime("1700000000000")
    assert value == datetime(2023, 11, 15, 6, 13, 20) and caution.code == "epoch_date"


MIDNIGHTS = (
    "2026-11-22 00:00", "2026-11-22 00:00:00", "2026/11/22 0:00", "2026/11/22 0:00:00", "2026-11-22T00:00:00",
    "2026-11-22T00:00:00.000", "2026-11-22 00:00:00.0", "2026-11-22T00:00:00+08:00", "2026-11-21T16:00:00Z",
    "2026年11月22日 00:00", "2026年11月22日0时", "20261122000000", "1795276800000", "2026/11/22 12:00:00 AM",
    "2026-11-22 24:00", "2026-11-22T24:00:00", "2026年11月22日24时", "２０２６／１１／２２　０：００",
)  # fmt: skip


@every(
    ("text", "expected"),
    [
        ("2026-11-22", datetime(2026, 11, 22, 23, 59, 59)),
        ("45925", datetime(2025, 9, 25, 23, 59, 59)),
        ("2026年9月30日前", datetime(2026, 9, 30, 23, 59, 59)),
        *((midnight, datetime(2026, 11, 22, 23, 59, 59)) for midnight in MIDNIGHTS),
        ("2026-11-22 00:00:01", datetime(2026, 11, 22, 0, 0, 1)),
        ("2026-11-22 17:30", datetime(2026, 11, 22, 17, 30)),
    ],
)
def test_a_deadline_without_a_time_is_the_end_of_its_day(text, expected):
    assert values.parse_deadline(text).value == expected
    assert values.quick_moment(text, end_of_day=True) in (None, expected)


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2050, 12, 31)).map(lambda t: t.replace(microsecond=0))
FORMS = (
    "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y.%m.%d %H:%M:%S", "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒",
    "%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S+08:00",
)  # fmt: skip


@given(MOMENTS, st.sampled_from(FORMS))
def test_round_trip_of_formatted_moments(moment, form):
    assert values.parse_datetime(moment.strftime(form)) == (moment, None)


@given(MOMENTS, st.sampled_from(("%d-%m-%Y %H:%M:%S", "%d/%m/%Y %I:%M:%S %p")))
def test_round_trip_day_first(moment, form):
    assert values.parse_datetime(moment.strftime(form), DAY_FIRST).value == moment


@given(MOMENTS)
def test_round_trip_of_excel_serials(moment):
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    assert values.parse_datetime(f"{serial:.9f}").value == moment


@given(MOMENTS, st.sampled_from((*FORMS, "%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d %H:%M", "%Y.%m.%d %H:%M", "%d-%m-%Y")))
def test_the_quick_way_agrees_with_the_long_way(moment, form):
    text = moment.strftime(form)
    assert values.quick_moment(text) in (None, values.parse_datetime(text).value)
    assert values.quick_moment(text, end_of_day=True) in (None, values.parse_deadline(text).value)


@given(st.text("0123456789-/. :年月日T", min_size=8, max_size=20))
def test_the_quick_way_reads_nothing_the_long_way_does_not(text):
    for quick, parse in (
        (values.quick_moment(text), values.parse_datetime),
        (values.quick_moment(text, end_of_day=True), values.parse_deadline),
    ):
        assert quick is None or quick == parse(text).value


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_unreadable(text):
    for parse in (values.parse_datetime, values.parse_deadline, values.parse_duration, values.parse_percent):
        try:
            parse(text)
        except Unreadable as problem:
            assert problem.reason


@every("text", ["2026-W01-1", "20261122080000", "2026-11-22T08:05:00Z", "2026-11-22 99:00", "1989-11-22"])
def test_the_quick_way_leaves_other_forms_alone(text):
    assert values.quick_moment(text) is None


@every(
    ("text", "unit", "seconds"),
    [
        ("6小时30分钟", None, 23400),
        ("1天2小时", None, 93600),
        ("90分钟", None, 5400),
        ("2:30:00", None, 9000),
        ("1.5小时", None, 5400),
        ("128秒", None, 128),
        ("128", "秒", 128),
        ("12", "分钟", 720),
        ("2分30秒", None, 150),
        ("１小时５分", None, 3900),
        ("半小时", None, 1800),
        ("1小时半", None, 5400),
        ("1天 02:30:00", None, 95400),
        ("3小时零5分", None, 11100),
    ],
)
def test_durations_become_seconds(text, unit, seconds):
    assert values.parse_duration(text, unit) == (seconds, None)


def test_a_duration_of_nothing_is_said():
    assert values.parse_duration("0", "秒").caution.code == "zero_duration"


@every(("text", "unit"), [("128", None), ("-3", "秒"), ("2:75", "秒"), ("很快", "秒"), ("", "秒")])
def test_what_is_no_duration(text, unit):
    with pytest.raises(Unreadable):
        values.parse_duration(text, unit)


def test_one_colon_is_never_silent():
    assert values.parse_duration("2:30", "秒").value == 150
    assert values.parse_duration("2:30", "分钟").value == 9000
    assert values.parse_duration("2:30", "秒").caution.code == "ambiguous_duration"


@given(st.integers(0, 40), st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_round_trip_of_durations(days, hours, minutes, seconds):
    text = f"{days}天{hours}小时{minutes}分钟{seconds}秒"
    assert values.parse_duration(text).value == timedelta(
        days=days, hours=hours, minutes=minutes, seconds=seconds
    ).total_seconds()  # fmt: skip


@every(
    ("text", "unit", "expected"),
    [("95%", None, 0.95), ("９５％", None, 0.95), ("0.95", None, 0.95),
     ("95", None, 0.95), ("百分之九十五", None, 0.95),
     ("10.5 %", None, 0.105), ("0.5", "%", 0.005), ("0.5%", None, 0.005), ("0", None, 0.0)],
)  # fmt: skip
def test_percentages_are_fractions(text, unit, expected):
    assert values.parse_percent(text, unit).value == pytest.approx(expected)


def test_a_bare_one_is_an_ambiguous_percentage():
    assert values.parse_percent("1").caution.code == "ambiguous_percent"
    assert values.parse_percent("1", "%") == (0.01, None)


@every(
    ("text", "expected"),
    [("1,234.50 元", 1234.5), ("２５", 25), ("约30人", 30),
     ("257081134.00 ", 257081134), ("12件", 12), ("85分", 85), ("2学时", 2), ("3次", 3),
     ("十二人", 12), ("-3", -3), ("1,234人次", 1234), ("￥5", 5)],
)  # fmt: skip
def test_numbers_with_words_and_separators(text, expected):
    assert values.parse_number(text).value == expected


@every("text", ["12,34", "件", "", "十几", "1 2", "3-5", "nan", "inf"])
def test_what_is_no_number(text):
    with pytest.raises(Unreadable):
        values.parse_number(text)


def test_ten_thousands_in_the_cell_or_in_the_header():
    assert values.parse_number("1.2万元").value == values.parse_number("1.2", "万元").value == 12_000
    assert values.parse_number("12,000元", "元").value == 12_000 and values.parse_integer("３万人次").value == 30_000


def test_what_was_asked_may_be_answered_in_its_own_words():
    column = Column("is_filed", "是否立案", "boolean", aliases=("公安立案",))
    answers = {
        text: values.parser_for(column, Dialect())(text).value for text in ("已立案", "未立案", "不立案", "立案", "√")
    }
    assert answers == {"已立案": True, "未立案": False, "不立案": False, "立案": True, "√": True}
    with pytest.raises(Unreadable):
        values.parser_for(column, Dialect())("未知")


def test_a_tick_answers_a_choice_that_knows_yes():
    column = Column("result", "是否合格", "choice", allowed=(("合格", ("是",)), ("不合格", ("否",))))
    assert [values.parser_for(column, Dialect())(text).value for text in ("√", "×", "✔")] == ["合格", "不合格", "合格"]


def test_words_that_mean_none_were_found():
    column = Column("found", "发现问题数", "integer", minimum=0, zero=("无", "未发现"))
    assert [values.parser_for(column, Dialect())(text).value for text in ("无", "未发现", "两处")] == [0, 0, 2]
    assert "无" not in values.null_words_for(column, Dialect()) and "—" in values.null_words_for(column, Dialect())


def test_integers():
    assert values.parse_integer("25.00") == (25, None)
    for text in ("2.5", "12345678901234567890"):
        with pytest.raises(Unreadable):
            values.parse_integer(text)


@every("text", ["是", "√", "有", "Y", "1", "TRUE", "true", "✓", "Ｙ"])
def test_yes(text):
    assert values.parse_boolean(text).value is True


@every("text", ["否", "×", "无", "N", "0", "FALSE", "✗"])
def test_no(text):
    assert values.parse_boolean(text).value is False


def test_neither_yes_nor_no():
    with pytest.raises(Unreadable):
        values.parse_boolean("待定")


@every("text", [None, "", "  ", "—", "-", "－", "无", "/", "\\", "N/A", "NULL", "空", "暂无", "None"])
def test_words_for_nothing(text):
    assert values.is_null(text)


@every("text", ["待定", "0", "?", "无障碍通道", "否", "-2"])
def test_words_that_are_something(text):
    assert not values.is_null(text)


def test_null_words_of_one_column():
    column = Column("open", "开放", "boolean")
    assert "无" not in values.null_words_for(column, Dialect())
    assert "?" in values.null_words_for(column, Dialect(null=("?",)))
    assert "无" not in values.null_words_for(Column("k", "类", "choice", allowed=(("没有", ("无",)),)), Dialect())


@every("text", ["012345678901234567890", "001", "1.10", "12.0", "V257.00", "1e5", "A-1 / 2"])
def test_ids_are_left_alone(text):
    assert values.parse_id(f" {text}\t").value == text


@every(
    ("text", "plain"),
    [
        ("257081134.00 ", "257081134"),
        ("302.0", "302"),
        ("２０２", "202"),
        ("ＹＨ－００１", "YH-001"),
        ("楼〇𠮷１", "楼〇𠮷1"),
    ],
)
def test_ids_lose_what_a_form_or_a_keyboard_added(text, plain):
    assert values.parse_id(text).value == plain


def test_an_id_turned_into_an_exponent_is_said():
    with pytest.raises(values.Unreadable, match="lost_digits"):
        values.parse_id("2.02609E+20")
    assert values.parse_id("2.5E+01A").caution is None


@every(
    ("text", "value"),
    [
        ("已整改（照片见附件）", "closed"),
        ("已整改（待复查）", "已整改（待复查）"),
        ("已整改（未销号）", "已整改（未销号）"),
    ],
)
def test_a_remark_in_brackets_does_not_hide_the_word_unless_it_changes_it(text, value):
    assert values.parse_choice(text, {"已整改": "closed"}).value == value


def test_a_leading_apostrophe_is_not_part_of_an_id():
    assert values.parse_id("'00123").value == "00123"


@every("text", ["甲、乙", "甲，乙", "甲;乙；", "甲 / 乙", "甲┋乙", "甲,乙、甲"])
def test_lists(text):
    assert values.parse_list(text).value == "甲、乙"


LEVEL = Column("level", "等级", "choice", allowed=(("一般", ("3", "3级", "一般3级")), ("重大", ())))


@every(
    ("text", "expected"),
    [("3", "一般"), ("3 级", "一般"), ("３级", "一般"), ("3.0", "一般"), ("一般3级", "一般"), ("重大。", "重大")],
)
def test_choices(text, expected):
    assert values.parse_choice(text, values.spelling_table(LEVEL)) == (expected, None)


def test_an_unseen_choice_is_kept_with_a_caution():
    value, caution = values.parse_choice("5级", values.spelling_table(LEVEL))
    assert value == "5级" and caution.code == "unseen_value"


def test_limits_and_patterns_of_a_column():
    parse = values.parser_for(Column("n", "数", "integer", minimum=0, maximum=9), Dialect())
    assert parse("9件").value == 9
    for text in ("-1", "10"):
        with pytest.raises(Unreadable, match="范围"):
            parse(text)
    shaped = values.parser_for(Column("t", "学期", "id", pattern=r"\d{4}-[12]"), Dialect())
    assert shaped("2026-1").value == "2026-1"
    with pytest.raises(Unreadable):
        shaped("2026-3")


def test_the_unit_in_the_header_comes_before_the_declared_one():
    column = Column("d", "用时", "duration", unit="秒")
    assert values.parser_for(column, Dialect())("3").value == 3
    assert values.parser_for(column, Dialect(), "分钟")("3").value == 180
    assert values.parser_for(column, Dialect(), "必填")("3").value == 3


def test_dates_are_days():
    assert values.parse_date("2026年9月22日 10:13").value == date(2026, 9, 22)
