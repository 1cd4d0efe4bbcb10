"""When which system exported what: yearly, then by half-year, by month, at last every week; each
overlapping the last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class Export:
    """One file: what was touched after `since`, as it stood at `until`."""

    name: str
    layout: str
    since: datetime
    until: datetime


def tickets(autumns: list[date], data_date: datetime) -> Iterator[Export]:
    """All ticket exports, oldest first. autumns: the Mondays on which the school years began, from the first one
    drawn."""
    for age, begin, end, year in _past_years(autumns):
        if age == 1:
            yield from _months("守护码工单月报", begin, end, 46)
            yield Export(f"守护码工单_{year}_{{stamp}}.xlsx", "annual", begin, end)
        elif age <= 3:
            middle, layout = datetime(begin.year + 1, 3, 1, 8), "nested" if age == 2 else "half"
            yield Export(f"守护码工单_{year}上半年_{{stamp}}.xlsx", layout, begin, middle)
            yield Export(f"守护码工单_{year}下半年_{{stamp}}.xlsx", layout, middle, end)
        else:
            yield Export(f"12345守护码工单_{year}_{{stamp}}.csv", "yearly", begin, end)
    for until in _back_from(data_date, autumns[-1], 7):
        yield Export("守护码工单_{stamp}.xlsx", "weekly", until - timedelta(days=14), until)


def hazards(autumns: list[date], data_date: datetime) -> Iterator[Export]:
    """All hazard ledgers, oldest first; this term's holds whatever was touched since the term began."""
    for age, begin, end, year in _past_years(autumns):
        if age == 1:
            yield from _months("隐患月度台账", begin, end, 40)
        layout = {1: "ledger_d", 2: "ledger_c", 3: "ledger_b"}.get(age, "ledger_a")
        yield Export(f"隐患台账_{year}_{{stamp}}.csv", layout, begin, end)
    for until in _back_from(data_date, autumns[-1], 14):
        yield Export("隐患整改台账_{stamp}.xlsx", "term", _eve(autumns[-1]), until)


def drills(autumns: list[date], data_date: datetime) -> Iterator[Export]:
    """All drill registers, oldest first: the halves of past school years, then this term's, growing
    every four weeks."""
    for age, begin, end, _ in _past_years(autumns):
        middle, layout = datetime(begin.year + 1, 2, 10, 8), "old" if age > 2 else "new"
        yield Export("演练登记表_{stamp}.xlsx", layout, begin, middle)
        yield Export("演练登记表_{stamp}.xlsx", layout, middle, end)
    for until in _back_from(data_date, autumns[-1], 28):
        yield Export("演练登记表_{stamp}.xlsx", "new", _eve(autumns[-1]), until)


def _past_years(autumns: list[date]) -> Iterator[tuple[int, datetime, datetime, str]]:
    """(age in years, eve of its first day, last morning before the next one, its name) of every
    finished school year."""
    for at, (first, following) in enumerate(zip(autumns, autumns[1:], strict=False)):
        end = _eve(following) + timedelta(hours=8)
        yield len(autumns) - 1 - at, _eve(first), end, f"{first.year}-{first.year + 1}学年"


def _months(name: str, begin: datetime, end: datetime, reach: int) -> Iterator[Export]:
    """An export on the first of every month, each reaching back some days further than the month before."""
    for step in range(9, 20):
        until = datetime(begin.year + step // 12, step % 12 + 1, 1, 8)
        if begin < until < end:
            yield Export(f"{name}_{{stamp}}.xlsx", "monthly", max(begin, until - timedelta(days=reach)), until)


def _back_from(data_date: datetime, first: date, every: int) -> list[datetime]:
    """The data date and every so many days before it, back to the eve of the term, oldest first."""
    count = (data_date - _eve(first)).days // every
    return [data_date - timedelta(days=every * step) for step in range(count, -1, -1)]


def _eve(first: date) -> datetime:
    return datetime.combine(first, time()) - timedelta(days=1)
