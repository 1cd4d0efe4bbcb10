"""Last week's assignments as the records judge them, and what this week's signals ask to be assigned."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import ledger as ledgers
from ledger import Assignment, Ledger
from ledger.checks import GOALS, KINDS
from metrics.ask.selection import EVERYTHING, Scope
from metrics.ask.window import WEEK, monday
from metrics.define import catalogue, tables
from metrics.define.errors import UnknownName
from metrics.duties import outcomes
from metrics.duties.outcome_checks import Check
from metrics.duties.outcomes import EFFECTIVE, WORST_FIRST, Outcome, Task
from warehouse import Build, paths

WATCHED = timedelta(weeks=26)  # how long one that worked and was accepted is still looked at for a relapse
Judge = Callable[[Build, Task, date, Scope], Outcome]


def here() -> Ledger:
    """The ledger of this data folder: ledger/actions.sqlite, or the database CAMPUS_LEDGER_URL names."""
    return ledgers.open_ledger(default=paths.home() / "ledger" / "actions.sqlite")


@dataclass(frozen=True)
class Reviewed:
    """One assignment and what the records say of it. `page` and `query` open the records behind the sentence ('' for
    none).

    report: 「报告：已完成」 …; report_said: the owner's own words; verify: 「核验人：认可」 …; both may be empty.
    is_settled: effective and accepted by a verifier; only looked at for a relapse.
    """

    number: str
    sequence: int
    task: str
    unit: str
    post: str
    given_on: date
    due: date
    why: str
    check: str
    outcome: str
    sentence: str
    part: float
    whole: float
    page: str
    query: tuple[tuple[str, str], ...]
    report: str
    report_said: str
    verify: str
    is_settled: bool
    signal: tuple[tuple[str, str], ...] = ()

    @property
    def beside(self) -> str:
        """「报告：已完成 · 记录核验：已办未见效 · 核验人：认可」: what people say and what the records say, side by
        side."""
        return " · ".join(part for part in (self.report, f"记录核验：{self.outcome}", self.verify) if part)


def reviews(
    build: Build,
    week_start: date,
    ledger: Ledger,
    scope: Scope = EVERYTHING,
    as_of: date | None = None,
    upto: int | None = None,
    judge: Judge = outcomes.review,
) -> tuple[Reviewed, ...]:
    """Every assignment given by the end of the week of `week_start`, worst first, the earlier due first within an
    outcome.

    What people wrote counts up to the day `as_of` (default: the Monday after the week, at most the data date), so that
    an old week reads as it did; up to ledger position `upto` when a printed brief is to be printed again. Withdrawn
    ones are left out, and those that worked, were accepted, and have been quiet for half a year.
    """
    week = monday(week_start)
    until = as_of or min(week + WEEK, build.data_date.date())
    latest = max(until, week + WEEK - timedelta(days=1)) if as_of else week + WEEK - timedelta(days=1)
    today = min(until, build.data_date.date())
    reviewed = [
        _reviewed(build, assignment, week, scope, judge)
        for assignment in ledger.assignments(until, upto)
        if not assignment.is_withdrawn and assignment.agreed.given_on <= latest and not _forgotten(assignment, today)
    ]
    return tuple(sorted(reviewed, key=lambda review: (WORST_FIRST.index(review.outcome), review.due, review.number)))


def live(
    build: Build, ledger: Ledger, scope: Scope = EVERYTHING, judge: Judge = outcomes.review
) -> tuple[Reviewed, ...]:
    """The same at the data date, with everything written so far: what a page shows."""
    return reviews(build, build.data_date.date(), ledger, scope, as_of=date.max, judge=judge)


def _forgotten(assignment: Assignment, today: date) -> bool:
    verification = assignment.verification
    return verification is not None and assignment.is_accepted and verification.day + WATCHED < today


def _reviewed(build: Build, assignment: Assignment, week: date, scope: Scope, judge: Judge) -> Reviewed:
    agreed = assignment.agreed
    try:
        check = outcomes.checked(agreed.check)
        outcome, words = judge(build, _task(assignment, check), week, scope), check_words(build, check)
    except UnknownName as problem:
        outcome, words = _impossible(build, problem), KINDS[agreed.check["kind"]]
    return Reviewed(
        assignment.number,
        assignment.sequence,
        agreed.task,
        agreed.unit,
        agreed.post,
        agreed.given_on,
        agreed.due,
        agreed.why,
        words,
        outcome.outcome,
        outcome.sentence,
        outcome.part,
        outcome.whole,
        outcome.page,
        outcome.query,
        assignment.report_words,
        assignment.report.content["words"] if assignment.report else "",
        assignment.verify_words,
        assignment.is_accepted and outcome.outcome == EFFECTIVE,
        tuple((name, str(value)) for name, value in agreed.signal.items()),
    )


def _impossible(build: Build, problem: UnknownName) -> Outcome:
    nothing = float("nan")
    return Outcome(outcomes.UNKNOWN, f"无法核验：{problem.sentence}", nothing, nothing, "", (), build.data_date)


def _task(assignment: Assignment, check: Check) -> Task:
    effective = [event.day for event in assignment.of("reviewed") if event.content["outcome"] == EFFECTIVE]
    return Task(
        assignment.agreed.given_on,
        assignment.agreed.due,
        check,
        assignment.done_since,
        len(assignment.documents),
        tuple(effective),
    )


def check_words(build: Build, check: Check) -> str:
    """「未了结清零：安全隐患（3号楼、电动车充电）」, 「指标恢复正常：按时办结率（3号楼），达到目标」 …"""
    name = KINDS[check.kind]
    if check.kind == "document":
        return f"{name}：{check.title}" if check.title else name
    if check.kind == "rate_within":
        return f"{name}：{catalogue.get(check.metric).label}{check.where(build)}，{GOALS[check.goal]}"
    what = f"{tables.get(check.table).title}{check.where(build)}"
    if check.kind == "no_new":
        return f"连续 {check.days} 天无新增：{what}"
    return f"{'逾期的清零' if check.overdue else name}：{what}"


def keep(ledger: Ledger, build: Build, reviewed: Iterable[Reviewed], week_start: date) -> int:
    """Write down what the records said at the meeting of that week; how many are new. Written twice, it
    is kept once."""
    day = min(monday(week_start) + WEEK, build.data_date.date())
    kept = {
        (event.number, event.day, event.content["outcome"]) for event in ledger.events() if event.kind == "reviewed"
    }
    new = [review for review in reviewed if (review.number, day, review.outcome) not in kept]
    for review in new:
        content = {
            "moment": day.isoformat(),
            "outcome": review.outcome,
            "sentence": review.sentence,
            "build": build.name,
        }
        ledger.review(review.number, content, day)
    return len(new)


def headline(reviewed: tuple[Reviewed, ...]) -> str:
    """「督办 12 项：复发 1、逾期 2、已办未见效 1、进行中 3，已见效 5 项（5 / 12）。」"""
    if not reviewed:
        return "还没有交办事项。"
    counts = {word: sum(review.outcome == word for review in reviewed) for word in WORST_FIRST}
    bad = "、".join(f"{word} {counts[word]} 项" for word in WORST_FIRST if word != EFFECTIVE and counts[word])
    good = f"已见效 {counts[EFFECTIVE]} 项（{counts[EFFECTIVE]} / {len(reviewed)}）"
    return (
        f"督办 {len(reviewed)} 项：{bad}，{good}。"
        if bad
        else f"督办 {len(reviewed)} 项，全部已见效（{len(reviewed)} / {len(reviewed)}）。"
    )
