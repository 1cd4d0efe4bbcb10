"""What a declared source is once read: frozen objects, no files and no TOML."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from warehouse.errors import UserError

Type = Literal[
    "text",
    "id",
    "integer",
    "number",
    "percent",
    "duration",
    "boolean",
    "date",
    "datetime",
    "deadline",
    "choice",
    "place",
    "list",
]
Kind = Literal["facts", "dimension"]
Personal = Literal["key", "mask", "drop"]
TYPES: tuple[str, ...] = get_args(Type)
PERSONAL: tuple[str, ...] = get_args(Personal)


class DeclarationError(UserError):
    """A declaration cannot be used; the sentence names file, line and remedy."""

    exit_code = 3


@dataclass(frozen=True)
class Dialect:
    """How one system writes: order of day and month, extra words for missing, a fixed header row or sheet.

    utc_offset_hours: civil time of the school, applied only to values that carry a zone of their own (Z, +00:00).
    last_year: no record, plan or validity of a school reaches beyond; a later year is a slip of the keyboard.
    """

    day_first: bool = False
    month_first: bool = False
    null: tuple[str, ...] = ()
    header_row: int | None = None
    sheet: str | None = None
    utc_offset_hours: float = 8.0
    last_year: int = 2050


@dataclass(frozen=True)
class Column:
    """One column of a source. `allowed` keeps the declared order: ((canonical, (spelling, …)), …).

    ahead: its dates may lie ahead of the day of the export (valid until, a plan): a weak sign of when that was.
    zero: words that mean 0 in this column of numbers (无 of problems found is none found, not nothing said).
    clock: headers of a column that holds the time of day of this date. day_from: a bare clock here takes the day of
    that column, after midnight the next.
    heading: where a file lacks the column, the first group of this pattern in the rows above the header, else in the
    sheet's name.
    """

    name: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    allowed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keep_text: bool = False
    personal: str | None = None
    constant: str | None = None
    heading: str | None = None
    pattern: str | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    note: str = ""
    example: str | None = None
    zero: tuple[str, ...] = ()
    ahead: bool = False
    clock: tuple[str, ...] = ()
    day_from: str | None = None

    @property
    def headers(self) -> tuple[str, ...]:
        """Headers this column answers to, the preferred one first."""
        return (self.label, *self.aliases, self.name)

    @property
    def is_filled(self) -> bool:
        """Whether a file may lack it and every row has it all the same."""
        return self.constant is not None or self.heading is not None

    @property
    def text_name(self) -> str:
        """Where the words as written are kept when `keep_text` is declared."""
        return f"{self.name}_text"


@dataclass(frozen=True)
class Source:
    """One declared source. system: its number in systems.toml. signs: words one of which a header must contain to be
    known without its file name. digest: sha256 hex over everything that can change a typed row;
    `path` is not part of it."""

    name: str
    title: str
    feeds: str
    kind: str
    columns: tuple[Column, ...]
    files: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    order_by: tuple[str, ...] = ()
    expected_every_days: int | None = None
    ignored: tuple[str, ...] = ()
    note: str = ""
    system: int | None = None
    dialect: Dialect = Dialect()
    digest: str = ""
    path: str = field(default="", compare=False)

    def __hash__(self) -> int:
        """What equals it has the same name and digest; to walk over every column at every look-up takes longer than
        most look-ups."""
        return hash((self.name, self.digest))

    def column(self, name: str) -> Column:
        """The column of that canonical name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def required(self) -> tuple[Column, ...]:
        """Columns a file must bring itself: required and filled neither by a constant nor from its heading."""
        return tuple(column for column in self.columns if column.required and not column.is_filled)
