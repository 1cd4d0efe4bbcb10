"""What can go wrong when people keep a ledger together: one Chinese sentence each, with the remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.events import Event


class LedgerError(Exception):
    """Shown to the reader as it stands; `exit_code` is what a command line returns."""

    exit_code = 2

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


class Refused(LedgerError):
    """What was written cannot be taken as it is; nothing was stored."""


class Unreachable(LedgerError):
    """The database does not answer or is not the right one."""


class AppendOnly(LedgerError):
    """Something tried to alter or remove what is written."""

    def __init__(self):
        super().__init__("督办台账只增不改：已经写下的不能修改或删除，请追加一条说明。")


class Conflict(LedgerError):
    """Somebody else wrote in between. Nothing was stored and nothing is lost.

    `theirs`: the events one has not seen, oldest first. `mine`: the content that was to be written. `sequence`: what
    to expect next time, once both have been read.
    """

    def __init__(self, number: str, kind: str, mine: dict, theirs: tuple[Event, ...]):
        who = "、".join(dict.fromkeys(event.post for event in theirs))
        super().__init__(f"{number} 刚刚被{who}更新过，您写的内容还没有保存。请对照下面两份内容，确认后再提交一次。")
        self.number, self.kind, self.mine, self.theirs = number, kind, mine, theirs
        self.sequence = theirs[-1].sequence
