"""The trend page's parts: one metric over time with a verdict in words, split by one dimension, and the numbers below it."""

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from metrics import DIMENSIONS, Metric, catalogue, members, spc
from ui import chart_show, charts, choice, doors, metric_columns, states, tables
from ui.page import Page

EVERY = {"week": "按周", "month": "按月"}
UNITS = {"week": "周", "month": "月"}
COUNTED = {"week": "周", "month": "个月"}


@dataclass(frozen=True)
class View:
    """What the address asks to see."""

    metric: Metric
    every: str
    by: str


def controls() -> View:
    """Metric, week or month, and what to split by: all in the address."""
    metrics = {metric.key: metric.label for metric in catalogue.all()}
    groups = {"none": "不拆分", **{name: f"按{dimension.label}" for name, dimension in DIMENSIONS.items()}}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="trend_controls"):
        key = choice.select("指标", "metric", metrics, "ticket_count")
        every = choice.switch("周期", "every", EVERY, "week")
        by = choice.select("拆分", "by", groups, "none")
    return View(catalogue.get(key), every, "" if by == "none" else by)


def limits(series: pd.DataFrame, metric: Metric) -> tuple[charts.Limits | None, spc.Xmr]:
    """Natural limits of the periods that are complete; None when there are too few points to draw any."""
    whole = series[series["complete"]]
    found = spc.xmr(whole["value"].tolist(), metric.better, floor=0.0, ceiling=1.0 if metric.is_rate else None)
    special = {day: why for day, why in zip(whole["period"], found.special, strict=True) if why}
    drawn = charts.Limits(found.mean, found.lower, found.upper, special, found.provisional) if found.n >= 2 else None
    return drawn, found


def draw(page: Page, view: View) -> None:
    """Chart, sentence and table for the view."""
    frame = page.measured(view.metric.key, by=view.by or None, every=view.every)
    if not len(frame) or frame["value"].notna().sum() == 0:
        page.headline(f"{view.metric.label}：这段时间没有可以计算的数据")
        states.empty("这段时间、这个范围内没有可以计算的数据。")
        return
    if view.by:
        _split(page, view, frame)
    else:
        _single(page, view, frame)


def _subtitle(page: Page, view: View) -> str:
    return f"{view.metric.label} · {view.metric.unit} · {EVERY[view.every]} · {page.window.describe()}"


def _label(page: Page, view: View, period: object) -> str:
    return charts.period_label(period, view.every, chart_show.calendar(page))


def _single(page: Page, view: View, frame: pd.DataFrame) -> None:
    drawn, found = limits(frame, view.metric)
    page.headline(_verdict(page, view, frame, found))
    figure = charts.trend(frame, view.metric, title=_finding(page, view, drawn, found), subtitle=_subtitle(page, view),
                          every=view.every, calendar=chart_show.calendar(page), limits=drawn)  # fmt: skip
    chart_show.show(figure, "trend", lambda period, _: doors.open_records(view.metric.key, {view.every: period}), hint="点一个点看当期记录")
    _period_table(page, view, frame, drawn)


def _verdict(page: Page, view: View, frame: pd.DataFrame, found: spc.Xmr) -> str:
    """「工单量：第11教学周 231 单，正常波动，无明显变化（均值 208 单）」"""
    known = frame[frame["complete"] & frame["value"].notna()]
    if not len(known):
        return f"{view.metric.label}：还没有一个完整的{UNITS[view.every]}，暂不判断"
    last = known.iloc[-1]
    said = f"{view.metric.label}：{_label(page, view, last['period'])}{view.metric.show(last['value'])}，{found.verdict}"
    if found.verdict == spc.NORMAL:
        said += "，无明显变化"
    good = spc.is_good(found.verdict, view.metric.better)
    said += {True: "（好转）", False: "（恶化）", None: ""}[good] if found.verdict in (spc.UP, spc.DOWN) else ""
    if found.verdict == spc.TOO_FEW:
        return f"{said}（完整的{UNITS[view.every]}不足 {spc.VERDICT_FROM} 个，不下结论）"
    return f"{said}；{len(known)} {COUNTED[view.every]}的均值 {view.metric.show(found.mean)}"


def _finding(page: Page, view: View, drawn: charts.Limits | None, found: spc.Xmr) -> str:
    if drawn is None or found.verdict == spc.TOO_FEW:
        return f"{view.metric.label}：期数太少，只看走势不作判断"
    odd = [_label(page, view, day).split("（")[0] for day in drawn.special]
    said = "各期都在正常波动内" if not odd else f"{'、'.join(odd[:3])}{f'等 {len(odd)} 期' if len(odd) > 3 else ''}超出正常波动"
    return f"{view.metric.label}：{said}" + ("（不足 12 期，界限为试行）" if found.provisional else "")


def _period_table(page: Page, view: View, frame: pd.DataFrame, drawn: charts.Limits | None) -> None:
    special = drawn.special if drawn else {}
    rows = frame.sort_values("period", ascending=False)
    labels = [_label(page, view, period) for period in rows["period"]]
    judged = [
        "本期未满" if not full else special.get(day, "数据不足" if drawn is None else "正常波动")
        for day, full in zip(rows["period"], rows["complete"], strict=True)
    ]
    columns = [tables.Column("label", "时段"), *metric_columns.of(view.metric), tables.Column("judged", "判断")]
    rows = metric_columns.ready(rows, view.metric).assign(label=labels, judged=judged)
    tables.draw(rows, columns, "trend_table", height=metric_columns.height(rows), alt="各期数字")


def _split(page: Page, view: View, frame: pd.DataFrame) -> None:
    metric, dimension = view.metric, DIMENSIONS[view.by]
    totals = page.measured(metric.key, by=view.by).sort_values("whole", ascending=False, kind="stable")
    totals = totals[totals["whole"] > 0]
    order = {value: place for place, value in enumerate(totals[view.by])}
    frame = frame[frame[view.by].isin(order)]
    series = frame.assign(key=frame[view.by], name=[members.name(page.build, view.by, value) for value in frame[view.by]])
    series = series.sort_values(view.by, key=lambda column: column.map(order), kind="stable")
    judged = {key: limits(group.sort_values("period"), metric) for key, group in series.groupby("key", sort=False)}
    names = dict(zip(series["key"], series["name"], strict=True))
    odd = [f"{names[key]}（{found.verdict}）" for key, (_, found) in judged.items() if found.last_rule == spc.BEYOND]
    finding = _split_finding(dimension.label, len(judged), odd)
    page.headline(f"{metric.label}：{finding}")
    shown = {names[key]: _beyond_only(drawn) for key, (drawn, _) in judged.items() if drawn}
    figure, left = charts.split(series, metric, "name", title=_marked(dimension.label, odd), subtitle=_subtitle(page, view), every=view.every,
                                calendar=chart_show.calendar(page), limits=shown)  # fmt: skip
    wide = 640 if min(len(judged), charts.MOST_PANELS) > charts.MOST_LINES else 0
    chart_show.show(figure, "split", lambda period, key: doors.open_records(metric.key, {view.every: period, view.by: key}),
                    narrowest=wide, hint="点一个点看当期记录")  # fmt: skip
    if left:
        st.caption(left)
    _group_table(view, totals.assign(name=[names[key] for key in totals[view.by]]), judged)


def _beyond_only(drawn: charts.Limits) -> charts.Limits:
    """Among many panels only points beyond the limits are marked: runs would light up somewhere by chance alone."""
    return replace(drawn, special={day: why for day, why in drawn.special.items() if why == spc.BEYOND})


def _split_finding(label: str, count: int, odd: list[str]) -> str:
    """Which groups left their own natural limits in the last whole period, or that none did."""
    if not odd:
        return f"{count} 个{label}最近一期都没有超出自身的正常波动"
    listed = "、".join(odd[:4]) + (f"等 {len(odd)} 个" if len(odd) > 4 else "")
    return f"{count} 个{label}中，{listed}最近一期超出自身的正常波动，其余没有"


def _marked(label: str, odd: list[str]) -> str:
    return f"{len(odd)} 个{label}的最近一期在自己的界限之外" if odd else f"各{label}的最近一期都在自己的界限之内"


def _group_table(view: View, totals: pd.DataFrame, judged: dict) -> None:
    rows = metric_columns.ready(totals, view.metric).assign(judged=[judged[key][1].verdict for key in totals[view.by]])
    columns = [tables.Column("name", DIMENSIONS[view.by].label), *metric_columns.of(view.metric), tables.Column("judged", "最近一期")]
    tables.draw(rows, columns, "split_table", height=metric_columns.height(rows), alt="各组数字")
