"""Before and after a branch's campaigns: the plain sentence, what was counted, and the weeks at its places with their
limits."""

from metrics.branches.portrait import Portrait, Story
from metrics.campaigns import words as campaign_words
from metrics.define import catalogue, numbers
from reports.book.request import ReviewRequest, received
from reports.content.parts import Chart, Line, Section, Series, Span, level

TITLE = "专项行动前后"
DIGITS = 3  # of a limit
DRAWN = 1  # campaigns with a chart; the weeks of all of them stand in the workbook


def part(request: ReviewRequest, portrait: Portrait) -> Section:
    """The newest finished one in a sentence and a chart, the others in a sentence each; all counts stand in the
    workbook."""
    received(request.build, "campaigns")
    if not portrait.campaigns:
        return Section("campaigns", TITLE, "这一期没有在这个支部负责的楼宇开展的专项行动。")
    stories = sorted(portrait.campaigns, key=lambda one: one.evaluation.is_running)  # one that is over has an answer
    charts = tuple(made for made in (chart(one) for one in stories[:DRAWN]) if made)
    sentence = f"{stories[0].sentence.rstrip('。')}。（{verdict(stories[0])}）"
    lines = tuple(Line(f"{one.sentence.rstrip('。')}。") for one in stories[1:])
    return Section("campaigns", TITLE, sentence, lines, charts=charts)


def verdict(story: Story) -> str:
    """「看不出效果」 with its interval, as the campaign's own page says it."""
    return campaign_words.effect(story.evaluation.during, bool(story.evaluation.campaign.others))


def chart(story: Story) -> Chart | None:
    """The weeks at the campaign's places, limits from before it, its own weeks shaded; None under two weeks."""
    here, campaign = story.here, story.evaluation.campaign
    if len(here.weeks) < 2:
        return None
    unit, limits = catalogue.get(campaign.metric).unit, here.limits
    has_limits = numbers.is_finite(limits.upper)
    lower, centre, upper = (
        level(value, len(here.weeks), DIGITS) if has_limits else None
        for value in (limits.lower, limits.mean, limits.upper)
    )
    during = [at for at, week in enumerate(here.weeks) if campaign.window.start <= week < campaign.window.end]
    spans = (Span(during[0], during[-1], "行动期间"),) if during else ()
    subtitle = (
        f"按周，{unit}；行动楼宇 {len(campaign.places)} 栋"
        + ("，灰线是行动前的均值和上下限" if has_limits else "")
        + ("，阴影是行动期间" if spans else "")
    )
    labels = tuple(f"{week.month}-{week.day:02d}" for week in here.weeks)
    title = f"{campaign.title}：行动楼宇每周的{campaign.category}"
    return Chart(
        title,
        subtitle,
        "line",
        labels,
        (Series(campaign.category, tuple(map(float, here.values))),),
        unit,
        lower,
        centre,
        upper,
        spans=spans,
    )
