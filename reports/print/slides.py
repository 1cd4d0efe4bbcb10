"""The brief as slides: one thought a slide, the finding as its title, charts that can be edited,
long lists continued."""

import io

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from reports.content.documents import Brief
from reports.content.parts import Chart, Figure, Line, Section, Table
from reports.content.printable import printable
from reports.print import flat, slides_chart, slides_table
from reports.print import slides_page as page
from reports.print.pack import same_bytes
from reports.print.slides_page import (
    BODY,
    BOTTOM,
    GREY,
    INK,
    MARGIN,
    MARKS,
    RED,
    ROOM,
    SMALLEST,
    TONES,
    TOP,
    WIDTH,
    Words,
)

CONTINUED = "（续）"
TILES = 3  # side by side


def document(brief: Brief) -> bytes:
    """The whole file."""
    brief, deck = printable(brief), Presentation()
    deck.slide_width, deck.slide_height = Pt(page.WIDTH), Pt(page.HEIGHT)
    _cover(deck, brief)
    if brief.cautions:
        _Section(deck, brief, "注意").text(
            "这一周的数据有缺口，先看这里", [Words(f"● {one.text}", BODY, TONES["warn"]) for one in brief.cautions]
        )
    for number, section in enumerate(brief.sections, start=1):
        _Section(deck, brief, flat.heading(number, section)).draw(section)
    for text in (text for slide in deck.slides for text in slide.element.iter(qn("a:t"))):
        text.text = flat.joined(text.text or "")
    core = deck.core_properties
    core.title, core.subject, core.author, core.last_modified_by = (
        f"{brief.title} {brief.week_label}",
        brief.filters,
        brief.campus,
        brief.campus,
    )
    core.comments, core.keywords, core.revision = flat.footer(brief), "", 1
    core.created = core.modified = brief.data_date
    raw = io.BytesIO()
    deck.save(raw)
    return same_bytes(raw.getvalue(), brief.data_date)


def _cover(deck, brief: Brief) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Pt(MARGIN), Pt(170), Pt(ROOM), Pt(70)
    page._write(title.text_frame, [Words(brief.title, 40, INK, True, after=0)], MSO_ANCHOR.MIDDLE, PP_ALIGN.CENTER)
    page.put(
        slide,
        [Words("（此处放校徽）　文号：〔　　　　〕第　　号", SMALLEST, GREY)],
        MARGIN,
        40,
        ROOM,
        30,
        PP_ALIGN.CENTER,
    )
    page.put(slide, [Words(brief.campus, 32, RED, True)], MARGIN, 110, ROOM, 50, PP_ALIGN.CENTER)
    rule = slide.shapes.add_connector(1, Pt(WIDTH / 2 - 200), Pt(256), Pt(WIDTH / 2 + 200), Pt(256))
    rule.line.color.rgb, rule.line.width = page.RGBColor.from_string(RED), Pt(2)
    page.put(slide, [Words(brief.week_label, 24)], MARGIN, 276, ROOM, 40, PP_ALIGN.CENTER)
    facts = [Words(f"{name}：{value}", SMALLEST, GREY, after=2) for name, value in flat.facts(brief)]
    page.put(slide, facts, MARGIN, 390, ROOM, 120, PP_ALIGN.CENTER)


class _Section:
    """The slides of one section."""

    def __init__(self, deck, brief: Brief, kicker: str):
        self.deck, self.kicker, self.footer = deck, kicker, flat.footer(brief)

    def slide(self, title: str, continued: bool = False, alone: bool = False):
        return page.new(self.deck, self.kicker, title + (CONTINUED if continued else ""), self.footer, alone)

    def draw(self, section: Section) -> None:
        """Lines, tiles, tables, charts in the order of the other documents; a section with nothing but a sentence is
        one slide."""
        if section.failure:
            self.text(section.failure, [])
            return
        answer = section.sentence or section.title
        note = [Words(section.note, SMALLEST, GREY)] if section.note else []
        if section.lines or not (section.figures or section.tables or section.charts):
            self.text(answer, [self._line(one) for one in section.lines] + note)
            note = []
            for one in section.lines:
                if one.details:
                    self.text(one.text, [Words(detail, BODY) for detail in one.details], TONES.get(one.tone, INK))
        for at in range(0, len(section.figures), TILES):
            last = at + TILES >= len(section.figures)
            figures = section.figures[at : at + TILES]
            self._tiles(answer if at == 0 else _said(figures), figures, note if last else [])
            note = [] if last else note
        unsaid = [] if section.lines or section.figures else [Words(answer, SMALLEST, GREY)]
        for at, table in enumerate(section.tables):
            self._table(
                table.title or answer,
                table,
                unsaid if at == 0 and table.title else [],
                note if at == len(section.tables) - 1 else [],
            )
        for chart in section.charts:
            self._chart(chart)

    def text(self, title: str, words: list[Words], colour: str = INK) -> None:
        """Paragraphs under a title; a title too long to be one becomes the first paragraph."""
        if not page.fits_as_title(title):
            words, title = [Words(title, BODY, colour, True), *words], self.kicker.split("、")[-1]
        for at, part in enumerate(page.split(words, BOTTOM - TOP)):
            slide = self.slide(title, at > 0, not part)
            if part:
                page.put(slide, part, MARGIN, TOP, ROOM, BOTTOM - TOP)

    @staticmethod
    def _line(line: Line) -> Words:
        return Words(MARKS.get(line.tone, "· ") + line.text, BODY, TONES.get(line.tone, INK), after=12)

    def _tiles(self, title: str, figures: tuple[Figure, ...], note: list[Words]) -> None:
        slide = self.slide(title)
        gap, below = 16, sum(one.height() for one in note)
        width, height = (ROOM - gap * (TILES - 1)) / TILES, BOTTOM - TOP - below
        for at, one in enumerate(figures):
            left = MARGIN + at * (width + gap)
            box = slide.shapes.add_shape(1, Pt(left), Pt(TOP), Pt(width), Pt(height - 8))
            box.fill.background()
            box.line.color.rgb, box.line.width, box.shadow.inherit = page.RGBColor.from_string(page.RULE), Pt(1), False
            page.put(slide, _tile(one), left + 14, TOP + 12, width - 28, height - 32)
        if note:
            page.put(slide, note, MARGIN, BOTTOM - below, ROOM, below)

    def _table(self, title: str, table: Table, above: list[Words], note: list[Words]) -> None:
        if not table.rows:
            self.text(title, [*above, Words(table.nothing), *note])
            return
        top, below = TOP + sum(one.height() for one in above), sum(one.height() for one in note)
        for at, rows in enumerate(slides_table.pages(table, BOTTOM - top - below)):
            slide = self.slide(title, at > 0)
            if above:
                page.put(slide, above, MARGIN, TOP, ROOM, top - TOP)
            slides_table.add(slide, table, rows, top)
            if note:
                page.put(slide, note, MARGIN, BOTTOM - below + 6, ROOM, below)

    def _chart(self, chart: Chart) -> None:
        slide = self.slide(chart.title)
        words = Words(chart.subtitle, SMALLEST, GREY)
        page.put(slide, [words], MARGIN, TOP, ROOM, words.height())
        slides_chart.add(slide, chart, TOP + words.height(), BOTTOM)


def _said(figures: tuple[Figure, ...]) -> str:
    """「按期整改率 81.2 %（正常波动），工单量 293 单（正常波动）。」"""
    return "，".join(f"{one.label} {one.value}（{one.verdict}）" for one in figures) + "。"


def _tile(one: Figure) -> list[Words]:
    """Label, number, verdict and what it rests on, one below the other."""
    colour = TONES.get(one.tone, INK)
    small = [Words(text, SMALLEST, GREY, after=4) for text in (one.parts, one.beside, *one.changes, one.target) if text]
    return [
        Words(one.label, BODY, INK, True, after=4),
        Words(one.value, 40, colour, True, after=2),
        Words(MARKS.get(one.tone, "") + one.verdict, SMALLEST, colour, True),
        *small,
    ]
