"""The ledger as an inspector prints it: A4 wide, black on white, each duty with its clause, source and the day it was
checked."""

import tomllib

import pandas as pd
import streamlit as st

from metrics.duties import cadences
from ui.frame import choice
from ui.frame.page import Page
from ui.frame.words import escaped
from ui.parts.meeting import cadences as parts
from warehouse import paths

HEADINGS = ("序号", "地点或单位", "状态", "最近完成", "证明记录", "下次最迟", "连续")
WIDTHS = (6, 19, 16, 13, 24, 13, 9)


def draw(page: Page, every: pd.DataFrame) -> None:
    """The whole ledger, or what the address narrows it to."""
    state = choice.from_address("state", parts.STATES, "")
    duty = choice.from_address("duty", {duty_name: duty_name for duty_name in every["duty"]}, "")
    with st.container(horizontal=True, gap="small", key="print_bar", vertical_alignment="center"):
        page.link("回到账本", "cadences", state=state or None, duty=duty or None, icon=":material/arrow_back:")
        st.caption("用浏览器的打印（Ctrl+P）打在 A4 纸上；左边的菜单和这一行不会印出来。")
    st.html(html(page, every, parts.chosen(every, state, duty), state, duty))


def html(page: Page, every: pd.DataFrame, shown: pd.DataFrame, state: str, duty: str) -> str:
    """Heading, what it covers, then one table a rule; every word escaped."""
    scope = "；".join([page.filters.sentence(page.names, period=False), parts.STATES[state], duty or "全部职责"])
    lines = [
        f"<div class='sheet'><h1>{escaped(_campus())}法定频次账本</h1>",
        f"<p class='head'>数据截至 {page.build.data_date:%Y-%m-%d %H:%M} · 数据版本 {escaped(page.build.name)}</p>",
        f"<p class='head'>范围：{escaped(scope)} · 共 {len(shown):,} 项：{escaped(counted(shown))}</p>",
    ]
    rules = parts.worded(cadences.rules(page.build))
    groups = dict(iter(shown.groupby("rule_id")))
    lines += [_rule(groups[rule]) for rule in rules["rule_id"] if rule in groups] or ["<p>没有这样的要求。</p>"]
    lines += _covered(rules, every) if not (state or duty) and page.selection.is_empty else []
    unsure = "标有“未核实”的条款没有核对原文，不得当作法条引用。" if len(shown) and not shown["verified"].all() else ""
    lines.append(f"<p style='margin-top:5mm'>连续：最近连续几个周期按期完成。{unsure}</p></div>")
    return "".join(lines)


def _campus() -> str:
    """The school's name as data/school/school.toml gives it; '' where there is none."""
    path = paths.school() / "school.toml"
    return str(tomllib.loads(path.read_text(encoding="utf-8-sig")).get("campus", "")) if path.exists() else ""


def _covered(rules: pd.DataFrame, every: pd.DataFrame) -> list[str]:
    """The rules of which no place or unit is left: a stricter one on the same duty binds them all, or they bind
    nobody."""
    lines = []
    for row in rules[~rules["rule_id"].isin(every["rule_id"])].itertuples():
        stricter = (every["duty"] == row.duty).any()
        why = "这项职责在它约束的地点或单位都由周期更短的规则管" if stricter else "没有约束到任何地点或单位"
        lines.append(
            f"<h2>{escaped(row.label)}（{escaped(row.every)}）</h2><p>{escaped(row.clause)}。{escaped(row.source)}。{escaped(why)}，不另列。</p>"
        )
    return lines


def counted(shown: pd.DataFrame) -> str:
    """「已逾期 3，本期未完成 12，按期 97」"""
    sizes = [(state, int((shown["state"] == state).sum())) for state in cadences.STATES]
    return "，".join(f"{state} {size}" for state, size in sizes if size) or "无"


def _rule(group: pd.DataFrame) -> str:
    rule = group.iloc[0]
    unsure = "" if rule["verified"] else f" <span class='unsure'>{cadences.UNVERIFIED}</span>"
    clause = str(rule["clause"]).removeprefix(f"【{cadences.UNVERIFIED}】")
    head = f"<h2>{escaped(rule['label'])}（{escaped(rule['every'])}）{unsure}</h2>"
    checked = f"核对日期 {pd.Timestamp(rule['checked']):%Y-%m-%d}" if pd.notna(rule["checked"]) else "没有核对日期"
    note = f"<p class='note'>{escaped(clause)}。{escaped(rule['source'])}；{checked}；{escaped(counted(group))}。</p>"
    columns = "".join(f"<col style='width:{width}%'>" for width in WIDTHS)
    heads = "".join(f"<th>{one}</th>" for one in HEADINGS)
    body = "".join(_row(number, row) for number, row in enumerate(group.itertuples(), 1))
    return (
        f"{head}{note}<table><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(number: int, row) -> str:
    late = f"<br><span class='day'>自 {row.overdue_since:%Y-%m-%d}</span>" if pd.notna(row.overdue_since) else ""
    state = f"<td class='{'late' if late else ''}'>{escaped(row.state)}{late}</td>"
    days = [f"{one:%Y-%m-%d}" if pd.notna(one) else "—" for one in (row.last_done, row.next_due)]
    evidence = escaped(row.evidence) or "—"
    return (
        f"<tr><td class='number'>{number}</td><td>{escaped(row.place)}</td>{state}<td>{days[0]}</td><td>{evidence}</td>"
        f"<td>{days[1]}</td><td class='number'>{row.streak:,}</td></tr>"
    )
