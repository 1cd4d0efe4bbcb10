"""Every key a page keeps in its address is known to the list, so that the note about a strange one is true."""

import ast
import re
from pathlib import Path

from ui.frame import address, filters

ROOT = Path(__file__).resolve().parents[3]
CHOICES = {"select": 1, "switch": 1, "tick": 1, "from_address": 0}  # where each is given its key


def constant(node: ast.AST) -> list[str]:
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def keys_of(tree: ast.Module) -> set[str]:
    """Keys written as words in calls of choice, in st.query_params[…] and .get(…), and of what is bound to them."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, ast.unparse(node.func.value)
            if owner == "choice" and name in CHOICES:
                found.update(constant(node.args[CHOICES[name]]))
            if owner in ("st.query_params", "params") and name in ("get", "pop", "get_all") and node.args:
                found.update(constant(node.args[0]))
            if any(one.arg == "bind" for one in node.keywords):
                found.update(key for one in node.keywords if one.arg == "key" for key in constant(one.value))
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "st.query_params":
            found.update(constant(node.slice))
    return found


def test_every_key_a_page_keeps_is_on_the_list():
    files = [*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    used = {key for file in files for key in keys_of(ast.parse(file.read_text(encoding="utf-8")))}
    assert len(used) > 40
    assert sorted(address.unknown(used)) == []


def test_the_filters_keys_are_nobody_elses():
    assert not address.OWN & set(filters.KEYS)


def test_a_strange_key_is_named_and_a_chat_programs_is_not():
    assert address.note(["building", "since", "check_metric", "from", "isappinstalled", "utm_source"]) == ""
    assert address.note(["buildng", "metric"]) == "有不认识的部分（buildng），已忽略"
    assert address.note(["a1", "b2", "c3", "d4", "x" * 99]) == "有不认识的部分（a1、b2、c3 等 5 处），已忽略"
    assert re.search(r"（x{20}），", address.note(["x" * 99]))
