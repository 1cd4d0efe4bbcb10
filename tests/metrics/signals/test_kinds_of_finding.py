"""A kind of finding is one class with fields of its own: nobody compares its name, nothing travels in a dict of
extras."""

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from metrics.signals import bursts, shifts
from metrics.signals.finding import Finding

ROOT = Path(__file__).resolve().parents[3]
ASKING = [*(ROOT / "metrics" / "signals").glob("*.py"), *(ROOT / "reports").rglob("*.py")]


def kinds(base: type[Finding] = Finding) -> list[type[Finding]]:
    """Every kind: the classes that have a name of their own."""
    below = [kind for child in base.__subclasses__() for kind in kinds(child)]
    return [*([base] if "kind" in vars(base) else []), *below]


def test_every_kind_keeps_the_name_the_ledger_knows_it_by():
    named = {kind: kind.kind for kind in kinds()}
    assert {kind.__module__ for kind in named} == {bursts.__name__, shifts.__name__}
    assert sorted(named.values()) == [
        "branch", "busy", "cell", "deadline", "gap", "grid", "lasting", "series", "silent", "wave", "xmr",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", kinds())
def test_a_finding_carries_fields_and_no_dict_of_extras(kind):
    assert [field.name for field in fields(kind) if "dict" in str(field.type)] == ["where"]
    assert not hasattr(kind, "more")


@pytest.mark.parametrize("path", ASKING, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nobody_asks_a_finding_which_kind_it_is(path):
    wrong = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare) and any(is_kind_of_signal(side) for side in (node.left, *node.comparators)):
            wrong.append(ast.unparse(node))
        if path.parent.name == "signals" and isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr":
            wrong.append(ast.unparse(node))
        if isinstance(node, ast.Attribute) and node.attr == "more":
            wrong.append(ast.unparse(node))
    assert wrong == [], "ask the finding (metrics/signals/finding.py), or give its class the answer"


def is_kind_of_signal(node: ast.expr) -> bool:
    """finding.kind, signal.kind, self.kind; other things may have kinds."""
    asked = isinstance(node, ast.Attribute) and node.attr == "kind" and ast.unparse(node.value)
    return asked in {"one", "other", "self", "finding", "signal", "signal.finding"}
