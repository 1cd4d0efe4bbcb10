"""What becomes of a part that cannot be computed: it says why in one sentence, and the others stay as they are."""

import logging
from collections.abc import Callable

from reports.content.parts import Section
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


def computed(key: str, title: str, compute: Callable[[], Section], what: str = "part") -> Section:
    """A section of a document or a part of a chapter, or the reason why there is none; `what` it is, for the log."""
    try:
        return compute()
    except Exception as error:
        return Section(key, title, failure=reason(error, f"{what} {key}"))
