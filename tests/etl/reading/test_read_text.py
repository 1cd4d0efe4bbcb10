"""Delimited text: encodings, separators, quotes, ragged and half-written rows; nothing is lost in silence."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.reading import delimited
from etl.reading.read import Refused, Wanted, read

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]
HEADER = "工单编号,地点,描述\n"


def wrote(path, text: str, encoding: str = "utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def only(path, **wanted):
    (table,) = read(path, Wanted(**wanted))
    return table


@pytest.mark.parametrize("encoding", [*ENCODINGS, "utf-16-be-mark"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_every_encoding_with_every_separator(tmp_path, encoding, separator):
    text = "工单编号,地点\n20260903000123456789,学生公寓３幢302\n".replace(",", separator)
    data = b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-mark" else text.encode(encoding)
    (tmp_path / "a.csv").write_bytes(data)
    table = only(tmp_path / "a.csv")
    assert table.header == ["工单编号", "地点"]
    assert table.columns == [["20260903000123456789"], ["学生公寓３幢302"]]
    assert (table.header_row, table.row_numbers, table.sheet) == (1, [2], "")


def test_bytes_of_no_known_encoding_are_refused_with_their_place(tmp_path):
    (tmp_path / "a.csv").write_bytes("编号,地点\n".encode() + b"1,\xff\xff\n")
    with pytest.raises(Refused, match="第 17 个字节起不是 UTF-8"):
        read(tmp_path / "a.csv")


def test_a_utf8_mark_means_utf8(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + "编号,地点\n1,三号楼\n".encode("gb18030"))
    with pytest.raises(Refused, match="第 4 个字节"):
        read(tmp_path / "a.csv")


def test_gb18030_is_not_mistaken_for_a_cut_off_utf8(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,place\n1," + b"\xe4\xb8")
    assert only(tmp_path / "a.csv").columns == [["1"], [b"\xe4\xb8".decode("gb18030")]]


def test_a_nul_byte_is_refused_with_its_line(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n3,\x004\n")
    with pytest.raises(Refused, match="第 3 行含有空字节"):
        read(tmp_path / "a.csv")


def test_cells_lose_blanks_apostrophes_and_invisible_signs_only(tmp_path):
    text = "编号,值\n\t'00123 ,\u200b３号楼\ufeff\n '7,it's\n'quoted','\n\u202d138\u202c,a\u3000\n"
    table = only(wrote(tmp_path / "a.csv", text))
    assert table.columns == [["00123", "7", "'quoted'", "138"], ["３号楼", "it's", "'", "a"]]


def test_null_words_are_compared_whole(tmp_path):
    table = only(wrote(tmp_path / "a.csv", "编号,值\n1,?\n2,a?\n3, ? \n"), null_words=frozenset({"?"}))
    assert table.columns[1] == [None, "a?", None]


def test_quoted_line_breaks_keep_the_line_a_record_begins_on(tmp_path):
    table = only(wrote(tmp_path / "a.csv", HEADER + '1,a,"两行\n内容"\n\n2,b,"他说""好"""\n'))
    assert table.columns[2] == ["两行\n内容", '他说"好"']
    assert table.row_numbers == [2, 5]


def test_empty_lines_and_lines_of_separators_are_nothing(tmp_path):
    table = only(wrote(tmp_path / "a.csv", HEADER + "\n,,\n1,a,x\n , ,\t\n\r\n2,b,y\n"))
    assert (table.columns[0], table.row_numbers, table.notes, table.unreadable) == (["1", "2"], [4, 7], [], [])


def test_short_rows_are_filled_up_and_counted(tmp_path):
    table = only(wrote(tmp_path / "a.csv", HEADER + "1,a,x\n2,b\n3\n4,d,w\n"))
    assert table.columns == [["1", "2", "3", "4"], ["a", "b", None, "d"], ["x", None, None, "w"]]
    (note,) = table.notes
    assert (note.code, note.row_number, note.occurrences) == ("padded_row", 3, 2)


def test_long_rows_are_kept_aside_unless_the_surplus_is_empty(tmp_path):
    table = only(wrote(tmp_path / "a.csv", HEADER + "1,a,x,,\n2,b,y,z\n3,c,w\n"))
    assert (table.columns[0], table.row_numbers) == (["1", "3"], [2, 4])
    ((row, text, reason),) = table.unreadable
    assert (row, text) == (3, "2,b,y,z")
    assert "格数比表头多" in reason


@pytest.mark.parametrize(("text", "is_half"), [("2,b", True), ("2,b,y", False), ("2,b\n", False), ("2", True)])
def test_a_half_written_last_line(tmp_path, text, is_half):
    table = only(wrote(tmp_path / "a.csv", HEADER + "1,a,x\n" + text))
    assert [(row, kept) for row, kept, _ in table.unreadable] == ([(3, text)] if is_half else [])
    assert len(table) == (1 if is_half else 2)
    assert all("只写了一半" in reason for _, _, reason in table.unreadable)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_inside_a_character_keeps_all_other_lines(tmp_path, encoding):
    data = (HEADER + "1,三号楼,灯\n2,四号楼,三号楼灯").encode(encoding)
    (tmp_path / "a.csv").write_bytes(data[:-1])
    table = only(tmp_path / "a.csv")
    assert table.columns[1] == ["三号楼"]
    assert [(row, text) for row, text, _ in table.unreadable] == [(3, "2,四号楼,三号楼")]


def test_a_quote_that_never_closes_costs_one_line(tmp_path):
    table = only(wrote(tmp_path / "a.csv", HEADER + '1,a,x\n2,"b,y\n3,c,z\n4,d,"好"\n'))
    assert table.columns[0] == ["1", "3", "4"]
    ((row, text, reason),) = table.unreadable
    assert (row, text) == (3, '2,"b,y')
    assert "引号没有成对" in reason


def test_stray_quotes_that_move_nothing_are_mended(tmp_path):
    table = only(wrote(tmp_path / "a.csv", HEADER + '1,a,x\n2,"3号楼"东侧,y\n3,5"管,z\n'))
    assert table.columns[1] == ["a", "3号楼东侧", '5"管']
    assert [(note.code, note.row_number) for note in table.notes] == [("loose_quotes", 3)]


def test_many_broken_quotes_take_no_quadratic_time(tmp_path):
    table = only(wrote(tmp_path / "a.csv", HEADER + '1,"a,x\n' * 20_000))
    assert len(table.unreadable) + len(table) == 20_000


def test_a_record_broken_by_a_bare_line_break_is_not_two_records(tmp_path):
    wide = "a,b,c,d,e,f,g\n"
    table = only(
        wrote(tmp_path / "a.csv", wide + "1,2,3,4,5,6,7\n1,2,3,前半\n后半,5,6,7\n1,2,3,4,5,6,7\n孤\n1,2,3,4,5,6\n")
    )
    assert table.row_numbers == [2, 5, 7]
    assert [row for row, _, _ in table.unreadable] == [3, 4, 6]
    assert [note.code for note in table.notes] == ["padded_row"]


def test_a_separator_hint_of_excel(tmp_path):
    table = only(wrote(tmp_path / "a.csv", "sep=;\n编号;值\n1;2,5\n"))
    assert (table.header, table.columns[1], table.row_numbers) == (["编号", "值"], ["2,5"], [3])


def test_a_declared_separator_wins(tmp_path):
    table = only(wrote(tmp_path / "a.csv", "编号,值|说明\n1,2|x\n"), delimiter="|")
    assert table.header == ["编号,值", "说明"]


def test_known_words_find_the_separator(tmp_path):
    text = "a,b,c;编号;地点\n1,2,3;4;5\n"
    assert only(wrote(tmp_path / "a.csv", text), headers=frozenset({"编号", "地点"})).header == [
        "a,b,c",
        "编号",
        "地点",
    ]


def test_old_macintosh_line_ends(tmp_path):
    assert only(wrote(tmp_path / "a.csv", "编号,值\r1,a\r2,b\r")).row_numbers == [2, 3]


def test_a_bare_carriage_return_belongs_to_its_cell(tmp_path):
    table = only(wrote(tmp_path / "a.csv", HEADER + "1,a,前\r后\r\n2,b,y\r\r\n3,c,z\n"))
    assert table.columns == [["1", "2", "3"], ["a", "b", "c"], ["前\r后", "y", "z"]]
    assert table.row_numbers == [2, 3, 4]


CELL = st.text(
    st.characters(codec="gb18030", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"))
    | st.sampled_from('",;\t\n\r三号楼'),
    max_size=12,
).map(str.strip)


def _plain(cell: str) -> bool:
    return not cell.startswith("'")


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(CELL.filter(_plain), min_size=width, max_size=width), min_size=1, max_size=12)
    ),
    encoding=st.sampled_from(ENCODINGS),
    separator=st.sampled_from(",\t;"),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_the_csv_module_writes_is_read_back(tmp_path, rows, encoding, separator, line_end):
    """Two marker cells in front keep the rows from being layout; everything else may be anything."""
    width = len(rows[0])
    header = ["编号键", "地点键", *(f"列名{at}" for at in range(width))]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator=line_end)
    writer.writerows([header, *([f"甲{at}", "乙", *row] for at, row in enumerate(rows))])
    path = wrote(tmp_path / "a.csv", file.getvalue(), encoding)
    table = only(path, headers=frozenset(header))
    assert table.header == header
    assert table.columns[0] == [f"甲{at}" for at in range(len(rows))]
    assert table.columns[2:] == [[cell or None for cell in column] for column in zip(*rows, strict=True)]
    assert table.unreadable == table.notes == []


def test_a_large_text_is_read_like_a_small_one(tmp_path, monkeypatch):
    """Line by line and with equal cells shared: the same rows, numbers and mended quotes."""
    path = tmp_path / "a.csv"
    path.write_bytes(
        '编号,内容,状态\r\n1,"第一行\r\n第二行",好\r\n2,他说"急",好\r\n3,"没有\r\n4,x,好\r\n5,y,好'.encode()
    )
    small = delimited.read_delimited(path, Wanted())
    monkeypatch.setattr(delimited, "_LARGE", 10)
    large = delimited.read_delimited(path, Wanted())
    assert large == small and [row[0] for row in large.rows] == ["编号", "1", "2", "4", "5"]
    assert large.rows[-1][2] is large.rows[-2][2]
