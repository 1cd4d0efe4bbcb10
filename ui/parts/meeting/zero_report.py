"""零报告's parts: a card a kind of event with its days, previous best and whether the zero is alive; the evidence; rare events."""

from datetime import timedelta

import pandas as pd
import streamlit as st

from metrics.define import numbers
from metrics.define import tables as known_tables
from metrics.duties import liveness, streaks
from metrics.duties.streaks import Streak
from metrics.methods import spc
from ui.charts import rare as charts_rare
from ui.frame import choice, data, missing_exports, states, theme, words
from ui.frame.page import Page
from ui.frame.words import escaped
from ui.widgets import chart_show, tables

EVIDENCE = [
    tables.Column("label", "什么在来", width=80),
    tables.Column("observed", "收到（件）", "count"),
    tables.Column("expected", "同期应有（件）", "decimal"),
    tables.Column("share", "收到 ÷ 应有", "percent"),
    tables.Column("state", "判断"),
]
TYPES = [
    tables.Column("label", "类型"),
    tables.Column("days", "连续天数", "count"),
    tables.Column("since", "从哪天起", "day"),
    tables.Column("best", "以往最长（天）", "count"),
    tables.Column("ended", "那一段到", "day"),
    tables.Column("events", "有记录以来（起）", "count"),
    tables.Column("suspected", "疑似待核对（起）", "count"),
    tables.Column("start", "记录从", "day"),
    tables.Column("basis", "依据"),
    tables.Column("open", "记录", "button:open_zero"),
]
_TONES = {streaks.ALIVE: theme.GOOD, streaks.SILENT: theme.BAD, streaks.RECENT: theme.BAD}


def draw(page: Page) -> None:
    """Sentence, cards, evidence, rare events, the list of kinds."""
    found = data.zero_streaks(page.build.name, page.scope)
    page.headline(streaks.headline(found))
    if not found:
        states.empty(
            "还没有零报告类型的清单。",
            remedy="请在 data/school/zero_types.csv 里写明哪些类别不得发生，下一次构建就会计数。",
        )
        return
    _cards(page, found)
    if missing_exports.missing(page.build.name, "incidents"):
        states.empty(
            missing_exports.sentence(page.build.name, "incidents"), remedy="没有案事件记录，零就无从谈起：不画天数。"
        )
        page.link("取空表", "quality", source=missing_exports.source(page.build.name, "incidents"))
        return
    with st.grid(2, min_column_width=420, gap="medium"):
        with st.container():
            _evidence(page, found)
        with st.container():
            _rare(page)
    _types(page, found)


def _cards(page: Page, found: tuple[Streak, ...]) -> None:
    with st.grid(3, min_column_width=250, gap="small"):
        for one in found:
            with st.container(border=True, key=f"tile_zero_{one.type_id}", gap="xxsmall", height="stretch"):
                st.html(card(one))
                _card_links(page, one)


def _card_links(page: Page, one: Streak) -> None:
    """The events of a kind, and those a person must look at."""
    if one.days is None:
        return
    asked = _asked(page, one)
    with st.container(horizontal=True, gap="xsmall", key=f"tile_links_zero_{one.type_id}"):
        if one.suspected:
            page.link("核对疑似", "records", metric="zero_suspected_count", **asked)
        page.link("看记录", "records", metric="zero_event_count", **asked)


def _asked(page: Page, one: Streak) -> dict[str, str]:
    """Cell and days of all that is on record of a kind."""
    return {"cell": f"category:{one.label}", "from": f"{one.start}", "to": f"{page.build.data_date:%Y-%m-%d}"}


def card(one: Streak) -> str:
    """The inside of one card; a silent zero is a warning and looks like one."""
    shade = _TONES.get(one.alive, theme.NEUTRAL)
    number = numbers.exact_number(one.days) if one.days is not None else "—"
    unit = "天" if one.days is not None else "没有数据"
    lines = [_record(one), _whence(one), f"另有 {one.suspected} 起疑似" if one.suspected else ""]
    below = "".join(f'<div class="tile-line">{escaped(line)}</div>' for line in lines if line)
    return (
        f'<div class="tile-top"><span class="tile-label">{escaped(one.label)}</span>'
        f'<span class="tile-verdict" style="color:{shade};border-color:{shade}">{escaped(one.alive)}</span></div>'
        f'<div class="tile-middle"><span class="tile-number">{escaped(number)}<small> {escaped(unit)}</small></span></div>{below}'
    )


def _record(one: Streak) -> str:
    if one.days is None:
        return "没有案事件记录，不计天数"
    if one.previous_best is None:
        return "有记录以来没有发生过"
    best = f"{numbers.exact_number(one.previous_best)} 天（到 {one.previous_best_ended}）"
    return f"已超过以往最长的 {best}" if one.is_record else f"以往最长 {best}"


def _whence(one: Streak) -> str:
    if one.days is None:
        return f"自 {one.start} 起登记" if one.start else ""
    return f"最近一起 {one.last}" if one.last else f"记录从 {one.start} 起"


def _evidence(page: Page, found: tuple[Streak, ...]) -> None:
    proof = found[0].evidence
    silent = [one.label for one in proof if one.is_silent]
    st.markdown(
        f"**{'、'.join(silent) + '沉默了：先查有没有人在报' if silent else '这些零旁边，有没有人在报、在巡、在查'}**"
    )
    frame = pd.DataFrame([_row(one) for one in proof])
    tables.draw(frame, EVIDENCE, key="liveness", height="content")
    weeks = next((_weeks(one) for one in proof if one.until), "")
    st.caption(
        words.plain(f"{weeks}四周收到的，对往年同一教学周的平均（没有往年的对同学期前几周）。{liveness.HOW}", 300)
    )
    with st.container(horizontal=True, gap="small"):
        for one in (one for one in proof if one.until and one.is_judged):
            days = {"from": f"{one.until - timedelta(weeks=liveness.WEEKS)}", "to": f"{one.until - timedelta(days=1)}"}
            for table in liveness.STREAMS[one.label]:
                if not missing_exports.missing(page.build.name, table):
                    page.link(known_tables.get(table).title, "records", table=table, **days)


def _weeks(one: liveness.Evidence) -> str:
    return f"{one.until - timedelta(weeks=liveness.WEEKS):%m-%d} 至 {one.until - timedelta(days=1):%m-%d} "


def _row(one: liveness.Evidence) -> dict:
    known = one.expected == one.expected and one.expected > 0
    state = one.state if one.state != liveness.STOPPED else f"{one.state}（只到 {one.until}）"
    return {
        "label": one.label,
        "observed": one.observed,
        "expected": one.expected if known else float("nan"),
        "share": one.observed / one.expected if known else float("nan"),
        "state": state,
    }


def _rare(page: Page) -> None:
    """How far apart the rarer incidents lie, one category at a time."""
    offered = data.rare_categories(page.build.name, page.scope)
    if not offered:
        states.empty("没有发生得很少、又够画图的案事件类别。", remedy="")
        return
    usual = next((one for one in reversed(offered) if offered[one] > spc.PROVISIONAL_BELOW), next(iter(offered)))
    category = choice.select(
        "少发的案事件", "rare", {one: f"{one}（{count} 起）" for one, count in offered.items()}, usual, width=260
    )
    found = data.rare_event(page.build.name, category, page.scope)
    title = f"{category}：{found.verdict}" if found else f"{category}：次数太少"
    figure = charts_rare.between(found, title=title, subtitle="相邻两起之间隔的天数（t 图，少发事件不按周画）")
    chart_show.show(
        figure,
        "rare",
        lambda day: (
            page.open("records", metric="incident_count", cell=f"category:{category}", **{"from": day, "to": day})
            if day
            else None
        ),
        hint="点一个点看那一天的记录",
    )
    if found:
        st.caption(words.plain(found.sentence, 200) + "。空心点是还在走的间隔。")


def _types(page: Page, found: tuple[Streak, ...]) -> None:
    st.markdown("**各类型从哪天数起，凭什么算**")
    frame = pd.DataFrame(
        [
            {
                "label": one.label,
                "days": one.days,
                "since": one.since,
                "best": one.previous_best,
                "ended": one.previous_best_ended,
                "events": one.events,
                "suspected": one.suspected,
                "start": one.start,
                "basis": one.basis,
                "open": "查看",
            }
            for one in found
        ]
    ).astype({"days": "Int64", "best": "Int64"})
    tables.draw(frame, TYPES, key="zero_types", height="content")
    st.caption(
        "类别和等级决定算不算；只有用词像的列为疑似，不中断天数，请核对后改正类别。清单在 data/school/zero_types.csv。"
    )
    if clicked := st.session_state.get("open_zero"):
        one = found[clicked["row"]]
        what = "zero_event_count" if one.events or not one.suspected else "zero_suspected_count"
        page.open("records", metric=what, **_asked(page, one))
    tables.downloads(frame.drop(columns="open"), TYPES[:-1], f"零报告_{page.build.data_date:%Y%m%d}", key="zero_file")
