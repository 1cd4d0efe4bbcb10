"""Fixtures every test may use; which tests are slow, and who runs what."""

import gc
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import settings

import warehouse
from tests import kept
from warehouse import builds

ROOT = Path(__file__).resolve().parent.parent
SHARING = {"tests/browser/": "browser"}  # beginning of the path → what runs together
SLOW_FIXTURES = {  # a demonstration campus, a browser, files by strangers, pages on files that were loaded
    *("campus_home", "twentieth_home", "browser_home", "chromium", "real"),
    *("written_home", "safety_home", "duty_home", "trained_home", "served"),
}
SLOW_PLACES = (  # whole builds, pages, documents, child processes, every metric by every dimension: seconds a file
    *(
        "tests/pages/",
        "tests/reports/",
        "tests/etl/build/",
        "tests/etl/models/",
        "tests/etl/landing/",
        "tests/etl/sandbox/",
        "tests/etl/clocks/",
        "tests/etl/command/test_withdraw",
        "tests/test_portable",
    ),
    *("tests/metrics/ask/test_walk", "tests/metrics/ask/test_standing_shares"),
    "tests/metrics/campaigns/test_variation",
    *("tests/metrics/signals/", "tests/metrics/ahead/", "tests/metrics/define/test_whole_catalogue"),
    *("tests/metrics/branches/test_portrait", "tests/metrics/branches/test_review", "tests/metrics/compare/test_pivot"),
)
REAL = Path(os.environ.get("CAMPUS_REAL_FILES") or ROOT.parent / "shared" / "data" / "real")


def pytest_configure(config: pytest.Config) -> None:
    """Workers take files in the order of pytest_collection_modifyitems; DuckDB works in one thread.

    A drawn table has a handful of rows, and threads that wait for work take a third of the time. What is started as a
    program (the demonstration, the servers of the browser tests) has as many as it finds.
    """
    config.option.loadscopereorder = False
    settings.register_profile("no clock", deadline=None)  # how long an example takes says how busy the machine is
    settings.load_profile("no clock")
    connect = duckdb.connect

    def in_one_thread(database: object = ":memory:", read_only: bool = False, config: dict | None = None):
        return connect(database, read_only=read_only, config={"threads": "1"} | (config or {}))

    duckdb.connect = in_one_thread


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow by what it needs; what takes longest begins first: the browser,
    then files with something slow.
    """
    for item in items:
        if item.nodeid.startswith(SLOW_PLACES) or SLOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    slow = {_unit(item.nodeid) for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (_unit(item.nodeid) not in SHARING.values(), _unit(item.nodeid) not in slow))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What has been imported by now stays: the collector need not walk over it again at every turn."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """`-n auto`: two workers more than cores, for browsers, locks and child processes are waited for more than half of
    the time."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """A file is run by one worker, and so are all the files that share something expensive."""
    from xdist.scheduler import LoadScopeScheduling

    class Units(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _unit(nodeid)

    return Units(config, log)


def _unit(nodeid: str) -> str:
    file = nodeid.partition("::")[0]
    return next((name for start, name in SHARING.items() if file.startswith(start)), file)


@pytest.fixture(scope="session")
def real() -> Path:
    """Folder of real files by strangers; tests that need them are skipped where it is missing."""
    if not REAL.is_dir():
        pytest.skip("real files are not on this machine")
    return REAL


@pytest.fixture(autouse=True)
def own_key(tmp_path_factory, monkeypatch):
    """A key of the tests' own, so that no test touches the user's."""
    monkeypatch.setenv("CAMPUS_KEY_FILE", str(key_file(tmp_path_factory)))


def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tests' key: the same in every test."""
    path = tmp_path_factory.getbasetemp() / "key"
    if not path.exists():
        path.write_bytes(b"a key for tests only, thirty-two bytes at least")
        path.chmod(0o600)
    return path


@pytest.fixture(autouse=True, scope="module")
def forget_builds():
    """Close what a module's tests have opened: hundreds of small builds would stay in memory until the end."""
    yield
    while builds._connections:
        builds._connections.popitem()[1].close()


@pytest.fixture(scope="session")
def campus_home() -> Iterator[Path]:
    """Data folder of the four-year demonstration campus,
    made by the real command line once and kept: read it, never write.
    """
    home = kept.demonstration()
    before = _contents(home)
    yield home
    assert _contents(home) == before, "a test has written into the kept campus: kept.copy() gives one to write into"


@pytest.fixture(scope="session")
def twentieth_home() -> Path:
    """A twentieth of it, all four years: read it, never write."""
    return kept.demonstration("--years", "4", "--scale", "0.05")


def _contents(home: Path) -> dict[Path, tuple[int, int]]:
    stats = {path: path.stat() for path in home.rglob("*")}
    return {path: (stat.st_size, stat.st_mtime_ns) for path, stat in stats.items()}


@pytest.fixture(scope="session")
def campus(campus_home) -> warehouse.Build:
    """The demonstration campus's published build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPUS_DATA", str(campus_home))
        return warehouse.current()


@pytest.fixture(scope="session")
def truth(campus_home) -> dict:
    """What was planted in it, as the generator wrote it down."""
    return tomllib.loads((campus_home / "demo" / "exports" / "truth.toml").read_text(encoding="utf-8"))
