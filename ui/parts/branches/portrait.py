"""One branch: what it promised, what it did with which evidence, what changed, a few of its cases, and what the
committee asked."""

from typing import Any

import streamlit as st

from metrics.branches import periods as branch_periods
from metrics.branches import review as branch_review
from metrics.branches import sentence
from metrics.branches.campaigns import Story
from metrics.branches.periods import Period
from metrics.branches.portrait import RULE, Portrait
from metrics.branches.review import JudgedRate
from metrics.define.small_numbers import GREYED_BELOW
from ui.charts.branch_past import past
from ui.frame import choice, links, missing_exports, states
from ui.frame.filters import Filters
from ui.frame.page import Page
from ui.frame.words import plain
from ui.parts.branches import data as branch_data
from ui.parts.branches import paper as branch_paper
from ui.parts.branches import period as branch_period
from ui.parts.branches import sheet as branch_sheet
from ui.parts.campaigns import campaigns
from ui.widgets import chart_show

LONGEST = 400
STORIES = 2  # campaigns drawn; the others are named


def choose(page: Page) -> tuple[str, Period] | None:
    """The branch and the period the address names; None where no branch may be seen. The page's links carry both."""
    names = branch_review.branches(page.build, page.scope)
    if not names:
        page.headline("没有可以看的党支部")
        states.empty("没有登记党支部，或者都不在可见范围内。", remedy="党支部登记在 data/school/branches.csv。")
        return None
    page.bar = st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="review_bar")
    with page.bar:
        branch = choice.select("哪个支部", "branch", names, next(iter(names)), width=200)
    period = branch_period.choose(page)
    page.filters = Filters(first_day=period.counted.start, last_day=period.counted.last_day, branches=(branch,))
    back: dict[str, Any] = {branch_period.KEY: period.key}
    links.link("回到支部总览", "branches", Filters(), icon=":material/arrow_back:", **back)
    return branch, period


def draw(page: Page, branch: str, period: Period) -> None:
    """Everything on one page, in the order the committee asks."""
    portrait, review = (
        branch_data.portrait(page.build, branch, period.key, page.scope),
        branch_data.review(page.build, period.key, page.scope),
    )
    page.headline(sentence.sentence(portrait, review))
    st.html(branch_paper.NOTE + branch_sheet.brand(portrait))
    if not portrait.year_text:
        missing_exports.offered(page, "brand_plans")
    _heading(
        "成效数据",
        "；".join(
            part
            for part in ("先与自己的过去比，再与按所管楼宇折算的预期比", branch_sheet.like_days(review, branch))
            if part
        ),
    )
    st.html(branch_sheet.outcomes(review, branch, lambda outcome: _records(page, outcome)))
    st.caption("点数字看它背后的记录。样本太小的不排名；上报隐患多不扣分，只列数字的不评价多少。")
    _tasks(page, portrait)
    _campaigns(page, portrait)
    _cases(page, portrait)
    with st.container(key="past_part"):
        _history(page, portrait, period)
    _honours(page, portrait)
    _committee(portrait)


def _heading(title: str, note: str = "") -> None:
    st.subheader(title, anchor=False)
    if note:
        st.caption(plain(note, LONGEST))


def _records(page: Page, outcome: JudgedRate) -> str:
    return page.href("records", metric=outcome.metric.key)


def _record(page: Page, named: tuple[str, str]) -> str:
    return page.href("records", record=f"{named[0]}:{named[1]}")


def _tasks(page: Page, portrait: Portrait) -> None:
    _heading(
        "年度任务与佐证",
        f"{sentence.promises(portrait)}。没有佐证的任务不算完成；佐证里写了记录编号的，可以直接打开那条记录。",
    )
    if not portrait.tasks and not missing_exports.offered(page, "brand_tasks"):
        states.empty("这一期没有登记任务。", remedy="")
    elif portrait.tasks:
        st.html(
            branch_sheet.tasks(
                portrait.tasks,
                lambda named: _record(page, named),
                lambda task: _record(page, ("brand_tasks", task.task_id)),
            )
        )


def _campaigns(page: Page, portrait: Portrait) -> None:
    _heading("专项行动前后", "行动期间与之前比，扣除同类楼宇的同期变化；看不出效果也是答案。")
    if not portrait.campaigns and not missing_exports.offered(page, "campaigns"):
        states.empty("这一期没有在它所管楼宇开展的专项行动。", remedy="")
    for story in portrait.campaigns[:STORIES]:
        _story(page, story)
    for story in portrait.campaigns[STORIES:]:
        st.markdown(plain(story.sentence, LONGEST))
        page.link("打开干预评估", "campaigns", campaign=story.evaluation.campaign.campaign_id)


def _story(page: Page, story: Story) -> None:
    key = story.evaluation.campaign.campaign_id
    with st.container(border=True, key=f"story_{key}"):
        st.markdown(f"**{plain(story.sentence, LONGEST)}**")
        campaigns.weekly(story)
        page.link("打开干预评估", "campaigns", campaign=key)


def _cases(page: Page, portrait: Portrait) -> None:
    _heading("案例", RULE)
    if not portrait.cases:
        states.empty("这一期没有了结的记录可以写成案例。", remedy="")
        return
    with st.grid(len(portrait.cases), min_column_width=228, gap="small"):
        for number, case in enumerate(portrait.cases):
            with st.container(border=True, key=f"case_{number}", height="stretch"):
                st.html(branch_sheet.case(case, _record(page, (case.table, case.record_id))))


def _history(page: Page, portrait: Portrait, period: Period) -> None:
    _heading("历期走势")
    counted = max((len(outcome.points) for outcome in portrait.history), default=0)
    if not portrait.history:
        states.empty("还没有可以画的数据。", remedy="")
        return
    figure = past(
        portrait.history,
        title=f"{portrait.name}：{counted} 期的各项数字",
        subtitle=f"到{period.label}为止 · 空心点的分母不足 {GREYED_BELOW}",
    )
    chart_show.show(
        figure, "past", lambda key, which: _open(page, key, which), narrowest=720, hint="点一个点看那一期的记录"
    )


def _open(page: Page, key: str, which: str) -> None:
    """The records of one outcome in one period."""
    window = branch_periods.period(page.build, which).window
    page.filters = Filters(first_day=window.start, last_day=window.last_day, branches=page.filters.branches)
    page.open("records", metric=key, **{branch_period.KEY: st.query_params.get(branch_period.KEY)})


def _honours(page: Page, portrait: Portrait) -> None:
    _heading("荣誉", "只作为依据陈列，不进任何比率，也不用来比较支部。")
    if portrait.honours:
        st.html(branch_sheet.honours(portrait.honours, lambda named: _record(page, named)))
    elif not missing_exports.offered(page, "honours"):
        states.empty("没有登记表彰荣誉。", remedy="")


def _committee(portrait: Portrait) -> None:
    _heading("党委上次提的意见与落实")
    if portrait.request is None:
        states.empty("没有登记过党委的意见。", remedy="意见登记在支部品牌计划的“党委意见”一栏。")
    else:
        st.markdown(plain(portrait.request.words, LONGEST))
        st.caption(plain(portrait.request.records, LONGEST))
    st.markdown(f"**中期检查**　{plain(portrait.checks.words, LONGEST)}")
