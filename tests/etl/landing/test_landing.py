"""Landing: once by content, nothing raw, refusals kept in words, typed again without the original."""

import json
import os
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import warehouse
from etl.command.load import find_files
from etl.declare.load import load_sources
from etl.landing.landing import Landing
from etl.landing.store import content_id
from etl.privacy.protect import load_key
from warehouse import paths

HEADER = "工单编号,报修时间,类别,报修人,联系电话,地点,状态,办结时间"
ROW = "T{0},2026-11-{0} 08:00,水电维修,王示例,13800001234,3号楼302,{1},"


def week(home, name="工单_20261122080000.csv", *rows):
    return home.write(f"inbox/{name}", HEADER, *(rows or (ROW.format("01", "处理中"), ROW.format("02", "处理中"))))


def test_the_same_content_lands_once_under_any_name(home):
    first, again = week(home), week(home, "另存.csv")
    assert [outcome.status for outcome in home.land(first)] == ["landed"]
    assert [outcome.status for outcome in home.land(first, again)] == ["known", "known"]
    assert len(home.landing().records()) == 1


def test_two_copies_in_one_load_are_one(home):
    outcomes = home.land(week(home), week(home, "a.csv"))
    assert sorted(outcome.status for outcome in outcomes) == ["known", "landed"]


def test_nothing_raw_is_stored(home):
    path = week(home)
    home.land(path)
    stored = [p for p in paths.landing().rglob("*") if p.is_file()]
    assert {p.parent.name for p in stored} == {"records", "text", "typed"}
    for p in stored:
        content = (
            json.dumps(pq.ParquetFile(p).read().to_pylist(), default=str, ensure_ascii=False)
            if p.suffix == ".parquet"
            else p.read_text()
        )
        assert "王示例" not in content and "13800001234" not in content, p
        assert "T01" in content or "工单编号" in content or "rows_read" in content


def test_the_landed_text_keeps_sheet_row_and_words(home):
    path = week(home)
    home.land(path)
    text = pq.ParquetFile(paths.landing() / "text" / f"{content_id(path)}.parquet").read()
    assert text["#row"].to_pylist() == [2, 3]
    assert text["地点"].to_pylist() == ["3号楼302", "3号楼302"]


@pytest.mark.parametrize(
    ("name", "as_of", "expected"),
    [
        ("工单_20261122080000.csv", None, "2026-11-22T08:00:00"),
        ("工单.csv", "2026-11-21T10:00", "2026-11-21T10:00:00"),
        ("工单.csv", None, "2026-11-02T08:00:00"),
        ("工单2026-11-02.csv", None, "2026-11-02T08:00:00"),
    ],
)
def test_export_time_is_kept_at_landing(home, name, as_of, expected):
    home.land(week(home, name), as_of=as_of)
    (record,) = home.landing().records().values()
    assert [seen["export_time"] for seen in record["seen"]] == [expected]


def test_a_deadline_or_a_date_after_the_landing_is_no_export_time(home):
    header = HEADER + ",办结时限"
    home.land(
        home.write(
            "工单.csv",
            header,
            "T1,2026-11-01 08:00,a,,,3号楼,处理中,,2026-11-20",
            "T2,2062-11-01 08:00,a,,,3号楼,处理中,,2026-11-20",
        )
    )
    (record,) = home.landing().records().values()
    assert record["seen"][0]["export_time"] == "2026-11-01T08:00:00"


def test_an_unchanged_export_under_a_later_date_is_a_second_sighting(home):
    home.land(week(home))
    home.land(week(home, "工单_20261129080000.csv"))
    (export,) = home.landing().exports()[0]
    assert export.times == (datetime(2026, 11, 22, 8), datetime(2026, 11, 29, 8))
    assert export.name == "工单_20261129080000.csv"


@pytest.mark.parametrize(
    ("name", "lines", "words"),
    [
        ("通讯录.csv", ["甲,乙,丙", "1,2,3", "4,5,6"], "认不出是哪个来源"),
        ("工单.csv", ["工单编号,类别,状态,地点", "T1,a,处理中,3号楼"], "缺少必填列「报修时间」"),
        ("空.csv", [], "空"),
        ("图.xlsx", ["\x89PNG"], "图"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_refused_with_a_sentence_and_lands_nothing(home, name, lines, words):
    (outcome,) = home.land(home.write(name, *lines))
    assert outcome.status == "refused"
    assert words in outcome.sentence and name in outcome.sentence
    assert [p.parent.name for p in paths.landing().rglob("*") if p.is_file()] == ["refused"]
    assert [entry["sentence"] for entry in home.landing().refused()] == [outcome.sentence]


def test_a_file_that_is_gone_is_refused_and_the_others_land(home):
    outcomes = home.land(home.folder / "没有.csv", week(home))
    assert sorted(outcome.status for outcome in outcomes) == ["landed", "refused"]


def test_a_refusal_is_forgotten_when_the_mended_file_of_that_name_lands(home):
    home.land(home.write("工单.csv", "工单编号,类别,状态,地点", "T1,a,处理中,3号楼"))
    assert home.landing().refused()
    home.land(week(home, "工单.csv"))
    assert home.landing().refused() == []


def test_one_workbook_of_two_sources_and_a_foreign_sheet(home, tmp_path):
    import xlsxwriter

    path = tmp_path / "汇总_20261122080000.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, header, row in (
        ("工单", "工单编号,报修时间,类别,地点,状态", "T1,2026-11-01 08:00,a,3号楼,处理中"),
        ("隐患", "编号,发现日期,隐患描述,风险等级,状态,地点", "H1,2026-11-01,灭火器过期,一般,未整改,3号楼"),
        ("领料", "物料,数量,单价", "灯管,3,5"),
    ):
        sheet = book.add_worksheet(name)
        for line, text in enumerate((header, row)):
            sheet.write_row(line, 0, text.split(","))
    book.close()
    build = home.load(path)
    assert build.rows("SELECT source, rows_read FROM files ORDER BY source") == [("hazards", 1), ("tickets", 1)]
    assert build.rows("SELECT count(*) FROM warnings WHERE code = 'unknown_sheet' AND message LIKE '%领料%'") == [(1,)]


@pytest.mark.slow
def test_a_new_alias_mends_last_years_file_without_the_original(home):
    path = home.write(
        "工单_20251122080000.csv",
        HEADER.replace("办结时间", "弄好的时间"),
        ROW.format("01", "已办结") + "2026-11-01 09:00",
    )
    build = home.load(path)
    assert build.rows("SELECT closed_at FROM tickets") == [(None,)]
    path.unlink()
    original = (paths.REPOSITORY / "etl" / "sources" / "tickets.toml").read_text(encoding="utf-8")
    home.write("school/sources/tickets.toml", original.replace('"结单时间",', '"结单时间", "弄好的时间",'))
    build = home.load()
    assert build.rows("SELECT closed_at::VARCHAR FROM tickets") == [("2026-11-01 09:00:00",)]
    assert build.rows("SELECT reporter_key FROM tickets")[0][0] != "王示例"


@pytest.mark.slow
def test_people_keep_their_key_when_typed_again(home):
    build = home.load(week(home))
    before = build.rows("SELECT reporter_key FROM tickets")
    original = (paths.REPOSITORY / "etl" / "sources" / "tickets.toml").read_text(encoding="utf-8")
    home.write("school/sources/tickets.toml", original.replace('"结单时间",', '"结单时间", "弄好的时间",'))
    again = home.load()
    assert again.name != build.name and again.rows("SELECT reporter_key FROM tickets") == before


@pytest.mark.slow
def test_a_column_called_personal_later_is_protected_from_then_on(home):
    header = HEADER.replace("类别", "类别,说法")
    home.load(home.write("工单_20261122080000.csv", header, "T1,2026-11-01 08:00,水电维修,示例乙,,,3号楼,处理中,"))
    original = (paths.REPOSITORY / "etl" / "sources" / "tickets.toml").read_text(encoding="utf-8")
    home.write(
        "school/sources/tickets.toml",
        original + '\n[[column]]\nname = "said_by"\nlabel = "说法"\ntype = "text"\npersonal = "key"\n',
    )
    (value,) = home.load().rows("SELECT said_by FROM typed.tickets")[0]
    assert len(value) == 16 and value != "示例乙"


@pytest.mark.slow
def test_what_has_not_changed_is_not_typed_again(home, monkeypatch):
    home.load(week(home))
    asked = []
    monkeypatch.setattr("etl.landing.landing.children.run", lambda function, jobs: asked.extend(jobs) or iter(()))
    exports, refused = home.landing().exports()
    assert (len(exports), refused, asked) == (1, [], [])


@pytest.mark.slow
@pytest.mark.parametrize("how", ["gone", "empty", "torn"])
def test_typed_rows_lost_in_a_power_cut_are_made_again(home, how):
    build = home.load(week(home))
    (typed,) = (paths.landing() / "typed").glob("*.tickets.parquet")
    whole = typed.read_bytes()
    typed.unlink() if how == "gone" else typed.write_bytes(
        b"" if how == "empty" else whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2)
    )
    home.landing().exports()
    assert typed.read_bytes() == whole
    assert home.build() is None and warehouse.current() == build


def test_a_folder_laid_over_another_leaves_it_alone(home, tmp_path):
    home.land(week(home))
    before = sorted(paths.landing().rglob("*"))
    over = Landing(paths.landing(), tmp_path / "over", sources=load_sources(), key=load_key())
    later = week(home, "工单_20261129080000.csv", ROW.format("03", "处理中"))
    over.land([later], as_of=None)
    assert len(over.exports()[0]) == 2
    assert sorted(paths.landing().rglob("*")) == before


def test_what_is_no_export_is_refused_at_once(home):
    names = ("工单_20261121.csv", "工单_20261122.csv")
    empty = [home.write(name) for name in names]
    for path in empty:
        path.write_bytes(b"")
    lock = home.write("~$工单_20261122.xlsx", "x")
    pipe = home.folder / "工单_20261123.csv"
    os.mkfifo(pipe)
    outcomes = {outcome.path.name: outcome for outcome in home.land(*empty, lock, pipe)}
    assert {outcome.status for outcome in outcomes.values()} == {"refused"}
    for name in names:
        assert outcomes[name].sentence == f"{name}：文件是空的，请重新导出后再放进来。"
    assert "锁文件" in outcomes[lock.name].sentence and "普通的文件" in outcomes[pipe.name].sentence


def test_links_that_lead_out_of_a_folder_are_not_read(home, capsys):
    outside, inbox = home.write("别处.csv", "x"), home.folder / "inbox"
    inside = home.write("inbox/工单_20261122.csv", "x")
    (inbox / "链接_20261122.csv").symlink_to(outside)
    assert find_files([str(inbox)]) == [inside]
    assert "链接_20261122.csv" in capsys.readouterr().out


def test_a_file_name_that_is_no_utf8_is_read_as_windows_wrote_it_and_stops_no_other(home):
    good = home.write("工单_20261122080000.csv", HEADER, ROW.format("01", "处理中"))
    folder = os.fsencode(home.folder)
    windows = Path(os.fsdecode(folder + b"/" + "工单_20261123080000.csv".encode("gb18030")))
    windows.write_text(f"{HEADER}\n{ROW.format('02', '处理中')}\n", encoding="utf-8")
    odd = Path(os.fsdecode(folder + b"/\xff\xfe.csv"))
    odd.write_bytes(b"")
    outcomes = {outcome.name: outcome for outcome in home.land(good, windows, odd)}
    assert outcomes["工单_20261122080000.csv"].status == outcomes["工单_20261123080000.csv"].status == "landed"
    assert outcomes["\ufffd\ufffd.csv"].sentence.startswith("\ufffd\ufffd.csv：文件是空的")
    assert sorted(export.name for export in home.landing().exports()[0]) == sorted(
        (good.name, "工单_20261123080000.csv")
    )
