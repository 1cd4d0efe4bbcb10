"""Presentation: one thought a screen, letters large enough for the back row, ← and → to turn. The same brief as
everywhere."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import streamlit as st

from ui.charts import brief as charts_brief
from ui.charts import colours
from ui.frame.words import escaped
from ui.parts.meeting import meeting
from ui.widgets import chart_show

MOST_LINES, MOST_ROWS, MOST_TILES = 8.6, 6.0, 3  # of a screen; what a sentence is made of counts as lines too


class PrintedTable(Protocol):
    """What a screen asks of a table of the brief: cells in words, 'l' or 'r' a column, a link a row or none."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str
    links: tuple
    nothing: str


@dataclass(frozen=True)
class Screen:
    """One thought: a section's heading and sentence with a few lines, tiles, one table or one chart of it."""

    title: str
    sentence: str = ""
    lines: tuple = ()
    figures: tuple = ()
    table: PrintedTable | None = None
    chart: Any = None
    note: str = ""


def screens(brief) -> tuple[Screen, ...]:
    """The whole brief cut into screens, nothing left out."""
    cut = [
        Screen(
            f"{brief.campus} {brief.title}",
            brief.headline,
            brief.cautions,
            note=" · ".join(part for part in (brief.week_label, brief.filters, brief.sections[0].note) if part),
        )
    ]
    for section in brief.sections[1:]:
        cut += _of(section)
    return tuple(cut)


def _of(section) -> list[Screen]:
    first = Screen(section.title, section.failure or section.sentence, note=section.note)
    made = [replace(first, lines=lines) for lines in _cut(section.lines)] or ([first] if not section.figures else [])
    groups = [section.figures[at : at + MOST_TILES] for at in range(0, len(section.figures), MOST_TILES)]
    made += [
        replace(first, figures=group, sentence=first.sentence if at == 0 else "") for at, group in enumerate(groups)
    ]
    for table in section.tables:
        at = 0
        for rows in _groups(table.rows, _row_size, MOST_ROWS) or [()]:
            made.append(
                replace(first, sentence="", table=replace(table, rows=rows, links=table.links[at : at + len(rows)]))
            )
            at += len(rows)
    made += [replace(first, sentence=chart.title, chart=chart, note=chart.subtitle) for chart in section.charts]
    if (
        len(made) > 1 and not section.lines and not section.figures and section.tables
    ):  # a sentence and its table are one thought
        made = [replace(made[1], sentence=section.sentence), *made[2:]]
    return made


def _cut(lines: tuple) -> list[tuple]:
    """Lines in groups that fit a screen, none left out."""
    return _groups(lines, _line_size, MOST_LINES)


def _groups(items: tuple, size: Callable, most: float) -> list[tuple]:
    """Items one after the other in groups of at most so much height; one that is higher stands alone."""
    groups: list[list] = []
    room = 0.0
    for item in items:
        if not groups or size(item) > room:
            groups.append([])
            room = most
        groups[-1].append(item)
        room -= size(item)
    return [tuple(group) for group in groups]


def _line_size(line) -> float:
    """Height in lines of text, with the space around."""
    return 0.7 + _wrapped(line.text, 42) + 0.86 * sum(_wrapped(detail, 50) for detail in line.details)


def _row_size(row: tuple) -> float:
    """Height in rows of one line."""
    return 0.33 + 0.67 * _wrapped("".join(map(str, row)), 44)


def _wrapped(text: str, wide: int) -> int:
    """Lines a text takes where so many Chinese characters fit; letters and digits are half as wide."""
    return max(1, math.ceil(sum(1 if ord(letter) > 255 else 0.55 for letter in text) / wide))


def draw_screen(brief) -> None:
    """The screen the address names, with two buttons that the arrow keys press."""
    every = screens(brief)
    at = min(_in_address(), len(every)) - 1
    screen = every[at]
    st.html(f'<div class="screen">{_html(screen, is_cover=at == 0)}</div>')
    if screen.chart is not None:
        chart_show.bare(charts_brief.figure(screen.chart), key=f"chart_{at}")
    links = [line.link for line in screen.lines if line.link] + (
        [link for link in screen.table.links if link] if screen.table else []
    )
    _turn(at, len(every), screen, links)


def _in_address() -> int:
    text = st.query_params.get("screen", "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def _turn(at: int, count: int, screen: Screen, links: list) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="turn"):
        st.button("上一屏", shortcut="Left", disabled=at == 0, on_click=_go, args=(at,), key="screen_before")
        st.markdown(f"{at + 1} / {count}", width="content")
        st.button(
            "下一屏", shortcut="Right", disabled=at + 1 >= count, on_click=_go, args=(at + 2,), key="screen_after"
        )
        for number, link in enumerate(links[:6], start=1):
            meeting.go(link, f"记录 {number}" if len(links) > 1 else "查看记录")
        st.button("退出演示", shortcut="Esc", type="tertiary", on_click=_leave, key="leave")


def _go(number: int) -> None:
    st.query_params["screen"] = str(number)


def _leave() -> None:
    for key in ("present", "screen"):
        st.query_params.pop(key, None)


def _html(screen: Screen, is_cover: bool) -> str:
    head = f"<h2>{escaped(screen.title)}</h2>" + (f"<h1>{escaped(screen.sentence)}</h1>" if is_cover else "")
    answer = f'<div class="answer">{escaped(screen.sentence)}</div>' if screen.sentence and not is_cover else ""
    lines = "".join(
        f'<div class="one" style="border-color:{meeting.COLOURS.get(line.tone, colours.LINE)}">{escaped(line.text)}'
        + "".join(f"<small>{escaped(detail)}</small>" for detail in line.details)
        + "</div>"
        for line in screen.lines
    )
    tiles = "".join(_tile(figure) for figure in screen.figures)
    note = f"<small>{escaped(screen.note)}</small>" if screen.note else ""
    return (
        head
        + answer
        + lines
        + (f'<div class="tiles">{tiles}</div>' if tiles else "")
        + (_table(screen.table) if screen.table else "")
        + note
    )


def _tile(figure) -> str:
    colour = meeting.COLOURS.get(figure.tone, colours.NEUTRAL)
    below = " · ".join(part for part in (figure.parts, figure.beside) if part)
    return (
        f"<div>{escaped(figure.label)}<b>{escaped(figure.value)}</b>"
        f"<span style='color:{colour}'>{escaped(figure.verdict)}</span>"
        f"<small>{escaped(below)}</small><small>{escaped(' · '.join(figure.changes))}</small></div>"
    )


def _table(table) -> str:
    align = table.align.ljust(len(table.columns), "l")
    head = "".join(f'<th class="{align[at]}">{escaped(label)}</th>' for at, label in enumerate(table.columns))
    body = "".join(
        "<tr>" + "".join(f'<td class="{align[at]}">{escaped(cell)}</td>' for at, cell in enumerate(row)) + "</tr>"
        for row in table.rows
    )
    title = f"<b>{escaped(table.title)}</b>" if table.title else ""
    return (
        f"{title}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        if table.rows
        else f"{title}<div>{escaped(table.nothing)}</div>"
    )
