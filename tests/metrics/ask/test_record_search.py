"""Searching: every word, every spelling of a sign, the place of the match; against folding by Python's own Unicode
tables."""

import re
import unicodedata
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.ask.record_search import pattern, place
from metrics.ask.records import records
from metrics.define import tables
from tests.metrics.conftest import ticket

TEXTS = (
    "3号楼WIFI断了",
    "３号楼ＷｉＦｉ 断了",
    "（北门）a+b",
    "(北门)",
    "电梯[1]^-$坏了",
    "灯不亮",
    None,
    "100％",
    "反斜\\杠",
)


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


SEARCHES = (
    "wifi",
    "ＷＩＦＩ",
    "3号楼",
    "３号 断了",
    "(北门)",
    "（北",
    "A+B",
    "[1]^-$",
    "100%",
    "\\",
    "灯",
    "灯 亮 不",
    "灯 wifi",
    "．",
    "号楼w",
)


def test_a_search_finds_what_folding_both_sides_finds(draw):
    build = draw(
        tickets=[ticket(number, datetime(2026, 11, 2, 9), description=text) for number, text in enumerate(TEXTS)]
    )
    for text in SEARCHES:
        found, total = records(build, "tickets", None, text=text, columns=("description",))
        wanted = {
            number
            for number, said in enumerate(TEXTS)
            if said and all(folded(word) in folded(said) for word in text.split())
        }
        assert {int(one[1:]) for one in found["ticket_id"]} == wanted and total == len(wanted), text
    assert records(build, "tickets", None, text="wifi")[1] == 2


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=6))
def test_the_pattern_of_any_ascii_word_finds_its_wide_capitals_and_itself(word):
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in word.upper())
    assert re.fullmatch(pattern(word), word) and re.fullmatch(pattern(word), wide) and re.fullmatch(pattern(wide), word)


def test_the_place_of_the_first_word_is_shown_with_what_stands_around_it():
    table = tables.get("tickets")
    row = {"description": "昨天晚上开始三号楼一层大厅旁边的卫生间水管漏水，流到走廊里了请尽快派人来", "title": "漏"}
    match = place(table, row, "漏水 走廊")
    assert (match.label, match.before, match.hit, match.after) == (
        "描述",
        "…号楼一层大厅旁边的卫生间水管",
        "漏水",
        "，流到走廊里了请尽快派人来",
    )
    assert place(table, row, "没有") is None and place(table, row, "") is None
