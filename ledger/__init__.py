"""What people decide: assignments and their whole history. SQLite by default, PostgreSQL when shared; nothing is ever
altered.

ledger = open_ledger(default=folder / "actions.sqlite") made = ledger.create(Agreed(task="清理3号楼充电点",
unit="后勤处", post="维修科长", given_on=…, due=…, check={…}), by="保卫处秘书") ledger.report(made.number, True,
"已清理", by="后勤处维修科长", expected=made.sequence)
"""

from ledger.agreed import Agreed
from ledger.conflict import Conflict
from ledger.errors import AppendOnly, LedgerError, Refused, Unreachable
from ledger.events import Assignment, Event
from ledger.same import under_way
from ledger.store import Ledger, open_ledger, today

__all__ = [
    "Agreed",
    "AppendOnly",
    "Assignment",
    "Conflict",
    "Event",
    "Ledger",
    "LedgerError",
    "Refused",
    "Unreachable",
    "open_ledger",
    "today",
    "under_way",
]
