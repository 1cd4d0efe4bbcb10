"""The 服务 page's parts: were the wishes taken up, fulfilled, in time; through which channel, by which branch; what
was asked and answered."""

import numpy as np
import pandas as pd
import streamlit as st

from metrics.ask.selection import NOT_FILLED
from metrics.define import catalogue, numbers
from metrics.methods import funnel
from metrics.methods import verdict as verdicts
from ui.charts import shares as charts_shares
from ui.charts.colours import SERIES
from ui.charts.compare import funnel_chart
from ui.frame import missing_exports, open_records
from ui.frame.page import Page
from ui.parts.safety import hotline
from ui.widgets import board, chart_show

FACTS = ("wishes", "services", "questions")
TILES = (
    "wish_fulfilled_rate",
    "wish_claimed_rate",
    "wish_overdue_open",
    "wish_time_to_fulfil",
    "service_count",
    "question_on_spot_rate",
)
BRANCH = (
    "wish_count",
    "wish_claimed_rate",
    "wish_fulfilled_rate",
    "wish_on_time_rate",
    "service_count",
    "service_people",
)
JUDGED = "wish_on_time_rate"
OUTCOMES = (
    charts_shares.Ending("on_time", "按承诺时间实现", SERIES[0]),
    charts_shares.Ending("late", "迟于承诺", SERIES[1]),
    charts_shares.Ending("undone", "没有实现", SERIES[3]),
)


def sentence(page: Page) -> str:
    """Fulfilled and in time of what fell due, and which channel or branch really differs; what was taken up where
    nothing fell due."""
    due, claimed = board.value(page, "wish_fulfilled_rate"), board.value(page, "wish_claimed_rate")
    kept = board.value(page, JUDGED)
    if due is None or claimed is None or kept is None:
        return _others(page)
    show = catalogue.get(JUDGED).show
    told = (
        f"承诺到期的微心愿 {_count(due['whole'])} 个，办成 {_count(due['part'])} 个（{show(due['value'])}），"
        f"其中按时 {_count(kept['part'])} 个"
    )
    if due["whole"]:
        return f"{told}；{_odd(page)}"
    taken = (
        f"新提 {_count(claimed['whole'])} 个，认领 {_count(claimed['part'])} 个（{show(claimed['value'])}）"
        if claimed["whole"]
        else "也没有新提的"
    )
    return f"这段时间没有承诺到期的微心愿；{taken}"


def _others(page: Page) -> str:
    """What can be said where no wishes were ever received."""
    given = board.value(page, "service_count")
    words = f"微心愿没有数据，{board.unknown(page, 'wish_count')}"
    return words if given is None else f"安全服务 {_count(given['part'])} 次；{words}"


def _odd(page: Page) -> str:
    parts = []
    for judged, names, noun in (
        (channels(page), None, "渠道"),
        (board.funnel_of(page, JUDGED, "branch"), page.names, "支部"),
    ):
        told = [one.word if one.is_judged and not one.is_normal else "" for one in judged.frame["verdict"]]
        for word in dict.fromkeys(filter(None, told)):
            who = judged.frame.iloc[:, 0][[each == word for each in told]]
            parts += (
                [
                    (
                        f"{'、'.join((names or {}).get(key, key) for key in who)}{noun if names is None else ''}"
                        f"按时实现率{word}"
                    )
                ]
                if len(who)
                else []
            )
    return "；".join(parts) or "各渠道、各支部都在正常波动内"


def _count(value: float) -> str:
    return numbers.exact_number(value)


def channels(page: Page) -> funnel.Funnel:
    """The channels judged by chance alone: from four groups no ordinary difference between groups can be learnt."""
    frame = page.measured(JUDGED, by="channel")
    return funnel.funnel(frame[frame["channel"] != NOT_FILLED].assign(name=lambda rows: rows["channel"]), over=False)


def draw_charts(page: Page) -> None:
    """What became of the wishes that fell due by channel, and the branches in their funnel."""
    if missing_exports.missing(page.build, "wishes"):
        return
    with st.grid(2, min_column_width=420, gap="medium"):
        with st.container():
            _by_channel(page)
        with st.container():
            _by_branch(page)


def outcomes(page: Page) -> pd.DataFrame:
    """key, name, whole, on_time, late, undone of every channel with wishes due, the largest first."""
    kept, done = (page.measured(key, by="channel").set_index("channel") for key in (JUDGED, "wish_fulfilled_rate"))
    frame = pd.DataFrame(
        {
            "whole": kept["whole"],
            "on_time": kept["part"],
            "late": done["part"] - kept["part"],
            "undone": done["whole"] - done["part"],
        }
    )
    frame = frame[frame["whole"] > 0].sort_values("whole", ascending=False, kind="stable")
    return frame.assign(key=frame.index, name=frame.index).reset_index(drop=True)


def _by_channel(page: Page) -> None:
    odd = channels(page).frame
    title = f"按时实现率：{verdicts.listed(list(odd['channel']), list(odd['verdict']), '个渠道')}"
    subtitle = f"承诺到期的微心愿的结果 · 个 · {page.window.describe()}"
    figure = charts_shares.shares(outcomes(page), OUTCOMES, title=title, subtitle=subtitle)
    chart_show.show(
        figure,
        "wish_outcomes",
        lambda channel: open_records.open_records(JUDGED, {"channel": channel}),
        hint="点一条看记录",
    )


def _by_branch(page: Page) -> None:
    metric, judged = catalogue.get(JUDGED), board.funnel_of(page, JUDGED, "branch")
    frame = judged.frame.assign(key=judged.frame["branch"], outside=[one.is_clear for one in judged.frame["verdict"]])
    sizes = frame["whole"][frame["whole"] > 0]
    if not len(sizes):
        return
    curve = judged.curve(np.linspace(max(1.0, sizes.min() * 0.6), sizes.max() * 1.08, 80))
    title = f"按时实现率：{verdicts.listed(list(frame['name']), list(frame['verdict']), '个支部')}"
    subtitle = f"{metric.label} · {metric.unit} · {page.window.describe()}"
    figure = funnel_chart(frame, curve, metric, target=judged.target, title=title, subtitle=subtitle, height=330)
    chart_show.show(
        figure,
        "wish_branches",
        lambda branch: open_records.open_records(JUDGED, {"branch": branch}),
        hint="点一个点看记录",
    )


def branches(page: Page) -> None:
    board.by(page, BRANCH, "branch", "各支部的认领、实现与服务")


def overdue(page: Page) -> None:
    columns = ("wish_id", "description", "channel", "branch_id", "status_text", "wished_at", "promised_at")
    board.latest(
        page,
        "wish_overdue_open",
        "过了承诺时间还没实现的心愿（最久的在前）",
        which="part",
        order="promised_at",
        columns=columns,
        nothing="没有逾期的心愿。",
    )


def meetings(page: Page) -> None:
    """Questions of the monthly meeting: answered on the spot and resolved in time, by who answered, and the latest."""
    if missing_exports.offered(page, "questions"):
        return
    board.tiles(page, ("question_count", "question_on_time_rate", "question_meeting_gap"))
    board.by(page, ("question_count", "question_on_spot_rate", "question_on_time_rate"), "unit", "各部门的答复与解决")
    columns = ("question_id", "raised_at", "description", "unit", "answer_text", "status_text", "due_at", "resolved_at")
    board.latest(page, "question_count", "最近的提问", columns=columns)


def services(page: Page) -> None:
    if missing_exports.offered(page, "services"):
        return
    board.by(
        page,
        ("service_count", "service_people"),
        "category",
        "各项服务的次数和人数",
        note="没有登记人数的服务只计次数。",
    )
    board.latest(page, "service_count", "最近的服务")


def calls(page: Page) -> None:
    if not missing_exports.offered(page, "hotline_summaries"):
        hotline.draw(page)


TABS = {"各支部": branches, "逾期心愿": overdue, "通报面对面": meetings, "服务项目": services, "热线回访": calls}


def draw_tabs(page: Page) -> None:
    """Each tab asks its questions only when opened."""
    for name, tab in zip(TABS, st.tabs(list(TABS), key="tab", bind="query-params"), strict=True):
        if tab.open:
            with tab:
                TABS[name](page)
