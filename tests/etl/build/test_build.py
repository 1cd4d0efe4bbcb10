"""A build: the same whatever the order, newest export wins, states kept,
every row accounted for, gate before pointer."""

import os
import shutil

import pytest

import warehouse
from etl.build.models import ordered
from tests.etl.conftest import Home
from warehouse.errors import GateFailed, NoBuild, UserError

pytestmark = pytest.mark.slow  # each makes builds from files

HEADER = "工单编号,报修时间,类别,地点,状态,办结时间,责任部门"


def export(home, day: str, *rows: str, name: str = "工单"):
    return home.write(f"inbox/{name}_202611{day}080000.csv", HEADER, *rows)


def weeks(home):
    """Three overlapping exports: T1 closes, T2 is corrected, T3 comes later."""
    return [
        export(
            home,
            "08",
            "T1,2026-11-01 08:00,水电维修,3号楼302,处理中,,后勤处",
            "T2,2026-11-02 08:00,门锁故障,5#,处理中,,后勤处",
        ),
        export(
            home,
            "15",
            "T1,2026-11-01 08:00,水电维修,3号楼302,已办结,2026-11-10 09:00,后勤处",
            "T2,2026-11-02 08:00,门锁故障,5#,处理中,,保卫处",
        ),
        export(
            home,
            "22",
            "T2,2026-11-02 08:00,门锁故障,5#,处理中,,保卫处",
            "T3,2026-11-20 08:00,噪音扰民,食堂后面的路,处理中,,后勤处",
        ),
    ]


def everything(build: warehouse.Build) -> dict[str, list[tuple]]:
    """Every table row by row in stored order; the manifest too:
    nothing in a build depends on when or how it was loaded."""
    names = build.rows(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE database_name = current_database() ORDER BY ALL"
    )
    return {name: build.rows(f"SELECT * FROM {name}") for (name,) in names}


def test_every_order_of_loading_gives_byte_equal_tables(campus, tmp_path, monkeypatch):
    files = weeks(campus)
    found = []
    for number, order in enumerate([files, files[::-1]]):
        folder = tmp_path / f"home{number}"
        shutil.copytree(campus.folder / "school", folder / "school")
        monkeypatch.setenv("CAMPUS_DATA", str(folder))
        home = Home(folder)
        if number == 0:
            build = home.load(*order)
        else:
            for file in order[:-1]:
                home.land(file)
            build = home.load(order[-1])
        found.append((build.name, everything(build)))
    assert len(found[0][1]) > 20
    assert all(one == found[0] for one in found[1:])


def test_the_newest_export_wins_and_every_state_is_kept(campus):
    build = campus.load(*weeks(campus))
    assert build.rows("SELECT ticket_id, unit, status, building_id, room FROM tickets ORDER BY ticket_id") == [
        ("T1", "后勤保障处", "closed", "D03", "302"),
        ("T2", "保卫处", "open", "D05", None), ("T3", "后勤保障处", "open", None, None),
    ]  # fmt: skip
    told = build.rows(
        "SELECT record_id, seen_at::VARCHAR, status_text, changes, sequence FROM record_states ORDER BY ALL"
    )
    assert told == [
        ("T1", "2026-11-08 08:00:00", "处理中", "{}", 1),
        (
            "T1",
            "2026-11-15 08:00:00",
            "已办结",
            '{"状态":["处理中","已办结"],"办结时间":[null,"2026-11-10 09:00:00"]}',
            2,
        ),
        ("T2", "2026-11-08 08:00:00", "处理中", "{}", 1),
        ("T2", "2026-11-15 08:00:00", "处理中", '{"责任部门":["后勤处","保卫处"]}', 2),
        ("T3", "2026-11-22 08:00:00", "处理中", "{}", 1),
    ]
    files = build.rows(
        "SELECT rows_read, rows_accepted, rows_rejected, rows_superseded "
        "FROM files WHERE source = 'tickets' ORDER BY name"
    )
    assert files == [(2, 0, 0, 2), (2, 1, 0, 1), (2, 2, 0, 0)]


def test_a_state_that_comes_back_is_a_third_state(campus):
    rows = [f"T1,2026-11-01 08:00,a,5#,{word},,x" for word in ("处理中", "挂起", "处理中")]
    build = campus.load(*(export(campus, day, row) for day, row in zip(("08", "15", "22"), rows, strict=True)))
    assert [row[0] for row in build.rows("SELECT status_text FROM record_states ORDER BY sequence")] == [
        "处理中",
        "挂起",
        "处理中",
    ]


def test_a_column_a_later_export_lacks_keeps_what_was_known(campus):
    campus.load(export(campus, "08", "T1,2026-11-01 08:00,水电维修,3号楼302,已办结,2026-11-03 08:00,后勤处"))
    bare = campus.write("inbox/工单_20261115080000.csv", "工单编号,报修时间,地点", "T1,2026-11-01 08:00,3号楼305")
    build = campus.load(bare)
    assert build.rows("SELECT sequence, status_text, changes FROM record_states ORDER BY ALL") == [
        (1, "已办结", "{}"), (2, "已办结", '{"地点":["3号楼302","3号楼305"]}'),
    ]  # fmt: skip
    assert build.rows("SELECT status, closed_at::VARCHAR, unit, room FROM tickets") == [
        ("closed", "2026-11-03 08:00:00", "后勤保障处", "305")
    ]


@pytest.mark.parametrize("room", ["302", "302室", "302房间"])
def test_a_room_in_its_own_column_is_the_room_in_the_place(campus, room):
    file = campus.write(
        "inbox/工单_20261115080000.csv",
        "工单编号,报修时间,地点,房间号",
        f"T1,2026-11-01 08:00,3号楼,{room}",
        "T2,2026-11-01 08:00,3号楼302,",
    )
    assert campus.load(file).rows("SELECT DISTINCT building_id, room FROM tickets") == [("D03", "302")]


def test_an_empty_cell_in_a_column_that_is_there_is_empty(campus):
    campus.load(export(campus, "08", "T1,2026-11-01 08:00,水电维修,3号楼302,处理中,,后勤处"))
    build = campus.load(export(campus, "15", "T1,2026-11-01 08:00,水电维修,3号楼302,处理中,,"))
    assert build.rows("SELECT unit FROM tickets") == [(None,)]


def test_detail_rows_of_one_document_are_not_states_of_it(campus):
    rows = [f"T1,2026-11-01 08:00,a,5#,{word},,x" for word in ("处理中", "挂起", "处理中")]
    build = campus.load(export(campus, "08", *rows))
    assert build.rows("SELECT sequence, status_text FROM record_states ORDER BY ALL") == [(1, "处理中")]
    assert build.rows("SELECT rows_read, rows_accepted, rows_superseded FROM files WHERE source = 'tickets'") == [
        (3, 1, 2)
    ]


def test_an_unchanged_file_exported_again_moves_the_data_date_only(campus):
    rows = ("T1,2026-11-01 08:00,a,5#,处理中,,x",)
    build = campus.load(export(campus, "08", *rows), export(campus, "15", *rows))
    assert (build.data_date.day, build.rows("SELECT count(*) FROM record_states")) == (15, [(1,)])
    assert build.rows("SELECT rows_read, rows_accepted, rows_superseded, note FROM files WHERE source = 'tickets'") == [
        (1, 1, 0, "同样的内容导出过 2 次")
    ]


def test_an_empty_export_moves_the_data_date_only_by_its_own_name(campus):
    files = weeks(campus)
    before = campus.load(*files).data_date
    nameless = campus.write("inbox/工单.csv", HEADER)
    assert campus.load(nameless).data_date == before
    assert f"{campus.load(export(campus, '24')).data_date:%m-%d}" == "11-24"


def test_loading_again_says_nothing_changed_and_publishes_nothing(campus):
    files = weeks(campus)
    build = campus.load(*files)
    campus.land(*files)
    assert campus.build() is None
    assert warehouse.current() == build and len(warehouse.history()) == 1


def test_as_of_shows_the_campus_as_it_was_known(campus):
    campus.land(*weeks(campus))
    campus.build("2026-11-15")
    build = warehouse.current()
    assert (build.data_date.day, build.rows("SELECT count(*) FROM tickets")) == (15, [(2,)])
    campus.build()
    assert warehouse.current().data_date.day == 22


def test_identical_rows_without_a_key_are_all_real_and_the_fullest_export_counts(campus):
    declared = campus.folder / "school" / "sources" / "walks.toml"
    declared.parent.mkdir()
    declared.write_text(
        '[source]\nname = "walks"\ntitle = "巡查"\nfeeds = "hazards"\n'
        'kind = "facts"\nfiles = ["*巡查*"]\nkey = []\n'
        + "".join(
            f'[[column]]\nname = "{n}"\nlabel = "{label}"\ntype = "{kind}"\n'
            for n, label, kind in (
                ("category", "项目", "text"),
                ("found_at", "日期", "datetime"),
                ("place", "地方", "place"),
            )
        ),
        encoding="utf-8",
    )
    row, other = "灭火器,2026-11-01,3号楼", "通道,2026-11-01,3号楼"
    first = campus.write("巡查_20261108.csv", "项目,日期,地方", row, row, row, other)
    second = campus.write("巡查_20261115.csv", "项目,日期,地方", row, row, other, other)
    build = campus.load(first, second)
    assert build.rows("SELECT category, count(*) FROM hazards GROUP BY ALL ORDER BY ALL") == [
        ("灭火器", 3),
        ("通道", 2),
    ]
    assert build.rows("SELECT rows_accepted, rows_superseded FROM files WHERE source = 'walks' ORDER BY name") == [
        (1, 3),
        (4, 0),
    ]


def test_several_rows_of_a_key_in_one_file_are_states_in_their_declared_order(campus):
    header = HEADER + ",更新时间"
    row = "T1,2026-11-01 08:00,a,5#,{},,x,2026-11-0{} 09:00"
    build = campus.load(
        campus.write(
            "工单_20261122080000.csv", header, row.format("已办结", 5), row.format("处理中", 2), row.format("挂起", 3)
        )
    )
    assert build.rows("SELECT status FROM tickets") == [("closed",)]
    assert [r[0] for r in build.rows("SELECT status_text FROM record_states ORDER BY sequence")] == [
        "处理中",
        "挂起",
        "已办结",
    ]
    assert build.rows("SELECT rows_read, rows_accepted, rows_superseded FROM files WHERE source = 'tickets'") == [
        (3, 1, 2)
    ]


def test_the_same_number_in_two_systems_is_two_records(campus):
    source = (warehouse.paths.REPOSITORY / "etl/sources/tickets.toml").read_text(encoding="utf-8")
    lines = source.replace('name = "tickets"', 'name = "alarms"', 1).replace(
        '"*工单*", "*报修*", "*守护码*", "*码上服务*", "*ticket*"', '"*校园110*"'
    )
    campus.write("school/sources/alarms.toml", lines)
    row = "7,2026-11-01 08:00,a,5#,处理中,,x"
    build = campus.load(export(campus, "22", row), export(campus, "22", row.replace("5#", "6#"), name="校园110"))
    assert build.rows("SELECT ticket_id, building_id FROM tickets ORDER BY ALL") == [("7", "D06"), ("7@tickets", "D05")]
    assert build.rows("SELECT count(*) FROM record_states WHERE record_id IN (SELECT ticket_id FROM tickets)") == [(2,)]


def test_a_rows_own_grid_and_branch_win_and_its_building_fills_the_gaps(campus):
    header = HEADER + ",所属网格,责任支部"
    rows = (
        "T1,2026-11-01 08:00,a,1号楼,处理中,,x,,",
        "T2,2026-11-01 08:00,a,1号楼,处理中,,x,第9网格,三支部",
        "T3,2026-11-01 08:00,a,,处理中,,x,第9网格,没有这个支部",
    )
    build = campus.load(campus.write("工单_20261122080000.csv", header, *rows))
    own = build.rows("SELECT grid_id, branch_id FROM buildings WHERE building_id = 'D01'")[0]
    ninth = build.rows("SELECT branch_id FROM grids WHERE grid_id = 'G09'")[0][0]
    assert build.rows("SELECT grid_id, branch_id FROM tickets ORDER BY ticket_id") == [
        own,
        ("G09", "B3"),
        ("G09", ninth),
    ]


def test_the_post_of_a_shift_is_its_place_but_not_its_branch(campus):
    """Where somebody stands is known; which branch he is of says only the row. A route passes many buildings."""
    rows = (
        "Z1,2026-11-02 07:00,校门值守,东门岗,,",
        "Z2,2026-11-02 07:00,支部值守,东门,第二党支部,",
        "Z3,2026-11-02 21:00,夜间巡查,第3网格巡查线,,第3网格",
        "Z4,2026-11-02 07:00,校门值守,小树林岗,,",
        "Z5,2026-11-02 21:00,夜间巡查,南门-北门巡逻线,,",
    )
    header = "班次编号,开始时间,值守类型,岗位,党支部,网格"
    build = campus.load(campus.write("值守记录_20261122080000.csv", header, *rows))
    gate, grid = build.rows("SELECT building_id, grid_id FROM buildings WHERE name = '东门'")[0]
    placed = build.rows("SELECT shift_id, post, place_text, building_id, branch_id FROM duty_shifts ORDER BY 1")
    line = build.rows("SELECT branch_id FROM grids WHERE grid_id = 'G03'")[0][0]
    assert placed == [
        ("Z1", "东门岗", "东门岗", gate, None),
        ("Z2", "东门", "东门", gate, "B2"),
        ("Z3", "第3网格巡查线", "第3网格巡查线", None, line),
        ("Z4", "小树林岗", "小树林岗", None, None),
        ("Z5", "南门-北门巡逻线", "南门-北门巡逻线", None, None),
    ]
    assert build.rows("SELECT grid_id FROM duty_shifts WHERE shift_id = 'Z1'") == [(grid,)]
    unknown = "SELECT place_text FROM places WHERE building_id IS NULL ORDER BY 1"
    assert [word for (word,) in build.rows(unknown)] == ["南门-北门巡逻线", "小树林岗", "第3网格巡查线"]


def test_a_landed_dimension_file_overrides_the_schools_by_key(campus):
    campus.write("inbox/楼宇_20261101.csv", "楼宇编号,楼宇名称,楼宇类型,人数", "D01,1号楼,宿舍,999", "Z01,新楼,宿舍,10")
    build = campus.load(*weeks(campus), campus.folder / "inbox" / "楼宇_20261101.csv")
    assert build.rows(
        "SELECT building_id, residents FROM buildings WHERE building_id IN ('D01', 'Z01') ORDER BY 1"
    ) == [("D01", 999), ("Z01", 10)]
    assert build.data_date.day == 22  # a dimension does not set the data date


def test_a_broken_school_file_stops_the_build_in_words(campus):
    campus.land(*weeks(campus))
    campus.write("school/buildings.csv", "楼宇编号,楼宇名称,人数", "D01,1号楼,5")
    with pytest.raises(UserError, match="缺少必填列「楼宇类型」"):
        campus.build()


def test_without_records_there_is_nothing_to_build(campus):
    with pytest.raises(NoBuild):
        campus.build()


def test_a_failed_check_publishes_nothing_and_the_old_build_stays(campus):
    files = weeks(campus)
    build = campus.load(*files[:2])
    campus.write(
        "school/checks/no_noise.sql", "-- 不应有噪音工单", "SELECT ticket_id FROM tickets WHERE category = '噪音扰民'"
    )
    campus.land(files[2])
    with pytest.raises(GateFailed, match="不应有噪音工单（1 处，如 T3）"):
        campus.build()
    assert warehouse.current() == build
    assert len(list((campus.folder / "builds").glob("*.duckdb"))) == 1


def test_a_new_source_is_one_declaration_and_one_query(campus):
    campus.write("school/sources/cylinders.toml", '[source]', 'name = "cylinders"',
                 'title = "实验室气瓶"', 'feeds = "cylinders"', 'kind = "facts"',
                 'files = ["*气瓶*"]', 'key = ["number"]', '[[column]]',
                 'name = "number"', 'label = "瓶号"', 'type = "id"', "required = true",
                 '[[column]]', 'name = "checked_on"', 'label = "检验日期"', 'type = "date"',
                 '[[column]]', 'name = "place"', 'label = "存放地点"', 'type = "place"')  # fmt: skip
    campus.write(
        "school/models/cylinders.sql",
        "SELECT record_id AS number, checked_on, place_text, building_id, grid_id, branch_id, "
        "checked_on <= data_date() AS is_checked FROM feed_cylinders ORDER BY number",
    )
    build = campus.load(
        *weeks(campus), campus.write("气瓶_20261120.csv", "瓶号,检验日期,存放地点", "G1,2026.9.1,3号楼")
    )
    assert build.rows("SELECT number, building_id, is_checked FROM cylinders") == [("G1", "D03", True)]
    assert build.rows("SELECT title, rows FROM sources WHERE source = 'cylinders'") == [("实验室气瓶", 1)]


def test_a_schools_query_that_fails_is_named(campus):
    campus.write("school/models/mine.sql", "SELECT nothing FROM feed_tickets")
    campus.land(*weeks(campus))
    with pytest.raises(UserError, match=r"mine\.sql"):
        campus.build()


def test_models_run_after_what_they_read(tmp_path):
    for name, query in (
        ("a", "SELECT * FROM c"),
        ("b", "SELECT 1 AS a -- FROM a"),
        ("c", "SELECT * FROM x JOIN\n b USING (y)"),
    ):
        (tmp_path / f"{name}.sql").write_text(query)
    assert ordered({path.stem: path for path in tmp_path.glob("*.sql")}) == ["b", "c", "a"]
    (tmp_path / "b.sql").write_text("SELECT * FROM a")
    with pytest.raises(UserError):
        ordered({path.stem: path for path in tmp_path.glob("*.sql")})


def test_no_wall_clock_and_no_path_of_this_machine_in_a_build(campus):
    build = campus.load(*weeks(campus))
    manifest = dict(build.rows("SELECT * FROM manifest"))
    assert set(manifest) == {"data_date", "digest", "origin", "declarations_digest", "school_digest", "version"}
    assert manifest["data_date"] == "2026-11-22T08:00:00"
    assert str(campus.folder) not in str(everything(build))
    assert build.name == f"20261122T0800-{build.digest[:12]}"
    assert os.listdir(campus.folder / "builds").count(f"{build.name}.duckdb") == 1


@pytest.mark.parametrize("texts", [("灯坏", "灯坏，已换灯管"), ("灯坏，已换灯管", "灯坏")])
def test_of_one_export_time_the_file_landed_later_corrects_the_earlier(campus, texts):
    header = "工单编号,报修时间,类别,地点,状态,问题描述"
    row = "S1,2026-11-20 08:00,水电维修,3号楼302,处理中,{}"
    names = ("工单_20261122080000.csv", "工单更正_20261122080000.csv")
    for name, text in zip(names, texts, strict=True):
        build = campus.load(campus.write(f"inbox/{name}", header, row.format(text)))
    assert build.rows("SELECT description FROM tickets") == [(texts[1],)]
    assert build.rows("SELECT file_name, occurrences FROM warnings WHERE code = 'same_time_correction'") == [
        (names[1], 1)
    ]
    assert build.rows("SELECT count(*) FROM record_states WHERE record_id LIKE '%S1'") == [(2,)]
