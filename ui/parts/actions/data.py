"""What the page 督办 rests on: the ledger opened in words, outcomes kept per build, the words and days of its forms."""

from collections.abc import Callable
from datetime import date

import streamlit as st

import ledger as ledgers
import warehouse
from ledger import Ledger, LedgerError
from ledger.sheet_words import Vocabulary
from metrics.ask import members
from metrics.ask.selection import DIMENSIONS, Scope
from metrics.define import catalogue, tables
from metrics.define.errors import UnknownName
from metrics.duties import outcomes
from metrics.duties.outcomes import Outcome, Task
from ui.frame import data, states
from ui.frame.page import Page
from ui.frame.words import plain
from warehouse import Build

SAID = "actions_said"


def opened(how: Callable[[], Ledger]) -> Ledger:
    """The ledger; the page stops with the reason when it cannot be opened."""
    try:
        return how()
    except LedgerError as problem:
        st.error(plain(problem.sentence, states.LONGEST))
        st.stop()


def judge(build: Build, task: Task, week: date, scope: Scope) -> Outcome:
    """metrics.duties.outcomes.review, asked once a build."""
    return _judged(build.name, task, week, scope)


@data.cached
def _judged(build_name: str, task: Task, week: date, scope: Scope) -> Outcome:
    return outcomes.review(warehouse.get(build_name), task, week, scope)


def today(page: Page) -> date:
    """The day a form proposes: today; on the demonstration campus, whose time stands still, its data date."""
    return page.build.data_date.date() if page.build.origin == "demo" else ledgers.today()


def say(sentence: str, kind: str = "success") -> None:
    """Keep a sentence for the next drawing of the page: success, warning or error."""
    st.session_state[SAID] = (kind, sentence)


def said() -> None:
    """Draw what was kept, once."""
    if SAID in st.session_state:
        kind, sentence = st.session_state.pop(SAID)
        getattr(st, kind)(plain(sentence, states.LONGEST))


def known_tables(build: Build) -> dict[str, str]:
    """Tables a build has records of, with what they are called."""
    return {name: tables.get(name).title for name in tables.of(build) if tables.get(name).time}


def clearable_tables(build: Build) -> dict[str, str]:
    """Those of them whose records are settled one day, so that none may be left open."""
    standing = {metric.table for metric in catalogue.all() if metric.kind.is_backlog}
    return {name: title for name, title in known_tables(build).items() if name in standing}


def known_metrics() -> dict[str, str]:
    return {metric.key: metric.label for metric in catalogue.all()}


def vocabulary(build: Build) -> Vocabulary:
    """What tables, metrics and places are called in a spreadsheet."""
    names = {name: dimension.label for name, dimension in DIMENSIONS.items()}
    return Vocabulary(known_tables(build), known_metrics(), names, {name: members.names(build, name) for name in names})


def accepts(build: Build) -> Callable[[dict], object]:
    """Whether a check names what exists; raises UnknownName with the sentence."""
    return lambda check: outcomes.checked(check, build)


def units(build: Build) -> dict[str, str]:
    """Unit → its responsible post, in the school's own order; what the records name when the school lists none."""
    if "units" in build.tables:
        listed = data.health(build.name, "units")
        if "post" in listed and len(listed):
            return {
                name: post if isinstance(post, str) else ""
                for name, post in zip(listed["name"], listed["post"], strict=True)
            }
    try:
        return dict.fromkeys(members.names(build, "unit"), "")
    except UnknownName:
        return {}
