"""The 26 systems of a campus: each named once, each with at least one declared source of its own."""

from collections import Counter

from etl.declare.load import load_sources
from etl.form.systems import systems
from warehouse import paths


def declared() -> Counter:
    sources = load_sources([paths.REPOSITORY / "etl" / "sources"]).values()
    return Counter(source.system for source in sources if source.system)


def test_there_are_twenty_six_with_names_of_their_own():
    assert list(systems()) == list(range(1, 27))
    assert len({system.title for system in systems().values()}) == 26


def test_every_system_has_a_source():
    assert [number for number in systems() if not declared()[number]] == []
