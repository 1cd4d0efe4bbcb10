"""Fixtures every test may use."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import warehouse
from warehouse import builds

ROOT = Path(__file__).resolve().parent.parent
SHARING = {"tests/browser/": "browser", "tests/test_truth": "campus"}  # beginning of the path → what runs together
REAL = Path(os.environ.get("CAMPUS_REAL_FILES") or ROOT.parent / "shared" / "data" / "real")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shares a server or the four-year campus begins first: nothing else takes as long."""
    items.sort(key=lambda item: _unit(item.nodeid) not in SHARING.values())


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
    path = tmp_path_factory.getbasetemp() / "key"
    if not path.exists():
        path.write_bytes(b"a key for tests only, thirty-two bytes at least")
    monkeypatch.setenv("CAMPUS_KEY_FILE", str(path))


@pytest.fixture(autouse=True, scope="module")
def forget_builds():
    """Close what a module's tests have opened: hundreds of small builds would stay in memory until the end."""
    yield
    while builds._connections:
        builds._connections.popitem()[1].close()


@pytest.fixture(scope="session")
def campus_home(tmp_path_factory) -> Path:
    """Data folder of the four-year demonstration campus, made by the real command line once per worker."""
    home = tmp_path_factory.mktemp("campus")
    shutil.copytree(ROOT / "data" / "school", home / "school")
    environment = os.environ | {"CAMPUS_DATA": str(home), "CAMPUS_KEY_FILE": str(home / "key")}
    subprocess.run(
        [sys.executable, "-m", "etl", "demo"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    return home


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
