"""Which period the committee reviews: month, term, school year or two-year project, kept in the address."""

import streamlit as st

from metrics.branches import periods as branch_periods
from metrics.branches.periods import Period
from ui.frame import choice
from ui.frame.page import Page

KEY = "review"  # in the address; `period`, `since` and `until` are the filters'


def choose(page: Page) -> Period:
    """In the page's bar: the kind of period, then which one of it, the newest first. The address names the period
    alone."""
    periods = {period.key: period for period in branch_periods.periods(page.build)}
    wanted = periods.get(st.query_params.get(KEY, ""), branch_periods.period(page.build))
    kinds = {
        kind: name
        for kind, name in branch_periods.KINDS.items()
        if any(period.kind == kind for period in periods.values())
    }
    with page.bar:
        kind = choice.switch("看哪一种时段", "kind", kinds, wanted.kind, forget=(KEY,))
        own = {
            period.key: period.label + ("" if period.is_over else "（未结束）")
            for period in periods.values()
            if period.kind == kind
        }
        newest = branch_periods.period(page.build).key
        return periods[choice.select("哪一段", KEY, own, newest if newest in own else next(iter(own)), width=300)]
