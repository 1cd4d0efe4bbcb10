"""By which clock a deadline runs: the same rate by the export's own deadlines and by the school's service hours, and
how both are worked out, in words."""

import math
from functools import lru_cache

from metrics.ask import sql
from metrics.ask.measure import total
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.define import catalogue, tables
from metrics.define.catalogue import Metric
from warehouse import Build

TABLE = "deadline_clocks"


def both(build: Build, metric: Metric, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING) -> str:
    """「按系统期限 80.6 %（806 / 1,000），按服务时间 86.2 %（…）」; '' where the two are the same, or there is one."""
    if not metric.by_service or TABLE not in build.tables or not _differ(build, metric):
        return ""
    other = catalogue.get(metric.by_service)
    own, served = (total(build, one, window, only, scope) for one in (metric, other))
    if (own["part"], own["whole"]) == (served["part"], served["whole"]):
        return ""
    shown = [
        f"{name} {one.show(row['value'])}（{one.show_part_whole(row['part'], row['whole'])}）"
        for name, one, row in (("按系统期限", metric, own), ("按服务时间", other, served))
    ]
    unknown = total(build, other.beside, window, only, scope)["part"] if other.beside else 0
    noun = tables.get(metric.table).noun
    return "，".join(shown) + (f"，其中 {unknown:,.0f} {noun}暂停时长未知" if unknown else "")


@lru_cache(maxsize=64)
def _differ(build: Build, metric: Metric) -> bool:
    """Whether any record's deadline is another by service hours: where none is, nothing more is asked."""
    own, served = (sql.column(metric.table, one.time) for one in (metric, catalogue.get(metric.by_service)))
    cohort = sql.column(metric.table, metric.cohort)
    query = f"SELECT count(*) > 0 {sql.source(metric.table, False)} WHERE {cohort} AND {own} IS DISTINCT FROM {served}"
    return bool(build.rows(query)[0][0])


def words(build: Build, metric: Metric) -> str:
    """「紧急 24 小时，全天；一般 30 小时，工作时间（工作日 08:00–18:00）。状态是挂起时停走。…」; '' for a number
    without a deadline of limits.toml."""
    if not metric.limit or TABLE not in build.tables:
        return ""
    rows = build.rows(
        f"SELECT class, allowed_hours, clock_words, stops, unregistered_years FROM {TABLE} "
        "WHERE table_name = $1 AND limit_name = $2",
        [metric.table, metric.limit],
    )
    if not rows:
        return ""
    classes: dict[str, list[str]] = {}
    for name, hours, clock, *_ in rows:
        classes.setdefault(f"{_allowed(hours)}，{clock}", []).append(name)
    each = [meant if len(classes) == 1 else f"{'、'.join(names)} {meant}" for meant, names in classes.items()]
    stops = next((stops for *_, stops, _ in rows if stops), "")
    years = sorted({year for *_, years in rows if years for year in years.split("、")})
    said = [
        "；".join(each),
        "导出里写明期限的，以导出的为准" if metric.by_service and any(hours for _, hours, *_ in rows) else "",
        f"状态是{stops}时停走；只见过一种状态的，暂停时长未知，按没有停过算" if stops else "没有声明停走的状态",
        f"{'、'.join(years)} 年没有登记节假日，按周一至周五算工作日" if years else "",
    ]
    return "。".join(part for part in said if part) + "。"


def _allowed(hours: float | None) -> str:
    if hours is None or math.isnan(hours):
        return "以导出的期限为准"
    return f"{hours:g} 小时" if hours >= 1 else f"{hours * 60:g} 分钟"
