"""What a brief is made of: words and numbers already decided. Page, Word, slides and PDF draw these and add nothing.

Everything is frozen and made of plain values, so that a brief can be hashed, kept and printed again.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Link:
    """A page of the product and its address parameters, e.g. ('records', (('metric', 'ticket_on_time_rate'), ('which', 'miss')))."""

    page: str
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """One sentence. tone: 'good', 'bad', 'warn' or '' decides its colour; the words alone must say it too."""

    text: str
    tone: str = ""
    link: Link | None = None
    details: tuple[str, ...] = ()  # smaller sentences below it: what it is made of, masked examples, who is responsible


@dataclass(frozen=True)
class Figure:
    """A tile: label, the number in words (「80.6 %」), part and whole (「806 / 1,000」), verdict, comparisons, target."""

    key: str
    label: str
    value: str
    parts: str = ""
    verdict: str = ""
    tone: str = ""
    changes: tuple[str, ...] = ()
    target: str = ""
    beside: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Table:
    """Cells are words, ready to print. align: 'l' or 'r' per column. links: one per row or none at all."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str = ""
    links: tuple[Link | None, ...] = ()
    nothing: str = "没有。"


@dataclass(frozen=True)
class Series:
    """One line or set of bars; None where there is no value."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """kind 'line' or 'bar'. `title` is the finding, `subtitle` measure, unit and period. unit '%' means values are fractions.
    lower, centre, upper: limits per label, or None. special: positions of points outside chance."""

    title: str
    subtitle: str
    kind: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    lower: tuple[float | None, ...] | None = None
    centre: tuple[float | None, ...] | None = None
    upper: tuple[float | None, ...] | None = None
    special: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """One part of the meeting. `failure` says why it could not be computed; then nothing else of it is shown."""

    key: str
    title: str
    sentence: str = ""
    lines: tuple[Line, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    note: str = ""
    failure: str = ""


@dataclass(frozen=True)
class Brief:
    """A whole document. `sections` in the meeting's order."""

    campus: str
    title: str
    week_start: date
    week_label: str
    data_date: datetime
    build: str
    filters: str
    headline: str
    sections: tuple[Section, ...]
    cautions: tuple[Line, ...] = field(default=())  # half-loaded or stale sources: what the numbers may lack

    @property
    def digest(self) -> str:
        """First 16 hex digits of SHA-256 over the whole content: the same words and numbers, the same digest."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
