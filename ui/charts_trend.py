"""Series over time: one line with its natural limits, up to four labelled lines, small multiples for more. Pure.

Frames are what measure() gives: period, part, whole, value, complete, and the split dimension's column.
"""

import math
from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ui.charts_style import (
    FAINT,
    INK,
    NEUTRAL,
    PAPER,
    SERIES,
    SIZE,
    colour_of_change,
    framed,
    nothing,
    plain,
    value_axis,
)  # fmt: skip
from ui.charts_time import Calendar, draw_time, period_label

MOST_LINES, MOST_PANELS = 4, 12


@dataclass(frozen=True)
class Limits:
    """Natural process limits of a series (XmR): mean ± 2.66 × mean moving range, and the points that stand out.

    special: period → why in words, only for points that stand out; provisional: under 12 points.
    """

    mean: float
    lower: float
    upper: float
    special: dict = field(default_factory=dict)
    provisional: bool = False


def _hovers(frame: pd.DataFrame, metric, every: str, calendar: Calendar | None, special: dict, name: str = "") -> list[str]:
    weeks = calendar.weeks if calendar is not None else None
    found = []
    for row in frame.itertuples():
        lines = [plain(name, 40)] if name else []
        lines += [period_label(row.period, every, weeks), f"<b>{plain(metric.show(row.value), 40)}</b>"]
        if metric.kind != "count":
            lines.append(metric.show_part_whole(row.part, row.whole))
        if pd.Timestamp(row.period) in special:
            lines.append(plain(special[pd.Timestamp(row.period)], 40))
        if not getattr(row, "complete", True):
            lines.append("本期未满，不参与判断")
        found.append("<br>".join(lines))
    return found


def _prepared(frame: pd.DataFrame) -> pd.DataFrame:
    complete = frame["complete"].fillna(True).astype(bool) if "complete" in frame else True
    return frame.assign(period=pd.to_datetime(frame["period"]), complete=complete).sort_values("period")


def _line(figure: go.Figure, frame: pd.DataFrame, colour: str, hovers: list[str], special: dict, better: str, **where) -> None:
    """One series: solid while complete, dashed to a hollow marker for the period that is not over."""
    full = frame["complete"].tolist()
    until = len(full) - full[::-1].index(True) if True in full else 0
    for part, dash in ((frame.iloc[:until], "solid"), (frame.iloc[max(until - 1, 0) :], "dot")):
        if len(part) > 1:
            figure.add_scatter(x=part["period"], y=part["value"], mode="lines", hoverinfo="skip",
                               line={"color": colour, "width": 2.5, "dash": dash}, **where)
    colours, fills, sizes = [], [], []
    for row in frame.itertuples():
        odd = row.period in special
        own = colour_of_change(better, row.value > special[row.period][0]) if odd else colour
        colours.append(own)
        fills.append(own if row.complete else PAPER)
        sizes.append(11 if odd or not row.complete else (6 if len(frame) <= 80 else 3))
    figure.add_scatter(
        x=frame["period"], y=frame["value"], mode="markers", hovertext=hovers, hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[f"{row.period:%Y-%m-%d}", str(getattr(row, "key", ""))] for row in frame.itertuples()],
        marker={"color": fills, "size": sizes, "opacity": 1, "line": {"color": colours, "width": 2}}, **where)


def _limit_lines(figure: go.Figure, limits: Limits, metric, from_zero: bool, labelled: bool = True, **where) -> None:
    dash = "dash" if limits.provisional else "solid"
    levels = [("均值", limits.mean, dash), ("上限", limits.upper, "dot"), ("下限", limits.lower, "dot")]
    for name, level, style in levels:
        if not math.isfinite(level) or (name == "下限" and from_zero and level <= 0):
            continue
        figure.add_hline(y=level, line={"color": FAINT, "width": 1, "dash": style}, layer="below", **where)
        if labelled:
            figure.add_annotation(x=1, xref="paper", xanchor="left", y=level, showarrow=False, xshift=4,
                                  text=f"{name} {plain(metric.show(level), 20)}", font={"size": SIZE, "color": NEUTRAL})


def trend(
    frame: pd.DataFrame, metric, *, title: str, subtitle: str, every: str = "week", calendar: Calendar | None = None,
    limits: Limits | None = None, height: int = 400,
) -> go.Figure:  # fmt: skip
    """One measured series. Points carry their period's first day as customdata, for the way to the records."""
    if not len(frame) or frame["value"].notna().sum() == 0:
        return nothing("这段时间没有可以计算的数据", title, subtitle)
    rows = _prepared(frame)
    special = {pd.Timestamp(day): why for day, why in (limits.special if limits else {}).items()}
    figure = go.Figure()
    marked = {day: (limits.mean, why) for day, why in special.items()}
    _line(figure, rows, SERIES[0], _hovers(rows, metric, every, calendar, special), marked, metric.better)
    framed(figure, title, subtitle, height)
    from_zero = metric.unit != "%"
    levels = [limits.lower, limits.upper] if limits else []
    target = getattr(metric, "target", None)
    figure.update_yaxes(**value_axis(metric.unit, [*rows["value"], *levels, target], from_zero))
    draw_time(figure, rows["period"], every, calendar)
    if target is not None:
        figure.add_hline(y=target, line={"color": INK, "width": 1, "dash": "longdash"}, layer="below")
        figure.add_annotation(x=0, xref="paper", xanchor="left", y=target, yanchor="bottom", showarrow=False,
                              text=f"目标 {plain(metric.show(target), 20)}", font={"size": SIZE, "color": INK})
    if limits:
        _limit_lines(figure, limits, metric, from_zero)
    flags = calendar is not None and len(calendar.events)
    figure.update_layout(margin={"t": 130 if flags else 78, "r": 104 if limits else 24})
    return figure


def split(
    frame: pd.DataFrame, metric, by: str, *, title: str, subtitle: str, every: str = "week",
    calendar: Calendar | None = None, limits: dict[str, Limits] | None = None,
) -> tuple[go.Figure, str]:  # fmt: skip
    """A series per group of column `by` (in the order of the frame), and a sentence about what is not drawn.

    Up to four groups are lines with their names at the end; more are small multiples in one figure, at most twelve.
    """
    if not len(frame) or frame["value"].notna().sum() == 0:
        return nothing("这段时间没有可以计算的数据", title, subtitle), ""
    rows = _prepared(frame.assign(_at=range(len(frame))))
    names = list(rows.sort_values("_at")[by].drop_duplicates())
    shown = names if len(names) <= MOST_LINES else names[:MOST_PANELS]
    left = f"另有 {len(names) - len(shown)} 组未画出，数字见下表。" if len(names) > len(shown) else ""
    draw = _labelled_lines if len(shown) <= MOST_LINES else _multiples
    figure = draw(rows, metric, by, shown, every, calendar, limits or {})
    return _titled(figure, title, subtitle, len(shown)), left


def _titled(figure: go.Figure, title: str, subtitle: str, groups: int) -> go.Figure:
    panels = groups > MOST_LINES
    framed(figure, title, subtitle, 62 + 40 + -(-groups // 3) * 170 if panels else 400)
    figure.update_layout(margin={"t": 100 if panels else 96, "r": 24 if panels else 120})
    return figure


def _labelled_lines(rows, metric, by, shown, every, calendar, limits) -> go.Figure:
    figure = go.Figure()
    ends: list[tuple[float, str, str]] = []
    for name, colour in zip(shown, SERIES, strict=False):
        own = rows[rows[by] == name]
        _line(figure, own, colour, _hovers(own, metric, every, calendar, {}, name), {}, metric.better)
        known = own[own["value"].notna()]
        if len(known):
            ends.append((float(known["value"].iloc[-1]), plain(name, 8), colour))
    scale = value_axis(metric.unit, list(rows["value"]), metric.unit != "%")
    figure.update_yaxes(**scale)
    draw_time(figure, rows["period"], every, calendar)
    for height, name, colour in _apart(ends, (scale["range"][1] - scale["range"][0]) * 0.065):
        figure.add_annotation(x=1, xref="paper", xanchor="left", xshift=6, y=height, text=f"<b>{name}</b>",
                              showarrow=False, font={"size": 14, "color": colour})
    return figure


def _apart(ends: list[tuple[float, str, str]], least: float) -> list[tuple[float, str, str]]:
    """Labels moved up just enough that two lines ending together can both be read."""
    placed: list[tuple[float, str, str]] = []
    for height, name, colour in sorted(ends):
        placed.append((max(height, placed[-1][0] + least) if placed else height, name, colour))
    return placed


def _multiples(rows, metric, by, shown, every, calendar, limits) -> go.Figure:
    high = -(-len(shown) // 3)
    figure = make_subplots(rows=high, cols=3, shared_yaxes="all", shared_xaxes="all", horizontal_spacing=0.03,
                           vertical_spacing=0.30 / high, subplot_titles=[f"<b>{plain(name, 14)}</b>" for name in shown])
    figure.update_annotations(font={"size": 14, "color": INK})
    levels: list[float] = []
    for number, name in enumerate(shown):
        where = {"row": number // 3 + 1, "col": number % 3 + 1}
        own, limit = rows[rows[by] == name], limits.get(name)
        marked = {pd.Timestamp(day): (limit.mean, why) for day, why in limit.special.items()} if limit else {}
        words = {day: why for day, (_, why) in marked.items()}
        _line(figure, own, SERIES[0], _hovers(own, metric, every, calendar, words, name), marked, metric.better, **where)
        draw_time(figure, rows["period"], every, calendar, **where)
        if limit:
            levels += [limit.upper]
            _limit_lines(figure, limit, metric, metric.unit != "%", labelled=False, **where)
    figure.update_yaxes(**value_axis(metric.unit, [*rows["value"], *levels], metric.unit != "%"))
    return figure
