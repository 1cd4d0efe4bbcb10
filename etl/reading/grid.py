"""What a format hands to the layout, rows of cells as they stand in the file;
and which of them turned out to be records."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.form.table import Note


@dataclass(frozen=True)
class Wanted:
    """What the reader may know about a file beforehand.

    headers: known header words, passed through etl.form.headers.normalise_header; they find the header row, nothing is
    dropped for them.
    null_words: cells that mean "empty", compared whole, after outer blanks are gone.
    header_row: the sheet's row of the header (1 = first), when a declaration fixes it.
    sheet: the only sheet to read. delimiter: of a text file.
    """

    headers: frozenset[str] = frozenset()
    null_words: frozenset[str] = frozenset()
    header_row: int | None = None
    sheet: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True)
class Merge:
    """A merged range; indexes into Grid.rows and their cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """rows: cells of any simple type, '' or None where empty, ragged when the file is.

    numbers: the file's row number of each. cut: the text ended in the middle of a line, so the last row may be half of
    one. is_1904: its days are counted from 1904.
    is_text: cells are clean text already, None where empty. separator: joins the cells of a row that cannot be used.
    """

    sheet: str
    rows: list[Sequence]
    numbers: Sequence[int]
    merges: list[Merge] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unreadable: list[tuple[int, str, str]] = field(default_factory=list)
    cut: bool = False
    is_text: bool = False
    separator: str = ","
    is_1904: bool = False

    def text(self, row: Sequence) -> str:
        """A row that cannot be used, for the report; long ones are cut."""
        return self.separator.join("" if cell is None else str(cell) for cell in row)[:500]


@dataclass
class Sorted:
    """rows, numbers, positions: the records, their row numbers and their indexes in the grid.

    left_out: code → (row number, text) of layout rows. padded: numbers of rows that were filled up at their end.
    """

    rows: list[Sequence] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    left_out: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    padded: list[int] = field(default_factory=list)
    unreadable: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, row: Sequence, number: int, position: int) -> None:
        self.rows.append(row)
        self.numbers.append(number)
        self.positions.append(position)

    def extend(self, grid: Grid, begin: int, end: int) -> None:
        """Takes the grid's rows from begin up to end as records."""
        self.rows.extend(grid.rows[begin:end])
        self.numbers.extend(grid.numbers[begin:end])
        self.positions.extend(range(begin, end))

    def drop(self, place: int) -> None:
        del self.rows[place], self.numbers[place], self.positions[place]
