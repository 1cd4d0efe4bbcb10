"""零报告's parts: a card a kind of event with its days, previous best and whether the zero is alive; the evidence;
rare events."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from metrics.define import numbers
from metrics.define import tables as known_tables
from metrics.duties import liveness, rare_events, streaks
from metrics.duties.streaks import Streak
from metrics.methods import spc
from metrics.methods.verdict import FEW, WORDS
from ui.charts import colours
from ui.charts import rare as charts_rare
from ui.frame import choice, missing_exports, states, words
from ui.frame.cache import cached
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
_TONES = {streaks.ALIVE: colours.GOOD, streaks.SILENT: colours.BAD, streaks.RECENT: colours.BAD}
_zero_streaks = cached(streaks.streaks)
_rare_categories, _rare_event = cached(rare_events.categories), cached(rare_events.between)


def draw(page: Page) -> None:
    """Sentence, cards, evidence, rare events, the list of kinds."""
    every = _zero_streaks(page.build, scope=page.scope)
    page.headline(streaks.headline(every))
    if not every:
        states.empty(
            "还没有零报告类型的清单。",
            remedy="请在 data/school/zero_types.csv 里写明哪些类别不得发生，下一次构建就会计数。",
        )
        return
    _cards(page, every)
    if missing_exports.missing(page.build, "incidents"):
        states.empty(
            missing_exports.sentence(page.build, "incidents"), remedy="没有案事件记录，零就无从谈起：不画天数。"
        )
        page.link("取空表", "quality", source=missing_exports.source(page.build, "incidents"))
        return
    with st.grid(2, min_column_width=420, gap="medium"):
        with st.container():
            _evidence(page, every)
        with st.container():
            _rare(page)
    _types(page, every)


def _cards(page: Page, every: tuple[Streak, ...]) -> None:
    with st.grid(3, min_column_width=250, gap="small"):
        for streak in every:
            with st.container(border=True, key=f"tile_zero_{streak.type_id}", gap="xxsmall", height="stretch"):
                st.html(card(streak))
                _card_links(page, streak)


def _card_links(page: Page, streak: Streak) -> None:
    """The events of a kind, and those a person must look at."""
    if streak.days is None:
        return
    query = _question(page, streak)
    with st.container(horizontal=True, gap="xsmall", key=f"tile_links_zero_{streak.type_id}"):
        if streak.suspected:
            page.link("核对疑似", "records", metric="zero_suspected_count", **query)
        page.link("看记录", "records", metric="zero_event_count", **query)


def _question(page: Page, streak: Streak) -> dict[str, str]:
    """Cell and days of all that is on record of a kind."""
    return {"cell": f"category:{streak.label}", "since": f"{streak.start}", "until": f"{page.build.data_date:%Y-%m-%d}"}


def card(streak: Streak) -> str:
    """The inside of one card; a silent zero is a warning and looks like one."""
    shade = _TONES.get(streak.alive, colours.NEUTRAL)
    number = numbers.exact_number(streak.days) if streak.days is not None else "—"
    unit = "天" if streak.days is not None else "没有数据"
    lines = [_record(streak), _whence(streak), f"另有 {streak.suspected} 起疑似" if streak.suspected else ""]
    below = "".join(f'<div class="tile-line">{escaped(line)}</div>' for line in lines if line)
    return (
        f'<div class="tile-top"><span class="tile-label">{escaped(streak.label)}</span>'
        f'<span class="tile-verdict" style="color:{shade};border-color:{shade}">{escaped(streak.alive)}</span></div>'
        f'<div class="tile-middle"><span class="tile-number">{escaped(number)}<small> {escaped(unit)}</small>'
        f"</span></div>{below}"
    )


def _record(streak: Streak) -> str:
    if streak.days is None:
        return "没有案事件记录，不计天数"
    if streak.previous_best is None:
        return "有记录以来没有发生过"
    best = f"{numbers.exact_number(streak.previous_best)} 天（到 {streak.previous_best_ended}）"
    return f"已超过以往最长的 {best}" if streak.is_record else f"以往最长 {best}"


def _whence(streak: Streak) -> str:
    if streak.days is None:
        return f"自 {streak.start} 起登记" if streak.start else ""
    return f"最近一起 {streak.last}" if streak.last else f"记录从 {streak.start} 起"


def _evidence(page: Page, every: tuple[Streak, ...]) -> None:
    proof = every[0].evidence
    silent = [stream.label for stream in proof if stream.is_silent]
    st.markdown(
        f"**{'、'.join(silent) + '沉默了：先查有没有人在报' if silent else '这些零旁边，有没有人在报、在巡、在查'}**"
    )
    frame = pd.DataFrame([_row(stream) for stream in proof])
    tables.draw(frame, EVIDENCE, key="liveness", height="content")
    weeks = next((_weeks(stream.until) for stream in proof if stream.until), "")
    st.caption(
        words.plain(f"{weeks}四周收到的，对往年同一教学周的平均（没有往年的对同学期前几周）。{liveness.HOW}", 300)
    )
    with st.container(horizontal=True, gap="small"):
        for stream in (stream for stream in proof if stream.is_judged):
            if (end := stream.until) is None:
                continue
            days = {"since": f"{end - timedelta(weeks=liveness.WEEKS)}", "until": f"{end - timedelta(days=1)}"}
            for table in liveness.STREAMS[stream.label]:
                if not missing_exports.missing(page.build, table):
                    page.link(known_tables.get(table).title, "records", table=table, **days)


def _weeks(end: date) -> str:
    """「10-19 至 11-15 」: the weeks that end before `end`."""
    return f"{end - timedelta(weeks=liveness.WEEKS):%m-%d} 至 {end - timedelta(days=1):%m-%d} "


def _row(evidence: liveness.Evidence) -> dict:
    is_expected = evidence.expected == evidence.expected and evidence.expected > 0
    state = evidence.state if evidence.state != liveness.STOPPED else f"{evidence.state}（只到 {evidence.until}）"
    return {
        "label": evidence.label,
        "observed": evidence.observed,
        "expected": evidence.expected if is_expected else float("nan"),
        "share": evidence.observed / evidence.expected if is_expected else float("nan"),
        "state": state,
    }


def _rare(page: Page) -> None:
    """How far apart the rarer incidents lie, one category at a time."""
    offered = _rare_categories(page.build, scope=page.scope)
    if not offered:
        states.empty("没有发生得很少、又够画图的案事件类别。", remedy="")
        return
    usual = next((name for name in reversed(offered) if offered[name] > spc.PROVISIONAL_BELOW), next(iter(offered)))
    category = choice.select(
        "少发的案事件", "rare", {name: f"{name}（{count} 起）" for name, count in offered.items()}, usual, width=260
    )
    gaps = _rare_event(page.build, category, scope=page.scope)
    title = f"{category}：{gaps.verdict.told}" if gaps else f"{category}：{WORDS[FEW]}"
    figure = charts_rare.days_between(gaps, title=title, subtitle="相邻两起之间隔的天数（少发事件不按周画）")
    chart_show.show(
        figure,
        "rare",
        lambda day: (
            page.open("records", metric="incident_count", cell=f"category:{category}", since=day, until=day)
            if day
            else None
        ),
        hint="点一个点看那一天的记录",
    )
    if gaps:
        st.caption(words.plain(gaps.sentence, 200) + "。空心点是还在走的间隔。")


def _types(page: Page, every: tuple[Streak, ...]) -> None:
    st.markdown("**各类型从哪天数起，凭什么算**")
    frame = pd.DataFrame(
        [
            {
                "label": streak.label,
                "days": streak.days,
                "since": streak.since,
                "best": streak.previous_best,
                "ended": streak.previous_best_ended,
                "events": streak.events,
                "suspected": streak.suspected,
                "start": streak.start,
                "basis": streak.basis,
                "open": "查看",
            }
            for streak in every
        ]
    ).astype({"days": "Int64", "best": "Int64"})
    tables.draw(frame, TYPES, key="zero_types", height="content")
    st.caption("类别和等级决定算不算；只有用词像的列为疑似，不中断天数，请核对后改正类别。清单由学校维护。")
    if clicked := st.session_state.get("open_zero"):
        streak = every[clicked["row"]]
        what = "zero_event_count" if streak.events or not streak.suspected else "zero_suspected_count"
        page.open("records", metric=what, **_question(page, streak))
    tables.downloads(frame.drop(columns="open"), TYPES[:-1], f"零报告_{page.build.data_date:%Y%m%d}", key="zero_file")
