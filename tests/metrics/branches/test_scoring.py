"""The committee's sheet: empty by default, every point traceable, a bad file one sentence with its line."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from metrics.branches import periods as branch_periods
from metrics.branches import scoring, scoring_file
from metrics.define.errors import UserError
from tests.metrics.conftest import hazard

SHIPPED = Path(__file__).parents[3] / "data" / "school" / "scoring.toml"
GOOD = """
[[criterion]]
name = "隐患按期整改"
metric = "hazard_on_time_rate"
weight = 20
steps = [{ at_least = 0.95, points = 20 }, { at_least = 0.80, points = 10 }]
"""


@pytest.fixture
def school(tmp_path, monkeypatch):
    """write(text) puts a scoring file where the product looks for it."""
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    (tmp_path / "school").mkdir()
    return lambda text: (tmp_path / "school" / "scoring.toml").write_text(text, encoding="utf-8")


def filled(draw, on_time: int, whole: int):
    day = datetime(2026, 10, 5, 9)
    rows = [
        hazard(n, day, day + timedelta(hours=1) if n < on_time else None, day + timedelta(days=1), building_id="D03")
        for n in range(whole)
    ]
    build = draw(hazards=rows)
    return scoring.sheet(build, branch_periods.period(build))


def test_it_is_shipped_empty_and_its_example_is_a_good_one(school):
    text = SHIPPED.read_text(encoding="utf-8")
    school(text)
    assert scoring_file.read() == ()
    notes, example = text.split("# [[criterion]]", 1)
    school(notes + ("# [[criterion]]" + example).replace("# ", ""))
    assert [(one.name, one.weight, len(one.steps)) for one in scoring_file.read()] == [
        ("隐患按期整改", 20, 3),
        ("隐患不复发", 10, 2),
    ]


def test_no_file_no_points(draw, school):
    found = filled(draw, 9, 10)
    assert found.rows == () and found.words == scoring.EMPTY


@pytest.mark.parametrize(("on_time", "points"), [(100, 20), (95, 20), (94, 10), (80, 10), (79, 0)])
def test_points_follow_the_steps_and_say_how(draw, school, on_time, points):
    school(GOOD)
    row = next(one for one in filled(draw, on_time, 100).rows if one.branch == "B1")
    score = row.scores[0]
    assert (score.points, score.part, score.whole, row.total, row.full, row.untold) == (
        points,
        on_time,
        100,
        points,
        20,
        0,
    )
    assert f"（{on_time} / 100）" in score.words and f"得 {points} 分" in score.words


def test_nothing_to_divide_by_or_too_few_is_neither_nought_nor_full(draw, school):
    school(GOOD)
    rows = {one.branch: one for one in filled(draw, 4, 4).rows}
    assert rows["B1"].scores[0].points is None and "样本不足 5" in rows["B1"].scores[0].words
    assert rows["B2"].scores[0].points is None and (rows["B2"].total, rows["B2"].full, rows["B2"].untold) == (0, 0, 1)


def test_a_source_that_never_came_gives_no_points(draw, school):
    school(GOOD.replace("hazard_on_time_rate", "wish_fulfilled_rate"))
    assert all(one.scores[0].points is None and "还没有收到" in one.scores[0].words for one in filled(draw, 9, 10).rows)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[[criterion]]\nname = 甲", 2, "写法有误"),
        ("total = 100\n" + GOOD, 1, "「total」不认识"),
        (GOOD + "wight = 3\n", 7, "「wight」不认识"),
        (GOOD.replace("weight = 20\n", ""), 2, "缺少「weight」"),
        (GOOD.replace("hazard_on_time_rate", "hazard_on_tme_rate"), 4, "hazard_on_time_rate"),
        (GOOD.replace("= 20\nsteps", "= -1\nsteps"), 5, "大于 0"),
        (GOOD.replace("0.95", "95"), 6, "0.95"),
        (GOOD.replace("at_least = 0.95", "at_most = 0.95"), 6, "要么都写"),
        (GOOD.replace("at_least", "at_most").replace("0.95", "0.1"), 6, "越高越好"),
        (GOOD.replace("points = 20 }", "points = 5 }"), 6, "从高分到低分"),
        (GOOD.replace("points = 20 }", "points = 25 }"), 6, "满分 20"),
        (
            GOOD.replace("hazard_on_time_rate", "hazard_reporting_rate")
            .replace("at_least", "at_most")
            .replace("0.95", "1"),
            6,
            "报得多不能扣分",
        ),
        (GOOD + GOOD, 8, "重名"),
    ],
)
def test_a_bad_file_is_one_sentence_with_its_line(school, text, line, words):
    school(text)
    with pytest.raises(UserError) as problem:
        scoring_file.read()
    assert (
        problem.value.sentence.startswith("school/scoring.toml")
        and f"第 {line} 行" in problem.value.sentence
        and words in problem.value.sentence
    )
