"""演练与培训, what lies deeper: one part at a time, computed only when it is looked at."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from metrics.define import catalogue, tables
from ui.frame import choice, data, links, missing_exports, states
from ui.frame.page import Page
from ui.parts.safety import drills
from ui.widgets import board
from ui.widgets import tables as drawn
from ui.widgets.tables import Column

CERTIFICATES = ("category", "certificate", "unit", "place_text", "situation", "ends_on", "days_left")
OVERDUE = ("place_text", "category", "due_at")
NEVER = ("category", "level", "unit", "place_text", "begin_at")


def draw(page: Page) -> None:
    """The switch, and the part it asks for."""
    options = {key: label for key, (label, _) in PARTS.items()}
    PARTS[choice.switch("看哪一部分", "part", options, "certificates")][1](page)


def _certificates(page: Page) -> None:
    board.latest(
        page,
        "certificate_lacking",
        "没有有效证书的岗位（过期最久的在前，从没办过的在后）",
        which="part",
        order="days_left",
        columns=CERTIFICATES,
        nothing="需要持证的岗位，证书都有效。",
    )
    board.latest(
        page,
        "certificate_expiring_90",
        "90 天内到期的证书（先到期的在前）",
        which="part",
        order="days_left",
        columns=CERTIFICATES,
        limit=20,
        nothing="90 天内没有到期的证书。",
    )
    st.caption("剩余天数从数据日数到有效期最后一天，负数是已经过期的天数。")
    board.by(
        page,
        ("certified_rate", "certificate_lacking", "certificate_expiring_90"),
        "category",
        "按岗位",
        "分母是当时在岗、需要持证的岗位。",
    )


def _trainings(page: Page) -> None:
    keys = ("training_pass_rate", "training_resit_pass_rate", "training_coverage_rate")
    board.by(page, keys, "category", "按考核项目")
    board.by(page, keys, "unit", "按单位")
    board.latest(
        page,
        "training_coverage_rate",
        "一年内没有考过的人",
        which="miss",
        order="begin_at",
        columns=NEVER,
        nothing="该考的人一年内都考过了。",
    )


def _drills(page: Page) -> None:
    due = board.value(page, "drill_coverage_rate")
    nothing = (
        "到期的法定演练都做了。"
        if due is not None and due["whole"]
        else "这段时间没有到期的法定演练要求，可以把时段放长。"
    )
    board.latest(
        page,
        "drill_coverage_rate",
        "到期没有做的法定演练",
        which="miss",
        order="due_at",
        columns=OVERDUE,
        limit=30,
        nothing=nothing,
    )
    board.by(
        page,
        ("drill_count", "drill_participation_rate", "evacuation_on_target_rate", "drill_problem_fixed_rate"),
        "category",
        "按演练类型",
    )


def _lessons(page: Page) -> None:
    """Every college of the school year, those that did nothing first."""
    if missing_exports.missing(page.build, "college_lessons"):
        states.empty(missing_exports.sentence(page.build, "lessons"), remedy="")
        return
    rows, _ = data.listed(
        page.build,
        "college_lessons",
        None,
        page.selection,
        limit=None,
        order="hours",
        scope=page.scope,
        columns=("unit", "hours", "freshmen", "is_enough", "lessons", "attendances", "people", "visitors"),
    )
    table, reach = tables.get("college_lessons"), catalogue.get("lesson_reach_rate")
    reached = page.measured(reach.key, by="unit", window=drills.school_year(page)).set_index("unit")
    rows = rows.assign(
        is_enough=rows["is_enough"].map({True: "达标", False: "不足"}), reach=rows["unit"].map(reached["value"])
    )
    labels = {
        "unit": "text",
        "hours": "text",
        "freshmen": "count",
        "is_enough": "text",
        "lessons": "count",
        "attendances": "count",
        "people": "count",
    }
    rows["hours"] = [catalogue.get("freshmen_hours").show(value) for value in rows["hours"]]
    columns = [Column(name, table.label(name), kind) for name, kind in labels.items()]
    columns += [
        Column("reach", reach.label, "percent", help=reach.note),
        Column("visitors", table.label("visitors"), "count"),
    ]
    st.markdown("**各学院本学年的安全教育**（没有上过课的在前）")
    drawn.draw(rows, columns, key="college_lessons", nothing="单位表里没有学院。", height="content")
    st.caption(
        "新生不少于 4 学时：教育部、公安部令第28号第三十六条，据公开转载。"
        "人均学时是新生课的学时乘参加人数、除以新生人数，不等于每个人都听满。"
    )
    with st.container(horizontal=True, gap="small"):
        links.link("查看本学年的课次", "records", drills.this_year(page), table="lessons")
        page.link("人均学时怎么算", "glossary", metric="freshmen_hours")


def _contractors(page: Page) -> None:
    board.tiles(
        page,
        ("contractor_in_post", "contractor_trained_rate", "contractor_certified_rate", "contractor_turnover_rate"),
        columns=4,
    )
    board.by(
        page,
        (
            "contractor_in_post",
            "contractor_trained_rate",
            "contractor_certified_rate",
            "contractor_left",
            "contractor_turnover_rate",
        ),
        "unit",
        "按外协单位",
        "时段短、人少时流失率起伏很大，先看离职人数。",
    )
    board.latest(
        page,
        "contractor_trained_rate",
        "没有岗前培训就在岗的",
        which="miss",
        order="begin_at",
        columns=("category", "unit", "place_text", "begin_at"),
        nothing="在岗的外协保安员都培训过。",
    )


def sites(page: Page) -> pd.DataFrame:
    """key, name, people, groups per site: every site that ever had a visitor stays in the table, with 0 where nobody
    came."""
    ever, _ = data.listed(page.build, "visits", None, limit=None, columns=("category",), scope=page.scope)
    every = sorted(set(ever["category"].dropna()))
    people, groups = (
        page.measured(key, by="category").set_index("category")["part"] for key in ("visit_people", "visit_count")
    )
    frame = pd.DataFrame(
        {
            "name": every,
            "people": people.reindex(every).fillna(0).to_numpy(),
            "groups": groups.reindex(every).fillna(0).to_numpy(),
        }
    )
    return frame.sort_values("people", ascending=False, kind="stable").reset_index(drop=True)


def _visits(page: Page) -> None:
    if missing_exports.missing(page.build, "visits"):
        states.empty(missing_exports.sentence(page.build, "visits"), remedy="")
        return
    frame = sites(page)
    empty = frame.loc[frame["groups"] == 0, "name"].tolist()
    st.markdown(
        f"**各场馆接待**（共 {len(frame)} 处{'，' + '、'.join(empty) + '没有人来' if empty else ''}）".replace(
            "*，", "*"
        )
    )
    columns = [Column("name", "场馆"), Column("people", "参观人次", "bar"), Column("groups", "批次", "count")]
    drawn.draw(frame, columns, key="sites", nothing="还没有接待记录。", height="content")
    board.by(page, ("visit_people", "visit_count"), "unit", "按来访单位", "没有写单位的多是校外来访。")
    page.link("查看全部参观记录", "records", metric="visit_count")


PARTS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "certificates": ("证书", _certificates),
    "trainings": ("考核", _trainings),
    "drills": ("演练", _drills),
    "lessons": ("安全教育", _lessons),
    "contractors": ("外协保安员", _contractors),
    "visits": ("场馆参观", _visits),
}
