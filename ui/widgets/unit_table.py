"""Units down, metrics across: number, bar, part / whole and a word where a unit really differs. Pure HTML, everything escaped."""

from dataclasses import dataclass

import pandas as pd

from metrics.define.catalogue import Metric
from metrics.define.small_numbers import GREYED_BELOW
from metrics.methods import funnel, spc
from ui.frame import words

_CSS = """<style>
.units{overflow-x:auto}.units table{border-collapse:collapse;width:100%;font-size:.95rem;font-variant-numeric:tabular-nums}
.units th{font-weight:600;color:#667085;text-align:right;padding:.5rem .5rem;border-bottom:1px solid #D0D5DD;vertical-align:bottom}
.units th:first-child,.units td:first-child{text-align:left;white-space:nowrap;min-width:0;position:sticky;left:0;background:#fff}
.units td{padding:.5rem .5rem;border-bottom:1px solid #EAECF0;text-align:right;min-width:5.4rem;vertical-align:top}
.units small{display:block;color:#667085;font-size:.87rem}
.units .bar{display:block;height:5px;background:#EAECF0;margin:.2rem 0}.units .bar i{display:block;height:5px;background:#12436D}
.units .few{color:#667085}.units .good{color:#0B6E4F;font-weight:600}.units .bad{color:#B42318;font-weight:600}.units .odd{color:#B54708;font-weight:600}
</style>"""


@dataclass(frozen=True)
class Row:
    """One unit."""

    key: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Column:
    """One metric: `frame` by unit with part, whole, value; `bands` by unit, where the units were judged."""

    metric: Metric
    frame: pd.DataFrame
    bands: pd.Series | None = None


def html(rows: list[Row], columns: list[Column], heading: str = "党支部") -> str:
    """The whole table; `heading` says what the units are."""
    head = "".join(
        f"<th>{words.escaped(column.metric.label)}<small>{words.escaped(column.metric.unit)}</small></th>"
        for column in columns
    )
    body = "".join(
        f"<tr><td>{words.escaped(row.name)}<small>{words.escaped(row.note)}</small></td>{''.join(_cell(row.key, column) for column in columns)}</tr>"
        for row in rows
    )
    return f'{_CSS}<div class="units"><table><thead><tr><th>{words.escaped(heading)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'


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
    """「低于预期」 where it is more than chance, coloured by whether that is good."""
    band = column.bands.get(key) if column.bands is not None else None
    if band not in (funnel.ABOVE, funnel.BELOW):
        return ""
    good = spc.is_good(spc.UP if band == funnel.ABOVE else spc.DOWN, column.metric.better)
    return f'<span class="{ {True: "good", False: "bad", None: "odd"}[good] }">{band}</span>'
