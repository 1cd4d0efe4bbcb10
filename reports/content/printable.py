"""Words that any form of document can hold: a sign that XML cannot write would cost the reader the whole document."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
Made = TypeVar("Made")


def printable(made: Made) -> Made:
    """The same document, table or text without such signs. What was landed is clean already; what people type into
    the ledger, a template's words or an older build may not be."""
    clean = _cleaned(made)
    if clean is not made and hasattr(made, "digest"):
        vars(clean)["digest"] = made.digest  # the footer names the document that is kept
    return clean  # type: ignore[return-value]


def _cleaned(one: object) -> object:
    if isinstance(one, str):
        return _UNPRINTABLE.sub("", one)
    if isinstance(one, tuple):
        parts = [_cleaned(part) for part in one]
        if all(new is old for new, old in zip(parts, one, strict=True)):
            return one
        return one._make(parts) if hasattr(one, "_make") else tuple(parts)
    if is_dataclass(one) and not isinstance(one, type):
        old = {field.name: getattr(one, field.name) for field in fields(one) if field.init}
        new = {name: _cleaned(value) for name, value in old.items()}
        changed = {name: value for name, value in new.items() if value is not old[name]}
        return replace(one, **changed) if changed else one
    return one
