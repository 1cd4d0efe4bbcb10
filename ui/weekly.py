"""The weekly meeting's page: which week, its few signals, what is overdue and whose it is."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import streamlit as st

from metrics import overdue, terms
from metrics.headline import answer
from metrics.signals import Signal, Signals
from metrics.window import WEEK, monday
from ui import links, quality, tables, theme
from ui.filters import PLACES, Filters
from ui.menu import FILES
from ui.page import Page
from ui.tables import Column
from ui.words import escaped, plain

TILES = (
    "ticket_response_rate",
    "ticket_on_time_rate",
    "ticket_satisfaction_rate",
    "hazard_on_time_rate",
    "hazard_overdue_open",
    "ticket_count",
)
EARLIEST = date(2000, 1, 3)


def choose_week(page: Page) -> date:
    """Monday of the week the URL asks for, or of the last whole week; arrows to the neighbours in the filter bar."""
    last = terms.last_whole_week(page.build).start
    week = _asked(last)
    span = f"{week:%m-%d} 至 {week + timedelta(days=6):%m-%d}"
    label = terms.week_label(page.build, week)
    bar = page.bar
    bar.button("上一周", icon=":material/chevron_left:", key="week_before", on_click=_go, args=(week - WEEK, last), disabled=week <= EARLIEST)
    bar.markdown(f"**{plain(label)}** {plain(f'{week:%Y} 年 {span}')}", width="content")
    bar.button("下一周", icon=":material/chevron_right:", icon_position="right", key="week_after", on_click=_go, args=(week + WEEK, last), disabled=week >= last)
    return week


def _asked(last: date) -> date:
    text = st.query_params.get("week")
    if text is None:
        return last
    try:
        week = monday(date.fromisoformat(text))
    except ValueError:
        week = None
    if week is None or not EARLIEST <= week <= last:
        st.warning(f"没有链接里说的那一周，已显示最近一个完整周（{last} 起）。")
        return last
    return week


def _go(week: date, last: date) -> None:
    if week >= last:
        st.query_params.pop("week", None)
    else:
        st.query_params["week"] = week.isoformat()


def headline(page: Page, week: date, found: Signals) -> str:
    """The week's sentence, with what may be said of a week that is not whole."""
    return answer(page.build, week, found.sentence)


def warn_if_half_loaded(page: Page, week: date) -> None:
    """A week whose sources were exported before it ended is not the whole week: say which and since when."""
    missing = quality.unfinished(page.build.name, datetime.combine(week + WEEK, time.min))
    if missing:
        st.warning(f"{plain('，'.join(missing), 300)}：这一周的数字不全，先不要比较。")


def draw_overdue(page: Page, week: date) -> None:
    """The list with a button a row that opens the records behind it."""
    frame = overdue.by_unit(page.build, week, page.selection, page.scope)
    st.subheader("逾期在谁那里", anchor=False)
    kinds = overdue.shown(page.build)
    shown = kinds.values()
    columns = [
        Column("unit", "责任部门", width=132),
        *(Column(noun, f"逾期{noun}（{counted}）", "bar", 118) for noun, counted in overdue.COUNTED.items() if noun in shown),
        *(Column(f"{noun}最早期限", f"{noun}最早期限", "day") for noun in shown),
        *(Column(f"open_{noun}", f"{noun}记录", f"button:overdue_{noun}") for noun in shown),
    ]
    frame = frame.assign(**{f"open_{noun}": f"查看{noun}" for noun in shown})
    st.caption(f"截至 {overdue.counted_on(page.build, week)} 仍未了结、已过期限的。")
    tables.draw(frame, columns, key="overdue", nothing=overdue.nothing(page.build, week))
    for metric_key, noun in kinds.items():
        if clicked := st.session_state.get(f"overdue_{noun}"):
            open_records(page, week, metric_key, which="part", unit=frame["unit"].iloc[clicked["row"]], order="old")


def open_records(page: Page, week: date, metric_key: str, **extra: str) -> None:
    """Go to the records of that week."""
    st.switch_page(FILES["records"], query_params=links.query(in_week(page, week), metric=metric_key, **extra))


def in_week(page: Page, week: date) -> Filters:
    """The page's filters narrowed to the seven days of one week."""
    return replace(page.filters, first_day=week, last_day=week + timedelta(days=6))


def draw_signals(page: Page, found: Signals) -> None:
    """This week's few things, strongest first; none is a result too, and chance is given its due in every case."""
    st.subheader("本周信号", anchor=False)
    if not found.items:
        st.markdown("无明显变化（正常波动）。" if found.tested else "数据不足，还不能判断。")
    for number, signal in enumerate(found.items, start=1):
        with st.container(border=True, key=f"signal_{number}", gap="xxsmall"):
            colour = theme.NEUTRAL if signal.good is None else theme.GOOD if signal.good else theme.BAD
            chip = f'<span class="tile-verdict" style="color:{colour};border-color:{colour}">{escaped(signal.verdict)}</span>'
            st.html(f'<div class="signal">{chip}<span>{number}. {escaped(signal.sentence)}</span></div>')
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(f"归口：{plain(signal.responsible, 120)}", width="content")
                _signal_links(page, signal)
    st.caption(plain(found.note, 300))


def _signal_links(page: Page, signal: Signal) -> None:
    places = {field: getattr(signal.only, field) for field in PLACES}
    here = replace(page.filters, first_day=signal.window.start, last_day=signal.window.last_day, **places)
    links.link("查看记录", "records", here, metric=signal.metric, which=signal.which)
    links.link("看趋势", "trends", replace(page.filters, **places), metric=signal.metric)


def draw_health(page: Page) -> None:
    """Sources that are late: what the numbers above may lack."""
    late = quality.late(page.build.name)
    if not late:
        st.caption("所有来源都按时更新。")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="late"):
        st.markdown(f":material/warning: {plain('，'.join(late[:5]), 300)}；以上数字可能不全。", width="content")
        page.link("打开数据体检", "quality")
