"""The parts of the 值守与检查 page: who was on duty, where somebody lacked, what checks found and whose never did."""

from dataclasses import replace

import streamlit as st

from metrics.ask.selection import UNRECOGNISED
from metrics.define import catalogue, numbers
from metrics.duties import duty_shifts
from metrics.methods import funnel
from ui.charts.trend import trend_chart
from ui.frame import choice, data, missing_exports, open_records
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.frame.words import plain
from ui.parts.trend import trend
from ui.widgets import board, chart_show, tables, unit_table

FACTS = ("duty_shifts", "inspections")
TILES = (
    "duty_person_times",
    "duty_gap_rate",
    "duty_uncovered_rate",
    "inspection_count",
    "inspection_found",
    "inspection_student_rate",
)
BRANCH_DUTY, EVERY_KIND = "支部值守", "全部值守"
IDLE = [
    tables.Column("who_kind", "谁"),
    tables.Column("name", "名称或代号"),
    tables.Column("categories", "检查类型"),
    tables.Column("checks", "检查次数", "count"),
    tables.Column("others", "别人同类检查"),
    tables.Column("expected", "照此应有发现（次）", "decimal"),
    tables.Column("words", "偶然如此的可能"),
    tables.Column("open", "记录", "button:open_idle"),
]


_idle, _planned = cached(duty_shifts.idle), cached(duty_shifts.planned)


def sentence(page: Page) -> str:
    """「值守 5,432 人次，120 / 3,700 班人没有到齐（3.2 %）；检查 240 次，平均每次发现 0.71 处；2
    个检查人或单位从来查不出问题」"""
    parts = []
    people, gap = board.value(page, "duty_person_times"), board.value(page, "duty_gap_rate")
    if people is None or gap is None:
        parts.append(board.unknown(page, "duty_person_times"))
    else:
        missed = (
            f"，{gap['part']:,.0f} / {gap['whole']:,.0f} 班人没有到齐（{numbers.percent(gap['value'])}）"
            if gap["whole"]
            else ""
        )
        parts.append(f"值守 {people['part']:,.0f} 人次{missed}")
    count, findings = board.value(page, "inspection_count"), board.value(page, "inspection_found")
    if count is None or findings is None:
        parts.append(board.unknown(page, "inspection_count"))
    else:
        mean = f"，平均每次发现 {numbers.decimal(findings['value'], 2)} 处" if findings["whole"] else ""
        parts.append(f"检查 {count['part']:,.0f} 次{mean}")
        if page.selection.is_empty:  # who never finds anything is told of all their checks together
            never = len(_idle(page.build, page.scope))
            parts.append(f"{never} 个检查人或单位从来查不出问题" if never else "没有从来查不出问题的检查")
    return "；".join(parts)


def chart(page: Page) -> None:
    """人次 a week of one kind of shift with its limits, judged as on the trend page: kinds logged since different
    days are not mixed."""
    metric = catalogue.get("duty_person_times")
    if missing_exports.missing(page.build, metric.table):
        return
    kinds = {
        kind: kind
        for kind in data.measured(page.build, metric.key, page.window, "category", scope=page.scope)["category"]
    }
    first = BRANCH_DUTY if BRANCH_DUTY in kinds else next(iter(kinds), EVERY_KIND)
    kind = choice.select("每周值守人次看哪一类", "shift", {**kinds, EVERY_KIND: EVERY_KIND}, first, width=260)
    narrowed = page if kind == EVERY_KIND else replace(page, filters=replace(page.filters, categories=(kind,)))
    view = trend.View(narrowed, metric, "week", "")
    frame = narrowed.measured(metric.key, every="week")
    judged = trend.judge(view, frame)
    verdict = judged.finding.verdict.word + ("（界限为试行）" if judged.finding.provisional else "")
    figure = trend_chart(
        frame,
        metric,
        title=f"{kind}每周人次：{verdict}",
        subtitle=view.subtitle,
        every="week",
        calendar=chart_show.calendar(page),
        limits=judged.limits,
    )
    cell = {} if kind == EVERY_KIND else {"category": kind}
    chart_show.show(
        figure,
        "duty_weeks",
        lambda period, _: open_records.open_records(metric.key, {"week": period, **cell}),
        hint="点一个点看当周班次",
    )
    st.caption("参照：有一个支部 15 周值守 364 人次，约合每周 24 人次。")


def idle(page: Page) -> None:
    """Checks that never find anything: twenty or more in two years, where others of the same kind do find."""
    rows = _idle(page.build, page.scope)
    if rows.empty:
        return
    st.subheader("从来没有发现的检查", anchor=False)
    st.caption(
        "两年内检查 20 次以上、一处问题也没有发现，而别人做同类检查是有发现的。"
        "可能是真的好，也可能只是签了字：请抽查，不要据此处分。"
    )
    others = [f"{row.other_findings:,} / {row.other_checks:,} 次有发现" for row in rows.itertuples()]
    names = rows["who"].where(rows["who_kind"] != "检查人", "代号 " + rows["who"].str[:8])
    rows = rows.assign(
        name=names,
        others=others,
        words=rows["chance"].map(duty_shifts.chance_words),
        categories=rows["categories"].fillna("—"),
        open="查看",
    )
    tables.draw(rows, IDLE, key="idle_checks", height="content")
    if clicked := st.session_state.get("open_idle"):
        row = rows.iloc[clicked["row"]]
        query = (
            {"table": "inspections", "q": row["who"]}
            if row["who_kind"] == "检查人"
            else {
                "metric": "inspection_count",
                "cell": f"{'unit' if row['who_kind'] == '单位' else 'category'}:{row['who']}",
            }
        )
        page.open("records", period="近208周", **query)


def tables_by(page: Page) -> None:
    """Numbers per branch, kind of shift and kind of check, with a word only where one really differs."""
    if not missing_exports.missing(page.build, "duty_shifts"):
        _branches(page)
        board.by(page, ("duty_person_times", "duty_gap_rate", "duty_uncovered_rate"), "category", "各类值守")
    if not missing_exports.missing(page.build, "inspections"):
        board.by(
            page,
            ("inspection_count", "inspection_found", "inspection_finding_rate", "inspection_student_rate"),
            "category",
            "各类检查",
            "查得多、发现多是认真，不扣分；明显偏低的类型要问一问是真的好，还是没有细看。",
        )


OWN = {"duty_person_times": "支部值守人次", "duty_gap_rate": "支部值守空岗率"}


def _branches(page: Page) -> None:
    """Only the branches' own shifts: a patrol of the grid a branch looks after is not its duty."""
    own = replace(page.selection, categories=(BRANCH_DUTY,))
    frames = {key: page.measured(key, by="branch", selection=own) for key in ("duty_person_times", "duty_gap_rate")}
    frames = {
        key: frame[frame["branch"] != UNRECOGNISED].assign(name=lambda branch: branch["branch"])
        for key, frame in frames.items()
    }
    total = frames["duty_person_times"].set_index("branch")["part"]
    if not total.sum():
        return
    weeks = page.window.days / 7
    told = funnel.funnel(frames["duty_gap_rate"]).frame.set_index("branch")["verdict"]
    columns = [
        unit_table.Column(
            catalogue.get(key), frame.set_index("branch"), told if key == "duty_gap_rate" else None, OWN[key]
        )
        for key, frame in frames.items()
    ]
    rows = [
        unit_table.Row(branch, page.names.get(branch, branch), f"每周 {total[branch] / weeks:,.1f} 人次")
        for branch in total.index
    ]
    st.markdown("**各党支部的支部值守**（大字是数值，小字是分子 / 分母）")
    st.html(unit_table.html(rows, columns, "党支部"))
    st.caption(unit_table.READING)


def planned(page: Page) -> None:
    """The shifts after the data date: a plan, in none of the numbers above."""
    coming = _planned(page.build, page.selection, page.scope)
    if len(coming):
        kinds = "、".join(f"{row.category} {row.shifts:,} 班" for row in coming.itertuples())
        span = f"{coming['first'].min():%Y-%m-%d} 至 {coming['last'].max():%Y-%m-%d}"
        st.caption(plain(f"已排班（{span}，不计入上面的数字）：{kinds}，共需 {coming['people'].sum():,} 人次。", 300))
