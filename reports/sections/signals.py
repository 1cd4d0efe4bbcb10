"""本周信号: at most five things that are not noise, what each is made of, and how many chance alone would bring."""

from metrics.signals.evidence import Example
from metrics.signals.signal import Signal
from reports import links
from reports.asked import Asked
from reports.parts import Line, Section

TONES = {True: "good", False: "bad", None: "warn"}


def section(asked: Asked) -> Section:
    """The signals with their examples, then what is still there but no news."""
    found = asked.signals
    if not found.tested:
        said = "数据不足，还不能判断有没有异常。"
    elif not found.items:
        said = "无明显变化（正常波动）。"
    else:
        better = sum(one.good is True for one in found.items)
        counts = ((len(found.items) - better, "项需要过问"), (better, "项是改善"))
        said = "，".join(f"{count} {words}" for count, words in counts if count) + "。"
    lines = tuple(_line(number, one) for number, one in enumerate(found.items, start=1))
    known = tuple(Line(f"早已存在：{sentence}") for sentence in found.standing)
    return Section("signals", "本周信号", said, lines + known, note=found.note)


def _line(number: int, signal: Signal) -> Line:
    text = f"{number}. 【{signal.verdict} · {signal.since}】{signal.sentence}"
    details = [
        f"归口：{signal.responsible}",
        *([signal.made_of] if signal.made_of else []),
        *(_example(one) for one in signal.examples),
    ]
    return Line(
        text, TONES[signal.good], links.records(signal.metric, signal.window, signal.only, signal.which), tuple(details)
    )


def _example(one: Example) -> str:
    """「例：11月10日 3号楼302 有人把电池拿到房间充电（2026…）」; what identified people was masked when the record was read."""
    when = f"{one.moment.month}月{one.moment.day}日" if one.moment else ""
    words = " ".join(part for part in (when, one.place, one.text or one.category) if part)
    return f"例：{words}（{one.record_id}）"
