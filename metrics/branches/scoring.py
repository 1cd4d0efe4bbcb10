"""The committee's own scoring sheet, filled from the metrics: data/school/scoring.toml, empty by default, every point
traceable."""

from dataclasses import dataclass

from metrics.ask import arrivals
from metrics.ask.measure import measure
from metrics.ask.selection import EVERYTHING, Scope
from metrics.branches import scoring_file
from metrics.branches.periods import Period
from metrics.branches.review import branches
from metrics.branches.scoring_file import Criterion
from metrics.define import catalogue, numbers
from warehouse import Build

EMPTY = "党委还没有填评分表（data/school/scoring.toml 是空的），不打分。"


@dataclass(frozen=True)
class Score:
    """One branch in one criterion. `points` is None where nothing can be told (no record, too few, no export), never 0
    for that. `words`: how the points came about, with part, whole and the step of the rule."""

    branch: str
    criterion: Criterion
    part: float
    whole: float
    value: float
    points: float | None
    words: str


@dataclass(frozen=True)
class Row:
    """A branch's line. `total` of the criteria that could be told, out of `full`; `untold` says how many could not."""

    branch: str
    name: str
    scores: tuple[Score, ...]
    total: float
    full: float
    untold: int


@dataclass(frozen=True)
class Sheet:
    """`rows` in the branches' own order, never sorted by points; empty, with `words` saying so, where the file has no
    criterion."""

    period: Period
    criteria: tuple[Criterion, ...]
    rows: tuple[Row, ...]
    words: str


def sheet(build: Build, period: Period, scope: Scope = EVERYTHING) -> Sheet:
    """The sheet filled for one period. Raises UserError naming file and line for a file that cannot be used."""
    criteria = scoring_file.read()
    if not criteria:
        return Sheet(period, (), (), EMPTY)
    names = branches(build, scope)
    scores = [_scores(build, one, period, names, scope) for one in criteria]
    rows = tuple(_row(key, name, tuple(one[key] for one in scores)) for key, name in names.items())
    full = numbers.decimal(sum(one.weight for one in criteria), 0)
    unfinished = "" if period.is_over else "；这一期还没有结束，分数还会变"
    return Sheet(
        period,
        criteria,
        rows,
        f"按党委的评分表，{len(criteria)} 项共 {full} 分；分数由指标按写明的档次算出，"
        f"不代表支部之间真有差别{unfinished}。",
    )


def _row(branch: str, name: str, scores: tuple[Score, ...]) -> Row:
    told = [(score.points, score.criterion.weight) for score in scores if score.points is not None]
    return Row(
        branch,
        name,
        scores,
        sum(points for points, _ in told),
        sum(weight for _, weight in told),
        len(scores) - len(told),
    )


def _scores(
    build: Build, criterion: Criterion, period: Period, names: dict[str, str], scope: Scope
) -> dict[str, Score]:
    metric = catalogue.get(criterion.metric)
    if arrivals.missing(build, metric.table):
        never = f"{arrivals.never(build, metric.table)}，不打分"
        return {key: Score(key, criterion, 0.0, 0.0, float("nan"), None, never) for key in names}
    rows = measure(build, metric, period.counted, "branch", scope=scope).set_index("branch")[["part", "whole", "value"]]
    of_branch = {key: rows.loc[key] if key in rows.index else None for key in names}
    return {key: _score(key, criterion, row) for key, row in of_branch.items()}


def _score(branch: str, criterion: Criterion, row) -> Score:
    metric = catalogue.get(criterion.metric)
    part, whole, value = (
        (0.0, 0.0, float("nan")) if row is None else (float(row["part"]), float(row["whole"]), float(row["value"]))
    )
    shown = metric.show(value) + (f"（{metric.show_part_whole(part, whole)}）" if metric.is_rate and whole else "")
    if numbers.missing(value):
        return Score(
            branch, criterion, part, whole, value, None, f"{metric.label} {numbers.NONE}：没有可算的记录，不打分"
        )
    if not metric.is_amount and whole < criterion.least:
        return Score(
            branch, criterion, part, whole, value, None, f"{metric.label} {shown}：样本不足 {criterion.least}，不打分"
        )
    step = criterion.step(value)
    points = step.points if step else 0.0
    rule = step.words(metric) if step else "没有达到任何一档"
    return Score(branch, criterion, part, whole, value, points, f"{metric.label} {shown}：{rule}，得 {points:g} 分")
