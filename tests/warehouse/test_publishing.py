"""Publication: whole or not at all, generations that only grow, twelve kept, rollback, and a kill in the middle."""

import json
import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

import warehouse
from warehouse import paths
from warehouse.errors import Busy, GateFailed, NoBuild
from warehouse.publishing import exclusive

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    return tmp_path


def publish(number: int, gate=lambda connection: None, write=None) -> warehouse.Build:
    def fill(connection):
        connection.execute(f"CREATE TABLE t AS SELECT {number} AS n")

    with exclusive():
        return warehouse.publish(
            write or fill,
            gate,
            name=f"b{number:02}",
            data_date=datetime(2026, 11, 22),
            origin="school",
            digest=f"d{number}",
        )


def leftovers(home: Path) -> set[str]:
    return {path.name for path in (home / "builds").iterdir()} - {".lock"}


def test_nothing_published_is_no_build():
    assert warehouse.current() is None
    assert warehouse.history() == []


def test_a_published_build_answers_and_cannot_be_written():
    build = publish(1)
    assert build.generation == 1
    assert warehouse.current().query("SELECT n FROM t WHERE n = ?", [1])["n"].tolist() == [1]
    with pytest.raises(duckdb.Error):
        build.query("CREATE TABLE u AS SELECT 1")
    with pytest.raises(duckdb.Error):
        build.query("SELECT * FROM read_csv('/etc/passwd')")


def test_the_file_has_the_fixed_storage_version_and_no_log_beside_it(home):
    build = publish(1)
    with duckdb.connect(str(build.path), read_only=True) as connection:
        tags = connection.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'b01'").fetchone()[0]
    assert "v1.5.0" in tags["storage_version"]
    assert leftovers(home) == {"b01.duckdb", "b01.build.json", "current.json"}


@pytest.mark.parametrize("where", ["write", "gate"])
def test_a_failed_build_leaves_no_trace_and_the_old_one_served(home, where):
    publish(1)

    def broken(connection):
        raise GateFailed("坏了")

    with pytest.raises(GateFailed):
        publish(2, **{where: broken})
    assert warehouse.current().name == "b01"
    assert leftovers(home) == {"b01.duckdb", "b01.build.json", "current.json"}


def test_twelve_are_kept_and_rolling_back_moves_only_the_pointer(home):
    for number in range(1, 16):
        publish(number)
    assert [build.name for build in warehouse.history()] == [f"b{number:02}" for number in range(15, 3, -1)]
    assert len(list((home / "builds").glob("*.duckdb"))) == 12
    assert warehouse.rollback().name == "b14"
    assert warehouse.rollback().name == "b13"
    assert warehouse.rollback("b04").name == "b04"
    assert warehouse.current().generation == 18
    assert warehouse.current().query("SELECT n FROM t")["n"].tolist() == [4]
    with pytest.raises(NoBuild):
        warehouse.rollback("b01")
    publish(16)
    assert "b04" not in [build.name for build in warehouse.history()]
    assert warehouse.current().generation == 19


def test_a_build_that_is_being_read_can_be_rolled_back_to(home):
    first = publish(1)
    assert first.query("SELECT n FROM t")["n"].tolist() == [1]
    publish(2)
    assert warehouse.rollback().query("SELECT n FROM t")["n"].tolist() == [1]


def test_readers_cannot_be_reconfigured():
    build = publish(1)
    for query in (
        "SET enable_external_access = true",
        "SET threads = 1",
        "ATTACH ':memory:' AS other",
        "SELECT * FROM glob('/etc/*')",
    ):
        with pytest.raises(duckdb.Error):
            build.query(query)


def test_nothing_older_to_roll_back_to():
    publish(1)
    with pytest.raises(NoBuild):
        warehouse.rollback()


def test_the_same_inputs_after_a_rollback_point_forward_again():
    publish(1)
    publish(2)
    warehouse.rollback()
    again = publish(2, write=lambda connection: pytest.fail("made twice"))
    assert (again.name, again.generation) == ("b02", 4)


def test_two_publishers_do_not_meet():
    with exclusive(), pytest.raises(Busy), exclusive():
        pass


KILLED = """
import os, signal, sys
from datetime import datetime
import warehouse
from warehouse import publishing as module
moment = sys.argv[1]
def die(*arguments, **more):
    os.kill(os.getpid(), signal.SIGKILL)
if moment == "gate":
    gate = die
else:
    gate = lambda connection: None
    setattr(module, moment, die)
with module.exclusive():
    warehouse.publish(lambda connection: connection.execute("CREATE TABLE t AS SELECT 2 AS n"), gate,
                      name="b02", data_date=datetime(2026, 11, 22), origin="school", digest="d2")
"""


@pytest.mark.parametrize("moment", ["close", "gate", "_synchronise", "_write_json", "_retire"])
def test_killed_in_the_middle_the_old_build_stays_and_the_next_publication_cleans_up(home, moment):
    publish(1)
    done = subprocess.run([sys.executable, "-c", KILLED, moment], cwd=ROOT, env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    expected = "b02" if moment == "_retire" else "b01"
    assert warehouse.current().name == expected
    assert warehouse.current().query("SELECT n FROM t")["n"].tolist() == [int(expected[1:])]
    assert [build.name for build in warehouse.history()][0] == expected
    publish(3)
    names = {"b01", "b03"} | ({"b02"} if moment == "_retire" else set())
    assert leftovers(home) == {f"{name}{end}" for name in names for end in (".duckdb", ".build.json")} | {
        "current.json"
    }


def test_a_file_placed_while_the_pointer_never_moved_is_not_history(home):
    publish(1)
    entry = json.loads((home / "builds" / "current.json").read_text()) | {"name": "b02", "generation": 2}
    (home / "builds" / "b02.build.json").write_text(json.dumps(entry))
    assert [build.name for build in warehouse.history()] == ["b01"]
    publish(3)
    assert not (home / "builds" / "b02.build.json").exists()


def test_paths_hang_below_one_folder(home):
    assert all(home in path.parents for path in (paths.builds(), paths.inbox(), paths.landing("demo")))
