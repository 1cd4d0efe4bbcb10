"""Who took what away is written before it is handed out, and stays; on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from ledger import AppendOnly, Refused, connect, open_ledger
from ledger.audit import EXPORT, QUERY, Entry, entries, write
from ledger.schema import audit


def entry(**other) -> Entry:
    return Entry(
        **{
            "kind": EXPORT,
            "who": "本机使用者",
            "role": "全部范围",
            "what": "服务工单",
            "filters": "3号楼 · 近 12 周",
            "rows": 42,
            "build": "b1",
        }
        | other
    )


def test_entries_are_kept_in_order_newest_first_with_their_moment(url):
    write(entry(), url)
    write(entry(kind=QUERY, what="SELECT 1", rows=1), url)
    found = entries(url=url)
    assert [(one.kind, one.what, one.rows) for one in found] == [(QUERY, "SELECT 1", 1), (EXPORT, "服务工单", 42)]
    assert all(one.recorded_at is not None for one in found) and len(entries(1, url)) == 1


@pytest.mark.parametrize("statement", [update(audit).values(rows=0), delete(audit)])
def test_nothing_can_be_altered_or_removed(url, statement):
    write(entry(), url)
    engine = open_ledger(url).engine
    with pytest.raises(AppendOnly), connect.writing(engine) as connection:
        connection.execute(statement)
    with pytest.raises(DBAPIError), connect.writing(engine) as connection:
        connection.execute(text(str(statement.compile(compile_kwargs={"literal_binds": True}))))
    assert entries(url=url)[0].rows == 42


def test_a_long_question_is_cut_and_not_refused(url):
    assert len(write(entry(what="长" * 9000), url).what) == 4000


def test_what_cannot_be_written_down_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "ledger").write_text("a file where a folder should be")
    with pytest.raises(Refused) as refused:
        write(entry(), default=tmp_path / "ledger" / "actions.sqlite")
    assert refused.value.sentence.startswith("没有导出：") and refused.value.sentence.count("。") == 1
    with pytest.raises(Refused, match="没有查询"):
        write(entry(kind=QUERY), "postgresql://nobody@127.0.0.1:1/none")
