"""Files by strangers, unedited: every row is there, every id keeps its digits."""

import csv

import pytest

from etl.form.headers import normalise_header
from etl.reading.read import Wanted, read

BOSTON = {2013: 3095, 2014: 5268, 2015: 6221, 2016: 7494, 2017: 7760, 2018: 7872, 2019: 8928}


def only(path, wanted=None):
    (table,) = read(path, wanted)
    assert (table.unreadable, table.notes) == ([], [])
    assert {len(column) for column in table.columns} == {len(table)}
    return table


@pytest.mark.parametrize(("year", "rows"), BOSTON.items())
def test_boston(real, year, rows):
    path = real / "boston311" / f"filtered_{year}.csv"
    table = only(path)
    assert len(table) == rows
    with path.open(encoding="utf-8", newline="") as file:
        header, *records = csv.reader(file)
    assert table.header == header
    ids = header.index("case_enquiry_id")
    assert table.columns[ids] == [record[ids] for record in records]
    assert (table.header[0] == "_id") == (year == 2019)


def test_boston_has_46638_distinct_ids_and_17020_open(real):
    ids, open_ones = set(), 0
    for year in BOSTON:
        table = only(real / "boston311" / f"filtered_{year}.csv")
        ids.update(table.columns[table.header.index("case_enquiry_id")])
        open_ones += table.columns[table.header.index("case_status")].count("Open")
    assert (len(ids), open_ones) == (46_638, 17_020)


def test_it_incidents_with_their_null_word(real):
    path = real / "it_incidents" / "incident_event_log.csv"
    plain, nulled = only(path), only(path, Wanted(null_words=frozenset({"?"})))
    assert (len(plain), len(plain.header)) == (5998, 36)
    marks = sum(column.count("?") for column in plain.columns)
    assert marks > 0
    assert sum(column.count(None) for column in nulled.columns) == marks + sum(c.count(None) for c in plain.columns)


def test_new_york(real):
    table = only(real / "nyc311" / "nyc311_2022-05-01.csv")
    assert len(table) == 924
    assert table.columns[table.header.index("Closed Date")].count(None) == 444


def test_toronto_keeps_its_identical_rows(real):
    table = only(real / "toronto_fire" / "fire_cleaned_data.parquet")
    rows = list(zip(*table.columns, strict=True))
    assert (len(rows), len(rows) - len(set(rows))) == (13_193, 8_505)
    days = sorted(int(text) for text in table.columns[table.header.index("date_num")])
    assert days[len(days) // 2] == 91


def test_header_words_seen_in_public_code_are_found_as_headers(real, tmp_path):
    """Each real header row under a title, with one record: found by its own words, and without any."""
    import json

    headers = json.loads((real / "headers" / "headers.json").read_text(encoding="utf-8"))
    for words in (words for words in headers.values() if isinstance(words, list)):
        with (tmp_path / "a.csv").open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([["某校明细", *[""] * (len(words) - 1)], words, ["值"] * len(words)])
        for wanted in (Wanted(), Wanted(headers=frozenset(map(normalise_header, words)))):
            (table,) = read(tmp_path / "a.csv", wanted)
            assert (table.header, table.title, len(table)) == (
                [" ".join(word.split()) for word in words],
                "某校明细",
                1,
            )
