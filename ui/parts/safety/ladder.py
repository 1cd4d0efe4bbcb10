"""小事一格's parts: the ladder as a flow, what each level closed beside how much of it came back, and how long things
lay."""

import pandas as pd
import streamlit as st

from metrics.define import numbers
from metrics.duties import ladder as ladders
from metrics.duties.ladder import Ladder
from ui.charts import ladder as charts_ladder
from ui.frame import missing_exports, open_records, states
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.widgets import board, chart_show, tables

FACTS = ("ladder_cases",)
TILES = (
    "ladder_grid_rate",
    "ladder_reopen_rate",
    "ladder_on_campus_rate",
    "ladder_time_at_level",
    "dispute_resolved_rate",
    "dispute_relapse_rate",
)
LEVELS = [
    tables.Column("name", "层级", width=80),
    tables.Column("closed", "办结 / 到此级"),
    tables.Column("share", "占比", "percent"),
    tables.Column("reopened", "重办 / 办结"),
    tables.Column("again", "重办率", "percent"),
    tables.Column("hours", "停留"),
    tables.Column("p90", "九成内"),
    tables.Column("open", "记录", "button:open_level", width=56),
]
_ladder = cached(ladders.ladder)


def draw(page: Page) -> None:
    """Sentence, tiles, the flow beside the table of levels, then grids and disputes."""
    if missing_exports.missing(page.build, "ladder_cases"):
        page.headline(f"小事一格：没有数据，还没有收到{missing_exports.title(page.build, 'ladder_cases')}的导出")
        states.empty(missing_exports.sentence(page.build, "ladder_cases"), remedy="")
        page.link("取空表", "quality", source=missing_exports.source(page.build, "ladder_cases"))
        return
    ladder = _ladder(page.build, page.window, page.selection, page.scope)
    page.headline(ladders.sentence(ladder))
    board.tiles(page, TILES)
    with st.grid(2, min_column_width=420, gap="medium"):
        with st.container():
            _flow(page, ladder)
        with st.container():
            _levels(page, ladder)
    draw_tabs(page)


def _flow(page: Page, ladder: Ladder) -> None:
    grid = ladder.levels[0]
    title = (
        f"到网格的 {numbers.exact_number(grid.needed)} 件，{numbers.percent(grid.closed_share)} 在网格内办结"
        if grid.needed
        else "这段时间没有到网格的事"
    )
    figure = charts_ladder.flow(
        ladder.levels, title=title, subtitle=f"工单和矛盾纠纷到哪一级才解决 · 件 · {page.window.describe()}"
    )
    chart_show.show(
        figure,
        "ladder",
        lambda level, piece: (
            open_records.open_records("ladder_case_count", {"level": level}) if piece == "closed" else None
        ),
        hint="点深色一段看在这一级办结的记录",
    )
    if ladder.unknown:
        st.caption(
            f"另有 {numbers.exact_number(ladder.unknown)} 件没有写明发现或办结的层级，不画在阶梯上，"
            f"仍计入全部 {numbers.exact_number(ladder.cases)} 件。"
        )


def _levels(page: Page, ladder: Ladder) -> None:
    st.markdown("**每一级办结多少、又重办多少、停多久**")
    frame = pd.DataFrame(
        [
            {
                "name": level.name,
                "closed": f"{level.closed:,} / {level.needed:,}",
                "share": level.closed_share,
                "reopened": f"{level.reopened:,} / {level.closed:,}",
                "again": level.reopen_rate,
                "hours": numbers.hours(level.hours),
                "p90": numbers.hours(level.p90),
                "open": "查看",
            }
            for level in ladder.levels
        ]
    )
    tables.draw(frame, LEVELS, key="ladder_levels", height="content")
    if clicked := st.session_state.get("open_level"):
        page.open("records", metric="ladder_case_count", cell=f"level:{ladder.levels[clicked['row']].name}")
    if missing_exports.missing(page.build, "ladder_steps") or not any(level.stays for level in ladder.levels):
        st.caption("停留用时要有工单流转记录才知道。没有系统的，可以取空表手工登记。")
        page.link("取空表", "quality", source="ticket_transfers")
    else:
        left, stays = sum(level.left for level in ladder.levels), sum(level.stays for level in ladder.levels)
        st.caption(
            "办结占比和重办率要一起看。停留是工单在这一级的中位数，九成内是 90 % 分位（"
            f"{left:,} / {stays:,} 次停留已结束，其余一并考虑），从有流转记录的那一天算起。"
        )
    tables.downloads(
        frame.drop(columns="open"), LEVELS[:-1], f"小事一格_{page.build.data_date:%Y%m%d}", key="ladder_file"
    )


def grids(page: Page) -> None:
    board.by(
        page,
        ("ladder_case_count", "ladder_grid_rate", "ladder_reopen_rate"),
        "grid",
        "各网格的事，多少在网格内办结、又重办多少",
    )


def kinds(page: Page) -> None:
    board.by(
        page, ("ladder_case_count", "ladder_grid_rate", "ladder_reopen_rate"), "category", "哪一类事容易在网格内解决"
    )


def stays(page: Page) -> None:
    board.latest(
        page,
        "ladder_time_at_level",
        "还停在某一级的事（最久的在前）",
        which="miss",
        order="entered_at",
        nothing="没有还停着的事。",
    )


def disputes(page: Page) -> None:
    """Disputes: settled, flared up again, still open the longest."""
    if missing_exports.missing(page.build, "disputes"):
        states.empty(missing_exports.sentence(page.build, "disputes"), remedy="没有系统的，可以取空表手工登记。")
        page.link("取空表", "quality", source=missing_exports.source(page.build, "disputes"))
        return
    board.by(page, ("dispute_resolved_rate", "dispute_relapse_rate"), "category", "各类矛盾纠纷的化解与反弹")
    board.by(
        page,
        ("dispute_time_at_level",),
        "level",
        "矛盾纠纷在每一级停多久",
        note="中位数，没有离开的一并考虑；小字是已离开 / 全部停留。",
    )
    board.latest(
        page, "dispute_resolved_rate", "还没化解的（最久的在前）", which="miss", order="raised_at", nothing="都化解了。"
    )


TABS = {"各网格": grids, "各类别": kinds, "还停着的": stays, "矛盾纠纷": disputes}


def draw_tabs(page: Page) -> None:
    """Each tab asks its questions only when opened."""
    for name, tab in zip(TABS, st.tabs(list(TABS), key="tab", bind="query-params"), strict=True):
        if tab.open:
            with tab:
                TABS[name](page)
