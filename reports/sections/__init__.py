"""One module a section: `section(asked) -> Section`. What is missing raises Unknown; `reason` turns any failure into one sentence."""

import logging

from warehouse.errors import UserError

log = logging.getLogger("campus")
FAILED = "这一部分没有算出来，其余部分不受影响；数据没有被改动，请把运行记录交给管理员。"


class Unknown(UserError):
    """A section that cannot be computed, and why."""


def reason(error: Exception, what: str) -> str:
    """What a reader is told; what happened goes to the log and nowhere else."""
    if isinstance(error, UserError):
        return error.sentence.rstrip("。") + "。"
    log.error("%s failed", what, exc_info=error)
    return FAILED
