"""The one way of keeping an answer: a question of a build, asked once.

A question is a function that takes the Build first, then short frozen things (a metric's key, a Window, a Selection of
ids) and the viewer's Scope. Its key is the build's name and days and ids, never a frame and never the build's files: a
build never changes, so an answer is true for as long as it is kept, and nobody else's rights can answer because the
scope is part of the question. Arguments that begin with an underscore are no part of the key. Callers get copies.
"""

from collections.abc import Callable
from datetime import date
from typing import ParamSpec, TypeVar

import streamlit as st

from metrics.ask.window import Window
from warehouse import Build

P = ParamSpec("P")
R = TypeVar("R")
MOST = 1000  # answers kept of one question


def _days(window: Window) -> tuple[date, date]:
    return window.start, window.end


def _name(build: Build) -> str:
    return build.name


def cached(question: Callable[P, R], most: int = MOST) -> Callable[P, R]:
    """The question with its answers kept, at most so many."""
    keep = st.cache_data(max_entries=most, show_spinner=False, hash_funcs={Build: _name, Window: _days})
    return keep(question)
