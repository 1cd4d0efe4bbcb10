"""What a link proposes for a new assignment: task, unit, why, due, kind, check_*, only, signal; what makes no sense is
left out."""

import json
from datetime import date, timedelta

import streamlit as st

from ledger import Agreed
from metrics.ask import terms
from metrics.ask.selection import DIMENSIONS
from ui.frame.page import Page
from ui.parts.actions import data as actions_data

WEEK = timedelta(days=7)


def proposed(page: Page) -> Agreed:
    """What a link proposes. Nobody vouches for it: what makes no sense is left out, and all of it is checked on
    saving."""
    params = st.query_params
    check: dict = {"kind": params.get("kind", "")} | {
        name[6:]: params[name] for name in params if name.startswith("check_")
    }
    check["filters"] = _only(params.get_all("only"))
    check["overdue"] = check.get("overdue") == "True"
    today = actions_data.today(page)
    unit = params.get("unit", "")[:40]
    post = actions_data.units(page.build).get(unit, "")
    return Agreed(
        params.get("task", "")[:500],
        unit,
        post,
        today,
        terms.next_workday(page.build, _day(params.get("due"), today)),
        params.get("why", "")[:2000],
        check,
        _signal(params.get("signal", "")),
    )


def _only(written: list[str]) -> dict[str, list[str]]:
    only: dict[str, list[str]] = {}
    for text in written[:60]:
        name, _, value = text.partition(":")
        if name in DIMENSIONS and 0 < len(value) <= 60:
            only.setdefault(name, []).append(value)
    return only


def _day(text: str | None, today: date) -> date:
    try:
        return max(date.fromisoformat(text or ""), today)
    except ValueError:
        return today + WEEK


def _signal(text: str) -> dict:
    try:
        signal = json.loads(text[:4000]) if text else {}
    except ValueError:
        return {}
    return signal if isinstance(signal, dict) else {}
