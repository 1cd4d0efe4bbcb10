"""The 26 systems whose records a campus keeps (systems.toml): what `status` lists and declarations refer to."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("systems.toml")


@dataclass(frozen=True)
class System:
    """One system: its number, what it is called, what its records are about."""

    number: int
    title: str
    about: str


@cache
def systems() -> dict[int, System]:
    """Every system by number, in order."""
    blocks = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {int(number): System(int(number), **block) for number, block in blocks.items()}
