"""One branch over one period in one sentence: its promises first, then against its own past, then against what was to
be expected."""

from metrics.branches import tasks as branch_tasks
from metrics.branches.portrait import Portrait
from metrics.branches.review import Review
from metrics.methods.verdict import NORMAL, WORDS

NAMED = 2


def sentence(portrait: Portrait, review: Review) -> str:
    """「第三党支部：本期到期任务 5 项，按期完成 4 项，缺佐证 1 项；与自己的过去比，按期整改率好转（64.6 % → 90.3
    %）；与预期比，正常波动」"""
    return f"{portrait.name}：{promises(portrait)}；{_past(portrait, review)}；{_expected(portrait, review)}"


def promises(portrait: Portrait) -> str:
    """What became of the tasks due in the period."""
    due = [
        one for one in portrait.tasks if one.is_of_period and one.state not in (branch_tasks.VOID, branch_tasks.NOT_DUE)
    ]
    if not due:
        return "本期没有到期的品牌任务"
    counts = {state: sum(one.state == state for one in due) for state in branch_tasks.STATES}
    rest = "，".join(
        f"{state} {count} 项" for state, count in counts.items() if count and state != branch_tasks.ON_TIME
    )
    return f"本期到期任务 {len(due)} 项，按期完成 {counts[branch_tasks.ON_TIME]} 项" + (f"，{rest}" if rest else "")


def _past(portrait: Portrait, review: Review) -> str:
    """The changes of its rates beyond chance."""
    moved, has_past = [], False
    for outcome in review.outcomes:
        standing = next((standing for standing in outcome.standings if standing.branch == portrait.branch), None)
        has_past |= standing is not None and standing.earlier.value == standing.earlier.value
        if standing is not None and standing.earlier.good is not None:
            show = outcome.metric.show
            moved.append(
                f"{outcome.metric.label}{'好转' if standing.earlier.good else '变差'}"
                f"（{show(standing.earlier.value)} → {show(standing.value)}）"
            )
    if not moved:
        return f"与自己的过去比，{WORDS[NORMAL]}" if has_past else "没有可以与自己的过去比的比率"
    return f"与自己的过去比，{'、'.join(moved[:NAMED])}" + (f"等 {len(moved)} 项" if len(moved) > NAMED else "")


def _expected(portrait: Portrait, review: Review) -> str:
    """Where it really differs from what was to be expected of the places it looks after."""
    own = [
        (outcome, one)
        for outcome in review.outcomes
        if outcome.is_compared
        for one in outcome.standings
        if one.branch == portrait.branch
    ]
    judged = sorted(((outcome, one) for outcome, one in own if one.is_judged), key=lambda pair: not pair[1].is_clear)
    if not judged:
        return "没有可以与预期比的比率"
    odd = [f"{outcome.metric.label}{one.told}" for outcome, one in judged if not one.verdict.is_normal]
    return f"与预期比，{'；'.join(odd)}" if odd else f"与预期比，{WORDS[NORMAL]}"
