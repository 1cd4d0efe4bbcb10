"""今晚: the place opens on the sentence and four lists; each row a click from its record."""

import warehouse
from metrics.ahead.tonight import sentence, tonight
from tests.pages.conftest import words


def test_before_anything_came_in_it_says_so_and_until_when(open_at):
    said = words(open_at("tonight")).replace("\\", "")
    assert "自 11-15 18:00 起没有新来的" in said and "11-16、11-17" in said
    assert "11-15 18:00 以来" in said


def test_tonight_lists_what_its_sentence_counts(open_at, twentieth_home, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(twentieth_home))
    night = tonight(warehouse.current())
    at = open_at("tonight")
    assert not at.exception and not at.error
    assert sentence(night) in words(at).replace("\\", "")
    own = {"类别": len(night.came), "情况": min(len(night.red), 8), "事项": len(night.due), "应到": len(night.duty)}
    shown = {name: len(one.value) for one in at.dataframe for name in own if name in one.value}
    assert shown == {name: count for name, count in own.items() if count} and len(shown) > 2
    assert all(one.value.columns[-1] == "记录" for one in at.dataframe if "应到" not in one.value)
