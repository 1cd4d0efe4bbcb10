"""零报告's parts: a card a kind of event with its days, previous best and whether the zero is alive; the evidence; rare events."""

import pandas as pd
import streamlit as st

from metrics import liveness, numbers, streaks
from metrics.streaks import Streak
from ui import chart_show, charts_rare, choice, data, lacking, states, tables, theme, words
from ui.page import Page
from ui.words import escaped

LINKS = {"tickets": "ticket_count", "hazards": "hazard_count", "incidents": "incident_count"}
EVIDENCE = [
    tables.Column("label", "什么在来"), tables.Column("weeks", "哪四周"), tables.Column("observed", "收到（件）", "count"),
    tables.Column("expected", "按往年同期应有（件）", "count"), tables.Column("share", "收到 ÷ 应有", "percent"), tables.Column("rests", "比的是"), tables.Column("state", "判断"),
]  # fmt: skip
TYPES = [
    tables.Column("label", "类型"), tables.Column("days", "连续天数", "count"), tables.Column("since", "从哪天起", "day"), tables.Column("best", "以往最长（天）", "count"),
    tables.Column("ended", "那一段到", "day"), tables.Column("events", "有记录以来（起）", "count"), tables.Column("suspected", "疑似待核对（起）", "count"),
    tables.Column("start", "记录从", "day"), tables.Column("basis", "依据"), tables.Column("open", "记录", "button:open_zero"),
]  # fmt: skip
_TONES = {streaks.ALIVE: theme.GOOD, streaks.SILENT: theme.BAD, streaks.RECENT: theme.BAD}


def draw(page: Page) -> None:
    """Sentence, cards, evidence, rare events, the list of kinds."""
    found = data.zero_streaks(page.build.name, page.scope)
    page.headline(streaks.headline(found))
    if not found:
        states.empty("还没有零报告类型的清单。", remedy="请在 data/school/zero_types.csv 里写明哪些类别不得发生，下一次构建就会计数。")
        return
    _cards(found)
    if lacking.missing(page.build.name, "incidents"):
        states.empty(lacking.sentence(page.build.name, "incidents"), remedy="没有案事件记录，零就无从谈起：不画天数。")
        page.link("取空表", "quality", source=lacking.source(page.build.name, "incidents"))
        return
    with st.grid(2, min_column_width=420, gap="medium"):
        with st.container():
            _evidence(page, found)
        with st.container():
            _rare(page)
    _types(page, found)


def _cards(found: tuple[Streak, ...]) -> None:
    with st.grid(3, min_column_width=250, gap="small"):
        for one in found:
            with st.container(border=True, key=f"tile_zero_{one.type_id}", gap="xxsmall", height="stretch"):
                st.html(card(one))


def card(one: Streak) -> str:
    """The inside of one card; a silent zero is a warning and looks like one."""
    shade = _TONES.get(one.alive, theme.NEUTRAL)
    number = numbers.exact_number(one.days) if one.days is not None else "—"
    unit = "天" if one.days is not None else "没有数据"
    lines = [_record(one), _whence(one), f"{one.suspected} 起疑似待核对" if one.suspected else ""]
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
    return f"最近一起 {one.last} · 记录从 {one.start}" if one.last else f"记录从 {one.start}"


def _evidence(page: Page, found: tuple[Streak, ...]) -> None:
    proof = found[0].evidence
    silent = [one.label for one in proof if one.is_silent]
    st.markdown(f"**{'、'.join(silent) + '沉默了：先查有没有人在报' if silent else '这些零旁边，有没有人在报、在巡、在查'}**")
    frame = pd.DataFrame([_row(one) for one in proof])
    tables.draw(frame, EVIDENCE, key="liveness", height="content")
    st.caption(words.plain(liveness.HOW, 300))
    with st.container(horizontal=True, gap="small"):
        for one in proof:
            if one.table in LINKS and one.until:
                days = {"from": (one.until - pd.Timedelta(days=7 * liveness.WEEKS)).isoformat()[:10], "to": (one.until - pd.Timedelta(days=1)).isoformat()[:10]}
                page.link(f"{one.label}的记录", "records", metric=LINKS[one.table], **days)


def _row(one: liveness.Evidence) -> dict:
    weeks = f"{one.until - pd.Timedelta(days=7 * liveness.WEEKS):%m-%d} 至 {one.until - pd.Timedelta(days=1):%m-%d}" if one.until else "—"
    known = one.expected == one.expected and one.expected > 0
    rests = f"往年同期 {one.rests_on} 年" if one.rests_on else "同学期前几周" if known else "—"
    state = one.state if one.state != liveness.STOPPED else f"{one.state}（只到 {one.until}）"
    return {"label": one.label, "weeks": weeks, "observed": one.observed, "expected": round(one.expected) if known else float("nan"),
            "share": one.observed / one.expected if known else float("nan"), "rests": rests, "state": state}  # fmt: skip


def _rare(page: Page) -> None:
    """How far apart the rarer incidents lie, one category at a time."""
    offered = data.rare_categories(page.build.name, page.scope)
    if not offered:
        states.empty("没有发生得很少、又够画图的案事件类别。", remedy="")
        return
    category = choice.select("少发的案事件", "rare", {one: f"{one}（{count} 起）" for one, count in offered.items()}, next(iter(offered)), width=260)
    found = data.rare_event(page.build.name, category, page.scope)
    title = f"{category}：{found.verdict}" if found else f"{category}：次数太少"
    figure = charts_rare.between(found, title=title, subtitle="相邻两起之间隔的天数（t 图，少发事件不按周画）")
    chart_show.show(figure, "rare", lambda day: page.open("records", metric="incident_count", cell=f"category:{category}", **{"from": day, "to": day}) if day else None,
                    hint="点一个点看那一天的记录")  # fmt: skip
    if found:
        st.caption(words.plain(found.sentence, 200) + "。空心点是还在走的间隔。")


def _types(page: Page, found: tuple[Streak, ...]) -> None:
    st.markdown("**各类型从哪天数起，凭什么算**")
    frame = pd.DataFrame([
        {"label": one.label, "days": one.days, "since": one.since, "best": one.previous_best, "ended": one.previous_best_ended, "events": one.events,
         "suspected": one.suspected, "start": one.start, "basis": one.basis, "open": "查看"}
        for one in found
    ]).astype({"days": "Int64", "best": "Int64"})  # fmt: skip
    tables.draw(frame, TYPES, key="zero_types", height="content")
    st.caption("类别和等级决定算不算；只有用词像的列为疑似，不中断天数，请核对后改正类别。清单在 data/school/zero_types.csv。")
    if clicked := st.session_state.get("open_zero"):
        one = found[clicked["row"]]
        what = "zero_event_count" if one.events or not one.suspected else "zero_suspected_count"
        page.open("records", metric=what, cell=f"category:{one.label}", **{"from": f"{one.start}", "to": f"{page.build.data_date:%Y-%m-%d}"})
    tables.downloads(frame.drop(columns="open"), TYPES[:-1], f"零报告_{page.build.data_date:%Y%m%d}", key="zero_file")
