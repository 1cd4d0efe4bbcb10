"""The meeting on a projector: the arrow keys turn the screens, every letter is large enough, Esc ends it."""

import re

from playwright.sync_api import expect


def test_the_arrow_keys_turn_the_screens(server, watched):
    tab = watched.open(f"{server}/?present=1")
    cover = tab.locator(".screen").inner_text()
    count = int(re.search(r"1 / (\d+)", tab.locator(".st-key-turn").inner_text())[1])
    assert count > 8
    tab.keyboard.press("ArrowLeft")  # nothing before the first
    tab.keyboard.press("ArrowRight")
    tab.wait_for_url("**screen=2*")
    expect(tab.locator(".st-key-turn")).to_contain_text(f"2 / {count}")
    expect(tab.locator(".screen")).not_to_have_text(cover)
    sizes = tab.locator(".screen, .screen *").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 24, "18 pt at least"
    tab.keyboard.press("ArrowLeft")
    expect(tab.locator(".st-key-turn")).to_contain_text(f"1 / {count}")
    assert tab.locator(".screen").inner_text() == cover
    tab.keyboard.press("Escape")
    expect(tab.locator(".st-key-headline")).to_be_visible()
    assert "present" not in tab.url
