"""本周信号: at most five things that are not noise, what each is made of, and how many chance alone would bring."""

from metrics.ask.reading import young
from metrics.signals.evidence import Example
from metrics.signals.signal import Signal
from reports.brief import given, links, proposals
from reports.brief.request import BriefRequest
from reports.content.parts import Line, Section

TONES = {True: "good", False: "bad", None: "warn"}


def section(request: BriefRequest) -> Section:
    """The signals with their examples, then what is still there but no news."""
    answer = request.signals
    if not answer.tested:
        sentence = "数据不足，还不能判断有没有异常。"
    elif not answer.items:
        sentence = "无明显变化（正常波动）。"
    else:
        better = sum(signal.good is True for signal in answer.items)
        counts = ((len(answer.items) - better, "项需要过问"), (better, "项是改善"))
        sentence = "，".join(f"{count} {words}" for count, words in counts if count) + "。"
    lines = tuple(_line(request, number, signal) for number, signal in enumerate(answer.items, start=1))
    standing = tuple(Line(f"早已存在：{old}") for old in answer.standing)
    return Section("signals", "本周信号", sentence, lines + standing, note=answer.note + young.sentence(request.build))


def _line(request: BriefRequest, number: int, signal: Signal) -> Line:
    text = f"{number}. 【{signal.verdict} · {signal.since}】{signal.sentence}"
    found = [] if signal.good else _given(request, signal)
    details = [
        *found,
        f"归口：{signal.responsible}",
        *([signal.made_of] if signal.made_of else []),
        *(_example(one) for one in signal.examples),
    ]
    return Line(
        text, TONES[signal.good], links.records(signal.metric, signal.window, signal.only, signal.which), tuple(details)
    )


def _given(request: BriefRequest, signal: Signal) -> list[str]:
    """「已交办 2026-017，期限 2026-11-30」 where it has been assigned."""
    found = [given.already(request, one) for one in proposals.proposals(request.build, request.week, (signal,))]
    return [given.words(one) for one in found if one]


def _example(one: Example) -> str:
    """「例：11月10日 3号楼302 有人把电池拿到房间充电（2026…）」; what identified people was masked when the record was
    read."""
    when = f"{one.moment.month}月{one.moment.day}日" if one.moment else ""
    words = " ".join(part for part in (when, one.place, one.text or one.category) if part)
    return f"例：{words}（{one.record_id}）"
