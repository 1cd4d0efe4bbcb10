"""The clock decides nothing; a stray cell and a name of the far future move no data date; a person's word does."""

from datetime import date, datetime, timedelta

from etl.command.main import main
from etl.form.agreement import Sign, agrees, last_joined
from tests.every import every

HEADER = "工单编号,状态,报修时间,办结时限,办结时间"
OPEN = "A{0},处理中,2026-06-01 08:00,2026-06-04 08:00,"
SUMMARY = ("部门名称,统计周期,事件总数,按时办结", "后勤处,2026年5月,10,9")


def tickets(count: int) -> list[str]:
    """Closed tickets of two months; the newest is closed on 2026-05-30."""
    times = [datetime(2026, 4, 1) + timedelta(hours=1440 * at / count) for at in range(count)]
    return [f"R{at},已办结,{time},{time + timedelta(days=3)},{time}" for at, time in enumerate(times)]


def overdue(build) -> int:
    return build.rows("SELECT count(*) FILTER (is_overdue_open) FROM tickets")[0][0]


def noted(build, code: str) -> list[tuple]:
    return build.rows("SELECT file_name, row_number, message FROM warnings WHERE code = ?", [code])


def test_a_file_without_any_date_is_refused_until_somebody_says_the_day(home, capsys):
    build = home.load(home.write("工单_20260601.csv", HEADER, OPEN.format(1)))
    path = home.write("inbox/12345热线办理汇总.csv", *SUMMARY)
    assert main(["load", str(path)]) == 3
    assert "--as-of" in capsys.readouterr().out and path.exists()
    (refusal,) = home.landing().refused()
    assert refusal["code"] == "no_date" and "12345热线办理汇总_20261122.csv" in refusal["sentence"]
    assert main(["load", str(path), "--as-of", "2026-06-02"]) == 0
    said = home.load()
    assert (build.data_date, said.data_date) == (datetime(2026, 6, 1, 8), datetime(2026, 6, 2))
    assert (overdue(said), home.landing().refused()) == (0, [])


def test_what_nobody_dated_decides_nothing(home):
    """An empty file of unknown date, and a table of the school's that has none."""
    empty = home.write("工单.csv", HEADER)
    places = home.write("楼宇.csv", "楼宇编号,楼宇名称,楼宇类型", "D01,1号楼,宿舍")
    assert [outcome.status for outcome in home.land(empty, places)] == ["landed", "landed"]
    build = home.load(home.write("工单_20260601.csv", HEADER, OPEN.format(1)))
    assert build.data_date == datetime(2026, 6, 1, 8)
    undated = build.rows("SELECT name FROM files WHERE export_time IS NULL ORDER BY name")
    assert undated == [("工单.csv",), ("楼宇.csv",)]


def test_one_stray_cell_moves_nothing_and_is_said_with_its_row(home, capsys):
    rows = [*tickets(300), "R999,已办结,2026-05-28 08:00,2026-06-02 08:00,2026-10-31 10:00", OPEN.format(1)]
    path = home.write("报修导出.csv", HEADER, *rows)
    assert main(["load", str(path)]) == 0
    assert "没有采用的时间" in capsys.readouterr().out
    build = home.load()
    assert (build.data_date, overdue(build)) == (datetime(2026, 6, 1, 8), 0)
    ((name, row, message),) = noted(build, "stray_time")
    assert (name, row) == ("报修导出.csv", 302) and "2026-10-31 10:00" in message
    assert main(["load", str(path), "--as-of", "2026-06-08"]) == 0
    build = home.load()
    assert (build.data_date, overdue(build), noted(build, "stray_time")) == (datetime(2026, 6, 8), 1, [])


def test_a_name_of_the_far_future_moves_nothing_and_can_be_set_right(home):
    home.load(home.write("工单_20260601.csv", HEADER, *tickets(30), OPEN.format(1)))
    wrong = home.write("工单_20360602.csv", HEADER, OPEN.format(2))
    build = home.load(wrong)
    assert (build.data_date, overdue(build)) == (datetime(2026, 6, 1, 8), 0)
    ((name, _, message),) = noted(build, "far_export_time")
    assert name == "工单_20360602.csv" and "2036-06-02" in message
    assert main(["load", str(wrong), "--as-of", "2026-06-02"]) == 0
    build = home.load()
    assert (build.data_date, noted(build, "far_export_time")) == (datetime(2026, 6, 2), [])


def test_one_files_day_does_not_take_the_campus_back(home):
    home.load(home.write("工单_20260608.csv", HEADER, OPEN.format(1)))
    assert main(["load", str(home.write("旧表.csv", HEADER, OPEN.format(2))), "--as-of", "2026-06-02"]) == 0
    build = home.load()
    assert build.data_date == datetime(2026, 6, 8)
    assert build.rows("SELECT count(*) FROM tickets") == [(2,)]


@every(
    ("days", "expected"),
    [
        ([0, 1, 2], 2),
        ([*range(50), 200], 49),
        ([*range(50), 70], 70),  # within a month
        ([*range(300), 500, 900], 299),  # two of three hundred, in different places
        ([*range(50), 200, 201, 202], 202),  # several agree
        ([0, 130], 130),  # a handful of rows knows no rhythm
        ([0, 12000], 0),
        ([*range(0, 1200, 60), 1240], 1240),  # a file that is always rare
        ([], None),
    ],
)
def test_which_day_is_the_last_that_is_not_alone(days, expected):
    first = date(2020, 1, 1)
    found = last_joined([(first + timedelta(days=day), 1) for day in days])
    assert found == (None if expected is None else first + timedelta(days=expected))


def test_agreement():
    now = datetime(2026, 6, 1)
    many, few = Sign("many", now, 300), Sign("few", now, 3)
    later = now + timedelta(days=60)
    assert agrees(later, "x", [many], is_stated=True) and not agrees(later, "x", [many], is_stated=False)
    assert agrees(now + timedelta(days=300), "x", [few], is_stated=True)
    assert not agrees(now + timedelta(days=300), "x", [few, many], is_stated=True)
    assert not agrees(now + timedelta(days=3650), "x", [few], is_stated=True)
    assert agrees(later, "new", [many, Sign("new", later, 20)], is_stated=False)
    assert not agrees(later, "new", [many, Sign("new", later, 19)], is_stated=False)
    assert agrees(later, "alone", [Sign("alone", later, 1)], is_stated=False)
