"""Fixtures every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REAL = Path(os.environ.get("CAMPUS_REAL_FILES") or ROOT.parent / "shared" / "data" / "real")


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
