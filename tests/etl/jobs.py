"""Jobs for the sandbox's tests: importable by a child process, light to import."""

import os
import sys
import time
from pathlib import Path

held: list[bytearray] = []


def double(number: int) -> int:
    return number * 2


def modules(_: object) -> list[str]:
    import etl.reading.delimited
    import etl.reading.layout
    import etl.reading.read
    import etl.reading.workbook

    assert etl.reading.read
    return sorted(sys.modules)


def process(_: object) -> int:
    return os.getpid()


def hold(megabytes: int) -> int:
    """The process that answers, and goes on holding so much."""
    held.append(bytearray(b"x") * (megabytes << 20))
    return os.getpid()


def misbehave(how: str) -> str:
    """Does what a hostile file makes a parser do; anything else is answered."""
    if how == "abort":
        os.abort()
    if how == "exit":
        os._exit(3)
    if how == "memory":
        return "x" * (4 << 30)
    if how == "forever":
        while True:
            time.sleep(0.01)
    if how == "print":
        print("words between the answers")
        os.write(1, b"\0" * 100)
    if how == "unpicklable":
        return (character for character in how)  # type: ignore[return-value]
    if how == "bug":
        raise KeyError("a programmer's mistake")
    return how


def slow(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def rows(path: Path) -> list[int]:
    from etl.reading.read import read

    return [len(table) for table in read(path)]


def rows_unlooked(path: Path) -> int:
    """The parser without the look at the file that normally comes first."""
    import python_calamine

    return python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).height


def memory_limit(_: Path) -> int:
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0]
