"""What is said of one number in one week: verdict, comparisons, target, or why nothing can be said. Page and brief
print the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from metrics.ask import arrivals, terms
from metrics.ask.measure import total
from metrics.ask.reading import answerable, clocks, known
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import WEEK, Window, monday
from metrics.compare import compare
from metrics.compare.comparison import Comparison
from metrics.compare.grounds import half_loaded
from metrics.compare.recent import NEVER, RELIABLY, SOMETIMES, Recent, assurance, recent, target_met
from metrics.define import catalogue, numbers
from metrics.define.catalogue import Metric
from warehouse import Build

WEEKLY = (
    "ticket_response_rate",
    "ticket_on_time_rate",
    "ticket_satisfaction_rate",
    "hazard_on_time_rate",
    "hazard_overdue_open",
    "ticket_count",
)  # the six of the meeting, on the page and in the brief; fmt: skip


@dataclass(frozen=True)
class Tile:
    """Everything a tile says, already measured; drawing adds nothing to it.

    `beside` is the number this one is never shown without, `by_clock` both rates where the school's clock finds another
    than the export's deadlines, `changes` are 环比 and 同比 in a few words each, `uncompared`
    why one of them cannot be made (it takes no room), `state` replaces the verdict where the export behind the number
    is missing or stops short.
    """

    recent: Recent
    beside: str
    changes: tuple[str, ...]
    state: str = ""
    uncompared: str = ""
    by_clock: str = ""

    @property
    def metric(self) -> Metric:
        return self.recent.metric

    @property
    def verdict(self) -> str:
        """正常波动, 明显偏多 …; 试行 while the limits rest on few weeks; 未满一周 where nothing can be said yet."""
        limits = self.recent.limits
        told = limits.verdict
        if self.state:
            return self.state
        if not self.recent.whole_week:
            return "未满一周"
        return told.word + ("（试行）" if limits.provisional and told.is_judged else "")

    @property
    def tone(self) -> str:
        """'good', 'bad', or '' for noise and for what cannot be judged."""
        good = self.recent.good
        return "" if good is None or self.state else "good" if good else "bad"

    @property
    def value(self) -> str:
        """「80.6 %」; 「—」 where there is nothing."""
        return self.metric.show(self.recent.value)

    @property
    def parts(self) -> str:
        """「806 / 1,000」; '' for what is counted and not divided."""
        recent = self.recent
        if not self.metric.kind.has_parts or numbers.missing(recent.value):
            return ""
        return self.metric.show_part_whole(recent.part, recent.whole)

    @property
    def target(self) -> str:
        """「目标 85.0 %：已达标，尚不稳定」: the week against the target, and whether the process can be relied on."""
        met = target_met(self.recent)
        if met is None:
            return ""
        words = f"目标 {self.metric.show(self.metric.target)}：{'达标' if met else '未达标'}"
        relied = assurance(self.recent)
        if relied == SOMETIMES:
            return f"{words.replace('：达标', '：已达标')}，{relied}"
        if relied == (NEVER if met else RELIABLY):  # the week is not as its past
            return f"{words}，此前{relied}"
        return " · ".join(part for part in (words, relied) if part)


def tile(build: Build, metric: str | Metric, week: date, only: Selection = ALL, scope: Scope = EVERYTHING) -> Tile:
    """The tile of one metric for the week that begins on the Monday of `week`. Raises UnknownName for an unknown
    metric."""
    week = monday(week)
    said = _tile(build, recent(build, metric, week, only, scope), week, only, scope)
    both = clocks.both(build, said.metric, Window(week, week + WEEK), only, scope) if said.parts else ""
    return replace(said, by_clock=both)


def _tile(build: Build, judged: Recent, week: date, only: Selection, scope: Scope) -> Tile:
    table = judged.metric.table
    if arrivals.missing(build, table):
        return Tile(judged, "", (f"{arrivals.never(build, table)}，放进 data/inbox 再载入",), "没有数据")
    if not arrivals.begun(build, table, week):
        return Tile(judged, "", ("这一周之前还没有数据",))
    if cannot := answerable.why_not(build, judged.metric, (), only):
        return Tile(judged, "", (cannot,), "没有数据")
    beside = _beside(build, judged.metric, week, only, scope)
    if nothing := known.not_received(build, judged.metric, week):
        return Tile(judged, beside, (nothing,), known.NOT_RECEIVED)
    compared = compare.offered(build, judged.metric, Window(week, week + WEEK), only, scope)
    if terms.is_running(build, week) and not half_loaded(build, judged.metric, Window.week(week)):
        so_far = (*changes(compared), *_so_far(build, judged.metric, week))
        return Tile(judged, beside, so_far, uncompared=uncompared(compared))
    if known.stopped(build, judged.metric, week + WEEK):
        return Tile(judged, beside, ("本周未满，不比较",), "未满一周")
    return Tile(judged, beside, changes(compared), uncompared=uncompared(compared))


def _beside(build: Build, metric: Metric, week: date, only: Selection, scope: Scope) -> str:
    """The metric this one may never be shown without, in the same week: 「本人评价率 54.8 %」."""
    if not metric.beside:
        return ""
    other = catalogue.get(metric.beside)
    return f"{other.label} {other.show(total(build, other, Window(week, week + WEEK), only, scope)['value'])}"


def _so_far(build: Build, metric: Metric, week: date) -> tuple[str, ...]:
    """「本周未满，只比到周六」: which days of a week that runs are compared, those that are over; nothing of
    what stands at a moment."""
    if metric.is_standing:
        return ()
    day = terms.last_whole_day(build)
    return (f"本周未满，只比到周{'一二三四五六日'[day.weekday()]}",) if day >= week else ("本周未满一天，不比较",)


def changes(compared: Iterable[Comparison]) -> tuple[str, ...]:
    """环比 and 同比 in a few words each, of those that can be made; what they rest on is said on the trend page."""
    return tuple(one.short for one in compared if one.comparable)


def uncompared(compared: Iterable[Comparison]) -> str:
    """「环比：上周是暑假，不作比较」 of those that cannot: for the help beside a tile, which they would only crowd."""
    return "；".join(f"{one.name}：{one.reason}" for one in compared if not one.comparable)
