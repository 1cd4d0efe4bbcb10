"""What a sentence speaks of, said at its beginning wherever a filter narrows it: 「仅 3号楼 · 水电：」."""

from metrics.ask import members
from metrics.ask.selection import DIMENSIONS, Scope, Selection
from warehouse import Build

NAMED = 2  # of each dimension; more are counted
WHOLE, PART = "全校", "所选范围"


def only(build: Build, selection: Selection) -> str:
    """「仅 3号楼、4号楼 等 5 处 · 水电：」; '' where nothing is filtered."""
    named = [_listed(build, name, selection.values(name)) for name in DIMENSIONS if selection.values(name)]
    return f"仅 {' · '.join(named)}：" if named else ""


def beginning(build: Build, selection: Selection, sentence: str) -> str:
    """The sentence behind it, once."""
    words = only(build, selection)
    return sentence if sentence.startswith(words) else f"{words}{sentence}"


def whole(selection: Selection, scope: Scope) -> str:
    """What all of it together is called: not the school's where only a part is looked at or may be seen."""
    return WHOLE if selection.is_empty and scope.everything else PART


def _listed(build: Build, dimension: str, values: tuple[str, ...]) -> str:
    words = "、".join(members.name(build, dimension, value) for value in values[:NAMED])
    return (
        words
        if len(values) <= NAMED
        else f"{words} 等 {len(values)} {'处' if DIMENSIONS[dimension].is_place else '类'}"
    )
