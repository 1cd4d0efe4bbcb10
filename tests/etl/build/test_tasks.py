"""Steps of a build: each after what it needs, none twice, none forgotten."""

import duckdb
import pytest

from etl.build.tasks import Tasks
from warehouse.publishing import SEARCH_PATH


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS build")
        connection.execute(SEARCH_PATH)
        yield connection


def planned(*steps: tuple[str, str]) -> tuple[Tasks, list[str]]:
    """Steps (name, needs) that write down their name when they run."""
    tasks, ran = Tasks(), []
    for name, needs in steps:
        tasks.add(name, needs.split(), lambda _, name=name: ran.append(name))
    return tasks, ran


def test_a_step_runs_after_what_it_needs_and_else_in_the_order_added(connection):
    tasks, ran = planned(("c", "a b"), ("b", ""), ("a", ""), ("d", "c"))
    tasks.run(connection, workers=1)
    assert ran == ["b", "a", "c", "d"]


@pytest.mark.parametrize("steps", [[("a", "b"), ("b", "a")], [("a", "nowhere")]])
def test_steps_that_could_never_begin_are_an_error_before_any_runs(connection, steps):
    tasks, ran = planned(("first", ""), *steps)
    with pytest.raises(ValueError, match="steps that wait for"):
        tasks.run(connection)
    assert ran == []


def test_what_a_step_raises_is_raised(connection):
    tasks, ran = planned(("b", "a"))
    tasks.add("a", (), lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.run(connection)
    assert ran == []
