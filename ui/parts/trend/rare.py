"""Cases too seldom for a line of weeks: the days between them, judged and drawn instead."""

from metrics.compare.recent import USUAL, Recent, between
from metrics.duties import rare_events
from metrics.methods import spc
from ui.charts import rare as charts_rare
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.widgets import chart_show

_between = cached(between)


def is_rare(finding: spc.Xmr) -> bool:
    """Whether the days between cases were judged, and not their number a week."""
    return finding.flat and finding.verdict.against == USUAL


def draw(page: Page, recent: Recent) -> None:
    """How many days lie between the cases of the comparable weeks; a click opens those of one day."""
    metric = recent.metric
    found = _between(page.build, metric.key, recent.weeks, page.selection, page.scope)
    figure = charts_rare.days_between(
        rare_events.of_weeks(metric.label, found),
        title=f"{metric.label}：{found.verdict.told}",
        subtitle="相邻两次之间隔的天数，只数可比的周（次数少，不按周画）",
    )
    chart_show.show(
        figure,
        "trend",
        lambda day: page.open("records", metric=metric.key, since=day, until=day) if day else None,
        hint="点一个点看那一天的记录；空心点是还在走的间隔",
    )
