"""拟交办: what the week's findings ask for; the meeting decides."""

from metrics import overdue
from metrics.window import WEEK
from reports.asked import Asked
from reports.parts import Section, Table

MOST_UNITS = 3
COLUMNS = ("序号", "拟交办事项", "责任单位", "完成时限", "下周如何核验")


def section(asked: Asked) -> Section:
    """One row a signal that is no improvement, then the units with most overdue; all are proposals."""
    last = asked.week + 2 * WEEK - (WEEK / 7)
    due = f"{last.month}月{last.day}日前"
    rows = [(f"核实并处置：{one.place} {one.what}", one.responsible, due, "记录不再偏离往常") for one in asked.signals.items if one.good is not True]
    rows += [(said, unit, due, "这些记录全部了结") for said, unit in _overdue(asked)]
    numbered = tuple((str(number), *row) for number, row in enumerate(rows, start=1))
    said = f"拟交办 {len(numbered)} 项，由会议决定。" if numbered else "本周没有需要交办的事项。"
    return Section("proposed", "拟交办", said, tables=(Table("", COLUMNS, numbered, "rllll"),) if numbered else ())


def _overdue(asked: Asked) -> list[tuple[str, str]]:
    kinds = overdue.shown(asked.build)
    if not kinds:
        return []
    rows = overdue.by_unit(asked.build, asked.week, asked.only, asked.scope).head(MOST_UNITS).to_dict("records")
    counts = lambda row: "、".join(f"{noun} {row[noun]} {overdue.COUNTED[noun]}" for noun in kinds.values() if row[noun])  # noqa: E731
    return [(f"了结逾期{counts(row)}", str(row["unit"])) for row in rows]
