"""A page in Word: paper, margins, fonts with fall-backs, headings, page number, footer. Knows nothing of what a
document says."""

from functools import lru_cache

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from reports.print.layout import Layout
from ui.charts import colours

FANG, HEI, KAI, SONG, LATIN = "仿宋", "黑体", "楷体", "方正小标宋简体", "Times New Roman"
# what a machine without the font takes instead; Windows and macOS have the first three
INSTEAD = {FANG: "Noto Serif CJK SC", HEI: "Noto Sans CJK SC", KAI: "Noto Serif CJK SC", SONG: "华文中宋"}
RED, INK, GREY, GOOD, WARNING = (
    RGBColor.from_string(colours.bare(colour))
    for colour in (colours.BAD, colours.INK, colours.MUTED, colours.GOOD, colours.WARNING)
)
TONES = {"good": GOOD, "bad": RED, "warn": WARNING}


def _styles(layout: Layout) -> dict[str, tuple[str, float, bool, int, float, float, bool]]:
    """Style → (font, points, bold, first-line indent in characters, points before, points after, kept
    with the next)."""
    sizes = layout.word
    heading, note = ((5, 2), (2, 3)) if layout.in_pages else ((8, 4), (4, 8))
    return {
        "简报正文": (FANG, sizes.body, False, layout.indent, 0, 0, False),
        "简报一级标题": (HEI, sizes.first, True, 0, 12, 6, True),
        "简报二级标题": (KAI, sizes.second, True, 0, *heading, True),
        "简报三级标题": (HEI, sizes.body, True, 0, 4, 2, True),
        "简报说明": (FANG, sizes.note, False, 0, *note, False),
        "简报细项": (FANG, sizes.detail, False, 0, 0, 0, False),
        "简报表格": (FANG, sizes.table, False, 0, 1, 1, False),
        "简报封面": (SONG, 26, False, 0, 0, 0, False),
    }


def set_page(document: Document, layout: Layout) -> None:
    """A4 with the layout's margins."""
    top, bottom, left, right = map(Mm, layout.margins)
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = top, bottom, left, right
        section.header_distance, section.footer_distance = min(Mm(15), top // 2), min(Mm(20), bottom // 2)


def set_styles(document: Document, layout: Layout) -> None:
    """Our own paragraph styles; a template that has one by the same name keeps its own look."""
    present = {style.name for style in document.styles}
    for name, (font, size, bold, indent, before, after, kept) in _styles(layout).items():
        if name in present:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _font(style.element.get_or_add_rPr(), font)
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, INK
        shape = style.paragraph_format
        shape.space_before, shape.space_after, shape.keep_with_next = Pt(before), Pt(after), kept
        shape.first_line_indent = Pt(size * indent)
        shape.widow_control = True
        line = _line(layout, size)
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY if line else WD_LINE_SPACING.SINGLE
        if line:
            shape.line_spacing = Pt(line)
    _outline(document, "简报一级标题", 0)
    _outline(document, "简报二级标题", 1)
    _outline(document, "简报三级标题", 2)


def _line(layout: Layout, size: float) -> float:
    """Distance of lines where it is fixed: words read one after the other, not notes, cells and the cover."""
    sizes = layout.word
    return {
        sizes.body: layout.line,
        sizes.detail: layout.detail_line,
        sizes.first: layout.line * sizes.first / sizes.body,
    }.get(size, 0)


def add(document: Document, text: str, style: str):
    """A paragraph at the document's end in one of our styles."""
    return styled(document, document.add_paragraph(text), style)


def styled(document: Document, paragraph, style: str):
    """Give a paragraph a style by its id; by its name python-docx reads through every style there is, each time."""
    paragraph._p.style = style_id(document, style)
    return paragraph


def style_id(document: Document, style: str) -> str:
    """What the file calls a style."""
    return _ids(document.part)[style]


@lru_cache(maxsize=1)
def _ids(part) -> dict[str, str]:
    return {style.name: style.style_id for style in part.document.styles}


def _outline(document: Document, name: str, level: int) -> None:
    """Headings show in Word's navigation pane."""
    properties = document.styles[name].element.get_or_add_pPr()
    if properties.find(qn("w:outlineLvl")) is None:
        mark = OxmlElement("w:outlineLvl")
        mark.set(qn("w:val"), str(level))
        properties.append(mark)


def _font(properties, name: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for place, value in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", name)):
        fonts.set(qn(f"w:{place}"), value)


def declare_fonts(document: Document) -> None:
    """What each font may be replaced with, in the document's own font table."""
    part = next(
        (one.target_part for one in document.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.FONT_TABLE), None
    )
    if part is None:
        return
    table = parse_xml(part.blob)
    present = {font.get(qn("w:name")) for font in table}
    for name, instead in INSTEAD.items():
        if name not in present:
            table.append(
                parse_xml(
                    f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{instead}"/><w:charset '
                    'w:val="86"/></w:font>'
                )
            )
    from lxml import etree

    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def set_footer(document: Document, layout: Layout, words: str) -> None:
    """「构建 … · 指纹 …」 at the left, 「— 3 —」 at the right; nothing is linked to a former section."""
    for section in document.sections:
        section.footer.is_linked_to_previous = False
        paragraph = section.footer.paragraphs[0]
        paragraph.text = ""
        styled(document, paragraph, "简报说明")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(layout.width), alignment=2)
        run = paragraph.add_run(f"{words}\t— ")
        field(paragraph, "PAGE")
        end = paragraph.add_run(" —")
        for one in (run, end):
            one.font.size, one.font.color.rgb = Pt(9), GREY


def field(paragraph, code: str) -> None:
    """A field Word fills in by itself, such as PAGE."""
    made = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>1</w:t>'
        "</w:r></w:fldSimple>"
    )
    paragraph._p.append(made)
