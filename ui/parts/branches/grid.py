"""Branches down, outcomes across: each number a door to its records, with part and whole, the interval and the band
in words. Pure HTML, escaped."""

from collections.abc import Callable

import pandas as pd

from metrics.branches.review import JudgedRate, Review, Standing
from metrics.define import numbers
from metrics.define.small_numbers import GREYED_BELOW
from ui.charts.branch import colour
from ui.charts.colours import BAD, GOOD
from ui.frame import words


def html(
    review: Review,
    brands: dict[str, str],
    records: Callable[[JudgedRate, Standing], str],
    portrait: Callable[[str], str],
) -> str:
    """The whole table, what is compared on the left, what is only counted on the right; `records` and `portrait` give
    addresses."""
    shown = [outcome for outcome in review.outcomes if outcome.standings]
    shown = sorted(shown, key=lambda outcome: not outcome.is_compared)
    if not shown:
        return ""
    first = sum(outcome.is_compared for outcome in shown)  # where the counts begin
    is_ranked = any(outcome.rank for other in shown for outcome in other.standings)
    unranked = "没有写名次的：样本太小，不排名" if is_ranked else "样本太小，不排名"
    groups = [(f"比率：与按所管楼宇折算的预期比（{unranked}）", first), ("只列数字，不评价", len(shown) - first)]
    above = "".join(
        f'<th colspan="{size}"{" class=from" if title[0] == "只" and first else ""}>{title}</th>'
        for title, size in groups
        if size
    )
    heads = "".join(_head(outcome, at == first > 0) for at, outcome in enumerate(shown))
    body = ""
    for at, branch in enumerate(shown[0].standings):
        cells = "".join(
            _cell(outcome, outcome.standings[at], records(outcome, outcome.standings[at]), place == first > 0)
            for place, outcome in enumerate(shown)
        )
        name = (
            f'<a href="{words.escaped(portrait(branch.branch))}">{words.escaped(branch.name)}</a>'
            f"<small>{words.escaped(brands.get(branch.branch, ''))}</small>"
        )
        body += f"<tr><td>{name}</td>{cells}</tr>"
    return (
        f'<div class="review"><table><thead><tr><th></th>{above}</tr><tr><th>党支部</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _head(outcome: JudgedRate, is_first: bool) -> str:
    return (
        f"<th{' class=from' if is_first else ''}>{words.escaped(outcome.metric.label)}<small>"
        f"{words.escaped(outcome.metric.unit)}</small></th>"
    )


def _cell(outcome: JudgedRate, standing: Standing, address: str, is_first: bool) -> str:
    metric = outcome.metric
    marks = " ".join(
        name for name, holds in (("from", is_first), ("few", metric.is_rate and standing.whole < GREYED_BELOW)) if holds
    )
    mark = f' class="{marks}"' if marks else ""
    if pd.isna(standing.value):
        return f"<td{mark}>—<small>{'没有到期的' if outcome.is_compared else ''}</small></td>"
    number = metric.show(standing.value).removesuffix(metric.unit).strip()
    lines = [f'<a href="{words.escaped(address)}">{words.escaped(number)}</a>']
    if outcome.is_compared:
        lines.append(_span(outcome, standing))
    if metric.is_rate:
        lines.append(f"<small>{words.escaped(metric.show_part_whole(standing.part, standing.whole))}</small>")
    elif standing.expected == standing.expected:
        lines.append(f"<small>参照 {words.escaped(_reference(outcome, standing))}</small>")
    return f"<td{mark}>{''.join([*lines, *_words(outcome, standing)])}</td>"


def _reference(outcome: JudgedRate, standing: Standing) -> str:
    """What the people and open days would give, on the scale of the number."""
    return (
        numbers.whole_number(standing.expected)
        if outcome.metric.is_amount
        else numbers.decimal(standing.expected_value * outcome.metric.per)
    )


def _words(outcome: JudgedRate, standing: Standing) -> list[str]:
    """Own past first, then the verdict, then the place where it can be known."""
    lines = []
    if standing.earlier.good is not None:
        tone = GOOD if standing.earlier.good else BAD
        lines.append(
            f'<small class="odd" style="color:{tone}">比自己过去{"好转" if standing.earlier.good else "变差"}</small>'
        )
    if outcome.is_compared:
        style = f' class="odd" style="color:{colour(standing, outcome.metric)}"' if standing.is_clear else ""
        lines.append(f"<small{style}>{words.escaped(standing.told)}</small>")
    if standing.rank:
        lines.append(f"<small>{words.escaped(standing.word)}</small>")
    return lines


def _span(outcome: JudgedRate, standing: Standing) -> str:
    """What chance allows (99.8 %) as a thin bar, the number as a dot, the expected as an upright stroke; all branches
    of a column on one scale."""
    if pd.isna(standing.limits[0]):
        return ""
    every = [
        number
        for each in outcome.standings
        for number in (each.value, *each.limits, each.expected_value)
        if number == number
    ]
    bounds, low, wide = standing.limits, min(every), (max(every) - min(every)) or 1.0
    at = {
        name: f"{6 + (number - low) / wide * 88:.1f}%"
        for name, number in (("low", bounds[0]), ("value", standing.value), ("should", standing.expected_value))
    }
    tone = colour(standing, outcome.metric)
    meaning = (
        f"偶然会有的范围 {outcome.metric.show(bounds[0])} 至 {outcome.metric.show(bounds[1])}（99.8 %），"
        f"预期 {outcome.metric.show(standing.expected_value)}"
    )
    return (
        f'<span class="span" title="{words.escaped(meaning)}">'
        f'<i style="left:{at["low"]};width:{(bounds[1] - bounds[0]) / wide * 88:.1f}%"></i>'
        f'<u style="left:{at["should"]}"></u><b style="left:{at["value"]};background:{tone}"></b></span>'
    )
