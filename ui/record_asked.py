"""Which records a link asks for: a metric's whole, part or miss, or a plain table; one cell of a heatmap; a search. Pure words and rules."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from metrics import DIMENSIONS, VIRTUAL, WEEKDAYS, catalogue, tables
from metrics.catalogue import Metric

# What a cell may be narrowed by (cell=name:value in the address) → what it is called in words.
CELL = {name: dimension.label for name, dimension in DIMENSIONS.items()} | VIRTUAL
# Whether the metric should be high → the words for whole, part and miss.
WHICH = {
    True: {"whole": "全部", "part": "达到的", "miss": "没达到的"},
    False: {"whole": "全部", "part": "计入的", "miss": "没计入的"},
}
ORDERS = {"new": "最新在前", "old": "最早在前"}
SIZE = 50
_LONGEST = 40


@dataclass(frozen=True)
class Asked:
    """A list of records as its address says it; `notes` are sentences about what in the address made no sense."""

    table: str = "tickets"
    metric: Metric | None = None
    which: str = "whole"
    cell: tuple[tuple[str, str], ...] = ()
    text: str = ""
    order: str = "new"
    page: int = 1
    notes: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, params: Mapping) -> "Asked":
        """Read a query string nobody vouches for: what is not known falls back and is noted, never an error."""
        notes: list[str] = []
        known = {metric.key: metric for metric in catalogue.all()}
        metric = known.get(params.get("metric", ""))
        if params.get("metric") and metric is None:
            notes.append("没有这个指标，已改为列出工单")
        table = metric.table if metric else params.get("table", "tickets")
        if table not in tables.all():
            notes.append("没有这张表，已改为列出工单")
            table = "tickets"
        which = params.get("which", "whole")
        cell = _cell(params.get_all("cell") if hasattr(params, "get_all") else params.get("cell", ()), notes)
        return cls(table, metric, which if which in WHICH[True] else "whole", cell, " ".join(params.get("q", "").split())[:_LONGEST],
                   "old" if params.get("order") == "old" else "new", _number(params.get("page", "1")), tuple(notes))  # fmt: skip

    @property
    def what(self) -> str:
        """The name metrics.records() is asked for: a metric's key or a table."""
        return self.metric.key if self.metric else self.table

    @property
    def has_parts(self) -> bool:
        """Whether part and miss mean anything: not for plain tables and counts."""
        return self.metric is not None and self.metric.kind not in ("count", "per_residents")

    def sentence(self, filters: str, total: int, say: Callable[[str, str], str] = lambda name, value: value) -> str:
        """「按时办结率全部（期限落在本期的工单） · 近 12 周 · 3号楼，共 42 单」; `say` names a cell's value."""
        noun = tables.get(self.table).noun
        narrowed = [part for part in filters.split(" · ") if not (self.cell and part.startswith("全部"))]
        parts = [self._in_words(), *narrowed, *(say(name, value) for name, value in self.cell)]
        if self.text:
            parts.append(f"含“{self.text}”")
        return " · ".join(parts) + f"，共 {total:,} {noun}"

    def _in_words(self) -> str:
        if self.metric is None:
            return f"全部{tables.get(self.table).title}"
        if not self.has_parts:
            return self.metric.label
        part, _, whole = self.metric.formula.partition(" ÷ ")
        said = WHICH[self.metric.better == "up"][self.which]
        if self.metric.kind == "stock":  # the part is the number itself
            return {"part": self.metric.label, "whole": f"{self.metric.label}：分母的全部{tables.get(self.table).title}", "miss": f"{self.metric.label}：分母里没有计入的"}[self.which]
        if not whole:
            return f"{self.metric.label}（{said}）"
        words = {"whole": whole, "part": part, "miss": f"{whole}，去掉{part}"}
        return f"{self.metric.label}{said}（{words[self.which]}）"


def _cell(written: Iterable[str], notes: list[str]) -> tuple[tuple[str, str], ...]:
    """(name, value) of every 「name:value」 that makes sense, each name once."""
    found = {}
    for text in list(written)[: len(CELL)]:
        name, _, value = text.partition(":")
        if _makes_sense(name, value):
            found[name] = value[:_LONGEST]
        else:
            notes.append("有一个格子的条件读不懂，已忽略")
    return tuple(found.items())


def _makes_sense(name: str, value: str) -> bool:
    if name in ("week", "month"):
        try:
            return 1990 <= date.fromisoformat(value).year <= 2100
        except ValueError:
            return False
    if name == "hour":
        return value.isascii() and value.isdecimal() and len(value) <= 2 and int(value) < 24
    return value in WEEKDAYS if name == "weekday" else name in CELL and bool(value)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and 1 <= len(text) <= 6 and int(text) >= 1 else 1


def split_record(text: str) -> tuple[str, str] | None:
    """「tickets:T1」 → ('tickets', 'T1'); None when it is not of that form or the table does not exist."""
    table, _, record_id = text.partition(":")
    return (table, record_id[:200]) if table in tables.all() and record_id else None
