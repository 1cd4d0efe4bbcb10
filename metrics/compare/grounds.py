"""Like with like: which periods may be compared, over which of their days, and the words for why two may not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from metrics.ask import terms
from metrics.ask.first_day import first_day
from metrics.ask.reading import known
from metrics.ask.window import WEEK, Window, monday, month_start
from metrics.define import tables
from metrics.define.catalogue import Metric
from warehouse import Build

UNLIKE = 0.25  # of a period: so much more teaching in one of two, and their difference is the calendar's


@dataclass(frozen=True)
class Grounds:
    """`window`: the span really compared, None where none may be; `base`: what with; `note`: how they were made alike.

    `reason` and `short` (for a tile): why the two must not be compared, '' where they may.
    """

    window: Window | None
    base: Window
    note: str = ""
    reason: str = ""
    short: str = ""


def previous_window(window: Window) -> Window:
    """The equal period just before: whole months for whole months, otherwise as many days."""
    if window.start.day == 1 and window.end.day == 1:
        months = (window.end.year - window.start.year) * 12 + window.end.month - window.start.month
        start = window.start
        for _ in range(months):
            start = month_start(start - timedelta(days=1))
        return Window(start, window.start)
    return window.shifted(-window.days)


def previous_word(window: Window) -> str:
    """What the equal period just before is called: 上周, 上月, 前一天, 上期."""
    if window.days == 7 and window.start == monday(window.start):
        return "上周"
    if window == Window.month(window.start):
        return "上月"
    return "前一天" if window.days == 1 else "上期"


def last_year(build: Build, window: Window) -> tuple[Window | None, str]:
    """(the same teaching weeks a year earlier, '') or (None, why there are none)."""
    if window.start != monday(window.start) or window.days % 7:
        return None, "只有整周才能按教学周同比"
    starts = [window.start + WEEK * number for number in range(window.days // 7)]
    bases = [terms.same_teaching_week(build, start) for start in starts]
    if bases[0] is None or bases[-1] is None:
        label = next(terms.week(build, start) for start, base in zip(starts, bases, strict=True) if base is None)
        place = f"{label.label}不在教学周内" if label.number is None else "校历中没有上年的同一教学周"
        return None, f"{place}，不作同比"
    if bases[-1] - bases[0] != starts[-1] - starts[0]:
        return None, "本期跨学期，没有对应的教学周，不作同比"
    return Window(bases[0], bases[-1] + WEEK), ""


def last_year_of_the_tail(build: Build, metric: Metric, window: Window) -> tuple[Window, Window] | None:
    """(the teaching weeks of one term that a longer period, as far as exports tell of it, ends with, last year's same);
    None where there are none."""
    told = known.whole_until(build, metric.table) if half_loaded(build, metric, window) else window.end
    start = end = monday(min(window.end, told))
    term = terms.week(build, end - WEEK).term
    while term and start - WEEK >= window.start and terms.week(build, start - WEEK).term == term:
        start -= WEEK
    if start == end or Window(start, end) == window:
        return None
    base, _ = last_year(build, Window(start, end))
    return (Window(start, end), base) if base else None


def grounds(build: Build, metric: Metric, window: Window, base: Window, name: str, word: str) -> Grounds:
    """Whether `window` may be held against `base`, called `word`; `name`: 环比, 同比 or another."""
    if lacking := half_loaded(build, metric, window) or half_loaded(build, metric, base):
        return Grounds(None, base, reason=f"{lacking}，不作比较")
    if known.summed_up(build, metric.table) > WEEK.days and not _are_whole_months(window, base):
        return Grounds(None, base, reason=f"{tables.get(metric.table).title}按月汇总，只有整月才能比，不作比较")
    alike = _alike(build, metric, window, base, name, word)
    if alike.window is None:
        return alike
    if name == "环比" and not metric.is_standing and (other := _other_phase(build, alike.window, alike.base)):
        return Grounds(
            alike.window,
            alike.base,
            reason=f"{word}是{other}，不作比较",
            short=f"{name} —（{word}是{other}）",
        )
    if alike.base.start < first_day(build, metric.table):
        return Grounds(alike.window, alike.base, reason=f"{word}还没有数据，不作比较")
    return alike


def _are_whole_months(*spans: Window) -> bool:
    return all(one.start.day == one.end.day == 1 for one in spans)


def half_loaded(build: Build, metric: Metric, window: Window) -> str:
    """「隐患台账只导出到 2026-11-12」 where an export behind the metric stops before the period's days are over,
    「还没有收到（…）」 where it stops before the period begins; '' where none does.

    The days of an unfinished period are over up to the data date.
    """
    end = min(window.end, terms.last_whole_day(build) + timedelta(days=1))
    if end <= window.start:
        return ""
    nothing = known.not_received(build, metric, window.start)
    return nothing or known.stopped(build, metric, end)


def _other_phase(build: Build, window: Window, base: Window) -> str:
    """The phase of the base period (暑假, 学期 …) where a quarter more of one of the two is term than of the other; ''
    where both are alike or the calendar says nothing: a term's first week is no growth over the holiday."""
    both = [terms.weeks(build, span) for span in (window, base)]
    if not all(week.phase for weeks in both for week in weeks):
        return ""
    here, there = (sum(week.number is not None for week in weeks) / len(weeks) for weeks in both)
    if abs(here - there) <= UNLIKE:
        return ""
    other = [week.phase for week in both[1] if (week.number is not None) == (there > here)]
    return max(other, key=other.count)


def _alike(build: Build, metric: Metric, window: Window, base: Window, name: str, word: str) -> Grounds:
    """Over the days that are over in both. What stands at a moment is compared with the base period's end."""
    whole_until = terms.last_whole_day(build) + timedelta(days=1)
    if metric.is_standing and name == "环比":
        begun = datetime.combine(window.start, datetime.min.time()) <= build.data_date
        return Grounds(window, base) if begun else Grounds(None, base, reason="本期还没有开始，不作比较")
    if window.end <= whole_until:
        return Grounds(window, base)
    days = (whole_until - window.start).days
    if days <= 0:
        return Grounds(None, base, reason="本期还没有过完一整天，不作比较")
    cut = Window(window.start, whole_until)
    until = f"周{'一二三四五六日'[cut.last_day.weekday()]}" if window.days == 7 else str(cut.last_day)
    so_far = Window(base.start, min(base.start + timedelta(days=days), base.end))
    return Grounds(cut, so_far, f"本期未满，只到{until}，与{word}同样 {days} 天相比：")
