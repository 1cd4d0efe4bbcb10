"""演练与培训: whether drills were held, skills examined and certificates kept in force; the sentence, the tiles, two
charts."""

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from metrics.ask.window import Window
from metrics.define import catalogue, numbers
from ui.charts import colours
from ui.charts import counts as charts_counts
from ui.charts.counts import Piece
from ui.frame import links, missing_exports
from ui.frame.filters import Filters
from ui.frame.menu import FILES
from ui.frame.page import Page
from ui.widgets import board, chart_show

FACTS = ("drills", "trainings", "lessons")
TILES = (
    "drill_coverage_rate",
    "training_pass_rate",
    "training_coverage_rate",
    "certified_rate",
    "certificate_expiring_30",
    "freshmen_taught_rate",
)
# what a post's certificate is, from worst to mildest; the counts are cut so that none is counted twice
PIECES = (
    Piece("certificate_lacking", "无有效证书", colours.BAD),
    Piece("certificate_expiring_30", "30 天内到期", colours.SERIES[0]),
    Piece("certificate_expiring_60", "31 至 60 天", colours.BLUES[3]),
    Piece("certificate_expiring_90", "61 至 90 天", colours.BLUES[1]),
)


def sentence(page: Page) -> str:
    """「到期的法定演练做了 128/131；首次考核通过 440/500，一年内考过 256/313；113 个持证岗位中 6 岗没有有效证书，30
    天内再到期 3 岗」"""
    return "；".join((_drilled(page), _skilled(page), _certified(page)))


def _pair(row: pd.Series) -> str:
    return f"{numbers.exact_number(row['part'])}/{numbers.exact_number(row['whole'])}"


def _drilled(page: Page) -> str:
    row = board.value(page, "drill_coverage_rate")
    if row is None:
        return board.unknown(page, "drill_coverage_rate")
    if not row["whole"]:
        return "这段时间没有到期的法定演练"
    return f"到期的法定演练做了 {_pair(row)}" + ("" if row["whole"] > row["part"] else "，都做了")


def _skilled(page: Page) -> str:
    first, covered = board.value(page, "training_pass_rate"), board.value(page, "training_coverage_rate")
    if first is None:
        return board.unknown(page, "training_pass_rate")
    passed = f"首次考核通过 {_pair(first)}" if first["whole"] else "这段时间没有考核"
    if covered is None or not covered["whole"]:
        return f"{passed}，没有花名册，说不出还有谁没考"
    return f"{passed}，一年内考过 {_pair(covered)}"


def _certified(page: Page) -> str:
    row = board.value(page, "certified_rate")
    if row is None:
        return board.unknown(page, "certified_rate")
    if not row["whole"]:
        return "没有登记需要持证的岗位，持证率不计算"
    expiring = board.value(page, "certificate_expiring_30")
    lacking_now, soon = int(row["whole"] - row["part"]), 0 if expiring is None else int(expiring["part"])
    state = f"{lacking_now} 岗没有有效证书" if lacking_now else "证书都有效"
    return f"{int(row['whole'])} 个持证岗位{'中 ' if lacking_now else ''}{state}" + (
        f"，30 天内再到期 {soon} 岗" if soon else "，30 天内没有到期的"
    )


def charts(page: Page) -> None:
    """Certificates by post, and the freshmen's hours by college against what is asked."""
    left, right = st.columns(2, gap="medium")
    with left:
        _certificates(page)
    with right:
        _freshmen(page)


def expiring(page: Page) -> pd.DataFrame:
    """key, name, and per post the counts of PIECES, cut so that none is counted twice; posts with most to do first."""
    counts = [
        page.measured(piece.column, by="category").set_index("category")["part"].rename(piece.column)
        for piece in PIECES
    ]
    frame = pd.concat(counts, axis=1).fillna(0).astype(int)
    lacking_now, within = PIECES[0].column, [piece.column for piece in PIECES[1:]]
    for wider, narrower in reversed(list(zip(within[1:], within, strict=False))):
        frame[wider] -= frame[narrower]
    frame = (
        frame.assign(total=frame.sum(axis=1))
        .query("total > 0")
        .sort_values([lacking_now, "total"], ascending=False, kind="stable")
    )
    return frame.rename_axis("key").reset_index().assign(name=lambda rows: rows["key"])


def _certificates(page: Page) -> None:
    metric = catalogue.get("certified_rate")
    if missing_exports.missing(page.build, metric.table):
        st.info(missing_exports.sentence(page.build, metric.table))
        return
    frame = expiring(page)
    soon = int(frame[[piece.column for piece in PIECES[1:]]].sum().sum())
    title = (
        f"{int(frame[PIECES[0].column].sum())} 岗没有有效证书，90 天内还有 {soon} 岗到期"
        if len(frame)
        else "证书都有效，90 天内没有到期的"
    )
    figure = charts_counts.stacked(frame, PIECES, title=title, subtitle=f"按岗位 · 岗 · 到 {_moment(page)} 为止")
    chart_show.show(figure, "expiring", lambda post, column: _open(page, column, post), hint="点一段看记录")


def _open(page: Page, column: str, post: str) -> None:
    page.open("records", metric=column, which="part", cell=f"category:{post}")


def _moment(page: Page) -> str:
    return min(page.window.last_day, page.build.data_date.date()).isoformat()


def school_year(page: Page) -> Window:
    """From 1 August to the data date: the span the freshmen's hours are counted over, whatever the filters say."""
    today = page.build.data_date.date()
    return Window(date(today.year - (today.month < 8), 8, 1), date.fromordinal(today.toordinal() + 1))


def _freshmen(page: Page) -> None:
    metric = catalogue.get("freshmen_hours").at(school_year(page).last_day)
    target = metric.target or 0.0  # hours; declared beside the metric
    if missing_exports.missing(page.build, metric.table):
        st.info(missing_exports.sentence(page.build, metric.table))
        return
    year = school_year(page)
    frame = page.measured(metric.key, by="unit", window=year)
    frame = frame.assign(key=frame["unit"], name=frame["unit"]).sort_values("value", kind="stable")
    short = int((frame["value"] < target).sum())
    title = f"{short} 个学院的新生不足 {target:g} 学时" if short else f"各学院的新生都达到 {target:g} 学时"
    figure = charts_counts.against_wanted(
        frame,
        metric,
        target,
        title=f"{title}（共 {len(frame)} 个学院）",
        subtitle=f"{metric.label} · {year.start} 以来",
    )
    chart_show.show(figure, "freshmen", lambda unit: _lessons(page, unit), hint="点一条看课次")


def _lessons(page: Page, unit: str) -> None:
    st.switch_page(FILES["records"], query_params=links.query(this_year(page), table="lessons", cell=f"unit:{unit}"))


def this_year(page: Page) -> Filters:
    """The page's filters over the school year."""
    year = school_year(page)
    return replace(page.filters, first_day=year.start, last_day=year.last_day)
