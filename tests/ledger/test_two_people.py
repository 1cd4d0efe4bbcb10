"""Two people at once lose nothing: two real connections, two threads, two processes' worth of engines."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import NullPool, create_engine

from ledger import Conflict, Ledger, connect, open_ledger
from tests.ledger.conftest import agreed


def another(url: str) -> Ledger:
    """A ledger with connections of its own, as another process would have."""
    if url.startswith("sqlite"):
        return open_ledger(url)
    own = create_engine(connect.address(url, None), poolclass=NullPool)
    return Ledger(own)


def test_the_second_to_save_sees_both_and_saves_again(url):
    one, other = another(url), another(url)
    if not url.startswith("sqlite"):
        one = open_ledger(url)
    made = one.create(agreed(), "保卫处秘书")
    mine, theirs = agreed(task="我的写法"), agreed(due=date(2026, 11, 30))
    other.change(made.number, theirs, "后勤处秘书", made.sequence)
    with pytest.raises(Conflict) as caught:
        one.change(made.number, mine, "保卫处秘书", made.sequence)
    conflict = caught.value
    assert conflict.mine["task"] == "我的写法"  # one's own text is still there
    assert [event.content["due"] for event in conflict.theirs] == ["2026-11-30"]
    assert "后勤处秘书" in conflict.sentence
    assert one.get(made.number).agreed.due == date(2026, 11, 30)  # nothing was overwritten
    saved = one.change(made.number, mine, "保卫处秘书", conflict.sequence)
    assert saved.agreed.task == "我的写法" and len(saved.events) == 3


def test_of_many_who_save_at_once_exactly_one_wins_and_all_others_are_told(url):
    made = open_ledger(url).create(agreed(), "保卫处秘书")
    start = threading.Barrier(8)

    def save(number: int) -> str:
        mine = another(url)
        start.wait(30)
        try:
            mine.report(made.number, True, f"第{number}人", "后勤处维修科长", made.sequence)
        except Conflict as conflict:
            assert conflict.mine["words"] == f"第{number}人" and len(conflict.theirs) == 1
            return "told"
        return "saved"

    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(save, range(8)))
    assert sorted(ends) == ["saved"] + ["told"] * 7
    assert [event.sequence for event in open_ledger(url).get(made.number).events] == [1, 2]


def test_comments_and_documents_never_conflict_and_none_is_lost(url):
    made = open_ledger(url).create(agreed(), "保卫处秘书")
    start = threading.Barrier(6)

    def say(number: int) -> None:
        mine = another(url)
        start.wait(30)
        for turn in range(5):
            mine.comment(made.number, f"{number}-{turn}", "保卫处秘书")
        mine.attach(made.number, f"{number}.jpg", "保卫处秘书", data=b"the same picture")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(say, range(6)))
    found = open_ledger(url).get(made.number)
    assert [event.sequence for event in found.events] == list(range(1, 38))
    said = {event.content["words"] for event in found.of("commented")}
    assert said == {f"{number}-{turn}" for number in range(6) for turn in range(5)}
    assert len(found.documents) == 6
    positions = [event.position for event in found.events]
    assert positions == sorted(positions)


def test_numbers_given_at_once_are_all_different(url):
    open_ledger(url)
    start = threading.Barrier(6)

    def make(_) -> str:
        mine = another(url)
        start.wait(30)
        return mine.create(agreed(), "保卫处秘书").number

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(make, range(6))) == [f"2026-{number:03}" for number in range(1, 7)]


def test_a_review_by_the_system_disturbs_nobody(url):
    ledger = open_ledger(url)
    made = ledger.create(agreed(), "保卫处秘书")
    ledger.review(
        made.number,
        {"moment": "2026-11-16T00:00:00", "outcome": "进行中", "sentence": "…", "build": "x"},
        date(2026, 11, 16),
    )
    assert ledger.report(made.number, True, "已清理", "后勤处维修科长", made.sequence).sequence == 3


def test_opening_a_new_ledger_at_once_works(url):
    start = threading.Barrier(5)

    def fresh(_) -> int:
        start.wait(30)
        return another(url).position() if url.startswith("sqlite") else open_ledger(url).position()

    with ThreadPoolExecutor(5) as pool:
        assert list(pool.map(fresh, range(5))) == [0] * 5


def test_a_new_file_that_another_is_opening_is_waited_for(tmp_path):
    """SQLite says at once that a file is locked when its journal is to be changed while another writes."""
    path = tmp_path / "new.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE one (number)")
    ends = threading.Timer(0.3, other.close)
    ends.start()
    assert open_ledger(f"sqlite:///{path}").position() == 0
    ends.join()
