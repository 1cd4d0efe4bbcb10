"""How an assignment reads in a spreadsheet: headings and their other spellings, days as people write them, checks in
words."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ledger import checks, words
from ledger.errors import Refused

LEDGER, HISTORY, REJECTS = "督办台账", "历史", "拒收"
HEADINGS = {
    "number": ("编号", "督办编号", "交办编号", "事项编号"),
    "task": ("任务", "交办事项", "督办事项", "工作任务", "任务内容", "交办任务", "工作内容", "事项"),
    "unit": ("责任单位", "责任部门", "牵头单位", "牵头部门", "承办单位", "承办部门"),
    "post": ("责任岗位", "岗位", "承办岗位"),
    "given_on": ("交办日期", "交办时间", "布置日期", "会议日期", "例会日期"),
    "due": ("期限", "完成时限", "办结期限", "完成期限", "办理时限", "截止日期", "时限"),
    "why": ("原因", "交办原因", "事由", "来由", "背景"),
    "kind": ("核验方式", "核验办法", "验收方式", "复核方式"),
    "object": ("核验对象", "核验记录", "核验指标"),
    "filters": ("核验条件", "筛选条件"),
    "how": ("核验要求",),
    "signal": ("来源信号",),
}
SHOWN_ONLY = ("记录核验", "证据", "报告", "核验人")
NEEDED = ("task", "unit", "due")
HISTORY_HEADINGS = ("编号", "序号", "类型", "日期", "填写人", "记录时间", "内容", "来源")
DEFAULT_POST = "负责人"
ALL_OPEN, ONLY_OVERDUE = "全部", "只看逾期"


@dataclass(frozen=True)
class Vocabulary:
    """What tables, metrics, dimensions and their values are called: key → word. Unknown here: what they mean."""

    tables: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def bare(heading: object) -> str:
    """A heading without spaces, brackets and what is in them, width aside: 「任务（必填）」 → 「任务」."""
    text = "".join(unicodedata.normalize("NFKC", str(heading or "")).split())
    return re.sub(r"\(.*?\)|\[.*?\]|[*:]", "", text)


def columns(row: list) -> dict[str, int]:
    """Field → place, for one row taken as the heading; the earlier spelling wins."""
    headings = [bare(cell) for cell in row]
    places = {}
    for name, spellings in HEADINGS.items():
        place = next((headings.index(spelling) for spelling in spellings if spelling in headings), None)
        if place is not None:
            places[name] = place
    return places


def day(cell: object, label: str) -> date:
    """A day from a date cell, an Excel serial number, 2026-11-30, 2026/11/30, 2026.11.30 or 2026年11月30日."""
    if isinstance(cell, datetime):
        return words.day(cell.date(), label)
    if isinstance(cell, date):
        return words.day(cell, label)
    text = str(cell).strip()
    if re.fullmatch(r"[2-7]\d{4}(\.\d+)?", text):
        return words.day(date(1899, 12, 30) + timedelta(days=int(float(text))), label)
    parts = re.match(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", text)
    if not parts:
        raise Refused(f"「{label}」里的「{text[:20]}」不是日期，请写成 2026-11-30 这样。")
    year, month, number = (int(part) for part in parts.groups())
    return words.day(f"{year:04}-{month:02}-{number:02}", label)


def check_cells(check: Mapping, vocabulary: Vocabulary) -> tuple[str, str, str, str]:
    """核验方式, 核验对象, 核验条件, 核验要求 of one check."""
    kind = check["kind"]
    metric, table = check.get("metric", ""), check.get("table", "")
    target = vocabulary.metrics.get(metric, metric) or vocabulary.tables.get(table, table)
    how = {
        checks.OPEN_ZERO: lambda: ONLY_OVERDUE if check["overdue"] else ALL_OPEN,
        checks.RATE_WITHIN: lambda: checks.GOALS[check["goal"]],
        checks.NO_NEW: lambda: f"{check['days']} 天",
        checks.DOCUMENT: lambda: check["title"],
    }[kind]()
    return checks.KINDS[kind], target, _filter_words(check.get("filters") or {}, vocabulary), how


def _filter_words(filters: Mapping, vocabulary: Vocabulary) -> str:
    """「楼宇=3号楼、10号楼；类别=门锁」; as JSON where a name has one of these signs in it."""
    parts = []
    for name, values in filters.items():
        called = [vocabulary.values.get(name, {}).get(value, value) for value in values]
        parts.append((vocabulary.dimensions.get(name, name), called))
    text = "；".join(f"{name}={'、'.join(called)}" for name, called in parts)
    try:
        same = read_filters(text, vocabulary) == checks.filters(dict(filters))
    except Refused:
        same = False
    return text if same else json.dumps(dict(filters), ensure_ascii=False, sort_keys=True)


def read_filters(text: str, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The other way round; raises Refused."""
    text = text.strip()
    if text.startswith("{"):
        try:
            return checks.filters(json.loads(text))
        except ValueError:
            raise Refused("「核验条件」读不懂，请写成 楼宇=3号楼；类别=门锁。") from None
    filters: dict[str, list[str]] = {}
    for part in re.split(r"[；;]", text):
        if not part.strip():
            continue
        name, equals, values = re.split(r"([=＝])", part, maxsplit=1) if re.search("[=＝]", part) else (part, "", "")
        if not equals:
            raise Refused(f"「核验条件」里的「{part.strip()[:20]}」读不懂，请写成 楼宇=3号楼；类别=门锁。")
        dimension = _key(vocabulary.dimensions, name.strip())
        ids = vocabulary.values.get(dimension, {})
        filters[dimension] = [_key(ids, value.strip()) for value in re.split("[、,，]", values) if value.strip()]
    return checks.filters(filters)


def _key(names: Mapping[str, str], called: str) -> str:
    """The key called so; a key itself, and what is not known, stay as they are."""
    return called if called in names else next((key for key, name in names.items() if name == called), called)


def read_check(cells: Mapping[str, str], vocabulary: Vocabulary) -> dict:
    """A check from its four cells; nothing written means that a document is to be handed in. Raises Refused."""
    kind_word = cells.get("kind", "").strip()
    kind = (
        next((key for key, name in checks.KINDS.items() if kind_word in (name, key)), None)
        if kind_word
        else checks.DOCUMENT
    )
    if kind is None:
        raise Refused(
            f"「核验方式」里的「{kind_word[:20]}」不是可用的一种，请写成{'、'.join(checks.KINDS.values())}之一。"
        )
    target, how = cells.get("object", "").strip(), cells.get("how", "").strip()
    check: dict[str, object] = {"kind": kind, "filters": read_filters(cells.get("filters", ""), vocabulary)}
    if kind == checks.RATE_WITHIN:
        goal = next((key for key, name in checks.GOALS.items() if how in (name, key)), how) if how else "limits"
        check |= {"metric": _key(vocabulary.metrics, target), "goal": goal}
    elif kind == checks.DOCUMENT:
        check = {"kind": kind, "title": how}
    else:
        check["table"] = _key(vocabulary.tables, target)
        if kind == checks.NO_NEW:
            check["days"] = re.sub(r"\s*天$", "", how)
        else:
            check["overdue"] = how == ONLY_OVERDUE
    return checks.validated(check)
