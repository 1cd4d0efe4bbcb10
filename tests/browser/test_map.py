"""The campus map in a real browser: from a building on the map to one record in two clicks, and back."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.test_ways import CELLS, HEADLINE, open_first_row, pick

BEFORE = (  # markers drawn before those one can click
    "plot => plot.data.slice(0, plot.data.findIndex(trace => trace.customdata))"
    ".filter(trace => trace.mode === 'markers')\n"
    "    .reduce((sum, trace) => sum + trace.x.length, 0)"
)


def test_from_the_map_to_a_building_and_one_record_in_two_clicks(server, watched):
    tab = watched.open(f"{server}/campus_map?period=近26周")
    keys = tab.locator(".js-plotly-plot").first.evaluate(
        "plot => plot.data.find(trace => trace.customdata).customdata.map(one => one[0])"
    )
    before = tab.locator(".js-plotly-plot").first.evaluate(BEFORE)
    said = pick(tab, tab.locator(CELLS).nth(before + keys.index("D03")))
    assert "3号楼" in said
    tab.wait_for_url("**/building?*")
    watched.settle()
    asked = parse_qs(urlsplit(tab.url).query)
    assert asked["building"] == ["D03"] and asked["period"] == ["近26周"]
    expect(tab.locator(HEADLINE)).to_contain_text("3号楼：工单")

    tab.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    open_first_row(tab)
    tab.wait_for_url("**record=*")
    watched.settle()
    expect(tab.locator(".st-key-record")).to_contain_text("来龙去脉")
    tab.go_back()
    tab.wait_for_url("**/building?*")
