"""The week in one sentence, and how much of it chance alone would bring."""

from collections.abc import Sequence
from datetime import date

from metrics.ask import arrivals
from metrics.ask.window import WEEK, Window
from metrics.compare.comparison import Comparison
from metrics.compare.grounds import half_loaded
from metrics.define import catalogue, numbers
from metrics.signals.signal import Signal, Signals
from warehouse import Build


def summary(build: Build, week: date, ranked: Sequence[Signal], tested: int) -> str:
    """「本周 3 项异常，主要在 3号楼 电动车充电」, 「本周无明显变化（正常波动）」 …; without a full stop. Says where
    tickets stop early."""
    bad = [signal for signal in ranked if signal.good is not True]
    if not tested:
        start = "数据不足，还不能判断有没有异常"
    elif bad:
        start = f"本周 {len(bad)} 项异常，主要在 {bad[0].place} {bad[0].what}"
    elif ranked:
        start = f"本周无异常，{len(ranked)} 项改善，主要在 {ranked[0].place} {ranked[0].what}"
    else:
        start = "本周无明显变化（正常波动）"
    short = (
        half_loaded(build, catalogue.get("ticket_count"), Window(week, week + WEEK))
        if arrivals.begun(build, "tickets", week)
        else ""
    )
    return f"{start}；{short}，本周未满" if short else start


def answer(build: Build, week: date, signals: Signals) -> str:
    """The week in one sentence, of its signals.Signals: 「本周 3 项异常，主要在 3号楼 电动车充电；新增红线 2
    起；逾期隐患 7 条，较上周减少 2 条。」

    What it says of overdue hazards only where their export came, and compared only where it is whole.
    """
    red = f"新增红线 {signals.new_red:,} 起；" if signals.new_red else ""
    return f"{signals.summary}；{red}{overdue(build, week, signals.overdue)}。"


def overdue(build: Build, week: date, compared: Comparison) -> str:
    """「逾期隐患 7 条，较上周减少 2 条」, 「没有收到隐患的导出」, 「逾期隐患 7 条（本周未满，不比较）」."""
    if not arrivals.begun(build, "hazards", week):
        return "没有收到隐患的导出" if arrivals.missing(build, "hazards") else "这一周之前还没有隐患数据"
    if half_loaded(build, catalogue.get("hazard_overdue_open"), Window(week, week + WEEK)) and not numbers.missing(
        compared.now
    ):
        return f"逾期隐患 {compared.now:,.0f} 条（本周未满，不比较）"
    return _overdue(compared)


def _overdue(compared: Comparison) -> str:
    if numbers.missing(compared.now):
        return f"逾期隐患 —（{compared.reason}）" if compared.reason else "逾期隐患 —"
    text = f"逾期隐患 {compared.now:,.0f} 条"
    if not compared.comparable or numbers.missing(compared.base):
        return text
    moved = compared.now - compared.base
    return text + ("，与上周持平" if moved == 0 else f"，较上周{'增加' if moved > 0 else '减少'} {abs(moved):,.0f} 条")


def honesty(tested: int, expected_false: float, shown: int, most: int) -> str:
    """What chance alone would bring: 「共检验 1,234 处，发现 2 项；即使一切正常，平均每周也会误报至多约 0.6 项。」."""
    if not tested:
        return "可用的历史周数太少，没有做检验。"
    listed = f"，列出最重要的 {most} 项" if shown > most else ""
    return (
        f"共检验 {tested:,} 处，发现 {shown} 项{listed}；即使一切正常，平均每周也会误报至多约 {expected_false:.1f} 项。"
    )
