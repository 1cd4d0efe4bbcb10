"""The direction of imports, who knows Streamlit, where SQL stands, and how long a file may be."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["etl", "warehouse", "metrics", "ledger", "reports", "ui", "pages", "dashboard", "serve"]
ALLOWED = {
    "warehouse": set(),
    "etl": {"warehouse"},
    "metrics": {"warehouse"},
    "ledger": set(),
    "reports": {"metrics", "ledger", "ui", "warehouse"},
    "ui": {"metrics", "ledger", "warehouse"},
    "pages": {"ui", "metrics", "ledger", "reports"},
    "dashboard": {"ui"},
    "serve": {"ui"},
}
SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|CREATE\s+(OR\s+REPLACE\s+)?(TABLE|VIEW)|DELETE\s+FROM)\b", re.DOTALL)


def files(room: str) -> list[Path]:
    single = ROOT / f"{room}.py"
    return [single] if single.exists() else sorted((ROOT / room).rglob("*.py"))


ALL_FILES = [(room, path) for room in ROOMS for path in files(room)]
WITHOUT_SQL = [(room, path) for room, path in ALL_FILES if room not in {"etl", "warehouse", "metrics"}]
WITHOUT_CLOCK = [(room, path) for room, path in ALL_FILES if room in {"metrics", "reports", "ui", "pages"}]


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def name_of(case: object) -> str:
    return str(case.relative_to(ROOT)) if isinstance(case, Path) else str(case)


@pytest.mark.parametrize(("room", "path"), ALL_FILES, ids=name_of)
def test_imports_point_one_way(room: str, path: Path):
    ours = {name.split(".")[0] for name in imported(path)} & set(ROOMS)
    assert ours - ALLOWED[room] - {room} == set()


def test_reports_know_charts_and_nothing_else_of_ui():
    for path in files("reports"):
        used = {name for name in imported(path) if name.startswith("ui.")}
        assert all(name.startswith("ui.charts") for name in used), path


@pytest.mark.parametrize(("room", "path"), ALL_FILES, ids=name_of)
def test_only_the_screen_knows_streamlit(room: str, path: Path):
    knows = any(name.split(".")[0] == "streamlit" for name in imported(path))
    assert not knows or room in {"ui", "pages", "dashboard", "serve"}


PRINTERS = {"docx", "pptx", "typst", "matplotlib"}
NETWORK = {"urllib.request", "http.client", "requests", "httpx", "smtplib", "ftplib"}


@pytest.mark.parametrize(("room", "path"), ALL_FILES, ids=name_of)
def test_only_reports_print_and_only_the_robot_calls_out(room: str, path: Path):
    known = imported(path)
    assert room == "reports" or not PRINTERS & {name.split(".")[0] for name in known}
    assert path.name == "notify.py" or not NETWORK & known


@pytest.mark.parametrize(("room", "path"), WITHOUT_SQL, ids=name_of)
def test_sql_stands_only_where_it_belongs(room: str, path: Path):
    assert not SQL.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("room", "path"), ALL_FILES, ids=name_of)
def test_files_stay_small(room: str, path: Path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= (60 if room == "pages" else 260)


@pytest.mark.parametrize("path", sorted((ROOT / "etl" / "models").glob("*.sql")), ids=lambda path: path.name)
def test_models_stay_small(path: Path):
    assert path.read_text(encoding="utf-8").count("\n") <= 120


@pytest.mark.parametrize(("room", "path"), WITHOUT_CLOCK, ids=name_of)
def test_no_clock_in_a_number(room: str, path: Path):
    """Only landing, publishing and the ledger may look at the clock: when something was written down is a fact, not a number."""
    assert not re.search(r"datetime\.now\(|date\.today\(|time\.time\(|now\(\)|current_date|current_timestamp", path.read_text(encoding="utf-8"))
