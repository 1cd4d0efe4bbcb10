"""案事件与反诈's parts: what happened and how fast somebody was there; who was deceived, of how much, and who was
talked out of it."""

import pandas as pd
import streamlit as st

from metrics.ask.selection import NOT_FILLED
from metrics.ask.window import Window
from metrics.define import catalogue, numbers
from metrics.methods.verdict import AMOUNT, NORMAL, WORDS, clear
from ui.charts.compare import bar_chart
from ui.charts.trend import trend_chart
from ui.frame import missing_exports, open_records
from ui.frame.page import Page
from ui.parts.trend import judged as trend_judged
from ui.widgets import board, chart_show

FACTS = ("incidents", "fraud_cases")
TILES = (
    "incident_count",
    "incident_arrival_on_time_rate",
    "incident_time_to_arrival",
    "fraud_case_rate",
    "fraud_loss_rate",
    "fraud_dissuaded_rate",
)
YEAR = 364  # days the weekly chart of frauds looks back at least
WAVE = (clear(1, AMOUNT), clear(-1, AMOUNT))
OUTREACH = ("fraud_dissuaded_count", "fraud_outreach_people")


def sentence(page: Page) -> str:
    """「案事件 43 起，及时到场 35 / 41（85.4 %）；受骗 31 起，损失 12.3 万元，劝住 40 / 71 人次；
    诈骗有 3 周明显偏多」"""
    return "；".join(part for part in (_called(page), _deceived(page), _wave(page)) if part)


def _called(page: Page) -> str:
    count, arrived = board.value(page, "incident_count"), board.value(page, "incident_arrival_on_time_rate")
    if count is None or arrived is None:
        return f"案事件没有数据，{board.unknown(page, 'incident_count')}"
    if not arrived["whole"]:
        return f"案事件 {_whole(count['part'])} 起"
    return (
        f"案事件 {_whole(count['part'])} 起，及时到场 {_whole(arrived['part'])} / "
        f"{_whole(arrived['whole'])}（{numbers.percent(arrived['value'])}）"
    )


def _deceived(page: Page) -> str:
    cases, loss, kept = (board.value(page, key) for key in ("fraud_case_count", "fraud_loss", "fraud_dissuaded_rate"))
    if cases is None or loss is None:
        return f"诈骗没有数据，{board.unknown(page, 'fraud_case_count')}"
    told = f"受骗 {_whole(cases['part'])} 起，损失 {catalogue.get('fraud_loss').show(loss['value'])}"
    saved = (
        f"，劝住 {_whole(kept['part'])} / {_whole(kept['whole'])} 人次" if kept is not None and kept["whole"] else ""
    )
    return told + saved


def _wave(page: Page) -> str:
    """Weeks of the page's period in which frauds were more than noise; nothing where they were not."""
    if missing_exports.missing(page.build, "fraud_cases"):
        return ""
    frame, judged = frauds(page)
    start, end = pd.Timestamp(page.window.start), pd.Timestamp(page.window.end)
    more, fewer = ([day for day in days if start <= day < end] for days in _odd(frame, judged))
    told = [f"诈骗有 {len(days)} 周{word}" for days, word in zip((more, fewer), WAVE, strict=True) if days]
    if told or judged.finding.verdict.is_judged:
        return "，".join(told) or f"诈骗起数都是{WORDS[NORMAL]}"
    return f"诈骗起数：{judged.finding.verdict.word}"


def _odd(frame: pd.DataFrame, judged: trend_judged.Judged) -> tuple[list[pd.Timestamp], list[pd.Timestamp]]:
    """Weeks above and below their mean that are more than noise."""
    values = frame.set_index(pd.to_datetime(frame["period"]))["value"]
    above = [day for day in judged.special if values[day] > judged.finding.mean]
    return above, [day for day in judged.special if day not in above]


def _whole(value: float) -> str:
    return numbers.exact_number(value)


def frauds(page: Page) -> tuple[pd.DataFrame, trend_judged.Judged]:
    """Cases a week over a year up to the end of the page's period, and how they are judged."""
    end = page.window.end
    window = Window(min(page.window.start, end - pd.Timedelta(days=YEAR)), end)
    frame = page.measured("fraud_case_count", window=window, every="week")
    return frame, trend_judged.by_itself(frame, catalogue.get("fraud_case_count"), "week", chart_show.calendar(page))


def draw_charts(page: Page) -> None:
    """Incidents by category beside the year of frauds."""
    with st.grid(2, min_column_width=420, gap="medium"):
        with st.container():
            _by_category(page)
        with st.container():
            _by_week(page)


def _by_category(page: Page) -> None:
    if missing_exports.offered(page, "incidents"):
        return
    frame = page.measured("incident_count", by="category")
    frame = frame[frame["part"] > 0].sort_values("part", ascending=False, kind="stable")
    most = frame["category"].iloc[0] if len(frame) else ""
    title = f"{most}最多，{_whole(frame['part'].iloc[0])} 起" if len(frame) else "这段时间没有案事件"
    rows = frame.assign(key=frame["category"], name=frame["category"])
    figure = bar_chart(
        rows,
        catalogue.get("incident_count"),
        title=title,
        subtitle=f"案事件按类别 · 起 · {page.window.describe()}",
        most=10,
    )
    chart_show.show(
        figure,
        "incident_kinds",
        lambda one: open_records.open_records("incident_count", {"category": one}),
        hint="点一条看记录",
    )


def _by_week(page: Page) -> None:
    if missing_exports.offered(page, "fraud_cases"):
        return
    metric = catalogue.get("fraud_case_count")
    frame, judged = frauds(page)
    told = [f"{len(days)} 周{word}" for days, word in zip(_odd(frame, judged), WAVE, strict=True) if days]
    title = f"一年里诈骗有 {'、'.join(told)}" if told else f"一年里诈骗起数：{judged.finding.verdict.word}"
    figure = trend_chart(
        frame,
        metric,
        title=title,
        subtitle="诈骗案件 · 起/周 · 近一年",
        calendar=chart_show.calendar(page),
        limits=judged.limits,
    )
    chart_show.show(
        figure,
        "fraud_weeks",
        lambda week, _: page.open("records", metric=metric.key, **_days_of(week)),
        hint="点一个点看记录",
    )


def _days_of(week: str) -> dict[str, str]:
    start = pd.Timestamp(week)
    return {"since": f"{start:%Y-%m-%d}", "until": f"{start + pd.Timedelta(days=6):%Y-%m-%d}"}


def called(page: Page) -> None:
    if not missing_exports.offered(page, "incidents"):
        board.latest(page, "incident_count", "最近的案事件")


def on_the_spot(page: Page) -> None:
    """How fast somebody was there, by severity and by branch."""
    if missing_exports.offered(page, "incidents"):
        return
    board.by(
        page,
        ("incident_count", "incident_arrival_on_time_rate", "incident_time_to_arrival"),
        "level",
        "按严重程度看到场",
        note=_ARRIVAL,
    )
    board.by(
        page,
        ("incident_count", "incident_arrival_on_time_rate", "incident_time_to_arrival"),
        "branch",
        "按党支部的地段看到场",
    )


_ARRIVAL = "用时是中位数，没有登记到场的一并考虑；默认时限 10 分钟，学校可以改。"


def deceived(page: Page) -> None:
    """Cases and losses by kind of fraud and by college, and the latest."""
    if missing_exports.offered(page, "fraud_cases"):
        return
    board.by(
        page,
        ("fraud_case_count", "fraud_loss"),
        "category",
        "各种骗术的案件与损失",
        note="损失是填了金额的案件之和，小字是填了金额的案件数。",
    )
    board.by(
        page,
        ("fraud_case_count", "fraud_loss"),
        "unit",
        "受骗人所在的学院和单位",
        note="各单位人数不同，起数不排名；损失小字是填了金额的案件数。",
    )
    board.latest(page, "fraud_case_count", "最近的案件")


def dissuaded(page: Page) -> None:
    """What the station did: people talked out of it, people reached."""
    if missing_exports.offered(page, "fraud_outreach"):
        return
    board.tiles(page, OUTREACH)
    kept = page.measured("fraud_dissuaded_rate", by="unit")
    if (kept["unit"] != NOT_FILLED).any():
        board.by(page, ("fraud_dissuaded_count", "fraud_dissuaded_rate"), "unit", "各学院和单位的劝阻")
    board.latest(page, "fraud_dissuaded_count", "最近的劝阻")


TABS = {"案事件": called, "到场": on_the_spot, "受骗案件": deceived, "劝阻与宣传": dissuaded}


def draw_tabs(page: Page) -> None:
    """Each tab asks its questions only when opened."""
    for name, tab in zip(TABS, st.tabs(list(TABS), key="tab", bind="query-params"), strict=True):
        if tab.open:
            with tab:
                TABS[name](page)
