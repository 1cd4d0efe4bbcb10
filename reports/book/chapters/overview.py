"""总览: all branches at one glance, then outcome by outcome: own past, what was to be expected, interval, and a place
only where it can be known."""

from functools import partial

from metrics.branches.review import JudgedRate
from metrics.define import numbers
from reports.book.request import ReviewRequest
from reports.book.wording import change, counts, expected, interval, label, past, value
from reports.book.wording import told as judged
from reports.content.failures import computed
from reports.content.parts import Line, Section, Table

TITLE = "总览"
ACROSS = 4  # outcomes side by side
AMOUNTS = ("支部", "本期", "依据", "过去", "过去的依据", "变化", "期望值")
RATES = ("支部", "本期", "分子 / 分母", "过去", "过去的分子 / 分母", "变化", "期望值", "偶然范围（%）", "与预期比")
PLACED = ("支部", "本期", "过去", "变化", "期望值", "偶然范围（%）", "与预期比", "名次")


def chapter(request: ReviewRequest) -> Section:
    """The headline, a table of branches × outcomes, how to read it, then one part an outcome."""
    review = request.review
    if not request.branches:
        return Section(
            "overview", TITLE, failure="没有可以评议的党支部：请在 data/school/branches.csv 里登记，或核对可见范围。"
        )
    told = [outcome for outcome in review.outcomes if outcome.standings]
    parts = (
        computed("glance", "一览", lambda: _glance(told)),
        computed("reading", "怎样比、怎样读", lambda: _reading(review.outcomes)),
        *(computed(outcome.metric.key, outcome.metric.label, partial(_outcome, outcome)) for outcome in told),
    )
    return Section("overview", TITLE, f"{review.headline.rstrip('。')}。", parts=parts)


def _glance(told: list[JudgedRate]) -> Section:
    """Branches down, a few outcomes across; more outcomes in further tables."""
    if not told:
        return Section("glance", "一览", "这一期还没有任何一项的记录。")
    tables = [
        _across([outcome for outcome in told if outcome.is_compared]),
        _across([outcome for outcome in told if not outcome.is_compared]),
    ]
    return Section("glance", "一览", tables=tuple(table for several in tables for table in several))


def _across(several: list[JudgedRate]) -> list[Table]:
    rows = -(-len(several) // ACROSS) or 1
    size = -(-len(several) // rows) or 1
    return [_table(several[at : at + size]) for at in range(0, len(several), size)]


def _table(few: list[JudgedRate]) -> Table:
    names = [(outcome.branch, outcome.name) for outcome in few[0].standings]
    rows = tuple((name, *(_cell(outcome, outcome.of(branch)) for outcome in few)) for branch, name in names)
    return Table("", ("支部", *(label(outcome.metric) for outcome in few)), rows, "l" + "r" * len(few))


def _cell(outcome: JudgedRate, standing) -> str:
    """Number, part and whole; for what is compared the word of its verdict below."""
    number, rests = value(outcome, standing), counts(outcome, standing)
    shown = number if rests == numbers.NONE else f"{number}（{rests}）"
    return f"{shown}\n{judged(outcome, standing)}" if outcome.is_compared else shown


def _reading(outcomes: tuple[JudgedRate, ...]) -> Section:
    """How it is made fair; what is counted and not judged; what is missing."""
    compared, shown = (
        [outcome for outcome in outcomes if outcome.is_compared],
        [outcome for outcome in outcomes if outcome.standings and not outcome.is_compared],
    )
    lines = [Line(f"{_labels(several)}：{basis}") for basis, several in _alike(compared + shown).items()]
    if compared:
        lines.append(
            Line(
                "先与支部自己的「过去」比，再看「期望值」。偶然范围是期望值上下 99.8 % 的偶然波动：出了它写明显偏高、"
                "明显偏低；没有出它、但出了 95 % 的范围，写偏高或偏低，尚不足以定论。"
                "分得出先后（把握超过 80 %）的才写名次，其余写「样本太小，不排名」。"
            )
        )
    if shown:
        lines.append(Line(f"只计数、不评判：{'；'.join(_remark(outcome) for outcome in shown)}。"))
    lines += [
        Line(f"没有数据：{outcome.metric.label}，{outcome.note}。", "warn")
        for outcome in outcomes
        if not outcome.standings
    ]
    return Section("reading", "怎样比、怎样读", lines=tuple(lines))


def _alike(several: list[JudgedRate]) -> dict[str, list[JudgedRate]]:
    by_basis: dict[str, list[JudgedRate]] = {}
    for outcome in several:
        if outcome.basis:
            by_basis.setdefault(outcome.basis, []).append(outcome)
    return by_basis


def _labels(several: list[JudgedRate]) -> str:
    return "、".join(outcome.metric.label for outcome in several)


def _remark(outcome: JudgedRate) -> str:
    return f"{outcome.metric.label}（{outcome.note}）" if outcome.note else outcome.metric.label


def _outcome(outcome: JudgedRate) -> Section:
    """One outcome of all branches."""
    places = {standing.word for standing in outcome.standings if standing.word}
    alike = places.pop() if outcome.is_compared and len(places) == 1 else ""  # one word for all needs no column
    note = "；".join(
        word
        for word in (
            f"名次：{len(outcome.standings)} 个支部都是「{alike}」" if alike else "",
            outcome.note,
            _beside(outcome),
        )
        if word
    )
    return Section(
        outcome.metric.key,
        label(outcome.metric),
        outcome.sentence,
        tables=(_detailed(outcome, bool(alike)),),
        note=f"{note}。" if note else "",
    )


def _detailed(outcome: JudgedRate, alike: bool) -> Table:
    """A row a branch; where places differ they need their room, and part and whole stand below the number."""
    if not outcome.is_compared:
        return Table("", AMOUNTS, tuple(_beginning(outcome, standing) for standing in outcome.standings), "lrrrrlr")
    if alike:
        rows = (_beginning(outcome, standing) + _ending(outcome, standing) for standing in outcome.standings)
        return Table("", RATES, tuple(rows), "lrrrrlrrl")
    placed = (
        _stacked(_beginning(outcome, standing)) + _ending(outcome, standing) + (standing.word or numbers.NONE,)
        for standing in outcome.standings
    )
    return Table("", PLACED, tuple(placed), "lrrlrrll")


def _beginning(outcome: JudgedRate, standing) -> tuple[str, ...]:
    return (
        standing.name,
        value(outcome, standing),
        counts(outcome, standing),
        *past(outcome, standing),
        change(standing),
        expected(outcome, standing),
    )


def _ending(outcome: JudgedRate, standing) -> tuple[str, ...]:
    return (interval(outcome, standing), judged(outcome, standing))


def _stacked(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Number and counts of now and then, each in one cell."""
    name, now, rests, before, rested, *others = cells
    return (
        name,
        *(
            number if below == numbers.NONE else f"{number}\n{below}"
            for number, below in ((now, rests), (before, rested))
        ),
        *others,
    )


def _beside(outcome: JudgedRate) -> str:
    """What the number may not be shown without, branch by branch."""
    return "；".join(
        f"{standing.name}{standing.beside}" for standing in outcome.standings if standing.beside and standing.whole
    )
