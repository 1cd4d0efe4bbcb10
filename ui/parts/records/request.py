"""Which records a link asks for: a metric's whole, part or miss, or a plain table; one cell of a heatmap; a search. Pure words and rules."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from metrics.ask.selection import DIMENSIONS, VIRTUAL, WEEKDAYS
from metrics.define import catalogue, tables
from metrics.define.catalogue import Metric

# What a cell may be narrowed by (cell=name:value in the address) → what it is called in words.
CELL = {name: dimension.label for name, dimension in DIMENSIONS.items()} | VIRTUAL
# Whether the metric should be high → the words for whole, part and miss.
WHICH = {
    True: {"whole": "全部", "part": "达到的", "miss": "没达到的"},
    False: {"whole": "全部", "part": "计入的", "miss": "没计入的"},
}
SIZE = 50
MOST_COLUMNS = 20
_LONGEST = 40


@dataclass(frozen=True)
class Asked:
    """A list of records as its address says it; `notes` are sentences about what in the address made no sense.

    order: a column, "-column" for falling. columns: what is shown, in that order. same: (column, value) a record must agree with.
    """

    table: str = "tickets"
    metric: Metric | None = None
    which: str = "whole"
    cell: tuple[tuple[str, str], ...] = ()
    text: str = ""
    order: str = "-opened_at"
    page: int = 1
    columns: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
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
        return cls(
            table,
            metric,
            which if which in WHICH[True] else "whole",
            _cell(_all(params, "cell"), notes),
            " ".join(params.get("q", "").split())[:_LONGEST],
            _order(params.get("order", "new"), table, metric.time if metric else tables.get(table).time),
            _number(params.get("page", "1")),
            _columns(params.get("cols", ""), table, notes),
            _same(_all(params, "same"), table, notes),
            tuple(notes),
        )

    @property
    def what(self) -> str:
        """The name metrics.records() is asked for: a metric's key or a table."""
        return self.metric.key if self.metric else self.table

    @property
    def has_parts(self) -> bool:
        """Whether part and miss mean anything: not for plain tables and counts."""
        return self.metric is not None and self.metric.kind.has_misses

    def sentence(self, filters: str, total: int, say: Callable[[str, str], str] = lambda name, value: value) -> str:
        """「按时办结率全部（期限落在本期的工单） · 近 12 周 · 3号楼，共 42 单」; `say` names a cell's or a column's value."""
        return f"{self.narrowed(filters, say)}，共 {total:,} {tables.get(self.table).noun}"

    def narrowed(self, filters: str, say: Callable[[str, str], str] = lambda name, value: value) -> str:
        """What is listed and under which conditions, without the count."""
        own = [say(name, value) for name, value in (*self.cell, *self.same)]
        parts = [
            self._in_words(),
            *(part for part in filters.split(" · ") if not (own and part.startswith("全部"))),
            *own,
        ]
        return " · ".join([*parts, f"含“{self.text}”"] if self.text else parts)

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """(column, whether falling)."""
        return self.order.lstrip("-"), self.order.startswith("-")

    def _in_words(self) -> str:
        if self.metric is None:
            return f"全部{tables.get(self.table).title}"
        if not self.has_parts:
            return self.metric.label
        part, _, whole = self.metric.formula.partition(" ÷ ")
        said = WHICH[self.metric.better == "up"][self.which]
        if self.metric.kind.is_backlog:  # the part is the number itself
            return {
                "part": self.metric.label,
                "whole": f"{self.metric.label}：分母的全部{tables.get(self.table).title}",
                "miss": f"{self.metric.label}：分母里没有计入的",
            }[self.which]
        if not whole:
            return f"{self.metric.label}（{said}）"
        words = {"whole": whole, "part": part, "miss": f"{whole}，去掉{part}"}
        return f"{self.metric.label}{said}（{words[self.which]}）"


def _all(params: Mapping, key: str) -> Iterable[str]:
    return params.get_all(key) if hasattr(params, "get_all") else params.get(key, ())


def _order(written: str, table: str, time: str) -> str:
    """「new」 and 「old」 go by the time that counts; anything else that is no column, too."""
    name = written.removeprefix("-")
    return written if name in tables.get(table).columns else time if written == "old" else f"-{time}"


def _columns(written: str, table: str, notes: list[str]) -> tuple[str, ...]:
    """The columns named, each once; the table's own list when none is."""
    known, asked = tables.get(table), list(dict.fromkeys(name for name in written[:1000].split(",") if name))
    if len(kept := [name for name in asked if name in known.columns][:MOST_COLUMNS]) < len(asked):
        notes.append("有的列在这张表里没有，已忽略")
    return tuple(kept) or known.listed


def _same(written: Iterable[str], table: str, notes: list[str]) -> tuple[tuple[str, str], ...]:
    """(column, value) of every 「column:value」 whose column the table has."""
    pairs = [text.partition(":")[::2] for text in list(written)[:6]]
    kept = {name: value[:120] for name, value in pairs if value and name in tables.get(table).columns}
    if len(kept) < len(pairs):
        notes.append("有一个“相同”的条件读不懂，已忽略")
    return tuple(kept.items())


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
