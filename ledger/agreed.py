"""What was agreed: the task, whose it is, until when, why, and how the records will tell whether it worked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ledger import checks, words
from ledger.errors import Refused


@dataclass(frozen=True)
class Agreed:
    """Plain values. `unit` and `post`: the responsible unit and post, never a person's name. `given_on`: the meeting's
    day.

    `why` is the signal's sentence; `signal` its plain JSON (metric, filters, week …); `check` see ledger.checks.
    """

    task: str
    unit: str
    post: str
    given_on: date
    due: date
    why: str = ""
    check: Mapping = field(default_factory=dict, hash=False)
    signal: Mapping = field(default_factory=dict, hash=False)

    def validated(self) -> "Agreed":
        """The same, cleaned. Raises Refused with the first thing that is wrong."""
        given, due = words.day(self.given_on, "交办日期"), words.day(self.due, "期限")
        if due < given:
            raise Refused(f"期限 {due} 早于交办日期 {given}，请改正。")
        return Agreed(
            words.text(self.task, "任务", 500, required=True),
            words.text(self.unit, "责任单位", 40, required=True),
            words.text(self.post, "责任岗位", 40, required=True),
            given,
            due,
            words.text(self.why, "原因", 2000),
            checks.validated(self.check),
            _plain(self.signal),
        )

    def to_json(self) -> dict:
        return {
            "task": self.task,
            "unit": self.unit,
            "post": self.post,
            "given_on": self.given_on.isoformat(),
            "due": self.due.isoformat(),
            "why": self.why,
            "check": dict(self.check),
            "signal": dict(self.signal),
        }

    @classmethod
    def from_json(cls, content: Mapping) -> "Agreed":
        """Raises Refused when a field is missing or wrong."""
        try:
            names = ("task", "unit", "post", "given_on", "due", "why", "check", "signal")
            return cls(**{name: content[name] for name in names}).validated()
        except (KeyError, TypeError):
            raise Refused("交办的内容不完整，缺少任务、责任、期限或核验方式。") from None

    @property
    def owner(self) -> str:
        """「后勤处维修科长」: unit and post as one."""
        return self.post if self.post.startswith(self.unit) else f"{self.unit}{self.post}"


def _plain(signal: Mapping | None) -> dict:
    """Whatever JSON says it, and nothing else; at most 4,000 characters."""
    try:
        text = json.dumps(dict(signal or {}), ensure_ascii=False, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError):
        raise Refused("信号的说明读不懂，请从周例会重新交办。") from None
    if len(text) > 4000:
        raise Refused("信号的说明太长，请从周例会重新交办。")
    return json.loads(words.text(text, "信号", 4000))
