"""A question is asked once a build, days and viewer; what is kept is a copy."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from metrics.ask.selection import EVERYTHING, Scope
from metrics.ask.window import Window
from ui.frame.cache import cached
from warehouse import Build

BUILD = Build("b1", Path("b1.duckdb"), 1, datetime(2026, 11, 16, 8), "files", "d1")
WEEK = Window(date(2026, 11, 9), date(2026, 11, 16))


@pytest.fixture
def asked() -> list:
    st.cache_data.clear()
    return []


@pytest.fixture
def count(asked):
    def count(build: Build, window: Window, scope: Scope = EVERYTHING, _note: str = "") -> pd.DataFrame:
        asked.append((build.name, window, scope))
        return pd.DataFrame({"n": [1]})

    return cached(count)


def test_the_same_question_is_asked_once(count, asked):
    count(BUILD, WEEK)
    count(replace(BUILD, path=Path("elsewhere"), generation=2), Window(WEEK.start, WEEK.end), _note="not in the key")
    assert len(asked) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"build": replace(BUILD, name="b2")},
        {"window": Window(date(2026, 11, 9), date(2026, 11, 17))},
        {"scope": replace(EVERYTHING, everything=False)},
    ],
)
def test_another_build_other_days_or_other_rights_are_another_question(count, asked, other):
    question = {"build": BUILD, "window": WEEK, "scope": EVERYTHING}
    count(**question)
    count(**question | other)
    assert len(asked) == 2


def test_a_caller_cannot_change_what_is_kept(count):
    kept = count(BUILD, WEEK)
    kept["n"] = 5
    assert count(BUILD, WEEK)["n"].tolist() == [1]
