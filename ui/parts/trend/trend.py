"""The trend page: one metric over time with a verdict in words, and the numbers below it."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.ask.selection import DIMENSIONS
from metrics.compare.recent import Recent
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.methods import spc
from ui.charts.time_axis import period_label
from ui.charts.trend import trend_chart
from ui.frame import choice, data, missing_exports, open_records, states
from ui.frame.page import Page
from ui.parts.trend import judged as trend_judged
from ui.parts.trend import rare
from ui.parts.trend.judged import Judged
from ui.widgets import chart_show, metric_choice, metric_columns, tables

EVERY = {"week": "按周", "month": "按月"}
UNITS = {"week": "周", "month": "月"}
COUNTED = {"week": "周", "month": "个月"}
YEARLY = ("college_lessons",)  # tables with one row a group and school year
APART = (
    "浅灰的点是与最近一周不同类的周（开学头三周、有节假日的周、假期与平常周互不比较）：另与往年同类周比较，"
    "这里不画界限、不作判断。"
)


@dataclass(frozen=True)
class View:
    """What the address asks to see, on which page."""

    page: Page
    metric: Metric
    every: str
    by: str

    @property
    def subtitle(self) -> str:
        return f"{self.metric.label} · {self.metric.unit} · {EVERY[self.every]} · {self.page.window.describe()}"

    def label(self, period: object) -> str:
        """「第11教学周（2026-11-09 起）」"""
        return period_label(period, self.every, chart_show.calendar(self.page))


def has_trend(metric: Metric) -> bool:
    """Whether a week or a month of it says anything: a streak only grows by the days gone by, a school year is no
    week."""
    return not metric.kind.counts_days and metric.table not in YEARLY


def controls(page: Page) -> View:
    """Metric, week or month, and what to split by: all in the address."""
    offered = [metric for metric in catalogue.all() if has_trend(metric)]
    groups = {"none": "不拆分", **{name: f"按{dimension.label}" for name, dimension in DIMENSIONS.items()}}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="trend_controls"):
        usual = ("ticket_count", "hazard_count", "drill_count", *(metric.key for metric in offered))
        metric = metric_choice.choose(missing_exports.first_known(page.build, usual), offered)
        every = choice.switch("周期", "every", EVERY, "week")
        by = choice.select("拆分", "by", groups, "none")
    return View(page, metric, every, "" if by == "none" else by)


def frame_of(view: View) -> pd.DataFrame | None:
    """The measured series; None, with words on the page, when there is nothing to show."""
    if missing_exports.announced(view.page, view.metric) or missing_exports.refused(
        view.page, view.metric, (view.every, *filter(None, [view.by]))
    ):
        return None
    frame = view.page.measured(view.metric.key, by=view.by or None, every=view.every)
    if len(frame) and frame["value"].notna().any():
        return frame
    view.page.headline(f"{view.metric.label}：这段时间没有可以计算的数据")
    states.empty("这段时间、这个范围内没有可以计算的数据。")
    return None


def draw(view: View, frame: pd.DataFrame) -> None:
    """Sentence, chart and table of one series."""
    judged = judge(view, frame)
    view.page.headline(_verdict(view, frame, judged))
    recent = comparable(view, frame)
    if recent and rare.is_rare(judged.finding):
        rare.draw(view.page, recent)
    else:
        _line(view, frame, judged)
    _table(view, frame, judged)


def _line(view: View, frame: pd.DataFrame, judged: Judged) -> None:
    figure = trend_chart(
        frame,
        view.metric,
        title=_finding(view, frame, judged),
        subtitle=view.subtitle,
        every=view.every,
        calendar=chart_show.calendar(view.page),
        limits=judged.limits,
    )
    chart_show.show(
        figure,
        "trend",
        lambda period, _: open_records.open_records(view.metric.key, {view.every: period}),
        hint="点一个点看当期记录",
    )
    if _apart(view, frame, judged):
        st.caption(APART if judged.limits else APART.replace("浅灰的点是", ""))


def _apart(view: View, frame: pd.DataFrame, judged: Judged) -> bool:
    """Whether some of the weeks shown are of another kind than the last one, and so not judged here."""
    return view.every == "week" and judged.finding.verdict.is_judged and judged.apart(frame) > 0


def judge(view: View, frame: pd.DataFrame) -> Judged:
    """By the weeks the tiles use where there is a whole week; months by themselves."""
    recent = comparable(view, frame)
    return (
        trend_judged.by_recent(recent)
        if recent
        else trend_judged.by_itself(frame, view.metric, view.every, chart_show.calendar(view.page))
    )


def comparable(view: View, frame: pd.DataFrame) -> Recent | None:
    """The last whole week shown and the weeks it may be judged by; None for months and where no week is whole."""
    page, whole = view.page, frame.loc[frame["complete"].astype(bool), "period"]
    if view.every != "week" or not len(whole):
        return None
    return data.recent(page.build, view.metric.key, whole.max().date(), page.selection, page.scope)


def _verdict(view: View, frame: pd.DataFrame, judged: Judged) -> str:
    """「工单量：第11教学周（2026-11-09 起）231 单，正常波动；用来比较的 27 周均值 208 单」"""
    judged_rows = frame[frame["complete"].astype(bool) & frame["value"].notna()]
    if not len(judged_rows):
        return f"{view.metric.label}：还没有一个完整的{UNITS[view.every]}，暂不判断"
    last, finding = judged_rows.iloc[-1], judged.finding
    label = view.label(last["period"])
    sentence = (
        f"{view.metric.label}：{label}{'' if label.endswith('）') else ' '}{view.metric.show(last['value'])}，"
        f"{finding.verdict.word}"
    )
    if finding.n < spc.VERDICT_FROM:
        return f"{sentence}（能比较的{UNITS[view.every]}不足 {spc.VERDICT_FROM} 个，不下结论）"
    if finding.flat or not finding.verdict.is_judged:
        return f"{sentence}（{_flat(finding)}）"
    good = finding.verdict.good(view.metric.better)
    sentence += {True: "（好转）", False: "（恶化）", None: ""}[good] if not finding.verdict.named else ""
    if judged.of_changes:
        return f"{sentence}（存量按每{UNITS[view.every]}的增减判断）"
    return f"{sentence}；用来比较的 {finding.n} {COUNTED[view.every]}均值 {view.metric.show(finding.mean)}"


def _flat(finding: spc.Xmr) -> str:
    """Why there are no limits."""
    return "次数少，按相邻两次之间隔的天数判断" if rare.is_rare(finding) else "以往几乎总是同一个数，没有界限可比"


def _finding(view: View, frame: pd.DataFrame, judged: Judged) -> str:
    if judged.finding.n < spc.VERDICT_FROM:
        return f"{view.metric.label}：期数太少，只看走势不作判断"
    if judged.finding.flat or not judged.finding.verdict.is_judged:
        return f"{view.metric.label}：{judged.finding.verdict.word}（{_flat(judged.finding)}）"
    shown = set(pd.to_datetime(frame["period"]))
    odd, unit = [day for day in judged.special if day in shown], COUNTED[view.every]
    if odd:
        named = "、".join(view.label(day).split("（")[0] for day in odd[:3]) + (
            f"等 {len(odd)} {unit}" if len(odd) > 3 else ""
        )
        why = list(dict.fromkeys(judged.words[day] for day in odd))
        sentence = f"{named}超出正常波动" if why == [spc.BEYOND] else f"{named}不是正常波动（{'、'.join(why)}）"
    else:
        some = (
            f"可比的 {len(shown & set(judged.words))} {unit}"
            if _apart(view, frame, judged)
            else f"各{UNITS[view.every]}"
        )
        sentence = f"{some}都在正常波动内"
    return f"{view.metric.label}：{sentence}" + (
        f"（不足 {spc.PROVISIONAL_BELOW} 期，界限为试行）" if judged.finding.provisional else ""
    )


def _table(view: View, frame: pd.DataFrame, judged: Judged) -> None:
    rows = frame.sort_values("period", ascending=False)
    labels = [view.label(period) for period in rows["period"]]
    sentences = [
        judged.say(pd.Timestamp(day), bool(full)) for day, full in zip(rows["period"], rows["complete"], strict=True)
    ]
    columns = [tables.Column("label", "时段"), *metric_columns.of(view.metric), tables.Column("judged", "判断")]
    rows = metric_columns.ready(rows, view.metric).assign(label=labels, judged=sentences)
    tables.draw(rows, columns, "trend_table", height=metric_columns.height(rows), alt="各期数字")
