"""The trend page split by one dimension: who left their own natural limits, one series each, and the totals below."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from metrics.ask import members
from metrics.ask.selection import DIMENSIONS
from metrics.ask.window import WEEK, Window
from metrics.methods import spc
from ui.charts.limits import Limits
from ui.charts.trend import MOST_LINES, trend_panels
from ui.frame import open_records
from ui.parts.trend import judged as trend_judged
from ui.parts.trend.judged import Judged
from ui.parts.trend.trend import APART, View, comparable
from ui.widgets import chart_show, metric_columns, tables


def draw(view: View, frame: pd.DataFrame) -> None:
    """Sentence, small multiples (or a few lines) and the table of groups; groups that stand out come first."""
    metric, dimension, page = view.metric, DIMENSIONS[view.by], view.page
    totals = page.measured(metric.key, by=view.by).sort_values("whole", ascending=False, kind="stable")
    totals = totals[totals["whole"] > 0]
    calendar = chart_show.calendar(page)
    groups = {key: group for key, group in frame.groupby(view.by, sort=False) if key in set(totals[view.by])}
    judged = _judged(view, frame, groups)
    names = {key: members.name(page.build, view.by, key) for key in groups}
    odd = [key for key in totals[view.by] if judged[key].finding.last_rule == spc.BEYOND]
    order = [*odd, *(key for key in totals[view.by] if key not in odd)]
    told = [f"{names[key]}（{judged[key].finding.verdict.word}）" for key in odd]
    page.headline(f"{metric.label}：{_finding(dimension.label, len(order), told)}")
    series = pd.concat([groups[key].assign(key=key, name=names[key]) for key in order])
    limits = {names[key]: _beyond_only(each.limits) for key, each in judged.items() if each.limits}
    title = (
        f"{len(odd)} 个{dimension.label}的最近一期在自己的界限之外"
        if odd
        else f"各{dimension.label}的最近一期都在自己的界限之内"
    )
    figure, left = trend_panels(
        series, metric, "name", title=title, subtitle=view.subtitle, every=view.every, calendar=calendar, limits=limits
    )
    chart_show.show(
        figure,
        "split",
        lambda period, key: open_records.open_records(metric.key, {view.every: period, view.by: key}),
        narrowest=640 if len(order) > MOST_LINES else 0,
        hint="点一个点看当期记录",
    )
    if view.every == "week" and any(
        each.limits and each.apart(group) for each, group in zip(judged.values(), groups.values(), strict=True)
    ):
        st.caption(APART)
    if left:
        st.caption(left)
    _table(view, totals.assign(name=[names[key] for key in totals[view.by]]), judged)


def _judged(view: View, frame: pd.DataFrame, groups: dict[str, pd.DataFrame]) -> dict[str, Judged]:
    """Every group against its own past: weeks by the very weeks the whole is judged by, months by those shown."""
    judge = comparable(view, frame)
    if judge is None:
        calendar = chart_show.calendar(view.page)
        return {key: trend_judged.by_itself(group, view.metric, view.every, calendar) for key, group in groups.items()}
    window = Window(judge.weeks[0], judge.weeks[-1] + WEEK)
    past = view.page.measured(view.metric.key, by=view.by, every="week", window=window)
    past = past[past["period"].isin([pd.Timestamp(week) for week in judge.weeks])]
    series = {key: group.sort_values("period") for key, group in past.groupby(view.by, sort=False)}
    return {key: trend_judged.by_weeks(series.get(key, groups[key].head(0)), view.metric) for key in groups}


def _beyond_only(drawn: Limits) -> Limits:
    """Among many panels only points beyond the limits are marked: runs would light up somewhere by chance alone."""
    return replace(drawn, special={day: why for day, why in drawn.special.items() if why == spc.BEYOND})


def _finding(label: str, count: int, odd: list[str]) -> str:
    """Which groups left their own natural limits in the last whole period, or that none did."""
    if not odd:
        return f"{count} 个{label}最近一期都没有超出自身的正常波动"
    listed = "、".join(odd[:4]) + (f"等 {len(odd)} 个" if len(odd) > 4 else "")
    return f"{count} 个{label}中，{listed}最近一期超出自身的正常波动，其余没有"


def _table(view: View, totals: pd.DataFrame, judged: dict[str, Judged]) -> None:
    rows = metric_columns.ready(totals, view.metric).assign(
        judged=[judged[key].finding.verdict.word for key in totals[view.by]]
    )
    columns = [
        tables.Column("name", DIMENSIONS[view.by].label),
        *metric_columns.of(view.metric),
        tables.Column("judged", "最近一期"),
    ]
    tables.draw(rows, columns, "split_table", height=metric_columns.height(rows), alt="各组数字")
