"""The paper of a document: an official letter as GB/T 9704 wants it, or a book of tables set more closely. Millimetres
and points."""

from dataclasses import dataclass

from reports.content.documents import Document

PAPER = 210.0  # A4
INCH = 25.4
POINT = INCH / 72


@dataclass(frozen=True)
class Sizes:
    """Points of letters by what they say."""

    body: float
    first: float  # headings
    second: float
    detail: float
    note: float
    table: float


@dataclass(frozen=True)
class Layout:
    """margins: top, bottom, left, right. word and pdf: sizes in either; `line` and `detail_line`: Word's distance of
    lines of body and details; leading and spacing: the PDF's, in letters. `indent`: letters before a paragraph. chart:
    inches. `whole`: lines up to which a table stays on one page. in_pages: a section begins a page."""

    margins: tuple[float, float, float, float]
    word: Sizes
    pdf: Sizes
    line: float
    detail_line: float
    leading: float
    spacing: float
    cell: float  # above and below the words of a cell of the PDF, points
    indent: int
    chart: tuple[float, float]
    gap: float  # below a table in Word, points; 0 for a line of notes
    whole_word: int
    whole_pdf: int
    in_pages: bool

    @property
    def width(self) -> float:
        """Between the margins."""
        return PAPER - self.margins[2] - self.margins[3]

    def room(self, size: float) -> float:
        """Chinese letters of that size between the margins."""
        return self.width / (size * POINT)


# 22 lines on a page; margins and letters by GB/T 9704—2012, 5.2
LETTER = Layout(
    (37, 35, 28, 26),
    Sizes(16, 16, 16, 14, 12, 10.5),
    Sizes(14, 16, 13, 12, 10.5, 11),
    28.5,
    24,
    0.75,
    0.9,
    5.5,
    2,
    (6.14, 1.95),
    0,
    14,
    16,
    False,
)
BOOK = Layout(
    (12, 12, 18, 16),
    Sizes(9, 14, 10.5, 9, 8, 8),
    Sizes(9.5, 14, 10.5, 9, 8, 8.5),
    11.5,
    11,
    0.44,
    0.48,
    2.4,
    0,
    (6.9, 1.1),
    2,
    26,
    30,
    True,
)


def of(document: Document) -> Layout:
    """How a document is laid out."""
    return BOOK if document.IN_PAGES else LETTER
