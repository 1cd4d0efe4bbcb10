"""本周信号: at most five things that are not noise, what each is made of, and how many chance alone would bring."""

from metrics import tables
from metrics.records import records
from metrics.signals import Signal
from reports import links
from reports.asked import Asked
from reports.parts import Line, Section

EXAMPLES = 3
TONES = {True: "good", False: "bad", None: "warn"}


def section(asked: Asked) -> Section:
    found = asked.signals
    if not found.tested:
        said = "数据不足，还不能判断有没有异常。"
    elif not found.items:
        said = "无明显变化（正常波动）。"
    else:
        better = sum(one.good is True for one in found.items)
        counts = ((len(found.items) - better, "项需要过问"), (better, "项是改善"))
        said = "，".join(f"{count} {words}" for count, words in counts if count) + "。"
    lines = tuple(_line(asked, number, one) for number, one in enumerate(found.items, start=1))
    return Section("signals", "本周信号", said, lines, note=found.note)


def _line(asked: Asked, number: int, signal: Signal) -> Line:
    text = f"{number}. 【{signal.verdict}】{signal.sentence}"
    made_of = getattr(signal, "made_of", "")
    details = [f"归口：{signal.responsible}", *([made_of] if made_of else []), *_examples(asked, signal)]
    link = links.records(signal.metric, signal.window, signal.only, signal.which)
    return Line(text, TONES[signal.good], link, tuple(details))


def _examples(asked: Asked, signal: Signal) -> list[str]:
    """「例：11月10日 3号楼 302，空调漏水（T2026…）」, at most three records; their personal words were masked when they were read."""
    metric = tables.get(_table(signal))
    names = (metric.time, "category", "place_text", metric.id)
    rows, _ = records(asked.build, signal.metric, signal.window, signal.only, signal.which, limit=EXAMPLES, columns=names, scope=asked.scope)
    said = []
    for row in rows.itertuples():
        moment, words = getattr(row, metric.time), [getattr(row, name) for name in ("place_text", "category")]
        when = f"{moment.month}月{moment.day}日 " if moment == moment and moment is not None else ""
        said.append(f"例：{when}{' '.join(str(word) for word in words if isinstance(word, str))}（{getattr(row, metric.id)}）")
    return said


def _table(signal: Signal) -> str:
    from metrics import catalogue

    return catalogue.get(signal.metric).table
