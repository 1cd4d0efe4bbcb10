"""Two people wrote at once: both sides, so that the second can look again before anything is stored."""

from ledger.errors import LedgerError
from ledger.events import Event


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
