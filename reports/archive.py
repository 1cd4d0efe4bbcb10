"""A brief kept as JSON beside its documents: read back, it prints the same bytes, whatever has become of records and ledger."""

import json
import types
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

from reports.parts import Brief
from warehouse.errors import UserError

KIND, VERSION = "校园安全周简报", 1


class Unreadable(UserError):
    """A kept brief that is none, of another version, or no longer what was written."""


def frozen(brief: Brief) -> bytes:
    """The whole brief as UTF-8 JSON, keys in order, with the digest that proves it."""
    content = {"kind": KIND, "version": VERSION, "digest": brief.digest, "build": brief.build, "week": brief.week_start.isoformat(),
               "filters": brief.filters, "brief": asdict(brief)}  # fmt: skip
    return (json.dumps(content, ensure_ascii=False, indent=1, default=_plain) + "\n").encode("utf-8")


def thawed(content: bytes, name: str = "这个文件") -> Brief:
    """The brief a file holds. Raises Unreadable in words: no such brief, another version, changed since it was written."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
        kind, version, digest = found["kind"], found["version"], found["digest"]
    except (ValueError, TypeError, KeyError):
        raise Unreadable(f"「{name}」不是简报的存档，请选 python -m reports brief 写出的 json 文件。") from None
    if (kind, version) != (KIND, VERSION):
        raise Unreadable(f"「{name}」是另一个版本写的，这个版本读不了，请用当时的版本打印。")
    try:
        brief = _read(Brief, found["brief"])
    except (TypeError, KeyError, ValueError, AttributeError):
        raise Unreadable(f"「{name}」的内容不完整，请换一份没有改动过的存档。") from None
    if brief.digest != digest:
        raise Unreadable(f"「{name}」的内容与指纹不符，可能被改动过，没有打印；请换一份没有改动过的存档。")
    return brief


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _read(kind: Any, value: Any) -> Any:
    """A value of the type a field declares, from what JSON has for it."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: _read(hints[field.name], value[field.name]) for field in fields(kind)})
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if value is None else _read(next(one for one in inner if one is not type(None)), value)
    if origin is tuple:
        each = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_read(one, item) for one, item in zip(each, value, strict=True))
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if not isinstance(value, (int, float) if kind is float else kind):
        raise TypeError(str(kind))
    return value
