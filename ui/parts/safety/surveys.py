"""The 安全感调查 page's parts: one survey at a time, its means with their intervals, and how many of those asked had
answered."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import streamlit as st

from metrics.ask.window import Window
from metrics.define import catalogue, numbers
from metrics.methods import means
from metrics.methods.verdict import NORMAL, WORDS, clear
from ui.charts import means as charts_means
from ui.charts.compare import bar_chart
from ui.frame import choice, data, missing_exports, open_records, states, words
from ui.frame.page import Page
from ui.widgets import board, chart_show, tables

FACTS = ("survey_answers",)
TILES = ("survey_safety", "survey_satisfaction", "survey_safe_share", "survey_response_rate")
ITEM, WORRY = "survey_item_score", "survey_worry_share"
LIST = (
    tables.Column("title", "调查", width="medium"),
    tables.Column("ends_at", "截止", "day"),
    tables.Column("invited", "发放（人）", "count"),
    tables.Column("answered", "收回（份）", "count"),
    tables.Column("rate", "应答率", "percent"),
    tables.Column("safety", "总体安全感（95 % 区间）", width=190),
    tables.Column("satisfaction", "安全工作满意度（95 % 区间）", width=190),
)


def every(page: Page) -> pd.DataFrame:
    """Every survey begun by the data date, the newest first: survey_id, title, starts_at, ends_at, invited,
    answered."""
    columns = ("survey_id", "title", "starts_at", "ends_at", "invited", "answered")
    return data.listed(page.build, "surveys", None, limit=None, columns=columns, scope=page.scope)[0]


def chosen(page: Page, surveys: pd.DataFrame) -> pd.Series:
    """The survey the reader asks for; by default the latest of which sheets came back."""
    titles = {row.survey_id: words.shorten(row.title, 30) for row in surveys.itertuples()}
    returned = surveys[surveys["answered"] > 0]
    default = (returned if len(returned) else surveys)["survey_id"].iloc[0]
    return surveys.set_index("survey_id", drop=False).loc[
        choice.select("哪一次调查", "survey", titles, default, width=300)
    ]


def during(page: Page, survey: pd.Series) -> Page:
    """The same page with the survey's own days as its period, so that every number and link is of this survey."""
    days = replace(page.filters, first_day=survey["starts_at"].date(), last_day=survey["ends_at"].date())
    return replace(page, filters=days)


def draw(page: Page) -> None:
    """Choice, sentence, tiles, the two charts and the list of all surveys."""
    if missing_exports.missing(page.build, "surveys"):
        _unregistered(page)
        return
    surveys = every(page)
    survey = chosen(page, surveys)
    here, before = during(page, survey), _before(page, surveys, survey)
    page.headline(sentence(here, survey, before))
    _overlap(surveys, survey)
    board.tiles(here, TILES, 4)
    if not missing_exports.missing(page.build, "survey_answers"):
        with st.grid(2, min_column_width=420, gap="medium"):
            with st.container():
                _items(here, before)
            with st.container():
                _worries(here)
    _list(page, surveys)


def _unregistered(page: Page) -> None:
    page.headline(f"没有调查可说，还没有收到{missing_exports.title(page.build, 'surveys')}的导出")
    states.empty(missing_exports.sentence(page.build, "surveys"), remedy="没有登记发放人数，就算不出有多少人没有回答。")
    board.tiles(page, TILES, 4)


def _before(page: Page, surveys: pd.DataFrame, survey: pd.Series) -> tuple[Page, str] | None:
    """The survey before this one of which sheets came back, with its title."""
    older = surveys[(surveys["ends_at"] < survey["starts_at"]) & (surveys["answered"] > 0)]
    return None if older.empty else (during(page, older.iloc[0]), older["title"].iloc[0])


def sentence(here: Page, survey: pd.Series, before: tuple[Page, str] | None) -> str:
    """Mean with its interval, against the survey before, and who answered of who was asked."""
    safety, rate = board.value(here, "survey_safety"), board.value(here, "survey_response_rate")
    if safety is None or not safety["whole"]:
        return f"{survey['title']}：还没有收到答卷，发放 {numbers.exact_number(survey['invited'])} 人"
    told = [f"{survey['title']}：总体安全感 {interval(safety)}"]
    if before:
        told[0] += f"，{_against(safety, before)}"
    if rate is not None and rate["whole"]:
        told.append(
            f"应答率 {catalogue.get('survey_response_rate').show(rate['value'])}（"
            f"{numbers.exact_number(rate['part'])} / {numbers.exact_number(rate['whole'])}）"
        )
    return "；".join(told)


def _against(safety: pd.Series, before: tuple[Page, str]) -> str:
    difference, sure = means.differ(safety, board.value(before[0], "survey_safety"))
    if difference != difference:
        return "上一次答卷太少，不比较"
    if not sure:
        return f"与上一次比，{WORDS[NORMAL]}"
    return f"比上一次{clear(1 if difference > 0 else -1)}（{difference:+.2f} 分）".replace("-", "−")


def interval(row: pd.Series) -> str:
    """「4.20 分（95 % 区间 4.11–4.29）」"""
    between = f"（95 % 区间 {row['low']:.2f}–{row['high']:.2f}）" if row["low"] == row["low"] else ""
    return f"{row['value']:.2f} 分{between}"


def _overlap(surveys: pd.DataFrame, survey: pd.Series) -> None:
    others = surveys[
        (surveys["survey_id"] != survey["survey_id"])
        & (surveys["starts_at"] <= survey["ends_at"])
        & (surveys["ends_at"] >= survey["starts_at"])
    ]
    if len(others):
        st.warning(
            f"这几天还有「{words.plain('、'.join(others['title']), 120)}」在进行，"
            "下面的数字把同一时间收到的答卷合在一起。"
        )


def _items(here: Page, before: tuple[Page, str] | None) -> None:
    metric, now = catalogue.get(ITEM), here.measured(ITEM, by="category")
    was = (
        before[0].measured(ITEM, by="category").set_index("category") if before else now.iloc[:0].set_index("category")
    )
    frame = now.assign(key=now["category"], name=now["category"], was=now["category"].map(was["value"])).sort_values(
        "value"
    )
    moved = [
        row["category"]
        for _, row in frame.iterrows()
        if row["category"] in was.index and means.differ(row, was.loc[row["category"]])[1]
    ]
    title = (
        f"与上一次比，{'、'.join(moved)}不是正常波动"
        if moved
        else "各题与上一次比都没不是正常波动"
        if before
        else "各题的平均分"
    )
    subtitle = f"平均分 · 1–5 分，5 分最好 · {here.window.describe()}" + (f" · 空心点是{before[1]}" if before else "")
    figure = charts_means.means(frame, metric, title=title, subtitle=subtitle, before="上一次" if before else "")
    chart_show.show(
        figure, "items", lambda item: open_records.open_records(ITEM, {"category": item}), hint="点一个点看评分"
    )


def _worries(here: Page) -> None:
    metric = catalogue.get(WORRY)
    frame = here.measured(WORRY, by="category").sort_values("value", ascending=False)
    frame = frame[frame["whole"] > 0].assign(key=lambda rows: rows["category"], name=lambda rows: rows["category"])
    title = f"最担心{frame['name'].iloc[0]}的人最多" if len(frame) else "没有人答最担心什么"
    subtitle = f"选了这一项的人 / 答了这道多选题的人 · {here.window.describe()}"
    chart_show.show(
        bar_chart(frame, metric, title=title, subtitle=subtitle, most=8),
        "worries",
        lambda worry: open_records.open_records(WORRY, {"category": worry}),
        hint="点一条看答卷",
    )


def _list(page: Page, surveys: pd.DataFrame) -> None:
    """All surveys beside one another; the means are of the people who answered, so the response rate stands before
    them."""
    rows = surveys.assign(rate=surveys["answered"] / surveys["invited"])
    for name, key in (("safety", "survey_safety"), ("satisfaction", "survey_satisfaction")):
        rows[name] = [_mean(page, key, row) for _, row in surveys.iterrows()]
    st.markdown("**历次调查**")
    tables.draw(rows, LIST, key="surveys")
    tables.downloads(rows, LIST, "历次安全感调查", key="surveys")
    page.link("查看全部答卷", "records", table="survey_answers")


def _mean(page: Page, key: str, survey: pd.Series) -> str:
    window = Window(survey["starts_at"].date(), survey["ends_at"].date() + timedelta(days=1))
    row = page.measured(key, window=window).iloc[0]
    return interval(row).replace("95 % 区间 ", "") if row["whole"] else "—"  # the header says what the brackets hold
