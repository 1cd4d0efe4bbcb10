"""The hotline's monthly summary by department."""

from datetime import datetime, timedelta

import numpy as np

from etl.demo.campus.campus import Days
from etl.demo.form.books import Book, Files
from etl.demo.form.columns import stream
from etl.demo.form.truth import UNITS, Tally

_UNDER_FLOOR = "饮食服务中心"


def hotline(days: Days, data_date: datetime, seed: int, tally: Tally) -> Files:
    """Past months in one table that says the month; the last month as it came: the month in the title only, a totals
    row below."""
    random, now = stream(seed, "hotline_summaries"), np.datetime64(data_date, "M")
    months = [month for month in np.unique(days.day.astype("datetime64[M]")) if month < now]
    lines = {month: [_line(unit, random) for unit in UNITS] for month in months}
    every = [line for month in months for line in lines[month]]
    sums = np.array([line[1:] for line in every], dtype=int).sum(axis=0)
    tally.totals |= {
        "hotline_summaries": len(every),
        "hotline_events": int(sums[0]),
        "hotline_on_time": int(sums[1]),
        "hotline_satisfied": int(sums[5] + sums[6]),
        "hotline_reached": int(sums[5:8].sum()),
        "hotline_unreachable": int(sums[8]),
    }
    header = [
        "部门名称",
        "事件总数",
        "按时办结",
        "超时办结",
        "未办结",
        "超时未办结",
        "双满意",
        "单满意",
        "不满意",
        "无法回访",
    ]
    if months[:-1]:
        old: list[list[object]] = [
            [f"{str(month)[:4]}年{int(str(month)[5:])}月", *map(str, line)]
            for month in months[:-1]
            for line in lines[month]
        ]
        until = (months[-1] + 0).astype("datetime64[s]").astype(object) + timedelta(days=1, hours=9)
        yield (
            "hotline_summaries",
            Book(
                f"12345热线办理情况汇总_{until:%Y%m%d%H%M%S}.csv",
                ["月份", *(f"12345{one}" if at else "承办单位" for at, one in enumerate(header))],
                old,
            ),
            until,
        )
    last = months[-1]
    until = (last + 1).astype("datetime64[s]").astype(object) + timedelta(days=1, hours=9)
    book = Book(f"热线办理情况汇总表_{until:%Y%m%d%H%M%S}.xlsx", header, [list(map(str, line)) for line in lines[last]])
    book.title = [f"{str(last)[:4]}年{int(str(last)[5:])}月热线办理情况汇总表"]
    book.footer = [["合计", *map(str, np.array([line[1:] for line in lines[last]]).sum(axis=0).tolist())]]
    yield "hotline_summaries", book, until


def _line(unit: str, random: np.random.Generator) -> list:
    """One department's month."""
    events = int(random.poisson(46))
    on_time = int(random.binomial(events, 0.9))
    late = int(random.binomial(events - on_time, 0.6))
    still = events - on_time - late
    overdue = int(random.binomial(still, 0.4))
    reached = int(random.binomial(on_time + late, 0.7))
    content = int(random.binomial(reached, 0.78 if unit == _UNDER_FLOOR else 0.92))
    both = int(random.binomial(content, 0.8))
    return [
        unit,
        events,
        on_time,
        late,
        still - overdue,
        overdue,
        both,
        content - both,
        reached - content,
        on_time + late - reached,
    ]
