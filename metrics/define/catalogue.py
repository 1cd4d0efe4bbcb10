"""Every number the product knows, defined once in catalogue.toml and frozen here."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, structs

from metrics.define import kinds, numbers, tables, versions
from metrics.define import targets as dated
from metrics.define.errors import BadCatalogue, unknown
from metrics.define.kinds import Kind
from metrics.define.targets import Target
from metrics.define.versions import Version
from warehouse.validated import Misfit, Shape, Text, fitted

FILE = Path(__file__).with_name("catalogue.toml")
BETTER = {"up": "越高越好", "down": "越低越好", "none": "不分好坏，只看变化"}


@dataclass(frozen=True)
class Metric:
    """One number: part ÷ whole over a stated cohort.

    `kind` says how it is read, valued, shown and compared (metrics.define.kinds). `time` dates a row; `part` and
    `whole` are true/false columns (both numeric for `ratio`, `part` numeric for `sum`, `mean` and `sum_per_residents`);
    `cohort`, if any, is a true/false column every row must satisfy; `end` closes a duration or leaves a stock; `due` is
    when a stock's rows fall due, or from when a row in force no longer is. `per` residents a rate is told for. `beside`
    names the metric it may never be shown without. `limit` names the deadline of limits.toml it is judged by,
    `by_service` the metric that judges the same by the school's own clock. `target` is a fraction, count or hours;
    with dates (`targets`) it is the last one decided, and `at` gives the metric as it was aimed on a day. `versions`
    are the changes of its meaning (metrics.define.versions).
    """

    key: str
    label: str
    question: str
    note: str
    formula: str
    table: str
    kind: Kind
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
    limit: str = ""
    by_service: str = ""
    per: int = 1000
    targets: tuple[Target, ...] = ()
    versions: tuple[Version, ...] = ()

    def at(self, day: date) -> "Metric":
        """The metric with the target that holds on `day`: the last day of the period it is held against."""
        return replace(self, target=dated.at(self.targets, day)) if self.targets else self

    @property
    def target_words(self) -> str:
        """「85.0 %」; with dates 「2026-08-31 起 85.0 %（例会定，纪要 12 号）」, one after the other; '' without."""
        if not self.targets:
            return "" if self.target is None else self.show(self.target)
        return "；".join(
            f"{one.days} {self.show(one.value)}（{one.decided_by}定，{one.source}）" for one in self.targets
        )

    @property
    def is_rate(self) -> bool:
        """True where the value is a fraction shown in per cent."""
        return self.kind.is_rate

    @property
    def is_standing(self) -> bool:
        """True where rows are counted at a moment, not by the time they carry."""
        return self.kind.is_standing

    @property
    def is_amount(self) -> bool:
        """True where there is no part of a whole: rows counted, or a number of each row added up."""
        return self.kind.is_amount

    def show(self, value: float | None) -> str:
        """「80.6 %」, 「1,234 单」, 「4.66 万单」, 「38.2 小时」; 「—」 when there is nothing to divide by."""
        return numbers.NONE if value is None or numbers.missing(value) else self.kind.show(value, self.unit)

    def show_part_whole(self, part: float | None, whole: float | None) -> str:
        """「806 / 1,000」; 「—」 for an empty whole. A count shows itself once, a sum or mean the rows it is made
        of."""
        if whole is None or numbers.missing(whole) or (whole == 0 and not self.kind.is_plain):
            return numbers.NONE
        return self.kind.show_part_whole(part, whole, tables.get(self.table).noun)

    @property
    def better_words(self) -> str:
        """Which direction is good, as page and document say it."""
        return BETTER[self.better]

    def tooltip(self) -> str:
        """Question, cohort, formula and source in a few lines."""
        return f"{self.question}\n\n{self.note}\n\n公式：{self.formula}\n\n来源：{self.source}"


class _Block(Shape, frozen=True):
    """One block of catalogue.toml as written; the keys are those of Metric."""

    label: Text
    question: Text
    note: Text
    formula: Text
    table: Text
    kind: Text
    time: Text
    part: Text
    whole: Text
    unit: Text
    better: Text
    source: Text
    cohort: Text = ""
    end: Text = ""
    due: Text = ""
    target: Annotated[float, Meta(title="数")] | None = None
    beside: Text = ""
    limit: Text = ""
    by_service: Text = ""
    per: Annotated[int, Meta(ge=1, title="大于 0 的整数")] = 1000
    targets: Annotated[list[dict[str, Any]], Meta(title="一个或几个 [[代号.targets]]")] = []
    versions: Annotated[list[dict[str, Any]], Meta(title="一个或几个 [[代号.versions]]")] = []


def parse(text: str) -> dict[str, Metric]:
    """Metrics of one catalogue text. Raises BadCatalogue naming the block and the key at fault."""
    metrics = {key: _metric(key, block) for key, block in tomllib.loads(text).items()}
    for metric in metrics.values():
        for name, other in (("beside", metric.beside), ("by_service", metric.by_service)):
            if other and other not in metrics:
                raise BadCatalogue(f"指标目录中 [{metric.key}] 的 {name}「{other}」不存在，请改成目录里的指标。")
    return metrics


def _metric(key: str, block: dict[str, Any]) -> Metric:
    try:
        fitted(block, _Block)
    except Misfit as misfit:
        raise BadCatalogue(f"指标目录中 [{key}] {_wrong(block, misfit)}") from None
    vocabulary: dict[str, Mapping[str, object]] = {"kind": kinds.BY_NAME, "better": BETTER}
    for name, words in vocabulary.items():
        if block[name] not in words:
            raise BadCatalogue(f"指标目录中 [{key}] 的 {name}「{block[name]}」不可用，请改成：{'、'.join(words)}。")
    listed = _targets(key, block) | {"versions": _versions(key, block)}
    return _checked(Metric(key=key, **{**block, "kind": kinds.BY_NAME[block["kind"]], **listed}))


def _targets(key: str, block: dict[str, Any]) -> dict[str, Any]:
    """`targets` and the last of them as `target`; no target of that kind for the plain form."""
    aimed = tuple(Target(**one) for one in _listed(key, block, "targets", dated.Block, "个目标"))
    if not aimed:
        return {"targets": ()}
    if "target" in block:
        raise BadCatalogue(f"指标目录中 [{key}] 同时写了 target 和 targets，请只留一种。")
    if wrong := dated.problem(aimed, kinds.BY_NAME[block["kind"]].is_rate):
        raise BadCatalogue(f"指标目录中 [{key}] {wrong}。")
    return {"targets": aimed, "target": aimed[-1].value}


def _versions(key: str, block: dict[str, Any]) -> tuple[Version, ...]:
    changes = tuple(Version(**one) for one in _listed(key, block, "versions", versions.Block, "次改口径"))
    if wrong := versions.problem(changes):
        raise BadCatalogue(f"指标目录中 [{key}] {wrong}。")
    return changes


def _listed(key: str, block: dict[str, Any], name: str, shape: type[Shape], what: str) -> list[dict[str, Any]]:
    """The [[key.name]] blocks as the shape has them; raises BadCatalogue naming the one at fault."""
    fit = []
    for number, written in enumerate(block.get(name, ()), start=1):
        try:
            fit.append(structs.asdict(fitted(written, shape)))
        except Misfit as misfit:
            raise BadCatalogue(f"指标目录中 [{key}] 第 {number} {what}{_wrong(written, misfit, shape)}") from None
    return fit


def _wrong(block: dict[str, Any], misfit: Misfit, shape: type[Shape] = _Block) -> str:
    if misfit.problem == "unknown":
        return f"的「{misfit.key}」不是可用的项，请改成：{'、'.join(misfit.known)}。"
    if misfit.problem == "missing":
        required = [field.name for field in structs.fields(shape) if field.required]
        return f"缺少「{'、'.join(name for name in required if name not in block)}」，请补上。"
    return f"的「{misfit.key}」要写成{misfit.words}。"


def _checked(metric: Metric) -> Metric:
    table = tables.get(metric.table)
    for column in (metric.time, metric.part, metric.whole, metric.cohort, metric.end, metric.due):
        if column and column not in table.columns:
            raise BadCatalogue(
                f"指标目录中 [{metric.key}] 的列「{column}」不在 tables.toml 的 [{metric.table}] 里，请先登记。"
            )
    if metric.kind.needs_end and not metric.end:
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
