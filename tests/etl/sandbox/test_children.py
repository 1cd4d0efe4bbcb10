"""Child processes: every job answered once, whatever another job does; light, bounded, restarted."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl.sandbox import bounds, children
from etl.sandbox.bounds import Bounds, bounds_of
from etl.sandbox.children import Refusal, run
from tests.etl import jobs
from tests.etl.drawn import book, package

ROOT = Path(__file__).resolve().parents[3]


def test_many_jobs_are_each_answered_once_by_two_processes():
    assert sorted(run(jobs.double, range(300))) == [(number, number * 2) for number in range(300)]
    assert len({result for _, result in run(jobs.process, range(50))}) <= 2


def test_a_heavy_parent_does_not_wear_out_its_children():
    held = bytearray(b"x") * (400 << 20)
    assert len({result for _, result in run(jobs.process, range(20), memory_mb=700)}) <= 2
    assert len(held) == 400 << 20


def test_a_child_that_holds_on_to_much_goes_home():
    answers = [result for _, result in run(jobs.hold, [1, 400, 1], workers=1, memory_mb=700)]
    assert answers[0] == answers[1] != answers[2]


def test_no_jobs_no_process():
    assert list(run(jobs.double, [])) == []


def test_one_job_is_answered_by_one_process():
    assert list(run(jobs.double, [21])) == [(21, 42)]


@pytest.mark.parametrize(
    ("how", "cause", "words"),
    [
        ("abort", "crash", "解析程序崩溃"),
        ("exit", "crash", "解析程序崩溃"),
        ("memory", "memory", "内存超过 700 MB"),
        ("forever", "time", "3 秒内没有读完"),
        ("unpicklable", "error", "没有预料的问题"),
        ("bug", "error", "没有预料的问题"),
    ],
)
def test_one_bad_job_costs_only_itself(how, cause, words):
    todo = [f"a{at}" for at in range(10)] + [how] + [f"b{at}" for at in range(10)]
    answers = dict(run(jobs.misbehave, todo, memory_mb=700, seconds=3 if how == "forever" else 60))
    refusal = answers.pop(how)
    assert (refusal.cause, words in refusal.sentence) == (cause, True)
    assert answers == {job: job for job in todo if job != how}
    assert "programmer" not in refusal.sentence
    assert how != "bug" or "KeyError" in refusal.detail


def test_only_bad_jobs():
    answers = [answer for _, answer in run(jobs.misbehave, ["abort"] * 5)]
    assert [answer.cause for answer in answers] == ["crash"] * 5


def test_what_a_job_prints_does_not_get_between_the_answers():
    assert dict(run(jobs.misbehave, ["print", "x"])) == {"print": "print", "x": "x"}


def test_results_come_as_they_finish():
    assert [job for job, _ in run(jobs.slow, [0.6, 0.0, 0.01])][-1] == 0.6


def test_leaving_early_ends_the_processes():
    begin = time.perf_counter()
    for _ in run(jobs.slow, [0.0, 30.0, 30.0]):
        break
    assert time.perf_counter() - begin < 10


def test_children_stay_light():
    ((_, names),) = run(jobs.modules, [0])
    assert not {"pandas", "streamlit", "numpy", "pyarrow", "rich", "pytest"} & set(names)


def test_a_refusal_of_the_reader_comes_through_word_for_word(tmp_path):
    (tmp_path / "空.csv").write_bytes(b"")
    good = book(tmp_path / "a.xlsx", {"S": [["编号", "值"], ["1", "x"]]})
    answers = dict(run(jobs.rows, [tmp_path / "空.csv", good]))
    assert answers[good] == [1]
    assert answers[tmp_path / "空.csv"] == Refusal("空.csv：文件是空的，请重新导出后再放进来。", "refused")


def test_the_workbook_that_aborts_its_parser(tmp_path):
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    bad = package(tmp_path / "远.xlsx", far)
    good = book(tmp_path / "a.xlsx", {"S": [["编号"], ["1"]]})
    answers = dict(run(jobs.rows_unlooked, [bad, good]))
    assert answers[good] == 2
    assert answers[bad].sentence.startswith("远.xlsx：读取时解析程序崩溃")


def test_a_sentence_names_the_job():
    (answer,) = [answer for _, answer in run(jobs.misbehave, ["abort"], describe=lambda job: f"文件 {job}")]
    assert answer.sentence.startswith("文件 abort：")


def test_a_function_of_main_is_a_programmers_mistake():
    def local(number: int) -> int:
        return number

    local.__module__ = "__main__"
    with pytest.raises(ValueError, match="__main__"):
        list(run(local, [1]))


def test_it_works_from_a_program_started_with_dash_m(tmp_path):
    package_folder = tmp_path / "started"
    package_folder.mkdir()
    (package_folder / "__main__.py").write_text(
        "from etl.sandbox.children import run\nfrom tests.etl.jobs import double\n"
        "print(sorted(run(double, range(4))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "started"], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.stdout == "[(0, 0), (1, 2), (2, 4), (3, 6)]\n", done.stderr


@pytest.mark.parametrize(("size", "head"), [(90 << 20, b"\xef\xbb\xbf"), (30 << 20, b"PK\x03\x04")])
def test_a_large_file_gets_more_memory_and_time(tmp_path, monkeypatch, size, head):
    monkeypatch.setattr(bounds, "ceiling_mb", lambda: 4000)
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)
    floor = Bounds(1500, 120)
    assert bounds_of(path, floor) == bounds_of((1, path), floor) == Bounds(600 + 14 * 90, 210)
    with path.open("wb") as file:
        file.truncate(390 << 20)
    assert bounds_of(path, floor).memory_mb == 4000
    assert bounds_of(7, floor) == bounds_of(tmp_path / "gone.csv", floor) == floor


def test_a_small_file_stays_at_the_floor_after_a_large_one(tmp_path):
    """One child for both: the limit follows the job and goes down again."""
    large, small = tmp_path / "a", tmp_path / "b"
    with large.open("wb") as file:
        file.truncate(100 << 20)
    small.write_bytes(b"x")
    limits = dict(run(jobs.memory_limit, [large, small], workers=1, memory_mb=700))
    assert limits[large] == min(2000, bounds.ceiling_mb()) << 20 and limits[small] == 700 << 20


def test_a_child_that_is_gone_before_its_question_costs_only_that_job():
    """A question longer than the pipe is half written when the child ends."""
    todo = ["exit", "x" * (1 << 20), "y"]
    answers = dict(run(jobs.misbehave, todo, workers=1))
    assert answers.pop("exit").cause == "crash" and answers == {job: job for job in todo[1:]}


def test_a_dead_childs_pipe_is_closed_without_an_error():
    hand = children._Hand(jobs.double, None, None, children._Limits(Bounds(700, 5), str))
    child = hand.child = children._start(hand.limits)
    child.kill()
    child.wait()
    child.stdin.write(b"never read")
    hand._end()
    assert hand.child is None and child.stdin.closed
