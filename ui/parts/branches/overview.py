"""The overview of all branches: who really differs, every number with its records, and how sure one can be of a
chosen one."""

import streamlit as st

from metrics.branches.periods import Period
from metrics.branches.review import JudgedRate, Review, Standing
from metrics.define.small_numbers import GREYED_BELOW
from ui.charts.branch import standings
from ui.frame import choice, data, links, missing_exports, states
from ui.frame.filters import Filters
from ui.frame.page import Page
from ui.frame.words import plain
from ui.parts.branches import brand as branch_brand
from ui.parts.branches import data as branch_data
from ui.parts.branches import grid as branch_grid
from ui.parts.branches import paper as branch_paper
from ui.parts.branches import period as branch_period
from ui.widgets import chart_show

LONGEST = 400


def choose(page: Page) -> Period:
    """The period under review; the page's links carry its days, and no other filter."""
    page.bar = st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="review_bar")
    period = branch_period.choose(page)
    page.filters = Filters(first_day=period.counted.start, last_day=period.counted.last_day)
    return period


def draw_review(page: Page, period: Period) -> None:
    """The table, one outcome with its intervals, what to be careful of, then what the branches promised and did."""
    st.html(branch_paper.NOTE)
    review = branch_data.review(page.build, period.key, page.scope)
    page.headline(review.headline)
    if any(outcome.standings for outcome in review.outcomes):
        _table(page, review)
        _one_outcome(page, review)
    else:
        states.empty("还没有收到任何可以评议的记录。", remedy=missing_exports.REMEDY)
    _cautions(review)
    branch_brand.draw_tabs(page)


def _table(page: Page, review: Review) -> None:
    brands = data.health(page.build, "branches").set_index("branch_id")["brand"].fillna("").to_dict()
    st.html(
        branch_grid.html(
            review,
            brands,
            lambda outcome, one: address(page, outcome, one),
            lambda branch: portrait(page, branch, review.period),
        )
    )
    st.caption(
        "点数字看它背后的记录，点支部看画像。圆点是实际，竖线是预期，横线是预期上下偶然会有的范围（99.8 %）："
        f"出了横线写明显偏高、明显偏低，只出了 95 % 的范围写尚不足以定论；"
        f"分母不足 {GREYED_BELOW} 的写成灰色。上报隐患多不扣分。"
    )


def address(page: Page, outcome: JudgedRate, one: Standing) -> str:
    """The records behind one number of one branch."""
    return page.href("records", metric=outcome.metric.key, cell=f"branch:{one.branch}")


def portrait(page: Page, branch: str, period: Period) -> str:
    """The page of one branch, over the same period."""
    return links.href("branch", Filters(branches=(branch,)), **{branch_period.KEY: period.key})


def _one_outcome(page: Page, review: Review) -> None:
    """The chosen outcome as intervals, who differs in it, and how the expected is made."""
    compared = {outcome.metric.key: outcome for outcome in review.outcomes if outcome.is_compared}
    if not compared:
        return
    key = choice.select(
        "细看哪一项",
        "metric",
        {key: outcome.metric.label for key, outcome in compared.items()},
        _first(review, list(compared)),
        width=260,
    )
    chosen = compared[key]
    metric = chosen.metric
    subtitle = f"{metric.label} · {metric.unit} · {review.period.label} · 合起来 {metric.show(chosen.common)}"
    figure = standings(chosen.standings, metric, title=chosen.sentence, subtitle=subtitle)
    chart_show.show(
        figure,
        "standings",
        lambda branch: page.open(
            "records", metric=key, cell=f"branch:{branch}", **{branch_period.KEY: review.period.key}
        ),
        narrowest=520,
        hint="点一个点看记录",
    )
    st.caption(plain(f"{chosen.basis}{chosen.note}", LONGEST))
    page.link(f"{metric.label}怎么算", "glossary", metric=key)


def _first(review: Review, keys: list[str]) -> str:
    """The first outcome in which somebody changed or differs, else the first of which there are most cases."""
    odd = (
        outcome.metric.key
        for outcome in review.outcomes
        if any(each.earlier.good is not None or each.is_clear for each in outcome.standings)
    )
    return next((key for key in odd if key in keys), keys[0])


def _cautions(review: Review) -> None:
    with st.container(key="cautions", gap="xxsmall"):
        for sentence in review.cautions:
            st.caption(plain(sentence, LONGEST))
