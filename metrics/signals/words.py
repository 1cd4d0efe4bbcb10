"""How a signal reads: where, what, how much against the usual, who is responsible, and the headline of the week."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from metrics.ask import members, sql
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import WEEK, Window
from metrics.define import numbers, tables
from metrics.define.catalogue import Metric
from metrics.duties.red_words import Rules
from metrics.methods import spc
from metrics.signals.findings import Finding
from metrics.signals.search import homes
from warehouse import Build


def window_of(finding: Finding, week: date) -> Window:
    """The weeks whose records show it; for cases that follow each other fast the days of these, for a silence also the eight weeks
    before it, when there was something."""
    if finding.kind == "gap":
        return finding.more["window"]
    back = finding.weeks + 8 if finding.kind == "silent" else finding.weeks
    return Window(week - WEEK * (back - 1), week + WEEK)


def severity(finding: Finding, good: bool | None, rules: Rules) -> float:
    """3 for what can kill or ruin (the school's red lines), 2 for hazards and silence, 1 otherwise; better or neutral news weighs half."""
    grave = rules.is_grave(finding.where.get("category", ""))
    weight = 3.0 if grave else 2.0 if finding.table == "hazards" or finding.kind == "silent" else 1.0
    return weight if good is False else weight / 2


def size(finding: Finding) -> float:
    """How far from the usual, on a scale on which ten times as many is not ten times as urgent."""
    if finding.kind in ("cell", "grid", "wave", "gap"):
        return float(np.log1p(finding.excess)) + sum(size(one) for one in finding.more.get("also", ()))
    if finding.kind == "silent":
        return float(np.log1p(finding.expected * min(finding.weeks, 8)))
    return float(np.log1p(min(-np.log10(max(finding.p, 1e-12)), 6)))


@dataclass(frozen=True)
class Words:
    """The words of one signal; `which` says whether its records are the whole, the part or the misses."""

    build: Build
    finding: Finding
    metric: Metric
    window: Window
    only: Selection
    scope: Scope

    @property
    def noun(self) -> str:
        return tables.get(self.finding.table).noun

    @cached_property
    def place(self) -> str:
        names = [
            members.name(self.build, name, value) for name, value in self.finding.where.items() if name != "category"
        ]
        return " ".join(names) or "全校"

    @property
    def what(self) -> str:
        return self.finding.where.get("category") or (
            "没有记录" if self.finding.kind == "silent" else self.metric.label
        )

    @property
    def which(self) -> str:
        if self.finding.kind == "deadline":
            return "part"
        rate_down = self.metric.is_rate and self.finding.observed < self.finding.expected
        return "miss" if rate_down and self.metric.better == "up" else "whole"

    @property
    def verdict(self) -> str:
        if self.finding.kind in ("xmr", "series"):
            return self.finding.more["chart"].verdict
        if self.finding.kind == "lasting":
            return "高于其他支部" if self.finding.observed > self.finding.expected else "低于其他支部"
        if self.finding.kind == "busy":
            return "长期偏多"
        if self.finding.kind == "branch":
            return (
                spc.BETTER
                if (self.finding.observed > self.finding.expected) == (self.metric.better == "up")
                else spc.WORSE
            )
        return spc.DOWN if self.finding.kind == "silent" else spc.UP

    @property
    def sentence(self) -> str:
        return getattr(self, f"_{self.finding.kind}")()

    def _much(self) -> str:
        return f"{self.finding.observed:,.0f} {self.noun}"

    def _usual(self) -> str:
        if self.finding.expected < 0.05:
            return "几乎没有"
        return f"约 {numbers.decimal(self.finding.expected)} {self.noun}"

    def _cell(self) -> str:
        title = tables.get(self.finding.table).title
        also = "".join(
            f"；{words.noun_phrase()}"
            for words in (replace(self, finding=one) for one in self.finding.more.get("also", ()))
        )
        return f"{self.place} {self.what} 本周{title} {self._much()}，往常每周{self._usual()}{also}。"

    def noun_phrase(self) -> str:
        """「安全隐患 8 条，往常约 1.0 条」."""
        return f"{tables.get(self.finding.table).title} {self._much()}，往常{self._usual()}"

    def _grid(self) -> str:
        title = tables.get(self.finding.table).title
        return f"{self.place} 本周{title} {self._much()}，往常每周{self._usual()}。"

    def _span(self) -> str:
        return f"近 {self.finding.weeks} 周" if self.finding.weeks > 1 else "本周"

    def _wave(self) -> str:
        usual = "往年同教学周" if self.finding.more.get("years") else "往常同样长的时间"
        title = tables.get(self.finding.table).title
        return f"全校 {self.what} {self._span()}{title} {self._much()}，{usual}{self._usual()}。"

    def _silent(self) -> str:
        both = "、".join(tables.get(name).title for name in self.finding.more["tables"])
        long = f"已连续 {self.finding.weeks} 周" if self.finding.weeks > 1 else "本周"
        return f"{self.place} {long}没有{both}，往常每周{self._usual()}，可能是没人报，而不是没有事。"

    def _gap(self) -> str:
        """「3号楼 财物失窃 最近 5 起集中在 9 天内，往常约 40 天一起。」"""
        usual = self.finding.more["every"]
        known = f"往常约 {usual:,.0f} 天一起" if usual else "此前从未有过"
        title = tables.get(self.finding.table).title
        return f"{self.place} {self.what} 最近 {self.finding.more['cases']} 起（{title}）集中在 {self.finding.more['window'].days} 天内，{known}。"

    def _busy(self) -> str:
        title = tables.get(self.finding.table).title
        return f"{self.place} 近 {self.finding.weeks} 周{title} {self._much()}，按人数和同类楼宇约应为 {numbers.decimal(self.finding.expected)} {self.noun}。"

    def _lasting(self) -> str:
        shown = self.metric.show_part_whole(self.finding.more["part"], self.finding.more["whole"])
        word = "一直高于" if self.finding.observed > self.finding.expected else "一直低于"
        return (
            f"{self.place} {self.metric.label}近 {self.finding.weeks} 周 {self.metric.show(self.finding.observed)}（{shown}），"
            f"{word}其他支部（{self.metric.show(self.finding.expected)}）。"
        )

    def _xmr(self) -> str:
        chart: spc.Xmr = self.finding.more["chart"]
        counts = self.metric.show_part_whole(self.finding.more["part"], self.finding.more["whole"])
        shown = f"{self.metric.label} {self.metric.show(self.finding.observed)}{f'（{counts}）' if self.metric.is_rate else ''}"
        band = f"正常范围 {self.metric.show(chart.lower)} 至 {self.metric.show(chart.upper)}"
        reason = "超出正常范围" if chart.last_rule == spc.BEYOND else chart.last_rule
        return f"{shown}，{reason}（{band}），{chart.verdict}。"

    def _series(self) -> str:
        return f"{self.place} 本周{self._xmr()}"

    def _branch(self) -> str:
        shown = self.metric.show_part_whole(self.finding.more["part"], self.finding.more["whole"])
        better = self.verdict == spc.BETTER
        return (
            f"{self.place} {self.metric.label}近 {self.finding.weeks} 周 {self.metric.show(self.finding.observed)}（{shown}），"
            f"此前 {self.metric.show(self.finding.expected)}，{'明显改善' if better else '明显变差'}。"
        )

    def _deadline(self) -> str:
        part, whole = self.finding.more["part"], self.finding.more["whole"]
        return (
            f"近 {self.finding.weeks} 周销号的 {whole:,.0f} 条隐患中，{part:,.0f} 条恰好在期限当天销号"
            f"（往常约 {self.metric.show(self.finding.expected)}），请到现场抽查。"
        )

    @cached_property
    def responsible(self) -> str:
        """Grid, branch and the unit most of the records belong to: 「第4网格 · 第五党支部 · 后勤处」."""
        home = dict(homes(self.build).get(self.finding.where.get("building"), {}))
        home |= {name: value for name, value in self.finding.where.items() if name in ("grid", "branch")}
        if "grid" in home and "branch" not in home:
            home["branch"] = _branch_of_grid(self.build).get(home["grid"])
        named = [
            members.name(self.build, name, home[name]) for name in ("grid", "branch") if isinstance(home.get(name), str)
        ]
        unit = self._unit()
        return " · ".join([*named, unit] if unit else named) or "全校"

    def _unit(self) -> str:
        bound = sql.Bound()
        time = sql.column(self.metric.table, self.metric.time)
        conditions = (
            sql.within(time, self.window, bound) + sql.selected(self.only, bound) + sql.visible(self.scope, bound)
        )
        source = sql.source(self.metric.table, bool(self.only.kinds))
        found = self.build.query(
            f"SELECT mode({sql.FACT}.unit) AS unit {source} {sql.where(conditions)}", bound.values
        )["unit"].iloc[0]
        return found if isinstance(found, str) and self.finding.where else ""


@lru_cache(maxsize=8)
def _branch_of_grid(build: Build) -> dict[str, str]:
    frame = build.query("SELECT grid_id, branch_id FROM grids")
    return dict(zip(frame["grid_id"], frame["branch_id"], strict=True))
