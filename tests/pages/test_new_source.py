"""A source nobody thought of: one TOML and one SQL file, and it is loaded, kept an eye on, explained,
and has its empty workbook.
"""

import shutil
from pathlib import Path

import pytest

from etl.command.main import main
from tests.etl.conftest import Home
from tests.pages.conftest import words
from warehouse import paths, tables

pytestmark = pytest.mark.slow

DECLARATION = """
[source]
name = "cylinders"
title = "实验室气瓶"
feeds = "cylinders"
kind = "facts"
files = ["*气瓶*"]
key = ["number"]
expected_every_days = 30
[[column]]
name = "number"
label = "瓶号"
type = "id"
required = true
[[column]]
name = "checked_on"
label = "检验日期"
aliases = ["年检日期"]
type = "date"
[[column]]
name = "gas"
label = "气体"
type = "choice"
allowed = { "氧气" = ["O2"], "氮气" = [] }
[[column]]
name = "place"
label = "存放地点"
type = "place"
"""
MODEL = """-- cylinders: one row per gas cylinder.
SELECT record_id AS number, gas AS category, checked_on, place_text, building_id, grid_id, branch_id, unit, channel,
    level, file_id, sheet, row_number, coalesce(checked_on > data_date()::DATE - 365, false) AS is_checked
FROM feed_cylinders ORDER BY number
"""


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    monkeypatch.setenv("CAMPUS_KEY_FILE", str(tmp_path / "key"))
    shutil.copytree(paths.REPOSITORY / "data" / "school", tmp_path / "school")
    made = Home(tmp_path)
    made.write("school/sources/cylinders.toml", *DECLARATION.splitlines())
    made.write("school/models/cylinders.sql", *MODEL.splitlines())
    return made


def test_one_declaration_and_one_query_make_a_source(open_at, home):
    file = home.write(
        "实验室气瓶_20261120080000.csv",
        "瓶号,年检日期,气体,存放地点",
        "G1,2026.9.1,O2,3号楼302",
        "G2,2024-01-05,氦气,3#",
        "G3,昨天,氮气,",
    )
    build = home.load(file)
    assert build.rows("SELECT number, category, building_id, is_checked FROM cylinders") == [
        ("G1", "氧气", "D03", True), ("G2", "氦气", "D03", False), ("G3", "氮气", None, False),
    ]  # fmt: skip
    at = open_at("quality", source="cylinders")
    assert not at.exception and not at.error
    listed = at.dataframe[0].value.set_index("来源").loc["实验室气瓶"]
    assert (listed["记录数"], listed["读不懂（处）"], listed["应更新间隔（天）"]) == (3, 1, 30)
    assert "昨天" in str(at.dataframe[1].value.to_dict())
    explained = open_at("quality", source="cylinders", tab="列的说明").dataframe[1].value
    assert explained["表头"].tolist() == ["瓶号", "检验日期", "气体", "存放地点"]
    assert explained["允许的取值"].tolist()[2] == "氧气：O2；氮气" and explained["必填"].tolist()[0] == "是"
    assert "下载实验室气瓶空表" in [button.label for button in at.get("download_button")] or "实验室气瓶" in words(at)


def test_its_empty_workbook_loads_as_it_stands(home):
    build = home.load(home.write("气瓶_20261120080000.csv", "瓶号,检验日期", "G1,2026-09-01"))
    workbook = home.folder / "空表.xlsx"
    workbook.write_bytes(tables.template(build, "cylinders"))
    assert {outcome.status for outcome in home.land(workbook)} == {"landed"}


def test_its_columns_stand_in_the_documentation(home, capsys):
    out = Path(home.folder) / "来源.md"
    assert main(["docs", "--out", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    section = page[page.index("## cylinders") :].split("\n## ")[0]
    assert (
        "**实验室气瓶**" in section
        and "| `checked_on` | 检验日期 | 年检日期 |" in section
        and "**氧气**：O2<br>**氮气**" in section
    )
    assert "实验室气瓶" not in (paths.REPOSITORY / "docs" / "sources.md").read_text(encoding="utf-8")
