"""What is written stays: history, state, order; on SQLite and on PostgreSQL."""

from datetime import date, datetime

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from ledger import AppendOnly, Ledger, LedgerError, Refused, Unreachable, connect, open_ledger
from ledger.schema import documents, events, rejects
from ledger.store import LARGEST_DOCUMENT
from tests.ledger.conftest import NOW, agreed


def test_an_assignment_is_kept_as_it_was_agreed(ledger, url):
    made = ledger.create(agreed(), by="保卫处秘书")
    assert made.number == "2026-001" and made.sequence == 1
    again = open_ledger(url).get("2026-001")  # another connection
    assert again.agreed == agreed().validated()
    assert (again.events[0].post, again.events[0].recorded_at, again.events[0].day) == (
        "保卫处秘书",
        NOW,
        date(2026, 11, 16),
    )


def test_the_state_follows_from_the_events(ledger):
    made = ledger.create(agreed(), by="保卫处秘书")
    assert (made.report_words, made.verify_words) == ("未报告", "")
    made = ledger.report(made.number, False, "正在清理", "后勤处维修科长", made.sequence)
    assert (made.report_words, made.verify_words) == ("报告：办理中", "")
    made = ledger.change(made.number, agreed(due=date(2026, 11, 25)), "保卫处秘书", made.sequence)
    assert made.agreed.due == date(2026, 11, 25) and made.report_words == "报告：办理中"
    made = ledger.report(made.number, True, "已清理", "后勤处维修科长", made.sequence)
    assert (made.report_words, made.verify_words) == ("报告：已完成", "待核验")
    made = ledger.verify(made.number, False, "现场仍有两辆", "保卫处值班长", made.sequence)
    assert made.verify_words == "核验人：不认可"
    made = ledger.report(made.number, True, "再次清理", "后勤处维修科长", made.sequence)
    assert made.verify_words == "待核验"  # an earlier refusal does not speak of a later report
    made = ledger.withdraw(made.number, "楼已停用", "保卫处秘书", made.sequence)
    assert made.is_withdrawn and [one.sequence for one in made.events] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.label for one in made.events] == ["交办", "报告", "修改", "报告", "核验", "报告", "撤销"]


def test_numbers_follow_the_year_and_are_never_given_twice(ledger):
    assert [ledger.create(agreed(), "秘书处").number for _ in range(2)] == ["2026-001", "2026-002"]
    ledger.create(agreed(), "秘书处", number="例会-7")
    assert ledger.create(agreed(given_on=date(2027, 1, 4), due=date(2027, 1, 5)), "秘书处").number == "2027-001"
    with pytest.raises(Refused, match="已经用过"):
        ledger.create(agreed(), "秘书处", number="例会-7")
    assert [one.number for one in ledger.assignments()] == ["2026-001", "2026-002", "例会-7", "2027-001"]


def test_the_ledger_can_be_read_as_it_stood(ledger):
    made = ledger.create(agreed(), "秘书处")
    then = ledger.position()
    ledger.report(made.number, True, "已清理", "后勤处维修科长", 1, day=date(2026, 11, 18))
    assert ledger.assignments(upto=then)[0].report is None
    assert ledger.assignments(as_of=date(2026, 11, 17))[0].report is None
    assert ledger.assignments(as_of=date(2026, 11, 18))[0].is_reported_done
    assert ledger.assignments(as_of=date(2026, 11, 15)) == ()


@pytest.mark.parametrize("verifier", ["后勤处维修科长", "后勤处 维修科长", "维修科长", "处长办公室代报人"])
def test_reporter_and_verifier_are_different_posts(ledger, verifier):
    made = ledger.create(agreed(), "秘书处")
    reporter = "处长办公室代报人" if verifier == "处长办公室代报人" else "后勤处维修科长"
    made = ledger.report(made.number, True, "已清理", reporter, made.sequence)
    with pytest.raises(Refused, match="不能是同一个岗位"):
        ledger.verify(made.number, True, "属实", verifier, made.sequence)
    assert ledger.get(made.number).sequence == 2


def test_nothing_is_verified_before_it_is_reported(ledger):
    made = ledger.create(agreed(), "秘书处")
    with pytest.raises(Refused, match="还没有报告完成"):
        ledger.verify(made.number, True, "属实", "保卫处值班长", made.sequence)


def test_what_is_withdrawn_takes_comments_only(ledger):
    made = ledger.create(agreed(), "秘书处")
    made = ledger.withdraw(made.number, "重复", "秘书处", 1)
    assert ledger.comment(made.number, "另见 2026-002", "秘书处").sequence == 3
    with pytest.raises(Refused, match="已经撤销"):
        ledger.report(made.number, True, "已清理", "后勤处维修科长", 3)


def test_documents_are_kept_by_their_hash(ledger):
    made = ledger.create(agreed(), "秘书处")
    made = ledger.attach(made.number, "整改照片.jpg", "后勤处维修科长", data=b"picture")
    made = ledger.attach(made.number, "同一张.jpg", "后勤处维修科长", data=b"picture")
    made = ledger.attach(made.number, "验收单", "后勤处维修科长", link="https://share.example/1")
    first, second, third = (one.content for one in made.documents)
    assert first["digest"] == second["digest"] and ledger.document(first["digest"]) == b"picture"
    # sha256sum of the seven letters, by coreutils
    assert first["digest"] == "2cea274d0bedc39ec4ab6ba9e59ec889e3ed6fb56a1cf088a64d9b383378dc97"
    assert (first["size"], third["link"], third["digest"]) == (7, "https://share.example/1", "")
    with pytest.raises(Refused, match="任选其一"):
        ledger.attach(made.number, "空的", "后勤处维修科长")
    with pytest.raises(Refused, match="https"):
        ledger.attach(made.number, "坏链接", "后勤处维修科长", link="javascript:alert(1)")
    with pytest.raises(Refused, match="最大 20 MB"):
        ledger.attach(made.number, "太大", "后勤处维修科长", data=b"0" * (LARGEST_DOCUMENT + 1))
    assert ledger.get(made.number).sequence == 4


ROW = {
    "number": "x",
    "sequence": 1,
    "kind": "created",
    "day": date(2026, 11, 16),
    "post": "秘书处",
    "recorded_at": datetime(2026, 11, 16),
    "content": "{}",
}


@pytest.mark.parametrize(
    "statement",
    [update(events).values(post="x"), delete(events), delete(documents), update(rejects).values(reason="x")],
)
def test_the_program_cannot_alter_or_remove(ledger, statement):
    ledger.create(agreed(), "秘书处")
    with pytest.raises(AppendOnly), connect.writing(ledger.engine) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    "words",
    ["UPDATE ledger_events SET post = 'x'", "DELETE FROM ledger_events", "UPDATE ledger_documents SET size = 0"],
)
def test_the_database_refuses_it_too(ledger, words):
    made = ledger.create(agreed(), "秘书处")
    before = ledger.attach(made.number, "照片", "后勤处维修科长", data=b"picture")
    with pytest.raises(DBAPIError, match="append-only"), connect.writing(ledger.engine) as connection:
        connection.execute(text(words))
    assert ledger.get(made.number) == before


def test_replacing_and_truncating_are_removal_too(ledger):
    made = ledger.create(agreed(), "秘书处")
    words = "TRUNCATE ledger_events" if ledger.engine.dialect.name == "postgresql" else (
        "REPLACE INTO ledger_events (position, number, sequence, kind, day, post, recorded_at, content, source) "
        "VALUES (1, '2026-001', 1, 'created', '2026-11-16', 'x', '2026-11-16 09:30:00.000000', '{}', '')"
    )  # fmt: skip
    with pytest.raises(DBAPIError, match="append-only"), connect.writing(ledger.engine) as connection:
        connection.execute(text(words))
    assert ledger.get(made.number) == made


def test_a_foreign_program_cannot_replace_a_line_of_the_file(ledger):
    if ledger.engine.dialect.name != "sqlite":
        pytest.skip("about SQLite files only")
    import sqlite3

    made = ledger.create(agreed(), "秘书处")
    with (
        sqlite3.connect(ledger.engine.url.database) as other,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        other.execute(
            "REPLACE INTO ledger_events VALUES (9, '2026-001', 1, 'created', '2026-11-16', 'x', '2026-11-16', '{}', '')"
        )
    assert ledger.get(made.number) == made


def test_a_place_in_the_history_is_taken_once(ledger):
    with connect.writing(ledger.engine) as connection:
        connection.execute(insert(events).values(**ROW))
    with pytest.raises(DBAPIError), connect.writing(ledger.engine) as connection:
        connection.execute(insert(events).values(**ROW))


def test_a_sqlite_file_is_safe_against_power_cuts_and_waits_for_others(tmp_path):
    made = open_ledger(default=tmp_path / "deep" / "actions.sqlite")
    with connect.reading(made.engine) as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 10_000}  # 2: FULL


def test_one_setting_chooses_the_database(url, tmp_path, monkeypatch):
    monkeypatch.setenv(connect.SETTING, url)
    open_ledger(default=tmp_path / "unused.sqlite").create(agreed(), "秘书处")
    assert not (tmp_path / "unused.sqlite").exists()
    assert [one.number for one in open_ledger(url).assignments()] == ["2026-001"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("mysql://host/x", "SQLite 文件或 PostgreSQL"),
        ("not an address", "读不懂"),
        ("sqlite://", "SQLite 文件或 PostgreSQL"),
    ],
)
def test_an_address_that_makes_no_sense_is_said(written, said):
    with pytest.raises(Refused, match=said):
        open_ledger(written)


def test_a_server_that_does_not_answer_is_said_without_the_password():
    with pytest.raises(Unreachable, match="连不上") as caught:
        open_ledger("postgresql://campus:geheim@127.0.0.1:9/actions")
    assert "geheim" not in caught.value.sentence


def test_a_file_that_is_no_ledger_is_said(tmp_path):
    (tmp_path / "x.sqlite").write_bytes(b"this is not a database, it is a letter" * 50)
    with pytest.raises(LedgerError, match="打不开"):
        open_ledger(default=tmp_path / "x.sqlite")


def test_there_is_no_default_place(monkeypatch):
    monkeypatch.delenv(connect.SETTING, raising=False)
    with pytest.raises(Refused, match="CAMPUS_LEDGER_URL"):
        open_ledger()


def test_a_reader_is_told_when_there_is_no_such_number(ledger: Ledger):
    with pytest.raises(Refused, match="没有编号为「2026-404」"):
        ledger.get("2026-404")
