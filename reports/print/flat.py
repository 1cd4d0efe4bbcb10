"""What Word, slides and PDF share: numbering, tiles as a table, the words of the cover. Nothing here draws."""

import re
from decimal import ROUND_HALF_UP, Decimal

from reports.content.documents import Document
from reports.content.parts import Chart, Figure, Section, Table

PADDING = 1.3  # of a cell, both sides, in characters
NUMERALS = "一二三四五六七八九"
FIGURE_COLUMNS = ("指标", "本周", "分子 / 分母", "判断和目标", "比较")


def heading(number: int, section: Section) -> str:
    """「三、本周信号」; `number` from 1."""
    return f"{numeral(number)}、{section.title}"


def numeral(number: int) -> str:
    """「三」, 「十」, 「二十一」; from 1 to 99."""
    tens, ones = divmod(number, 10)
    before = "" if tens < 2 else NUMERALS[tens - 1]
    return f"{before}{'十' if tens else ''}{NUMERALS[ones - 1] if ones else ''}"


def figure_table(figures: tuple[Figure, ...]) -> Table:
    """Tiles as rows, for a page that is read from top to bottom."""
    rows = tuple(
        (
            _below(one.label, one.beside),
            one.value,
            one.parts or "—",
            _below(one.verdict, one.target),
            _below(*one.changes) or "—",
        )
        for one in figures
    )
    return Table("", FIGURE_COLUMNS, rows, "lrrll")


def _below(*words: str) -> str:
    return "\n".join(word for word in words if word)


def moment(made: Document) -> str:
    """「2026年11月22日 08:00」"""
    date = made.data_date
    return f"{date.year}年{date.month}月{date.day}日 {date:%H:%M}"


def facts(made: Document) -> tuple[tuple[str, str], ...]:
    """What the cover says of where the numbers come from."""
    return (("统计范围", made.filters), ("数据截至", moment(made)), ("数据构建", made.build), ("内容指纹", made.digest))


def footer(made: Document) -> str:
    """Printed on every page, so that two copies can be told apart."""
    return f"构建 {made.build} · 指纹 {made.digest}"


def places(made: Document) -> dict[str, str]:
    """What a school's own template may ask for, as {{校名}} and so on."""
    named = {"校名": made.campus, "标题": made.title, "周次": made.label, "结论": made.headline}
    return named | dict(facts(made))


def described(chart: Chart) -> str:
    """A picture in words, for those who cannot see it: finding, measure, every value."""
    values = "；".join(
        f"{one.name}："
        + "，".join(
            f"{label} {shown(value, chart.unit)}" for label, value in zip(chart.labels, one.values, strict=True)
        )
        for one in chart.series
    )
    shaded = "".join(f"；{one.name}：{chart.labels[one.first]} 至 {chart.labels[one.last]}" for one in chart.spans)
    return f"{chart.title}。{chart.subtitle}。{values}{shaded}"


def shown(value: float | None, unit: str, digits: int = 1) -> str:
    """「80.6 %」 for a fraction, 「1,234 条」 for a count, 「4.5 条」 for what is no whole number; as
    metrics.define.numbers writes them.

    Written again here so that printing a kept brief needs none of the libraries that read records; a test holds both
    together.
    """
    if value is None or value != value:
        return "—"
    if unit == "%":
        nearest = min(
            max(float(_fixed(value * 100, digits)), 0.1**digits if value > 0 else 0.0),
            100 - 0.1**digits if value < 1 else value * 100,
        )
        return f"{_fixed(nearest, digits)} %"
    number = f"{_fixed(value, 0 if float(value).is_integer() else digits):,f}"
    return f"{number} {unit}".strip()


def _fixed(value: float, digits: int) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


_UNIT = re.compile(r"(?<=[\d—]) (?=[%％A-Za-z一-龥])")


def joined(text: str) -> str:
    """No number stands at a line's end with its unit on the next; as ui.frame.words has it on the screen."""
    return _UNIT.sub("\u00a0", text)


def width(text: str) -> float:
    """How wide a line of text is, in the width of one Chinese character; a quarter is left where Chinese meets digits
    or letters."""
    narrow = [ord(letter) < 0x2E80 for letter in text]
    meets = sum(
        one != other and " " not in pair
        for one, other, pair in zip(narrow, narrow[1:], zip(text, text[1:], strict=False), strict=False)
    )
    return sum(0.55 if one else 1.0 for one in narrow) + 0.25 * meets


def shares(table: Table, room: float) -> list[float]:
    """Each column's share of a width of `room` Chinese characters: short columns get what they need, long ones wrap."""
    wanted = []
    for at, name in enumerate(table.columns):
        cells = [line for row in table.rows for line in row[at].split("\n")]
        wanted.append(max([width(name) / (2 if width(name) > 6 else 1), *map(width, cells)]) + PADDING)
    most = _level(wanted, room)
    kept = [min(one, most) for one in wanted]
    return [one / sum(kept) for one in kept]


def _level(wanted: list[float], room: float) -> float:
    """The width above which columns are cut so that all of them together fill the room."""
    left, columns = room, sorted(wanted)
    for at, one in enumerate(columns):
        if one * (len(columns) - at) >= left:
            return left / (len(columns) - at)
        left -= one
    return columns[-1]


def depth(table: Table, room: float) -> int:
    """About how many lines a table takes, its heading included."""
    widths = [max(share * room - PADDING, 1.0) for share in shares(table, room)]
    rows = (table.columns, *table.rows)
    return sum(
        max(
            sum(-int(-width(line) // most) or 1 for line in text.split("\n"))
            for text, most in zip(row, widths, strict=True)
        )
        for row in rows
    )
