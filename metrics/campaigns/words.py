"""A campaign's evaluation in words: one plain sentence that may also say that nothing can be seen."""

from metrics.campaigns.effect import LESS, MORE, NO_EFFECT, TOO_FEW, Effect, Evaluation, Phase, detectable
from metrics.define import catalogue, numbers


def sentence(evaluation: Evaluation) -> str:
    """「提示停车落锁行动：自行车被盗在行动楼宇 40 → 22 单；扣除同类楼宇的同期变化，减少 45
    %；结束后与行动前看不出差别」"""
    campaign, (before, during, after) = evaluation.campaign, evaluation.phases
    unit = catalogue.get(campaign.metric).unit
    if before.window is None or during.window is None:
        return f"{campaign.title}：行动前后没有可以比较的记录"
    head = f"{campaign.title}：{campaign.category}在行动楼宇 {counts(before, during, 'here')} {unit}"
    parts = [head, effect(evaluation.during, bool(campaign.others), brief=True)]
    if evaluation.is_running:
        parts.append(f"行动还在进行，只算了已过的 {during.days} 天")
    elif after.window is not None and evaluation.lasting.verdict != TOO_FEW:
        parts.append(f"结束后{afterwards(evaluation.lasting)}")
    return "；".join([*parts, *filter(None, [evaluation.left_out])])


def counts(before: Phase, now: Phase, where: str) -> str:
    """「25 → 18」; with the days where the two spans are not equally long: 「25（28 天） → 11（13 天）」."""
    pairs = [(numbers.exact_number(getattr(one, where)), one.days) for one in (before, now)]
    alike = before.days == now.days
    return " → ".join(count if alike else f"{count}（{days} 天）" for count, days in pairs)


def effect(told: Effect, has_others: bool, brief: bool = False) -> str:
    """「扣除同类楼宇的同期变化，减少 45 %，95 % 区间为减少 70 % 至减少 8 %」, 「看不出效果」, 「数量太少，说不出变化」;
    in brief without the interval."""
    if told.verdict == TOO_FEW:
        return "数量太少，说不出变化"
    basis = "扣除同类楼宇的同期变化" if has_others else "没有同类楼宇可比，只与行动前比"
    if brief:
        return f"{basis}，{'看不出效果' if told.verdict == NO_EFFECT else change(told.ratio)}"
    if told.verdict == NO_EFFECT:
        return f"{basis}，看不出效果（{change(told.ratio)}，95 % 区间为{interval_words(told)}）"
    return f"{basis}，{change(told.ratio)}，95 % 区间为{interval_words(told)}"


def instead(evaluation: Evaluation) -> str:
    """「照同类楼宇的变化，这里本来约有 41 单，实际 18 单，约少 23 单（95 % 区间为少 2 单至少 68 单）」; nothing where
    it cannot be told."""
    before, during, _ = evaluation.phases
    if evaluation.during.verdict == TOO_FEW or not before.here:
        return ""
    has_others = before.elsewhere + during.elsewhere > 0
    if has_others and not before.elsewhere:
        return ""
    growth = during.elsewhere / before.elsewhere if has_others else during.days / before.days
    unit, expected = catalogue.get(evaluation.campaign.metric).unit, before.here * growth
    bounds = (
        [during.here / bound - during.here for bound in (evaluation.during.high, evaluation.during.low) if bound]
        if during.here
        else []
    )
    between = f"（95 % 区间为{_fewer(bounds[0], unit)}至{_fewer(bounds[1], unit)}）" if len(bounds) == 2 else ""
    basis = "照同类楼宇的变化" if has_others else "照行动前的水平"
    words = (
        f"{basis}，这里本来约有 {numbers.exact_number(expected)} {unit}，"
        f"实际 {numbers.exact_number(during.here)} {unit}"
    )
    return f"{words}，约{_fewer(expected - during.here, unit)}{between}"


def _fewer(count: float, unit: str) -> str:
    return f"{'少' if count >= 0 else '多'} {numbers.exact_number(abs(count))} {unit}"


def afterwards(lasting: Effect) -> str:
    """What remained once it was over."""
    words = {LESS: f"仍比行动前少（{change(lasting.ratio)}）", MORE: f"反而比行动前多（{change(lasting.ratio)}）"}
    return words.get(lasting.verdict, "与行动前看不出差别")


def change(ratio: float) -> str:
    """A ratio as 「减少 45 %」, 「增加 20 %」, 「没有变化」."""
    if numbers.missing(ratio):
        return "比值算不出"
    if ratio == float("inf"):
        return "增加（上限不定）"
    percent = round((ratio - 1) * 100)
    return "没有变化" if percent == 0 else f"{'减少' if percent < 0 else '增加'} {abs(percent):,} %"


def interval_words(effect: Effect) -> str:
    """「减少 70 % 至增加 8 %」."""
    return f"{change(effect.low)} 至{change(effect.high)}"


def threshold(evaluation: Evaluation) -> str:
    """How few it would have taken to see a decrease; nothing where one is seen or nothing can be compared."""
    before, during, _ = evaluation.phases
    if evaluation.during.verdict != NO_EFFECT:
        return ""
    needed, unit = detectable(before, during, evaluation.variance), catalogue.get(evaluation.campaign.metric).unit
    if needed is None:
        return "按这里的数量，即使期间一件也没有，也看不出减少。"
    return f"按这里的数量，期间不超过 {needed} {unit}才看得出减少。"
