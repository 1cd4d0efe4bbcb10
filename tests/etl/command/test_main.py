"""The command line: Chinese words, exit codes, no traceback, check that writes nothing."""

import errno
import os
import re
import subprocess
import sys

import pytest

import warehouse
from etl.command import load
from etl.command.main import main
from warehouse import paths
from warehouse.command import INTERRUPTED
from warehouse.publishing import exclusive

HEADER = "工单编号,报修时间,类别,地点,状态,办结时间"
GOOD = "T1,2026-11-01 08:00,水电维修,3号楼302,处理中,"
BAD = "T2,下周三,水电维修,3号楼302,处理中,"
EVERYTHING = ("demo", "load", "check", "status", "history", "rollback", "template", "docs", "withdraw")


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = stop.code
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, said.out, said.err


def files_of(folder) -> dict:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


@pytest.mark.slow
def test_load_the_inbox_then_nothing_changes_then_roll_back(campus, capsys):
    campus.write("inbox/工单_20261115080000.csv", HEADER, GOOD, BAD)
    code, out, _ = run(capsys, "load")
    assert code == 0
    assert "已发布构建 20261115T0800-" in out and "不是日期" in out
    numbers = re.search(
        r"工单_20261115080000\.csv\D+(\d+)\D+(\d+)\D+(\d+)\D+(\d+)\D+(\d+)\D+(\d+)", out.replace("\n", "")
    )
    assert numbers and [int(n) for n in numbers.groups()][:3] == [2, 1, 1]
    code, out, _ = run(capsys, "load")
    assert (code, "没有变化" in out) == (0, True)
    campus.write("inbox/工单_20261122080000.csv", HEADER, GOOD)
    assert run(capsys, "load")[0] == 0
    code, out, _ = run(capsys, "history")
    assert code == 0 and out.count("T0800-") == 2
    code, out, _ = run(capsys, "rollback")
    assert code == 0 and "20261115T0800" in out
    assert warehouse.current().data_date.day == 15
    code, out, _ = run(capsys, "status")
    assert code == 0 and "20261115T0800" in out and "工单" in out and "没有收到过" in out


@pytest.mark.slow
def test_check_says_what_a_load_would_do_and_writes_nothing(campus, capsys):
    campus.write("inbox/工单_20261115080000.csv", HEADER, GOOD, BAD)
    before = files_of(campus.folder)
    code, out, _ = run(capsys, "check")
    assert code == 0 and "没有写入任何东西" in out and "不是日期" in out
    assert files_of(campus.folder) == before
    run(capsys, "load")
    campus.write("inbox/工单_20261122080000.csv", HEADER, GOOD.replace("处理中", "已办结"))
    before = files_of(campus.folder)
    code, out, _ = run(capsys, "check", str(campus.folder / "inbox" / "*1122*"))
    assert code == 0 and "20261122080000" in out and "20261115080000" not in out
    assert "时限与时钟" in out and "72 小时" in out and "10 分钟" in out
    assert files_of(campus.folder) == before


def test_folders_globs_and_single_files(campus, tmp_path):
    made = [
        campus.write(name, HEADER, GOOD)
        for name in ("a/工单1.csv", "a/b/工单2.csv", "a/~$工单.csv", "a/说明.docx", "a/.隐藏.csv")
    ]
    assert load.find_files([str(tmp_path / "a")]) == [made[1], made[0]]
    assert load.find_files([str(tmp_path / "a" / "*.csv")]) != []
    assert load.find_files([str(made[0]), str(tmp_path / "a" / "工单?.csv")]) == [made[0]]
    assert load.find_files([str(made[3])]) == [made[3]]  # named on purpose: the reader says what is wrong with it


@pytest.mark.slow
def test_some_refused_is_three_and_the_rest_is_published(campus, capsys):
    campus.write("inbox/工单_20261115080000.csv", HEADER, GOOD)
    campus.write("inbox/通讯录.csv", "甲,乙,丙", "1,2,3")
    code, out, _ = run(capsys, "load")
    assert code == 3 and "没有装载的文件" in out and "通讯录.csv" in out and "已发布构建" in out
    assert "通讯录" in run(capsys, "status")[1]


def test_all_refused_is_three_and_publishes_nothing(campus, capsys):
    campus.write("inbox/通讯录.csv", "甲,乙,丙", "1,2,3")
    assert run(capsys, "load")[0] == 3
    assert run(capsys, "check")[0] == 3
    assert warehouse.current() is None


@pytest.mark.parametrize("command", ["load", "check", "status", "history", "rollback", "withdraw"])
def test_nothing_there_is_four_in_words(campus, capsys, command):
    code, out, err = run(capsys, command)
    assert code == 4
    assert re.search("[一-龥]", out + err)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["load", "/没有/这里"], "找不到「/没有/这里」"),
        (["load", "--as-of", "昨天"], "--as-of「昨天」不是日期"),
        (["lod"], "没有 lod 这个命令"),
        ([], "缺少：命令"),
        (["template"], "缺少：来源"),
        (["withdraw", "没有.csv"], "没有装载过「没有.csv」"),
        (["load", "--as-of"], "后面要写一个值"),
        (["load", "--nope"], "不认识的参数"),
        (["rollback", "没有"], "没有名为「没有」的构建"),
    ],
)
def test_wrong_use_is_two_in_words(campus, capsys, arguments, words):
    code, _, err = run(capsys, *arguments)
    assert code == (4 if arguments[:1] == ["rollback"] else 2)
    assert words in err and "error" not in err and "usage" not in err


@pytest.mark.slow
def test_a_failed_check_is_five(campus, capsys):
    campus.write("inbox/工单_20261115080000.csv", HEADER, GOOD)
    campus.write("school/checks/never.sql", "-- 不许有工单", "SELECT ticket_id FROM tickets")
    code, _, err = run(capsys, "load")
    assert code == 5 and "不许有工单" in err
    assert run(capsys, "check")[0] == 5
    assert warehouse.current() is None


def test_two_loads_at_once_and_an_interruption(campus, capsys, monkeypatch):
    campus.write("inbox/工单_20261115080000.csv", HEADER, GOOD)
    with exclusive():
        code, _, err = run(capsys, "load")
    assert code == 2 and "另一个装载正在进行" in err

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(load, "_publish", interrupted)
    code, _, err = run(capsys, "load")
    assert code == 130 and "已中断" in err


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘空间不够"),
        (PermissionError(errno.EACCES, "Permission denied", "x"), "没有读写权限"),
        (OSError(errno.EIO, "Input/output error"), "读写文件失败"),
    ],
)
def test_a_full_disk_or_a_locked_folder_is_a_sentence(campus, capsys, monkeypatch, problem, words):
    def fail(*_):
        raise problem

    monkeypatch.setattr(load, "load", fail)
    code, _, err = run(capsys, "load")
    assert code == 2 and words in err and "denied" not in err and "space" not in err


LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2); "
    "from etl.command.main import main; sys.exit(main(['load']))"
)


@pytest.mark.slow
@pytest.mark.parametrize("most_bytes", [500, 200_000])
def test_a_disk_that_takes_no_more_is_a_sentence_and_blames_no_file(campus, most_bytes):
    """A limit on the size of files stands for a full disk: first the children cannot write, then the build cannot."""
    campus.write("inbox/工单_20261115080000.csv", HEADER, *(GOOD.replace("T1", f"T{n}") for n in range(500)))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(most_bytes)],
        cwd=paths.REPOSITORY,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "空间" in done.stderr and "Traceback" not in done.stderr
    assert list((campus.folder / "landing" / "refused").iterdir()) == []
    assert [path.name for path in (campus.folder / "builds").iterdir()] == [".lock"]


def test_the_folder_may_be_named_before_or_after_the_command(campus, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path / "elsewhere"))
    for arguments in (["--home", str(campus.folder), "load"], ["load", "--home", str(campus.folder)]):
        monkeypatch.setenv("CAMPUS_DATA", str(tmp_path / "elsewhere"))
        assert run(capsys, *arguments)[0] == 4
        assert not (tmp_path / "elsewhere" / "landing").exists()


def test_every_word_of_the_help_is_chinese(capsys):
    for command in (None, *EVERYTHING):
        code, out, _ = run(capsys, *([command] if command else []), "-h")
        assert code == 0
        words = set(re.findall(r"(?<![-_./\w])[A-Za-z]{4,}(?![\w./=])", out))
        assert words <= {"python", "docs", "data", "inbox", "Excel", "drills", "CAMPUS", *EVERYTHING}, words


def test_every_exit_code_and_command_is_documented():
    text = (paths.REPOSITORY / "docs" / "operating.md").read_text(encoding="utf-8")
    for code in (0, 2, load.SOME_REFUSED, load.NOTHING_TO_DO, 5, INTERRUPTED):
        assert re.search(rf"^\| {code} \|", text, re.MULTILINE), code
    for command in EVERYTHING:
        assert f"python -m etl {command}" in text, command


def test_as_a_process_a_user_error_is_one_line_on_standard_error(campus):
    done = subprocess.run(
        [sys.executable, "-m", "etl", "status"],
        cwd=paths.REPOSITORY,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, len(done.stderr.strip().splitlines())) == (4, "", 1)


@pytest.mark.slow
def test_the_demonstration_lives_apart(campus, capsys):
    landed = sorted((campus.folder / "landing").rglob("*"))
    code, out, _ = run(capsys, "demo", "--years", "1", "--scale", "0.02")
    assert code == 0 and "已发布构建" in out
    assert warehouse.current().origin == "demo"
    assert sorted((campus.folder / "landing").rglob("*")) == landed
    assert (campus.folder / "demo" / "exports" / "truth.toml").exists()
    name = warehouse.current().name
    assert run(capsys, "demo", "--if-none")[0] == 0 and warehouse.current().name == name
    code, out, _ = run(capsys, "load")
    assert code == 4 and warehouse.current().name == name
    campus.write("inbox/工单_20261115080000.csv", HEADER, GOOD)
    run(capsys, "load")
    assert warehouse.current().origin == "school"
    assert warehouse.current().rows("SELECT ticket_id FROM tickets") == [("T1",)]


def test_the_compiled_words_are_those_that_can_be_read():
    """After an edit of messages.po: python scripts/words.py"""
    from scripts import words

    assert words.FILE.with_suffix(".mo").read_bytes() == words.compiled(words.words(words.FILE.read_text("utf-8")))


def test_what_a_command_writes_is_its_owners_alone(home):
    before = os.umask(0o022)
    try:
        file = home.write(
            "工单_20261122080000.csv", "工单编号,报修时间,类别,地点,状态", "T1,2026-11-20 08:00,a,3号楼,处理中"
        )
        assert main(["load", str(file)]) == 0
    finally:
        os.umask(before)
    written = [path for path in home.folder.rglob("*") if path.is_file() and path != file]
    assert written and [path.name for path in written if path.stat().st_mode & 0o077] == []
