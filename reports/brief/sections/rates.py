"""三率与时效: the week's tiles as on the page, and the three rates over the weeks they may be judged by."""

from metrics.ask import arrivals, terms
from metrics.compare import tiles
from metrics.compare.tiles import Tile
from metrics.define import catalogue, numbers, versions
from reports.brief import links
from reports.brief.request import BriefRequest
from reports.content.failures import Unknown
from reports.content.parts import Chart, Figure, Section, Series, level
from warehouse import Build

TILES = tiles.WEEKLY
RATES = TILES[:3]
DIGITS = 6  # of a fraction: a thousandth of what is printed


def section(request: BriefRequest) -> Section:
    lacking = [key for key in TILES if arrivals.missing(request.build, catalogue.get(key).table)]
    if len(lacking) == len(TILES):
        tables = dict.fromkeys(catalogue.get(key).table for key in TILES)
        raise Unknown("；".join(arrivals.never(request.build, table) for table in tables))
    shown = {key: tiles.tile(request.build, key, request.week, request.only, request.scope) for key in TILES}
    charts = [chart(request, shown[key]) for key in RATES if key not in lacking]
    return Section(
        "rates",
        "三率与时效",
        _sentence([shown[key] for key in RATES]),
        figures=tuple(figure(request, tile) for tile in shown.values()),
        charts=tuple(one for one in charts if one),
        note="分子、分母都在数字下面；变化在正常波动之内的不算好转或恶化。" + counted_by(request.build),
    )


def counted_by(build: Build) -> str:
    """「口径：按时办结率、按期整改率第 2 版（2026-12-01 起）。」 of the tiles whose meaning has changed; '' of none."""
    labels: dict[str, list[str]] = {}
    for metric in map(catalogue.get, TILES):
        if metric.versions:
            labels.setdefault(versions.counted_by(metric.versions, build.published_on), []).append(metric.label)
    told = "；".join("、".join(named) + version for version, named in labels.items())
    return f"口径：{told}。" if told else ""


def figure(request: BriefRequest, tile: Tile) -> Figure:
    """The words of one tile, exactly as the page shows them."""
    metric = tile.metric
    return Figure(
        metric.key,
        metric.label,
        tile.value,
        tile.parts,
        tile.verdict,
        tile.tone,
        tile.changes,
        tile.target,
        " · ".join(part for part in (tile.beside, tile.by_clock) if part),
        links.trend(metric.key, request.only),
    )


def _sentence(rates: list[Tile]) -> str:
    """「及时响应率 94.6 %（正常波动），按时办结率 …。」"""
    return "，".join(f"{tile.metric.label} {tile.value}（{tile.verdict}）" for tile in rates) + "。"


def chart(request: BriefRequest, tile: Tile) -> Chart | None:
    """The weeks a rate may be judged by with the limits of the tile; None where there are fewer than two values."""
    recent, limits = tile.recent, tile.recent.limits
    values = tuple(None if numbers.missing(value) else round(float(value), DIGITS) for value in recent.values)
    if sum(value is not None for value in values) < 2:
        return None
    has_limits = numbers.is_finite(limits.lower) and not limits.flat and not tile.state
    lower, centre, upper = (
        level(value, len(values), DIGITS) if has_limits else None for value in (limits.lower, limits.mean, limits.upper)
    )
    special = tuple(at for at, rule in enumerate(limits.special) if rule) if has_limits else ()
    labels = tuple(_label(request, week) for week in recent.weeks)
    judged = f"{tile.metric.label}：{labels[-1]} {tile.value}，{tile.verdict}"
    subtitle = (
        f"按周，%；可比的 {len(values)} 周"
        + (f"，灰线是均值 {tile.metric.show(limits.mean)} 和正常波动的上下限" if has_limits else "")
        + ("，菱形是不同寻常的周" if special else "")
    )
    drawn = (Series(tile.metric.label, values),)
    return Chart(judged, subtitle, "line", labels, drawn, "%", lower, centre, upper, special)


def _label(request: BriefRequest, week) -> str:
    one = terms.week(request.build, week)
    return f"第{one.number}周" if one.number is not None else f"{week.month}-{week.day:02d}"
