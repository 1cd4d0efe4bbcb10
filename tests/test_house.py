"""Promises about the repository itself."""

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

from tests.every import every

ROOT = Path(__file__).resolve().parent.parent


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    kinds = {".py", ".toml", ".md", ".sql", ".sh", ".txt", ".csv", ".yml", ".css", ".svg", ""}
    return [(path, path.read_text(encoding="utf-8", errors="replace")) for path in tracked() if path.suffix in kinds]


def test_requirements_pin_exact_versions_and_name_no_host():
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            assert re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][^ ]*", line), line


def test_every_direct_dependency_is_explained():
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    direct = (ROOT / "requirements.txt").read_text(encoding="utf-8").split("# what those need")[0]
    for name in re.findall(r"^([a-z0-9-]+)==", direct, re.MULTILINE):
        assert f"`{name}`" in reasons, name


def test_no_path_of_a_machine_is_committed():
    pattern = re.compile(r"/(work|root|home/[a-z]+)/(main|tmp|shared|\.pyenv)")
    assert [str(path) for path, text in texts() if pattern.search(text)] == []


def test_no_phone_or_id_number_of_a_real_shape_is_committed():
    """Made-up phones begin with 1380000 or 1390000; a checksum-valid ID number stands nowhere."""
    phone = re.compile(r"(?<![\d.])1(?!380000|390000)[3-9]\d{9}(?![\d.])")
    found = [(str(path), match) for path, text in texts() for match in phone.findall(text)]
    assert found == []


@every(
    "name",
    ["dashboard.py", "pages", "etl", "data", "tests", "requirements.txt", "LICENSE", "README.md", "README.zh-CN.md"],
)
def test_top_level_is_what_was_promised(name: str):
    assert (ROOT / name).exists()


def test_nothing_lies_directly_in_pages():
    """A file there would be served by the legacy multipage mode without dashboard.py running first."""
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == []


def test_make_targets_in_the_readme_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name in ["README.md", "README.zh-CN.md"]:
        used = set(re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        assert {"run", "test"} <= used <= targets


def test_no_folder_of_tests_is_walked_past(pytestconfig):
    """pytest leaves out folders by name, and says nothing."""
    folders = {name for path in (ROOT / "tests").rglob("test_*.py") for name in path.relative_to(ROOT).parts[:-1]}
    left_out = pytestconfig.getini("norecursedirs")
    assert [name for name in sorted(folders) if any(fnmatch(name, pattern) for pattern in left_out)] == []
