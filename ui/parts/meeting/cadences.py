"""The parts of the 法定频次 page: the ledger of statutory duties, what each duty came to, and the rules behind them."""

import pandas as pd
import streamlit as st

from metrics.ask.selection import Scope, Selection
from metrics.ask.window import Window
from metrics.define import tables as known_tables
from metrics.duties import cadences
from ui.charts import colours
from ui.frame import choice, states
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.frame.words import escaped, plain
from ui.widgets import tables
from warehouse import Build

FACTS = (cadences.TABLE,)
ALL_STATES = "全部状态"
STATES = {
    "": ALL_STATES,
    "late": cadences.OVERDUE,
    "open": cadences.OPEN,
    "silent": cadences.NOT_RECORDED,
    "kept": cadences.KEPT,
}
DUTIES = [
    tables.Column("duty", "职责"),
    tables.Column("every", "周期"),
    tables.Column("value", "按期率（%）", "percent"),
    tables.Column("part", "按期完成", "count"),
    tables.Column("whole", "到期", "count"),
    tables.Column("places", "约束几处", "count"),
    tables.Column("overdue", "现在逾期", "count"),
    tables.Column("open", "本期未完成", "count"),
    tables.Column("note", "说明"),
]
LEDGER = [
    tables.Column("place", "地点或单位"),
    tables.Column("duty", "职责"),
    tables.Column("every", "周期"),
    tables.Column("state", "状态", width=105),
    tables.Column("last_done", "最近完成", "day"),
    tables.Column("overdue_since", "逾期自", "day"),
    tables.Column("next_due", "下次最迟", "day"),
    tables.Column("streak", "连续按期（期）", "count"),
    tables.Column("clause", "依据", width=170),
]
TAKEN = [
    *LEDGER[:8],
    tables.Column("met", "历来按期", "count"),
    tables.Column("due", "历来到期", "count"),
    tables.Column("evidence", "证明记录"),
    tables.Column("clause", "依据"),
    tables.Column("source", "出处"),
    tables.Column("checked", "核对日期", "day"),
    tables.Column("verified_word", "是否核实"),
]
RULES = [
    tables.Column("label", "规则"),
    tables.Column("duty", "职责"),
    tables.Column("every", "周期"),
    tables.Column("binds", "约束谁"),
    tables.Column("clause", "条款"),
    tables.Column("source", "出处"),
    tables.Column("checked", "核对日期", "day"),
    tables.Column("verified_word", "是否核实"),
]


_ledger = cached(cadences.obligations)


@cached
def _by_duty(build: Build, window: Window, selection: Selection, scope: Scope) -> pd.DataFrame:
    rows = _ledger(build, only=selection, scope=scope)
    return cadences.by_duty(build, window, rows, selection, scope)


def obligations(page: Page) -> pd.DataFrame:
    """metrics.duties.cadences.obligations as of the data date, in Chinese words: every, clause (with 未核实 where it
    is), evidence, verified_word."""
    rows = _ledger(page.build, only=page.selection, scope=page.scope)
    return worded(rows) if len(rows) else rows


def worded(rows: pd.DataFrame) -> pd.DataFrame:
    """Keys as words; an unverified clause says so itself, wherever it is shown."""
    verified = rows["verified"].astype(bool)
    words = {
        "every": rows["every"].map(cadences.EVERY),
        "verified_word": verified.map({True: "已核对", False: cadences.UNVERIFIED}),
    }
    words["clause"] = rows["clause"].where(verified, f"【{cadences.UNVERIFIED}】" + rows["clause"])
    if "evidence_id" in rows:
        titles = rows["evidence_table"].map(lambda name: known_tables.get(name).title if isinstance(name, str) else "")
        words["evidence"] = (titles + " " + rows["evidence_id"].fillna("")).str.strip()
    return rows.assign(**words)


def duties(page: Page) -> pd.DataFrame:
    """metrics.duties.cadences.by_duty over the page's period."""
    return _by_duty(page.build, page.window, page.selection, page.scope)


def sentence(page: Page) -> str:
    """What fell due in the period, what was done of it, and what is overdue now."""
    return cadences.headline(_ledger(page.build, only=page.selection, scope=page.scope), duties(page))


def state_tiles(duties_now: pd.DataFrame) -> None:
    """How many of the duties (place × duty) stand how now."""
    shades = {
        cadences.OVERDUE: colours.BAD,
        cadences.OPEN: colours.NEUTRAL,
        cadences.NOT_RECORDED: colours.WARNING,
        cadences.KEPT: colours.GOOD,
    }
    with st.grid(4, min_column_width=170, gap="small"):
        for state in cadences.STATES:
            rows = duties_now[duties_now["state"] == state]
            places = "、".join(dict.fromkeys(rows["duty"])) or "没有"
            with st.container(
                border=True, key=f"cadence_{cadences.STATES.index(state)}", gap="xxsmall", height="stretch"
            ):
                st.html(
                    f'<div class="tile-top"><span class="tile-label">{escaped(state)}</span></div>'
                    f'<div class="tile-number" style="color:{shades[state] if len(rows) else colours.NEUTRAL}">'
                    f"{len(rows):,}<small> / {len(duties_now):,} 项</small></div>"
                    f'<div class="tile-line" style="padding:0">{escaped(places)}</div>'
                )


def duty_table(page: Page) -> None:
    """Each duty over the page's period, and how it stands now."""
    st.subheader("各项职责", anchor=False)
    st.caption(
        plain(
            (
                f"到期与按期完成按 {page.window.describe()} 计；现在逾期与本期未完成按数据日期计。"
                "一个地点或单位的一项职责算一处。每学年一次的到学年末才到期，本期到期的是上一学年的。"
            ),
            200,
        )
    )
    tables.draw(duties(page), DUTIES, key="cadence_duties", nothing="没有法定频次要求。", height="content")


def ledger_table(page: Page, every: pd.DataFrame) -> None:
    """The ledger by state and duty, worst first; a click opens the record that proves the last time."""
    st.subheader("账本", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="cadence_controls"):
        state = choice.select("状态", "state", STATES, "", width=180)
        names = {"": "全部职责", **{duty: duty for duty in dict.fromkeys(every["duty"])}}
        duty = choice.select("职责", "duty", names, "", width=220)
        page.link("打印账本", "cadences", print="1", state=state or None, duty=duty or None, icon=":material/print:")
    shown = chosen(every, state, duty)
    st.caption(
        f"共 {len(shown):,} 项，数据截至 {page.build.data_date:%Y-%m-%d %H:%M}。点“查看”打开证明最近一次完成的记录。"
    )
    rows = shown.assign(open=["查看" if isinstance(record, str) else "—" for record in shown["evidence_id"]])
    tables.draw(
        rows,
        [*LEDGER, tables.Column("open", "证明记录", "button:cadence_open")],
        key="cadence_ledger",
        nothing="没有这样的要求。",
        height=560,
    )
    if clicked := st.session_state.get("cadence_open"):
        row = shown.iloc[clicked["row"]]
        if isinstance(row["evidence_id"], str):
            page.open("records", record=f"{row['evidence_table']}:{row['evidence_id']}")
    tables.downloads(shown, TAKEN, f"法定频次账本_{page.build.data_date:%Y%m%d}", key="cadence_ledger_file")


def chosen(rows: pd.DataFrame, state: str, duty: str) -> pd.DataFrame:
    """The ledger's rows of one state and one duty; '' is all."""
    kept = (rows["state"] == STATES[state]) | (state == "")
    return rows[kept & ((rows["duty"] == duty) | (duty == ""))].reset_index(drop=True)


def rule_table(page: Page) -> None:
    """Every rule with clause, source, the day it was checked, and whether it was."""
    with st.expander("规则与依据（由学校维护）", key="cadence_rules", on_change="rerun") as rules:
        if rules.open:
            tables.draw(
                worded(cadences.rules(page.build)),
                RULES,
                key="cadence_rules_table",
                nothing="没有规则。",
                height="content",
            )


def nothing(page: Page, rows: pd.DataFrame) -> bool:
    """Say that no rule binds anything here; False where one does."""
    if len(rows):
        return False
    states.empty("这个范围内没有法定频次要求。", "可以放宽筛选，或在 data/school/cadences.toml 里补上规则后重新构建。")
    return True
