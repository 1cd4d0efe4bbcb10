"""data/school/limits.toml: thresholds, and by which clock a deadline runs; checked key by key, with file and line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Literal, cast

import msgspec
from msgspec import Meta

from etl.clocks.clock import ALWAYS, Clock, Clocks
from warehouse.errors import UserError
from warehouse.validated import Misfit, Shape, ShapeT, Word, fits, fitted, no_choice

Path = tuple[str, ...]  # of keys, from the top of the file
Number = Annotated[float, Meta(ge=0, title="不小于 0 的数")]
_ByClass = Annotated[dict[str, object], Meta(title="一段 [表.键]，一行一类")]
_Stops = Annotated[tuple[Word, ...], Meta(title='一组状态，如 ["挂起", "等待配件"]')]
_Span = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$")]
DEFAULTS = {
    "tickets.response_minutes.紧急": 30.0,
    "tickets.response_minutes.一般": 120.0,
    "tickets.due_hours.紧急": 24.0,
    "tickets.due_hours.一般": 72.0,
    "tickets.repeat_days": 30.0,
    "hazards.recurrence_days": 90.0,
    "incidents.arrival_minutes.一般": 10.0,
}


class _Declared(Shape, frozen=True):
    """One [clocks."name"] as written."""

    days: Annotated[Literal["工作日", "每天"], Meta(title="「工作日」或「每天」")]
    hours: Annotated[tuple[_Span, ...], Meta(min_length=1, title='几段时间，如 ["08:00-12:00", "14:00-18:00"]')]


class _Due(Shape, frozen=True):
    due_hours: _ByClass = {}
    due_clock: _ByClass = {}
    stops: _Stops = ()


class _Tickets(_Due, frozen=True):
    repeat_days: Number = 0.0
    response_minutes: _ByClass = {}
    response_clock: _ByClass = {}


class _Hazards(_Due, frozen=True):
    recurrence_days: Number = 0.0


class _Incidents(Shape, frozen=True):
    arrival_minutes: _ByClass = {}
    arrival_clock: _ByClass = {}


def _numbers(*keys: str) -> type[Shape]:
    made = msgspec.defstruct("_Numbers", [(key, Number, 0.0) for key in keys], bases=(Shape,), frozen=True)
    return cast(type[Shape], made)


# a table of the school's own may hold any number that its own queries ask for
TABLES: dict[str, type[Shape]] = {
    "tickets": _Tickets,
    "hazards": _Hazards,
    "incidents": _Incidents,
    **dict.fromkeys(("wishes", "questions", "assignments"), _Due),
    "survey_answers": _numbers("hasty_seconds"),
    "trainings": _numbers("pass_score", "resit_days", "valid_days"),
    "lessons": _numbers("freshmen_hours"),
    "pledges": _numbers("due_month"),
}


@dataclass(frozen=True)
class Limits:
    """Numbers by dotted path over the defaults, and the clocks of the deadlines."""

    numbers: dict[str, float] = field(default_factory=lambda: dict(DEFAULTS))
    clocks: Clocks = field(default_factory=Clocks)


def limits(content: dict, name: str, text: str) -> Limits:
    """A file's values; `text` is only asked for line numbers. Raises UserError naming file, line and remedy."""
    try:
        return _limits(content)
    except _Wrong as wrong:
        path, sentence = wrong.args
        raise UserError(f"{name} 第 {line_of(text, path)} 行：{sentence}") from None


def _limits(content: dict) -> Limits:
    clocks = {clock.name: clock for clock in _clocks(content.get("clocks", {}))}
    stops = {}
    for table in (name for name in content if name in TABLES):
        if states := getattr(_fitted((table,), content[table], TABLES[table]), "stops", ()):
            stops[table] = states
    numbers, of = dict(DEFAULTS), {}
    for path, value in _leaves({key: part for key, part in content.items() if key != "clocks"}):
        if len(path) == 3 and path[1].endswith("_clock"):
            of[".".join(path)] = _known(path, value, (ALWAYS, *clocks))
        elif path[1:] != ("stops",):
            numbers[".".join(path)] = _number(path, value)
    return Limits(numbers, Clocks(tuple(clocks.values()), of, stops))


class _Wrong(Exception):
    """(path of the entry, sentence)."""


def _clocks(blocks: object) -> Iterator[Clock]:
    if not isinstance(blocks, dict):
        raise _Wrong(("clocks",), '「clocks」要写成几段 [clocks."名称"]。')
    for name, block in blocks.items():
        declared = _fitted(("clocks", name), block, _Declared)
        spans = tuple((_seconds(span[:5]), _seconds(span[6:])) for span in declared.hours)
        edges = [edge for span in spans for edge in span]
        if edges != sorted(set(edges)):
            raise _Wrong(
                ("clocks", name, "hours"),
                f"时钟「{name}」的各段时间要从早到晚写，互不重叠，每段的结束晚于开始；过夜的分成两段。",
            )
        if name == ALWAYS:
            raise _Wrong(("clocks", name), f"「{ALWAYS}」是不停走的时钟，不用声明，请给这个时钟另起名称。")
        yield Clock(name, declared.days == "工作日", spans)


def _fitted(path: Path, block: object, shape: type[ShapeT]) -> ShapeT:
    if not isinstance(block, dict):
        raise _Wrong(path, f"「{'.'.join(path)}」要写成一段 [{'.'.join(path)}]。")
    try:
        return fitted(block, shape)
    except Misfit as misfit:
        where = path if misfit.problem == "missing" else (*path, misfit.key)
        raise _Wrong(where, f"[{'.'.join(path)}] 的{misfit.sentence}") from None


def _known(path: Path, value: object, clocks: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in clocks:
        words = no_choice(".".join(path), str(value), clocks)
        raise _Wrong(path, f'{words.removesuffix("。")}；别的时钟先写一段 [clocks."名称"]。')
    return value


def _number(path: Path, value: object) -> float:
    if not fits(value, Number):
        raise _Wrong(path, f"「{'.'.join(path)}」要写成不小于 0 的数。")
    return msgspec.convert(value, float)


def _leaves(content: dict, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Nested tables → (path, value)."""
    for key, value in content.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, key))
        else:
            yield (*path, key), value


def _seconds(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def line_of(text: str, path: Path) -> int:
    """1-based line of an entry, else of the block that is nearest to it; tomllib tells none."""
    found, depth = 1, 0
    block: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        heading = re.match(r"\s*\[+\s*([^\]]+)\]", line)
        key, sign, _ = line.partition("=")
        if heading:
            here = block = _parts(heading[1])
        elif sign and not key.lstrip().startswith("#"):
            here = (*block, *_parts(key))
        else:
            continue
        if path[: len(here)] == here and len(here) > depth:
            found, depth = number, len(here)
    return found


def _parts(key: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[\w-]+", key))
