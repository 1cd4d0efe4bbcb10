"""A pivot as lines (weeks and months on the school's calendar, or days, hours, terms) and as bars."""

import pandas as pd
import streamlit as st

from metrics.compare.pivot import NAMES, OTHER, Pivot
from ui.charts import counts as charts_counts
from ui.charts import pivot as charts_pivot
from ui.charts.compare import bar_chart
from ui.charts.style import FAINT, SERIES, plain_label
from ui.charts.trend import MOST_LINES, trend_chart, trend_panels
from ui.frame.page import Page
from ui.parts.explorer import table as explorer_table
from ui.parts.explorer import words as explorer_words
from ui.parts.explorer.request import Asked
from ui.parts.explorer.words import Names
from ui.parts.heat.table import key_of
from ui.widgets import chart_show

STACKED = 5
RUNNING = ("week", "month", "weekday", "hour", "term")


def line(page: Page, asked: Asked, found: Pivot, names: Names) -> None:
    """Along whichever side is time, a line a key of the other."""
    along = "row" if found.row in RUNNING and found.column not in RUNNING[:2] else "column"
    other = "column" if along == "row" else "row"
    time, groups = getattr(found, along), getattr(found, other)
    frame = found.cells if found.column else found.rows
    frame = frame[frame[along] != OTHER]
    frame = frame[frame[other] != OTHER] if found.column else frame.assign(column="")
    title, subtitle = asked.describe(), f"{asked.metric.label} · {asked.metric.unit} · {page.window.describe()}"

    def opened(key: str, group: str) -> None:
        explorer_words.open_cell(page, found.metric, {time: key} | ({groups: group} if found.column else {}))

    if time in ("week", "month"):
        figure, left = _on_calendar(page, found, frame, names, (along, other), title, subtitle)
    else:
        figure, left = _in_order(found, frame, names, (along, other), title, subtitle)
    many = frame[other].nunique() > MOST_LINES
    chart_show.show(
        figure,
        "explorer_line",
        opened,
        narrowest=640 if many and time in ("week", "month") else 0,
        hint="点一个点看记录",
    )
    together = [
        NAMES[name] for name, count in ((found.row, found.hidden_rows), (found.column, found.hidden_columns)) if count
    ]
    if left or together:
        st.caption(left + (f"合在一起的{'、'.join(together)}没有画，数字见表。" if together else ""))


def _on_calendar(
    page: Page, found: Pivot, frame: pd.DataFrame, names: Names, sides: tuple[str, str], title: str, subtitle: str
):
    along, other = sides
    every, calendar = getattr(found, along), chart_show.calendar(page)
    frame = frame.assign(period=pd.to_datetime(frame[along]), key=frame[other].map(key_of))
    frame["complete"] = [explorer_words.ended(page, every, day) for day in frame["period"]]
    if not found.column:
        return trend_chart(frame, found.metric, title=title, subtitle=subtitle, every=every, calendar=calendar), ""
    frame["name"] = [names.say(getattr(found, other), key) for key in frame[other]]
    order = {key: at for at, key in enumerate(getattr(found, f"{other}s")[other])}
    frame = frame.sort_values(other, key=lambda keys: keys.map(order), kind="stable")
    return trend_panels(frame, found.metric, "name", title=title, subtitle=subtitle, every=every, calendar=calendar)


def _in_order(found: Pivot, frame: pd.DataFrame, names: Names, sides: tuple[str, str], title: str, subtitle: str):
    along, other = sides
    groups = [key for key in (getattr(found, f"{other}s")[other] if found.column else [""]) if key != OTHER]
    shown = groups[: charts_pivot.MOST_LINES]
    frame = frame[frame[other].isin(shown)]
    rank = {key: at for at, key in enumerate(shown)}
    frame = frame.sort_values(other, key=lambda keys: keys.map(rank), kind="stable").assign(
        key=frame[along].map(key_of), group=frame[other].map(key_of)
    )
    frame["x"] = [names.short(getattr(found, along), key) for key in frame[along]]
    frame["name"] = [names.say(getattr(found, other), key) if found.column else "" for key in frame[other]]
    frame["hover"] = [
        f"{plain_label(name, 30)} {plain_label(x, 30)}<br>{plain_label(explorer_table.cell_words(found.metric, cell), 60)}"
        for name, x, cell in zip(frame["name"], frame["x"], frame.to_dict("records"), strict=True)
    ]
    left = (
        f"只画前 {len(shown)} 个{NAMES[getattr(found, other)]}，另有 {len(groups) - len(shown)} 个没有画，数字见表。"
        if len(groups) > len(shown)
        else ""
    )
    return charts_pivot.lines(frame, found.metric, title=title, subtitle=subtitle), left


def bar(page: Page, asked: Asked, found: Pivot, names: Names) -> None:
    """Whole counts in pieces by column; anything else a bar a row, for quotients cannot be stacked."""
    subtitle = f"{asked.metric.label} · {asked.metric.unit} · {page.window.describe()}"
    rows = found.rows.assign(
        key=found.rows["row"].map(key_of), name=[names.say(found.row, key) for key in found.rows["row"]]
    )

    def opened(key: str, piece: str = "") -> None:
        keys = [key_of(one) for one in found.columns["column"]]
        at = int(piece.removeprefix("c")) if piece.startswith("c") else -1
        explorer_words.open_cell(page, found.metric, {found.row: key} | ({found.column: keys[at]} if at >= 0 else {}))

    if found.column and found.added and found.metric.kind.counts_rows:
        figure = charts_counts.stacked(
            *_pieces(found, rows, names), title=asked.describe(), subtitle=subtitle, most=len(rows)
        )
    else:
        figure = bar_chart(
            rows, found.metric, title=f"{found.metric.label} · 按{NAMES[found.row]}", subtitle=subtitle, most=len(rows)
        )
        if found.column:
            st.caption(
                f"{found.metric.label}不能叠起来，这里画每个{NAMES[found.row]}的{explorer_table.total_word(found)}；按{NAMES[found.column]}分的数字见表。"
            )
    chart_show.show(figure, "explorer_bar", opened, hint="点一条看记录")


def _pieces(found: Pivot, rows: pd.DataFrame, names: Names) -> tuple[pd.DataFrame, tuple[charts_counts.Piece, ...]]:
    """The first columns each in a colour, all others in one grey piece."""
    keys = list(found.columns["column"])
    own = (
        found.cells.pivot(index="row", columns="column", values="part")
        .reindex(index=found.rows["row"], columns=keys)
        .fillna(0)
    )
    shown = keys[:STACKED] if len(keys) > STACKED + 1 else keys
    pieces = [
        charts_counts.Piece(f"c{at}", plain_label(names.short(found.column, key), 14), colour)
        for at, (key, colour) in enumerate(zip(shown, SERIES, strict=False))
    ]
    rows = rows.assign(**{f"c{at}": own[key].to_numpy() for at, key in enumerate(shown)})
    if len(keys) > len(shown):
        rows = rows.assign(rest=own[keys[len(shown) :]].sum(axis=1).to_numpy())
        pieces.append(charts_counts.Piece("rest", f"其余 {len(keys) - len(shown)} 个", FAINT))
    return rows, tuple(pieces)
