"""What can go wrong when people keep a ledger together: one Chinese sentence each, with the remedy."""


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
