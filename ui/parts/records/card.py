"""One record: its fields in Chinese, and every state it went through with the file, sheet and row it came from."""

import streamlit as st

import metrics
from metrics.ask.record_related import Related
from metrics.define import tables
from ui.frame import data, links, words
from ui.frame.filters import Filters
from ui.frame.menu import FILES
from ui.frame.page import Page
from ui.parts.records import rows as record_rows
from ui.parts.records import timeline as record_timeline
from ui.parts.records.request import split_record
from warehouse.errors import UserError

_MET: dict[object, str] = {True: "已完成", False: "未完成"}
_FIRST = ("category", "level", "status", "status_text")
RELATED = {"room": "同一房间", "place": "同一地点", "kind_here": "同一地点的同类", "kind": "同类", "person": "同一个人"}


def draw(page: Page, address: str) -> None:
    """The record an address such as 「tickets:T1」 names; a sentence when there is none."""
    st.button("返回列表", icon=":material/arrow_back:", on_click=_back, key="back_to_list")
    named = split_record(address)
    try:
        if named is None:
            raise UserError("链接里的记录编号不完整，应为“表:编号”的写法，请从列表里重新打开。")
        table, record_id = named
        fields = metrics.record(page.build, table, record_id, page.scope)
        states = metrics.history(page.build, table, record_id, page.scope)
    except UserError as error:
        page.headline("没有找到这条记录")
        st.info(words.plain(error.sentence, 200))
        return
    page.headline(_summary(page, table, fields, len(states)))
    with st.container(key="record"):
        st.html(_fields(page, table, fields))
        st.markdown("**来龙去脉**（实心：每次导出时的样子；空心：记录自己写明的时刻）")
        steps = record_timeline.steps(tables.get(table), fields, states, _source(page, fields), page.build.data_date)
        st.html(record_timeline.html(steps))
        _related(page, table, record_id, fields)
        st.markdown("**判定**（统计时按这些条件计数）")
        st.html(_judged(table, fields))


def _back() -> None:
    st.query_params.pop("record", None)


def _summary(page: Page, table: str, fields: dict, states: int) -> str:
    declared = tables.get(table)
    place = page.names.get(fields.get("building_id", "")) or fields.get("place_text") or "地点未登记"
    status = fields.get("status_text") or _MET.get(fields.get("is_met"), "")
    parts = [
        f"{declared.title} {fields[declared.id]}",
        fields.get("category") or "未分类",
        place,
        status,
        f"留有 {states} 次状态" if states else "",
    ]
    return " · ".join(str(part) for part in parts if part)


def _source(page: Page, fields: dict) -> str:
    """「工单导出.xlsx · 工作表 工单 · 第 12 行」"""
    files = data.health(page.build, "files").set_index("file_id")["name"]
    return record_timeline.origin(files.get(fields.get("file_id")), fields.get("sheet"), fields.get("row_number"))


def _related(page: Page, table: str, record_id: str, fields: dict) -> None:
    """Each a count that opens the list it counted."""
    st.markdown("**相关记录**（含这一条）")
    groups = data.related(page.build, table, record_id, page.scope)
    if not groups:
        st.caption("没有同一地点、同类或同一个人的其他记录。")
    noun, title = tables.get(table).noun, tables.get(table).title
    with st.container(horizontal=True, gap="medium", key="related"):
        for group in groups:
            query = {
                "table": table,
                "same": [f"{name}:{value}" for name, value in group.same.items()],
                "since": group.first,
                "until": group.last,
            }
            label = f"{_alike(page, group, fields)} {group.count:,} {noun}"
            st.page_link(
                FILES["records"],
                label=words.plain(label, 80),
                help=f"列出这些{title}",
                query_params=links.query(Filters(), **query),
                width="content",
            )


def _alike(page: Page, group: Related, fields: dict) -> str:
    """「同一房间（3号楼 302）」, 「同类（水电）」, 「同一个人（代号 1a2b…）」"""
    place = page.names.get(fields.get("building_id", "")) or fields.get("place_text") or ""
    names = {
        "room": f"{place} {fields.get('room')}",
        "place": place,
        "kind_here": f"{place} {fields.get('category')}",
        "kind": fields.get("category"),
        "person": f"代号 {words.shorten(next(iter(group.same.values())), 7)}",
    }
    return f"{RELATED[group.kind]}（{words.shorten(str(names[group.kind]), 24)}）"


def _shown(page: Page, name: str, value: object) -> str:
    if value is None or value != value:
        return "—"
    if name in ("building_id", "grid_id", "branch_id"):
        return page.names.get(str(value), str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return record_rows.text_of(value)


def _list(pairs: list[tuple[str, str]]) -> str:
    rows = "".join(
        f"<div><dt>{words.escaped(label)}</dt><dd>{words.escaped(value)}</dd></div>" for label, value in pairs
    )
    return f'<dl class="record-fields">{rows}</dl>'


def _fields(page: Page, table: str, fields: dict) -> str:
    declared = tables.get(table)
    plain = [
        name
        for name in declared.columns
        if not name.startswith(("is_", "has_")) and name not in ("file_id", "sheet", "row_number", "status")
    ]
    ordered = [
        declared.id,
        *[name for name in _FIRST if name in plain],
        *[n for n in plain if n not in _FIRST and n != declared.id],
    ]
    return _list([(declared.label(name), _shown(page, name, fields.get(name))) for name in ordered])


def _judged(table: str, fields: dict) -> str:
    declared = tables.get(table)
    names = [name for name in declared.columns if name.startswith(("is_", "has_"))]
    return _list([(declared.label(name), "是" if fields.get(name) else "否") for name in names])
