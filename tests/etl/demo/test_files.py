"""The demonstration files, read back by another reader: declared headers, and rows that add up to truth.toml."""

import csv
import re
import tomllib
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from etl.declare.load import load_sources
from etl.demo.form import truth, workbook
from etl.demo.records import drill_files, hazard_files, ticket_files
from etl.form.headers import map_header, match_source
from metrics.define import catalogue
from warehouse.paths import REPOSITORY


@pytest.fixture(autouse=True)
def own_school(monkeypatch):
    """The school in the repository, whatever CAMPUS_DATA says on this machine."""
    monkeypatch.setenv("CAMPUS_DATA", str(REPOSITORY / "data"))


@pytest.fixture(scope="module")
def small(twentieth_home) -> Path:
    """Exports of a small campus: four years, so that every layout and every fault occurs."""
    return twentieth_home / "demo" / "exports"


LAYOUTS = [
    *(("tickets", tuple(layout.values())) for layout in ticket_files.LAYOUTS.values()),
    *(("hazards", tuple(layout.values())) for layout, *_ in hazard_files.LAYOUTS.values()),
    *(("drills", tuple(layout.values())) for layout in drill_files.LAYOUTS.values()),
]


@pytest.mark.parametrize(("source", "labels"), LAYOUTS)
def test_every_header_is_declared(source, labels):
    declared = load_sources([REPOSITORY / "etl" / "sources"])
    mapped = map_header(labels, declared[source])
    assert [labels[at] for at in (*mapped.new, *mapped.spare)] == []


def test_every_file_belongs_to_its_source(small):
    declared = load_sources([REPOSITORY / "etl" / "sources"])
    for name, header, _ in tables(small):
        wanted = "tickets" if "工单" in name else "hazards" if "隐患" in name else "drills"
        assert match_source(name, header, declared).name == wanted


OWN = re.compile(
    r"(12345)?守护码工单|隐患|演练登记表"
)  # the files this reader knows; the other groups have their own tests


def tables(folder: Path):
    """(file name, header, rows of text) of every export of tickets, hazards and drills, oldest first; read without the
    product's reader."""
    for path in (path for path in exports(folder) if OWN.match(path.name)):
        rows = rows_of(path)
        top = next(at for at, row in enumerate(rows) if any(cell.endswith("编号") for cell in row))
        if "报修信息" in rows[top]:  # two header rows
            rows[top + 1] = [below or above for above, below in zip(rows[top], rows[top + 1], strict=True)]
            top += 1
        yield (
            path.name,
            rows[top],
            [row for row in rows[top + 1 :] if row[0] not in ("合计",) and not row[0].startswith(("注：", "填表人"))],
        )


def exports(folder: Path) -> list[Path]:
    return sorted((path for path in folder.iterdir() if path.suffix != ".toml"), key=lambda path: path.stem[-14:])


def rows_of(path: Path) -> list[list[str]]:
    """Every row of a file's first sheet as text."""
    if path.suffix == ".csv":
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "gb18030")
        return list(csv.reader(text.splitlines()))
    return [
        [as_text(cell) for cell in row] for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    ]


def as_text(cell: object) -> str:
    return str(cell)


def field(header: list[str], row: list[str], *labels: str) -> str:
    at = next(header.index(label) for label in labels if label in header)
    return row[at].lstrip("'\t")


def test_the_last_state_of_every_ticket_adds_up_to_the_truth(small):
    said = tomllib.loads((small / "truth.toml").read_text(encoding="utf-8"))
    last, bad = {}, Counter()
    for name, header, rows in tables(small):
        if "工单" not in name:
            continue
        for row in rows:
            opened = field(header, row, "报修时间", "受理时间", "12345受理时间")
            number = field(header, row, "工单编号", "12345工单编号")
            if not number:
                bad["missing_id"] += 1
            elif not re.match(r"20\d\d[-/]\d+[-/]\d+ \d", opened) or opened.startswith("2023-02-30"):
                bad["unreadable_date"] += 1
            elif len(row) > len(header):
                bad["ragged"] += 1
            else:
                last[number] = (field(header, row, "状态", "处理状态", "工单状态"), field(header, row, "办结时间"))
    assert all(re.fullmatch(r"\d{20}", number) for number in last)
    assert bad == said["bad_rows"]["tickets"]
    void = {"已撤销", "重复工单", "误报"}
    totals = said["totals"]
    assert len(last) == totals["tickets"]
    assert sum(status in void for status, _ in last.values()) == totals["tickets_void"]
    assert sum(status not in void and not closed for status, closed in last.values()) == totals["tickets_open"]


def test_the_last_state_of_every_hazard_adds_up_to_the_truth(small):
    said = tomllib.loads((small / "truth.toml").read_text(encoding="utf-8"))
    last, wordy = {}, 0
    for name, header, rows in tables(small):
        if "隐患" in name:
            good = [row for row in rows if row[0].startswith("YH") and len(row) == len(header)]
            good = [
                row
                for row in good
                if field(header, row, "发现日期", "排查日期")[:2] == "20" and "2024-13" not in str(row)
            ]
            last |= {row[0]: field(header, row, "销号时间", "销号日期") for row in good}
            wordy += sum(field(header, row, "整改期限", "限期") in ("待定", "尽快") for row in rows)
    assert len(last) == said["totals"]["hazards"]
    assert sum(map(bool, last.values())) == said["totals"]["hazards_closed"]
    assert wordy == said["bad_cells"]["hazards"]["due"] > 0


def test_later_exports_correct_earlier_ones(small):
    seen: dict[str, set[str]] = {}
    for name, header, rows in tables(small):
        if "工单" in name:
            for row in rows:
                seen.setdefault(field(header, row, "工单编号", "12345工单编号"), set()).add(
                    field(header, row, "状态", "处理状态", "工单状态")
                )
    assert sum({"处理中", "已评价"} <= states for states in seen.values()) > 20


def test_one_file_hides_a_sheet_and_one_has_two_header_rows(small):
    hidden = next(small.glob("守护码工单_2025-2026学年_*.xlsx"))
    states = [sheet.visible for sheet in CalamineWorkbook.from_path(hidden).sheets_metadata]
    assert states == [SheetVisibleEnum.Visible, SheetVisibleEnum.Hidden]
    nested = CalamineWorkbook.from_path(next(small.glob("*2024-2025学年上半年*"))).get_sheet_by_index(0)
    assert ((2, 0), (3, 0)) in [tuple(map(tuple, area)) for area in nested.merged_cell_ranges]


def test_truth_says_what_was_planted_and_the_file_what_the_module_says(small):
    said = tomllib.loads((small / "truth.toml").read_text(encoding="utf-8"))
    planted = truth.signals(truth.DATA_DATE, date(2022, 8, 29), date(2026, 8, 31))
    assert said["data_date"] == truth.DATA_DATE
    assert set(said["signal"]) == set(planted) and len(planted) == 9
    for key, signal in planted.items():
        assert (said["signal"][key]["from_day"], said["signal"][key]["to_day"]) == (signal.from_day, signal.to_day)
        assert tuple(said["signal"][key]["where"]) == signal.where
        assert all(catalogue.get(measure) for measure in said["signal"][key]["measures"])
    assert said["totals"]["rejected_rows"] == sum(sum(kinds.values()) for kinds in said["bad_rows"].values()) > 20
    assert sum(source["files"] for source in said["files"].values()) == len(list(small.iterdir())) - 1


def test_no_phone_of_a_real_person(small):
    for path in exports(small):
        for cell in (cell for row in rows_of(path) for cell in row):
            assert not re.fullmatch(r"1[3-9]\d{9}(\.0)?", cell) or cell.startswith(("1380000", "1390000"))


def test_a_workbook_keeps_text_numbers_and_days(tmp_path):
    sheet = workbook.Sheet(
        "甲<&>", [["编号", "日期"], ["00123", 45925.5], ["=1+1", None], ["", 7.0]], formats={1: "yyyy-mm-dd hh:mm"}
    )
    workbook.save(tmp_path / "a.xlsx", [sheet], datetime(2026, 1, 1))
    read = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    assert read.sheet_names == ["甲<&>"]
    rows = read.get_sheet_by_index(0).to_python()
    assert rows[1] == ["00123", datetime(2025, 9, 25, 12)]
    assert rows[2][0] == "=1+1"
    assert [workbook.letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
