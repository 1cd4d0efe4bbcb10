"""Hot spots and near-repeats on the screen: asked once per build, the same on the map, the heatmaps and the
building's page."""

from metrics.ask.selection import Selection
from metrics.define.catalogue import Metric
from metrics.places import hot_spots, near_repeat
from ui.frame.cache import cached
from ui.frame.page import Page

LONGEST_BY_WEEK = 26  # weeks; a longer period is scanned by month
RULE = (
    "热点：按地点与时间的合计推算每一段应有多少，与 999 次随机重排里最集中的一段相比，"
    "20 次里不到 1 次会碰巧这样集中才算"
)


_found, _repeats = cached(hot_spots.hot_spots), cached(near_repeat.repeats)


def period(page: Page) -> str:
    """Weeks, or months where so many weeks could not be read."""
    return "week" if page.window.days <= 7 * LONGEST_BY_WEEK else "month"


def of_page(
    page: Page, metric: Metric, by: str = "building", selection: Selection | None = None
) -> tuple[hot_spots.PlacedHotSpot, ...]:
    """metrics.places.hot_spots of the page's period, over all places its filters leave (or those of `selection`)."""
    only = page.selection if selection is None else selection
    return _found(page.build, metric.key, page.window, by, period(page), only, page.scope)


def sentence(
    page: Page, metric: Metric, spots: tuple[hot_spots.PlacedHotSpot, ...], by: str = "building", most: int = 2
) -> str:
    """「热点：3号楼第9教学周至第12教学周 54 单，比正常多近一倍（正常约 29）；另有 1 处」; '' without
    one."""
    told = [hot_spots.sentence(page.build, metric, spot, period(page), by) for spot in spots[:most]]
    told += [f"另有 {len(spots) - most} 处"] if len(spots) > most else []
    return f"热点：{'；'.join(told)}" if told else ""


def repeats(page: Page, metric: Metric, selection: Selection) -> str:
    """The sentence of metrics.places.near_repeat over the page's period."""
    return near_repeat.sentence(_repeats(page.build, metric.key, page.window, selection, page.scope), metric)
