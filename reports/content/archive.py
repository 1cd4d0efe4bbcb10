"""A document kept as JSON beside its printed forms: read back, it prints the same bytes, whatever has become of
records and ledger."""

import json
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

from reports.content.documents import Book, Brief, Document
from reports.content.parts import content
from warehouse.errors import UserError

DOCUMENTS: dict[str, type[Document]] = {kind.KIND: kind for kind in (Brief, Book)}


class Unreadable(UserError):
    """A kept document that is none, of another version, or no longer what was written."""


def frozen(made: Document) -> bytes:
    """The whole document as UTF-8 JSON, keys in order, with the digest that proves it."""
    about, value = made.about
    kept = {
        "kind": made.KIND,
        "version": made.VERSION,
        "digest": made.digest,
        "build": made.build,
        about: value,
        "filters": made.filters,
        made.NAME: content(made),
    }
    return (json.dumps(kept, ensure_ascii=False, indent=1, default=_plain) + "\n").encode("utf-8")


def thawed(kept: bytes, name: str = "这个文件", wanted: type[Document] = Brief) -> Document:
    """The document a file holds. Raises Unreadable in words: none, not the kind wanted, another version, changed since
    it was written."""
    try:
        written = json.loads(kept.decode("utf-8-sig"))
        kind, version, digest = written["kind"], written["version"], written["digest"]
    except (ValueError, TypeError, KeyError):
        raise Unreadable(
            f"「{name}」不是{wanted.TITLE}的存档，请选 python -m reports {wanted.NAME} 写出的 json 文件。"
        ) from None
    if kind in DOCUMENTS and kind != wanted.KIND:
        raise Unreadable(
            f"「{name}」是{DOCUMENTS[kind].TITLE}的存档，不是{wanted.TITLE}的，请选 python -m reports "
            f"{wanted.NAME} 写出的 json 文件。"
        )
    if kind != wanted.KIND or version not in range(1, wanted.VERSION + 1):  # older ones lack only what came later
        raise Unreadable(f"「{name}」是另一个版本写的，这个版本读不了，请用当时的版本打印。")
    try:
        made = _read(wanted, written[wanted.NAME])
    except (TypeError, KeyError, ValueError, AttributeError):
        raise Unreadable(f"「{name}」的内容不完整，请换一份没有改动过的存档。") from None
    if made.digest != digest:
        raise Unreadable(f"「{name}」的内容与指纹不符，可能被改动过，没有打印；请换一份没有改动过的存档。")
    return made


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _read(kind: Any, value: Any) -> Any:
    """A value of the type a field declares, from what JSON has for it."""
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        held = [one for one in fields(kind) if one.name in value or not one.metadata.get("later")]
        return kind(**{one.name: _read(hints[one.name], value[one.name]) for one in held})
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if value is None else _read(_chosen(inner, value), value)
    if origin is tuple:
        each = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_read(one, item) for one, item in zip(each, value, strict=True))
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if not isinstance(value, (int, float) if kind is float else kind):
        raise TypeError(str(kind))
    return value


def _chosen(inner: tuple[Any, ...], value: Any) -> Any:
    """Which type of a union a value that is there has: words are words, anything else is the other type."""
    kinds = [one for one in inner if one is not types.NoneType]
    return str if str in kinds and isinstance(value, str) else kinds[-1]
