"""What deserves the weekly meeting: at most five signals, what they rest on, and how many would be false by chance."""

from dataclasses import replace
from datetime import date

from metrics.ask import terms
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import WEEK, Window, monday
from metrics.compare.compare import previous
from metrics.duties import red_rules
from metrics.duties.red_lines import red_lines
from metrics.signals import headline, search
from metrics.signals.evidence import SignalRecords
from metrics.signals.finding import Finding
from metrics.signals.signal import Signal, Signals
from metrics.signals.words import Words
from warehouse import Build

MOST = 5
NEWS = 4  # weeks for which a change for the better is news; after that it is known


def weekly(build: Build, week_start: date | None = None, only: Selection = ALL, scope: Scope = EVERYTHING) -> Signals:
    """Signals of one week (any day of it; default: the last whole week). An unfinished week is judged by its whole
    days.

    The same build, week and viewer always give the same answer.
    """
    week = monday(week_start) if week_start else terms.last_whole_week(build).start
    searched = search.of_week(build, week, only, scope)
    running = search.running(build, week, only, scope, searched.findings)
    old_news = [finding for finding in searched.findings if finding.is_good and running[finding.story] > NEWS]
    ranked = sorted(
        (
            _signal(build, finding, week, only, scope, running[finding.story])
            for finding in searched.findings
            if finding not in old_news
        ),
        key=lambda signal: (-signal.score, signal.kind, signal.place, signal.what),
    )
    overdue = previous(build, "hazard_overdue_open", Window(week, week + WEEK), only, scope)
    signals = Signals(
        tuple(_with_evidence(build, signal, scope) for signal in ranked[:MOST]),
        searched.tested,
        searched.expected_false,
        len(ranked),
        "",
        headline.honesty(searched.tested, searched.expected_false, len(ranked), MOST),
        overdue,
        tuple(_sentence(build, finding, week, only, scope) for finding in (*old_news, *searched.standing)),
        headline.summary(build, week, ranked, searched.tested),
        red_lines(build, week, only, scope).new,
        terms.as_of(build, week),
    )
    return replace(signals, sentence=headline.answer(build, week, signals))


def _behind(build: Build, finding: Finding, week: date, only: Selection, scope: Scope) -> SignalRecords:
    narrowed = only.narrowed(**finding.where) if finding.where else only
    return SignalRecords(build, finding.metric, finding.window(week), narrowed, finding.which, scope)


def _sentence(build: Build, finding: Finding, week: date, only: Selection, scope: Scope) -> str:
    return finding.sentence(Words(finding, _behind(build, finding, week, only, scope)).place)


def _signal(build: Build, finding: Finding, week: date, only: Selection, scope: Scope, weeks: int) -> Signal:
    behind = _behind(build, finding, week, only, scope)
    severity = finding.severity(red_rules.rules(build))
    probability = 1 - min(finding.p_adjusted, 1.0)
    words = Words(finding, behind)
    return Signal(
        finding,
        words.place,
        finding.what,
        finding.sentence(words.place),
        words.responsible,
        finding.metric.key,
        behind.window,
        behind.only,
        behind.which,
        severity,
        probability * severity * finding.size,
        finding.is_good,
        finding.verdict,
        weeks=weeks,
    )


def _with_evidence(build: Build, signal: Signal, scope: Scope) -> Signal:
    """The signal with what it is made of and three records."""
    behind = SignalRecords(build, signal.finding.metric, signal.window, signal.only, signal.which, scope)
    made_of, group = signal.finding.made_of(behind)
    return replace(signal, made_of=made_of, examples=behind.examples(group) or behind.examples(signal.only))
