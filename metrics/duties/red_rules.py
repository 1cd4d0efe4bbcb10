"""The school's list of red lines: the file data/school/red_lines.toml, and table `red_lines`, the list as it was when
a build was made."""

import json
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from metrics.duties.red_words import Line, Rules
from warehouse import Build

Groups = tuple[tuple[tuple[str, ...], ...], ...]


def read(path: Path) -> dict:
    """red_lines.toml as plain values."""
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def rules_from(content: dict) -> Rules:
    """Rules from the plain values of the file."""
    lines = tuple(
        Line(
            line["id"],
            line["label"],
            tuple(line.get("categories", ())),
            tuple(line.get("words", ())),
            _groups(line.get("together", ())),
            tuple(line.get("graded_categories", ())),
            _groups(line.get("graded_together", ())),
            line.get("clause", ""),
            line.get("source", ""),
            str(line.get("checked", "")),
            bool(line.get("verified", False)),
        )
        for line in content.get("line", ())
    )
    return Rules(lines, *(tuple(content.get(name, ())) for name in ("excluded", "contexts", "places", "grave")))


def _groups(alternatives: Iterable[Iterable[Iterable[str]]]) -> Groups:
    return tuple(tuple(map(tuple, groups)) for groups in alternatives)


@lru_cache(maxsize=8)
def rules(build: Build) -> Rules:
    """The list the build was made with; empty for a build that has none."""
    if "red_lines" not in build.tables:
        return Rules()
    rows = build.rows("SELECT rules FROM red_lines")
    return rules_from(json.loads(rows[0][0])) if rows else Rules()
