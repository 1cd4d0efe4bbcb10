"""Where the arrow keys lead: the same span a week earlier or later, never beyond the week the data ends in."""

from datetime import date, datetime
from pathlib import Path

import pytest

from metrics.ask.window import Window
from ui.frame import keys
from ui.frame.filters import Filters
from ui.server import front
from warehouse import Build

BUILD = Build("b", Path("x"), 1, datetime(2026, 11, 22, 8), "demo", "0" * 64)  # a Sunday
NOW = Filters(period="近4周")  # 2026-10-26 to 2026-11-22


def test_a_preset_moves_back_as_days_and_returns_as_itself():
    before = keys.shifted(NOW, BUILD, -1)
    assert before.window(BUILD) == Window(date(2026, 10, 19), date(2026, 11, 16))
    assert keys.shifted(before, BUILD, 1) == NOW
    assert keys.shifted(NOW, BUILD, 1) is None


@pytest.mark.parametrize(("first", "last", "weeks", "is_there"), [
    (date(2026, 11, 9), date(2026, 11, 15), 1, True),
    (date(2026, 11, 16), date(2026, 11, 22), 1, False), (date(2000, 1, 3), date(2000, 1, 9), -1, False),
])  # fmt: skip
def test_days_of_one_s_own_move_within_the_data(first, last, weeks, is_there):
    assert (keys.shifted(Filters("近4周", first, last), BUILD, weeks) is not None) == is_there


def test_the_script_is_in_the_first_page_with_chinese_words_and_nothing_the_policy_forbids():
    script = keys.script()
    assert script in front.shell() and "搜索记录" in script and "__WORDS__" not in script
    assert not any(word in script for word in ("eval(", "new Function", "innerHTML", "http:", "https:"))
