"""A stranger's export, loaded by a declaration alone, on the real pages."""

import shutil

import pytest

from tests.etl.conftest import Home
from tests.etl.landing.test_real_files import DECLARED
from tests.pages.conftest import words


@pytest.fixture
def boston(real, tmp_path, monkeypatch):
    """Boston's seven yearly files as the current build."""
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    (tmp_path / "school" / "sources").mkdir(parents=True)
    shutil.copy(DECLARED / "boston311.toml", tmp_path / "school" / "sources")
    Home(tmp_path).load(*sorted((real / "boston311").glob("*.csv")), as_of="2022-09-16")
    return tmp_path


def test_the_dashboard_shows_bostons_time_to_close_with_the_open_ones(boston, open_at, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(boston))
    period = {"from": "2013-01-01", "to": "2022-09-16"}
    said = words(open_at("glossary", metric="time_to_close", **period))
    assert "38.2 小时（29,618 / 46,638）" in said.replace("\\", "")
    said = words(open_at("records", metric="ticket_on_time_rate", which="miss", **period))
    assert "4,372" in said
