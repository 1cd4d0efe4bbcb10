"""What a change is made of: where the excess over the usual lies, or that it is everywhere."""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from metrics.ask import members, sql
from metrics.ask.question import Question
from metrics.ask.reading.rows import behind
from metrics.ask.records import records
from metrics.ask.selection import ALL, EVERYTHING, NOT_FILLED, UNRECOGNISED, Scope, Selection
from metrics.ask.window import Window
from metrics.compare.grounds import previous_window
from metrics.define import catalogue, numbers
from metrics.define.catalogue import Metric
from metrics.methods import many_tests
from warehouse import Build

CUTS = (("building", "category"), ("category",), ("building",), ("channel",))
UNITS = {"category": "类", "building": "处"}
MOSTLY = 0.5  # a group is named when it holds at least this share of the excess
SURE = 0.01
LIKELY = 0.05


@dataclass(frozen=True)
class Contributors:
    """`sentence`: 「主要集中在 …」 or 「普遍上升」. `only` opens the group named; `examples` are three of its record
    ids.

    `cells`: building, category, channel, observed, expected, excess of every cell, largest first.
    """

    sentence: str
    concentrated: bool
    only: Selection
    examples: list[str]
    observed: float
    expected: float
    share: float
    cells: pd.DataFrame = field(repr=False, compare=False)


def main_contributors(
    build: Build,
    metric: str | Metric,
    window: Window,
    base: Window | None = None,
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
    cuts: tuple[tuple[str, ...], ...] = CUTS,
) -> Contributors:
    """Excess over the base period (default: the previous equal one, scaled by days) by building × category × channel.

    For a rate the cases that speak against it are explained (misses where up is better, parts where down is), and what
    is usual is the base period's common rate. A group is named when it holds half the change and is not chance. `cuts`
    are the ways of grouping that are tried, in order; what `only` has already narrowed to one value explains nothing.
    """
    metric = catalogue.get(metric)
    base = base or previous_window(window)
    if metric.kind.is_duration:
        nothing = pd.DataFrame(columns=["building", "category", "channel", "observed", "expected", "excess"])
        return Contributors("用时的变化不按构成拆分，请按楼宇或部门分组查看。", False, only, [], 0.0, 0.0, 0.0, nothing)
    cells = _cells(build, metric, window, base, only, scope)
    observed, usual = cells["observed"].sum(), cells["expected"].sum()
    excess, sign = observed - usual, 1 if observed >= usual else -1
    free = [tuple(name for name in cut if len(only.values(name)) != 1) for cut in cuts]
    for cut in dict.fromkeys(cut for cut in free if cut):
        group = cells.groupby(list(cut), as_index=False, sort=False)[["observed", "expected"]].sum()
        top = group.iloc[(sign * (group["observed"] - group["expected"])).argmax()] if len(group) else None
        if top is not None and _stands_out(top, excess, sign):
            return _named(build, metric, window, only, scope, cells, cut, top, excess, sign)
    spread = "building" if len(only.values("category")) == 1 else "category"
    return _everywhere(build, metric, window, only, scope, cells, sign, spread)


def _stands_out(top: pd.Series, excess: float, sign: int) -> bool:
    beyond = sign * (top["observed"] - top["expected"])
    judge = many_tests.poisson_more if sign > 0 else many_tests.poisson_fewer
    chance = float(judge(np.array([top["observed"]]), np.array([max(top["expected"], 0.1)]))[0])
    return beyond > 0 and abs(excess) > 0 and beyond >= MOSTLY * abs(excess) and chance < SURE


def _cells(build, metric, window, base, only, scope) -> pd.DataFrame:
    """Observed and expected of every building × category × channel, one statement for both periods."""
    question = Question(
        build, metric, Window(min(base.start, window.start), max(base.end, window.end)), (), None, only, scope
    )
    bound = sql.Bound()
    part, whole = sql.column(metric.table, metric.part), sql.column(metric.table, metric.whole)
    part, whole = metric.kind.case_of(part, whole)
    against = f"NOT coalesce({part}, false)" if metric.is_rate and metric.better == "up" else part
    now, before = (_during(question, one, bound) for one in (window, base))
    names = ("building", "category", "channel")
    keys = ", ".join(f"{sql.grouped(name, question.time)} AS {name}" for name in names)
    counts = ", ".join(
        f"count(*) FILTER (WHERE {whole} AND {extra} AND {when}) AS {alias}"
        for alias, extra, when in (
            ("now", against, now),
            ("past", against, before),
            ("base", "true", now),
            ("past_base", "true", before),
        )
    )
    conditions = question.conditions(bound, None if metric.kind.is_backlog else question.window)
    statement = (
        f"SELECT {keys}, {counts} {sql.source(metric.table, bool(only.kinds))} {sql.where(conditions)} GROUP BY 1, 2, 3"
    )
    cells = build.query(statement, bound.values)
    if metric.kind.is_backlog:
        usual = cells["past"]
    elif metric.is_rate:
        usual = cells["base"] * (cells["past"].sum() / max(cells["past_base"].sum(), 1))
    else:
        usual = cells["past"] * (window.days / base.days)
    counted = cells[list(names)].assign(observed=cells["now"].astype(float), expected=usual.astype(float))
    return counted.assign(excess=counted["observed"] - counted["expected"]).sort_values(
        "excess", ascending=False, ignore_index=True
    )


def _during(question: Question, window: Window, bound: sql.Bound) -> str:
    """Belongs to a period: dated in it, or, for a stock, overdue at its end."""
    if not question.metric.kind.is_backlog:
        return " AND ".join(sql.within(question.time, window, bound))
    return " AND ".join(behind(replace(question, window=window), "part", bound))


def _named(build, metric, window, only, scope, cells, cut, top, excess, sign) -> Contributors:
    narrowed = only.narrowed(**{name: top[name] for name in cut})
    place = " ".join(_called(build, name, top[name]) for name in cut)
    share = min(sign * (top["observed"] - top["expected"]) / abs(excess), 1.0)
    unit = metric.unit.split("/")[0] if not metric.is_rate else "件"
    word = "增加" if sign > 0 else "减少"
    sentence = (
        f"主要集中在 {place}（{top['observed']:,.0f} {unit}，往常约 {numbers.decimal(top['expected'])} {unit}，"
        f"占{word}量的 {share * 100:.0f} %）。"
    )
    examples = _examples(build, metric, window, narrowed, scope)
    return Contributors(
        sentence, True, narrowed, examples, float(top["observed"]), float(top["expected"]), float(share), cells
    )


def _everywhere(build, metric, window, only, scope, cells, sign, spread) -> Contributors:
    spread_over = cells.groupby(spread)[["observed", "expected"]].sum()
    moved = int((sign * (spread_over["observed"] - spread_over["expected"]) > 0).sum())
    word = "上升" if sign > 0 else "下降"
    observed, usual = np.array([cells["observed"].sum()]), np.array([max(cells["expected"].sum(), 0.1)])
    chance = (many_tests.poisson_more if sign > 0 else many_tests.poisson_fewer)(observed, usual)[0]
    if cells.empty:
        sentence = "本期和上期都没有记录。"
    elif chance > LIKELY:
        sentence = "与往常相比没有明显变化。"
    else:
        side = "高于" if sign > 0 else "低于"
        sentence = (
            f"{misses_counted(metric)}普遍{word}："
            f"{len(spread_over)} {UNITS[spread]}中有 {moved} {UNITS[spread]}{side}往常，"
            "没有集中在某一处。"
        )
    examples = _examples(build, metric, window, only, scope)
    return Contributors(
        sentence, False, only, examples, float(cells["observed"].sum()), float(cells["expected"].sum()), 0.0, cells
    )


def misses_counted(metric: Metric) -> str:
    """Whose number moves: of a rate that should be high it is the misses that are counted."""
    return "没有达标的" if metric.is_rate and metric.better == "up" else ""


def _called(build: Build, name: str, value: str) -> str:
    if value in (UNRECOGNISED, NOT_FILLED):
        return f"{value}的{'地点' if name == 'building' else '类别' if name == 'category' else '渠道'}"
    return members.name(build, name, value)


def _examples(build, metric, window, only, scope) -> list[str]:
    which = "miss" if metric.is_rate and metric.better == "up" else "part"
    rows, _ = records(build, metric, window, only, which, limit=3, scope=scope)
    return rows.iloc[:, 0].astype(str).tolist() if rows.columns[0].endswith("_id") else []
