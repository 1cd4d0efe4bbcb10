"""Where was it? The text of a place → one building and a room, or 未识别 with a suggestion. Nothing is guessed.

Everything is derived from the school's own table of buildings and its aliases, so another school needs another table
and no other code.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from etl.places.text import (
    AND,
    BARE,
    DESIGNATED,
    LETTERED,
    MARKED,
    OTHER_BUILDING,
    RANGE,
    ROUTE,
    TAIL,
    canonical,
    class_of,
    class_words,
    first_class,
    light,
    numerals,
    room_in,
    without_campus,
)

UNKNOWN = "未识别"


class PlaceMatch(NamedTuple):
    """building_id and room where known; how: exact, alias, pattern or 未识别; suggestion: the closest known name."""

    building_id: str | None
    room: str | None
    how: str
    suggestion: str | None


class _Form(NamedTuple):
    building_id: str
    room: str | None
    how: str


class _Designated(NamedTuple):
    building_id: str
    kind: str | None
    residual: str
    is_bare: bool


class Resolver:
    """buildings: (building_id, name, kind, aliases joined by 、); aliases: (text, building id or name, room)."""

    def __init__(
        self,
        buildings: Iterable[tuple[str, str, str | None, str | None]],
        aliases: Iterable[tuple[str, str, str | None]] = (),
    ):
        self.names: dict[str, str] = {}
        self.kinds: dict[str, str | None] = {}
        self.designated: dict[str, list[_Designated]] = defaultdict(list)
        self.forms: dict[str, set[_Form]] = defaultdict(set)
        self._cache: dict[str | None, PlaceMatch] = {}
        others: list[tuple[str, str, str | None]] = []
        for building_id, name, kind, more in buildings:
            self.names[building_id] = name
            self.kinds[building_id] = class_of(kind, name)
            others += [(alias, building_id, None) for alias in (more or "").split("、") if alias]
            self._learn(name, _Form(building_id, None, "exact"))
            self._designate(building_id, name)
        ids = {light(name): building_id for building_id, name in self.names.items()}
        for alias, building, room in (*others, *aliases):
            target = building if building in self.names else ids.get(light(building))
            if target:
                self._learn(alias, _Form(target, room, "alias"))
        self._starts = _alternatives(form for form in self.forms if len(form) > 1 and not form.isdigit())
        self.ids = {light(building_id): building_id for building_id in self.names}

    def _learn(self, text: str, form: _Form) -> None:
        """A form as written, and its canonical spelling unless that is a mere number,
        which other buildings may share."""
        self.forms[light(text)].add(form)
        if numerals(text) != light(text):
            self.forms[numerals(text)].add(form._replace(how="pattern"))
        for derived in (canonical(text), without_campus(canonical(text))):
            if derived != light(text) and not BARE.fullmatch(derived):
                self.forms[derived].add(form._replace(how="pattern"))

    def _designate(self, building_id: str, name: str) -> None:
        hit = DESIGNATED.fullmatch(canonical(name)) or LETTERED.fullmatch(canonical(name) + "-00")
        if hit and hit["rest"].strip("-0") == "":
            _, residual = class_words(hit["before"])
            is_bare = hit["suffix"] in ("号楼", "号", "座", "栋", "楼") and not hit["after"]
            self.designated[hit["mark"]].append(_Designated(building_id, self.kinds[building_id], residual, is_bare))

    def resolve(self, text: str | None) -> PlaceMatch:
        """One place. The same text always gives the same answer."""
        match = self._cache.get(text)
        if match is None:
            match = self._cache[text] = self._resolve(text)
        return match

    def _resolve(self, text: str | None) -> PlaceMatch:
        if not text or (ROUTE.search(text) and light(text) not in self.forms):
            return PlaceMatch(None, None, UNKNOWN, None)
        tail = TAIL.fullmatch(text)
        if tail and "单元" not in text and not AND.search(tail[1]) and light(text) not in self.forms:
            head = self.resolve(tail[1])
            if head.building_id and head.room is None:
                return head._replace(room=tail[2])
        match = self._read(light(text))
        if match:
            return match
        plain = canonical(text)
        for reading in dict.fromkeys((numerals(text), plain, without_campus(plain))):
            match = self._read(reading)
            if match:
                return match._replace(how="pattern" if match.how == "exact" else match.how)
        return self._unknown(text)

    def _read(self, plain: str) -> PlaceMatch | None:
        """A known form, alone or at the start, else the pattern of number and kind words, else a known form inside."""
        whole = self._one(plain)
        if whole:
            return PlaceMatch(whole.building_id, whole.room, whole.how, None)
        if plain in self.ids:
            return PlaceMatch(self.ids[plain], None, "exact", None)
        return self._by_start(plain) or self._by_designator(plain) or self._inside(plain)

    def _one(self, form: str) -> _Form | None:
        """The one building a form stands for; a name counts before an alias, an alias before a derived form."""
        for how in ("exact", "alias", "pattern"):
            forms = [candidate for candidate in self.forms.get(form, ()) if candidate.how == how]
            if forms:
                return forms[0] if len({candidate.building_id for candidate in forms}) == 1 else None
        return None

    def _by_start(self, plain: str) -> PlaceMatch | None:
        hit = self._starts.match(plain) if self._starts else None
        form = hit and self._one(hit[0])
        if not hit or not form:
            return None
        rest = plain[hit.end() :]
        if (
            hit[0][-1].isascii()
            and hit[0][-1].isalnum()
            and rest[:1].isascii()
            and rest[:1].isdigit() == hit[0][-1].isdigit()
        ):
            return None
        kind = first_class(rest)
        if OTHER_BUILDING.match(rest) or (kind and kind != "gate" and self.kinds[form.building_id] not in (kind, None)):
            return None
        if self._goes_on(rest) - {form.building_id}:
            return None
        return PlaceMatch(form.building_id, form.room or room_in(rest), form.how, None)

    def _by_designator(self, plain: str) -> PlaceMatch | None:
        hit = DESIGNATED.fullmatch(plain)
        if hit and hit["suffix"] is None and not hit["after"] and not class_words(hit["before"])[0]:
            return None
        hit = hit or LETTERED.fullmatch(plain)
        if not hit:
            return None
        fits = self._fitting(hit)
        if len(fits) != 1 or self._goes_on(hit["rest"]) - set(fits):
            return None
        return PlaceMatch(fits[0], room_in(hit["rest"]), "pattern", None)

    def _fitting(self, hit: re.Match) -> list[str]:
        """Buildings with that number or letter whose kind and own words agree with the text."""
        before, residual = class_words(hit["before"])
        classes = before | class_words(hit["after"])[0]
        if hit["suffix"] == "楼" and not classes:
            return []
        marked = self.designated.get(hit["mark"].lstrip("0"), ())
        same = [candidate for candidate in marked if candidate.residual == residual]
        if classes:
            return [candidate.building_id for candidate in same if candidate.kind in classes]
        exact = self._one(f"{residual}{int(hit['mark'])}号楼") if hit["mark"].isdigit() else None
        others = same if residual else marked
        return [exact.building_id] if exact else [candidate.building_id for candidate in others if candidate.is_bare]

    def _goes_on(self, rest: str) -> set[str]:
        """Buildings named after an 、 or 和 in what follows a building and its room: 3号楼302、5#101 is two places."""
        hit = AND.search(rest)
        if not hit:
            return set()
        other = canonical(rest[hit.end() :])
        match = self._read(other) if other else None
        return {match.building_id} if match and match.building_id else self._hits(other)

    @staticmethod
    def _runs_on(form: str, rest: str) -> bool:
        """Whether a form ends within a number or a word of letters: 实验楼1 in 实验楼12."""
        last, following = form[-1:], rest[:1]
        both = (last + following).isascii() and last.isalnum() and following.isalnum()
        return both and last.isdigit() == following.isdigit()

    def _hits(self, plain: str) -> set[str]:
        """Buildings whose name or alias occurs in a text, not inside a longer number or word of letters."""
        hits = set()
        for hit in self._starts.finditer(plain) if self._starts else ():
            is_part = MARKED.search(plain[: hit.start()]) or OTHER_BUILDING.match(plain[hit.end() :])
            form = None if is_part or self._runs_on(hit[0], plain[hit.end() :]) else self._one(hit[0])
            if form:
                hits.add(form.building_id)
                first = RANGE.search(plain[: hit.start()])
                forms = self.forms.get(f"{int(first[1])}号楼", ()) if first else ()
                hits.update(form.building_id for form in forms)
        return hits

    def _inside(self, plain: str) -> PlaceMatch | None:
        hits = self._hits(plain)
        alone = len(hits) == 1 and not self._hits(canonical(plain)) - hits
        return PlaceMatch(hits.pop(), None, "pattern", None) if alone else None

    def _unknown(self, text: str) -> PlaceMatch:
        plain = canonical(text)
        hit = DESIGNATED.fullmatch(plain)
        fits = self._hits(plain) or set(self._fitting(hit) if hit else ())
        if 1 < len(fits) <= 3:
            return PlaceMatch(None, None, UNKNOWN, " 或 ".join(sorted(self.names[building_id] for building_id in fits)))
        by_form = {canonical(name): name for name in self.names.values()}
        near = difflib.get_close_matches(plain, list(by_form), n=1, cutoff=0.5)
        return PlaceMatch(None, None, UNKNOWN, by_form[near[0]] if near else None)


def _alternatives(forms: Iterable[str]) -> re.Pattern | None:
    """Any of the forms, the longest first."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None
