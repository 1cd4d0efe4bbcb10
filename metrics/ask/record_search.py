"""Searching in records: every word must occur in one of the searched columns, as typed or in another case or width;
where it does.

A sign stands for itself: 「100%」 looks for a per cent sign. 「ａｂ」, 「AB」 and 「ab」 are one word; 「（」 and 「(」
one bracket.
"""

import re
import unicodedata
from dataclasses import dataclass

from metrics.ask import sql
from metrics.define.tables import Table

AROUND = 14  # characters shown on either side of a match
_LONG = ("description", "title", "answer_text")
_WIDE = 0xFEE0  # from a half-width sign to its full-width form


@dataclass(frozen=True)
class Match:
    """Where the first word was found: the column's label and the text before, at and after the match."""

    label: str
    before: str
    hit: str
    after: str


def conditions(table: Table, text: str, bound: sql.Bound) -> list[str]:
    """One condition a word, short texts first: a long one is only read where none of them has the word."""
    columns = sorted(table.searched, key=lambda name: (name in _LONG, table.searched.index(name)))
    return ["(" + " OR ".join(_one(table, name, word, bound) for name in columns) + ")" for word in text.split()]


def _one(table: Table, name: str, word: str, bound: sql.Bound) -> str:
    """Containment where a word has but one spelling, else a pattern; it is asked only where a sign of the word occurs
    at all."""
    column, signs = sql.column(table.name, name), [_signs(sign) for sign in word]
    if name == table.id or name.endswith("_id"):  # written by systems, narrow already
        return f"contains(lower({column}), {bound(unicodedata.normalize('NFKC', word).lower())})"
    if all(len(one) == 1 for one in signs):
        return f"contains({column}, {bound(word)})"
    first = max(signs, key=lambda one: (len(one) == 1, len(one)))  # a Chinese sign, else a letter, else a digit
    occurs = " OR ".join(f"contains({column}, {bound(sign)})" for sign in first)
    return f"(({occurs}) AND regexp_matches({column}, {bound(pattern(word))}))"


def pattern(word: str) -> str:
    """A regular expression that finds the word in any case and width, and nothing else."""
    return "".join(
        re.escape(one[0]) if len(one) == 1 else "[" + "".join(re.escape(sign) for sign in one) + "]"
        for one in map(_signs, word)
    )


def _signs(sign: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", sign)
    if len(folded) != 1 or folded.isspace():
        return (sign,)
    cases = dict.fromkeys(one for one in (sign, folded, folded.lower(), folded.upper()) if len(one) == 1)
    wide = [chr(ord(one) + _WIDE) for one in cases if "!" <= one <= "~"]
    return tuple(dict.fromkeys((*cases, *wide)))


def place(table: Table, row: dict, text: str) -> Match | None:
    """Where a row says the first of the words, the columns taken in the order of `searched`; None without a search or a
    match."""
    for word in text.split():
        for name in table.searched:
            cell = row.get(name)
            if isinstance(cell, str) and (match := re.search(pattern(word), cell)):
                start, end = match.span()
                before, after = cell[max(0, start - AROUND) : start], cell[end : end + AROUND]
                return Match(
                    table.label(name),
                    ("…" if start > AROUND else "") + before,
                    match[0],
                    after + ("…" if end + AROUND < len(cell) else ""),
                )
    return None
