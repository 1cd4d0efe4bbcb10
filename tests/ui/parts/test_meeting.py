"""What the meeting's page and its screens do with a brief's lines, tables and links."""

from reports.content.parts import Figure, Line, Link, Section, Table
from ui.parts.meeting import meeting, present

LINK = Link("actions", (("new", "1"), ("only", "building:D03"), ("only", "category:电动车充电")))


def test_a_link_keeps_both_values_of_one_name():
    assert meeting.query(LINK) == {"new": ["1"], "only": ["building:D03", "category:电动车充电"]}


def test_a_long_table_is_cut_into_screens_and_no_row_is_lost():
    rows = tuple(
        (
            str(number),
            "核实并处置第8网格没有记录的原因",
            "第8网格 · 第四党支部 · 保卫处",
            "11月22日前",
            "工单量回到正常波动范围",
        )
        for number in range(9)
    )
    made = present._of(
        Section(
            "proposed",
            "拟交办",
            "拟交办 9 项。",
            tables=(Table("", ("序", "事", "谁", "期", "验"), rows, "", (LINK,) * 9),),
        )
    )
    assert sum((one.table.rows for one in made), ()) == rows and all(len(one.table.rows) <= 3 for one in made)
    assert all(len(one.table.links) == len(one.table.rows) for one in made)


def test_long_lines_take_more_room_than_short_ones():
    assert [len(group) for group in present._cut(tuple(Line("短") for _ in range(6)))] == [5, 1]
    assert [len(group) for group in present._cut(tuple(Line("长" * 80) for _ in range(4)))] == [3, 1]


def test_six_tiles_are_two_screens():
    tiles = tuple(Figure(str(number), "率", "9 %", "", "", "", (), "", "", None) for number in range(6))
    assert [len(one.figures) for one in present._of(Section("rates", "三率与时效", "说。", figures=tiles))] == [3, 3]
