"""What is withdrawn is as if it had never come, and comes back only on purpose."""

import json

import warehouse
from etl.command.main import main
from warehouse import paths

HEADER = "工单编号,报修时间,类别,地点,状态,办结时间"
FIRST = "T1,2026-11-01 08:00,水电维修,3号楼302,处理中,"
WRONG = "T1,2026-11-20 08:00,水电维修,5号楼,已办结,2026-11-21 08:00"


def everything(build: warehouse.Build) -> dict[str, list[tuple]]:
    tables = build.rows("SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL")
    return {
        name: build.rows(f'SELECT * FROM "{schema}"."{name}" ORDER BY ALL')
        for schema, name in tables
        if name != "manifest"
    }


def test_the_build_after_a_withdrawal_is_the_one_before_the_load(home, capsys):
    home.write("inbox/工单.csv", "工单编号,类别,状态", "T1,a,处理中")  # refused, and said so
    home.write("inbox/工单_20261115080000.csv", HEADER, FIRST)
    assert main(["load"]) == 3
    before = warehouse.current()
    wrong = home.write("inbox/工单.csv", HEADER, WRONG)
    assert main(["load", str(wrong)]) == 0
    assert warehouse.current().data_date.day == 21
    capsys.readouterr()
    assert main(["withdraw", "工单.csv", "--reason", "别的学校的"]) == 0
    assert "已撤回" in capsys.readouterr().out
    after = warehouse.current()
    assert everything(after) == everything(before) and after.digest == before.digest
    (kept,) = (paths.landing() / "withdrawn").glob("*.json")
    (withdrawal,) = json.loads(kept.read_text("utf-8"))["withdrawals"]
    assert withdrawal["reason"] == "别的学校的" and withdrawal["by"] and withdrawal["at"]

    assert main(["load", str(wrong)]) == 3
    out = capsys.readouterr().out.replace("\n", "")
    assert "撤回过" in out and "别的学校的" in out and "--again" in out
    assert warehouse.current().data_date.day == 15
    assert main(["load", str(wrong), "--again"]) == 0
    assert warehouse.current().data_date.day == 21
    assert main(["load", str(wrong)]) == 0


def test_several_of_a_name_are_listed_and_an_id_means_one(home, capsys):
    for line in (FIRST, WRONG):
        assert main(["load", str(home.write("工单.csv", HEADER, line))]) == 0
    assert main(["withdraw", "工单.csv.bak"]) == 2
    (home.folder / "工单.csv").unlink()
    capsys.readouterr()
    assert main(["withdraw", "工单.csv"]) == 2
    said = capsys.readouterr().err.replace("\n", "")
    ids = sorted(home.landing().records())
    assert "有 2 份文件叫「工单.csv」" in said and all(file_id in said for file_id in ids)
    assert main(["withdraw"]) == 0
    assert any(file_id in capsys.readouterr().out for file_id in ids)
    assert main(["withdraw", ids[0]]) == 0
    assert sorted(home.landing().records()) == ids[1:]
    assert main(["withdraw", ids[1]]) == 4  # nothing is left to build from
    assert "当前构建仍是撤回以前的" in capsys.readouterr().out
