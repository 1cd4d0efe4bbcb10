"""A Table on slides: 18 points, header on every slide, rows that do not fit go on the next."""

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from reports.content.parts import Table
from reports.print import flat
from reports.print.slides_page import INK, MARGIN, ROOM, RULE, SMALLEST, SPACING, Words, fill, lines
from ui.charts.colours import BAND, bare

INSET = 6  # points beside and above the words of a cell


def pages(table: Table, room: float) -> list[list[tuple[str, ...]]]:
    """Rows a slide, each slide's together no higher than `room` points with the header, and about as many on each."""
    widths = _widths(table)
    left = room - _height(table.columns, widths)
    rows = [part for whole in table.rows for part in _cut(whole, widths, left)]
    heights = [_height(row, widths) for row in rows]
    needed = len(_filled(heights, left, len(rows)))
    even = _filled(heights, left, -(-len(rows) // needed))
    chosen = even if len(even) == needed else _filled(heights, left, len(rows))
    return [[rows[at] for at in page] for page in chosen]


def _filled(heights: list[float], room: float, most: int) -> list[list[int]]:
    """Positions of rows a slide: at most so many, and no higher than the room."""
    filled: list[list[int]] = [[]]
    used = 0.0
    for at, height in enumerate(heights):
        if filled[-1] and (used + height > room or len(filled[-1]) == most):
            filled.append([])
            used = 0.0
        filled[-1].append(at)
        used += height
    return filled


def add(slide, table: Table, rows: list[tuple[str, ...]], top: float) -> None:
    """Header and these rows from `top` downwards."""
    widths = _widths(table)
    heights = [_height(row, widths) for row in (table.columns, *rows)]
    frame = slide.shapes.add_table(len(rows) + 1, len(table.columns), Pt(MARGIN), Pt(top), Pt(ROOM), Pt(sum(heights)))
    made = frame.table
    made.horz_banding = made.first_row = False
    made._tbl.tblPr.find(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId"
    ).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Pt(width)
    for at, (row, height) in enumerate(zip((table.columns, *rows), heights, strict=True)):
        made.rows[at].height = Pt(height)
        for place, text in enumerate(row):
            _cell(made.cell(at, place), text, table.align[place : place + 1] == "r", header=at == 0)


def _cell(cell, text: str, right: bool, header: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(INSET)
    cell.margin_top = cell.margin_bottom = Pt(INSET / 2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text_frame.word_wrap = True
    fill(
        cell.text_frame.paragraphs[0],
        Words(text, SMALLEST, INK, header, after=0),
        PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT,
    )
    properties = cell._tc.get_or_add_tcPr()
    thick, colour = (19050, INK) if header else (6350, RULE)
    properties.append(
        parse_xml(f'<a:lnB {nsdecls("a")} w="{thick}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:lnB>')
    )
    if header:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(bare(BAND))


def _widths(table: Table) -> list[float]:
    return [ROOM * share for share in flat.shares(table, ROOM / SMALLEST)]


def _height(row, widths: list[float]) -> float:
    deepest = max(lines(text, SMALLEST, width - 2 * INSET) for text, width in zip(row, widths, strict=True))
    return deepest * SMALLEST * SPACING + INSET


def _cut(row, widths: list[float], room: float) -> list[tuple[str, ...]]:
    """A row higher than a whole slide becomes several."""
    if _height(row, widths) <= room:
        return [row]
    halves = [(text[: len(text) // 2], text[len(text) // 2 :]) if len(text) > 8 else (text, "") for text in row]
    return [part for side in (0, 1) for part in _cut(tuple(half[side] for half in halves), widths, room)]
