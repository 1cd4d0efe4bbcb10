"""The machine checks an assignment may choose from, and whether one is filled in properly.

A check is plain JSON. Which tables, metrics and places exist is not known here: whoever writes the assignment asks
metrics.duties.outcomes for that.
"""

from collections.abc import Callable, Mapping

from ledger import words
from ledger.errors import Refused

OPEN_ZERO, RATE_WITHIN, NO_NEW, DOCUMENT = "open_zero", "rate_within", "no_new", "document"
KINDS = {OPEN_ZERO: "未了结清零", RATE_WITHIN: "指标恢复正常", NO_NEW: "连续无新增", DOCUMENT: "交来材料"}
GOALS = {"limits": "回到正常波动范围", "target": "达到目标"}


def validated(check: Mapping) -> dict:
    """The check with exactly the keys its kind has, in one canonical form. Raises Refused.

    open_zero: table, filters, overdue (only the overdue ones count) · rate_within: metric, filters, goal (limits or
    target) · no_new: table, filters, days · document: title (what must be handed in, may be empty).
    """
    if not isinstance(check, Mapping) or check.get("kind") not in KINDS:
        raise Refused(f"还没有选择核验方式，请从{'、'.join(KINDS.values())}中选一种。")
    kind = check["kind"]
    return {"kind": kind, **_READERS[kind](check)}


def _open_zero(check: Mapping) -> dict:
    return {
        "table": _table(check),
        "filters": filters(check.get("filters")),
        "overdue": bool(check.get("overdue", False)),
    }


def _rate_within(check: Mapping) -> dict:
    metric = words.text(check.get("metric"), "核验的指标", 60, required=True)
    goal = check.get("goal", "limits")
    if goal not in GOALS:
        raise Refused(f"「恢复到什么程度」应为{'或'.join(GOALS.values())}，请改正。")
    return {"metric": metric, "filters": filters(check.get("filters")), "goal": goal}


def _no_new(check: Mapping) -> dict:
    days = words.whole(check.get("days", ""), "连续天数", 1, 365)
    return {"table": _table(check), "filters": filters(check.get("filters")), "days": days}


def _document(check: Mapping) -> dict:
    return {"title": words.text(check.get("title"), "材料名称", 60)}


_READERS: dict[str, Callable[[Mapping], dict]] = {
    OPEN_ZERO: _open_zero,
    RATE_WITHIN: _rate_within,
    NO_NEW: _no_new,
    DOCUMENT: _document,
}


def _table(check: Mapping) -> str:
    return words.text(check.get("table"), "核验的记录", 60, required=True)


def filters(written: object) -> dict[str, list[str]]:
    """Dimension → the values meant, e.g. {"building": ["D03"], "category": ["电动车充电"]}; empty ones left out."""
    if written is None:
        return {}
    if not isinstance(written, Mapping) or len(written) > 12:
        raise Refused("核验的筛选条件读不懂，请重新选择。")
    kept_by_name = {}
    for name, values in sorted(written.items()):
        values = [values] if isinstance(values, str) else list(values or ())
        if len(values) > 60:
            raise Refused("核验的筛选条件太多，每一项最多 60 个，请减少。")
        kept = [words.text(value, "筛选条件", 60) for value in values]
        if any(kept):
            kept_by_name[words.text(name, "筛选条件", 20, required=True)] = list(
                dict.fromkeys(value for value in kept if value)
            )
    return kept_by_name
