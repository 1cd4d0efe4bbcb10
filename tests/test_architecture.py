"""The direction of imports between rooms and inside them, who knows Streamlit, where SQL stands,
and how long a file may be.
"""

import ast
import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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
# Inside a room: who stands before whom. An import may stay in its own inner room or point to an earlier one.
# Rooms of one line stand beside each other and do not know one another.
INNER = {
    "etl": [
        "form",
        "sandbox reading privacy places",
        "typing",
        "declare clocks",
        "landing",
        "build",
        "demo",
        "command",
    ],
    "etl.demo": ["form", "campus", "records", "incidents community party services training duty", "whole"],
    "metrics": ["define methods", "ask", "compare", "duties places", "campaigns", "branches", "signals", "ahead"],
    "reports": ["content", "brief book print", "command"],
    "ui": ["charts", "frame", "export", "widgets server", "parts"],
    "ui.parts": ["heat trend records actions campaigns", "explorer branches", "meeting", "safety", "explore"],
}
OUTSIDE = {
    "etl": {"models", "checks", "sources"},
    "ui": {"assets"},
}  # no inner room of the order: data, or the generator
AT_MOST_IN_A_ROOM = {"ui.charts": 22, "etl.build": 18, "ui.frame": 16}  # elsewhere 15 files
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|CREATE\s+(OR\s+REPLACE\s+)?(TABLE|VIEW)|DELETE\s+FROM)\b", re.DOTALL
)
CLOCK = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(|now\(\)|current_date|current_timestamp")
PRINTERS = {"docx", "pptx", "typst", "matplotlib"}
NETWORK = {"urllib.request", "http.client", "requests", "httpx", "smtplib", "ftplib"}


def files(room: str) -> list[Path]:
    single = ROOT / f"{room}.py"
    return [single] if single.exists() else sorted((ROOT / room).rglob("*.py"))


def every() -> list[tuple[str, Path]]:
    return [(room, path) for room in ALLOWED for path in files(room)]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def words(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def imported(path: Path) -> frozenset[str]:
    """Every module a file names, `from a import b` as both a and a.b; those inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(words(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


@cache
def modules() -> dict[str, Path]:
    """Dotted name → file, of everything that is ours."""
    named = {}
    for _, path in every():
        parts = path.relative_to(ROOT).with_suffix("").parts
        named[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return named


def ours(path: Path) -> set[str]:
    """The modules of ours a file imports, the most exact name of each."""
    known = {name for name in imported(path) if name in modules()}
    return {name for name in known if not any(other.startswith(f"{name}.") for other in known)} or known


def rank(room: str, inner: str) -> int:
    """Where an inner room stands in its order."""
    return next((at for at, line in enumerate(INNER[room]) if inner in line.split()), len(INNER[room]))


def test_imports_point_one_way():
    wrong = {
        short(path): extra for room, path in every() if (extra := roots(path) & set(ALLOWED) - ALLOWED[room] - {room})
    }
    assert wrong == {}


def test_inside_a_room_imports_point_one_way_too():
    wrong = []
    for room in INNER:
        depth = room.count(".") + 1
        for name, path in modules().items():
            parts = name.split(".")
            if not name.startswith(f"{room}.") or len(parts) <= depth or parts[depth] in OUTSIDE.get(room, ()):
                continue
            for other in ours(path):
                there = other.split(".")
                if not other.startswith(f"{room}.") or there[depth] == parts[depth]:
                    continue
                if there[depth] in OUTSIDE.get(room, ()) or rank(room, there[depth]) >= rank(room, parts[depth]):
                    wrong.append(f"{name} → {other}")
    assert wrong == [], "an inner room may know only the rooms before it (INNER)"


def test_every_inner_room_has_its_place_in_the_order():
    for room, order in INNER.items():
        folder = ROOT / room.replace(".", "/")
        found = {path.name for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"}
        assert found - OUTSIDE.get(room, set()) == {inner for line in order for inner in line.split()}, room
        assert {path.name for path in folder.glob("*.py")} <= {"__init__.py", "__main__.py"}, (
            f"{room}: a file lies outside its rooms"
        )


def test_there_is_no_circle_anywhere():
    graph = {name: ours(path) - {name} for name, path in modules().items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as problem:
        raise AssertionError(" → ".join(problem.args[1])) from None


def test_rooms_stay_small_enough_to_be_seen_at_once():
    full = {}
    for folder in {path.parent for room, path in every() if room in {"etl", "metrics", "reports", "ui"}}:
        name = ".".join(folder.relative_to(ROOT).parts)
        many = len([path for path in folder.glob("*.py") if path.name != "__init__.py"])
        if many > AT_MOST_IN_A_ROOM.get(name, 15):
            full[name] = many
    assert full == {}


def test_reports_know_charts_and_nothing_else_of_ui():
    wrong = {
        short(path): used for path in files("reports") for used in imported(path) if re.match(r"ui\.(?!charts\b)", used)
    }
    assert wrong == {}


def test_only_the_screen_knows_streamlit():
    screen = {"ui", "pages", "dashboard", "serve"}
    assert [short(path) for room, path in every() if room not in screen and "streamlit" in roots(path)] == []
    assert [short(path) for path in files("ui/charts") if "streamlit" in roots(path)] == []


def test_only_reports_print_and_only_the_robot_calls_out():
    assert [short(path) for room, path in every() if room != "reports" and PRINTERS & roots(path)] == []
    assert [short(path) for _, path in every() if path.name != "notify.py" and NETWORK & imported(path)] == []


def test_sql_stands_only_where_it_belongs():
    may = {"etl", "warehouse", "metrics"}
    assert [short(path) for room, path in every() if room not in may and SQL.search(words(path))] == []
    assert [short(path) for path in files("metrics/methods") if SQL.search(words(path))] == []


def test_files_stay_small():
    long = {
        short(path): lines
        for room, path in every()
        if (lines := words(path).count("\n")) > (60 if room == "pages" else 260)
    }
    assert long == {}


def test_models_stay_small():
    lines = {path.name: words(path).count("\n") for path in (ROOT / "etl" / "models").glob("*.sql")}
    assert {name: count for name, count in lines.items() if count > 120} == {}


def test_no_clock_in_a_number():
    """Only landing, publishing and the ledger may look at the clock:
    when something was written down is a fact, not a number.
    """
    without = {"metrics", "reports", "ui", "pages"}
    assert [short(path) for room, path in every() if room in without and CLOCK.search(words(path))] == []
