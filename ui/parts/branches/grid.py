"""Branches down, outcomes across: each number a door to its records, with part and whole, the interval and the band in words. Pure HTML, escaped."""

from collections.abc import Callable

import pandas as pd

from metrics.branches import adjusted
from metrics.branches.review import Outcome, Review, Standing
from metrics.define import numbers
from metrics.define.small_numbers import GREYED_BELOW
from metrics.methods import funnel
from ui.charts.branch import colour
from ui.frame import words

_CSS = """<style>
.review{overflow-x:auto}.review table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.95rem}
.review th{font-weight:600;color:#667085;text-align:right;padding:.35rem .3rem;vertical-align:bottom;font-size:.82rem;line-height:1.35}
.review thead tr:first-child th{text-align:left;border-bottom:1px solid #D0D5DD;color:#1F2933}
.review thead tr:last-child th{border-bottom:1px solid #98A2B3}
.review td{padding:.5rem .3rem;border-bottom:1px solid #EAECF0;text-align:right;min-width:4.9rem;vertical-align:top}
.review th:first-child,.review td:first-child{text-align:left;position:sticky;left:0;background:#fff;min-width:6.4rem;z-index:1}
.review small{display:block;color:#667085;font-size:.82rem;line-height:1.45;white-space:nowrap}
.review a{color:#12436D;text-decoration:underline;text-decoration-color:#D5DBE3;text-underline-offset:.2em}.review a:hover{text-decoration-color:currentColor}
.review .few,.review .few a{color:#667085}.review .from{border-left:1px solid #D0D5DD}
.review .span{display:block;position:relative;height:10px;margin:.25rem 0;background:linear-gradient(#EAECF0,#EAECF0) 0 4px/100% 2px no-repeat}
.review .span i{position:absolute;top:3px;height:4px;opacity:.5}.review .span u{position:absolute;top:0;width:2px;height:10px;margin-left:-1px;background:#667085}
.review .span b{position:absolute;top:1px;width:8px;height:8px;margin-left:-4px;border-radius:50%}
.review small.odd{font-weight:600}
@media print{.review{overflow:visible}.review td,.review th{position:static!important;min-width:0}.review a{color:#000;text-decoration:none}
.review tr{break-inside:avoid}.review thead{display:table-header-group}.review *{print-color-adjust:exact}}
</style>"""


def html(
    review: Review, brands: dict[str, str], records: Callable[[Outcome, Standing], str], portrait: Callable[[str], str]
) -> str:
    """The whole table, what is compared on the left, what is only counted on the right; `records` and `portrait` give addresses."""
    shown = [one for one in review.outcomes if one.standings]
    shown = sorted(shown, key=lambda one: not one.is_compared)
    if not shown:
        return ""
    first = sum(one.is_compared for one in shown)  # where the counts begin
    is_ranked = any(one.rank for outcome in shown for one in outcome.standings)
    unranked = "没有写名次的：样本太小，不排名" if is_ranked else "样本太小，不排名"
    groups = [(f"比率：与按所管楼宇折算的预期比（{unranked}）", first), ("只列数字，不评价", len(shown) - first)]
    above = "".join(
        f'<th colspan="{size}"{" class=from" if title[0] == "只" and first else ""}>{title}</th>'
        for title, size in groups
        if size
    )
    heads = "".join(_head(one, at == first > 0) for at, one in enumerate(shown))
    body = ""
    for at, branch in enumerate(shown[0].standings):
        cells = "".join(
            _cell(one, one.standings[at], records(one, one.standings[at]), place == first > 0)
            for place, one in enumerate(shown)
        )
        name = f'<a href="{words.escaped(portrait(branch.branch))}">{words.escaped(branch.name)}</a><small>{words.escaped(brands.get(branch.branch, ""))}</small>'
        body += f"<tr><td>{name}</td>{cells}</tr>"
    return f'{_CSS}<div class="review"><table><thead><tr><th></th>{above}</tr><tr><th>党支部</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def _head(outcome: Outcome, is_first: bool) -> str:
    return f"<th{' class=from' if is_first else ''}>{words.escaped(outcome.metric.label)}<small>{words.escaped(outcome.metric.unit)}</small></th>"


def _cell(outcome: Outcome, one: Standing, address: str, is_first: bool) -> str:
    metric = outcome.metric
    marks = " ".join(
        name for name, holds in (("from", is_first), ("few", metric.is_rate and one.whole < GREYED_BELOW)) if holds
    )
    mark = f' class="{marks}"' if marks else ""
    if pd.isna(one.value):
        return f"<td{mark}>—<small>{'没有到期的' if outcome.is_compared else ''}</small></td>"
    number = metric.show(one.value).removesuffix(metric.unit).strip()
    lines = [f'<a href="{words.escaped(address)}">{words.escaped(number)}</a>']
    if outcome.is_compared:
        lines.append(_span(outcome, one))
    if metric.is_rate:
        lines.append(f"<small>{words.escaped(metric.show_part_whole(one.part, one.whole))}</small>")
    elif one.expected == one.expected:
        lines.append(f"<small>参照 {words.escaped(_reference(outcome, one))}</small>")
    return f"<td{mark}>{''.join([*lines, *_words(outcome, one)])}</td>"


def _reference(outcome: Outcome, one: Standing) -> str:
    """What the people and open days would give, on the scale of the number."""
    return (
        numbers.whole_number(one.expected)
        if outcome.metric.is_amount
        else numbers.decimal(one.expected_value * outcome.metric.per)
    )


def _words(outcome: Outcome, one: Standing) -> list[str]:
    """Own past first, then the band, then the place where it can be known."""
    found = []
    if one.earlier.good is not None:
        tone = "#0B6E4F" if one.earlier.good else "#B42318"
        found.append(
            f'<small class="odd" style="color:{tone}">比自己过去{"好转" if one.earlier.good else "变差"}</small>'
        )
    if outcome.is_compared:
        odd = one.band in (funnel.ABOVE, funnel.BELOW)
        style = f' class="odd" style="color:{colour(one, outcome.metric)}"' if odd else ""
        band = "没有同类" if one.band == adjusted.NOT_ALIKE else one.band
        found.append(f"<small{style}>{words.escaped(band)}</small>")
    if one.rank:
        found.append(f"<small>{words.escaped(one.word)}</small>")
    return found


def _span(outcome: Outcome, one: Standing) -> str:
    """The interval as a thin bar, the number as a dot, the expected as an upright stroke; all branches of a column on one scale."""
    if pd.isna(one.low):
        return ""
    every = [
        number
        for each in outcome.standings
        for number in (each.value, each.low, each.high, each.expected_value)
        if number == number
    ]
    low, wide = min(every), (max(every) - min(every)) or 1.0
    at = {
        name: f"{6 + (number - low) / wide * 88:.1f}%"
        for name, number in (("low", one.low), ("value", one.value), ("should", one.expected_value))
    }
    tone = colour(one, outcome.metric)
    said = f"真实水平多半在 {outcome.metric.show(one.low)} 至 {outcome.metric.show(one.high)}，预期 {outcome.metric.show(one.expected_value)}"
    return (
        f'<span class="span" title="{words.escaped(said)}"><i style="left:{at["low"]};width:{(one.high - one.low) / wide * 88:.1f}%;background:{tone}"></i>'
        f'<u style="left:{at["should"]}"></u><b style="left:{at["value"]};background:{tone}"></b></span>'
    )
