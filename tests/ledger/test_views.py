"""Saved views are events: saved, renamed, deleted, never altered; on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import delete as remove
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from ledger import AppendOnly, Refused, connect, open_ledger
from ledger.schema import views as table
from ledger.views import delete, rename, save, views

WHO = "本机使用者"


def test_saved_renamed_deleted_and_every_line_kept(url):
    first, second = (save(name, "metric=hazard_count&rows=building", WHO, url) for name in ("隐患按楼", " 工单  按周 "))
    rename(first.number, "隐患按楼宇", WHO, url)
    assert [(one.name, one.address) for one in views(url)] == [
        ("隐患按楼宇", "metric=hazard_count&rows=building"),
        ("工单 按周", first.address),
    ]
    delete(first.number, WHO, url)
    assert [one.number for one in views(url)] == [second.number]
    assert save("隐患按楼宇", "", WHO, url).number not in (first.number, second.number), "a number is never given twice"
    with connect.reading(open_ledger(url).engine) as connection:
        assert connection.execute(select(func.count()).select_from(table)).scalar() == 5


def test_what_makes_no_sense_is_refused_in_one_sentence(url):
    one = save("隐患按楼", "a=1", WHO, url)
    other = save("工单按周", "a=2", WHO, url)
    for attempt in (
        lambda: save(" ", "a=1", WHO, url),
        lambda: save("隐患 按楼", "a=1", WHO, url),
        lambda: save("长" * 41, "", WHO, url),
        lambda: save("长地址", "a" * 2001, WHO, url),
        lambda: rename(other.number, "隐患按楼", WHO, url),
        lambda: delete(99, WHO, url),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.sentence.count("。") == 1
    assert rename(one.number, "隐患 按楼", WHO, url).name == "隐患 按楼", "its own name is not taken"
    delete(one.number, WHO, url)
    with pytest.raises(Refused):
        delete(one.number, WHO, url)


@pytest.mark.parametrize("statement", [update(table).values(name="别的"), remove(table)])
def test_nothing_can_be_altered_or_removed(url, statement):
    save("隐患按楼", "a=1", WHO, url)
    engine = open_ledger(url).engine
    with pytest.raises(AppendOnly), connect.writing(engine) as connection:
        connection.execute(statement)
    with pytest.raises(DBAPIError), connect.writing(engine) as connection:
        connection.execute(text(str(statement.compile(compile_kwargs={"literal_binds": True}))))
    assert views(url)[0].name == "隐患按楼"
