"""What a kind is stands in its own file: nobody else compares its name, and every one answers the same questions."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.define import catalogue, kinds
from metrics.define.kinds import kind as base

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("metrics", "reports", "ledger", "ui", "pages", "benchmarks")
NAMES = set(kinds.BY_NAME)
OTHERS = {"column"}  # kinds of columns of a table on the screen are a word too
QUESTIONS = [name for name in vars(base.Kind) if not name.startswith("_")]


def product() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in (ROOT / room).rglob("*.py") if ROOT / "metrics/define/kinds" not in path.parents)


def told_in(node: ast.AST, constants: dict[str, ast.AST]) -> set[str]:
    """The strings of an expression, those behind a module's names too."""
    words = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    named = [constants[one.id] for one in ast.walk(node) if isinstance(one, ast.Name) and one.id in constants]
    return words.union(*(told_in(one, {}) for one in named))


def asks_for_a_kind(node: ast.AST) -> bool:
    """`….kind` or `….kind.name`, unless it is that of another sort of thing."""
    if isinstance(node, ast.Attribute) and node.attr == "name":
        node = node.value
    if not isinstance(node, ast.Attribute) or node.attr != "kind":
        return False
    return not (isinstance(node.value, ast.Name) and node.value.id in OTHERS)


def comparisons(text: str) -> list[str]:
    """The places of a file where a kind stands against the name of a kind of metric, or opens a table by it."""
    tree = ast.parse(text)
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    places = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Subscript):
            sides = [node.slice, node.value]
        elif isinstance(node, ast.Match):
            sides = [node.subject, *(case.pattern for case in node.cases)]
        else:
            continue
        asked = [side for side in sides if asks_for_a_kind(side)]
        others = [side for side in sides if side not in asked]
        if asked and NAMES & set().union(*(told_in(side, constants) for side in others)):
            places.append(f"{node.lineno}: {ast.unparse(node)}")
    return places


def test_no_file_compares_the_kind_of_a_metric_with_a_word():
    assert {str(path.relative_to(ROOT)): found for path in product() if (found := comparisons(path.read_text()))} == {}


@pytest.mark.parametrize(
    "text",
    [
        'metric.kind == "stock"',
        'one.kind.name in ("count", "sum")',
        'KINDS = ("mean", "duration")\nself.metric.kind in KINDS',
        'READERS = {"ratio": 1}\nREADERS[metric.kind.name]',
        'match metric.kind:\n    case "streak":\n        pass',
    ],
)
def test_the_test_sees_a_comparison(text):
    assert len(comparisons(text)) == 1


def test_the_test_leaves_other_kinds_alone():
    assert comparisons('finding.kind == "cell"\ncolumn.kind == "count"\nmetric.kind.is_rate') == []


def test_every_kind_is_one_file_in_the_list_and_in_use():
    assert {type(kind).__module__.rpartition(".")[2] for kind in kinds.ALL} == NAMES
    assert {metric.kind.name for metric in catalogue.all()} == NAMES


def test_a_kind_answers_nothing_but_the_questions_of_all():
    for kind in kinds.ALL:
        asked = {name for level in type(kind).__mro__[:-1] for name in vars(level) if not name.startswith("_")}
        assert asked - {"name", "words"} == set(QUESTIONS), kind


def test_kinds_of_one_name_are_equal_wherever_they_come_from():
    assert kinds.BY_NAME["stock"] == type(kinds.BY_NAME["stock"])() != kinds.BY_NAME["streak"]
