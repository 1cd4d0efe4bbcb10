"""探索 on the drawn build: ten tickets a week at one building, five 水电 and five 门锁; eight of ten in time."""

import json

import pytest

from ledger.views import views
from tests.pages.conftest import words
from tests.pages.sampled import METRICS
from ui.export.audit import kept_in

EVERY_WAY = [
    ("building", "week", "heat"), ("building", "week", "line"),
    ("building", "week", "bar"), ("weekday", "hour", "heat"), ("weekday", "hour", "line"),
    ("term", "category", "table"), ("term", "category", "line"),
    ("kind", "none", "table"), ("kind", "none", "bar"), ("week", "none", "line"),
]  # fmt: skip


def table(at):
    return at.dataframe[0].value


def test_cells_and_totals_add_up_and_the_sentence_says_the_largest(open_at):
    at = open_at("explorer")
    frame = table(at).set_index("楼宇")
    assert frame.loc["1号楼", ["水电", "门锁", "合计"]].tolist() == [55, 55, 110] and frame.loc["合计", "合计"] == 110
    assert frame.loc["2号楼", "合计"] == 0
    assert "工单量 110 单：最大的一格是 1号楼 · 水电，55 单，占 50.0 %" in words(at).replace("\\", "")


def test_a_rate_shows_both_counts_and_its_total_is_a_quotient_of_sums(open_at):
    frame = table(open_at("explorer", metric="ticket_on_time_rate")).set_index("楼宇")
    assert frame.loc["1号楼", "合计"] == frame.loc["合计", "合计"] == "80.0 %（88 / 110）"
    assert frame.loc["2号楼", "合计"] == "—"


def test_what_has_not_begun_and_what_was_none_differ(open_at):
    frame = table(open_at("explorer", rows="building", across="week")).set_index("楼宇")
    assert frame.loc["2号楼"].iloc[0] == 0 and frame.shape == (4, 13)


@pytest.mark.parametrize(("row", "column", "show"), EVERY_WAY)
def test_every_way_of_showing_draws(open_at, row, column, show):
    at = open_at("explorer", metric="ticket_on_time_rate", rows=row, across=column, show=show)
    assert not at.exception and not at.error
    assert at.get("plotly_chart") or at.dataframe


def test_a_heatmap_shows_what_is_to_be_expected_and_its_excess(open_at):
    """Ten tickets a week, half of each category: every cell is what its row and column make likely."""
    at = open_at("explorer", rows="building", across="category", show="heat", colour="excess")
    spec = json.loads(at.get("plotly_chart")[0].proto.spec)
    hovers = [words for trace in spec["data"] for words in trace.get("hovertext", [])]
    assert any(
        "55 单" in one and "预期约 55.0，正常波动" in one for one in hovers
    ) and "与预期之差（多＋，少−）" in words(at)
    assert not any("合计" in one for one in hovers)


@pytest.mark.parametrize(
    "metric", {one.kind: one.key for one in reversed(METRICS) if one.kind.name != "proportion"}.values()
)
def test_every_kind_of_number_has_a_pivot_and_a_comparison(open_at, metric):
    for asked in ({"rows": "branch", "across": "month"}, {"against": "place", "of": "kind", "rows": "category"}):
        at = open_at("explorer", metric=metric, **asked)
        assert not at.exception and not at.error, asked


def test_two_periods_side_by_side(open_at):
    at = open_at("explorer", against="base", rows="category", from_="2026-10-05", to="2026-11-01", base="2026-09-07")
    frame = table(at).set_index("类别")
    assert frame.loc["合计"].tolist()[:3] == ["40 单", "40 单", "0.0 %"]
    assert "较基期持平" in words(at).replace("\\", "") and frame.loc["水电", "差"] == "不足 30，只看数量"


def test_a_comparison_that_must_not_be_made_offers_another(open_at):
    at = open_at("explorer", against="year", rows="category", from_="2026-11-03", to="2026-11-09")
    assert "只有整周才能按教学周同比" in words(at)
    next(button for button in at.button if button.label == "与另一段时间").click().run()
    assert not at.exception and "base" in at.query_params["against"] and "水电" in table(at)["类别"].tolist()


def test_two_places_side_by_side(open_at):
    at = open_at("explorer", against="place", of="building", a="D01", b="D02", rows="category")
    assert "工单量：1号楼 110 单，2号楼 0 单" in words(at).replace("\\", "")
    assert json.loads(at.get("plotly_chart")[0].proto.spec)["data"][0]["customdata"][0][1] == "left"


def test_a_view_is_saved_opened_renamed_and_deleted(open_at):
    at = open_at("explorer", metric="hazard_count", rows="building", across="none")
    at.text_input(key="view_name").set_value("隐患按楼")
    at.button[[one.label for one in at.button].index("保存")].click().run()
    assert [(one.name, one.address) for one in views(default=kept_in())] == [
        ("隐患按楼", "metric=hazard_count&rows=building&across=none")
    ]
    at.text_input(key="view_new_name").set_value("各楼隐患")
    at.button(key="rename_view").click().run()
    assert [one.name for one in views(default=kept_in())] == ["各楼隐患"]
    at.button(key="delete_view").click().run()
    assert views(default=kept_in()) == () and not at.exception


def test_nonsense_in_the_address_falls_back(open_at):
    at = open_at(
        "explorer", metric="<b>", rows="drop table", across="week; --", show="pie", against="all", base="yesterday"
    )
    assert not at.exception and not at.error and "工单量 110 单" in words(at)
