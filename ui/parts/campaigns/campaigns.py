"""The campaigns page's parts: one campaign before, during and after against places like its own, and all of them in a
table."""

import pandas as pd
import streamlit as st

from metrics.ask.window import Window
from metrics.branches.campaigns import Series, Story
from metrics.campaigns import words as campaign_words
from metrics.campaigns.effect import TOO_FEW, Evaluation, Phase
from metrics.define import catalogue, numbers
from ui.charts import branch_weeks as charts_branch_weeks
from ui.charts.interval import Interval, intervals
from ui.frame import choice, links, missing_exports, states, words
from ui.frame.filters import Filters
from ui.frame.page import Page
from ui.parts.campaigns import data as campaign_data
from ui.widgets import chart_show, tables

PLACES = {"here": "行动楼宇", "elsewhere": "同类楼宇"}
COLUMNS = [
    tables.Column("title", "行动"),
    tables.Column("when", "起止"),
    tables.Column("category", "针对类别"),
    tables.Column("before", "之前", "count"),
    tables.Column("during", "期间", "count"),
    tables.Column("after", "之后（同样天数）", "count"),
    tables.Column("change", "变化（95 % 区间）", width=240),
    tables.Column("verdict", "结论"),
    tables.Column("open", "看这次", "button:open_campaign"),
]


def draw(page: Page) -> None:
    """The chosen campaign, then all of them."""
    if missing_exports.missing(page.build, "campaigns"):
        page.headline(f"干预评估：没有数据，还没有收到{missing_exports.title(page.build, 'campaigns')}的导出")
        states.empty(missing_exports.sentence(page.build, "campaigns"), remedy="")
        page.link("取空表", "quality", source="campaigns")
        return
    every = campaign_data.evaluations(page.build, page.scope)
    if not every:
        page.headline("干预评估：没有已经开始的专项行动")
        states.empty("台账里的行动都还没有开始，或者不在可见范围内。", remedy="")
        return
    names = {each.campaign.campaign_id: f"{each.campaign.title} {each.campaign.window.start}" for each in every}
    evaluation = {each.campaign.campaign_id: each for each in every}[
        choice.select("哪一次行动", "campaign", names, _first(every), width=360)
    ]
    page.headline(campaign_words.sentence(evaluation))
    _what(page, evaluation)
    if not missing_exports.offered(page, catalogue.get(evaluation.campaign.metric).table):
        _phases(page, evaluation)
        _chart(evaluation)
        _reading(evaluation)
        weekly(campaign_data.story(page.build, evaluation.campaign.campaign_id, page.scope))
    _overview(every)


def _first(every: list[Evaluation]) -> str:
    """The newest campaign that is over and can be told about, else the newest."""
    told = [evaluation for evaluation in every if not evaluation.is_running and evaluation.during.verdict != TOO_FEW]
    return (told or every)[0].campaign.campaign_id


def _what(page: Page, evaluation: Evaluation) -> None:
    """The card: what was done against what, where, from when to when, compared with where."""
    campaign = evaluation.campaign
    places = "、".join(page.names.get(place, place) for place in campaign.places)
    pairs = [
        ("行动", campaign.title),
        ("针对", f"{campaign.category}（看{campaign.counted}）"),
        ("起止", f"{campaign.window.describe()} · {campaign.window.days} 天"),
        ("地点", places),
        ("与谁比", f"同类楼宇 {len(campaign.others)} 处" if campaign.others else "没有同类楼宇，只与行动前比"),
    ]
    with st.container(border=True, key="campaign_card"):
        st.html(
            '<dl class="campaign">'
            + "".join(f"<div><dt>{label}</dt><dd>{words.unbroken(text)}</dd></div>" for label, text in pairs)
            + "</dl>"
        )
        links.link("看台账里的这一条", "records", Filters(), record=f"campaigns:{campaign.campaign_id}")


def _phases(page: Page, evaluation: Evaluation) -> None:
    """Three tiles: cases at the places and at the others, each count a door to its records."""
    unit = catalogue.get(evaluation.campaign.metric).unit
    with st.grid(3, min_column_width=250, gap="small"):
        for phase in evaluation.phases:
            with st.container(
                border=True, key=f"phase_{evaluation.phases.index(phase)}", gap="xxsmall", height="stretch"
            ):
                st.html(_tile(phase, unit, bool(evaluation.campaign.others)))
                if phase.window is not None:
                    with st.container(horizontal=True, gap="xsmall"):
                        _door("行动楼宇的记录", evaluation, phase.window, evaluation.campaign.places)
                        if evaluation.campaign.others:
                            _door("同类楼宇的记录", evaluation, phase.window, evaluation.campaign.others)


def _tile(phase: Phase, unit: str, has_others: bool) -> str:
    span = "没有完整的一天" if phase.window is None else f"{phase.window.describe()} · {phase.days} 天"
    lines = [span, f"同类楼宇 {numbers.exact_number(phase.elsewhere)} {unit}" if has_others else "没有同类楼宇可比"]
    if phase.window is not None and phase.scale != 1:
        lines.append(
            f"按同样天数折合 {_scaled(phase, 'here')} {unit}"
            + (f"，同类 {_scaled(phase, 'elsewhere')} {unit}" if has_others else "")
        )
    number = "—" if phase.window is None else numbers.exact_number(phase.here)
    below = "".join(f'<div class="tile-line">{words.escaped(line)}</div>' for line in lines)
    return (
        f'<div class="tile-top"><span class="tile-label">{phase.name}（行动楼宇）</span></div>'
        f'<div class="tile-middle"><span class="tile-number">{number}<small> {words.escaped(unit)}</small></span>'
        f"</div>{below}<i></i>"
    )


def _scaled(phase: Phase, where: str) -> str:
    return numbers.exact_number(getattr(phase, where) * phase.scale)


def _door(label: str, evaluation: Evaluation, window: Window, places: tuple[str, ...]) -> None:
    filters = Filters(
        first_day=window.start, last_day=window.last_day, buildings=places, categories=(evaluation.campaign.category,)
    )
    links.link(label, "records", filters, metric=evaluation.campaign.metric)


def _chart(evaluation: Evaluation) -> None:
    effects = (("期间比之前", evaluation.during), ("之后比之前", evaluation.lasting))
    rows = [
        Interval(
            name,
            effect.ratio,
            effect.low,
            effect.high,
            f"{campaign_words.change(effect.ratio)}（{campaign_words.interval_words(effect)}）",
        )
        for name, effect in effects
        if effect.verdict != TOO_FEW
    ]
    title = campaign_words.effect(evaluation.during, bool(evaluation.campaign.others))
    subtitle = f"{evaluation.campaign.category} · 比值与 95 % 区间 · 横线碰到“没有变化”就是看不出效果"
    chart_show.show(intervals(rows, title=title, subtitle=subtitle), "effect", narrowest=520)


def weekly(story: Story) -> None:
    """Cases a week at the places and at the others, with the limits of the weeks before; nothing without weeks before
    and during."""
    if not story.weeks_sentence:
        return
    evaluation, series = story.evaluation, {"here": story.here, "elsewhere": story.elsewhere}
    drawn = [_line(PLACES[name], weeks) for name, weeks in series.items() if weeks is not None]
    campaign, unit = evaluation.campaign, catalogue.get(evaluation.campaign.metric).unit
    subtitle = (
        f"{campaign.category} · 每周多少{unit} · 均值和上下限取自行动前同类的周 · "
        f"灰底是行动期间（{campaign.window.describe()}）"
    )
    figure = charts_branch_weeks.weeks(
        drawn, campaign.window.start, campaign.window.last_day, unit, title=story.weeks_sentence, subtitle=subtitle
    )
    chart_show.show(figure, f"weeks_{campaign.campaign_id}", narrowest=520)


def _line(name: str, series: Series) -> charts_branch_weeks.Line:
    odd = frozenset(week for week, rule in zip(series.weeks, series.limits.special, strict=True) if rule)
    return charts_branch_weeks.Line(
        name, series.weeks, series.values, series.limits.mean, series.limits.lower, series.limits.upper, odd
    )


def _reading(evaluation: Evaluation) -> None:
    campaign = evaluation.campaign
    if told := campaign_words.instead(evaluation):
        st.markdown(words.plain(f"{told}。", 300))
    parts = [f"同类楼宇：楼宇类型相同、期间没有开展同类行动的 {len(campaign.others)} 处"] if campaign.others else []
    parts.append("区间含偶然的波动（精确条件法），也含这些楼宇平时各自的起伏（按此前一年估计）")
    if campaign.unknown:
        parts.append(f"有 {len(campaign.unknown)} 处地点认不出是哪栋楼，没有计入：{'、'.join(campaign.unknown[:3])}")
    st.caption(words.plain("；".join(parts) + "。" + campaign_words.threshold(evaluation), 300))


def _overview(every: list[Evaluation]) -> None:
    st.markdown("**全部行动**（新的在前；行动楼宇的数量）")
    frame = pd.DataFrame([_row(one) for one in every])
    tables.draw(frame, COLUMNS, key="campaigns", height="content" if len(every) <= 12 else 460)
    st.caption("行动多了，总会有一两次碰巧越过区间；一次“减少”要与做法和记录一起看。")
    if clicked := st.session_state.get("open_campaign"):
        st.query_params["campaign"] = every[clicked["row"]].campaign.campaign_id
        st.rerun()
    tables.downloads(frame.drop(columns="open"), COLUMNS[:-1], "专项行动评估", key="campaigns_file")


def _row(evaluation: Evaluation) -> dict[str, object]:
    before, during, after = evaluation.phases
    verdict = "进行中" if evaluation.is_running and evaluation.during.verdict == TOO_FEW else evaluation.during.verdict
    return {
        "title": evaluation.campaign.title,
        "when": evaluation.campaign.window.describe(),
        "category": evaluation.campaign.category,
        "before": before.here,
        "during": during.here,
        "after": None if after.window is None else round(after.here * after.scale),
        "change": "" if evaluation.during.verdict == TOO_FEW else campaign_words.interval_words(evaluation.during),
        "verdict": verdict,
        "open": "查看",
    }
