"""How much memory and time a job may have: enough for any file of usual size, more for one that is itself large.

Measured: a row of 20 columns takes 2.1 KB while it is read, protected and typed, eight times its bytes in the file. A
small file that wants much is hostile and stays at the floor; a million rows of 270 MB get what they need.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CEILING_MB = 4000
_PER_MB = 14  # megabytes of memory for a megabyte of text in Chinese, GB18030 being the shortest way to write it
_PACKED = 3  # a workbook or Parquet of the same rows is that much smaller


@dataclass(frozen=True)
class Bounds:
    """memory_mb: a child's whole address space; seconds: wall time of one job."""

    memory_mb: int
    seconds: float


def bounds_of(job: Any, floor: Bounds) -> Bounds:
    """The bounds of one job, never below the floor; memory not beyond half the machine's."""
    weight = _weight(_file(job))
    wanted = int(600 + _PER_MB * weight)
    return Bounds(
        max(floor.memory_mb, min(wanted, ceiling_mb())) if weight else floor.memory_mb, floor.seconds + weight
    )


def ceiling_mb() -> int:
    """The most any job may have on this machine."""
    try:
        physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    except (AttributeError, ValueError, OSError):  # no such question on Windows
        return CEILING_MB
    return min(CEILING_MB, physical // 2)


def _file(job: Any) -> Path | None:
    """The first path in a job, or the one it names as its file."""
    parts = job if isinstance(job, (tuple, list)) else (job, getattr(job, "file", None))
    return next((part for part in parts if isinstance(part, Path)), None)


def _weight(path: Path | None) -> float:
    """Megabytes of text a file holds, roughly."""
    try:
        if path is None:
            return 0.0
        with path.open("rb") as file:
            packed = file.read(4) in (b"PK\x03\x04", b"PAR1")
        return path.stat().st_size / (1 << 20) * (_PACKED if packed else 1)
    except OSError:  # the reader will say so
        return 0.0
