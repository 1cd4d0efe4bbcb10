"""JSON and parquet: objects become rows, numbers keep every digit, nested values become columns of their own."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.form.limits import Limits
from etl.reading.read import Refused, Wanted, read


def of_json(tmp_path, text: str, **wanted):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    return read(tmp_path / "a.json", Wanted(**wanted))


def of_parquet(tmp_path, columns: dict, **wanted):
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    (table,) = read(tmp_path / "a.parquet", Wanted(**wanted))
    return table


@pytest.mark.parametrize(
    "text",
    [
        '[{"编号": 20260903000123456789, "值": 1.50}, {"编号": "007", "值": null}]',
        '{"code": 0, "data": {"total": 2, "records": [{"编号": 20260903000123456789, "值": 1.50}, {"编号": "007"}]}}',
        '{"编号": 20260903000123456789, "值": 1.50}\n{"编号": "007"}\n',
    ],
)
def test_three_shapes_of_json(tmp_path, text):
    (table,) = of_json(tmp_path, text)
    assert table.header == ["编号", "值"]
    assert table.columns == [["20260903000123456789", "007"], ["1.50", None]]
    assert table.row_numbers == [1, 2]


def test_values_of_json(tmp_path):
    (table,) = of_json(
        tmp_path,
        '[{"a": true, "b": ["灯", "锁"], "c": {"x": 1, "y": {"z": " 2 "}}, "d": [{"k": 1}], "e": "?"}]',
        null_words=frozenset({"?"}),
    )
    cells = dict(zip(table.header, (column[0] for column in table.columns), strict=True))
    assert cells == {"a": "TRUE", "b": "灯、锁", "c/x": "1", "c/y/z": "2", "d": '[{"k": "1"}]', "e": None}


def test_a_repeated_key_is_not_lost(tmp_path):
    (table,) = of_json(tmp_path, '[{"备注": "a", "备注": "b"}]')
    assert (table.header, table.columns) == (["备注", "备注 (2)"], [["a"], ["b"]])


def test_columns_that_come_and_go(tmp_path):
    (table,) = of_json(tmp_path, '[{"a": 1}, {"b": 2}, {"a": 3, "c": 4}]')
    assert dict(zip(table.header, table.columns, strict=True)) == {
        "a": ["1", None, "3"], "b": [None, "2", None], "c": [None, None, "4"],
    }  # fmt: skip


def test_broken_lines_are_kept_aside(tmp_path):
    (table,) = of_json(tmp_path, '{"a": 1}\n{"a": \n[1]\n\n{"a": 2}\n{"a": 3')
    assert (table.columns, table.row_numbers) == ([["1", "2"]], [1, 5])
    assert [(row, text) for row, text, _ in table.unreadable] == [(2, '{"a": '), (3, "[1]"), (6, '{"a": 3')]
    assert "只写了一半" in table.unreadable[-1][2]


def test_items_that_are_no_objects_are_kept_aside(tmp_path):
    (table,) = of_json(tmp_path, '[{"a": 1}, 7, {"a": 2}]')
    assert (table.row_numbers, [row for row, _, _ in table.unreadable]) == ([1, 3], [2])


@pytest.mark.parametrize("text", ['{"a": 1, "b": {"c": 2', "[]", "[[1, 2], [3]]", '[{"a": 1}, {"a": 2'])
def test_json_without_a_list_of_records_is_refused(tmp_path, text):
    with pytest.raises(Refused, match="JSON 里没有找到记录的列表，或文件没有写完"):
        of_json(tmp_path, text)


def test_a_new_field_in_every_object_is_refused(tmp_path):
    (tmp_path / "a.json").write_text("[" + ",".join(f'{{"k{at}": 1}}' for at in range(99)) + "]", encoding="utf-8")
    with pytest.raises(Refused, match="字段太多"):
        read(tmp_path / "a.json", limits=Limits(columns=50))


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pa.array([1, None, 20260903000123456], pa.int64()), ["1", None, "20260903000123456"]),
        (pa.array([1.0, 0.1, None, float("nan"), 1e-7]), ["1", "0.1", None, None, "0.0000001"]),
        (pa.array([" a ", "", None, "'007"]), ["a", None, None, "007"]),
        (pa.array([True, False, None]), ["TRUE", "FALSE", None]),
        (pa.array([dt.datetime(2026, 9, 3, 8, 5, 7, 900000), None]), ["2026-09-03 08:05:07", None]),
        (pa.array([dt.datetime(2026, 9, 3)], pa.timestamp("ns")), ["2026-09-03 00:00:00"]),
        (pa.array([dt.datetime(1969, 12, 31, 23, 59, 59, 500000)], pa.timestamp("ms")), ["1969-12-31 23:59:59"]),
        (pa.array([dt.date(2026, 9, 3)]), ["2026-09-03"]),
        (pa.array([Decimal("1.50")]), ["1.50"]),
        (pa.array(["a", "b", "a", None]).dictionary_encode(), ["a", "b", "a", None]),
        (pa.array([["灯", "锁"], None, []]), ["灯、锁", None, None]),
        (pa.array([dt.time(8, 5)]), ["08:05:00"]),
        (pa.nulls(2), [None, None]),
        (pa.array([b"\xe4\xb8\x89"]), ["三"]),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else "",
)
def test_every_type_of_parquet_is_text(tmp_path, values, texts):
    assert of_parquet(tmp_path, {"值": values}).columns == [texts]


def test_structs_and_zones(tmp_path):
    at = pa.array([dt.datetime(2026, 9, 3, 0, 0, 7)], pa.timestamp("us", tz="Asia/Shanghai"))
    table = of_parquet(tmp_path, {"处置": pa.array([{"部门": "后勤", "x": {"y": 1}}]), "时间": at})
    assert dict(zip(table.header, table.columns, strict=True)) == {
        "处置/部门": ["后勤"], "处置/x/y": ["1"], "时间": ["2026-09-03 00:00:07Z"],
    }  # fmt: skip


def test_a_parquet_that_declares_too_much_is_refused(tmp_path):
    pq.write_table(pa.table({"a": pa.array([0] * 100_000)}), tmp_path / "a.parquet")
    with pytest.raises(Refused, match="100000 行 × 1 列，超过上限"):
        read(tmp_path / "a.parquet", limits=Limits(cells=99_999))
