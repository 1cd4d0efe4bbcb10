"""The sections of a brief on the meeting's page: the same words, numbers and order as in Word, slides and PDF, each
with a way to its records.

A brief is duck-typed here (reports.content.parts): the screen knows how a section looks, not how it is computed.
"""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ui.charts import colours
from ui.frame.menu import FILES
from ui.frame.page import Page
from ui.frame.words import escaped, plain
from ui.widgets import kpi, tables

LONGEST = 400
COLOURS = {"good": colours.GOOD, "bad": colours.BAD, "warn": colours.WARNING}
GO = {
    "records": "查看记录",
    "trends": "看趋势",
    "actions": "打开督办",
    "quality": "打开数据体检",
    "cadences": "打开法定频次",
    "zero_report": "打开零报告",
    "drills": "打开演练与培训",
}
LONG, NARROW = (
    22,
    300,
)  # a text column longer than so many characters is held so narrow that the button beside it stays in sight


def draw_sections(page: Page, brief) -> None:
    """Everything after the one sentence, in the meeting's order."""
    for section in brief.sections[1:]:
        with st.container(key=f"section_{section.key}", gap="small"):
            draw_section(page, section, brief.week_start)


def as_of(brief) -> None:
    """When the numbers of a past week stand; the week that runs says so in the filter bar."""
    if note := brief.sections[0].note:
        st.caption(plain(note, LONGEST))


def cautions(brief) -> None:
    """What the numbers may lack, before any of them."""
    for line in brief.cautions:
        st.warning(plain(line.text, LONGEST))


def draw_section(page: Page, section, week) -> None:
    """Heading, sentence, lines, tiles, tables, note; or the reason why there is nothing."""
    st.subheader(section.title, anchor=False)
    if section.failure:
        st.info(plain(section.failure, LONGEST), icon=":material/inbox:")
        return
    if section.sentence:
        st.markdown(plain(section.sentence, LONGEST))
    for number, line in enumerate(section.lines):
        _line(line, f"{section.key}_{number}")
    if section.figures:
        kpi.wall(page, tuple(figure.key for figure in section.figures), week)
    for number, table in enumerate(section.tables):
        _table(table, f"{section.key}_{number}")
    if section.note:
        st.caption(plain(section.note, LONGEST))


def _line(line, key: str) -> None:
    """One sentence with its colour in a mark beside it, what it is made of below, and the way to what is behind it."""
    with st.container(border=bool(line.details), key=f"line_{key}", gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(
                (
                    f'<div class="said" style="border-color:{COLOURS.get(line.tone, colours.LINE)}">'
                    f"{escaped(line.text)}</div>"
                ),
                width="content",
            )
            if line.link:
                go(line.link)
        for detail in line.details:
            st.caption(plain(detail, LONGEST))


def go(link, label: str = "") -> None:
    """A link to a page of the product, with the address the brief gives."""
    st.page_link(FILES[link.page], label=label or GO.get(link.page, "打开"), query_params=query(link), width="content")


def query(link) -> dict[str, list[str]]:
    """The address of a link; a name given twice keeps both values, of pairs st.switch_page would keep the last."""
    parameters: dict[str, list[str]] = {}
    for name, value in link.query:
        parameters.setdefault(name, []).append(value)
    return parameters


def _table(table, key: str) -> None:
    if table.title:
        st.markdown(f"**{plain(table.title, LONGEST)}**")
    frame = pd.DataFrame(list(table.rows), columns=[f"c{place}" for place in range(len(table.columns))])
    right = table.align.ljust(len(table.columns), "l")
    linked = any(table.links)
    long = [
        linked and max((len(str(row[place])) for row in table.rows), default=0) > LONG
        for place in range(len(table.columns))
    ]
    columns = [
        tables.Column(
            f"c{place}", label, "right" if right[place] == "r" else "text", NARROW if long[place] and place else None
        )
        for place, label in enumerate(table.columns)
    ]
    if linked:
        frame["go"] = [_verb(link) for link in table.links]
        assigns = any(link and link.page == "actions" for link in table.links)
        columns.append(
            tables.Column("go", "填写交办" if assigns else "记录", f"button:go_{key}", 88 if assigns else 72)
        )
    tables.draw(frame, columns, key=f"table_{key}", nothing=table.nothing, height="content")
    clicked = st.session_state.get(f"go_{key}") if linked else None
    if clicked and (link := table.links[clicked["row"]]):
        st.switch_page(FILES[link.page], query_params=query(link))


def _verb(link) -> str:
    """What the button of a row says: an empty form is to be filled in, anything else is there to be looked at."""
    if not link:
        return ""
    return "交办" if link.page == "actions" and ("new", "1") in link.query else "查看"


def documents(brief, made: dict[str, Callable[[], bytes]], name: str) -> None:
    """One button a document; it is written when clicked. `made`: label of the button and ending → how."""
    endings = {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf": "application/pdf",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="documents"):
        st.markdown("**打印简报**", width="content")
        for label, how in made.items():
            ending = label.rpartition(".")[2]
            st.download_button(
                label.rpartition(".")[0],
                how,
                f"{name}.{ending}",
                icon=":material/download:",
                on_click="ignore",
                key=f"brief_{ending}",
                mime=endings[ending],
            )
        st.caption(f"内容指纹 {brief.digest}；同一构建再打印，内容逐字相同。", width="content")
