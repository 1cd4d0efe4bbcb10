"""Before and after a branch's campaigns: the plain sentence, what was counted, and the weeks at its places with their limits."""

from metrics import campaign_words, catalogue, numbers
from metrics.branch_portrait import Portrait, Story
from reports.chapters import Asked, received
from reports.parts import Chart, Section, Series, Span, Table

TITLE = "专项行动前后"
COLUMNS = ("行动", "", "之前", "期间", "之后", "结论")
DRAWN = 1  # campaigns with a chart; the weeks of all of them stand in the workbook


def part(asked: Asked, found: Portrait) -> Section:
    """The newest finished one in a sentence and a chart, the counts of all in a table."""
    received(asked.build, "campaigns")
    if not found.campaigns:
        return Section("campaigns", TITLE, "这一期没有在这个支部负责的楼宇开展的专项行动。")
    told = sorted(found.campaigns, key=lambda one: one.evaluation.is_running)  # one that is over has an answer
    rows = tuple(row for one in told for row in _rows(one))
    charts = tuple(made for made in (chart(one) for one in told[:DRAWN]) if made)
    return Section("campaigns", TITLE, f"{told[0].sentence.rstrip('。')}。", tables=(Table("", COLUMNS, rows, "llrrrl"),), charts=charts)


def _rows(one: Story) -> list[tuple[str, ...]]:
    """Counts at the campaign's places and at those it is compared with; days where spans are not equally long."""
    campaign = one.evaluation.campaign
    name = f"{campaign.title}\n{campaign.window.start} 至 {campaign.window.last_day}"
    found = [(name, f"行动楼宇 {len(campaign.places)} 栋", *_counts(one, "here"), verdict(one))]
    if campaign.others:
        found.append(("", f"同类楼宇 {len(campaign.others)} 栋", *_counts(one, "elsewhere"), ""))
    return found


def _counts(one: Story, where: str) -> list[str]:
    phases = one.evaluation.phases
    alike = len({phase.days for phase in phases if phase.window}) == 1
    return [_count(phase, getattr(phase, where), catalogue.get(one.evaluation.campaign.metric).unit, alike) for phase in phases]


def _count(phase, count: float, unit: str, alike: bool) -> str:
    if phase.window is None:
        return numbers.NONE
    return f"{numbers.exact_number(count)} {unit}" + ("" if alike else f"\n{phase.days} 天")


def verdict(one: Story) -> str:
    """「看不出效果」 with its interval, as the campaign's own page says it."""
    return campaign_words.effect(one.evaluation.during, bool(one.evaluation.campaign.others))


def chart(one: Story) -> Chart | None:
    """The weeks at the campaign's places, limits from before it, its own weeks shaded; None under two weeks."""
    found, campaign = one.here, one.evaluation.campaign
    if len(found.weeks) < 2:
        return None
    unit, limits = catalogue.get(campaign.metric).unit, found.limits
    known = numbers.is_finite(limits.upper)
    lines = {name: (round(float(value), 3),) * len(found.weeks) for name, value in (("lower", limits.lower), ("centre", limits.mean), ("upper", limits.upper))} if known else {}
    during = [at for at, week in enumerate(found.weeks) if campaign.window.start <= week < campaign.window.end]
    spans = (Span(during[0], during[-1], "行动期间"),) if during else ()
    subtitle = f"按周，{unit}；行动楼宇 {len(campaign.places)} 栋" + ("，灰线是行动前的均值和上下限" if known else "") + ("，阴影是行动期间" if spans else "")
    labels = tuple(f"{week.month}-{week.day:02d}" for week in found.weeks)
    title = f"{campaign.title}：行动楼宇每周的{campaign.category}"
    return Chart(title, subtitle, "line", labels, (Series(campaign.category, tuple(map(float, found.values))),), unit, **lines, spans=spans)
