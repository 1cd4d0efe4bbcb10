"""A free query: one SELECT over the clean tables, bounded and cancellable, everything else refused in one sentence."""

import re

import pytest

from metrics.ask import free_query
from metrics.ask.free_query import Refused, Running, checked
from metrics.ask.selection import EVERYTHING, Scope


def asked(build, text: str):
    running = Running(build, checked(build, text, EVERYTHING))
    running.join(60)
    return running


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT count(*) AS n FROM tickets", [(None,)]),
        (
            "WITH t AS (SELECT category FROM tickets) SELECT category FROM t WHERE category = '水电' LIMIT 1",
            [("水电",)],
        ),
        ("FROM range(3) -- a remark", [(0,), (1,), (2,)]),
        ("SELECT b.name FROM buildings AS b WHERE b.building_id = 'D10';", [("10号楼",)]),
        ("SELECT unnest([2, 1]) AS x ORDER BY x", [(1,), (2,)]),
    ],
)
def test_what_may_run_is_answered(campus, text, rows):
    running = asked(campus, text)
    assert running.problem == ""
    found = list(running.answer.frame.itertuples(index=False, name=None))
    assert found == rows or (rows == [(None,)] and found == campus.rows("SELECT count(*) FROM tickets"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT 1; SELECT 2", "一条 SELECT"),
        ("DROP TABLE tickets", "一条 SELECT"),
        ("SET threads = 4", "一条 SELECT"),
        ("PRAGMA database_list", "一次只能运行一条 SELECT"),
        ("COPY tickets TO 'x.csv'", "一条 SELECT"),
        ("ATTACH 'x.db'", "一条 SELECT"),
        ("EXPLAIN SELECT 1", "一条 SELECT"),
        ("SHOW TABLES", "一条 SELECT"),
        ("", "一条 SELECT"),
        ("SELECT * FROM read_csv('/etc/passwd')", "不能用「read_csv」"),
        ("SELECT * FROM '/etc/passwd'", "没有表「/etc/passwd」"),
        ("FROM query_table('tickets')", "不能用「query_table」"),
        ("SELECT * FROM duckdb_databases()", "不能用「duckdb_databases」"),
        ("SELECT * FROM pragma_storage_info('tickets')", "不能用「pragma_storage_info」"),
        ("SELECT current_setting('temp_directory')", "不能用函数「current_setting」"),
        ("SELECT * FROM information_schema.tables", "没有表「tables」"),
        ("SELECT * FROM tikets", "是不是想找 tickets"),
        ("SELEC 1", "「SELEC」附近"),
        ("SELECT (SELECT count(*) FROM read_text('x'))", "不能用「read_text」"),
        ("SELECT * FROM typed.tickets", "没有表「tickets」"),
        ("SELECT 1" + " " * 20_000, "写短一些"),
    ],
)
def test_what_may_not_run_is_one_sentence(campus, text, words):
    with pytest.raises(Refused, match=words):
        checked(campus, text, EVERYTHING)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT nowhere FROM tickets", "没有叫「nowhere」的列"),
        ("SELECT upper(category, 1) FROM tickets", "不能运行"),
        ("SELECT category, count(*) FROM tickets", "GROUP BY"),
        ("SELECT CAST(category AS INTEGER) FROM tickets", "不能换成"),
        ("SELECT string_agg(repeat(category, 1000), '') FROM tickets, range(20000)", "内存超过|没有算完"),
    ],
)
def test_what_the_database_complains_of_is_said_in_chinese(campus, text, words):
    running = asked(campus, text)
    assert running.answer is None
    assert re.search(words, running.problem) and not any(
        word in running.problem for word in ("Error", "column", "Binder")
    )


@pytest.mark.parametrize(("frame", "is_told"), [
    ("ORDER BY ticket_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING", True),
    ("ORDER BY ticket_id", False), ("", False),
])  # fmt: skip
def test_a_window_the_database_may_answer_wrongly_is_told(campus, frame, is_told):
    answer = asked(campus, f"SELECT count(*) OVER (PARTITION BY category {frame}) AS n FROM tickets").answer
    assert answer is not None and bool(answer.caution) == is_told


def test_rights_that_are_limited_see_no_query(campus):
    with pytest.raises(Refused, match="权限不受限"):
        checked(campus, "SELECT 1", Scope(branches=("B2",)))


def test_time_and_the_reader_end_a_query(campus):
    endless = checked(
        campus, "SELECT count(*) FROM range(100000000) AS a(x), range(100000) AS b(y) WHERE x * y % 7 = 1", EVERYTHING
    )
    slow = Running(campus, endless, seconds=0.3)
    slow.join(30)
    given_up = Running(campus, endless)
    given_up.cancel()
    while given_up.is_alive():  # the first words may come before the query has begun
        given_up.cancel()
        given_up.join(0.1)
    assert ("0.3 秒内没有算完" in slow.problem, given_up.problem) == (True, "已取消。")


def test_rows_are_cut_and_said(campus):
    found = asked(campus, f"FROM range({free_query.MOST_ROWS + 1})").answer
    assert (len(found.frame), found.is_cut) == (free_query.MOST_ROWS, True)
    assert not asked(campus, f"FROM range({free_query.MOST_ROWS})").answer.is_cut


def test_the_schema_names_every_column(campus):
    found = free_query.schema(campus, "tickets").set_index("column")
    assert found.loc["category", "label"] == "类别" and "VARCHAR" in found.loc["category", "kind"]
    assert {"tickets", "buildings", "record_states"} <= set(free_query.readable(campus)) | {"record_states"}
