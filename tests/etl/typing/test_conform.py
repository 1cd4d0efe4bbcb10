"""Text to typed rows: nothing lost in silence, every refusal with its place."""

from dataclasses import replace
from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.form.model import Column, Dialect, Source
from etl.form.table import Table
from etl.typing import conform as conforming
from etl.typing.cells import read_column
from etl.typing.conform import SheetRefused, conform
from etl.typing.twins import settle_twins
from etl.typing.values import parse_datetime
from tests.every import every

SOURCE = Source(
    name="t", title="隐患台账", feeds="hazards", kind="facts", key=("code",), ignored=("序号",),
    columns=(
        Column("code", "编号", "id", aliases=("隐患编号",), required=True),
        Column("level", "等级", "choice", allowed=(("重大", ("1级",)), ("一般", ("3级", "一般3级")))),
        Column("status", "状态", "choice", keep_text=True,
               allowed=(("open", ("整改中",)), ("closed", ("已整改", "已销号")))),
        Column("found_at", "发现日期", "datetime", required=True),
        Column("due_at", "整改期限", "deadline"),
        Column("day", "日", "date"),
        Column("count", "件数", "integer", minimum=0),
        Column("share", "比例", "percent"),
        Column("seconds", "用时", "duration", unit="秒"),
        Column("is_key", "重点", "boolean"),
        Column("people", "人员", "list"),
        Column("owner", "负责人", "text", personal="key"),
        Column("campus", "校区", "text", constant="本部"),
    ),
)  # fmt: skip


def table(rows: list[list], header: list[str], **more) -> Table:
    return Table(
        "台账", header, [list(cells) for cells in zip(*rows, strict=True)], list(range(3, len(rows) + 3)), **more
    )


def run(header: list[str], *rows: list, **more) -> conforming.Conformed:
    return conform(table(list(rows), header, **more), SOURCE)


def test_a_row_of_every_type():
    header = [
        "隐患编号",
        "等级",
        "状态",
        "发现日期",
        "整改期限",
        "日",
        "件数",
        "比例",
        "用时（分钟）",
        "重点",
        "人员",
        "负责人",
    ]
    row = [
        "0012",
        "一般3级",
        "已销号",
        "2026年9月22日 10:13",
        "2026-10-01",
        "45925",
        "3件",
        "95%",
        "2",
        "√",
        "甲，乙",
        "ab12",
    ]
    done = run(header, row)
    assert done.columns.to_pylist() == [
        {"code": "0012", "level": "一般", "status": "closed", "status_text": "已销号",
         "found_at": datetime(2026, 9, 22, 10, 13),
         "due_at": datetime(2026, 10, 1, 23, 59, 59), "day": date(2025, 9, 25),
         "count": 3, "share": 0.95, "seconds": 120, "is_key": True,
         "people": "甲、乙", "owner": "ab12", "campus": "本部",
         "sheet": "台账", "row_number": 3}
    ]  # fmt: skip
    assert (done.rejects, done.warnings, done.rows_read) == ([], [], 1)


def test_the_schema_is_the_same_for_every_file():
    done = run(["编号", "发现日期"], ["1", "2026-09-01"])
    assert done.columns.schema == conforming.schema(SOURCE)
    assert done.columns.schema.field("found_at").type == pa.timestamp("us")
    assert done.columns.column("count").to_pylist() == [None]
    empty = conform(Table("空", ["编号", "发现日期"], [[], []], []), SOURCE)
    assert empty.columns.num_rows == 0 and empty.columns.schema == conforming.schema(SOURCE)


def test_an_unreadable_optional_cell_becomes_null_and_a_cell_reject():
    done = run(["编号", "发现日期", "整改期限"], ["1", "2026-09-01", "待定"], ["2", "2026-09-01", None])
    assert done.columns.column("due_at").to_pylist() == [None, None]
    (reject,) = done.rejects
    assert (reject.row_number, reject.column_label, reject.value_masked, reject.is_whole_row) == (
        3,
        "整改期限",
        "待定",
        False,
    )
    assert reject.code == "bad_date" and reject.reason == "不是日期" and reject.remedy and reject.sheet == "台账"


def test_a_bad_required_cell_rejects_the_row_once_with_all_its_places():
    header = ["编号", "发现日期", "整改期限"]
    done = run(
        header, ["1", "待定", "也待定"], [None, None, None], ["3", "2026-09-01", None], ["—", "2026-09-01", None]
    )
    assert done.columns.column("code").to_pylist() == ["3"]
    places = [(reject.row_number, reject.column_label, reject.code, reject.is_whole_row) for reject in done.rejects]
    assert places == [
        (3, "发现日期", "bad_date", True), (3, "整改期限", "bad_date", False),
        (4, "编号", "missing", True), (4, "发现日期", "missing", False),
        (6, "编号", "missing", True),
    ]  # fmt: skip
    assert done.rows_read == done.columns.num_rows + sum(reject.is_whole_row for reject in done.rejects)


def test_rows_that_could_not_be_split_are_rejected_rows():
    done = run(["编号", "发现日期"], ["1", "2026-09-01"], unreadable=[(9, "x,13800005678,y", "列数不对")])
    (reject,) = done.rejects
    assert (reject.row_number, reject.value_masked, reject.is_whole_row) == (9, "x,138****5678,y", True)
    assert done.rows_read == 2


def test_values_in_rejects_are_masked_and_short():
    header = ["编号", "发现日期", "整改期限"]
    done = run(header, ["1", "2026-09-01", "电话13800005678"], ["2", "2026-09-01", "很长" * 100])
    assert done.rejects[0].value_masked == "电话138****5678" and len(done.rejects[1].value_masked) < 70


def test_a_missing_required_column_refuses_the_sheet_in_words():
    with pytest.raises(SheetRefused) as caught:
        run(["隐患编码", "发现日期", "状态"], ["1", "2026-09-01", "整改中"])
    sentence = caught.value.sentence
    for word in ("隐患台账", "「编号」", "看到的表头：隐患编码、发现日期、状态", "是不是「隐患编码」", "t.toml"):
        assert word in sentence


def test_unseen_values_are_kept_and_counted():
    rows = [[str(n), "2026-09-01", "特级" if n % 2 else "3级"] for n in range(6)]
    done = run(["编号", "发现日期", "等级"], *rows)
    assert done.columns.column("level").to_pylist() == ["一般", "特级"] * 3
    (warning,) = done.warnings
    assert (warning.code, warning.row_number, warning.occurrences) == ("unseen_value", 4, 3)
    assert "特级" in warning.message and warning.column_label == "等级"


def test_many_unseen_values_do_not_flood_the_report():
    done = run(["编号", "发现日期", "等级"], *[[str(n), "2026-09-01", f"怪{n}"] for n in range(100)])
    assert len(done.warnings) == 21 and sum(warning.occurrences for warning in done.warnings) == 100


def test_ambiguous_dates_are_one_warning_a_column():
    done = run(["编号", "发现日期"], ["1", "05/01/2022"], ["2", "06/01/2022"], ["3", "2022-01-05"])
    (warning,) = done.warnings
    assert (warning.code, warning.row_number, warning.occurrences) == ("ambiguous_date", 3, 2)
    assert done.columns.column("found_at").to_pylist()[0] == datetime(2022, 1, 5)


@every(
    ("certain", "read_as", "code"),
    [("11/25/2026", datetime(2026, 5, 1), "date_order"), ("25/11/2026 09:00", datetime(2026, 1, 5), "date_order"),
     ("2026-11-25", datetime(2026, 1, 5), "ambiguous_date")],
)  # fmt: skip
def test_a_columns_certain_dates_say_how_its_doubtful_ones_are_meant(certain, read_as, code):
    done = run(["编号", "发现日期"], ["1", "05/01/2026"], ["2", certain])
    assert done.columns.column("found_at").to_pylist()[0] == read_as
    assert [(warning.code, warning.occurrences) for warning in done.warnings] == [(code, 1)]


def test_dates_of_both_orders_in_one_column_stay_doubtful():
    done = run(["编号", "发现日期"], ["1", "05/01/2026"], ["2", "11/25/2026"], ["3", "25/11/2026"])
    assert [warning.code for warning in done.warnings] == ["ambiguous_date"] and done.rejects == []


def test_ids_keep_their_digits_and_lose_a_keyboards_width():
    done = run(
        ["编号", "发现日期"],
        ["202609030001234567890", "2026-09-01"],
        ["００１２", "2026-09-01"],
        ["257081134.00", "2026-09-01"],
    )
    assert done.columns.column("code").to_pylist() == ["202609030001234567890", "0012", "257081134"]


def test_a_header_without_records_is_said():
    done = conform(Table("台账", ["编号", "发现日期"], [[], []], [], header_row=2), SOURCE)
    assert [(warning.code, warning.row_number) for warning in done.warnings] == [("no_rows", 2)]
    assert conform(Table("", ["编号", "发现日期"], [[], []], []), replace(SOURCE, kind="dimension")).warnings == []


def test_an_id_that_lost_its_digits_is_rejected():
    done = run(["编号", "发现日期"], ["2.02609E+20", "2026-09-01"], ["A+1", "2026-09-01"])
    assert [(reject.code, reject.row_number, reject.is_whole_row) for reject in done.rejects] == [
        ("lost_digits", 3, True)
    ]


def test_rows_that_share_a_key_are_said():
    rows = [["1", "2026-09-01"], ["2", "2026-09-01"], ["1", "2026-09-02"], ["1", "2026-09-03"]]

    def settled(source: Source) -> conforming.Conformed:
        sheet = table(rows, ["编号", "发现日期"])
        return settle_twins([(sheet, conform(sheet, source))], source)[0]

    done = settled(SOURCE)
    assert [(r.row_number, r.code, r.is_whole_row) for r in done.rejects] == [
        (row, "conflicting_rows", True) for row in (3, 5, 6)
    ]
    assert done.columns["code"].to_pylist() == ["2"] and done.rows_read == 4
    for other in (replace(SOURCE, order_by=("found_at",)), replace(SOURCE, key=())):
        done = settled(other)
        assert (done.warnings, done.rejects, len(done.columns)) == ([], [], 4)


def test_columns_never_seen_are_warned_of_and_known_ones_are_not():
    done = run(["序号", "编号", "发现日期", "天气"], ["1", "1", "2026-09-01", "晴"], ["2", "2", "2026-09-01", None])
    (warning,) = done.warnings
    assert (warning.code, warning.column_label, warning.row_number, warning.occurrences) == ("new_header", "天气", 1, 1)


def test_words_for_nothing():
    header = ["编号", "发现日期", "件数", "状态", "重点", "负责人"]
    done = run(header, ["1", "2026-09-01", "—", "/", "无", "暂无"])
    row = done.columns.to_pylist()[0]
    assert (row["count"], row["status"], row["status_text"], row["is_key"], row["owner"]) == (
        None,
        None,
        None,
        False,
        None,
    )


def test_limits_are_kept():
    done = run(["编号", "发现日期", "件数"], ["1", "2026-09-01", "-1"])
    assert done.rejects[0].code == "out_of_limits" and done.columns.column("count").to_pylist() == [None]


def test_declared_dialect():
    source = Source("t", "表", "x", "facts", SOURCE.columns, dialect=Dialect(day_first=True, null=("?",)))
    done = conform(table([["1", "05-01-2022", "?"]], ["编号", "发现日期", "件数"]), source)
    assert done.columns.column("found_at").to_pylist() == [datetime(2022, 1, 5)] and not done.rejects


def test_a_constant_gives_way_to_the_files_own_column():
    assert run(["编号", "发现日期", "校区"], ["1", "2026-09-01", "滨江"]).columns.column("campus").to_pylist() == [
        "滨江"
    ]


SHAPES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d")
MOMENTS = st.datetimes(datetime(1985, 1, 1), datetime(2105, 1, 1))


@given(
    st.lists(
        st.tuples(MOMENTS, st.sampled_from(SHAPES)) | st.text("0123456789-: TZ+", min_size=16, max_size=19), max_size=6
    )
)
def test_a_cell_never_depends_on_its_neighbours(cells):
    texts = [cell if isinstance(cell, str) else cell[0].strftime(cell[1]) for cell in cells]
    texts = [text.strip() or None for text in texts]
    column = Column("at", "时间", "datetime")
    source = Source("s", "表", "x", "facts", (column,))
    together = read_column(texts, column, source, None).array(pa.timestamp("us")).to_pylist()
    assert together == [
        read_column([text], column, source, None).array(pa.timestamp("us")).to_pylist()[0] for text in texts
    ]
    for text, value in zip(texts, together, strict=True):
        if value is not None:
            assert parse_datetime(text).value == value


def test_order_of_files_does_not_matter_to_the_memory():
    first = run(["编号", "发现日期", "等级"], ["1", "2026-09-01", "怪"])
    again = run(["编号", "发现日期", "等级"], ["1", "2026-09-01", "怪"])
    assert first.columns.equals(again.columns) and first.warnings == again.warnings


@pytest.mark.parametrize("others", [["2026-11-09 12:00:00"], ["2026-11-09", "9/11/2026"]])
def test_a_deadline_at_midnight_is_the_end_of_its_day_beside_any_neighbour(others):
    """Read by Arrow at once or cell by cell."""
    column = Column("due_at", "整改期限", "deadline")
    cells = read_column(["2026-11-10 00:00:00", None, *others], column, SOURCE, None)
    assert cells.array(pa.timestamp("us")).to_pylist()[:2] == [datetime(2026, 11, 10, 23, 59, 59), None]
    assert cells.array(pa.timestamp("us")).to_pylist()[2].day == 9
