"""What the other tests lean on: cases in one test are all told, a kept campus is made once and never stale."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import kept
from tests.every import every


def test_every_case_that_fails_is_told_and_the_others_are_not():
    @every(("number", "limit"), [(1, 2), (3, 2), (2, 2), (9, 5)])
    @every("sign", [1, -1])
    def small(number: int, limit: int, sign: int, extra: int) -> None:
        if number == limit:
            pytest.skip("as large as the limit")
        assert sign * number + extra < limit, "too large"

    with pytest.raises(pytest.fail.Exception) as told:
        small(extra=0)
    words = str(told.value)
    assert "2 of 4 cases" in words and words.count("too large") == 2
    assert "number=3, limit=2" in words and "number=9, limit=5" in words and "number=1" not in words


@pytest.fixture
def tree(tmp_path: Path, monkeypatch) -> Path:
    """A repository of one file of each kind a demonstration is made from, and a cache of its own."""
    for name in ("etl/load.py", "warehouse/paths.py", "data/school/grids.csv", "requirements.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(kept, "ROOT", tmp_path)
    monkeypatch.setenv("CAMPUS_TEST_CACHE", str(tmp_path / "cache"))
    kept.fingerprint.cache_clear()
    yield tmp_path
    kept.fingerprint.cache_clear()


@pytest.mark.parametrize("name", ["etl/load.py", "warehouse/paths.py", "data/school/grids.csv", "requirements.txt"])
def test_changed_code_and_data_are_another_campus(tree, name):
    before = kept.fingerprint()
    kept.fingerprint.cache_clear()
    assert kept.fingerprint() == before
    (tree / name).write_text("changed")
    kept.fingerprint.cache_clear()
    assert kept.fingerprint() != before


def test_several_who_need_a_campus_make_it_once_and_half_a_campus_is_never_kept(tree, monkeypatch):
    made = []

    def make(home: Path, options: tuple[str, ...]) -> None:
        made.append(options)
        if len(made) == 1:
            raise OSError("no space left")
        home.mkdir()

    monkeypatch.setattr(kept, "_make", make)
    with pytest.raises(OSError, match="no space"):
        kept.demonstration("--years", "1")
    with ThreadPoolExecutor(4) as workers:
        homes = set(workers.map(lambda _: kept.demonstration("--years", "1"), range(4)))
    assert made == [("--years", "1")] * 2 and len(homes) == 1
    assert kept.demonstration("--years", "2") not in homes and made[-1] == ("--years", "2")
