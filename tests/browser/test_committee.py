"""The party committee's walk in a real browser: overview → a number's records, overview → branch → task →
evidence → record → the book.
"""

import io
import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect
from pypdf import PdfReader

HEADLINE, GRID = ".st-key-headline", ".review"


def asked(tab: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(tab.url).query)


def follow(watched, link, page: str) -> Page:
    """Click a link of ours and wait until its page has said its sentence."""
    link.click()
    watched.tab.wait_for_url(f"**/{page}?*")
    watched.settle()
    return watched.tab


def test_the_committee_walks_from_the_overview_to_the_record_and_takes_the_book(server, watched):
    tab = watched.open(f"{server}/branches")
    expect(tab.locator("h1")).to_have_text("支部总览")
    expect(tab.locator(HEADLINE)).to_contain_text("与自己的过去比")
    number = tab.locator(f"{GRID} a[href*='metric=ticket_on_time_rate']").first
    whole = re.search(r"/ ([\d,]+)", number.locator("xpath=..").inner_text())[1]
    follow(watched, number, "records")
    expect(tab.locator(HEADLINE)).to_contain_text(f"共 {whole} ")
    tab.go_back()
    watched.settle()

    names = tab.locator(f"{GRID} td:first-child a")
    expect(names).to_have_count(8)
    for at in range(8):  # some branches wrote no record's number into their evidence
        name = names.nth(at).inner_text()
        follow(watched, names.nth(at), "branch")
        expect(tab.locator(HEADLINE)).to_contain_text(f"{name}：本期")
        if tab.locator("a.proof").count():
            break
        tab.go_back()
        watched.settle()
    branch = asked(tab)["branch"]
    proof = tab.locator("a.proof").first
    record = proof.inner_text()
    assert proof.locator("xpath=ancestor::tr").locator("a.task").count() == 1
    follow(watched, proof, "records")
    expect(tab.locator(HEADLINE)).to_contain_text(record)
    expect(tab.locator(".st-key-record")).to_contain_text("来龙去脉")
    tab.go_back()
    watched.settle()
    assert asked(tab)["branch"] == branch

    tab.get_by_role("button", name="评议册").click()
    with tab.expect_download(timeout=120_000) as taken:
        tab.get_by_role("button", name="PDF").click()
    book = PdfReader(io.BytesIO(taken.value.path().read_bytes()))
    assert taken.value.suggested_filename == f"支部评议册_{asked(tab)['review'][0]}.pdf"
    assert len(book.pages) >= 9 and name in book.pages[0].extract_text() + book.pages[1].extract_text()
