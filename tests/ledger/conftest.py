"""Every promise of the ledger is tested on a SQLite file and on a real PostgreSQL of the tests' own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import psycopg
import pytest

from ledger import Agreed, Ledger, connect, open_ledger

NOW = datetime(2026, 11, 16, 9, 30)
HOW = "没有 PostgreSQL：运行 sh scripts/database.sh 安装后重试"


def programs() -> Path | None:
    """Folder of initdb and pg_ctl: on the path, or where Debian keeps them (newest first)."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: -int(path.parts[-3]))
    return kept[0].parent if kept else None


def somebody() -> dict:
    """Whom to run it as: PostgreSQL refuses root, so root lends it to postgres or nobody."""
    if not hasattr(os, "getuid") or os.getuid() != 0:
        return {}
    import pwd  # not on Windows

    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    raise RuntimeError("neither postgres nor nobody exists on this machine")


@pytest.fixture(scope="session")
def server() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL on a socket in a folder of its own, ended afterwards; server("name") makes a database and gives its
    address."""
    where, who = programs(), somebody()
    if where is None:
        pytest.fail(HOW) if os.environ.get("CI") else pytest.skip(HOW)
    folder = Path(tempfile.mkdtemp(prefix="ledger-", dir="/tmp"))
    if who:
        os.chown(folder, who["user"], who["group"])
    data, log = folder / "data", folder / "log"

    def run(*command: str) -> None:
        done = subprocess.run(
            command, cwd=folder, env=os.environ | {"HOME": str(folder)}, capture_output=True, text=True, **who
        )
        assert done.returncode == 0, (
            f"{command[0]}: {done.stdout}{done.stderr}{log.read_text() if log.exists() else ''}"
        )

    run(
        str(where / "initdb"),
        "-D",
        str(data),
        "-U",
        "campus",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync",
    )
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    run(str(where / "pg_ctl"), "-D", str(data), "-l", str(log), "-o", settings, "-w", "start")

    def database(name: str) -> str:
        with psycopg.connect(f"host={folder} user=campus dbname=postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return f"postgresql://campus@/{name}?host={folder}"

    yield database
    run(str(where / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path, monkeypatch) -> Iterator[str]:
    """The address of an empty ledger, on both databases."""
    monkeypatch.delenv(connect.SETTING, raising=False)
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'actions.sqlite'}"
        return
    yield request.getfixturevalue("server")(f"test{abs(hash(request.node.nodeid))}")
    while connect._engines:
        connect._engines.popitem()[1].dispose()


@pytest.fixture
def ledger(url) -> Ledger:
    """An empty ledger whose clock stands still."""
    return Ledger(open_ledger(url).engine, lambda: NOW)


def agreed(**other) -> Agreed:
    """An assignment that is in order, with what is given put in its place."""
    given = {
        "task": "清理3号楼一层充电点",
        "unit": "后勤处",
        "post": "维修科长",
        "given_on": date(2026, 11, 16),
        "due": date(2026, 11, 20),
        "why": "3号楼 电动车充电 12 条，平时 3 条。",
        "check": {"kind": "no_new", "table": "hazards", "filters": {"building": ["D03"]}, "days": 7},
        "signal": {"metric": "hazard_count", "week": "2026-11-09"},
    }
    return Agreed(**given | other)
