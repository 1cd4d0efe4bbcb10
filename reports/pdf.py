"""The brief as a PDF: typst lays it out, fonts are embedded, charts are vectors. Words go in as data and are never read as markup."""

import json
from pathlib import Path

from reports import chart_image, flat, fonts
from reports.parts import Brief, Chart, Figure, Section, Table

TEMPLATE = Path(__file__).with_name("brief.typ")
ROOM = 40.0  # characters of 11 points between the margins
WHOLE = 16  # lines up to which a table stays on one page


def document(brief: Brief) -> bytes:
    """The whole file. Raises NoChineseFont in words where nothing on the machine can draw Chinese."""
    import typst

    faces = fonts.chosen()
    content = {**_content(brief), "fonts": {role: face.family for role, face in faces.items()}}
    inputs = {"brief": json.dumps(content, ensure_ascii=False)}
    compiler = typst.Compiler(TEMPLATE.read_bytes(), font_paths=fonts.for_typst(), sys_inputs=inputs)
    return compiler.compile(format="pdf", timestamp=_seconds(brief))


def _seconds(brief: Brief) -> int:
    """The data date as the time of making, so that printing again changes nothing."""
    from calendar import timegm

    return timegm(brief.data_date.timetuple())


def _content(brief: Brief) -> dict:
    known = brief.data_date
    return {
        "campus": brief.campus, "title": brief.title, "week": brief.week_label, "headline": brief.headline,
        "date": [known.year, known.month, known.day], "footer": flat.footer(brief), "facts": flat.facts(brief),
        "cautions": [{"text": one.text, "tone": one.tone} for one in brief.cautions],
        "sections": [_section(number, one) for number, one in enumerate(brief.sections, start=1)],
    }  # fmt: skip


def _section(number: int, section: Section) -> dict:
    return {
        "heading": flat.heading(number, section), "sentence": section.sentence, "failure": section.failure, "note": section.note,
        "lines": [{"text": one.text, "tone": one.tone, "details": list(one.details)} for one in section.lines],
        "figures": [_figure(one) for one in section.figures],
        "tables": [_table(one) for one in section.tables],
        "charts": [_chart(one) for one in section.charts],
    }  # fmt: skip


def _figure(one: Figure) -> dict:
    below = [word for word in (one.parts, one.beside, *one.changes, one.target) if word]
    return {"label": one.label, "value": one.value, "verdict": one.verdict, "tone": one.tone, "below": below}


def _table(one: Table) -> dict:
    return {
        "title": one.title, "columns": list(one.columns), "rows": [list(row) for row in one.rows], "align": one.align,
        "nothing": one.nothing, "shares": flat.shares(one, ROOM) if one.rows else [], "whole": flat.depth(one, ROOM) <= WHOLE,
    }  # fmt: skip


def _chart(one: Chart) -> dict:
    return {"title": one.title, "subtitle": one.subtitle, "svg": chart_image.svg(one), "described": flat.described(one)}
