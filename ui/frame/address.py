"""What may stand in a page's address: the keys pages know, and those a chat program adds to what it hands on.

A page keeps its choices under keys of this list; what is in an address and on neither list is said on the page.
"""

from collections.abc import Iterable

from ui.frame import filters

OWN = frozenset(
    (
        *("week", "present", "screen"),  # the meeting
        *("number", "new", "do", "outcome", "task", "unit", "due", "why", "kind", "only", "signal"),  # an assignment
        *("state", "duty", "print", "rare", "survey", "shift", "pace", "repeats", "compare", "campaign", "brand"),
        *("metric", "every", "by", "show", "sort", "across", "all", "part", "tab", "review", "source"),
        *("table", "which", "cell", "same", "record", "q", "order", "cols", "page"),  # the records
        *("against", "rows", "of", "a", "b", "base", "colour"),  # 探索
    )
)
BEGINNINGS = ("check_",)  # how an assignment is checked, one key a part
# WeChat, DingTalk, QQ and what counts clicks: nobody wrote these, so nobody is told of them.
CHATS = frozenset(
    (
        *("from", "isappinstalled", "nsukey", "scene", "subscene", "clicktime", "enterid", "sharer_sharetime"),
        *("sharer_shareid", "sharer_shareinfo", "wxfrom", "ascene", "devicetype", "version", "nettype", "pass_ticket"),
        *("spm", "_t", "_dt", "share_from", "share_source", "tdsourcetag", "ticket", "corpid"),
    )
)
CHAT_BEGINNINGS = ("utm_", "ddtab", "dd_", "wx_", "weixin_", "share_", "sharer_")
MOST, LONGEST = 3, 20


def unknown(keys: Iterable[str]) -> list[str]:
    """The keys no page knows, as they stand and in their order, without those of chat programs."""
    known = OWN | CHATS | set(filters.KEYS)
    return [key for key in keys if key not in known and not key.startswith(BEGINNINGS + CHAT_BEGINNINGS)]


def note(keys: Iterable[str]) -> str:
    """「有不认识的部分（foo、bar），已忽略」, or nothing."""
    strange = [key[:LONGEST] for key in unknown(keys)]
    more = f" 等 {len(strange)} 处" if len(strange) > MOST else ""
    return f"有不认识的部分（{'、'.join(strange[:MOST])}{more}），已忽略" if strange else ""
