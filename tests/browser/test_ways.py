"""The main ways through in a real browser: filter → heatmap cell → records → one record, reload and back included."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

CELLS = ".stPlotlyChart .scatterlayer path.point"
HEADLINE = ".st-key-headline"


def asked(tab: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(tab.url).query)


def middle(element: Locator) -> tuple[float, float]:
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pick(tab: Page, element: Locator, right: float = 0) -> str:
    """Move onto a point until its words show, click it; returns the words. `right`: pixels off its middle."""
    x, y = middle(element)
    words = tab.locator(".hoverlayer text").first
    for nudge in (0, 1, -1, 2):  # a chart that has just been drawn may miss the first move
        tab.mouse.move(x + right + nudge, y + nudge)
        tab.wait_for_timeout(250)
        if words.count():
            break
    said = words.text_content()
    tab.mouse.click(x + right, y)
    return said


def open_first_row(tab: Page) -> None:
    """Click into the first row of the list (a canvas: by place)."""
    box = tab.get_by_test_id("stDataFrame").locator("canvas").first.bounding_box()
    tab.mouse.click(box["x"] + 60, box["y"] + 50)


def busiest(tab: Page) -> Locator:
    """The cell with the largest count, as the chart's own words say it."""
    expect(tab.locator(CELLS).first).to_be_attached(timeout=30_000)
    words = tab.locator(".js-plotly-plot").first.evaluate("plot => plot.data.find(trace => trace.customdata).hovertext")
    counts = [int(found[1].replace(",", "")) if (found := re.search(r"<b>([\d,]+) 单", text)) else -1 for text in words]
    assert max(counts) > 0
    return tab.locator(CELLS).nth(counts.index(max(counts)))


def total(tab: Page) -> int:
    return int(re.search(r"共 ([\d,]+)", tab.locator(HEADLINE).inner_text())[1].replace(",", ""))


COUNTING = "window.clicks = 0; document.addEventListener('click', () => { window.clicks += 1; }, true)"


@pytest.mark.parametrize("place", ["buildings", "grids"])
def test_from_a_heatmap_cell_to_one_record_in_two_clicks(server, watched, place):
    tab = watched.open(f"{server}/{place}?period=近26周")
    tab.evaluate(COUNTING)  # the page is never loaded anew on the way, so the count stays
    said = pick(tab, busiest(tab), right=8)
    tab.wait_for_url("**/records?*")
    watched.settle()
    shown = int(re.search(r"([\d,]+) 单", said)[1].replace(",", ""))
    assert total(tab) == shown, "the list is as long as the cell said"
    assert asked(tab)["period"] == ["近26周"] and len(asked(tab)["cell"]) == 2

    open_first_row(tab)
    tab.wait_for_url("**record=*")
    watched.settle()
    expect(tab.locator(HEADLINE)).to_contain_text("服务工单")
    expect(tab.locator(".st-key-record")).to_contain_text("来龙去脉")
    assert tab.evaluate("window.clicks") == 2


def test_a_record_survives_reload_and_the_ways_back(server, watched):
    tab = watched.open(f"{server}/records?metric=ticket_count&period=近52周")
    many = total(tab)
    open_first_row(tab)
    tab.wait_for_url("**record=*")
    watched.settle()
    headline = tab.locator(HEADLINE).inner_text()
    tab.reload()
    watched.settle()
    expect(tab.locator(HEADLINE)).to_have_text(headline)
    tab.get_by_role("button", name="返回列表").click()
    expect(tab.locator(HEADLINE)).to_contain_text("共")
    assert total(tab) == many and "record" not in asked(tab)
    tab.go_back()
    expect(tab.locator(HEADLINE)).to_have_text(headline)


def test_back_from_the_records_shows_the_heatmap_and_does_not_bounce(server, watched):
    tab = watched.open(f"{server}/grids?across=category&period=近26周")
    pick(tab, busiest(tab))
    tab.wait_for_url("**/records?*")
    watched.settle()
    tab.go_back()
    tab.wait_for_url("**/grids?*")
    watched.settle()
    expect(tab.locator("h1")).to_have_text("网格热力")
    expect(tab.locator(".stPlotlyChart")).to_have_count(1)
    assert asked(tab)["across"] == ["category"] and asked(tab)["period"] == ["近26周"]
    tab.wait_for_timeout(1500)
    assert "/grids" in tab.url


def test_a_filtered_heatmap_shows_only_what_was_asked(server, watched):
    tab = watched.open(f"{server}/grids?period=近26周")
    tab.locator(".st-key-filters button").first.click()
    tab.get_by_label("网格", exact=True).click()
    tab.get_by_role("option", name="第2网格", exact=True).click()
    expect(tab.locator(".stPlotlyChart .yaxislayer-above text, .stPlotlyChart .ytick text")).to_have_text(["第2网格"])
    tab.reload()
    watched.settle()
    expect(tab.locator(".stPlotlyChart .ytick text")).to_have_text(["第2网格"])


def test_a_point_of_the_trend_opens_that_week(server, watched):
    tab = watched.open(f"{server}/trends?metric=ticket_count&period=近26周")
    point = tab.locator(CELLS).nth(3)
    expect(point).to_be_attached(timeout=30_000)
    said = pick(tab, point)
    tab.wait_for_url("**/records?*")
    watched.settle()
    week = asked(tab)["cell"][0].removeprefix("week:")
    assert week in said or "周" in said
    expect(tab.locator(HEADLINE)).to_contain_text(week)


def test_the_chosen_metric_is_in_the_address_and_survives_reload(server, watched):
    tab = watched.open(f"{server}/trends")
    tab.locator(".st-key-choice_about").get_by_role("combobox").click()
    tab.get_by_role("option", name="安全隐患").click()
    expect(tab.locator(HEADLINE)).to_contain_text("隐患数")
    assert asked(tab) == {"metric": ["hazard_count"]}
    tab.reload()
    watched.settle()
    expect(tab.locator(HEADLINE)).to_contain_text("隐患数")
