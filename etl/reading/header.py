"""Where the header of a sheet is: under title rows, over one to three rows, by known words or else by its shape."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.form.headers import normalise_header
from etl.reading.cells import clean, text_of
from etl.reading.grid import Grid, Merge, Wanted

NEAR = 8  # rows looked at first: where nearly every header is
HEAD = 40  # rows looked at: nobody puts more above a table
_LONGEST = 300  # characters of a label
DEEPEST = 3  # rows of a nested header
_TITLE = re.compile(r"[:：]|\d{4}\s*[年\-./]|(?:台账|报表|一览表|统计表|明细表|登记表|汇总表)$")
_DATA = re.compile(r"^[\d\s.,:/%+\-年月日时分秒]+$")
_LINE_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s*[\r\n]+\s*|\s*[\r\n]+\s*(?=[^\x00-\x7f])")


@dataclass(frozen=True)
class Header:
    """top, bottom: indexes into the rows, both included; labels: one per column, '' where nothing names it."""

    top: int
    bottom: int
    labels: tuple[str, ...]


def find_header(grid: Grid, wanted: Wanted) -> Header | None:
    """The header of a sheet, or None where no row could be one.

    Known words decide first (the row or nested block that holds most of them); with fewer than two known words the
    first row that is about as full as the fullest does. A declared header_row is taken as it stands.
    """
    if wanted.header_row is not None:
        at = next((i for i, number in enumerate(grid.numbers) if number >= wanted.header_row), None)
        return (
            None if at is None else _block([_texts(row) for row in grid.rows[at : at + DEEPEST]], grid, wanted, 0, at)
        )
    first = _best(_blocks(grid, wanted, NEAR), wanted)
    if (
        first
        and first.bottom < NEAR - 1
        and known_words(first.labels, wanted) >= max(3, 0.6 * sum(map(bool, first.labels)))
    ):
        return first  # so many known words high up: nothing further down can be more of a header
    blocks = _blocks(grid, wanted, HEAD)
    best = _best(blocks, wanted)
    if best and known_words(best.labels, wanted) >= min(2, len(wanted.headers) or 2):
        return best
    return _by_shape(blocks) if blocks else None


def _blocks(grid: Grid, wanted: Wanted, depth: int) -> list[Header]:
    """The headers that would begin at each of the first rows."""
    rows = [_texts(row) for row in grid.rows[:depth]]
    grid = replace(grid, merges=_levelled(rows, grid.merges))
    return [_block(rows, grid, wanted, at) for at in range(len(rows)) if any(rows[at])]


def _levelled(rows: list[list[str]], merges: list[Merge]) -> list[Merge]:
    """Merges in which a group heading over two rows stands in each of them, as do its words in `rows`.

    A heading over the whole width is a title: only one beside other labels is spread.
    """
    level = []
    for merge in merges:
        is_wide = merge.right > merge.left and merge.bottom > merge.top and merge.bottom < len(rows)
        label = rows[merge.top][merge.left] if is_wide and merge.left < len(rows[merge.top]) else ""
        if not label or sum(map(bool, rows[merge.top])) < 2:
            level.append(merge)
            continue
        for at in range(merge.top, merge.bottom + 1):
            rows[at].extend([""] * (merge.right + 1 - len(rows[at])))
            rows[at][merge.left : merge.right + 1] = [label] * (merge.right + 1 - merge.left)
            level.append(Merge(at, merge.left, at, merge.right))
    return level


def _best(blocks: list[Header], wanted: Wanted) -> Header | None:
    """The one with most known words, the highest of equals."""
    return max(blocks, key=lambda block: (known_words(block.labels, wanted), -block.top), default=None)


def known_words(labels: Sequence[str], wanted: Wanted) -> int:
    """How many labels are known words; of a nested label 'a/b' the whole or the last part may be."""
    forms = ({normalise_header(label), normalise_header(label.rsplit("/", 1)[-1])} for label in labels if label)
    return sum(1 for form in forms if form & wanted.headers)


def numbered(labels: Sequence[str]) -> list[str]:
    """Labels made distinct: the second 'x' becomes 'x (2)'; a column nobody named is '第3列'."""
    seen: dict[str, int] = {}
    result = []
    for at, label in enumerate(labels, 1):
        name = label or f"第{at}列"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name} ({seen[name]})"
            seen[name] = seen.get(name, 0) + 1
        result.append(name)
    return result


def _by_shape(blocks: list[Header]) -> Header | None:
    """The first row about as full as the fullest; a lone cell is a cover, not a table of one column."""
    fullest = max(sum(map(bool, block.labels)) for block in blocks)
    if fullest == 1 and (len(blocks) == 1 or _TITLE.search("".join(blocks[0].labels))):
        return None
    full = [block for block in blocks if sum(map(bool, block.labels)) >= 0.6 * fullest]
    return next((block for block in full if not all(map(_TITLE.search, filter(None, block.labels)))), full[0])


def _texts(row: Sequence) -> list[str]:
    return [label_text(cell) for cell in row]


def label_text(cell: object) -> str:
    """A cell as a label: one line, blanks inside kept as one."""
    text = clean(text_of(cell)[:_LONGEST])
    if "\n" in text or "\r" in text:
        text = _LINE_BREAK.sub("", text)
    return " ".join(text.split()) if " " in text or "\n" in text or "\r" in text or "\t" in text else text


def _block(rows: list[list[str]], grid: Grid, wanted: Wanted, at: int, offset: int = 0) -> Header:
    """The header that would begin at row `at`: one row, or more where the rows below are its children."""
    bottom = at
    parts = [list(rows[at])]
    while bottom + 1 < len(rows) and bottom - at + 1 < DEEPEST:
        parents = _parents(rows, grid.merges, bottom, offset, parts[-1], wanted)
        if parents is None:
            break
        parts[-1] = parents
        parts.append(list(rows[bottom + 1]))
        bottom += 1
    return Header(at + offset, bottom + offset, tuple(_joined(parts)))


def _joined(parts: list[list[str]]) -> list[str]:
    width = max(map(len, parts))
    columns = zip(*([*part, *[""] * (width - len(part))] for part in parts), strict=True)
    return ["/".join(dict.fromkeys(filter(None, column))) for column in columns]


def _parents(
    rows: list[list[str]], merges: list[Merge], at: int, offset: int, row: list[str], wanted: Wanted
) -> list[str] | None:
    """The labels of row `at` spread over the children in the row below, or None where the row below is no such row."""
    child = rows[at + 1]
    if sum(map(bool, row)) < 2 or sum(map(bool, child)) < 2 or any(_DATA.match(cell) for cell in child if cell):
        return None
    if merges:
        return _parents_by_merges(row, child, [merge for merge in merges if merge.top == at + offset])
    return _parents_by_gaps(row, child, wanted)


def _parents_by_merges(row: list[str], child: list[str], merges: list[Merge]) -> list[str] | None:
    """A cell merged over at least two filled cells is a parent, unless it reads like a title.

    The row below is a header only if another label is merged down into it or all its cells have a merged parent: below
    a plain header with one wide label the first record would pass for children.
    """
    spread = list(row)
    under: set[int] = set()
    for merge in merges:
        below = child[merge.left : merge.right + 1]
        label = row[merge.left] if merge.left < len(row) else ""
        if merge.bottom > merge.top or merge.right == merge.left or not label or sum(map(bool, below)) < 2:
            continue
        if _TITLE.search(label):
            return None
        spread[merge.left : merge.right + 1] = [label] * len(below)
        under.update(range(merge.left, merge.right + 1))
    reaches_down = any(merge.bottom > merge.top for merge in merges)
    outside = any(cell and at not in under for at, cell in enumerate(child))
    return spread if under and (reaches_down or not outside) else None


def _parents_by_gaps(row: list[str], child: list[str], wanted: Wanted) -> list[str] | None:
    """Text files keep no merges: each column must be named in one of the rows, and known words must confirm it."""
    width = max(len(row), len(child))
    above, below = row + [""] * (width - len(row)), child + [""] * (width - len(child))
    alone = [a for a, b in zip(above, below, strict=True) if a and not b]
    spread, parent = list(above), ""
    for i in range(width):
        parent = above[i] or parent
        if below[i] and not above[i]:
            spread[i] = parent
    gaps = sum(1 for a, s in zip(above, spread, strict=True) if s and not a)
    complete = all(a or b for a, b in zip(above, below, strict=True))
    if not (alone and gaps and complete) or any(_TITLE.search(cell) for cell in above if cell):
        return None
    joined = _joined([spread, below])
    return spread if known_words(joined, wanted) > max(known_words(above, wanted), known_words(below, wanted)) else None
