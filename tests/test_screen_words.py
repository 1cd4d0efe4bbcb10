"""Words a leader need not know stand nowhere on a screen; what was once said clumsily is not said again.

Looked for in every string the product may show (docstrings and comments are not shown),
in the catalogue's labels and in
the file of pages. How a number is computed (「怎么算」: the catalogue's notes) may name a method.
"""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("ui", "pages", "reports", "metrics")
OLD = ("零且活跃", "时好时坏", "关了又开", "下钻", "比预期多多少", "偶然机会", "按合计推算约", "最短的是火灾")
METHODS = ("Kaplan", "log-rank", "t 图", "泊松", "VARCHAR）")

FILES = ("data/school", ".csv", "Parquet")
FIELDS = ("label", "question", "formula", "source")  # of a metric on the screen; its note stands behind 怎么算


def shown(path: Path) -> list[str]:
    """Every string of a file that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False)
        if isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_old_words_and_methods_are_on_no_screen(room):
    found = [
        (str(path.relative_to(ROOT)), word)
        for path in sorted((ROOT / room).rglob("*.py"))
        for text in shown(path)
        for word in (*OLD, *METHODS)
        if word in text
    ]
    assert found == []


def test_the_catalogue_says_its_questions_plainly():
    metrics = tomllib.loads((ROOT / "metrics" / "define" / "catalogue.toml").read_text(encoding="utf-8"))
    said = {key: "".join(block[name] for name in FIELDS) for key, block in metrics.items()}
    assert [key for key, words in said.items() for word in (*OLD, *METHODS, *FILES) if word in words] == []


@pytest.mark.parametrize("folder", ["etl/sources", "data/school"])
def test_what_sources_and_the_school_declare_is_said_as_plainly(folder):
    """Names, labels and categories of a declaration come to the screen as they are; so do red lines and cadences."""
    found = [
        (path.name, word)
        for path in sorted((ROOT / folder).glob("*.toml"))
        for text in strings(tomllib.loads(path.read_text(encoding="utf-8-sig")))
        for word in (*OLD, *METHODS)
        if word in text
    ]
    assert found == []


def strings(value: object) -> list[str]:
    """Every text in plain values."""
    if isinstance(value, dict | list):
        return [text for one in (value.values() if isinstance(value, dict) else value) for text in strings(one)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/operating.md", "docs/glossary.md"])
def test_the_papers_use_the_same_words(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [word for word in OLD if word in text] == []
