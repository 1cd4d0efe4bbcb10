"""A build knows what made it: whatever a build's content comes from changes its identity, and nothing else does."""

import shutil
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from etl.build import health, make, models
from etl.build.make import gather
from etl.declare import load
from etl.declare.shapes import ColumnBlock, DialectBlock, SourceBlock
from etl.form import digest
from etl.landing.export import Export
from etl.landing.landing import Landing
from etl.landing.school_files import SchoolFiles
from warehouse import paths

ETL = paths.REPOSITORY / "etl"
ROOMS = sorted(path.name for path in ETL.iterdir() if path.is_dir() and path.name != "__pycache__")
ASIDE = {"command", "demo", "sandbox"}  # how it is asked for, a made-up campus, where parsers run

EVERY_KEY = """\
[source]
name = "lamps"
title = "路灯"
feeds = "lamps"
kind = "facts"
files = ["*路灯*"]
signs = ["灯杆"]
key = ["lamp_id"]
order_by = ["seen_at"]
expected_every_days = 7
ignored = ["序号"]
note = "说明"
system = 3
[source.dialect]
day_first = true
month_first = false
null = ["?"]
header_row = 2
sheet = "表一"
utc_offset_hours = 8

[[column]]
name = "lamp_id"
label = "编号"
type = "id"
aliases = ["灯号"]
required = true
personal = "key"
pattern = "L.*"
note = "一盏一号"
example = "L1"

[[column]]
name = "state"
label = "状态"
type = "choice"
allowed = ["亮", "灭"]
keep_text = true
constant = "亮"

[[column]]
name = "seen_at"
label = "巡查时间"
type = "datetime"
heading = "(.*)"

[[column]]
name = "lasted"
label = "时长"
type = "duration"
unit = "分钟"
minimum = 0
maximum = 10

[[column]]
name = "faults"
label = "故障数"
type = "integer"
zero = ["无"]
"""
OTHER = {
    "name": ('name = "lasted"', 'name = "lasting"'),
    "title": ("路灯", "灯"), "feeds": ('feeds = "lamps"', 'feeds = "x"'),
    "kind": ("facts", "dimension"), "files": ("*路灯*", "*灯*"), "signs": ("灯杆", "杆"), "key": ('["lamp_id"]', "[]"),
    "order_by": ('["seen_at"]', "[]"), "expected_every_days": ("7", "8"),
    "ignored": ("序号", "号"), "note": ("说明", "说"),
    "system": ("system = 3", "system = 4"), "dialect": ("[source.dialect]", "[source.dialect]  # "),
    "day_first": ("day_first = true", "day_first = false"),
    "month_first": ("true\nmonth_first = false", "false\nmonth_first = true"),
    "null": ('"?"', '"!"'), "header_row": ("header_row = 2", "header_row = 3"), "sheet": ("表一", "表二"),
    "utc_offset_hours": ("hours = 8", "hours = 9"), "label": ("编号", "编码"), "type": ('"datetime"', '"date"'),
    "aliases": ("灯号", "灯杆号"), "required": ('"datetime"', '"datetime"\nrequired = true'),
    "personal": ('"key"', '"mask"'),
    "pattern": ("L.*", "L.+"), "example": ("L1", "L2"), "allowed": ('["亮", "灭"]', '["亮", "灭", "坏"]'),
    "keep_text": ("keep_text = true", "keep_text = false"), "constant": ('constant = "亮"', 'constant = "灭"'),
    "heading": ("(.*)", "(.+)"), "unit": ("分钟", "秒"),
    "minimum": ("minimum = 0", "minimum = 1"), "maximum": ("10", "20"),
    "zero": ('["无"]', '["没有"]'), "ahead": ('"datetime"', '"datetime"\nahead = true'),
    "last_year": ("hours = 8", "hours = 8\nlast_year = 2040"), "clock": ('"(.*)"', '"(.*)"\nclock = ["几点"]'),
    "day_from": ('type = "integer"\nzero = ["无"]', 'type = "datetime"\nday_from = "seen_at"'),
}  # fmt: skip


@pytest.fixture
def tree(campus, tmp_path, monkeypatch) -> Path:
    """A copy of etl that may be changed, used in place of etl wherever its files are read."""
    copy = tmp_path / "etl"
    shutil.copytree(ETL, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for module in (digest, load, make, models, health):
        monkeypatch.setattr(module, "ETL", copy)
    return copy


def identity() -> str:
    """Of the build of one landed file of tickets."""
    account = {"rows_read": 1, "columns": [], "first_record": None, "last_record": None, "rejects": [], "warnings": []}
    export = Export("f", "工单.csv", "tickets", 1, (datetime(2026, 11, 22),), Path("f.parquet"), account)
    sources = load.load_sources()
    return gather(SimpleNamespace(sources=sources, exports=lambda done: ([export], [])), "school").digest


def changed(path: Path) -> None:
    """One line more or other: a remark in code, a title in a declaration."""
    text = path.read_text(encoding="utf-8")
    if path.parent.name == "sources":
        path.write_text(text.replace('title = "', 'title = "新', 1), encoding="utf-8")
    else:
        path.write_text(text + ("-- x\n" if path.suffix == ".sql" else "# x\n"), encoding="utf-8")


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_that_goes_into_a_build_is_part_of_what_it_is_known_by(tree, room):
    before, same = identity(), []
    files = [path for path in sorted((tree / room).rglob("*")) if path.is_file()]
    for path in files:
        kept = path.read_bytes()
        changed(path)
        if identity() == before:
            same.append(path.relative_to(tree).as_posix())
        path.write_bytes(kept)
    assert same == ([path.relative_to(tree).as_posix() for path in files] if room in ASIDE else [])
    assert identity() == before


@pytest.mark.parametrize(
    "name",
    [
        "cadences.toml",
        "limits.toml",
        "red_lines.toml",
        "buildings.csv",
        "models/own.sql",
        "checks/own.sql",
        "models/health/own.sql",
    ],
)
def test_what_a_school_keeps_is_part_of_it(tree, campus, name):
    before, path = identity(), campus.folder / "school" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "SELECT 1") + "\n", encoding="utf-8")
    assert identity() != before


def test_the_products_own_red_lines_are_part_of_it_where_the_school_keeps_none(tree, campus, tmp_path, monkeypatch):
    (campus.folder / "school" / "red_lines.toml").unlink()
    before = identity()
    product = tmp_path / "product"
    (product / "data" / "school").mkdir(parents=True)
    (product / "data" / "school" / "red_lines.toml").write_text('excluded = ["误报"]\n', encoding="utf-8")
    monkeypatch.setattr(paths, "REPOSITORY", product)
    assert identity() != before


def test_a_model_and_a_check_of_one_name_are_two(tree):
    (tree / "checks" / "tickets.sql").write_text("SELECT 1 WHERE false", encoding="utf-8")
    before = identity()
    changed(tree / "models" / "tickets.sql")
    assert identity() != before


def test_a_declaration_that_a_schools_own_stands_for_is_part_of_it(tree, campus):
    """Its columns are in the tables all the same."""
    campus.write("school/sources/tickets.toml", (tree / "sources" / "tickets.toml").read_text(encoding="utf-8"))
    before = identity()
    changed(tree / "sources" / "tickets.toml")
    assert identity() != before


@pytest.mark.parametrize("key", OTHER)
def test_every_key_of_a_declaration_is_part_of_it(tree, campus, key):
    def declared(text: str) -> str:
        campus.write("school/sources/lamps.toml", text)
        return identity()

    old, new = OTHER[key]
    assert old in EVERY_KEY
    assert (declared(EVERY_KEY) != declared(EVERY_KEY.replace(old, new, 1))) == (
        key != "dialect"
    )  # only a remark there


def test_no_key_is_forgotten_here():
    shapes = (SourceBlock, DialectBlock, ColumnBlock)
    assert OTHER.keys() == {key for shape in shapes for key in shape.__struct_fields__}


@pytest.mark.parametrize("room", ["reading", "typing", "privacy", "form", "landing"])
def test_the_schools_own_tables_are_read_again_by_a_mended_reader(tree, room):
    def known_by() -> str:
        return SchoolFiles(Landing(paths.landing(), sources=load.load_sources(), key=b"k")).digest

    before = known_by()
    changed(tree / room / "__init__.py")
    assert known_by() != before
