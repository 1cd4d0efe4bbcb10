"""The heatmap of grids is that of buildings with another dimension."""

import json

from tests.pages.conftest import words


def test_grids_are_the_rows_and_the_filters_hold(open_at):
    at = open_at("grids", grid="G01", metric="ticket_count")
    drawn = json.loads(at.get("plotly_chart")[0].proto.spec)
    assert drawn["layout"]["yaxis"]["ticktext"] == ["第1网格"]
    assert "1号楼" not in words(at)


def test_nonsense_falls_back(open_at):
    at = open_at("grids", metric="x", across="y", show="z", sort="'", all="2")
    assert not at.exception and not at.error
