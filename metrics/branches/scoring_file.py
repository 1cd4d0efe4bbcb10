"""data/school/scoring.toml read and checked: criteria, weights and steps; a bad file is one Chinese sentence with its
line."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.errors import UnknownName
from metrics.define.small_numbers import SCORED_FROM
from warehouse import paths
from warehouse.errors import UserError
from warehouse.validated import Misfit, Shape, fitted

SIDES = {"at_least": "不低于", "at_most": "不高于"}
NEVER_LOWERED = ("hazard_count", "hazard_reporting_rate")


@dataclass(frozen=True)
class Step:
    """So many points from (at_least) or up to (at_most) a bound."""

    side: str
    bound: float
    points: float

    def holds(self, value: float) -> bool:
        """Whether a value reaches it."""
        return value >= self.bound if self.side == "at_least" else value <= self.bound

    def words(self, metric: Metric) -> str:
        """「不低于 95.0 % 得 20 分」"""
        return f"{SIDES[self.side]} {metric.show(self.bound)} 得 {self.points:g} 分"


@dataclass(frozen=True)
class Criterion:
    """One line of the sheet. `weight` is its full score; `least` the smallest whole that is scored; `line` where the
    file has it."""

    name: str
    metric: str
    weight: float
    steps: tuple[Step, ...]
    least: int = SCORED_FROM
    line: int = 0

    @property
    def rule(self) -> str:
        """All steps in words."""
        metric = catalogue.get(self.metric)
        return "；".join(step.words(metric) for step in self.steps) + "；其余 0 分"

    def step(self, value: float) -> Step | None:
        """The first step a value reaches, in the order written."""
        return next((one for one in self.steps if one.holds(value)), None)


class _Criterion(Shape, frozen=True):
    """One [[criterion]] as written; the metric and its steps are looked at together, below."""

    name: Annotated[str, Meta(pattern=r"\S", title="项目名称")]
    metric: object
    weight: Annotated[float, Meta(gt=0, title="大于 0 的分数")]
    steps: object
    least: Annotated[int, Meta(ge=1, title="不小于 1 的整数")] = SCORED_FROM


def read(path: Path | None = None) -> tuple[Criterion, ...]:
    """Every criterion of the file; none where there is no file. Raises UserError with file and line."""
    path = path or paths.school() / "scoring.toml"
    name = f"{path.parent.name}/{path.name}"
    if not path.exists():
        return ()
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except UnicodeDecodeError:
        raise UserError(f"{name} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    except tomllib.TOMLDecodeError as problem:
        place = re.search(r"line (\d+)", str(problem))
        where = f"第 {place[1]} 行" if place else "末尾"
        raise UserError(f"{name} {where}写法有误，请检查引号、括号是否成对。") from None
    return _criteria(content, text, name)


def _criteria(content: dict, text: str, name: str) -> tuple[Criterion, ...]:
    for key in content:
        if key != "criterion":
            raise UserError(f"{name} 第 {_line(text, key)} 行：「{key}」不认识，每一项评分要写在 [[criterion]] 下面。")
    blocks = content.get("criterion", [])
    if not isinstance(blocks, list):
        raise UserError(f"{name} 第 {_line(text, 'criterion')} 行：criterion 要写两层方括号，[[criterion]]。")
    heads = [
        number for number, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*criterion\s*\]\]", line)
    ]
    heads += [1] * (len(blocks) - len(heads))  # written another way than [[criterion]]
    criteria = tuple(_criterion(block, head, text, name) for block, head in zip(blocks, heads, strict=False))
    seen: dict[str, int] = {}
    for criterion in criteria:
        if criterion.name in seen:
            raise UserError(
                f"{name} 第 {criterion.line} 行：「{criterion.name}」和第 {seen[criterion.name]} 行重名，"
                "请改成不同的名称。"
            )
        seen[criterion.name] = criterion.line
    return criteria


def _line(text: str, key: str, after: int = 1) -> int:
    """The first line from `after` on that begins with the key; `after` itself when none does."""
    begins = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}(?!\w)")
    lines = text.splitlines()[after - 1 :]
    return next((after + number for number, line in enumerate(lines) if begins.match(line)), after)


def _criterion(block: dict, head: int, text: str, name: str) -> Criterion:
    def wrong(key: str, sentence: str) -> UserError:
        return UserError(f"{name} 第 {_line(text, key, head)} 行：{sentence}")

    try:
        fitted(block, _Criterion)
    except Misfit as misfit:
        if misfit.problem == "missing":
            raise UserError(f"{name} 第 {head} 行的这一项缺少「{misfit.key}」，请补上。") from None
        is_unknown = misfit.problem == "unknown"
        wish = (
            f"「{misfit.key}」不认识，可用：{'、'.join(misfit.known)}。"
            if is_unknown
            else f"{misfit.key} 要写成{misfit.words}。"
        )
        raise wrong(misfit.key, wish) from None
    try:
        metric = catalogue.get(str(block["metric"]))
    except UnknownName as problem:
        raise wrong("metric", problem.sentence) from None
    try:
        steps = _steps(block["steps"], metric, block["weight"])
    except ValueError as problem:
        raise wrong("steps", str(problem)) from None
    return Criterion(
        block["name"].strip(), metric.key, float(block["weight"]), steps, block.get("least", SCORED_FROM), head
    )


def _steps(written: object, metric: Metric, weight: float) -> tuple[Step, ...]:
    """Raises ValueError with a Chinese sentence."""
    if not isinstance(written, list) or not written:
        raise ValueError("steps 要写成几档，如 [{ at_least = 0.95, points = 20 }]。")
    steps = [_step(one, metric, weight) for one in written]
    sides = {one.side for one in steps}
    if len(sides) > 1:
        raise ValueError("同一项的各档要么都写 at_least，要么都写 at_most。")
    side = sides.pop()
    if side == "at_most" and metric.key in NEVER_LOWERED:
        raise ValueError(f"「{metric.label}」报得多不能扣分，只能写 at_least。")
    if (side == "at_most") == (metric.better == "up") and metric.better != "none":
        raise ValueError(
            f"「{metric.label}」{metric.better_words}，请写 {'at_least' if metric.better == 'up' else 'at_most'}。"
        )
    ordered = sorted(steps, key=lambda one: one.bound, reverse=side == "at_least")
    points = [one.points for one in ordered]
    if ordered != steps or points != sorted(points, reverse=True) or len({one.bound for one in steps}) < len(steps):
        raise ValueError("各档要从高分到低分写，分数和界限都依次放宽。")
    return tuple(steps)


def _step(written: object, metric: Metric, weight: float) -> Step:
    if not isinstance(written, dict) or len(written) != 2 or "points" not in written or not set(written) & set(SIDES):
        raise ValueError("每一档写两样：at_least 或 at_most，和 points。")
    side = next(name for name in SIDES if name in written)
    bound, points = written[side], written["points"]
    if not _is_number(bound) or not _is_number(points) or not 0 <= points <= weight:
        raise ValueError(f"界限和分数都要写成数，分数在 0 到满分 {weight:g} 之间。")
    if metric.is_rate and not 0 <= bound <= 1:
        raise ValueError(f"「{metric.label}」是比率，界限要写成 0 到 1 的小数，95 % 写 0.95。")
    return Step(side, float(bound), float(points))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
