"""What every page owes its reader: first run, other machines, failures and hostile words, each in one sentence."""

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from urllib.parse import urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from metrics.ask.selection import Scope
from tests.pages.conftest import ROOT, words
from ui.frame import access, data, menu
from ui.frame.menu import PAGES, PLACE_OF
from warehouse.errors import UserError

NEW_PAGE = """from ui.frame.page import open_page

page = open_page("lost_property")
page.headline("三件")
"""
VISIT = """import logging
logging.disable(logging.WARNING)
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("dashboard.py", default_timeout=120).run().switch_page("pages/safety/lost_property.py").run()
print(app.title[0].value, *(each.value for each in app.markdown))
"""


def dashboard() -> AppTest:
    return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)


def test_before_the_first_build_there_is_one_command(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    at = dashboard().run()
    assert not at.exception
    assert "还没有数据" in words(at)
    assert [block.value for block in at.code] == ["python -m etl demo"]


@pytest.mark.parametrize("address", ["0.0.0.0", None, "10.0.0.8"])
def test_the_dashboard_itself_refuses_other_machines(campus, monkeypatch, address):
    monkeypatch.setattr(access, "refusal", lambda: access.REFUSAL.format(address=address or "所有网卡"))
    at = dashboard().run()
    assert "拒绝启动" in at.error[0].value
    assert not at.title


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(RuntimeError("/secret/path"), "这一页没有算出来"), (UserError("没有[这个](http://evil.example)指标。"), "没有")],
)
def test_a_page_that_fails_says_one_sentence(open_at, monkeypatch, error, sentence):
    def breaks(*asked, **more):
        raise error

    monkeypatch.setattr(data, "composed", breaks)
    at = open_at("weekly")
    assert not at.exception
    said = at.error[0].value
    assert said.startswith(sentence) and "secret" not in said and "](" not in said.replace("\\](", "")


def tabs_of(at: AppTest) -> tuple[list[str], str]:
    """The tabs a page draws, and which of them is the one that is open."""
    nav = "".join(one.proto.body for one in at.get("html") if 'class="tabs"' in one.proto.body)
    return re.findall(r">([^<]+)</a>", nav), "".join(re.findall(r'aria-current="page">([^<]*)</a>', nav))


@pytest.mark.parametrize("key", PAGES)
def test_every_page_opens_with_its_sentence_and_its_data_date(open_at, key):
    at = open_at(key)
    assert not at.exception and not at.error
    assert at.title[0].value == PAGES[key].title
    tabs = [tab.tab for tab in PLACE_OF[key].tabs]
    assert tabs_of(at) == ((tabs, PAGES[key].tab) if len(tabs) > 1 else ([], ""))
    assert "数据截至 2026-11-16 08:00 · 第12教学周" in words(at)


@pytest.mark.parametrize("key", PAGES)
def test_no_page_falls_over_a_hostile_address(open_at, key):
    hostile = {
        "building": "<script>",
        "period": "x",
        "from_": "2026",
        "week": "0",
        "metric": "../etc",
        "source": "'",
        "tab": "x",
        "record": "a:b",
    }
    at = open_at(key, **hostile)
    assert not at.exception


def test_the_frame_says_that_the_data_are_a_demonstration(open_at):
    assert "示范数据" in words(open_at("quality"))


def test_a_part_of_the_address_that_is_unknown_is_said(open_at):
    at = open_at("glossary", building=["D01", "D99"], buildng="D02", from_="singlemessage", since="[a](b)")
    said = "链接里起止日期读不懂（应为 2026-09-01 这样的写法），已忽略；有 1 处楼宇在当前数据里找不到，已忽略；"
    assert at.warning[0].value == f"{said}有不认识的部分（buildng），已忽略。"
    assert at.multiselect(key="filter_buildings").value == ["D01"]


def test_tabs_keep_the_filters_and_clearing_leaves_the_page_s_own_choices(open_at):
    at = open_at("glossary", building="D01", metric="ticket_count", q="x", cell="grid:G01")
    (nav,) = (one.proto.body for one in at.get("html") if 'class="tabs"' in one.proto.body)
    led = [urlsplit(unescape(address)) for address in re.findall(r'href="([^"]*)"', nav)]
    assert [one.path for one in led] == [tab.key for tab in PLACE_OF["glossary"].tabs]
    assert {one.query for one in led} == {"building=D01&metric=ticket_count"}  # a search, a cell are one page's own
    at.button(key="clear_filters").click().run()
    assert {key: [value] if isinstance(value, str) else value for key, value in dict(at.query_params).items()} == {
        "metric": ["ticket_count"], "q": ["x"], "cell": ["grid:G01"]}  # fmt: skip
    assert at.multiselect(key="filter_buildings").value == []


def test_what_a_limited_viewer_may_not_see_is_not_there(open_at, monkeypatch):
    monkeypatch.setattr(access, "scope", lambda: Scope(buildings=("D01",)))
    at = open_at("query")
    assert tabs_of(at) == ([tab.tab for tab in PLACE_OF["query"].tabs if tab.key != "query"], "")
    assert at.error[0].value and not at.text_area


def test_every_menu_entry_has_a_page_file():
    written = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").rglob("*.py")}
    assert sorted(menu.FILES.values()) == sorted(written)  # neither a file without its line nor a line without its file
    assert set(menu.FILES) == set(PAGES) and len(PAGES) == sum(len(place.tabs) for place in menu.PLACES)


def test_a_line_without_its_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="lost_property"):
        menu.files_of([menu.Entry("lost_property", "失物", "失物", "丢的东西找到没有。")], tmp_path)


def test_a_new_page_takes_a_file_and_a_line(campus, tmp_path):
    """A house with one page more: drawn in a copy, so that what is tested is the file and the line and nothing else."""
    for name in ("dashboard.py", ".streamlit", "ui", "pages"):
        source, target = ROOT / name, tmp_path / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    (tmp_path / "pages" / "safety" / "lost_property.py").write_text(NEW_PAGE, encoding="utf-8")
    lines = (tmp_path / "ui" / "frame" / "menu.py").read_text(encoding="utf-8")
    line = '            Entry("lost_property", "失物", "失物", "丢的东西找到没有。"),\n'
    added = lines.replace('            Entry("trends"', line + '            Entry("trends"')
    (tmp_path / "ui" / "frame" / "menu.py").write_text(added, encoding="utf-8")
    command = [sys.executable, "-c", VISIT]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT}"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith("失物 ") and "三件" in done.stdout


def test_under_a_filter_the_first_sentence_begins_with_it(open_at):
    """Whatever the page, and once; what is about no place says nothing of it."""
    for key in ("weekly", "trends", "services", "red_lines", "explorer", "records", "glossary"):
        at = open_at(key, building="D01", category="水电")
        text = words(at).replace("\\", "")
        assert text.count("仅 1号楼 · 水电：") == (key != "glossary"), key
        assert "全校" not in text, key
    assert "仅" not in words(open_at("weekly"))
