"""Units down, metrics across: number, bar, part / whole and a word where a unit really differs. Pure HTML, everything
escaped."""

from dataclasses import dataclass

import pandas as pd

from metrics.define.catalogue import Metric
from metrics.define.small_numbers import GREYED_BELOW
from metrics.methods.verdict import Verdict
from ui.frame import words

READING = "出了各单位共同水平上下 99.8 % 的偶然范围才写明显偏高、明显偏低；只出了 95 % 的写尚不足以定论。"


@dataclass(frozen=True)
class Row:
    """One unit."""

    key: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Column:
    """One metric: `frame` by unit with part, whole, value; `verdicts` by unit, where the units were judged; `name`:
    where it counts another selection than the metric's own name says."""

    metric: Metric
    frame: pd.DataFrame
    verdicts: pd.Series | None = None
    name: str = ""


def html(rows: list[Row], columns: list[Column], heading: str = "党支部") -> str:
    """The whole table; `heading` says what the units are."""
    head = "".join(
        f"<th>{words.escaped(column.name or column.metric.label)}"
        f"<small>{words.escaped(column.metric.unit)}</small></th>"
        for column in columns
    )
    body = "".join(
        (
            f"<tr><td>{words.escaped(row.name)}<small>{words.escaped(row.note)}</small>"
            f"</td>{''.join(_cell(row.key, column) for column in columns)}</tr>"
        )
        for row in rows
    )
    return (
        f'<div class="units"><table><thead><tr><th>{words.escaped(heading)}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(key: str, column: Column) -> str:
    metric = column.metric
    if key not in column.frame.index or pd.isna(column.frame.loc[key, "value"]):
        return "<td>—</td>"
    part, whole, value = (float(column.frame.loc[key, name]) for name in ("part", "whole", "value"))
    most = 1.0 if metric.is_rate else float(column.frame["value"].max()) or 1.0
    shown = metric.show(value)  # a duration chooses its unit by itself
    number = shown if metric.kind.is_duration else shown.removesuffix(metric.unit).strip()
    few = ' class="few"' if metric.is_rate and whole < GREYED_BELOW else ""
    pair = f"<small>{metric.show_part_whole(part, whole)}</small>" if metric.kind.has_parts else ""
    bar = f'<span class="bar"><i style="width:{max(0.0, min(value / most, 1.0)) * 100:.0f}%"></i></span>'
    return f"<td{few}>{number}{bar}{pair}{_word(key, column)}</td>"


def _word(key: str, column: Column) -> str:
    """「明显偏低」 where it is more than chance, coloured by whether that is good; what only leans has no colour."""
    told = column.verdicts.get(key) if column.verdicts is not None else None
    if not isinstance(told, Verdict) or not told.is_judged or told.is_normal:
        return ""
    tone = {True: "good", False: "bad", None: "odd"}[told.good(column.metric.better)] if told.is_clear else "odd"
    return f'<span class="{tone}">{told.word}</span>'
