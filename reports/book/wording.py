"""How chapters and sheets write what is known of a branch and an outcome."""

from metrics.branches.review import JudgedRate, Standing
from metrics.define import numbers
from metrics.define.catalogue import Metric

NOT_JUDGED, NOT_COMPARED = "不评判", "不比较"  # counts; rates of too few branches
CHANGED: dict[bool | None, str] = {True: "好转", False: "变差"}


def label(metric: Metric) -> str:
    """「隐患上报率（条/千人）」: a unit that is said with the name need not be said with every number."""
    return f"{metric.label}（{metric.unit}）" if "/" in metric.unit else metric.label


def shown(metric: Metric, number: float) -> str:
    """A number in the metric's unit, without it where the name says it."""
    words = metric.show(number)
    return words.removesuffix(f" {metric.unit}") if "/" in metric.unit else words


def value(outcome: JudgedRate, standing: Standing) -> str:
    return shown(outcome.metric, standing.value)


def counts(outcome: JudgedRate, standing: Standing) -> str:
    """「806 / 1,000」; 「—」 without a whole."""
    return outcome.metric.show_part_whole(standing.part, standing.whole)


def expected(outcome: JudgedRate, standing: Standing) -> str:
    """What was to be expected, in the outcome's own unit."""
    metric, share = outcome.metric, standing.expected_value
    if metric.is_amount:
        return metric.show(standing.expected)
    return shown(metric, share if metric.is_rate else share * metric.per)


def past(outcome: JudgedRate, standing: Standing) -> tuple[str, str]:
    """The same outcome in the branch's own past, and its part and whole."""
    earlier, metric = standing.earlier, outcome.metric
    return (
        (numbers.NONE,) * 2
        if numbers.missing(earlier.value)
        else (shown(metric, earlier.value), metric.show_part_whole(earlier.part, earlier.whole))
    )


def change(standing: Standing) -> str:
    """「好转」, 「变差」, or what else is known of the change."""
    return CHANGED.get(standing.earlier.good, standing.earlier.verdict)


def interval(outcome: JudgedRate, standing: Standing) -> str:
    """「79.8–95.3」, in per cent: the limits that its word follows; 「—」 where nothing is compared."""
    if not outcome.is_compared or numbers.missing(standing.limits[0]):
        return numbers.NONE
    return "–".join(outcome.metric.show(bound).removesuffix(" %") for bound in standing.limits)


def told(outcome: JudgedRate, standing: Standing) -> str:
    """The word of its verdict."""
    if not outcome.is_compared:
        return NOT_COMPARED if outcome.metric.is_rate else NOT_JUDGED
    return standing.told or numbers.NONE
