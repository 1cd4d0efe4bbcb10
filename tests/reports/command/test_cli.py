"""python -m reports: four files and their digests, exit codes, and words instead of tracebacks."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pytest

from reports.command import cli, compute, printing
from reports.content.failures import FAILED


@pytest.fixture
def out(campus, tmp_path) -> Path:
    return tmp_path / "out"


@pytest.mark.slow
def test_a_brief_is_four_files_and_each_digest_is_printed(out, capsys):
    assert cli.main(["brief", "--out", str(out)]) == 3  # the drawn build has no incidents: one section says why
    printed = capsys.readouterr()
    files = sorted(path.name for path in out.iterdir())
    digest = json.loads(next(out.glob("*.json")).read_bytes())["digest"]
    assert files == sorted(f"周简报_2026-W46_{digest[:8]}.{ending}" for ending in ("docx", "pptx", "pdf", "json"))
    for path in out.iterdir():
        assert f"{path.name}  {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}" in printed.out
    assert (
        digest in printed.out
        and "「零报告」没有内容：" in printed.err
        and "注意：隐患台账只导出到 2026-10-01" in printed.err
    )
    assert "Traceback" not in printed.err


@pytest.mark.slow
def test_an_archive_prints_the_same_files_though_the_records_are_gone(out, tmp_path, monkeypatch, capsys):
    cli.main(["brief", "--week", "2026-W45", "--out", str(out)])
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path / "empty"))
    kept = next(out.glob("*.json"))
    assert cli.main(["brief", "--from", str(kept), "--out", str(tmp_path / "again")]) == 3
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()
    }


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (["brief", "--week", "下周"], 2, "请写成 2026-W47"),
    (["brief", "--week", "2026-W60"], 2, "请写成 2026-W47"),
    (["brief", "--week", "0001-W01"], 2, "请写成 2026-W47"),
    (["brief", "--week", "2026-W50"], 2, "还没有数据"),
    (["brief", "--build", "x"], 4, "没有名为「x」的构建"),
    (["brief", "--from", "没有.json"], 2, "没有这个存档"),
    (["brief", "--from", "a.json", "--week", "2026-W47"], 2, "不能再与"),
    (["brief", "--home", "nowhere"], 4, "python -m etl demo"),
])  # fmt: skip
def test_what_a_person_can_cause_ends_in_one_sentence(campus, arguments, code, said, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(printing, "apart", compute.computed)  # that a process of its own says the same is tested below
    assert cli.main(arguments) == code
    printed = capsys.readouterr()
    assert said in printed.err and "Traceback" not in printed.err and not list(tmp_path.rglob("*.docx"))


def test_the_computing_process_s_words_and_code_are_passed_on(out, capsys):
    assert cli.main(["brief", "--build", "x", "--out", str(out)]) == 4
    assert "没有名为「x」的构建" in capsys.readouterr().err and not out.exists()


def test_wrong_usage_is_said_in_chinese(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["brief", "--wek", "1"])
    assert ended.value.code == 2 and "不认识的参数：--wek" in capsys.readouterr().err


def test_help_has_no_english(capsys):
    with pytest.raises(SystemExit):
        cli.main(["brief", "-h"])
    assert not re.search(r"\b(usage|options|optional|show|help message)\b", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("week", "day"),
    [("2026-W47", date(2026, 11, 16)), ("2026-w01", date(2025, 12, 29)), ("2026-11-18", date(2026, 11, 18))],
)
def test_weeks_are_read(week, day):
    assert compute.day_of(week) == day


def test_a_folder_that_cannot_be_written_is_said(campus, tmp_path, capsys, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(printing, "apart", compute.computed)
    assert cli.main(["brief", "--out", str(tmp_path / "file" / "below")]) == 2
    assert "请检查" in capsys.readouterr().err


def test_a_section_that_breaks_is_printed_with_its_reason_and_no_traceback(out, monkeypatch, capsys):
    from metrics.ahead import foresight

    monkeypatch.setattr(foresight, "foresight", lambda *_: 1 / 0)
    monkeypatch.setattr(printing, "apart", compute.computed)  # in this process, where the fault is
    assert cli.main(["brief", "--out", str(out)]) == 3
    printed = capsys.readouterr()
    assert f"「下周提示」没有内容：{FAILED}" in printed.err and "ZeroDivision" not in printed.err


def test_a_computation_that_dies_is_said_and_nothing_is_written(out, monkeypatch, capfd):
    monkeypatch.setattr(printing.sys, "executable", "false")
    assert cli.main(["brief", "--out", str(out)]) == 2
    assert "简报没有算出来" in capfd.readouterr().err and not out.exists()


@pytest.mark.slow
def test_printing_again_needs_none_of_the_libraries_that_read_records(drawn, tmp_path):
    import subprocess
    import sys

    from reports.content import archive

    (tmp_path / "kept.json").write_bytes(archive.frozen(drawn))
    code = (
        "import sys; from reports.command.cli import main; main(['brief', '--from', "
        f"{str(tmp_path / 'kept.json')!r}, '--out', {str(tmp_path)!r}]); print(sorted({{'pandas', 'scipy', "
        f"'duckdb', 'plotly', 'streamlit', 'sqlalchemy'}} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=printing.paths.REPOSITORY, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == "[]"
