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
    said = {key: block["label"] + block["question"] + block["formula"] for key, block in metrics.items()}
    assert [key for key, words in said.items() for word in (*OLD, *METHODS) if word in words] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/operating.md", "docs/glossary.md"])
def test_the_papers_use_the_same_words(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [word for word in OLD if word in text] == []
