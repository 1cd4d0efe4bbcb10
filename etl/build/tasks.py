"""Steps of a build that need not wait for each other, two at a time: DuckDB leaves Python's lock while it works.

A step begins when everything it needs is done; of those that may begin the first added goes first. Each has a cursor of its own.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

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
        """All steps; the first failure is raised when the steps under way have ended."""
        waiting, done, running = list(self._tasks), set(), {}
        with ThreadPoolExecutor(workers) as pool:
            while waiting or running:
                for task in [task for task in waiting if task.needs <= done][: workers - len(running)]:
                    waiting.remove(task)
                    running[pool.submit(_in_cursor, connection, task.step)] = task.name
                if not running:
                    raise ValueError(f"steps that wait for each other: {[task.name for task in waiting]}")
                done |= _finished(running)


def _finished(running: dict[Future, str]) -> set[str]:
    """Names of steps that have ended, taken off the list; raises what one of them raised."""
    ended, _ = wait(running, return_when=FIRST_COMPLETED)
    names = {running.pop(future) for future in ended}
    for future in ended:
        future.result()
    return names


def _in_cursor(connection: duckdb.DuckDBPyConnection, step: Step) -> None:
    cursor = open_cursor(connection)
    try:
        step(cursor)
    finally:
        cursor.close()
