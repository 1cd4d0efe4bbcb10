"""A book's sheets as an Excel workbook: numbers as numbers, words as words, where they come from on every sheet."""

import io

import xlsxwriter

from reports.content.documents import Book
from reports.content.parts import Cell, Sheet
from reports.content.printable import printable
from reports.print import flat
from reports.print.pack import same_bytes
from ui.charts.colours import BAND, PRINT_MUTED

HEAD = 3  # rows above the names of the columns: what it is, where it comes from, an empty one
# what looks like a formula stays words, what looks like an address no link
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORMATS: dict[str, dict[str, object]] = {
    "l": {"text_wrap": True},
    "d": {"num_format": "#,##0"},
    "f": {"num_format": "#,##0.0"},
    "g": {"num_format": "#,##0.##"},
    "%": {"num_format": "0.0%"},
}
NARROW, WIDE = 9, 44  # widths of columns, in letters of half a Chinese one
LONGEST = 32_000  # letters a cell may hold


def document(made: Book) -> bytes:
    """The whole file."""
    made, memory = printable(made), io.BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": f"{made.title} {made.label}",
                "subject": made.filters,
                "author": made.campus,
                "company": made.campus,
                "comments": flat.footer(made),
                "created": made.data_date,
            }
        )
        styles = {
            kind: workbook.add_format({"valign": "top", "font_size": 10, **look}) for kind, look in FORMATS.items()
        }
        styles |= {
            "title": workbook.add_format({"bold": True, "font_size": 12}),
            "said": workbook.add_format({"font_color": PRINT_MUTED, "font_size": 9}),
        }
        styles["head"] = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": BAND}
        )
        for sheet in made.sheets:
            _write(workbook.add_worksheet(sheet.title), styles, made, sheet)
    return same_bytes(memory.getvalue(), made.data_date)


def _write(page, styles: dict, made: Book, sheet: Sheet) -> None:
    page.write_string(
        0, 0, f"{made.campus} {made.title} · {sheet.title} · {made.label} · {made.filters}", styles["title"]
    )
    page.write_string(1, 0, f"{flat.footer(made)} · 数据截至 {flat.moment(made)}", styles["said"])
    for place, name in enumerate(sheet.columns):
        page.write_string(HEAD, place, name, styles["head"])
        page.set_column(place, place, _width(sheet, place))
    for at, row in enumerate(sheet.rows, start=HEAD + 1):
        for place, cell in enumerate(row):
            _cell(page, at, place, cell, styles[sheet.formats[place]])
    if sheet.rows:
        page.autofilter(HEAD, 0, HEAD + len(sheet.rows), len(sheet.columns) - 1)
    else:
        page.write_string(HEAD + 1, 0, sheet.nothing)
    page.freeze_panes(HEAD + 1, 1)
    _printed(page, made)


def _printed(page, made: Book) -> None:
    """A4, across, all columns on a page, build and digest at its foot."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD)
    page.set_footer(f"&L{flat.footer(made)}&R&P / &N")


def _cell(page, row: int, place: int, cell: Cell, style) -> None:
    if cell is None:
        page.write_blank(row, place, None, style)
    elif isinstance(cell, str):
        page.write_string(row, place, cell[:LONGEST], style)
    else:
        page.write_number(row, place, cell, style)


def _width(sheet: Sheet, place: int) -> float:
    """As wide as the longest words need, long ones wrap."""
    words = [flat.width(cell) for cell in (row[place] for row in sheet.rows) if isinstance(cell, str)]
    return min(max([NARROW, flat.width(sheet.columns[place]) / 2 + 6, *(2 * one + 2 for one in words)]), WIDE)
