"""The branches page's parts: every branch's numbers with part and whole, and who really differs in one of them."""

import numpy as np
import pandas as pd
import streamlit as st

from metrics import UNRECOGNISED, Metric, catalogue, funnel
from ui import branch_brand, branch_table, chart_show, charts, choice, data, doors, lacking, states
from ui.page import Page

COUNTS = ("ticket_count", "hazard_count")
RATES = (
    "ticket_on_time_rate", "hazard_on_time_rate", "hazard_rectified_rate", "ticket_reopen_rate", "ticket_response_rate",
    "drill_coverage_rate",
)  # fmt: skip
PROMISED = ("brand_task_on_time_rate",)  # compared like the rates, and shown with what the branches promised


def draw(page: Page) -> None:
    """Funnel of the chosen rate, table of all numbers, links to the records, then what the branches promised and did."""
    rates = (*RATES, *(key for key in PROMISED if not lacking.missing(page.build.name, catalogue.get(key).table)))
    key = choice.select("比较哪个指标", "metric", {key: catalogue.get(key).label for key in rates}, lacking.first_known(page.build.name, RATES), width=260)
    judged = {rate: _judged(page, catalogue.get(rate)) for rate in rates}
    chosen = judged[key]
    if lacking.said(page, catalogue.get(key)):
        pass
    elif not len(chosen.frame) or chosen.frame["whole"].sum() == 0:
        page.headline(f"{catalogue.get(key).label}：这段时间没有可以比较的数据")
        states.empty("这段时间、这个范围内没有可以比较的数据。")
    else:
        _funnel(page, catalogue.get(key), chosen, elsewhere(judged, key))
    _table(page, judged)
    _links(page, key)
    branch_brand.draw(page)


def _judged(page: Page, metric: Metric) -> funnel.Funnel:
    """Branches only (what has no branch is not one), with the bands chance allows."""
    frame = page.measured(metric.key, by="branch")
    frame = frame[frame["branch"] != UNRECOGNISED]
    return funnel.funnel(frame.assign(name=[page.names.get(key, key) for key in frame["branch"]]))


def elsewhere(judged: dict[str, funnel.Funnel], chosen: str) -> str:
    """Who really differs in the numbers that are not drawn: 「；另见按期整改率：第五党支部低于预期」."""
    found = []
    for key, one in judged.items():
        odd = one.frame[one.frame["band"].isin([funnel.ABOVE, funnel.BELOW])]
        if key != chosen and len(odd):
            found.append(f"{catalogue.get(key).label}：" + "、".join(f"{row.name_}{row.band}" for row in odd.rename(columns={"name": "name_"}).itertuples()))
    return f"；另见{'；'.join(found)}" if found else ""


def _funnel(page: Page, metric: Metric, judged: funnel.Funnel, more: str) -> None:
    page.headline(said(metric, judged) + more)
    frame = judged.frame.assign(key=judged.frame["branch"], outside=judged.frame["band"].isin([funnel.ABOVE, funnel.BELOW]))
    sizes = frame["whole"][frame["whole"] > 0]
    curve = judged.curve(np.linspace(max(1.0, sizes.min() * 0.6), sizes.max() * 1.08, 80))
    subtitle = f"{metric.label} · {metric.unit} · {page.window.describe()}"
    odd = frame["name"][frame["outside"]]
    title = f"{'、'.join(odd)}在偶然的范围之外" if len(odd) else "每个支部都在偶然的范围之内"
    figure = charts.funnel(frame, curve, metric, target=judged.target, title=title, subtitle=subtitle)
    chart_show.show(figure, "funnel", lambda branch: doors.open_records(metric.key, {"branch": branch}), hint="点一个点看记录")
    st.caption("灰带是只凭偶然就会落入的范围：深灰 95%，浅灰 99.8%；支部越往右样本越多。只有落在带外的才写出名字。")


def said(metric: Metric, judged: funnel.Funnel) -> str:
    """Who really differs, or that nobody does and nobody is ranked."""
    band = judged.frame["band"]
    counted = int((band != funnel.TOO_FEW).sum())
    parts = [f"{'、'.join(judged.frame['name'][band == word])}{word}" for word in (funnel.BELOW, funnel.ABOVE) if (band == word).any()]
    if not parts:
        return f"{metric.label}：{counted} 个支部的差异都在正常波动内，不排名"
    return f"{metric.label}：{counted} 个支部中，{'；'.join(parts)}，其余的差异都在正常波动内，不排名"


def _table(page: Page, judged: dict[str, funnel.Funnel]) -> None:
    brands = data.health(page.build.name, "branches").set_index("branch_id")["brand"]
    columns = [(catalogue.get(key), _by_branch(page, key), None) for key in COUNTS]
    columns += [(catalogue.get(key), _by_branch(page, key), judged[key].frame.set_index("branch")["band"]) for key in RATES]
    keys = list(dict.fromkeys(key for _, frame, _ in columns for key in frame.index))
    rows = [branch_table.Row(key, page.names.get(key, key), _brand(brands, key)) for key in sorted(keys, key=lambda key: key == UNRECOGNISED)]
    st.markdown("**各支部的数字**（大字是数值，小字是分子 / 分母）")
    st.html(branch_table.html(rows, [branch_table.Column(*column) for column in columns]))
    st.caption("上报隐患多说明查得勤，不扣分。分母不足 5 的写成灰色。“低于预期”“高于预期”只在超出 99.8% 的偶然范围时才写。")


def _by_branch(page: Page, key: str) -> pd.DataFrame:
    """Measured by branch; without values where the export behind the metric never came."""
    frame = page.measured(key, by="branch").set_index("branch")
    return frame.assign(value=np.nan) if lacking.missing(page.build.name, catalogue.get(key).table) else frame


def _brand(brands: pd.Series, key: str) -> str:
    return str(brands[key]) if key in brands.index and pd.notna(brands[key]) else ""


def _links(page: Page, metric_key: str) -> None:
    ids = [key for key in page.options.ids["branches"] if not page.filters.branches or key in page.filters.branches]
    st.markdown(f"**看记录**（{catalogue.get(metric_key).label}）")
    with st.container(horizontal=True, gap="small", key="branch_links"):
        for key in ids:
            page.link(charts.plain(page.names.get(key, key), 12), "records", metric=metric_key, cell=f"branch:{key}")
    page.link(f"{catalogue.get(metric_key).label}怎么算", "glossary", metric=metric_key)
