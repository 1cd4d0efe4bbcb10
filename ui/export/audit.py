"""The audit log as pages write it: who is looking, one line before anything is handed out."""

from pathlib import Path

from ledger import audit
from metrics.ask.selection import Scope
from warehouse import Build, paths

EXPORT, QUERY = audit.EXPORT, audit.QUERY
WHO = "本机使用者"  # until sign-in exists only this machine is answered


def kept_in() -> Path:
    """The SQLite file used unless CAMPUS_LEDGER_URL names a database: the ledger's own."""
    return paths.home() / "ledger" / "actions.sqlite"


def role(scope: Scope) -> str:
    """「全部范围」, or what a viewer's rights are limited to."""
    if scope.everything:
        return "全部范围"
    return "限于 " + "、".join(value for _, values in scope.granted() for value in values)


def write(kind: str, what: str, filters: str, rows: int, build: Build, scope: Scope) -> audit.Entry:
    """Write down what is about to be handed out (kind audit.EXPORT or audit.QUERY); raises ledger.Refused when it
    cannot be."""
    return audit.write(audit.Entry(kind, WHO, role(scope), what, filters, rows, build.name), default=kept_in())
