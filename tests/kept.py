"""Demonstration campuses made once by the real command line and kept, outside the repository, for as long as the code that makes them.

A kept campus is known by the content of everything that goes into it (etl and warehouse, which import nothing else of ours;
data/school; requirements.txt) and by what was asked for. Whoever needs it first makes it, under a lock; everybody else waits.
CAMPUS_TEST_CACHE names another folder than the user's cache; deleting it costs one demonstration.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parent.parent
MADE_FROM = ("etl", "warehouse", "data/school", "requirements.txt")
KEPT_DAYS = 14


def folder() -> Path:
    """Where campuses are kept."""
    users = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("CAMPUS_TEST_CACHE") or users / "campus-safety-tests")


@cache
def fingerprint() -> str:
    """Over name and content of every file a demonstration is made from, and the Python that makes it."""
    paths = [path for name in MADE_FROM for path in [ROOT / name, *(ROOT / name).rglob("*")] if path.is_file()]
    whole = hashlib.sha256(sys.version.encode())
    for path in sorted(paths):
        if "__pycache__" not in path.parts:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{path.relative_to(ROOT).as_posix()} {content}\n".encode())
    return whole.hexdigest()[:20]


def demonstration(*options: str) -> Path:
    """Data folder of `python -m etl demo` with these options. Only read it: others read the same; who writes takes a copy()."""
    home = folder() / "-".join([fingerprint(), *(option.strip("-") for option in options)])
    home.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(home.parent / f".{home.name}.lock"):
        if not home.exists():
            _forget_old()
            _make(home, options)
        os.utime(home)
    return home


def copy(home: Path, to: Path) -> Path:
    """A kept campus to write into."""
    return shutil.copytree(home, to, dirs_exist_ok=True)


def _make(home: Path, options: tuple[str, ...]) -> None:
    """Made aside and renamed when it is whole, so that nobody meets half a campus."""
    with tempfile.TemporaryDirectory(dir=home.parent, prefix=".making-") as aside:
        half = Path(aside) / "home"
        shutil.copytree(ROOT / "data" / "school", half / "school")
        environment = os.environ | {"CAMPUS_DATA": str(half), "CAMPUS_KEY_FILE": str(half / "key")}
        command = [sys.executable, "-m", "etl", "demo", *options]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)
        assert done.returncode == 0, done.stderr[-2000:]
        os.replace(half, home)


def _forget_old() -> None:
    """Campuses nobody has asked for in two weeks were made by code that is gone."""
    for home in folder().iterdir():
        if home.is_dir() and time.time() - home.stat().st_mtime > KEPT_DAYS * 86400:
            shutil.rmtree(home, ignore_errors=True)
            (folder() / f".{home.name}.lock").unlink(missing_ok=True)
