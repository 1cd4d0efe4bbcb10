"""Kinds of cells that were once read wrongly, from the file to the typed rows: each input made up, each right value
told by hand."""

import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xlsxwriter

from etl.declare.load import load_sources
from etl.landing.file import again, land
from etl.landing.jobs import Job, TypeAgain, pack
from tests.etl.drawn import package

KEY = b"k" * 32
SOURCES = pack(load_sources())


class Landed:
    """What became of one file: typed rows of its only source, its account, or why it was refused."""

    def __init__(self, path: Path):
        stem = str(path.parent / f"{path.name}-out")
        self.path = path
        self.record = land(Job(str(path), path.name, "f" * 16, SOURCES, KEY, stem, stem, None))
        self.refused = self.record.get("refused", "")
        self.account: dict = {}
        if not self.refused:
            ((name, self.account),) = self.record["accounts"].items()
            self.rows = pq.read_table(f"{stem}.{name}.parquet").to_pylist()
            job = TypeAgain(stem, path.name, "f" * 16, tuple(self.record["sheets"]), SOURCES, KEY, f"{stem}-again")
            assert again(job)["accounts"] == self.record["accounts"]  # the landed text says the same once more
            assert pq.read_table(f"{stem}-again.{name}.parquet").to_pylist() == self.rows

    def column(self, name: str) -> list:
        return [row[name] for row in self.rows]

    def rejects(self) -> list[tuple]:
        return [(r["row_number"], r["column_label"], r["code"], r["is_whole_row"]) for r in self.account["rejects"]]

    def said(self, code: str) -> list[tuple[str, int]]:
        """(message, occurrences) of the warnings of a code."""
        return [(w["message"], w["occurrences"]) for w in self.account["warnings"] if w["code"] == code]


@pytest.fixture
def csv(tmp_path):
    def written(name: str, *lines: str, end: str = "\n") -> Landed:
        path = tmp_path / name
        path.write_bytes(("\n".join(lines) + end).encode())
        return Landed(path)

    return written


TICKETS = "工单编号,报修时间,问题描述,地点,状态,办结时间,联系电话"


def hazards(path: Path, cells: dict[str, list], formats: dict[str, str] | None = None) -> Landed:
    """A workbook of hazards: H1, H2 … with the columns given, formulas as ('=…', result)."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("隐患")
        size = max(map(len, cells.values()))
        columns = {"编号": [f"H{at}" for at in range(1, size + 1)], "发现日期": ["2026-11-03"] * size} | cells
        for column, (label, values) in enumerate(columns.items()):
            sheet.write(0, column, label)
            for row, value in enumerate(values, 1):
                if isinstance(value, tuple):
                    sheet.write_formula(row, column, value[0], None, value[1])
                else:
                    sheet.write(row, column, value)
    return Landed(path)


def test_error_cells_are_rejects_of_their_place(tmp_path):
    done = hazards(
        tmp_path / "隐患_20261122.xlsx",
        {
            "状态": ["待整改", ("=NA()", "#N/A"), "已销号", "已销号"],
            "地点": ["1号楼", "1号楼", ("=A#", "#REF!"), "1号楼"],
            "销号时间": ["", "", "2026-11-04", ("=1/0", "#DIV/0!")],
            "上报人": ["甲乙", ("=x", "#NAME?"), "甲乙", "甲乙"],
        },
    )
    assert sorted(done.rejects()) == [
        (3, "上报人", "error_value", False),
        (3, "状态", "error_value", False),
        (4, "地点", "error_value", False),
        (5, "销号时间", "error_value", False),
    ]
    assert {r["sheet"] for r in done.account["rejects"]} == {"隐患"}
    assert {r["value_masked"] for r in done.account["rejects"]} == {"#N/A", "#REF!", "#DIV/0!", "***"}
    assert done.column("status") == ["open", None, "closed", "closed"]
    done = hazards(tmp_path / "隐患_b_20261122.xlsx", {"编号": ["H1", ("=x", "#REF!"), ("=y", "#N/A")]})
    assert done.rejects() == [(3, "编号", "error_value", True), (4, "编号", "error_value", True)]


def test_error_words_are_no_ids(csv):
    words = ("#REF!", "#N/A", "＃REF！", "#value!", "#NAME?", "#NUM!", "#NULL!", "#DIV/0!", "#SPILL!", "#GETTING_DATA")
    done = csv("工单_20261122.csv", TICKETS, *(f"{word},2026-11-03 08:00,漏水,1号楼,已办结,," for word in words))
    assert [(code, whole) for _, _, code, whole in done.rejects()] == [("error_value", True)] * len(words)
    done = csv("工单_20261122.csv", TICKETS, "A1,2026-11-03 08:00,#号楼漏水,#3,#N/A,#VALUE!,#REF!")
    assert sorted(reject[1] for reject in done.rejects()) == ["办结时间", "状态", "联系电话"]
    assert (done.rows[0]["description"], done.rows[0]["place"], done.rows[0]["reporter_phone"]) == (
        "#号楼漏水",
        "#3",
        None,
    )


def test_formulas_never_calculated_are_said_and_as_a_key_rejected(tmp_path):
    def row(at: int, *cells: str) -> str:
        return f'<row r="{at}">{"".join(cells)}</row>'

    def word(place: str, text: str) -> str:
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    head = row(1, *(word(f"{letter}1", text) for letter, text in zip("ABC", ("编号", "发现日期", "状态"), strict=True)))
    first = row(2, word("A2", "H1"), word("B2", "2026-11-03"), '<c r="C2"><f>IF(1,2)</f></c>')
    second = row(3, '<c r="A3"><f>B3</f><v/></c>', word("B3", "2026-11-03"), word("C3", "已销号"))
    third = row(4, word("A4", "H3"), word("B4", "2026-11-03"), '<c r="C4" t="str"><f>""</f><v></v></c>')
    done = Landed(package(tmp_path / "隐患_20261122.xlsx", head + first + second + third))
    assert done.rejects() == [(3, "编号", "no_result", True)]
    assert "WPS" in done.account["rejects"][0]["remedy"]
    assert [(message, count) for message, count in done.said("no_result")] == [("公式没有存下结果，按空白读", 1)]
    assert done.column("status") == [None, None] and done.column("status_text") == [None, None]


def test_of_two_columns_of_one_meaning_the_first_filled_counts_row_by_row(csv):
    done = csv(
        "工单_20261122.csv",
        "工单编号,报修时间,地点,具体位置,状态,完成时间,办结时间",
        "A1,2026-11-03 08:00,,1号楼,已办结,2026-11-03 12:00,",
        "A2,2026-11-03 08:00,2号楼,—,已办结,2026-11-03 12:00,2026-11-03 15:00",
        "A3,2026-11-03 08:00,无,3号楼,已办结,2026/11/3 9:00,2026-11-03 09:00",
        "A4,2026-11-03 08:00,4号楼,5号楼,已办结,2026-11-03 10:00,待定",
    )
    assert done.column("place") == ["1号楼", "2号楼", "3号楼", "4号楼"]
    assert [f"{at:%H:%M}" for at in done.column("closed_at")] == ["12:00", "15:00", "09:00", "10:00"]
    assert done.said("columns_differ") == [
        ("「地点」和「具体位置」是同一个意思，第 5 行填得不一样，按「地点」读", 1),
        ("「办结时间」和「完成时间」是同一个意思，第 3、5 行填得不一样，按「办结时间」读", 2),
    ]


def test_the_same_header_twice_is_refused_where_it_matters(csv):
    lines = ["编号,发现日期,状态,地点,状态", "H1,2026-11-03,待整改,1号楼,已销号", "H2,2026-11-03,,1号楼,已销号"]
    done = csv("隐患_20261122.csv", *lines)
    assert "「状态」和「状态 (2)」" in done.refused and "第 2 行" in done.refused
    done = csv("隐患_20261122.csv", lines[0], lines[2], "H3,2026-11-03,已销号,1号楼,已整改")
    assert done.column("status") == ["closed", "closed"]  # two words of one meaning are no quarrel


def test_cells_shielded_by_a_formula_are_their_content(csv):
    shielded = csv(
        "工单_20261122.csv",
        TICKETS,
        '"=""001261101""","=""2026-11-03 08:00""",漏水,"=""1号楼""",已办结,,"=""13800000000"""',
        '="001261102",=T("2026-11-03 08:00"),漏水,="1号楼",已办结,,="13800000000"',
    )
    plain = csv(
        "工单_20261123.csv",
        TICKETS,
        "001261101,2026-11-03 08:00,漏水,1号楼,已办结,,13800000000",
        "001261102,2026-11-03 08:00,漏水,1号楼,已办结,,13800000000",
    )
    assert shielded.column("ticket_id") == ["001261101", "001261102"]
    assert shielded.rows == plain.rows and plain.rows[0]["reporter_phone"]


def test_rows_of_one_id_that_contradict_each_other_are_rejected(csv, tmp_path):
    head = "编号,发现日期,状态,地点,更新时间"
    done = csv(
        "隐患_20261122.csv",
        head,
        "H1,2026-11-03,待整改,1号楼,",
        "H2,2026-11-03,待整改,1号楼,",
        "H1,2026-11-03,已销号,1号楼,",
        "H3,2026-11-03,,1号楼,",
        "H3,2026-11-03,已销号,,",
        "H4,2026-11-03,待整改,1号楼,2026-11-04 08:00",
        "H4,2026-11-03,已销号,1号楼,2026-11-05 08:00",
        "H4,2026-11-03,待整改,1号楼,",
        "H5,2026-11-03,待整改,1号楼,2026-11-05 08:00",
        "H5,2026-11-03,已销号,1号楼,2026-11-05 08:00",
    )
    assert done.rejects() == [(row, "编号", "conflicting_rows", True) for row in (2, 4, 10, 11)]
    assert "第 4 行" in done.account["rejects"][0]["remedy"] and "状态" in done.account["rejects"][0]["remedy"]
    assert [(row["hazard_id"], row["status"]) for row in done.rows] == [
        ("H2", "open"),
        ("H3", "closed"),
        ("H3", "closed"),
        ("H4", "open"),
        ("H4", "closed"),
        ("H4", "open"),
    ]
    assert {row["place"] for row in done.rows} == {"1号楼"}
    assert done.said("repeated_key") == [
        ("第 8 行、第 9 行的编号在前面出现过，内容不同，按「更新时间」最晚的一行读", 2),
        ("第 6 行的编号在前面出现过，内容不矛盾，合成一条", 1),
    ]
    with xlsxwriter.Workbook(tmp_path / "隐患_20261123.xlsx") as book:
        for name, status in (("9月", "待整改"), ("10月", "已销号")):
            sheet = book.add_worksheet(name)
            for at, cells in enumerate((["编号", "发现日期", "状态"], ["H1", "2026-11-03", status])):
                sheet.write_row(at, 0, cells)
    done = Landed(tmp_path / "隐患_20261123.xlsx")
    assert [(r["sheet"], r["remedy"].split("的")[0]) for r in done.account["rejects"]] == [
        ("9月", "与工作表「10月」第 2 行"),
        ("10月", "与工作表「9月」第 2 行"),
    ]


def test_ids_that_lost_their_digits_are_rejects_and_text_keeps_them(tmp_path):
    done = hazards(
        tmp_path / "隐患_20261122.xlsx",
        {"编号": ["20261100000000000001", 202611000000000017, "2.02611E+17", "2E+17", 123456789012345, "007"]},
    )
    assert done.rejects() == [(row, "编号", "lost_digits", True) for row in (3, 4, 5)]
    assert done.column("hazard_id") == ["20261100000000000001", "123456789012345", "007"]


def test_a_book_that_counts_from_1904(tmp_path):
    path = tmp_path / "隐患_20261122.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet("隐患")
        sheet.write_row(0, 0, ["编号", "发现日期", "整改期限", "状态"])
        sheet.write_row(1, 0, ["H1", 44867, "2026-11-10", "待整改"])
        sheet.write_row(2, 0, ["H2", 44867.5, 44874, "待整改"])
        sheet.write_datetime(3, 1, datetime.datetime(2026, 11, 3), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_row(3, 2, ["2026-11-10", "待整改"])
        sheet.write(3, 0, "H3")
    done = Landed(path)
    assert [str(at) for at in done.column("found_at")] == [
        "2026-11-03 00:00:00",
        "2026-11-03 12:00:00",
        "2026-11-03 00:00:00",
    ]
    assert {str(at) for at in done.column("due_at")} == {"2026-11-10 23:59:59"}


def test_a_day_and_a_clock_in_two_columns_are_one_moment(csv):
    done = csv(
        "工单_20261122.csv",
        "工单编号,报修日期,报修时间,问题描述,地点,状态",
        "A1,2026-11-03,08:01,漏水,1号楼,已办结",
        "A2,2026年11月3日,下午3点5分,漏水,1号楼,已办结",
        "A3,2026-11-03 00:00:00,8:02:30,漏水,1号楼,已办结",
        "A4,46329,08:03,漏水,1号楼,已办结",
        "A5,2026-11-03,,漏水,1号楼,已办结",
    )
    assert [f"{at:%d %H:%M:%S}" for at in done.column("opened_at")] == [
        "03 08:01:00",
        "03 15:05:00",
        "03 08:02:30",
        "03 08:03:00",
        "03 00:00:00",
    ]
    assert done.said("columns_differ") == []


def test_a_bare_clock_takes_the_day_of_its_record(csv):
    done = csv(
        "校园110警情_20261122.csv",
        "警情编号,接警时间,警情类别,地点,派警时间,到场时间",
        "J1,2026-11-03 23:50:30,盗窃,1号楼,23:50,00:05",
        "J2,2026-11-03 10:00,盗窃,1号楼,10:01,2026-11-03 10:08",
    )
    assert [f"{at:%d %H:%M}" for at in done.column("arrived_at")] == ["04 00:05", "03 10:08"]
    assert [f"{at:%d %H:%M}" for at in done.column("dispatched_at")] == ["03 23:50", "03 10:01"]
    assert [count for _, count in done.said("day_taken")] == [2, 1]


def test_evacuation_times_in_every_spelling(tmp_path):
    known = ["3′15″", "3分15", "3分15秒。", "PT3M15S", "3'15\"", "195 秒", 0.002256944444444444, "3.25分", "0:03:15"]
    unknown = ["约3分钟", "不到4分钟", "3-4分钟", "未超时", -195]
    cells = [*known, *unknown, 0]
    path = tmp_path / "演练_20261122.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("演练")
        sheet.write_row(0, 0, ["演练编号", "演练地点", "演练时间", "疏散用时"])
        for at, cell in enumerate(cells, 1):
            sheet.write_row(at, 0, [f"D{at}", "1号楼", "2026-11-03 14:00", cell])
        shown = book.add_format({"num_format": '0.00"分"'})
        clock = book.add_format({"num_format": "h:mm"})
        for at, (cell, how) in enumerate(((3.25, shown), (0.1354166666666667, clock)), len(cells) + 1):
            sheet.write_row(at, 0, [f"D{at}", "1号楼", "2026-11-03 14:00"])
            sheet.write_number(at, 3, cell, how)
    done = Landed(path)
    assert done.column("evacuation_seconds") == [*[195] * len(known), *[None] * len(unknown), 0, 195, 195]
    assert [
        count for code in ("zero_duration", "ambiguous_duration", "day_fraction") for _, count in done.said(code)
    ] == [
        1,
        1,
        1,
    ]


def test_a_group_heading_merged_over_two_rows(tmp_path):
    from tests.etl.drawn import book

    rows = [
        ["隐患库", "", "", "", "", ""],
        ["编号", "发现日期", "状态", "整改责任单位", "", ""],
        ["", "", "", "", "", ""],
        ["", "", "", "建设", "设计", "施工"],
        ["H1", "2026-11-03", "待整改", "甲", "乙", "丙"],
    ]
    merges = ["A1:F1", "A2:A4", "B2:B4", "C2:C4", "D2:F3"]
    done = Landed(book(tmp_path / "隐患_20261122.xlsx", {"S": rows}, {"S": merges}))
    assert (len(done.rows), done.rejects()) == (1, [])
    assert done.record["sheets"][0]["header"][3:] == ["整改责任单位/建设", "整改责任单位/设计", "整改责任单位/施工"]


def test_years_beyond_the_schools_life_are_rejects_that_name_the_limit(csv):
    done = csv(
        "工单_20261122.csv",
        TICKETS,
        "G1,2026-11-20 08:00:00,灯坏,3号楼,已办结,2026-11-20 09:00:00,",
        "G2,2099-01-01 08:00:00,灯坏,3号楼,待办,,",
        "G3,2026-11-20 08:00:00,灯坏,3号楼,已办结,2099-01-05 08:00:00,",
        "G4,2026-11-20 08:00,灯坏,3号楼,已办结,2051年1月5日 8:00,",
    )
    assert done.column("ticket_id") == ["G1", "G3", "G4"]
    assert done.rejects() == [
        (3, "报修时间", "bad_date", True),
        (4, "办结时间", "bad_date", False),
        (5, "办结时间", "bad_date", False),
    ]
    assert {reject["reason"] for reject in done.account["rejects"]} == {"年份不在 1990–2050 之间"}


def test_a_cell_of_more_than_a_million_signs_is_named_and_its_neighbours_stay(csv):
    row = "{},2026-11-20 08:00:00,{},3号楼,已办结,2026-11-20 09:00:00,"
    done = csv(
        "工单_20261122.csv",
        TICKETS,
        row.format("G1", "灯坏"),
        row.format("G2", "长" * ((1 << 20) + 1)),
        row.format("G3", "短"),
    )
    assert done.column("ticket_id") == ["G1", "G3"]
    ((at, _, _, is_whole),) = done.rejects()
    assert (at, is_whole) == (3, True) and "超过 1,048,576 个字" in done.account["rejects"][0]["reason"]


@pytest.mark.parametrize(
    ("last", "end", "is_told"),
    [
        ("2026-11-20 09:0", "", True),
        ("2026-11-20 09:0", "\n", False),
        ("2026-11-20 09:33:00", "", False),
        ("", "", False),
    ],
)
def test_a_last_line_cut_in_its_last_cell_is_told(csv, last, end, is_told):
    rows = [f"G{at},2026-11-20 08:00:00,灯坏,3号楼,已办结,2026-11-20 09:0{at}:00" for at in range(5)]
    whole = [*rows, f"G9,2026-11-20 08:00:00,灯坏,3号楼,已办结,{last}"]
    done = csv("工单_20261122.csv", TICKETS.removesuffix(",联系电话"), *whole, end=end)
    assert bool(done.said("cut_end")) is is_told and len(done.rows) == 6


def test_a_status_cut_short_is_told_by_the_word_it_begins(csv):
    head = "工单编号,报修时间,问题描述,地点,办结时间,状态"
    rows = [
        f"G{at},2026-11-20 08:00:00,灯坏,3号楼,2026-11-20 09:00:00,{word}"
        for at, word in enumerate(("已办结", "处理中"))
    ]
    assert csv("工单_20261122.csv", head, *rows, "G8,2026-11-20 08:00:00,灯坏,3号楼,,已办", end="").said("cut_end")
    assert not csv("工单_20261123.csv", head, *rows, "G8,2026-11-20 08:00:00,灯坏,3号楼,,已办结", end="").said(
        "cut_end"
    )
