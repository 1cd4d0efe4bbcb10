"""A Table in Word: thin lines, header repeated on every page, no row torn, columns as wide as their words need.

Written as one piece of XML: a table of a few hundred cells set cell by cell costs more time than all the rest of a
document.
"""

from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from reports.content.parts import Table
from reports.print import flat, word_page
from reports.print.layout import Layout
from ui.charts.colours import BAND, FAINT, INK, bare

# thick above and below, thin between rows, none between columns
BORDERS = "".join(
    f'<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
    for name, size, colour in (("top", 12, bare(INK)), ("bottom", 12, bare(INK)), ("insideH", 4, bare(FAINT)))
)
SHADE = f'<w:shd w:val="clear" w:color="auto" w:fill="{bare(BAND)}"/>'


def add(document, layout: Layout, table: Table, kept: bool = False) -> None:
    """The table at the document's end, or the sentence that stands for an empty one. `kept`: not torn from what
    follows."""
    if not table.rows:
        word_page.add(document, table.nothing, "简报正文")
        return
    room = layout.room(layout.word.table)
    widths = [round(Mm(layout.width * share).twips) for share in flat.shares(table, room)]
    style, whole = word_page.style_id(document, "简报表格"), flat.depth(table, room) <= layout.whole_word
    rows = [_row(table.columns, table.align, widths, style, whole, header=True)]
    rows += [
        _row(row, table.align, widths, style, whole and (kept or at < len(table.rows)))
        for at, row in enumerate(table.rows, start=1)
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = (
        f'<w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/><w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout '
        'w:type="fixed"/>'
    )
    written = (
        f"<w:tbl {nsdecls('w')}><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    document.element.body._insert_tbl(parse_xml(written))
    after = word_page.add(document, "", "简报说明")
    after.paragraph_format.space_before = after.paragraph_format.space_after = Pt(0)
    after.paragraph_format.keep_with_next = kept or None
    if layout.gap:
        after.paragraph_format.line_spacing = Pt(layout.gap)


def _row(cells: tuple[str, ...], align: str, widths: list[int], style: str, kept: bool, header: bool = False) -> str:
    """`kept`: on the same page as the next row."""
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{SHADE if header else ""}</w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{style}"/>'
        f'{"<w:keepNext/>" if kept else ""}<w:jc w:val="{"right" if align[at : at + 1] == "r" else "left"}"/></w:pPr>'
        f"<w:r>{'<w:rPr><w:b/></w:rPr>' if header else ''}{_text(text)}</w:r></w:p></w:tc>"
        for at, (text, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{written}</w:tr>"


def _text(words: str) -> str:
    """Words with their line breaks; nothing in them is markup."""
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n"))
