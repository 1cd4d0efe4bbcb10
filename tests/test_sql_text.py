"""No statement of ours uses a window DuckDB 1.5.5 can answer wrongly: ordered and unbounded on both sides (duckdb#24985)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("etl", "metrics", "warehouse", "ledger", "data/school")
OVER = re.compile(r"\bOVER\s*\(|\b(?:WINDOW|,)\s*\w+\s+AS\s*\(", re.IGNORECASE)
WHOLE = re.compile(r"BETWEEN\s+UNBOUNDED\s+PRECEDING\s+AND\s+UNBOUNDED\s+FOLLOWING", re.IGNORECASE)
ARROW = re.compile(r"[(,]\s*\w+\s*->\s")  # how a lambda was written; 2.0 refuses it


def windows(text: str) -> list[str]:
    """What stands between the brackets of every OVER (…) and WINDOW name AS (…)."""
    inside = []
    for start in OVER.finditer(text):
        depth, at = 1, start.end()
        while depth and at < len(text):
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            at += 1
        inside.append(text[start.end() : at - 1])
    return inside


def unsafe(text: str) -> list[str]:
    return [window for window in windows(text) if WHOLE.search(window) and re.search(r"\bORDER\s+BY\b", window, re.I)]


def statements() -> dict[str, str]:
    """Every file that may hold SQL."""
    files = [path for room in ROOMS for end in ("*.sql", "*.py") for path in (ROOT / room).rglob(end)]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_no_window_is_ordered_and_unbounded_on_both_sides():
    assert {name: found for name, text in statements().items() if (found := unsafe(text))} == {}


def test_no_lambda_is_written_the_old_way():
    models = {name: text for name, text in statements().items() if name.endswith(".sql")}
    assert [name for name, text in models.items() if ARROW.search(text)] == []


@pytest.mark.parametrize(("text", "is_unsafe"), [
    ("sum(x) OVER (PARTITION BY f(a) ORDER BY b RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)", True),
    ("WINDOW w AS (ORDER BY b ROWS BETWEEN unbounded preceding AND unbounded following)", True),
    ("sum(x) OVER (PARTITION BY a ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)", False),
    ("sum(x) OVER (PARTITION BY a ORDER BY b)", False),
    ("sum(x) OVER (ORDER BY b ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)", False),
])  # fmt: skip
def test_the_check_knows_such_a_window(text, is_unsafe):
    assert bool(unsafe(text)) == is_unsafe
