"""What a document is made of: words and numbers already decided. Page, Word, slides, PDF and Excel draw these and add
nothing.

Everything is frozen and made of plain values, so that a document can be hashed, kept and printed again.
"""

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

Cell = str | float | None  # of a sheet: words, a number, nothing


def later(default: Any) -> Any:
    """A field that came after documents had been kept: left out of digest and archive where it says nothing, so that
    those stay valid."""
    return field(default=default, metadata={"later": True})


def content(value: Any) -> Any:
    """A part and everything in it as dictionaries, lists and plain values: what is hashed and kept."""
    if isinstance(value, tuple):
        return [content(part) for part in value]
    if not is_dataclass(value):
        return value
    held = {declared.name: (declared, getattr(value, declared.name)) for declared in fields(value)}
    return {
        name: content(value_of)
        for name, (declared, value_of) in held.items()
        if not (declared.metadata.get("later") and value_of == declared.default)
    }


@dataclass(frozen=True)
class Link:
    """A page of the product and its address parameters, e.g. ('records', (('metric', 'ticket_on_time_rate'), ('which',
    'miss')))."""

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
    """A tile: label, the number in words (「80.6 %」), part and whole (「806 / 1,000」),
    verdict, comparisons, target."""

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
class Span:
    """A stretch of a chart that is shaded and named: positions of its first and last label."""

    first: int
    last: int
    name: str


def level(value: float, many: int, digits: int) -> tuple[float | None, ...]:
    """A limit of a chart that is the same at all of its labels."""
    return (round(float(value), digits),) * many


@dataclass(frozen=True)
class Chart:
    """kind 'line' or 'bar'. `title` is the finding, `subtitle` measure, unit and period. unit '%' means values are
    fractions. lower, centre, upper: limits per label, or None. special: positions of points outside chance. spans:
    what is shaded."""

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
    spans: tuple[Span, ...] = later(())


@dataclass(frozen=True)
class Section:
    """One part of a document. `failure` says why it could not be computed; then nothing else of it is shown. `parts`
    stand below everything of its own, each under its own heading."""

    key: str
    title: str
    sentence: str = ""
    lines: tuple[Line, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    note: str = ""
    failure: str = ""
    parts: "tuple[Section, ...]" = later(())

    @property
    def failures(self) -> "tuple[Section, ...]":
        """This one or those of its parts that could not be computed."""
        return (self,) if self.failure else tuple(found for part in self.parts for found in part.failures)


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: a row under each other, numbers as numbers. formats: per column 'l' words, 'd' digits
    as they are, '%' a fraction."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    formats: str
    nothing: str = "没有。"
