"""Headers as people write them → one plain form; which column of a file is which declared column."""

import difflib
import fnmatch
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.declare_model import Source

_NUMBERING = re.compile(r"^(?:q?\d{1,3}|[一二三四五六七八九十]{1,3})[、.:]")
_POLITE = re.compile(r"^(?:请问|请您?(?:填写|选择|输入|描述|上传))?(?:[您你]的?)?")
_ASKING = re.compile(r"(?<=..)(?:是什么|是多少|是|为)$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|\{[^{}]*\}|<[^<>]*>")
_NOISE = re.compile(r"[\s_\-*'\"“”‘’:?!·​﻿]+")


@lru_cache(maxsize=8192)
def normalise_header(header: str) -> str:
    """Half-width, no blanks, no brackets (units, 必填, 自动), no leading numbering, no case: '1、报修时间（必填）' → '报修时间'."""
    plain = unicodedata.normalize("NFKC", header).casefold().strip()
    bare = _ASKING.sub("", _POLITE.sub("", _NUMBERING.sub("", _NOISE.sub("", _BRACKETS.sub("", plain)))))
    return bare or _NOISE.sub("", plain)


def header_unit(header: str) -> str | None:
    """What stands in the last brackets of a header, such as 分钟 in '疏散用时（分钟）'."""
    found = re.findall(r"[(\[【]([^()\[\]【】]+)[)\]】]", unicodedata.normalize("NFKC", header))
    return found[-1].strip() if found else None


@lru_cache(maxsize=256)
def _names(source: Source) -> dict[str, tuple[str, int]]:
    """Normalised header → (column, preference: 0 = label)."""
    return {
        normalise_header(header): (column.name, rank)
        for column in source.columns
        for rank, header in reversed(list(enumerate(column.headers)))
    }


@dataclass(frozen=True)
class HeaderMap:
    """found: canonical column → position in the file. spare: known headers not needed, another one came first.
    meaning: position → canonical column, for both. new: never declared."""

    found: Mapping[str, int]
    meaning: Mapping[int, str]
    spare: tuple[int, ...]
    ignored: tuple[int, ...]
    new: tuple[int, ...]

    @property
    def recognised(self) -> int:
        return len(self.found) + len(self.spare)


def _forms(label: str) -> tuple[str, ...]:
    """The whole label first; of a nested header 'A/B' also its last part."""
    whole = normalise_header(label)
    last = normalise_header(label.rsplit("/", 1)[-1])
    return (whole,) if last == whole else (whole, last)


def map_header(header: Sequence[str], source: Source) -> HeaderMap:
    """Which column of the file is which declared column; where two answer, the one declared first wins."""
    known = (source.digest, tuple(header))
    if known not in _mapped or not source.digest:
        if len(_mapped) > 4096:
            _mapped.clear()
        _mapped[known] = _map_header(header, source)
    return _mapped[known]


_mapped: dict[tuple[str, tuple[str, ...]], HeaderMap] = {}


def _map_header(header: Sequence[str], source: Source) -> HeaderMap:
    names, ignored_names = _names(source), {normalise_header(word) for word in source.ignored}
    claims: dict[str, list[tuple[int, int]]] = {}
    ignored, new = [], []
    for position, label in enumerate(header):
        hit = next((names[form] for form in _forms(label) if form in names), None)
        if hit:
            claims.setdefault(hit[0], []).append((hit[1], position))
        else:
            (ignored if ignored_names.intersection(_forms(label)) else new).append(position)
    found = {name: min(places)[1] for name, places in claims.items()}
    meaning = {position: name for name, places in claims.items() for _, position in places}
    spare = tuple(sorted(meaning.keys() - found.values()))
    return HeaderMap(found, meaning, spare, tuple(ignored), tuple(new))


def is_named(file_name: str, source: Source) -> bool:
    """Whether the file's name fits one of the source's patterns."""
    return any(fnmatch.fnmatch(file_name.casefold(), pattern.casefold()) for pattern in source.files)


def is_signed(header: Sequence[str], source: Source) -> bool:
    """Whether some label holds a word that only this kind of record has: every office table has 编号, 时间 and 状态."""
    words = [normalise_header(sign) for sign in source.signs]
    return not words or any(word in normalise_header(label) for label in header for word in words)


def match_source(file_name: str, header: Sequence[str], sources: Mapping[str, Source]) -> Source | None:
    """The source a sheet belongs to, or None for a foreign one.

    A name that fits needs half of the required columns (the header has drifted; conform says which one is missing);
    any other name needs all of them, a telling word and enough known headers not to be a coincidence. Of several, one
    that has all it needs comes first, then one whose name fits.
    """
    candidates = []
    for source in sources.values():
        mapped, named = map_header(header, source), is_named(file_name, source)
        required = source.required
        share = sum(column.name in mapped.found for column in required) / len(required) if required else 1.0
        known = mapped.recognised / max(len(header) - len(mapped.ignored), 1)
        by_name = named and mapped.recognised >= 2 and share >= 0.5
        enough = mapped.recognised >= 6 or (mapped.recognised >= 4 and known >= 0.5) or known == 1.0
        by_header = share == 1.0 and mapped.recognised >= 3 and enough and is_signed(header, source)
        if mapped.found and (by_name or by_header):
            candidates.append(((share == 1.0, named, share, mapped.recognised, known, source.kind == "facts"), source.name, source))
    return max(candidates, key=lambda candidate: candidate[:2])[2] if candidates else None


def wanted_headers(sources: Mapping[str, Source]) -> frozenset[str]:
    """Every header word any source knows, normalised: what tells a header row from a title row."""
    return frozenset(
        normalise_header(header)
        for source in sources.values()
        for header in (*(header for column in source.columns for header in column.headers), *source.ignored)
    )


def closest(word: str, candidates: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The candidate most like a word after normalising both, or None."""
    by_form = {normalise_header(candidate): candidate for candidate in candidates}
    near = difflib.get_close_matches(normalise_header(word), list(by_form), n=1, cutoff=cutoff)
    return by_form[near[0]] if near else None
