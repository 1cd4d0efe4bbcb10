"""服务 and 安全感调查 over the hand-written forms, whose numbers were counted by hand,
and over a school that exports nothing of it.
"""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.etl import forms
from tests.etl.conftest import Home
from tests.pages.conftest import ROOT, words
from ui.frame.menu import FILES
from warehouse import paths


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Path:
    """A home with every form of the fixtures loaded; data date 2026-11-22 08:00."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(paths.REPOSITORY / "data" / "school", folder / "school")
    key = folder / "key"
    key.write_bytes(b"a key for tests only, thirty-two bytes at least")
    key.chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPUS_DATA", str(folder))
        patch.setenv("CAMPUS_KEY_FILE", str(key))
        Home(folder).load(*forms.every(folder))
    return folder


@pytest.fixture
def opened(served, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(served))

    def run(key: str, **query) -> AppTest:
        at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
        at.switch_page(FILES[key])
        for name, value in query.items():
            at.query_params[name] = value
        return at.run()

    return run


def test_the_first_sentence_says_fulfilled_in_time_and_taken_up(opened):
    said = words(opened("services")).replace("\\", "")
    assert "承诺到期的微心愿 3 个，办成 2 个（66.7 %），其中按时 1 个；" in said
    assert "各渠道、各支部都在正常波动内" in said


def test_tiles_stand_with_part_and_whole_and_what_never_came_hands_out_its_template(opened):
    at = opened("services")
    said = words(at)
    assert "2 / 3" in said and "2 / 4" in said and "0 / 1" in said
    assert "还没有收到安全服务的导出" in said and "还没有收到通报面对面提问的导出" in said
    assert sum(link.proto.label == "取空表" for link in at.get("page_link")) >= 2
    assert not at.exception and not at.error


@pytest.mark.parametrize("tab", ["各支部", "逾期心愿", "通报面对面", "服务项目", "热线回访"])
def test_every_tab_opens(opened, tab):
    at = opened("services", tab=tab)
    assert not at.exception and not at.error


def test_departments_under_the_floor_are_named_with_what_they_rest_on(opened):
    said = words(opened("services", tab="热线回访")).replace("\\", "")
    assert (
        "低于 85 % 点名线的部门：饮食服务中心 81.0 %（17 / 21）" in said
    )  # 校医院 reached one person and is not named
    assert "51 / 62" in said and "回访到率 71.3 %" in said


def test_a_survey_says_mean_interval_and_who_answered(opened):
    said = words(opened("surveys"))
    assert "2026年秋季安全感调查：总体安全感 3.60 分（95 % 区间 2.18–5.02）；应答率 30.0 %（6 / 20）" in said.replace(
        "\\", ""
    )


def test_a_survey_without_sheets_is_not_a_bad_survey(opened):
    at = opened("surveys", survey="DC1")
    assert not at.exception and not at.error and "2026年冬季" not in words(at)  # it has not begun by the data date


@pytest.mark.parametrize("key", ["services", "surveys"])
def test_a_school_that_exports_nothing_of_it_is_told_what_to_provide(open_at, key):
    at = open_at(key)
    assert not at.exception and not at.error
    assert "没有收到" in words(at)
