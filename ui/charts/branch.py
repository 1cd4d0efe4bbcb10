"""Branches beside one another in one outcome: what was counted, what was expected, and what chance allows. Pure.

In the school's own order: sorting by the value would be a ranking nobody has grounds for.
"""

from collections.abc import Sequence

import plotly.graph_objects as go

from metrics.branches.review import Standing
from metrics.define.catalogue import Metric
from metrics.methods.verdict import NORMAL, WORDS
from ui.charts.colours import FAINT, HAIRLINE, INK, NEUTRAL, SERIES
from ui.charts.style import SIZE, TOP, Sheet, colour_of_change, nothing, plain_label, value_axis

ROW = 40
_KEY = f"● 实际　<span style='color:{NEUTRAL}'>│ 预期　━ 偶然会有的范围（粗 95 ％，细 99.8 ％）　○ 自己的过去</span>"


def standings(branches: Sequence[Standing], metric: Metric, *, title: str, subtitle: str) -> go.Figure:
    """A row a branch: what chance allows round the expected as a line, value as a dot, own past as a ring, the expected
    as a stroke; coloured only beyond the thin line's ends (99.8 %).

    A click hands on the branch. A branch without cases has no marks and says 「—」.
    """
    if not any(standing.value == standing.value for standing in branches):
        return nothing("没有可以比较的数据", title, subtitle)
    sheet, spots = Sheet(), list(range(len(branches)))
    for spot, standing in zip(spots, branches, strict=True):
        for bounds, width in ((standing.limits, 2), (standing.inner, 6)):
            if bounds[0] == bounds[0]:
                line = {"width": width, "color": FAINT}
                sheet.points(list(bounds), [spot, spot], mode="lines", line=line, hoverinfo="skip")
        sheet.note(
            _end(standing, metric),
            1,
            spot,
            colour(standing, metric) if standing.is_clear else INK,
            SIZE,
            xref="x domain",
            xanchor="left",
            xshift=8,
        )
    stroke = {"symbol": "line-ns", "size": 16, "line": {"width": 2, "color": NEUTRAL}}
    sheet.points(
        [_or_none(standing.expected_value) for standing in branches],
        spots,
        mode="markers",
        marker=stroke,
        hoverinfo="skip",
    )
    hollow = {"symbol": "circle-open", "size": 10, "color": NEUTRAL, "line": {"width": 2}}
    sheet.points(
        [_or_none(standing.earlier.value) for standing in branches],
        spots,
        mode="markers",
        marker=hollow,
        hoverinfo="skip",
    )
    sheet.points(
        [_or_none(standing.value) for standing in branches],
        spots,
        mode="markers",
        customdata=[[standing.branch] for standing in branches],
        cliponaxis=False,
        marker={"size": 12, "color": [colour(standing, metric) for standing in branches], "opacity": 1},
        hovertext=[_hover(standing, metric) for standing in branches],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    seen = [
        number
        for standing in branches
        for number in (standing.value, *standing.limits, standing.expected_value, standing.earlier.value)
    ]
    scale = value_axis(metric.unit, seen, metric.unit != "%")
    sheet.axis("xaxis", **scale, showgrid=True, gridcolor=HAIRLINE)
    sheet.axis(
        "yaxis",
        tickmode="array",
        tickvals=spots,
        ticktext=[plain_label(standing.name, 10) for standing in branches],
        showgrid=False,
        range=[len(branches) - 0.5, -0.5],
        tickfont={"size": SIZE, "color": INK},
    )
    sheet.note(_KEY, 0, 1, SERIES[0], SIZE, xref="x domain", yref="paper", xanchor="left", yanchor="bottom", yshift=4)
    return sheet.figure(title, subtitle, TOP + 56 + ROW * len(branches), margin={"r": 118, "t": TOP + 26, "b": 24})


def colour(standing: Standing, metric: Metric) -> str:
    """Good or bad only where it is more than chance."""
    if not standing.is_clear:
        return SERIES[0]
    return colour_of_change(metric.better, standing.verdict.side > 0)


def _or_none(value: float) -> float | None:
    return value if value == value else None


def _end(standing: Standing, metric: Metric) -> str:
    """「84 / 98　明显偏低」 at the row's end."""
    if standing.value != standing.value:
        return "—"
    return plain_label(
        metric.show_part_whole(standing.part, standing.whole)
        + (f"　{standing.told}" if standing.is_judged and standing.told != WORDS[NORMAL] else ""),
        32,
    )


def _hover(standing: Standing, metric: Metric) -> str:
    lines = [
        plain_label(standing.name, 40),
        (
            f"<b>{plain_label(metric.show(standing.value), 40)}</b>"
            f"（{plain_label(metric.show_part_whole(standing.part, standing.whole), 30)}）"
        ),
    ]
    lines += (
        [f"预期 {plain_label(metric.show(standing.expected_value), 20)}"]
        if standing.expected_value == standing.expected_value
        else []
    )
    lines += (
        [
            (
                f"偶然会有的范围 {plain_label(metric.show(standing.limits[0]), 20)} 至 "
                f"{plain_label(metric.show(standing.limits[1]), 20)}（99.8 ％）"
            )
        ]
        if standing.limits[0] == standing.limits[0]
        else []
    )
    lines += (
        [f"自己的过去 {plain_label(metric.show(standing.earlier.value), 20)}"]
        if standing.earlier.value == standing.earlier.value
        else []
    )
    return "<br>".join([*lines, plain_label(standing.told, 20)])
