"""A document as a PDF: typst lays it out, fonts are embedded, charts are vectors. Words go in as data and are never
read as markup."""

import json
from dataclasses import asdict
from pathlib import Path

from reports.content.documents import Document
from reports.content.parts import Chart, Figure, Section, Table
from reports.content.printable import printable
from reports.print import chart_image, flat, fonts
from reports.print import layout as layouts
from reports.print.layout import Layout

TEMPLATE = Path(__file__).with_name("document.typ")


def document(made: Document) -> bytes:
    """The whole file. Raises NoChineseFont in words where nothing on the machine can draw Chinese."""
    import typst

    made = printable(made)
    faces = fonts.chosen()
    content = {**_content(made), "fonts": {role: face.family for role, face in faces.items()}}
    inputs = {"document": flat.joined(json.dumps(content, ensure_ascii=False))}
    compiler = typst.Compiler(TEMPLATE.read_bytes(), font_paths=fonts.for_typst(), sys_inputs=inputs)
    drawn = compiler.compile(format="pdf", timestamp=_seconds(made))
    if not isinstance(drawn, bytes):  # a list only where every page is asked for as a file of its own
        raise TypeError("typst gave no single file")
    return drawn


def _seconds(made: Document) -> int:
    """The data date as the time of making, so that printing again changes nothing."""
    from calendar import timegm

    return timegm(made.data_date.timetuple())


def _content(made: Document) -> dict:
    date, layout = made.data_date, layouts.of(made)
    return {
        "campus": made.campus,
        "title": made.title,
        "label": made.label,
        "headline": made.headline,
        "date": [date.year, date.month, date.day],
        "footer": flat.footer(made),
        "facts": flat.facts(made),
        "layout": asdict(layout),
        "cautions": [{"text": one.text, "tone": one.tone} for one in made.cautions],
        "sections": [
            _section(layout, flat.heading(number, one), one) for number, one in enumerate(made.sections, start=1)
        ],
    }


def _section(layout: Layout, heading: str, section: Section) -> dict:
    return {
        "heading": heading,
        "sentence": section.sentence,
        "failure": section.failure,
        "note": section.note,
        "lines": [{"text": one.text, "tone": one.tone, "details": list(one.details)} for one in section.lines],
        "figures": [_figure(one) for one in section.figures],
        "tables": [_table(layout, one) for one in section.tables],
        "charts": [_chart(layout, one) for one in section.charts],
        "parts": [_section(layout, one.title, one) for one in section.parts],
    }


def _figure(one: Figure) -> dict:
    below = [word for word in (one.parts, one.beside, *one.changes, one.target) if word]
    return {"label": one.label, "value": one.value, "verdict": one.verdict, "tone": one.tone, "below": below}


def _table(layout: Layout, one: Table) -> dict:
    room = layout.room(layout.pdf.table)
    return {
        "title": one.title,
        "columns": list(one.columns),
        "rows": [list(row) for row in one.rows],
        "align": one.align,
        "nothing": one.nothing,
        "shares": flat.shares(one, room) if one.rows else [],
        "whole": flat.depth(one, room) <= layout.whole_pdf,
    }


def _chart(layout: Layout, one: Chart) -> dict:
    return {
        "title": one.title,
        "subtitle": one.subtitle,
        "svg": chart_image.svg(one, layout.chart),
        "described": flat.described(one),
    }
