"""Exports in the exact shapes of 问卷星, 腾讯文档, 钉钉 and 12345-like platforms:
loaded by declaration alone, against a count by hand."""

import shutil
from datetime import date, datetime

import pytest

from metrics.ask.measure import measure
from metrics.ask.selection import Selection
from metrics.ask.window import Window
from tests.etl import forms
from tests.etl.landing.test_forms import stored

pytestmark = pytest.mark.slow

YEAR = Window(date(2026, 1, 1), date(2027, 1, 1))


def number(build, metric: str, window: Window = YEAR, **only) -> tuple[int, int]:
    row = measure(build, metric, window, only=Selection(**only)).iloc[0]
    return int(row["part"]), int(row["whole"])


@pytest.fixture
def asked(campus):
    """The register of surveys, which says whom they were sent to."""
    return forms.copied("surveys", campus.folder / "问卷调查登记_20261122080000.csv")


SAFETY = [
    ("DC1", 5, 4, 5),
    ("DC1", 4, 3, 4),
    ("DC1", 4, 2, 3),
    ("DC1", 2, None, 2),
    ("DC1", None, 4, 5),
    ("DC1", 3, 3, 4),
    (None, 5, 5, 5),
]


@pytest.mark.parametrize("kind", ["utf-8", "gb18030", "xls"])
def test_a_questionnaire(campus, asked, kind):
    path = campus.folder / f"280000001_按文本_校园安全感调查_7_7_20261005090000.{'xls' if kind == 'xls' else 'csv'}"
    answers = forms.old("wenjuan_safety", path) if kind == "xls" else forms.copied("wenjuan_safety", path, kind)
    build = campus.load(asked, answers)
    assert (
        build.rows(
            "SELECT survey_id, safety_score, night_score, satisfaction_score FROM survey_answers ORDER BY answered_at"
        )
        == SAFETY
    )
    assert build.rows("SELECT seconds, category, unit, building_id FROM survey_answers ORDER BY answered_at LIMIT 4") == [
        (85, "本科生", "信息工程学院", "D03"), (120, "本科生", "文学院", "D03"), (61, "研究生", "信息工程学院", "D12"), (12, "教职工", None, None),
    ]  # fmt: skip
    assert number(build, "survey_safety", Window(date(2026, 9, 1), date(2026, 9, 8))) == (5 + 4 + 4 + 2 + 3, 5)
    assert number(build, "survey_response_rate") == (6, 20)  # fourteen never answered; the winter survey has not begun
    worries = measure(build, "survey_worry_share", YEAR, by="category").set_index("category")
    told = {name: (int(row["part"]), int(row["whole"])) for name, row in worries[worries["whole"] > 0].iterrows()}
    # four of the survey's six answered this question, and the seventh, of no survey, ticked the one thing anybody
    # ticked there
    assert told == {"电信诈骗": (4, 5), "财物被盗": (3, 4), "夜间照明不足": (1, 4)}
    assert build.rows("SELECT answer_id[:1] FROM survey_answers WHERE is_hasty") == [("4",)]
    assert not [word for word in ("115.206", "13900002222") if word in stored(campus)]


def test_a_questionnaire_exported_again_with_more_sheets(campus, asked):
    text = (forms.FORMS / "wenjuan_safety.csv").read_text(encoding="utf-8").splitlines()
    early = campus.write("安全感问卷_20260904080000.csv", *text[:5])
    build = campus.load(asked, early, forms.copied("wenjuan_safety", campus.folder / "安全感问卷_20261005090000.csv"))
    assert number(build, "survey_answer_count") == (7, 7) and number(build, "survey_response_rate") == (6, 20)


def test_sheets_of_no_registered_survey_are_said(campus, asked):
    build = campus.load(asked, forms.copied("wenjuan_safety", campus.folder / "安全感问卷_20261005090000.csv"))
    (said,) = build.rows("SELECT message FROM warnings WHERE code = 'survey_doubt' AND source = 'survey_answers'")
    assert said[0] == "有 1 份答卷不在任何一次登记的调查里（2026-10-01 至 2026-10-01）"


def test_an_approval_over_several_rows_is_one_wish_without_false_states(campus):
    build = campus.load(forms.sheet("dingtalk_wishes", campus.folder / "钉钉微心愿审批_20261105090000.xlsx"))
    assert build.rows("SELECT right(wish_id, 1), status, channel, branch_id, fulfilled_at FROM wishes ORDER BY wish_id") == [
        ("1", "fulfilled", "守护码", "B3", datetime(2026, 10, 20, 16)), ("2", "open", "信箱", "B3", None), ("3", "declined", "权益面对面座谈会", "B5", None),
        ("4", "open", "征求意见会", "B6", None), ("5", "void", "守护码", None, None),
    ]  # fmt: skip
    assert build.rows("SELECT count(*), max(sequence) FROM record_states WHERE table_name = 'wishes'") == [(5, 1)]
    assert build.rows("SELECT rows_read, rows_accepted, rows_superseded FROM files WHERE source = 'wishes'") == [
        (8, 5, 3)
    ]
    assert number(build, "wish_fulfilled_rate") == (1, 3)  # the refused one and the overdue one stay in the whole
    assert number(build, "wish_claimed_rate") == (1, 4) and number(build, "wish_overdue_open") == (1, 2)
    assert not [word for word in ("欧阳明慧", "诸葛长风", "2026900001") if word in stored(campus)]


def test_a_later_approval_adds_one_state_and_its_first_promise_judges(campus):
    first = forms.sheet("dingtalk_wishes", campus.folder / "钉钉微心愿审批_20261105090000.xlsx")
    build = campus.load(
        first, forms.sheet("dingtalk_wishes_later", campus.folder / "钉钉微心愿审批_20261122080000.xlsx")
    )
    states = build.rows(
        "SELECT right(record_id, 1), count(*) FROM record_states WHERE table_name = 'wishes' GROUP BY 1 ORDER BY 1"
    )
    assert states == [("1", 1), ("2", 2), ("3", 1), ("4", 1), ("5", 1)]
    assert number(build, "wish_fulfilled_rate") == (2, 3) and number(build, "wish_on_time_rate") == (1, 3)
    assert number(build, "wish_overdue_open") == (0, 1)


def test_a_collection_table_of_services(campus):
    shutil.copytree(forms.FORMS / "sources", campus.folder / "school" / "sources")
    build = campus.load(forms.sheet("tencent_services", campus.folder / "收集表_安全服务_20260930080000.xlsx"))
    assert build.rows("SELECT served_at, category, people, building_id, branch_id FROM services ORDER BY served_at") == [
        (datetime(2026, 9, 22, 0, 5), "共享暖心伞", 1, "D08", "B2"), (datetime(2026, 9, 22, 22, 13), "安心护送", 2, "D08", "B2"),
        (datetime(2026, 9, 23, 10), "义诊", 46, "K01", "B8"), (datetime(2026, 9, 24, 9, 30), "修自行车", None, "D05", "B4"),
    ]  # fmt: skip
    assert number(build, "service_count") == (4, 4) and number(build, "service_people") == (49, 3)
    assert number(build, "service_count", branches=("B2",)) == (2, 2)
    assert not [word for word in ("慕容雪村", "13800002222", "13800003333") if word in stored(campus)]


HOTLINE = [  # year, department as the school calls it, events, on time, due, satisfied, reached, called
    (2024, "保卫处", 20, 19, 20, 15, 15, 20), (2024, "后勤保障处", 40, 36, 38, 24, 26, 36),
    (2025, "后勤保障处", 50, 44, 49, 32, 40, 45), (2025, "饮食服务中心", 30, 30, 30, 17, 20, 30),
    (2026, "后勤保障处", 60, 50, 57, 34, 40, 54), (2026, "校医院", 3, 3, 3, 0, 1, 3), (2026, "饮食服务中心", 30, 25, 30, 17, 21, 30),
]  # fmt: skip


def hotline(campus):
    return campus.load(
        forms.web_page("hotline_2024", campus.folder / "12345办理情况汇总_20241102090000.xls"),
        forms.sheet("hotline_2025", campus.folder / "热线汇总_20251103090000.xlsx"),
        forms.sheet("hotline_2026", campus.folder / "热线汇总_20261102090000.xlsx"),
    )


def test_three_years_of_a_hotline_with_drifting_headers_and_totals(campus):
    build = hotline(campus)
    found = build.rows(
        "SELECT year(period_end), unit, events, closed_on_time, due, satisfied, reached, called "
        "FROM hotline_summaries ORDER BY 1, unit COLLATE NOCASE"
    )
    assert sorted(found) == sorted(HOTLINE)
    assert {row[0] for row in build.rows("SELECT period_end::VARCHAR FROM hotline_summaries")} == {
        f"{year}-10-31 23:59:59" for year in (2024, 2025, 2026)
    }
    assert number(build, "hotline_satisfaction_rate") == (34 + 0 + 17, 40 + 1 + 21)
    assert number(build, "hotline_reached_rate") == (62, 87) and number(build, "hotline_on_time_rate") == (78, 90)
    assert number(build, "hotline_events") == (93, 3)


def test_departments_under_the_floor_are_known(campus):
    floor = hotline(campus).rows(
        "SELECT year(period_end), unit FROM hotline_summaries WHERE is_under_floor ORDER BY ALL"
    )
    assert floor == [(2025, "后勤保障处"), (2026, "校医院"), (2026, "饮食服务中心")]


def test_the_same_month_exported_again_corrects_it(campus):
    hotline(campus)
    rows, merges = forms.grid("hotline_2026")
    rows[2][6] = "30"
    build = campus.load(forms.book(campus.folder / "热线汇总_20261105090000.xlsx", {"S": rows}, {"S": merges}))
    assert number(build, "hotline_satisfaction_rate")[0] == 53 and number(build, "hotline_events") == (93, 3)
