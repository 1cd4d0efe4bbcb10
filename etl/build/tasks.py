"""Steps of a build that need not wait for each other, two at a time: DuckDB leaves Python's lock while it works.

A step begins when everything it needs is done; of those that may begin the first added goes first. Those that run at
one time have a cursor each.
"""

from collections.abc import Callable, Collection, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, closing
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

import duckdb

from warehouse.publishing import open_cursor

Step = Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True)
class _Task:
    name: str
    needs: frozenset[str]
    step: Step


class Tasks:
    """Steps by name with what each needs."""

    def __init__(self) -> None:
        self._tasks: list[_Task] = []

    def add(self, name: str, needs: Iterable[str], step: Step) -> str:
        """Returns the name, to be needed by others; names not (yet) added are waited for all the same."""
        self._tasks.append(_Task(name, frozenset(needs), step))
        return name

    def run(self, connection: duckdb.DuckDBPyConnection, workers: int = 2) -> None:
        """All steps; the first failure is raised when the steps under way have ended.

        ValueError where steps wait for each other, or for one that was never added.
        """
        steps = {task.name: task.step for task in self._tasks}
        turn = {name: place for place, name in enumerate(steps)}
        sorter = self._sorter(steps.keys())
        waiting: list[str] = []
        running: dict[Future, str] = {}
        with ExitStack() as opened, ThreadPoolExecutor(workers) as pool:
            cursors = [opened.enter_context(closing(open_cursor(connection))) for _ in range(workers)]
            while sorter.is_active():
                waiting = sorted([*waiting, *sorter.get_ready()], key=turn.__getitem__)
                for name in waiting[: workers - len(running)]:
                    waiting.remove(name)
                    running[pool.submit(_in_cursor, cursors, steps[name])] = name
                sorter.done(*_finished(running))

    def _sorter(self, names: Collection[str]) -> TopologicalSorter[str]:
        needs = {task.name: task.needs for task in self._tasks}
        if never := sorted(set().union(*needs.values()) - set(names)):
            raise ValueError(f"steps that wait for what was never added: {never}")
        sorter = TopologicalSorter(needs)
        try:
            sorter.prepare()
        except CycleError as problem:
            raise ValueError(f"steps that wait for each other: {problem.args[1]}") from None
        return sorter


def _finished(running: dict[Future, str]) -> set[str]:
    """Names of steps that have ended, taken off the list; raises what one of them raised."""
    ended, _ = wait(running, return_when=FIRST_COMPLETED)
    names = {running.pop(future) for future in ended}
    for future in ended:
        future.result()
    return names


def _in_cursor(free: list[duckdb.DuckDBPyConnection], step: Step) -> None:
    """A step with a cursor that no other has meanwhile: no more steps run than there are cursors."""
    cursor = free.pop()
    try:
        step(cursor)
    finally:
        free.append(cursor)
