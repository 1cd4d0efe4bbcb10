"""Which period the committee reviews: month, term, school year or two-year project, kept in the address."""

import streamlit as st

from metrics.branches import periods as branch_periods
from metrics.branches.periods import Period
from ui.frame import choice
from ui.frame.page import Page

KEY = "review"  # in the address; `period`, `from` and `to` are the filters'


def choose(page: Page) -> Period:
    """In the page's bar: the kind of period, then which one of it, the newest first. The address names the period alone."""
    known = {one.key: one for one in branch_periods.periods(page.build)}
    asked = known.get(st.query_params.get(KEY, ""), branch_periods.period(page.build))
    kinds = {
        kind: name for kind, name in branch_periods.KINDS.items() if any(one.kind == kind for one in known.values())
    }
    with page.bar:
        kind = choice.switch("看哪一种时段", "kind", kinds, asked.kind, forget=(KEY,))
        own = {one.key: one.label + ("" if one.is_over else "（未结束）") for one in known.values() if one.kind == kind}
        newest = branch_periods.period(page.build).key
        return known[choice.select("哪一段", KEY, own, newest if newest in own else next(iter(own)), width=300)]
