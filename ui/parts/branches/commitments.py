"""The commitments page's parts: what units signed, what branches do with their partners, what the meeting assigned;
honours as evidence, points for reference only."""

import streamlit as st

from metrics.ask.reading import answerable
from metrics.define import catalogue
from metrics.define import tables as known_tables
from ui.frame import data, missing_exports
from ui.frame.page import Page
from ui.widgets import board, tables

TILES = (
    "pledge_signed_rate",
    "pairing_action_rate",
    "joint_action_count",
    "assignment_on_time_rate",
    "assignment_overdue_open",
    "brand_task_on_time_rate",
)
TABLES = ("pledges", "pairings", "assignments")


def draw(page: Page) -> None:
    """Sentence, tiles, then one tab a commitment, computed when opened."""
    page.headline(sentence(page))
    board.tiles(page, TILES)
    tabs = {
        "责任状": _pledges,
        "结对共建": _pairings,
        "督办": _assignments,
        "荣誉": _honours,
        "积分（仅供参考）": _points,
    }
    for name, tab in zip(tabs, st.tabs(list(tabs), key="tab", bind="query-params"), strict=True):
        if tab.open:
            with tab:
                tabs[name](page)


def sentence(page: Page) -> str:
    """「责任状已签 18 / 20 个单位；结对 10 对，本学期 6 对有行动；
    学校台账的督办到期 25 项，按期完成 21 项，逾期未完成 3 项」"""
    parts = []
    if (signed := board.value(page, "pledge_signed_rate")) is not None and signed["whole"]:
        parts.append(f"责任状已签 {signed['part']:.0f} / {signed['whole']:.0f} 个单位")
    if (acting := board.value(page, "pairing_action_rate")) is not None and acting["whole"]:
        parts.append(f"结对 {acting['whole']:.0f} 对，其中 {acting['part']:.0f} 对本学期有行动")
    done, late = board.value(page, "assignment_on_time_rate"), board.value(page, "assignment_overdue_open")
    if done is not None and late is not None:
        overdue = late["part"]
        parts.append(
            f"学校台账的督办到期 {done['whole']:.0f} 项，按期完成 {done['part']:.0f} 项，逾期未完成 {overdue:.0f} 项"
        )
    asked = (catalogue.get(key) for key in ("pledge_signed_rate", "pairing_action_rate", "assignment_overdue_open"))
    cannot = filter(None, (answerable.why_not(page.build, metric, (), page.selection) for metric in asked))
    lost = [missing_exports.title(page.build, table) for table in TABLES if missing_exports.missing(page.build, table)]
    return "；".join([*parts, *cannot, *([f"还没有收到{'、'.join(lost)}的导出"] if lost else [])])


def _pledges(page: Page) -> None:
    board.latest(
        page,
        "pledge_signed_rate",
        "本年度还没有签订的单位",
        which="miss",
        limit=30,
        order="unit",
        nothing="应签的单位都签了。",
        columns=("unit", "post", "due_at", "days_late"),
    )
    board.latest(
        page,
        "pledge_signed_rate",
        "本年度已经签订的单位",
        which="part",
        limit=30,
        order="-days_late",
        columns=("unit", "due_at", "signed_at", "days_late"),
        nothing="还没有一个单位签订。",
    )
    st.caption("应签的单位以单位名录为准，没有出现在台账里的也算未签；没有写期限的按 3 月底。")


def _pairings(page: Page) -> None:
    board.latest(
        page,
        "pairing_action_rate",
        "本学期还没有共同行动的结对",
        which="miss",
        limit=20,
        order="partner",
        nothing="每一对本学期都有行动。",
        columns=("branch_id", "partner", "term_label", "starts_at", "ends_at"),
    )
    board.latest(
        page,
        "joint_action_count",
        "最近的共建行动",
        limit=10,
        columns=("held_at", "branch_id", "partner", "title", "people"),
    )
    page.link("查看全部结对", "records", table="pairings", period="近208周")


def _assignments(page: Page) -> None:
    board.latest(
        page,
        "assignment_overdue_open",
        "逾期未完成的事项",
        which="part",
        limit=20,
        order="due_at",
        nothing="没有逾期未完成的事项。",
        columns=("assignment_id", "title", "unit", "post", "assigned_at", "due_at", "reason"),
    )
    board.by(page, ("assignment_on_time_rate", "assignment_overdue_open"), "unit", "各单位的台账督办")
    st.caption("这里是学校以往用表格记的督办台账；在本系统里交办的事项见“督办”。")


def _honours(page: Page) -> None:
    board.latest(
        page,
        "honours",
        "最近的表彰荣誉",
        limit=20,
        columns=("awarded_at", "title", "level", "branch_id", "issuer", "evidence"),
        nothing="这段时间没有登记表彰荣誉。",
    )
    st.caption("荣誉只作为依据陈列，不进任何比率，也不用来比较支部。")


def _points(page: Page) -> None:
    st.info("仅供参考：积分按学校自己的表原样列出，不排名，不进任何评价。", icon=":material/info:")
    if missing_exports.missing(page.build, "points"):
        board.latest(page, "points", "积分记录")
        return
    names = ("scored_at", "subject", "period", "category", "points")
    rows, total = data.listed(page.build, "points", None, page.selection, limit=40, columns=names, scope=page.scope)
    table = known_tables.get("points")
    columns = [
        tables.Column(name, table.label(name), {"scored_at": "day", "points": "decimal"}.get(name, "text"))
        for name in names
    ]
    tables.draw(rows, columns, key="points", nothing="没有登记积分。")
    st.caption(f"共 {total:,} 条，列出最近的 {len(rows):,} 条，不受上面的时段限制。")
    page.link("查看全部记录", "records", table="points", period="近208周")
