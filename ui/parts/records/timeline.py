"""One record's life in one line of time: the moments it names itself, and every state it was exported in, with file,
sheet and row."""

import re
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from metrics.define.tables import Table
from ui.frame.words import escaped

_BEYOND = ("is_", "has_")


@dataclass(frozen=True)
class Step:
    """A moment. kind: moment (written in the record), export (seen in a file), ahead (still to come at the data
    date)."""

    at: datetime | None
    kind: str
    status: str
    words: str
    source: str = ""


def origin(file: object, sheet: object, row: float | None) -> str:
    """「工单导出.xlsx · 工作表 工单 · 第 12 行」"""
    parts = [
        file,
        f"工作表 {sheet}" if sheet else None,
        f"第 {int(row)} 行" if row == row and row is not None else None,
    ]
    return " · ".join(str(part) for part in parts if part is not None and part == part) or "来源未记录"


def steps(table: Table, fields: dict, states: pd.DataFrame, source: str, now: datetime) -> list[Step]:
    """In the order of time; `source` is where the newest state stands, `now` the data date."""
    exports = [_export(number, row) for number, row in enumerate(states.itertuples())] or [
        Step(None, "export", "", "只见过一种状态", source)
    ]
    dated = [
        (name, fields[name])
        for name in table.columns
        if isinstance(fields.get(name), pd.Timestamp) and not name.startswith(_BEYOND)
    ]
    moments = [
        Step(
            value.to_pydatetime(),
            "ahead" if value > now else "moment",
            table.label(name),
            "还没有到" if value > now else "",
        )
        for name, value in dated
    ]
    last = max((step.at for step in (*exports, *moments) if step.at), default=now)
    return sorted((*moments, *exports), key=lambda step: (step.at or last, step.kind == "export"))


def _export(number: int, row) -> Step:
    changes = "；".join(f"{label}：{_short(old)} → {_short(new)}" for label, (old, new) in row.changes.items())
    text = "首次出现" if number == 0 else (changes or "内容有更新")
    status = row.status_text if isinstance(row.status_text, str) else ""
    at = row.seen_at.to_pydatetime() if pd.notna(row.seen_at) else None
    return Step(at, "export", status, text, origin(row.file_name, row.sheet, row.row_number))


def _short(value: object) -> str:
    """A moment without seconds, a day without midnight; 空 for nothing."""
    return re.sub(r"(\d{4}-\d\d-\d\d)(?: 00:00:00|( \d\d:\d\d):\d\d)$", r"\1\2", str(value)) if value else "空"


def html(every: list[Step]) -> str:
    """A list with a mark a step: full for an export, hollow for what the record itself says."""
    return f'<ul class="record-states">{"".join(_item(step) for step in every)}</ul>'


def _item(step: Step) -> str:
    when = (
        f"{step.at:%Y-%m-%d}"
        if step.at and step.at == step.at.replace(hour=0, minute=0, second=0)
        else f"{step.at:%Y-%m-%d %H:%M}"
        if step.at
        else "时间未知"
    )
    how = "导出" if step.kind == "export" else ""
    where = "　".join(
        part
        for part in (
            f"{when} {how}".strip(),
            f"<b>{escaped(step.status)}</b>" if step.status else "",
            escaped(step.words),
        )
        if part
    )
    return (
        f'<li class="{step.kind}">{where}'
        + (f"<br><small>{escaped(step.source)}</small>" if step.source else "")
        + "</li>"
    )
