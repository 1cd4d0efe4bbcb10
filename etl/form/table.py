"""One sheet as text: what reading yields, what privacy and conform take."""

from dataclasses import dataclass, field

CHOICES_SHEET = "字典"  # hidden in the product's own empty workbooks: the words of their drop-downs, no records


@dataclass(frozen=True)
class Note:
    """Something worth telling about a file that is not a rejected row,
    such as a hidden sheet or a footnote left out."""

    code: str
    message: str
    remedy: str = ""
    row_number: int | None = None
    column_label: str | None = None
    occurrences: int = 1


@dataclass
class Table:
    """Rows of text, column-wise.

    header: one label per column, as written (nested headers joined with '/', repeats numbered).
    columns: one list per header entry, equal lengths; a cell is its text with outer blanks removed, or None when empty.
    row_numbers: the row of the sheet (1 = first) each entry came from, as the person who mends the file counts.
    unreadable: rows that are not data and not layout (ragged beyond repair): (row number, the text, reason).
    is_1904: a bare number in a column of dates counts days from 1904, not from 1900.
    """

    sheet: str
    header: list[str]
    columns: list[list[str | None]]
    row_numbers: list[int]
    header_row: int = 1
    title: str = ""
    notes: list[Note] = field(default_factory=list)
    unreadable: list[tuple[int, str, str]] = field(default_factory=list)
    is_1904: bool = False

    def __len__(self) -> int:
        return len(self.row_numbers)
