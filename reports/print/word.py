"""A document in Word that can be edited: native text and tables, charts as pictures with words for those who cannot
see."""

import io
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from reports.content.documents import Document
from reports.content.parts import Chart, Line, Section
from reports.content.printable import printable
from reports.print import chart_image, flat, word_page, word_table
from reports.print import layout as layouts
from reports.print.layout import Layout
from reports.print.pack import same_bytes
from reports.print.word_page import GREY, RED, TONES
from ui.charts.colours import BAD, bare

HERE = "{{正文}}"


def document(content: Document, template: Path | None = None) -> bytes:
    """The whole file. `template`: the school's own .docx; its {{校名}}, {{标题}}, {{周次}}, {{结论}} … are filled in
    and the text stands where it says {{正文}}, or at its end."""
    content = printable(content)
    made, layout = docx.Document(str(template)) if template else docx.Document(), layouts.of(content)
    if not template:
        word_page.set_page(made, layout)
    word_page.set_styles(made, layout)
    word_page.declare_fonts(made)
    mark = None
    if template:
        mark = _filled(made, content)
    else:
        _cover(made, layout, content)
    before = len(made.element.body)
    _content(made, layout, content)
    if mark is not None:
        _moved(made, before, mark)
    word_page.set_footer(made, layout, flat.footer(content))
    for text in made.element.body.iter(qn("w:t")):
        text.text = flat.joined(text.text or "")
    _properties(made, content)
    raw = io.BytesIO()
    made.save(raw)
    return same_bytes(raw.getvalue(), content.data_date)


def _cover(made, layout: Layout, content: Document) -> None:
    """An empty cover in our own layout: places for the badge and the document number, the answer, where the numbers
    come from."""
    _centred(made, "（此处放校徽）", 12, GREY, before=30, style="简报说明")
    _centred(made, content.campus, 30, RED, before=24)
    _centred(made, content.title, 24, before=10)
    number = _centred(made, "文号：〔　　　　〕第　　号", 16, before=14, style="简报正文")
    _rule(number)
    largest = int(layout.room(1) / flat.width(content.label))  # points at which it stays on one line
    _centred(made, content.label, min(18, largest), before=26, style="简报正文")
    _centred(made, "结论", 16, before=20, style="简报一级标题")
    answer = _centred(made, content.headline, 18, before=4, style="简报正文")
    answer.paragraph_format.line_spacing = Pt(32)
    for at, (name, value) in enumerate(flat.facts(content)):
        _centred(made, f"{name}：{value}", 12, before=40 if at == 0 else 0, style="简报说明")
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _centred(made, text: str, size: float, colour=None, before: float = 0, style: str = "简报封面"):
    paragraph = word_page.add(made, "", style)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = 0
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def _rule(paragraph) -> None:
    """The red line below an official document's head."""
    line = f'w:val="single" w:sz="12" w:space="10" w:color="{bare(BAD)}"'
    border = f"<w:pBdr {nsdecls('w')}><w:bottom {line}/></w:pBdr>"
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(border), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _content(made, layout: Layout, content: Document) -> None:
    for caution in content.cautions:
        _line(made, Line(f"注意：{caution.text}", caution.tone))
    for number, section in enumerate(content.sections, start=1):
        heading = word_page.add(made, flat.heading(number, section), "简报一级标题")
        heading.paragraph_format.page_break_before = layout.in_pages and number > 1 or None
        _section(made, layout, section)


def _section(made, layout: Layout, section: Section, level: str = "简报二级标题") -> None:
    if section.failure:
        _line(made, Line(section.failure, "warn"))
        return
    if section.sentence:
        answer = word_page.add(made, section.sentence, "简报正文")
        answer.runs[0].font.bold, answer.paragraph_format.space_after = True, Pt(layout.gap or 6)
        answer.paragraph_format.keep_with_next = bool(section.lines or section.figures or section.tables)
    for line in section.lines:
        _line(made, line)
    if section.figures:
        word_table.add(made, layout, flat.figure_table(section.figures))
    for at, table in enumerate(section.tables, start=1):
        if table.title:
            word_page.add(made, table.title, level)
        word_table.add(made, layout, table, kept=bool(section.note) and at == len(section.tables))
    for chart in section.charts:
        _chart(made, layout, chart, level)
    if section.note:
        word_page.add(made, section.note, "简报说明")
    for part in section.parts:
        word_page.add(made, part.title, level)
        _section(made, layout, part, "简报三级标题")


def _line(made, line: Line) -> None:
    paragraph = word_page.add(made, "", "简报正文")
    run = paragraph.add_run(line.text)
    if line.tone in TONES:
        run.font.color.rgb = TONES[line.tone]
    paragraph.paragraph_format.keep_with_next = bool(line.details)
    for at, detail in enumerate(line.details):
        below = word_page.add(made, detail, "简报细项")
        below.paragraph_format.left_indent = Pt(32)
        below.paragraph_format.keep_with_next = at < len(line.details) - 1


def _chart(made, layout: Layout, chart: Chart, level: str) -> None:
    """Finding, measure, picture; never torn apart by a page break."""
    word_page.add(made, chart.title, level)
    subtitle = word_page.add(made, chart.subtitle, "简报说明")
    subtitle.paragraph_format.keep_with_next, subtitle.paragraph_format.space_after = True, Pt(0)
    paragraph = made.add_paragraph()
    shape = paragraph.add_run().add_picture(io.BytesIO(chart_image.png(chart, layout.chart)), width=Mm(layout.width))
    shape._inline.docPr.set("descr", flat.described(chart))
    shape._inline.docPr.set("title", chart.title)


def _filled(made, content: Document):
    """Put the document's words into the template's places; the paragraph where the text belongs, if it names one."""
    words = {f"{{{{{name}}}}}": value for name, value in flat.places(content).items()}
    mark = None
    for paragraph in [
        *made.paragraphs,
        *(one for table in made.tables for row in table.rows for cell in row.cells for one in cell.paragraphs),
    ]:
        if paragraph.text.strip() == HERE:
            mark = paragraph._p
        for place, value in words.items():
            if place in paragraph.text:
                text = paragraph.text.replace(place, value)
                for run in paragraph.runs[1:]:
                    run.text = ""
                paragraph.runs[0].text = text
    return mark


def _moved(made, before: int, mark) -> None:
    """What was written at the end goes where the template wants it."""
    body = made.element.body
    written = [element for element in list(body)[before - 1 :] if not element.tag.endswith("sectPr")]
    for element in written:
        mark.addprevious(element)
    mark.getparent().remove(mark)


def _properties(made, content: Document) -> None:
    core = made.core_properties
    core.title, core.subject, core.author, core.last_modified_by = (
        f"{content.title} {content.label}",
        content.filters,
        content.campus,
        content.campus,
    )
    core.comments, core.keywords, core.revision = flat.footer(content), "", 1
    core.created = core.modified = content.data_date
