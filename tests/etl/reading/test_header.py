"""Where the header is: under titles, over several rows, by known words or by shape."""

from etl.form.headers import normalise_header
from etl.reading.grid import Grid, Merge, Wanted
from etl.reading.header import find_header, known_words, label_text, numbered
from tests.every import every

KNOWN = Wanted(
    headers=frozenset(map(normalise_header, ["编号", "地点", "发现日期", "整改期限", "状态", "时间", "部门"]))
)
NOTHING = Wanted()


def grid(*lines: str, merges=()) -> Grid:
    """Rows drawn as 'a|b|c'; merges as (top, left, bottom, right)."""
    rows = [line.split("|") for line in lines]
    return Grid("", rows, range(1, len(rows) + 1), [Merge(*merge) for merge in merges])


def found(header) -> tuple[int, int, str]:
    return header.top, header.bottom, "|".join(header.labels)


@every("wanted", [KNOWN, NOTHING])
@every(
    ("lines", "top", "labels"),
    [
        (["编号|地点|状态", "1|a|b"], 0, "编号|地点|状态"),
        (["隐患台账||", "编号|地点|状态", "1|a|b"], 1, "编号|地点|状态"),
        (
            ["隐患台账||", "单位：保卫处||导出时间：2026-11-22 08:00", "||", "编号|地点|状态", "1|a|b"],
            3,
            "编号|地点|状态",
        ),
        (["编 号|地\n点|状态（必填）", "1|a|b"], 0, "编 号|地点|状态（必填）"),
        (["编号|地点|", "1|a|b"], 0, "编号|地点|"),
    ],
)
def test_one_row(wanted, lines, top, labels):
    assert found(find_header(grid(*lines), wanted)) == (top, top, labels)


def test_known_words_beat_a_fuller_row_above():
    drawn = grid("甲|乙|丙|丁|戊", "编号|地点|状态||", "1|a|b||")
    assert found(find_header(drawn, KNOWN))[0] == 1


def test_one_known_word_is_a_coincidence():
    drawn = grid("单号|楼|说明", "1|a|状态", "2|b|c")
    assert found(find_header(drawn, KNOWN))[0] == 0


NESTED = ["编号|地点|发现||整改|", "||日期|部门|日期|部门", "1|a|b|c|d|e"]
NESTED_LABELS = "编号|地点|发现/日期|发现/部门|整改/日期|整改/部门"
NESTED_MERGES = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]


@every("wanted", [KNOWN, NOTHING])
def test_two_rows_by_their_merged_cells(wanted):
    assert found(find_header(grid(*NESTED, merges=NESTED_MERGES), wanted)) == (0, 1, NESTED_LABELS)


def test_two_rows_under_a_merged_title():
    merges = [(0, 0, 0, 5), *((top + 1, left, bottom + 1, right) for top, left, bottom, right in NESTED_MERGES)]
    assert found(find_header(grid("隐患台账|||||", *NESTED, merges=merges), KNOWN)) == (1, 2, NESTED_LABELS)


def test_two_rows_of_a_text_file_by_their_gaps_when_known_words_agree():
    assert found(find_header(grid(*NESTED), KNOWN)) == (0, 1, NESTED_LABELS)


def test_without_known_words_the_first_record_never_becomes_a_header():
    drawn = grid("编号|地点||状态", "1|a|b|", "2|c|d|e")
    assert found(find_header(drawn, NOTHING)) == (0, 0, "编号|地点||状态")


def test_a_label_merged_over_two_columns_does_not_swallow_the_first_record():
    drawn = grid("编号|地点||状态", "甲|东|西|好", "乙|南|北|坏", merges=[(0, 1, 0, 2)])
    assert found(find_header(drawn, KNOWN)) == (0, 0, "编号|地点||状态")


def test_two_title_cells_side_by_side_are_no_parents():
    drawn = grid(
        "隐患台账||导出时间：2026-11-22|", "编号|地点|状态|部门", "1|a|b|c", merges=[(0, 0, 0, 1), (0, 2, 0, 3)]
    )
    assert found(find_header(drawn, KNOWN)) == (1, 1, "编号|地点|状态|部门")


def test_three_rows():
    drawn = grid(
        "编号|处置|||", "|接单||完成|", "|时间|部门|时间|部门", "1|a|b|c|d",
        merges=[(0, 0, 2, 0), (0, 1, 0, 4), (1, 1, 1, 2), (1, 3, 1, 4)],
    )  # fmt: skip
    labels = "编号|处置/接单/时间|处置/接单/部门|处置/完成/时间|处置/完成/部门"
    assert found(find_header(drawn, KNOWN)) == (0, 2, labels)


def test_a_declared_header_row_is_taken_as_it_stands():
    drawn = grid("编号|地点|状态", "x|y|z", "1|2|3")
    assert found(find_header(drawn, Wanted(headers=KNOWN.headers, header_row=2))) == (1, 1, "x|y|z")
    assert find_header(drawn, Wanted(header_row=9)) is None


@every("lines", [[], [""], ["|", "|"], ["安全工作台账"]])
def test_nothing_to_find(lines):
    assert find_header(grid(*lines), NOTHING) is None


def test_labels_are_numbered_without_ever_colliding():
    assert numbered(["x", "x", "", "x (2)", "x"]) == ["x", "x (2)", "第3列", "x (2) (2)", "x (3)"]


@every(
    ("cell", "label"),
    [
        ("整改\n期限", "整改期限"),
        ("opened\nat", "opened at"),
        (" a  b ", "a b"),
        (3.0, "3"),
        (None, ""),
        ("'编号", "编号"),
    ],
)
def test_a_label_is_one_line(cell, label):
    assert label_text(cell) == label


def test_known_words_may_be_the_last_part_of_a_nested_label():
    assert known_words(["处置/时间", "处置/x", "1、地点（必填）", ""], KNOWN) == 2
