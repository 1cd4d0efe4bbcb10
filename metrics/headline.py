"""The week in one sentence, and how much of it chance alone would bring."""

from datetime import date

from metrics import arrivals, numbers
from warehouse import Build


def sentence(ranked: list, overdue, tested: int) -> str:
    """「本周 3 项异常，主要在 3号楼 电动车充电；逾期隐患 7 条，较上周减少 2 条。」 or 「本周无明显变化（正常波动）；…」."""
    bad = [one for one in ranked if one.good is not True]
    if not tested:
        start = "数据不足，还不能判断有没有异常"
    elif bad:
        start = f"本周 {len(bad)} 项异常，主要在 {bad[0].place} {bad[0].what}"
    elif ranked:
        start = f"本周无异常，{len(ranked)} 项改善，主要在 {ranked[0].place} {ranked[0].what}"
    else:
        start = "本周无明显变化（正常波动）"
    return f"{start}；{_overdue(overdue)}。"


def answer(build: Build, week: date, said: str) -> str:
    """The sentence of one week; what it says of overdue hazards only where their export came, compared only where it is whole."""
    start, _, overdue = said.rpartition("；")
    if not arrivals.begun(build, "hazards", week):
        never = arrivals.missing(build, "hazards")
        return f"{start}；{'没有收到隐患的导出' if never else '这一周之前还没有隐患数据'}。"
    if arrivals.stops(build, "hazards", week):
        return f"{start}；{overdue.rstrip('。').split('，')[0]}（本周未满，不比较）。"
    return said


def _overdue(overdue) -> str:
    if numbers.missing(overdue.now):
        return "逾期隐患 —"
    text = f"逾期隐患 {overdue.now:,.0f} 条"
    if not overdue.comparable or numbers.missing(overdue.base):
        return text
    moved = overdue.now - overdue.base
    return text + ("，与上周持平" if moved == 0 else f"，较上周{'增加' if moved > 0 else '减少'} {abs(moved):,.0f} 条")


def honesty(tested: int, expected_false: float, found: int, most: int) -> str:
    """What chance alone would bring: 「共检验 1,234 处，发现 2 项；即使一切正常，平均每周也会误报约 0.6 项。」."""
    if not tested:
        return "可用的历史周数太少，没有做检验。"
    shown = f"，列出最重要的 {most} 项" if found > most else ""
    return f"共检验 {tested:,} 处，发现 {found} 项{shown}；即使一切正常，平均每周也会误报约 {expected_false:.1f} 项。"
