"""Task definitions: complete, well-formed, and never more than printed."""

import configparser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reports.command import cli, schedule

HERE, DATA = Path("/srv/校园 安全"), Path("/srv/data 100%")
TASKS = schedule.tasks("简报 输出")


def unit(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(text)
    return parser


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_systemd_units_are_complete(task):
    service, timer = unit(schedule.service(task, "/venv/bin/python", HERE, DATA)), unit(schedule.timer(task))
    assert service["Service"]["WorkingDirectory"] == str(HERE) and service["Service"]["Type"] == "oneshot"
    assert (
        service["Service"]["Environment"] == '"CAMPUS_DATA=/srv/data 100%%"'
    )  # a single % would begin a name of systemd's own
    assert service["Service"]["ExecStart"].startswith(f"/venv/bin/python -m {task.module} {task.arguments[0]}")
    assert timer["Timer"]["OnCalendar"].endswith(f"*-*-* {task.at}:00") and timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_windows_definitions_are_well_formed(task):
    tree = ElementTree.fromstring(schedule.windows(task, r"C:\a & b\python.exe", HERE, DATA).split("?>", 1)[1])
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert tree.find(".//t:Command", space).text == r"C:\a & b\python.exe"
    assert (
        f'"{task.module}"' in tree.find(".//t:Arguments", space).text
        and str(DATA) in tree.find(".//t:Arguments", space).text
    )
    assert (
        tree.find(".//t:StartBoundary", space).text.endswith(f"T{task.at}:00")
        and tree.find(".//t:StartWhenAvailable", space).text == "true"
    )
    assert (tree.find(".//t:ScheduleByWeek", space) is not None) == bool(task.day)
    line = schedule.schtasks(task, "python", HERE, DATA)
    assert line.startswith(f"schtasks /Create /F /TN {task.name} ") and f"/ST {task.at}" in line and '\\"' in line


def test_the_load_comes_before_the_brief_and_the_brief_before_the_message():
    assert [task.module for task in TASKS] == ["etl", "reports", "reports"] and [task.at for task in TASKS] == sorted(
        task.at for task in TASKS
    )


def test_everything_is_printed_and_no_secret(capsys, monkeypatch):
    monkeypatch.setenv("CAMPUS_WEBHOOK_URL", "https://robot.example/secret")
    assert cli.main(["schedule", "--out", "简报"]) == 0
    printed = capsys.readouterr().out
    assert all(f"{task.name}.{kind}" in printed for task in TASKS for kind in ("service", "timer", "xml"))
    assert str(Path("简报").resolve()) in printed and "secret" not in printed
