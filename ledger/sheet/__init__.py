"""The ledger as a workbook, there and back: written to be read by people, loaded without losing a row
or doubling one."""

from ledger.sheet.loading import Loaded, load
from ledger.sheet.rejects import REJECT_HEADINGS, Reject, rejected
from ledger.sheet.wording import Vocabulary
from ledger.sheet.writing import to_xlsx

__all__ = ["REJECT_HEADINGS", "Loaded", "Reject", "Vocabulary", "load", "rejected", "to_xlsx"]
