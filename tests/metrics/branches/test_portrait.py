"""One branch's portrait on drawn tables: tasks and evidence, cases by the rule, what was asked, what may be seen."""

from datetime import date, datetime, timedelta

import pytest

from metrics.ask.selection import EVERYTHING, Scope
from metrics.branches import cases as branch_cases
from metrics.branches import periods as branch_periods
from metrics.branches import portrait as branch_portrait
from metrics.branches import tasks as branch_tasks
from metrics.branches.tasks import LATE, NO_EVIDENCE, NOT_DUE, ON_TIME, OVERDUE, VOID
from metrics.define.errors import UnknownName
from tests.metrics.conftest import NOW, hazard, ticket

DUE, BEFORE, AFTER = datetime(2026, 9, 30, 23, 59), datetime(2026, 9, 20), datetime(2026, 10, 9)


def task(
    title: str,
    due: datetime = DUE,
    done: datetime | None = None,
    evidence: str | None = None,
    said: bool | None = None,
    void: bool = False,
) -> dict:
    """One task by the contract's rules."""
    said_done = (done is not None if said is None else said) and not void
    is_due, proven = due <= NOW and not void, said_done and evidence is not None
    return {
        "task_id": title, "title": title, "year_text": "2026年度", "year": "2026", "starts_at": datetime(2026, 1, 1),
        "branch_id": "B1", "due_at": due, "done_at": done,
        "status": "void" if void else "done" if said_done else "open", "evidence": evidence,
        "has_evidence": evidence is not None, "is_task": not void, "is_due": is_due,
        "is_said_done": said_done, "is_done": proven, "is_without_evidence": said_done and evidence is None,
        "is_open": not void and not proven,
        "is_on_time": is_due and proven and done is not None and done <= due, "is_overdue_open": is_due and not proven,
    }  # fmt: skip


def drawn(draw, scope: Scope = EVERYTHING, branch: str = "B1", key: str = "2026-1", **tables):
    build = draw(hazards=[hazard(9000, datetime(2025, 9, 3)), *tables.pop("hazards", [])], **tables)
    return branch_portrait.portrait(build, branch, branch_periods.period(build, key), scope)


@pytest.mark.parametrize(
    ("row", "state", "words"),
    [
        (task("甲", done=BEFORE, evidence="甲.pdf"), ON_TIME, "佐证：甲.pdf"),
        (task("甲", done=AFTER, evidence="甲.pdf"), LATE, "2026-10-09 完成"),
        (task("甲", done=BEFORE), NO_EVIDENCE, "没有佐证，算没有完成"),
        (task("甲"), OVERDUE, "没有完成"),
        (task("甲", due=datetime(2026, 12, 20)), NOT_DUE, "还没有到期"),
        (task("甲", due=datetime(2026, 12, 20), done=BEFORE, evidence="甲.pdf"), ON_TIME, "佐证：甲.pdf"),
        (task("甲", done=None, evidence="甲.pdf", said=True), LATE, "没有写完成日期，不算按期"),
        (task("甲", void=True), VOID, "已取消，不计入"),
    ],
)
def test_the_state_of_a_task(draw, row, state, words):
    (found,) = drawn(draw, brand_tasks=[row]).tasks
    assert found.state == state and words in found.words


def test_evidence_opens_the_records_it_names_and_no_others(draw):
    rows = [task("甲", done=BEFORE, evidence="活动 HD00012、HD00099；见 H0007 和 a1.pdf")]
    activities = [{"activity_id": "HD00012", "held_at": BEFORE, "is_activity": True, "branch_id": "B1"}]
    tables = {
        "brand_tasks": rows,
        "activities": activities,
        "hazards": [hazard(7, BEFORE, branch_id="B2", building_id="T01")],
    }
    assert drawn(draw, **tables).tasks[0].links == (("activities", "HD00012"), ("hazards", "H0007"))
    assert drawn(draw, Scope(branches=("B1",)), **tables).tasks[0].links == (("activities", "HD00012"),), (
        "what may not be seen is not linked"
    )


def test_one_paper_for_two_tasks_is_said(draw):
    rows = [task("甲", done=BEFORE, evidence="总结.pdf"), task("乙", done=BEFORE, evidence="总结.pdf")]
    assert all("用在 2 项任务上" in one.words for one in drawn(draw, brand_tasks=rows).tasks)


def test_tasks_of_the_year_are_shown_and_those_of_the_period_marked(draw):
    rows = [
        task("春", due=datetime(2026, 3, 31), done=datetime(2026, 3, 1), evidence="x"),
        task("秋"),
        {**task("旧"), "starts_at": datetime(2024, 1, 1), "due_at": datetime(2024, 9, 30)},
    ]
    assert [(one.title, one.is_of_period) for one in drawn(draw, brand_tasks=rows).tasks] == [
        ("春", False),
        ("秋", True),
    ]


def closed(make, first: int, count: int, **more) -> list[dict]:
    start = datetime(2026, 10, 1, 9)
    return [
        make(
            first + n,
            start + timedelta(days=n),
            start + timedelta(days=n + 2),
            start + timedelta(days=n + 1),
            description="402室充电器过热 13800001234",
            building_id="D03",
            **more,
        )
        for n in range(count)
    ]


def test_cases_are_chosen_by_the_rule_and_one_kind_at_most_twice(draw):
    hazards = [*closed(hazard, 1, 4), *closed(hazard, 50, 1, level="重大")]
    found = drawn(draw, hazards=hazards, tickets=closed(ticket, 1, 3)).cases
    assert [(one.table, one.record_id) for one in found] == [
        ("hazards", "H0050"),
        ("tickets", "T0003"),
        ("hazards", "H0004"),
    ]
    assert [word for _, word in found[0].states] == ["发现", "整改完成", "复查销号"]
    assert "历时 2.0 天" in found[0].words or "历时 48.0 小时" in found[0].words
    assert found[0].words.endswith("没有按期。") and "3号楼" in found[0].title
    assert "402" not in found[0].title and "1380000" not in found[0].title


def test_a_branch_without_closed_records_has_no_case(draw):
    assert drawn(draw, branch="B2").cases == () and branch_cases.RULE.endswith("隐去。")


def plan(year: int, **more) -> dict:
    return {
        "plan_id": f"P{year}",
        "branch_id": "B1",
        "brand": f"灯{year}",
        "meaning": "有灯",
        "starts_at": datetime(year, 1, 1),
        "year_text": f"{year}年度",
        "is_plan": True,
        **more,
    }


def test_the_plan_the_question_and_the_checks(draw):
    plans = [
        plan(2025, checked_at=datetime(2025, 6, 20), opinion="聚焦载体", response="已精简"),
        plan(2026, checked_at=datetime(2026, 6, 20), opinion="加强佐证", next_check_at=datetime(2027, 6, 20)),
        plan(2027, brand="以后的"),
    ]
    found = drawn(draw, brand_plans=plans, brand_tasks=[task("甲", done=BEFORE, evidence="甲.pdf"), task("乙")])
    assert (found.brand, found.meaning, found.effect, found.year_text) == ("灯2026", "有灯", "", "2026年度")
    assert (found.request.asked_on, found.request.opinion, found.request.response) == (
        date(2026, 6, 20),
        "加强佐证",
        "",
    )
    assert "还没有写落实情况" in found.request.words and "品牌任务按期完成率 1 / 2" in found.request.records
    assert (found.checks.last, found.checks.next) == (date(2026, 6, 20), date(2027, 6, 20))
    past = drawn(draw, key="2025-1", brand_plans=plans)
    assert past.brand == "灯2025" and "支部答复：已精简" in past.request.words


def test_a_branch_that_wrote_nothing(draw):
    found = drawn(draw, branch="B2")
    assert (found.brand, found.meaning, found.tasks, found.request, found.honours) == ("先锋", "", (), None, ())
    assert found.checks.words == "还没有登记过中期检查；下次检查日期还没有登记"


def test_history_holds_the_periods_of_one_kind_oldest_first(draw):
    rows = [
        hazard(n, datetime(2025, 9, 3), datetime(2025, 9, 4), datetime(2025, 9, 10), building_id="D03")
        for n in range(1, 4)
    ]
    found = drawn(draw, hazards=[*rows, hazard(5, datetime(2026, 9, 2), None, datetime(2026, 9, 9), building_id="D03")])
    (past,) = [one for one in found.history if one.metric.key == "hazard_on_time_rate"]
    assert [(one.period.key, one.part, one.whole) for one in past.points] == [
        ("2025-1", 3, 3),
        ("2025-2", 0, 0),
        ("2026-1", 0, 1),
    ]


def test_honours_are_shown_up_to_the_end_of_the_period(draw):
    rows = [
        {
            "honour_id": str(year),
            "title": "先进",
            "awarded_at": datetime(year, 5, 1),
            "is_honour": True,
            "branch_id": "B1",
        }
        for year in (2025, 2026)
    ]
    assert [one.honour_id for one in drawn(draw, honours=rows).honours] == ["2026", "2025"]
    assert [one.honour_id for one in drawn(draw, key="2025-1", honours=rows).honours] == ["2025"]


@pytest.mark.parametrize(("branch", "scope"), [("B9", EVERYTHING), ("B1", Scope(branches=("B2",)))])
def test_a_branch_that_is_not_or_may_not_be_seen(draw, branch, scope):
    with pytest.raises(UnknownName, match="没有编号为"):
        drawn(draw, scope, branch)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("见 YH2026000012", ["YH2026000012"]),
        ("GJ0012、HD-003", ["GJ0012", "HD-003"]),
        ("二十场", []),
        ("工单20261121104453929439。", ["20261121104453929439"]),
    ],
)
def test_numbers_are_read_out_of_evidence(text, numbers):
    assert branch_tasks.NUMBER.findall(text) == numbers
