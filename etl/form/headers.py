"""Headers as people write them → one plain form; which column of a file is which declared column."""

import difflib
import fnmatch
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.form.model import Source
from warehouse.errors import UserError

_NUMBERING = re.compile(r"^(?:q?\d{1,3}|[一二三四五六七八九十]{1,3})[、.:]")
_POLITE = re.compile(r"^(?:请问|请您?(?:填写|选择|输入|描述|上传))?(?:[您你]的?)?")
_ASKING = re.compile(r"(?<=..)(?:是什么|是多少|是|为)$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|\{[^{}]*\}|<[^<>]*>")
_AROUND = re.compile(r"^[(\[【{<《「『]|[)\]】}>》」』]$")
_NOISE = re.compile(r"[\s_\-*'\"“”‘’:?!·​﻿]+")


@lru_cache(maxsize=8192)
def normalise_header(header: str) -> str:
    """Half-width, no blanks, no brackets (units, 必填, 自动), no leading numbering, no case:
    '1、报修时间（必填）' → '报修时间'."""
    plain = unicodedata.normalize("NFKC", header).casefold().strip()
    bare = _NOISE.sub("", _BRACKETS.sub("", plain)) or _NOISE.sub("", _AROUND.sub("", plain))  # 【报修时间】
    return _ASKING.sub("", _POLITE.sub("", _NUMBERING.sub("", bare))) or _NOISE.sub("", plain)


def header_unit(header: str) -> str | None:
    """What stands in the last brackets of a header, such as 分钟 in '疏散用时（分钟）'."""
    positions = re.findall(r"[(\[【]([^()\[\]【】]+)[)\]】]", unicodedata.normalize("NFKC", header))
    return positions[-1].strip() if positions else None


@lru_cache(maxsize=256)
def _names(source: Source) -> dict[str, tuple[str, int]]:
    """Normalised header → (column, preference: 0 = label)."""
    return {
        normalise_header(header): (column.name, rank)
        for column in source.columns
        for rank, header in reversed(list(enumerate((*column.headers, *column.clock))))
    }


@dataclass(frozen=True)
class HeaderMap:
    """positions: canonical column → position in the file. together: where several columns of the file answer, all of
    them in declared order, that position first. spare: known headers not needed: only the last part of a nested header
    is known, and another one came first. meaning: position → canonical column, for all. new: never declared."""

    positions: Mapping[str, int]
    together: Mapping[str, tuple[int, ...]]
    meaning: Mapping[int, str]
    spare: tuple[int, ...]
    ignored: tuple[int, ...]
    new: tuple[int, ...]

    @property
    def recognised(self) -> int:
        return len(self.meaning)


@lru_cache(maxsize=16_384)  # every source asks for the same labels
def _forms(label: str) -> tuple[str, ...]:
    """The whole label first; of a nested header 'A/B' also its last part."""
    whole = normalise_header(label)
    last = normalise_header(label.rsplit("/", 1)[-1])
    return (whole,) if last == whole else (whole, last)


def map_header(header: Sequence[str], source: Source) -> HeaderMap:
    """Which column of the file is which declared column; where two answer, the one declared first counts first."""
    place = (source.digest, tuple(header))
    if place not in _mapped or not source.digest:
        if len(_mapped) > 4096:
            _mapped.clear()
        _mapped[place] = _map_header(header, source)
    return _mapped[place]


_mapped: dict[tuple[str, tuple[str, ...]], HeaderMap] = {}


def _map_header(header: Sequence[str], source: Source) -> HeaderMap:
    names, ignored_names = _names(source), {normalise_header(word) for word in source.ignored}
    claims: dict[str, list[tuple[int, int, bool]]] = {}
    ignored: list[int] = []
    new: list[int] = []
    for position, label in enumerate(header):
        form = next((form for form in _forms(label) if form in names), None)
        if form:
            name, rank = names[form]
            claims.setdefault(name, []).append((rank, position, form == _forms(label)[0]))
        else:
            (ignored if ignored_names.intersection(_forms(label)) else new).append(position)
    positions = {name: min(places)[1] for name, places in claims.items()}
    meaning = {position: name for name, places in claims.items() for _, position, _ in places}
    together = {name: _whole(places) for name, places in claims.items() if min(places)[2] and len(_whole(places)) > 1}
    used = {position for places in together.values() for position in places}.union(positions.values())
    spare = tuple(sorted(meaning.keys() - used))
    return HeaderMap(positions, together, meaning, spare, tuple(ignored), tuple(new))


def _whole(places: Iterable[tuple[int, int, bool]]) -> tuple[int, ...]:
    """Positions of the labels that are known as a whole, in declared order."""
    return tuple(position for _, position, is_whole in sorted(places) if is_whole)


def is_named(file_name: str, source: Source) -> bool:
    """Whether the name of a file (or of a sheet) fits one of the source's patterns."""
    return _pattern(source.files).fullmatch(file_name.casefold()) is not None


@lru_cache(maxsize=256)
def _pattern(files: tuple[str, ...]) -> re.Pattern:
    return re.compile("|".join(fnmatch.translate(pattern.casefold()) for pattern in files) or r"(?!)")


def is_signed(header: Sequence[str], source: Source) -> bool:
    """Whether some label holds a word that only this kind of record has: every office table has 编号, 时间 and 状态."""
    words = [normalise_header(sign) for sign in source.signs]
    return not words or any(word in normalise_header(label) for label in header for word in words)


class Ambiguous(UserError):
    """A sheet fits two sources equally well: neither is guessed."""

    def __init__(self, file_name: str, sheet: str, first: Source, other: Source):
        place = f"{file_name}（工作表「{sheet}」）" if sheet else file_name
        super().__init__(
            f"{place}：表头既像「{first.title}」又像「{other.title}」，没有装载。"
            f"请在文件名或工作表名里写明是哪一种，如「{first.title}.xlsx」，再放进来。"
        )


@dataclass(frozen=True)
class _Fit:
    """How well a sheet fits a source. Ordered by score.

    share: of the required columns found; named: 2 by its sheet, 1 by its file; coverage: of the headers known.
    """

    source: Source
    named: int
    share: float
    recognised: int
    coverage: float
    is_signed: bool

    @property
    def score(self) -> tuple:
        return self.share == 1.0, self.named, self.share, self.recognised, self.coverage, self.source.kind == "facts"

    @property
    def is_candidate(self) -> bool:
        if self.named and self.recognised >= 2 and self.share >= 0.5:
            return True
        enough = self.recognised >= 6 or (self.recognised >= 4 and self.coverage >= 0.5) or self.coverage == 1.0
        least = min(3, len(self.source.columns))
        return self.share == 1.0 and self.recognised >= least and enough and self.is_signed

    def is_outdone_by(self, other: "_Fit") -> bool:
        """Whether choosing this one would be a guess: the other explains the header as well,
        or far better without a telling word."""
        if other.is_candidate:
            return other.score == self.score
        return not self.named and other.share == 1.0 and other.recognised >= self.recognised + CLEARLY


CLEARLY = 2  # headers more than the other source knows


def _fit(file_name: str, sheet: str, header: Sequence[str], source: Source) -> _Fit:
    mapped, required = map_header(header, source), source.required
    share = sum(column.name in mapped.positions for column in required) / len(required) if required else 1.0
    coverage = mapped.recognised / max(len(header) - len(mapped.ignored), 1)
    named = 2 if sheet and is_named(sheet, source) else int(is_named(file_name, source))
    return _Fit(
        source, named, share if mapped.positions else 0.0, mapped.recognised, coverage, is_signed(header, source)
    )


def match_source(
    file_name: str, header: Sequence[str], sources: Mapping[str, Source], sheet: str = ""
) -> Source | None:
    """The source a sheet belongs to, or None for a foreign one. Raises Ambiguous where two fit and nothing tells which.

    A name that fits (the sheet's says more than the file's) needs half of the required columns (the header has drifted;
    conform says which one is missing); any other name needs all of them, a telling word and enough known headers not to
    be a coincidence. Of several, one that has all it needs comes first, then one whose name fits.
    """
    fits = [_fit(file_name, sheet, header, source) for source in sources.values()]
    best = max((fit for fit in fits if fit.is_candidate), key=lambda fit: (fit.score, fit.source.name), default=None)
    if best is None:
        return None
    rival = next((fit for fit in fits if fit is not best and best.is_outdone_by(fit)), None)
    if rival is not None:
        raise Ambiguous(file_name, sheet, best.source, rival.source)
    return best.source


def wanted_headers(sources: Mapping[str, Source]) -> frozenset[str]:
    """Every header word any source knows, normalised: what tells a header row from a title row."""
    return frozenset(
        normalise_header(header) for source in sources.values() for header in (*_declared(source), *source.ignored)
    )


def _declared(source: Source) -> Iterable[str]:
    return (header for column in source.columns for header in (*column.headers, *column.clock))


def closest(word: str, candidates: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The candidate most like a word after normalising both, or None."""
    by_form = {normalise_header(candidate): candidate for candidate in candidates}
    near = difflib.get_close_matches(normalise_header(word), list(by_form), n=1, cutoff=cutoff)
    return by_form[near[0]] if near else None
