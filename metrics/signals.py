"""What deserves the weekly meeting: at most five signals, what they rest on, and how many would be false by chance."""

from dataclasses import dataclass
from datetime import date

from metrics import findings, headline, shifts, signal_words, spc, terms
from metrics.catalogue import Metric
from metrics.compare import Comparison, previous
from metrics.findings import Family, Finding
from metrics.selection import ALL, EVERYTHING, Scope, Selection
from metrics.span import first_whole_week
from metrics.weekly import counts, plan
from metrics.window import WEEK, Window, monday
from warehouse import Build

MOST = 5
TABLES = ("tickets", "hazards")


@dataclass(frozen=True)
class Signal:
    """One thing that is not noise. `metric`, `window`, `only` and `which` open exactly the records behind it.

    kind: cell, grid, silent, wave, xmr, branch, deadline. `where`: dimension → id; `place` names it in words.
    `good` is True for a change for the better. `probability` is 1 − the corrected p-value; `score` ranks.
    """

    kind: str
    where: dict[str, str]
    place: str
    what: str
    observed: float
    expected: float
    sentence: str
    responsible: str
    metric: str
    window: Window
    only: Selection
    which: str
    probability: float
    severity: float
    score: float
    good: bool | None
    verdict: str


@dataclass(frozen=True)
class Signals:
    """The week's signals, strongest first. `tested`: how many looks were taken; `expected_false`: how many of all
    `found` signals chance alone would bring in such a week; `found` counts those beyond the five as well."""

    items: tuple[Signal, ...]
    tested: int
    expected_false: float
    found: int
    sentence: str
    note: str
    overdue: Comparison


def weekly(build: Build, week_start: date | None = None, only: Selection = ALL, scope: Scope = EVERYTHING) -> Signals:
    """Signals of one week (any day of it; default: the last whole week). An unfinished week is judged by its whole days."""
    week = monday(week_start) if week_start else terms.last_whole_week(build).start
    families = [family for family in _families(build, week, only, scope) if family.tested]
    hits = [finding for family in families for finding in family.findings]
    ranked = sorted(
        (_signal(build, finding, week, only, scope) for finding in _once(build, hits, week)), key=lambda one: -one.score
    )
    series = sum(family.tested for family in families if _is_xmr(family))
    others = sum(1 for family in families if not _is_xmr(family))
    expected_false = series * shifts.XMR_FALSE + others * findings.LEVEL
    tested = sum(family.tested for family in families)
    overdue = previous(build, "hazard_overdue_open", Window(week, week + WEEK), only, scope)
    items = tuple(ranked[:MOST])
    sentence = headline.sentence(ranked, overdue, tested)
    note = headline.honesty(tested, expected_false, len(ranked), MOST)
    return Signals(items, tested, expected_false, len(ranked), sentence, note, overdue)


@dataclass(frozen=True)
class _Xmr(Family):
    """The campus series: their false alarms are per series, not per family."""


def _is_xmr(family: Family) -> bool:
    return isinstance(family, _Xmr)


def _families(build: Build, week: date, only: Selection, scope: Scope) -> list[Family]:
    found: list[Family] = []
    campus_plan = None
    for table in TABLES:
        first = first_whole_week(build, table)
        if week < first:
            continue
        wanted = plan(build, week, first)
        if wanted.days <= 0:
            continue
        campus_plan = campus_plan or wanted
        counted = counts(build, table, wanted, only, scope)
        alike = len({terms.week(build, start).phase for start in wanted.recent}) == 1
        found += [findings.cells(counted, wanted), findings.grids(counted, wanted), findings.waves(counted, wanted)]
        found.append(findings.silence(counted, wanted, alike))
    if campus_plan is None:
        return found
    series = shifts.campus(build, campus_plan, only, scope)
    found.append(_Xmr(series.findings, series.tested))
    return [
        *found,
        shifts.branches(build, campus_plan, only, scope),
        shifts.deadline_day(build, campus_plan, only, scope),
    ]


def _once(build: Build, hits: list[Finding], week: date) -> list[Finding]:
    """Nothing is named twice: no grid or wave for what one building explains, no place for its tickets and its hazards."""
    homes = signal_words.homes(build)
    cells = [one for one in hits if one.kind == "cell"]

    def explained(one: Finding) -> bool:
        if one.kind == "grid":
            inside = [cell for cell in cells if homes.get(cell.where["building"], {}).get("grid") == one.where["grid"]]
        elif one.kind == "wave":
            inside = [cell for cell in cells if cell.where["category"] == one.where["category"]]
        else:
            return False
        return any(cell.table == one.table and cell.excess * one.weeks >= 0.5 * one.excess for cell in inside)

    kept = [one for one in hits if one.kind not in ("silent", "cell") and not explained(one)]
    places: dict[tuple, list[Finding]] = {}
    for one in hits:
        if one.kind in ("silent", "cell"):
            places.setdefault((one.kind, *one.where.values()), []).append(one)
    for (kind, *_), both in places.items():
        kept.append(signal_words.one_silence(build, both, week) if kind == "silent" else signal_words.one_cell(both))
    return kept


def _signal(build: Build, finding: Finding, week: date, only: Selection, scope: Scope) -> Signal:
    metric: Metric = signal_words.metric_of(finding)
    window = signal_words.window_of(finding, week)
    narrowed = only.narrowed(**finding.where) if finding.where else only
    good = _is_good(finding, metric)
    severity = signal_words.severity(finding, good)
    probability = 1 - min(finding.p_adjusted, 1.0)
    words = signal_words.Words(build, finding, metric, window, narrowed, scope)
    return Signal(
        finding.kind, finding.where, words.place, words.what, finding.observed, finding.expected, words.sentence,
        words.responsible, metric.key, window, narrowed, words.which, probability, severity,
        probability * severity * signal_words.size(finding), good, words.verdict,
    )  # fmt: skip


def _is_good(finding: Finding, metric: Metric) -> bool | None:
    if finding.kind == "xmr":
        return spc.is_good(finding.more["chart"].verdict, metric.better)
    if finding.kind == "branch":
        return bool((finding.observed > finding.expected) == (metric.better == "up"))
    return False
