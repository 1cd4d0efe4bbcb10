"""Blocks of a TOML file against a declared shape: the first key that does not fit, and what to say about it.

A shape is a `Shape` whose fields carry their Chinese words as Meta(title=…). Keys, types and choices are checked here;
a rule with an *if* stands with the file it belongs to, and so do the file's name and line.
"""

import difflib
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Meta

Text = Annotated[str, Meta(pattern=r"\S", title="文字")]
Texts = Annotated[tuple[str, ...], Meta(title="一组文字")]
Flag = Annotated[bool, Meta(title="真假值")]
Word = Annotated[str, Meta(min_length=1)]
Blocks = Annotated[tuple[dict[str, object], ...], Meta(title="几段 [[…]]")]


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a block may hold; a field without a default must be there."""


ShapeT = TypeVar("ShapeT", bound=Shape)


class Misfit(Exception):
    """A key that does not fit. problem: unknown, missing, shape or choice; value: the word that is no choice.

    known: the keys or choices there are; words: what the value should be, as the shape says.
    """

    def __init__(
        self, problem: str, key: str, *, value: str | None = None, known: Collection[str] = (), words: str = ""
    ):
        super().__init__(problem, key)
        self.problem, self.key, self.value, self.known, self.words = problem, key, value, known, words

    @property
    def sentence(self) -> str:
        """One Chinese sentence without its place."""
        if self.problem == "unknown":
            return f"不认识的键「{self.key}」{hint(self.key, self.known)}。"
        if self.problem == "missing":
            return f"缺少「{self.key}」。"
        if self.value is not None:
            return no_choice(self.key, self.value, self.known)
        return f"「{self.key}」要写成{self.words}。"

    @property
    def sentence_of_a_rule(self) -> str:
        """The same in a list of rules, where all keys are shown; a key without words of its own is missing even where
        it is empty."""
        if self.problem == "unknown":
            return f"不认识的键「{self.key}」，可用：{'、'.join(sorted(self.known))}。"
        if self.value is not None:
            return f"{self.key} 不能是「{self.value}」，可用：{'、'.join(self.known)}。"
        return f"{self.key} 要写成{self.words}。" if self.words else f"缺少「{self.key}」。"


def fitted(block: Mapping[str, object], shape: type[ShapeT]) -> ShapeT:
    """A block as its shape. Raises Misfit: unknown keys first, in the file's order, then fields in the shape's."""
    try:
        return msgspec.convert(block, shape, builtin_types=(date, datetime))
    except msgspec.ValidationError:
        raise next(_misfits(block, shape)) from None


def fits(value: object, kind: object) -> bool:
    """Whether one value is of a type; nothing is turned into another type."""
    try:
        msgspec.convert(value, kind, builtin_types=(date, datetime))
    except msgspec.ValidationError:
        return False
    return True


def _misfits(block: Mapping[str, object], shape: type[Shape]) -> Iterator[Misfit]:
    fields = {field.name: field for field in msgspec.structs.fields(shape)}
    for key in block:
        if key not in fields:
            yield Misfit("unknown", key, known=tuple(fields))
    for key, field in fields.items():
        words = next((part.title for part in _parts(field.type) if isinstance(part, Meta) and part.title), "")
        if key not in block:
            if field.required:
                yield Misfit("missing", key, words=words)
        elif not fits(block[key], field.type):
            choices = next((get_args(part) for part in _parts(field.type) if get_origin(part) is Literal), ())
            is_list = any(get_origin(part) is tuple for part in _parts(field.type))
            value = _no_choice_in(block[key] if is_list else [block[key]], choices)
            yield Misfit("choice" if value else "shape", key, value=value, known=choices, words=words)


def _parts(kind: object) -> Iterator[object]:
    """A type and everything it is made of, outermost first: unions, annotations, items."""
    yield kind
    for part in () if get_origin(kind) is Literal else get_args(kind):
        yield from _parts(part)


def _no_choice_in(words: object, choices: tuple[str, ...]) -> str | None:
    """The first word of a list that is none of the choices; None where there is none, or not a list of words."""
    if not choices or not fits(words, list[Text]):
        return None
    return next((word for word in words if word not in choices), None) if isinstance(words, list) else None


def no_choice(key: str, value: str, known: Collection[str]) -> str:
    """The sentence about a word that is none of those known."""
    return f"「{key}」不能是「{value}」{hint(value, known)}，可用：{'、'.join(known)}。"


def hint(word: str, known: Collection[str]) -> str:
    """「，是不是想写 …」 when something is close."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"，是不是想写「{near[0]}」" if near else ""
