"""What deserves the weekly meeting: at most five signals, what they rest on, and how many would be false by chance."""

from dataclasses import dataclass, replace
from datetime import date

from metrics.ask import terms
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import WEEK, Window, monday
from metrics.compare.compare import previous
from metrics.compare.comparison import Comparison
from metrics.define import catalogue
from metrics.duties import red_lines
from metrics.methods import spc
from metrics.signals import evidence, headline, search
from metrics.signals import words as signal_words
from metrics.signals.evidence import Example
from metrics.signals.findings import Finding
from warehouse import Build

MOST = 5
NEWS = 4  # weeks for which a change for the better is news; after that it is known


@dataclass(frozen=True)
class Signal:
    """One thing that is not noise. `metric`, `window`, `only` and `which` open exactly the records behind it.

    kind: cell, gap, grid, series, silent, wave, xmr, branch, lasting, busy, deadline. `where`: dimension → id; `place` names it
    in words. `good` is True for a change for the better. `probability` is 1 − the corrected p-value; `score` ranks.
    `made_of` says where it is concentrated or that it is everywhere, `examples` are three masked records; `weeks` in a row it has
    been found, this one included (at most 9).
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
    made_of: str = ""
    examples: tuple[Example, ...] = ()
    weeks: int = 1

    @property
    def since(self) -> str:
        """「连续第 3 周」, 「新出现」."""
        return f"连续第 {self.weeks} 周" if self.weeks > 1 else "新出现"


@dataclass(frozen=True)
class Signals:
    """The week's signals, strongest first. `tested`: how many looks were taken; `expected_false`: how many of all
    `found` signals chance alone would bring in such a week; `found` counts those beyond the five as well. `standing` are
    differences and improvements still there but known for long: sentences, no signals. `summary` is the sentence's first part, about
    the signals alone; `new_red` counts the week's new red lines."""

    items: tuple[Signal, ...]
    tested: int
    expected_false: float
    found: int
    sentence: str
    note: str
    overdue: Comparison
    standing: tuple[str, ...] = ()
    summary: str = ""
    new_red: int = 0


def weekly(build: Build, week_start: date | None = None, only: Selection = ALL, scope: Scope = EVERYTHING) -> Signals:
    """Signals of one week (any day of it; default: the last whole week). An unfinished week is judged by its whole days.

    The same build, week and viewer always give the same answer.
    """
    week = monday(week_start) if week_start else terms.last_whole_week(build).start
    found = search.found(build, week, only, scope)
    running = search.running(build, week, only, scope, list(found.findings))
    weeks = {id(one): running[search.story(one)] for one in found.findings}
    known = [one for one in found.findings if is_good(one) and weeks[id(one)] > NEWS]
    pairs = sorted(
        ((_signal(build, one, week, only, scope, weeks[id(one)]), one) for one in found.findings if one not in known),
        key=lambda pair: (-pair[0].score, pair[0].kind, pair[0].place, pair[0].what),
    )
    items = tuple(_with_evidence(build, signal, finding, scope) for signal, finding in pairs[:MOST])
    ranked = [signal for signal, _ in pairs]
    overdue = previous(build, "hazard_overdue_open", Window(week, week + WEEK), only, scope)
    summary = headline.summary(build, week, ranked, found.tested)
    note = headline.honesty(found.tested, found.expected_false, len(ranked), MOST)
    standing = tuple(_signal(build, one, week, only, scope, 1).sentence for one in (*known, *found.standing))
    new_red = red_lines.red_lines(build, week, only, scope).new
    answer = Signals(
        items, found.tested, found.expected_false, len(ranked), "", note, overdue, standing, summary, new_red
    )
    return replace(answer, sentence=headline.answer(build, week, answer))


def _signal(build: Build, finding: Finding, week: date, only: Selection, scope: Scope, weeks: int) -> Signal:
    metric = search.metric_of(finding)
    window = signal_words.window_of(finding, week)
    narrowed = only.narrowed(**finding.where) if finding.where else only
    good = is_good(finding)
    severity = signal_words.severity(finding, good, red_lines.rules(build))
    probability = 1 - min(finding.p_adjusted, 1.0)
    words = signal_words.Words(build, finding, metric, window, narrowed, scope)
    return Signal(
        finding.kind,
        finding.where,
        words.place,
        words.what,
        finding.observed,
        finding.expected,
        words.sentence,
        words.responsible,
        metric.key,
        window,
        narrowed,
        words.which,
        probability,
        severity,
        probability * severity * signal_words.size(finding),
        good,
        words.verdict,
        weeks=weeks,
    )


def _with_evidence(build: Build, signal: Signal, finding: Finding, scope: Scope) -> Signal:
    """The signal with what it is made of and three records."""
    metric = catalogue.get(signal.metric)
    said, group = evidence.made_of(build, finding, metric, signal.window, signal.only, signal.which, scope)
    shown = evidence.examples(build, metric, signal.window, group, signal.which, scope)
    shown = shown or evidence.examples(build, metric, signal.window, signal.only, signal.which, scope)
    return replace(signal, made_of=said, examples=shown)


def is_good(finding: Finding) -> bool | None:
    """True for a change for the better, False for the worse, None where more is neither."""
    metric = search.metric_of(finding)
    if finding.kind in ("xmr", "series"):
        return spc.is_good(finding.more["chart"].verdict, metric.better)
    if finding.kind in ("branch", "lasting"):
        return bool((finding.observed > finding.expected) == (metric.better == "up"))
    return False
