"""One 16:9 slide: where the finding, the body and the footer stand, how much text fits, and text that is never markup.

Sizes are in points on a page of 960 × 540. Nothing is smaller than 18 points.
"""

from dataclasses import dataclass, replace

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from reports.print import flat
from ui.charts import colours

WIDTH, HEIGHT, MARGIN = 960, 540, 40
TOP, BOTTOM = 142, 490  # of the body
ROOM = WIDTH - 2 * MARGIN
SMALLEST, BODY = 18, 20
SPACING = 1.32  # of lines, in the size of the letters
LATIN, CHINESE = "Arial", "微软雅黑"
INK, GREY = colours.bare(colours.INK), colours.bare(colours.SLIDE_MUTED)
RED, RULE = colours.bare(colours.BAD), colours.bare(colours.FAINT)
TONES = {"good": colours.bare(colours.GOOD), "bad": RED, "warn": colours.bare(colours.SLIDE_WARNING)}
MARKS = {"good": "▲ ", "bad": "■ ", "warn": "● "}


@dataclass(frozen=True)
class Words:
    """One paragraph: text, size, colour, and how far it is set in (points)."""

    text: str
    size: float = BODY
    colour: str = INK
    bold: bool = False
    indent: float = 0
    after: float = 8

    def height(self, width: float = ROOM) -> float:
        """Points it takes in a column of `width` points."""
        return lines(self.text, self.size, width - self.indent) * self.size * SPACING + self.after


def lines(text: str, size: float, width: float) -> int:
    """How many lines a text takes; rounded up a little, because no two machines break alike."""
    return sum(max(-int(-(flat.width(line) * size * 1.04) // width), 1) for line in text.split("\n"))


def split(words: list[Words], room: float, width: float = ROOM) -> list[list[Words]]:
    """Paragraphs over as many pages as they need, larger where all fit on one. What is longer than a page is cut where
    it ends."""
    larger = [replace(one, size=one.size + 4, after=one.after + 4) for one in words]
    if sum(one.height(width) for one in larger) <= room:
        return [larger]
    pages: list[list[Words]] = [[]]
    used = 0.0
    for one in (part for whole in words for part in _cut(whole, room, width)):
        if pages[-1] and used + one.height(width) > room:
            pages.append([])
            used = 0.0
        pages[-1].append(one)
        used += one.height(width)
    return pages


def _cut(one: Words, room: float, width: float) -> list[Words]:
    if one.height(width) <= room:
        return [one]
    half = len(one.text) // 2
    return [part for text in (one.text[:half], one.text[half:]) for part in _cut(replace(one, text=text), room, width)]


def new(deck, kicker: str, title: str, footer: str, alone: bool = False):
    """A slide with the section's name, the finding as its title and the footer; the body is the caller's.

    alone: nothing but the title will stand on it, so it is written large.
    """
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    put(slide, [Words(kicker, SMALLEST, RED, True)], MARGIN, 22, ROOM, 28)
    sizes = ((40, 4), (32, 6)) if alone else ((28, 2), (24, 3))
    size = next((size for size, most in sizes if lines(title, size, ROOM) <= most), 20)
    holder = slide.shapes.title
    top, height = (130, 290) if alone else (50, 88)
    holder.left, holder.top, holder.width, holder.height = Pt(MARGIN), Pt(top), Pt(ROOM), Pt(height)
    _write(holder.text_frame, [Words(title, size, INK, True, after=0)], MSO_ANCHOR.MIDDLE)
    put(slide, [Words(f"{footer} · 第 {len(deck.slides)} 页", SMALLEST, GREY, after=0)], MARGIN, 502, ROOM, 28)
    return slide


def fits_as_title(text: str) -> bool:
    return lines(text, 20, ROOM) <= 4


def put(
    slide,
    words: list[Words],
    left: float,
    top: float,
    width: float,
    height: float,
    align=PP_ALIGN.LEFT,
    anchor=MSO_ANCHOR.TOP,
):
    """A box of text."""
    box = slide.shapes.add_textbox(Pt(left), Pt(top), Pt(width), Pt(height))
    _write(box.text_frame, words, anchor, align)
    return box


def _write(frame, words: list[Words], anchor=MSO_ANCHOR.TOP, align=PP_ALIGN.LEFT) -> None:
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, one in enumerate(words):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        fill(paragraph, one, align)


def fill(paragraph, one: Words, align=PP_ALIGN.LEFT) -> None:
    """The words of one paragraph; line breaks in the text stay line breaks."""
    paragraph.alignment, paragraph.space_after = align, Pt(one.after)
    if one.indent:
        paragraph._p.get_or_add_pPr().set("marL", str(int(Pt(one.indent))))
    for at, text in enumerate(one.text.split("\n")):
        if at:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.color.rgb = Pt(one.size), one.bold, RGBColor.from_string(one.colour)
        chinese(run.font)


def chinese(font) -> None:
    """Latin and Chinese letters each in their own font."""
    font.name = LATIN
    properties = font._rPr
    for former in properties.findall("{http://schemas.openxmlformats.org/drawingml/2006/main}ea"):
        properties.remove(former)
    latin = properties.find("{http://schemas.openxmlformats.org/drawingml/2006/main}latin")
    latin.addnext(parse_xml(f'<a:ea {nsdecls("a")} typeface="{CHINESE}"/>'))


def describe(shape, text: str) -> None:
    """Words for those who cannot see the shape."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", text)
