"""limits.toml: what a school declares, and what is said of an entry that cannot be meant."""

import pytest

from etl.build.settings import load_settings
from etl.clocks.clock import ALWAYS
from etl.clocks.deadlines import declared
from warehouse import paths
from warehouse.errors import UserError

GOOD = """
[clocks."工作时间"]
days = "工作日"
hours = ["08:00-12:00", "14:00-18:00"]

[tickets]
stops = ["挂起"]

[tickets.due_hours]
"一般" = 30
"加急" = 4

[tickets.due_clock]
"一般" = "工作时间"
"紧急" = "全天"

[own_table]
some_days = 3
"""


@pytest.fixture
def school(tmp_path):
    def write(text: str):
        folder = tmp_path / "school"
        folder.mkdir(exist_ok=True)
        (folder / "limits.toml").write_text(text, encoding="utf-8")
        return load_settings(folder).limits

    return write


def test_each_class_has_its_own_limit_and_clock_or_those_of_all_others(school):
    limits = school(GOOD)
    due = [rule for rule in declared(limits) if (rule.table, rule.limit) == ("tickets", "due")]
    rules = [(rule.of_class, rule.allowed and rule.allowed / 3.6e9, rule.clock) for rule in due]
    assert rules == [("紧急", 24, ALWAYS), ("加急", 4, "工作时间"), ("一般", 30, "工作时间")]
    assert limits.clocks.words_of("工作时间") == "工作时间（工作日 08:00–12:00、14:00–18:00）"
    assert limits.clocks.stops == {"tickets": ("挂起",)} and limits.numbers["own_table.some_days"] == 3
    hazards = [(rule.of_class, rule.allowed, rule.clock) for rule in declared(limits) if rule.table == "hazards"]
    assert hazards == [("一般", None, ALWAYS)]  # the export's own deadline is the measure


def test_the_shipped_file_states_every_class_round_the_clock():
    limits = load_settings(paths.REPOSITORY / "data" / "school").limits
    assert {rule.clock for rule in declared(limits)} == {ALWAYS}
    stated = {path.rsplit(".", 1)[0] for path in limits.clocks.of}
    assert stated == {"tickets.response_clock", "tickets.due_clock", "hazards.due_clock", "incidents.arrival_clock"}


def test_a_wrong_entry_is_refused_with_file_line_and_remedy(school):
    wrong = [
        ('"一般" = 30', '"一般" = "三十"', 10, "「tickets.due_hours.一般」要写成不小于 0 的数"),
        (
            '"一般" = "工作时间"',
            '"一般" = "工作时"',
            14,
            "不能是「工作时」，是不是想写「工作时间」，可用：全天、工作时间",
        ),
        ('"一般" = "工作时间"', '"一般" = 8', 14, "不能是「8」"),
        ('days = "工作日"', 'days = "周末"', 3, "「days」不能是「周末」，可用：工作日、每天"),
        ('days = "工作日"', "", 2, "缺少「days」"),
        ('days = "工作日"', 'day = "工作日"', 3, "不认识的键「day」，是不是想写「days」"),
        ('"08:00-12:00"', '"8点到12点"', 4, "「hours」要写成几段时间"),
        ('"14:00-18:00"', '"11:00-18:00"', 4, "从早到晚写，互不重叠"),
        ('"14:00-18:00"', '"18:00-14:00"', 4, "从早到晚写，互不重叠"),
        ('clocks."工作时间"', 'clocks."全天"', 2, "请给这个时钟另起名称"),
        ('stops = ["挂起"]', 'stops = "挂起"', 7, "「stops」要写成一组状态"),
        ('stops = ["挂起"]', 'stop = ["挂起"]', 7, "不认识的键「stop」，是不是想写「stops」"),
        ("[tickets.due_hours]", "[tickets.due_hour]", 9, "不认识的键「due_hour」，是不是想写「due_hours」"),
        ("[own_table]", "[trainings]\npas_score = 60", 18, "不认识的键「pas_score」，是不是想写「pass_score」"),
        ("some_days = 3", "some_days = -3", 18, "「own_table.some_days」要写成不小于 0 的数"),
    ]
    for before, after, line, words in wrong:
        with pytest.raises(UserError) as problem:
            school(GOOD.replace(before, after, 1))
        said = problem.value.sentence
        assert said.startswith(f"school/limits.toml 第 {line} 行：") and words in said and said.endswith("。"), said
        assert said.count("。") == 1
    for text in ("clocks = 3", "tickets = 3", "[clocks]\n工作时间 = 3", "[tickets]\ndue_clock = 3"):
        with pytest.raises(UserError, match="第 [12] 行"):
            school(text)
