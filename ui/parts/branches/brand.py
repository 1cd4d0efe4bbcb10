"""What the branches promised and did: brand plans, yearly tasks with their evidence, activities; honours as
evidence."""

import streamlit as st

from ui.frame import data, missing_exports, states
from ui.frame.page import Page
from ui.widgets import board, tables

DONE = (
    "brand_task_on_time_rate",
    "brand_task_evidence_rate",
    "activity_count",
    "activity_people",
    "activity_reach",
    "joint_action_count",
)
PLAN = {
    "branch_id": "党支部",
    "brand": "名称",
    "meaning": "内涵",
    "carrier": "载体",
    "effect": "成效",
    "year_text": "年度",
}


def draw_tabs(page: Page) -> None:
    """A tab each, computed when opened."""
    tabs = {"品牌任务与活动": _done, "缺佐证与逾期": _lacking, "品牌计划": _plans, "荣誉（作为依据）": _honours}
    for name, tab in zip(tabs, st.tabs(list(tabs), key="brand", bind="query-params"), strict=True):
        if tab.open:
            with tab:
                tabs[name](page)


def _done(page: Page) -> None:
    board.by(
        page,
        DONE,
        "branch",
        "品牌任务与活动",
        note="没有佐证材料的任务不算完成。活动次数、人次只说明做了什么，多少不作评价，也不排名。",
    )
    for table in ("brand_tasks", "activities", "joint_actions"):
        if missing_exports.missing(page.build, table):
            states.empty(missing_exports.sentence(page.build, table), remedy="")
            page.link("取空表", "quality", source=missing_exports.source(page.build, table))


def _lacking(page: Page) -> None:
    board.latest(
        page,
        "brand_task_evidence_rate",
        "自报完成而没有佐证的任务（不算完成）",
        which="miss",
        limit=20,
        order="due_at",
        columns=("branch_id", "title", "due_at", "done_at", "evidence"),
        nothing="自报完成的任务都有佐证。",
    )
    board.latest(
        page,
        "brand_task_overdue_open",
        "逾期未完成或没有佐证的任务",
        which="part",
        limit=20,
        order="-due_at",
        columns=("branch_id", "title", "due_at", "status_text", "evidence"),
        nothing="没有逾期的任务。",
    )


def _plans(page: Page) -> None:
    """The newest plan of every branch; a plan is of a year, so the page's period does not narrow it."""
    if missing_exports.missing(page.build, "brand_plans"):
        states.empty(missing_exports.sentence(page.build, "brand_plans"), remedy="")
        page.link("取空表", "quality", source="brand_plans")
        return
    rows, _ = data.listed(
        page.build,
        "brand_plans",
        None,
        page.selection,
        order="-starts_at",
        limit=None,
        columns=tuple(PLAN),
        scope=page.scope,
    )
    newest = rows.drop_duplicates("branch_id").sort_values("branch_id")
    columns = [tables.Column(name, label) for name, label in PLAN.items()]
    tables.draw(board.words_for(page, newest), columns, key="brand_plans", nothing="没有品牌计划。", height="content")
    page.link("查看历年计划", "records", table="brand_plans", period="近208周")


def _honours(page: Page) -> None:
    board.latest(
        page,
        "honours",
        "表彰荣誉",
        limit=20,
        columns=("awarded_at", "title", "level", "branch_id", "issuer", "evidence"),
        nothing="这段时间没有登记表彰荣誉，可以把时段放宽。",
    )
    st.caption("荣誉只作为依据陈列，不进任何比率，也不用来比较支部。")
