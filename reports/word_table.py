"""A Table in Word: thin lines, header repeated on every page, no row torn, columns as wide as their words need."""

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from reports import flat, word_page
from reports.layout import Layout
from reports.parts import Table


def add(document, layout: Layout, table: Table, kept: bool = False) -> None:
    """The table at the document's end, or the sentence that stands for an empty one. `kept`: not torn from what follows."""
    if not table.rows:
        word_page.add(document, table.nothing, "简报正文")
        return
    room = layout.room(layout.word.table)
    made = document.add_table(rows=1, cols=len(table.columns))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _lines(made)
    widths = [Mm(layout.width * share) for share in flat.shares(table, room)]
    _fill(document, made.rows[0], table.columns, table.align, widths, header=True)
    for row in table.rows:
        _fill(document, made.add_row(), row, table.align, widths)
    if flat.depth(table, room) <= layout.whole_word:
        for row in made.rows if kept else made.rows[:-1]:
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    after = word_page.add(document, "", "简报说明")
    after.paragraph_format.space_before = after.paragraph_format.space_after = Pt(0)
    after.paragraph_format.keep_with_next = kept or None
    if layout.gap:
        after.paragraph_format.line_spacing = Pt(layout.gap)


def _fill(document, row, cells, align: str, widths, header: bool = False) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    for at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        cell.width = widths[at]
        paragraph = word_page.styled(document, cell.paragraphs[0], "简报表格")
        run = paragraph.add_run(text)
        right = at < len(align) and align[at] == "r"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        if header:
            run.font.bold = True
            cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EEF1F5"/>'))


def _lines(made) -> None:
    """Thick above and below, thin between rows, none between columns."""
    kinds = {"top": (12, "1F2933"), "bottom": (12, "1F2933"), "insideH": (4, "98A2B3")}
    borders = "".join(f'<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>' for name, (size, colour) in kinds.items())
    properties = made._tbl.tblPr
    former = properties.find(qn("w:tblBorders"))
    if former is not None:
        properties.remove(former)
    properties.append(parse_xml(f'<w:tblBorders {nsdecls("w")}>{borders}</w:tblBorders>'))
