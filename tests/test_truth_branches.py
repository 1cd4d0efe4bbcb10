"""The committee's review on the demonstration campus: what was planted is found, what was not is not invented, nothing
is told twice."""

import pytest

from metrics.ask.records import records
from metrics.branches import campaigns as branch_campaigns
from metrics.branches import cases as branch_cases
from metrics.branches import periods as branch_periods
from metrics.branches import portrait as branch_portrait
from metrics.branches import review as branch_review
from metrics.branches import tasks as branch_tasks
from metrics.branches.own_past import ROSE
from metrics.branches.tasks import NO_EVIDENCE, ON_TIME, VOID

BRANCHES = [f"B{number}" for number in range(1, 9)]


@pytest.fixture(scope="module")
def spring(campus):
    """The last whole term."""
    return branch_review.review(campus, branch_periods.period(campus, "2025-2"))


@pytest.fixture(scope="module")
def autumn(campus):
    """The current one, half over."""
    return branch_review.review(campus, branch_periods.period(campus))


@pytest.fixture(scope="module")
def tasks(campus) -> dict[str, branch_tasks.Task]:
    """Every task of every branch, once."""
    spans = [branch_periods.period(campus, key) for key in ("P2022", "P2024", "P2026")]
    return {
        task.task_id: task
        for branch in BRANCHES
        for span in spans
        for task in branch_tasks.of_branch(campus, branch, span)
    }


def test_the_laggard_is_placed_and_nobody_else(spring, truth):
    (laggard,) = truth["signal"]["laggard_branch"]["where"]
    outcome = spring.outcome("hazard_on_time_rate")
    assert {one.branch: one.rank for one in outcome.standings if one.rank} == {laggard: 1}
    assert outcome.of(laggard).told == "明显偏低" and outcome.of(laggard).value < outcome.of(laggard).limits[0]
    assert outcome.of(laggard).name in outcome.sentence and outcome.of(laggard).name in spring.headline
    assert [one.metric.key for one in spring.outcomes if any(standing.rank for standing in one.standings)] == [
        "hazard_on_time_rate"
    ]


@pytest.mark.parametrize("term", ["spring", "autumn"])
def test_the_improver_rose_against_its_own_past_and_nobody_else(term, request, truth):
    (improver,) = truth["signal"]["improving_branch"]["where"]
    outcome = request.getfixturevalue(term).outcome("hazard_on_time_rate")
    assert {one.branch for one in outcome.standings if one.earlier.good is not None} == {improver}
    own = outcome.of(improver).earlier
    assert own.verdict == ROSE and own.value < 0.78 and outcome.of(improver).value > 0.88


def test_where_all_are_alike_nobody_is_placed(autumn, spring):
    for review in (autumn, spring):
        tickets = review.outcome("ticket_on_time_rate")
        assert {(one.is_clear, one.rank) for one in tickets.standings} == {(False, None)}


def test_an_unfinished_term_is_compared_over_as_many_days(autumn, truth):
    own = autumn.outcome("ticket_on_time_rate").of("B1").earlier
    assert "本期未满" in own.words and own.whole < 700 and any("还没有结束" in one for one in autumn.cautions)


def test_parts_and_wholes_of_the_branches_add_up_to_the_campus(autumn, campus):
    for key in ("hazard_on_time_rate", "ticket_on_time_rate", "wish_fulfilled_rate"):
        outcome = autumn.outcome(key)
        rows, count = records(campus, key, autumn.period.counted, limit=0)
        nobodys = records(campus, key, autumn.period.counted, by_values={"branch": "未识别"}, limit=0)[1]
        assert sum(one.whole for one in outcome.standings) == count - nobodys
        assert sum(one.expected for one in outcome.standings) == pytest.approx(
            sum(one.part for one in outcome.standings), rel=0.03
        )


def test_tasks_due_in_time_and_without_evidence_are_those_written_down(tasks, campus, truth):
    totals, due = (
        truth["totals"],
        [one for one in tasks.values() if one.state != VOID and one.due_at <= campus.data_date],
    )
    assert len(tasks) == totals["brand_tasks"]
    assert (len(due), sum(one.state == ON_TIME for one in due)) == (
        totals["brand_tasks_due"],
        totals["brand_tasks_on_time"],
    )
    assert sum(one.state == NO_EVIDENCE for one in tasks.values()) == totals["brand_tasks_without_evidence"]


def test_without_evidence_a_task_is_not_done_and_says_so(tasks):
    lacking = [one for one in tasks.values() if one.state == NO_EVIDENCE]
    assert lacking and all(one.done_at and not one.evidence and "没有佐证，算没有完成" in one.words for one in lacking)


def test_records_named_as_evidence_are_the_branchs_own_activities(tasks, campus):
    links = {link: task.task_id for task in tasks.values() for link in task.links}
    assert len(links) > 60 and {table for table, _ in links} == {"activities"}
    known = campus.query("SELECT activity_id, branch_id FROM activities").set_index("activity_id")["branch_id"]
    owner = campus.query("SELECT task_id, branch_id FROM brand_tasks").set_index("task_id")["branch_id"]
    assert all(known[record] == owner[task] for (_, record), task in links.items())


@pytest.mark.parametrize("branch", BRANCHES)
def test_every_branch_has_three_cases_told_in_their_own_dates(campus, branch):
    window = branch_periods.period(campus).window
    found = branch_cases.of_branch(campus, branch, window)
    assert (
        len(found) >= 3 and max(sum(one.table == kind for one in found) for kind in {one.table for one in found}) <= 2
    )
    for one in found:
        moments = [when for when, _ in one.states]
        assert len(moments) >= 2 and moments == sorted(moments) and window.start <= moments[-1].date() < window.end


def test_the_campaign_is_told_of_each_branch_it_was_at_within_its_interval(campus, truth):
    planted, period = truth["signal"]["bicycle_campaign"], branch_periods.period(campus)
    homes = campus.query(
        "SELECT DISTINCT branch_id FROM buildings WHERE list_contains(?, building_id)", [planted["where"]]
    )["branch_id"]
    assert len(homes) == 3
    story = next(
        one
        for one in branch_campaigns.of_branch(campus, homes[0], period)
        if one.evaluation.campaign.places == tuple(planted["where"])
    )
    found = story.evaluation.during
    assert found.low <= 1 - planted["size"] <= found.high < 1 and story.elsewhere is not None
    assert len(story.here.weeks) == len(story.here.values) == len(story.elsewhere.values) >= 20
    inside = [
        value
        for week, value in zip(story.here.weeks, story.here.values, strict=True)
        if planted["from_day"] <= week <= planted["to_day"]
    ]
    assert sum(inside) == story.evaluation.phases[1].here and max(inside) < story.here.limits.mean


def test_a_portrait_holds_what_its_parts_say(campus, tasks):
    found = branch_portrait.portrait(campus, "B3", branch_periods.period(campus))
    assert (found.name, found.brand, found.year_text) == ("第三党支部", "宿舍先锋岗", "2026年度")
    assert all(tasks[one.task_id].state == one.state for one in found.tasks) and len(found.tasks) >= 5
    rates = {one.metric.key: one.points for one in found.history}
    assert [one.period.key for one in rates["hazard_on_time_rate"]][-2:] == ["2025-2", "2026-1"]
    assert found.request.asked_on.isoformat() == "2026-06-20" and found.checks.next.isoformat() == "2027-06-20"
    assert found.honours and found.campaigns
