"""反复与快慢: the sentence counts what the tables list, and each row opens its records."""

import warehouse
from metrics.ask.window import Window
from metrics.places import repeats
from tests.pages.conftest import words


def test_the_sentence_and_the_tables_say_the_same(open_at):
    at = open_at("repeats", period="近52周", repeats="销号后复发")
    build = warehouse.current()
    window = Window.recent_weeks(build.data_date, 52)
    chains = repeats.chains(build, window)
    assert f"销号后又出现的隐患 {len(chains)} 处" in words(at) if len(chains) else "没有销号后又出现的隐患" in words(at)
    assert len(chains) == (len(at.dataframe[0].value) if at.dataframe else 0)


def test_every_part_opens(open_at):
    for part in ("反复地点", "设施反复不合格", "办结快慢"):
        at = open_at("repeats", repeats=part)
        assert not at.exception and not at.error, part
    assert "办结用时：" in words(at)
