"""When a file was exported, as names, titles and records tell it."""

from datetime import datetime

from etl.form.export_time import Moment, find, moment_in
from tests.every import every


@every(
    ("text", "expected"),
    [
        ("工单导出_20261122080000.xlsx", Moment(datetime(2026, 11, 22, 8), False)),
        ("工单202611220830.csv", Moment(datetime(2026, 11, 22, 8, 30), False)),
        ("20261122_083015 tickets.csv", Moment(datetime(2026, 11, 22, 8, 30, 15), False)),
        ("export-20261122080000123.csv", Moment(datetime(2026, 11, 22, 8), False)),
        ("隐患台账 2026-11-22.csv", Moment(datetime(2026, 11, 22), True)),
        ("隐患台账2026.11.22.csv", Moment(datetime(2026, 11, 22), True)),
        ("隐患台账（2026年11月2日）.xls", Moment(datetime(2026, 11, 2), True)),
        ("2026-9-3.csv", Moment(datetime(2026, 9, 3), True)),
        ("统计时间：2026年11月16日至2026年11月22日", Moment(datetime(2026, 11, 22), True)),
        ("导出时间:2026-11-22 08:05:09", Moment(datetime(2026, 11, 22, 8, 5, 9), False)),
        ("导出时间：2026/11/22 08:05", Moment(datetime(2026, 11, 22, 8, 5), False)),
        ("filtered_2019.csv", None),
        ("202609030001234567890.csv", None),
        ("2026年秋季.csv", None),
        ("2026-06-31.csv", None),
        ("工单(3).csv", None),
    ],
)
def test_moments_in_words(text, expected):
    assert moment_in(text) == expected


def newest_of(*times):
    def newest(since, until):
        return max((t for t in times if since <= t <= until), default=None)

    return newest


def test_name_then_title_then_command_line_then_records():
    newest, reach = newest_of(), datetime(2026, 11, 20, 9)
    as_of = Moment(datetime(2026, 11, 21, 7), False)
    title = ["导出时间：2026-11-22 08:00"]
    assert find("a_20261123100000.csv", title, as_of, newest, reach) == (datetime(2026, 11, 23, 10), "name")
    assert find("a_20261123100000.csv", title, as_of, newest, reach, is_set=True) == (as_of.at, "set")
    assert find("a.csv", title, as_of, newest, reach) == (datetime(2026, 11, 22, 8), "title")
    assert find("a.csv", ["隐患台账 2022-09-01 起"], as_of, newest, reach) == (datetime(2026, 11, 21, 7), "as_of")
    assert find("a.csv", [], None, newest, reach) == (reach, "content")
    assert find("a.csv", [], None, newest, None) is None


def test_a_day_without_a_clock_is_its_own_newest_record():
    newest = newest_of(datetime(2026, 11, 20, 9), datetime(2026, 11, 20, 17, 30), datetime(2026, 11, 21))
    assert find("a_2026-11-20.csv", [], None, newest, None) == (datetime(2026, 11, 20, 17, 30), "name")
    assert find("a_2026-11-19.csv", [], None, newest, None) == (datetime(2026, 11, 19), "name")
    assert find("a_20261116-20261120.csv", [], None, newest, None) == (datetime(2026, 11, 20, 17, 30), "name")
