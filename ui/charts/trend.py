"""Series over time: one line with its natural limits, up to four labelled lines, small multiples for more. Pure.

Frames are what measure() gives: period, part, whole, value, complete, and the split dimension's column.
"""

import pandas as pd
import plotly.graph_objects as go

from ui.charts import target_lines
from ui.charts.colours import FAINT, INK, PAPER, SERIES
from ui.charts.limits import Limits, apart, dated, limit_lines
from ui.charts.style import TOP, Sheet, colour_of_change, nothing, panel, plain_label, value_axis
from ui.charts.time_axis import Calendar, draw_time, period_label

MOST_LINES, MOST_PANELS, ABREAST = 4, 12, 3


def _hovers(
    frame: pd.DataFrame, metric, every: str, calendar: Calendar | None, limits: Limits | None, name: str = ""
) -> list[str]:
    hovers = []
    for row in frame.itertuples():
        lines = [plain_label(name, 40)] if name else []
        lines += [period_label(row.period, every, calendar), f"<b>{plain_label(metric.show(row.value), 40)}</b>"]
        if metric.kind.has_parts:
            lines.append(metric.show_part_whole(row.part, row.whole))
        if limits and row.period in limits.special:
            lines.append(plain_label(limits.special[row.period], 40))
        if not getattr(row, "complete", True):
            lines.append("本期未满，不参与判断")
        elif limits and not limits.covers(row.period):
            lines.append("与最近一周不同类，这里不判断")
        hovers.append("<br>".join(lines))
    return hovers


def _prepared(frame: pd.DataFrame) -> pd.DataFrame:
    complete = frame["complete"].fillna(True).astype(bool) if "complete" in frame else True
    return frame.assign(period=pd.to_datetime(frame["period"]), complete=complete).sort_values("period")


def _line(
    sheet: Sheet,
    frame: pd.DataFrame,
    colour: str,
    hovers: list[str],
    limits: Limits | None,
    better: str,
    number: int = 0,
) -> None:
    """One series: solid while complete, dashed to a hollow marker for the period that is not over."""
    where = {"xaxis": f"x{panel(number)}", "yaxis": f"y{panel(number)}"}
    days = [period.isoformat() for period in frame["period"]]
    values = [None if value != value else value for value in frame["value"]]
    full = frame["complete"].tolist()
    until = len(full) - full[::-1].index(True) if True in full else 0
    for part, dash in ((slice(0, until), "solid"), (slice(max(until - 1, 0), None), "dot")):
        sheet.points(
            days[part],
            values[part],
            mode="lines",
            hoverinfo="skip",
            line={"color": colour, "width": 2.5, "dash": dash},
            **where,
        )
    odd = [limits is not None and period in limits.special for period in frame["period"]]
    aside = [
        limits is not None and whole and not limits.covers(period)
        for period, whole in zip(frame["period"], full, strict=True)
    ]
    colours = [
        colour_of_change(better, value > limits.mean) if limits and special else FAINT if other else colour
        for value, special, other in zip(frame["value"], odd, aside, strict=True)
    ]
    small = 6 if len(frame) <= 80 else 3
    sheet.points(
        days,
        values,
        mode="markers",
        cliponaxis=False,
        hovertext=hovers,
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[f"{row.period:%Y-%m-%d}", str(getattr(row, "key", ""))] for row in frame.itertuples()],
        **_bars(frame, colour),
        marker={
            "color": [own if whole else PAPER for own, whole in zip(colours, full, strict=True)],
            "opacity": 1,
            "size": [11 if special or not whole else small for special, whole in zip(odd, full, strict=True)],
            "line": {"color": colours, "width": 2},
        },
        **where,
    )


def _bars(frame: pd.DataFrame, colour: str) -> dict:
    """A mean's 95 % interval as a thin bar through its point: two means of different size are seldom different
    means."""
    if "low" not in frame:
        return {}
    sides = {"array": frame["high"] - frame["value"], "arrayminus": frame["value"] - frame["low"]}
    lengths = {name: [None if length != length else length for length in side] for name, side in sides.items()}
    return {"error_y": {"type": "data", "symmetric": False, **lengths, "color": colour, "thickness": 1.5, "width": 0}}


def trend_chart(
    frame: pd.DataFrame,
    metric,
    *,
    title: str,
    subtitle: str,
    every: str = "week",
    calendar: Calendar | None = None,
    limits: Limits | None = None,
    height: int = 380,
) -> go.Figure:
    """One measured series. Points carry their period's first day as customdata, for the way to the records."""
    if not len(frame) or frame["value"].notna().sum() == 0:
        return nothing("这段时间没有可以计算的数据", title, subtitle)
    rows, sheet = _prepared(frame), Sheet()
    limits = dated(limits)
    _line(sheet, rows, SERIES[0], _hovers(rows, metric, every, calendar, limits), limits, metric.better)
    levels = target_lines.levels(metric, rows["period"], every) + ([limits.lower, limits.upper] if limits else [])
    scale = value_axis(
        metric.unit,
        [*rows["value"], *levels, *_ends(rows)],
        _from_nought(metric),
    )
    sheet.axis("yaxis", **scale)
    flags = draw_time(sheet, rows["period"], every, calendar)
    target_lines.target_lines(sheet, metric, rows["period"], every)
    if limits:
        limit_lines(sheet, limits, metric, rows["period"], least=(scale["range"][1] - scale["range"][0]) * 0.065)
    return sheet.figure(title, subtitle, height, margin={"t": TOP + 4 + 18 * flags, "r": 104 if limits else 24})


def _ends(rows: pd.DataFrame) -> list[float]:
    """How far a mean's bars reach, so that the axis has room for them."""
    return [*rows["low"], *rows["high"]] if "low" in rows else []


def _from_nought(metric) -> bool:
    """Counts stand on nought; of rates and scores only the differences are read."""
    return metric.unit != "%" and metric.kind.starts_at_nought


def trend_panels(
    frame: pd.DataFrame,
    metric,
    by: str,
    *,
    title: str,
    subtitle: str,
    every: str = "week",
    calendar: Calendar | None = None,
    limits: dict[str, Limits] | None = None,
) -> tuple[go.Figure, str]:
    """A series per group of column `by` (in the order of the frame), and a sentence about what is not drawn.

    Up to four groups are lines with their names at the end; more are small multiples in one figure, at most twelve.
    """
    if not len(frame) or frame["value"].notna().sum() == 0:
        return nothing("这段时间没有可以计算的数据", title, subtitle), ""
    names = list(frame[by].drop_duplicates())
    rows = _prepared(frame)
    shown = names if len(names) <= MOST_LINES else names[:MOST_PANELS]
    left = f"另有 {len(names) - len(shown)} 组未画出，数字见下表。" if len(names) > len(shown) else ""
    sheet = Sheet()
    draw = _labelled_lines if len(shown) <= MOST_LINES else _panels
    layout = draw(sheet, rows[rows[by].isin(shown)], metric, by, shown, every, calendar, limits or {})
    return sheet.figure(title, subtitle, **layout), left


def _labelled_lines(sheet: Sheet, rows, metric, by, shown, every, calendar, limits) -> dict:
    ends: list[tuple[float, str, str]] = []
    for name, colour in zip(shown, SERIES, strict=False):
        own = rows[rows[by] == name]
        _line(sheet, own, colour, _hovers(own, metric, every, calendar, None, name), None, metric.better)
        valued = own[own["value"].notna()]
        if len(valued):
            ends.append((float(valued["value"].iloc[-1]), plain_label(name, 8), colour))
    scale = value_axis(metric.unit, [*rows["value"], *_ends(rows)], _from_nought(metric))
    sheet.axis("yaxis", **scale)
    flags = draw_time(sheet, rows["period"], every, calendar)
    for height, name, colour in apart(ends, (scale["range"][1] - scale["range"][0]) * 0.065):
        sheet.note(f"<b>{name}</b>", 1, height, colour, 14, xref="paper", xanchor="left", xshift=6)
    return {"height": 380, "margin": {"t": TOP + 4 + 18 * flags, "r": 120}}


def _panels(sheet: Sheet, rows, metric, by, shown, every, calendar, limits) -> dict:
    """Small multiples in one figure, three abreast, all on one scale."""
    limits = {name: dated(limit) for name, limit in limits.items() if limit and name in shown}
    scale = value_axis(
        metric.unit, [*rows["value"], *_ends(rows), *(limit.upper for limit in limits.values())], _from_nought(metric)
    )
    tall = -(-len(shown) // ABREAST)
    for number, name in enumerate(shown, start=1):
        row, column = divmod(number - 1, ABREAST)
        left, top = column / ABREAST, 1 - row / tall
        own, limit = rows[rows[by] == name], limits.get(name)
        _line(sheet, own, SERIES[0], _hovers(own, metric, every, calendar, limit, name), limit, metric.better, number)
        draw_time(sheet, rows["period"], every, calendar, number)
        if limit:
            limit_lines(sheet, limit, metric, rows["period"].drop_duplicates().sort_values(), number)
        lowest = number + ABREAST > len(shown)
        sheet.axis(
            f"xaxis{panel(number)}",
            domain=[left, left + 0.94 / ABREAST],
            anchor=f"y{panel(number)}",
            showticklabels=lowest,
        )
        sheet.axis(
            f"yaxis{panel(number)}",
            domain=[top - 0.92 / tall, top - 0.2 / tall],
            anchor=f"x{panel(number)}",
            showticklabels=column == 0,
            **{**scale, "nticks": 4},
        )
        sheet.note(
            f"<b>{plain_label(name, 14)}</b>",
            left,
            top,
            INK,
            14,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
        )
    return {"height": TOP + 20 + tall * 180, "margin": {"r": 24, "b": 24}}
