"""The frame in a real browser: deep links, reload, the filters in the URL, narrow screens, other machines refused."""

import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, free_port, serving
from tests.browser.test_systems import WALK
from ui.frame.menu import PAGES, PLACES


def stands(tab: Page, key: str) -> None:
    expect(tab.locator("h1")).to_have_text(PAGES[key].title)
    expect(tab.locator(".st-key-health")).to_contain_text("数据截至")
    expect(tab.get_by_test_id("stException")).to_have_count(0)


def test_a_deep_link_right_after_the_server_started_opens_that_page(browser_home, watched):
    with serving(browser_home) as address:
        tab = watched.open(f"{address}/buildings?building=D03&period=近4周")
        stands(tab, "buildings")
        expect(tab.get_by_role("dialog")).to_have_count(0)
        expect(tab.locator(".st-key-filters")).to_contain_text("近 4 周")
        expect(tab.get_by_test_id("stSidebarNav")).to_contain_text("周例会")
        tab.goto("about:blank")  # a page whose server goes away asks for it, and complains


SEEN = {
    "buildings",
    "grids",
    *(address.partition("?")[0] for address, _, _ in WALK.values()),
}  # here and in test_systems


@pytest.mark.parametrize("key", [key for key in PAGES if key not in SEEN])
def test_every_page_opens_with_one_sentence_inside_the_frame(server, watched, key):
    tab = watched.open(f"{server}/{'' if key == 'weekly' else key}")
    stands(tab, key)


def test_filters_are_chosen_kept_over_reload_and_page_change_and_cleared(server, watched):
    tab = watched.open(f"{server}/trends")
    tab.locator(".st-key-filters button").first.click()
    tab.get_by_label("网格").click()
    tab.get_by_role("option", name="第2网格", exact=True).click()
    expect(tab.locator(".st-key-filters button").first).to_contain_text("第2网格")
    watched.settle()
    assert parse_qs(urlsplit(tab.url).query) == {"grid": ["G02"]}

    tab.reload()
    watched.settle()
    expect(tab.locator(".st-key-filters button").first).to_contain_text("第2网格")

    menu = tab.get_by_test_id("stSidebarNavLink")
    expect(menu).to_contain_text([place.title for place in PLACES])
    tab.evaluate("window.same = true")  # a page that was loaded anew would not know it
    menu.get_by_text("网格").click()
    stands(tab, "grids")
    for name, key, title in (("七项职责", "grid_work", "微网格"), ("小事一格", "ladder", "小事一格")):
        tab.locator(".tabs").get_by_text(name).click()
        expect(tab.locator("h1")).to_have_text(title)
        watched.settle()
        assert urlsplit(tab.url).path == f"/{key}" and parse_qs(urlsplit(tab.url).query)["grid"] == ["G02"]
    expect(tab.locator(".tabs [aria-current]")).to_have_text("小事一格")
    tab.go_back()
    expect(tab.locator("h1")).to_have_text("微网格")
    menu.get_by_text("网格").hover()
    tab.locator("#campus-tabs").get_by_text("小事一格").click()  # any page of any place in one click
    expect(tab.locator("#campus-tabs")).to_have_count(0)
    expect(tab.locator("h1")).to_have_text("小事一格")
    watched.settle()
    tab.go_back()
    expect(tab.locator("h1")).to_have_text("微网格")
    tab.go_forward()
    expect(tab.locator("h1")).to_have_text("小事一格")
    watched.settle()
    assert tab.evaluate("window.same")
    expect(tab.locator(".st-key-filters button").first).to_contain_text("第2网格")
    assert parse_qs(urlsplit(tab.url).query)["grid"] == ["G02"]

    tab.get_by_role("button", name="清除筛选").click()
    expect(tab.locator(".st-key-filters button").first).to_contain_text("全部楼宇")
    assert "grid" not in parse_qs(urlsplit(tab.url).query)


def test_a_hostile_link_is_answered_in_words(server, watched):
    tab = watched.open(f"{server}/?building=<script>alert(1)</script>&period=x&from=y&week=2026-99-99&metric=../..")
    expect(tab.get_by_test_id("stAlert").first).to_contain_text("已忽略")
    expect(tab.get_by_test_id("stException")).to_have_count(0)


def test_a_click_anywhere_on_a_tile_leads_to_its_trend(server, watched):
    tab = watched.open(f"{server}/?branch=B1")
    tab.locator(".st-key-tile_ticket_on_time_rate .tile-number").click(force=True)  # the link lies over the number
    expect(tab.locator("h1")).to_have_text("趋势")
    watched.settle()
    assert parse_qs(urlsplit(tab.url).query) == {"branch": ["B1"], "metric": ["ticket_on_time_rate"]}


PHONE = ["", "trends?by=building", "buildings", "grids?across=clock", "branches", "campus_map", "building?building=D03"]


def test_pages_fit_a_phone(server, watched):
    """One tab, one page after another; the records' cards: test_desk."""
    wide = {page: watched.too_wide_for_a_phone(f"{server}/{page}") for page in PHONE}
    assert {page: what for page, what in wide.items() if what} == {}


@pytest.mark.parametrize("address", ["0.0.0.0", ""])
def test_another_address_is_refused_with_a_sentence(address):
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "serve.py",
        f"--server.port={free_port()}",
        f"--server.address={address}",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "拒绝启动" in done.stderr and "Traceback" not in done.stderr
