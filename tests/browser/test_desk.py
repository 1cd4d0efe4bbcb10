"""The desk of the head of security in a real browser (two clicks to a record: test_ways): sorting,
files taken away, keys, a phone at night.
"""

import csv
import io
import zipfile
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.test_ways import asked, total


def test_a_click_on_a_heading_sorts_the_whole_list(server, watched):
    tab = watched.open(f"{server}/records?period=近52周&cols=ticket_id,opened_at")
    box = tab.get_by_test_id("stDataFrame").locator("canvas").first.bounding_box()
    tab.mouse.click(box["x"] + 40, box["y"] + 16)
    tab.wait_for_url("**order=ticket_id*")
    watched.settle()
    expect(tab.locator(".st-key-record_controls")).to_contain_text("按工单编号↑")


def test_a_list_is_taken_away_with_its_conditions_and_written_down(server, watched):
    tab = watched.open(f"{server}/records?table=hazards&period=近26周&cols=hazard_id,found_at,description")
    many = total(tab)
    with tab.expect_download() as taken:
        tab.get_by_role("button", name="导出 CSV").click()
    assert taken.value.suggested_filename.startswith("安全隐患_")
    with zipfile.ZipFile(taken.value.path()) as book:
        file, about = sorted(book.namelist(), key=lambda name: name == "说明.txt")
        rows = list(csv.reader(io.StringIO(book.read(file).decode("utf-8-sig"))))
        said = book.read(about).decode("utf-8-sig")
    assert rows[0] == ["隐患编号", "发现时间", "隐患描述"] and len(rows) == many + 1
    assert "近 26 周" in said and f"行数：{many:,}" in said and "构建：" in said and "200,000" in said
    tab = watched.open(f"{server}/quality?tab=审计记录")
    expect(tab.get_by_text("每次导出和自由查询")).to_be_visible()
    expect(tab.get_by_test_id("stDataFrame").last).to_be_visible()


def test_the_keys(server, watched):
    tab = watched.open(f"{server}/trends")
    tab.keyboard.press("?")
    expect(tab.locator("#campus-keys")).to_contain_text("搜索记录")
    tab.keyboard.press("Escape")
    expect(tab.locator("#campus-keys")).to_have_count(0)

    tab.keyboard.press("ArrowLeft")
    tab.wait_for_url("**since=*")
    watched.settle()
    tab.keyboard.press("ArrowRight")
    expect(tab.locator(".st-key-filters button").first).to_contain_text("本学期")
    assert "since" not in asked(tab)

    tab.keyboard.press("/")
    field = tab.locator(".st-key-choice_q input")
    expect(field).to_be_focused(timeout=30_000)
    watched.settle()
    expect(tab.locator("h1")).to_have_text("记录明细")
    field.press_sequentially("a/?")
    expect(field).to_have_value("a/?")
    expect(tab.locator("#campus-keys")).to_have_count(0)


def test_the_arrows_turn_the_weeks_of_the_meeting(server, watched):
    tab = watched.open(server)
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_url("**week=*")
    watched.settle()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_url(lambda address: "week=" not in address)
    watched.settle()
    tab.keyboard.press("ArrowRight")  # the week that runs, the last there is
    tab.wait_for_url("**week=2026-11-16*")
    expect(tab.locator(".st-key-week_after button")).to_be_disabled()


def test_a_phone_shows_cards_and_a_touch_opens_the_record(server, watched):
    assert watched.too_wide_for_a_phone(f"{server}/records?period=近26周") == {}
    tab = watched.tab
    expect(tab.locator(".record-card").first).to_be_visible()
    expect(tab.get_by_test_id("stDataFrame")).to_be_hidden()
    assert tab.get_by_test_id("stMain").evaluate("page => page.scrollWidth") <= 390
    tab.locator(".record-card").first.click()
    tab.wait_for_url("**record=*")
    watched.settle()
    expect(tab.locator(".st-key-record")).to_contain_text("来龙去脉")
    assert parse_qs(urlsplit(tab.url).query)["period"] == ["近26周"]
    assert tab.get_by_test_id("stMain").evaluate("page => page.scrollWidth") <= 390
