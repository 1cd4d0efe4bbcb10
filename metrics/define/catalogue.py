"""Every number the product knows, defined once in catalogue.toml and frozen here."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from metrics.define import numbers, tables
from metrics.define.errors import BadCatalogue, unknown

FILE = Path(__file__).with_name("catalogue.toml")
KINDS = {
    "proportion": "比率：分子 ÷ 分母",
    "ratio": "比率：总和 ÷ 总和",
    "count": "数量",
    "per_residents": "按人数折算的数量",
    "sum": "总量：把每条记录的数加起来",
    "mean": "平均分，附 95 % 区间",
    "sum_per_residents": "按人数折算的总量",
    "duration": "用时的中位数，未办结的一并考虑",
    "stock": "到某一时刻为止还没有了结的数量",
    "in_force": "某一时刻仍然有效的比例",
    "streak": "距最近一次的天数",
}
BETTER = {"up": "越高越好", "down": "越低越好", "none": "不分好坏，只看变化"}


@dataclass(frozen=True)
class Metric:
    """One number: part ÷ whole over a stated cohort.

    `time` dates a row; `part` and `whole` are true/false columns (both numeric for `ratio`, `part` numeric for `sum`, `mean`
    and `sum_per_residents`); `cohort`, if any, is a true/false column every row must satisfy; `end` closes a duration or
    leaves a stock; `due` is when a stock's rows fall due, or from when a row in force no longer is. `per` residents a rate is
    told for. `beside` names the metric it may never be shown without. `target` is a fraction, count or hours.
    """

    key: str
    label: str
    question: str
    note: str
    formula: str
    table: str
    kind: str
    time: str
    part: str
    whole: str
    unit: str
    better: str
    source: str
    cohort: str = ""
    end: str = ""
    due: str = ""
    target: float | None = None
    beside: str = ""
    per: int = 1000

    @property
    def is_rate(self) -> bool:
        """True where the value is a fraction shown in per cent."""
        return self.kind in ("proportion", "ratio", "in_force")

    @property
    def is_standing(self) -> bool:
        """True where rows are counted at a moment, not by the time they carry."""
        return self.kind in ("stock", "in_force", "streak")

    @property
    def is_amount(self) -> bool:
        """True where there is no part of a whole: rows counted, or a number of each row added up."""
        return self.kind in ("count", "sum")

    def show(self, value: float | None) -> str:
        """「80.6 %」, 「1,234 单」, 「4.66 万单」, 「38.2 小时」; 「—」 when there is nothing to divide by."""
        if numbers.missing(value):
            return numbers.NONE
        if self.is_rate:
            return numbers.percent(value)
        if self.kind == "duration":
            return numbers.hours(value)
        if self.kind in ("per_residents", "sum_per_residents") and abs(value) < 10_000:
            return f"{numbers.decimal(value)} {self.unit}"
        if self.kind == "mean":
            return f"{numbers.decimal(value, 2)} {self.unit}"
        shown = numbers.whole_number(value)
        return f"{shown}{self.unit}" if shown.endswith("万") else f"{shown} {self.unit}"

    def show_part_whole(self, part: float | None, whole: float | None) -> str:
        """「806 / 1,000」; 「—」 for an empty whole. A plain count shows itself once, a sum or mean the rows it is made of."""
        if numbers.missing(whole) or (whole == 0 and self.kind not in ("count", "stock", "sum")):
            return numbers.NONE
        if self.kind == "count":
            return numbers.exact_number(whole)
        if self.kind in ("sum", "mean"):
            return f"{numbers.exact_number(whole)} {tables.get(self.table).noun}"
        if self.kind == "streak":
            return f"有记录 {numbers.exact_number(whole)} 天"
        return f"{numbers.exact_number(part)} / {numbers.exact_number(whole)}"

    @property
    def kind_words(self) -> str:
        """What sort of number it is, as page and document say it."""
        return KINDS[self.kind]

    @property
    def better_words(self) -> str:
        """Which direction is good, as page and document say it."""
        return BETTER[self.better]

    def tooltip(self) -> str:
        """Question, cohort, formula and source in a few lines."""
        return f"{self.question}\n\n{self.note}\n\n公式：{self.formula}\n\n来源：{self.source}"


def parse(text: str) -> dict[str, Metric]:
    """Metrics of one catalogue text. Raises BadCatalogue naming the block and the key at fault."""
    known = [field.name for field in fields(Metric) if field.name != "key"]
    found = {}
    for key, block in tomllib.loads(text).items():
        for name in block:
            if name not in known:
                raise BadCatalogue(f"指标目录中 [{key}] 的「{name}」不是可用的项，请改成：{'、'.join(known)}。")
        try:
            found[key] = _checked(Metric(key=key, **block))
        except TypeError:
            lacking = [name for name in _required() if name not in block]
            raise BadCatalogue(f"指标目录中 [{key}] 缺少「{'、'.join(lacking)}」，请补上。") from None
    for metric in found.values():
        if metric.beside and metric.beside not in found:
            raise BadCatalogue(f"指标目录中 [{metric.key}] 的 beside「{metric.beside}」不存在，请改成目录里的指标。")
    return found


def _required() -> list[str]:
    return [
        field.name
        for field in fields(Metric)
        if field.name not in ("key", "cohort", "end", "due", "target", "beside", "per")
    ]


def _checked(metric: Metric) -> Metric:
    for value, allowed, name in ((metric.kind, KINDS, "kind"), (metric.better, BETTER, "better")):
        if value not in allowed:
            raise BadCatalogue(f"指标目录中 [{metric.key}] 的 {name}「{value}」不可用，请改成：{'、'.join(allowed)}。")
    table = tables.get(metric.table)
    for column in (metric.time, metric.part, metric.whole, metric.cohort, metric.end, metric.due):
        if column and column not in table.columns:
            raise BadCatalogue(
                f"指标目录中 [{metric.key}] 的列「{column}」不在 tables.toml 的 [{metric.table}] 里，请先登记。"
            )
    if metric.kind in ("duration", "stock", "in_force") and not metric.end:
        raise BadCatalogue(f"指标目录中 [{metric.key}] 缺少「end」，请补上结束时间的列。")
    return metric


@cache
def _catalogue() -> dict[str, Metric]:
    return parse(FILE.read_text(encoding="utf-8"))


def all() -> tuple[Metric, ...]:
    """Every metric, in the order of the file."""
    return tuple(_catalogue().values())


def get(key: str | Metric) -> Metric:
    """One metric by key. Raises UnknownName with the closest keys when there is none."""
    if isinstance(key, Metric):
        return key
    if key not in _catalogue():
        raise unknown("指标", key, _catalogue())
    return _catalogue()[key]
