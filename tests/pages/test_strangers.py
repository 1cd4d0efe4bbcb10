"""A stranger's export, loaded by a declaration alone, on the real pages."""

from tests.pages.conftest import words


def test_the_dashboard_shows_bostons_time_to_close_with_the_open_ones(boston, open_at, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(boston))
    period = {"from": "2013-01-01", "to": "2022-09-16"}
    said = words(open_at("glossary", metric="time_to_close", **period))
    assert "38.2 小时（29,618 / 46,638）" in said.replace("\\", "")
    said = words(open_at("records", metric="ticket_on_time_rate", which="miss", **period))
    assert "4,372" in said
