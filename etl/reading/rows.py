"""Which rows below a header are records: one quick pass, a slow look only at rows that could be something else."""

import re
from collections.abc import Sequence

from etl.reading.cells import clean, text_of
from etl.reading.grid import Grid, Sorted
from etl.reading.header import Header

_TOTAL = re.compile(
    r"^[(（【]?(?:本页|本月|本周|本年|全年|全校)?(?:合计|总计|小计|共计|累计|总数|平均|平均分|平均值|均值)[)）】]?(?:[:：(（\d].*)?$"
)
_ENGLISH_TOTAL = re.compile(r"^(?:grand\s*)?(?:sub)?[\s-]*total\s*[:：]?$", re.IGNORECASE)
_FOOT = re.compile(
    r"^[*※#（(]?(?:备\s*注|注|说\s*明|附\s*注|制\s*表(?:人|单位|时间|日期)?|填\s*表(?:人|单位|时间|日期)?|填\s*报(?:人|单位|时间|日期)?"
    r"|审\s*[核批](?:人|意见)?|复\s*核人?|统计人|负责人签字|签\s*字|签\s*章|盖\s*章|导出(?:人|时间)|打印(?:人|时间)|数据来源|数据截[至止]|截[至止]日期)"
    r"\s*(?:\d|[一二三])?\s*[:：、．.)）]"
)
_FOOT_ALONE = re.compile(
    r"^(?:共\s*\d+\s*(?:条|行|件|页)|第\s*\d+\s*页|[（(]?以下空白|[—\-=*]{3,}|注\d|note\s*:|source\s*:)", re.IGNORECASE
)
_SENTENCE = re.compile(r"[一-鿿].*[一-鿿].*[一-鿿].*[一-鿿]")

# How a cell begins that deserves a slow look: two set lookups a row instead of an expression a cell.
_TOTAL_STARTS = frozenset("合总小共累本全平均(（【 \t\u3000\xa0")
_FOOT_STARTS = frozenset("备注附说制填审复统负签盖导打数截第*※#")
_STARTS = _TOTAL_STARTS | _FOOT_STARTS
_ENGLISH_STARTS = frozenset(
    case(word)[:5]
    for word in ("total", "subtotal", "sub total", "sub-total", "grand")
    for case in (str.lower, str.upper, str.title)
)
_HALF = "最后一行只写了一半（文件没有写完），请重新导出。"
_BROKEN = "一条记录被单元格里的换行拆成了几行，请给这一格加引号后重新导出。"
_LONE = "这一行只有一格，可能是上一行被换行拆开的后半截，请修正后重新导出。"
_WIDE = 6  # below that, two rows with an empty end add up to a whole one by chance
_LONGER = "这一行的格数比表头多，可能是内容里的分隔符没有加引号，请修正后重新导出。"


def sort_rows(grid: Grid, header: Header, width: int) -> Sorted:
    """Every row below the header is a record, layout (counted), unreadable (kept as text) or wholly empty."""
    taken = Sorted()
    look = _Look(grid, header, width)
    ragged: dict[int, int] = {}
    begin = header.bottom + 1
    for at in _suspects(grid, header, width):
        taken.extend(grid, begin, at)
        look.at(taken, at, ragged)
        begin = at + 1
    taken.extend(grid, begin, len(grid.rows))
    _take_tail(taken, grid)
    _settle_ragged(taken, grid, width, ragged)
    return taken


def _suspects(grid: Grid, header: Header, width: int) -> list[int]:
    """Rows of another width, rows whose first column is empty or begins like layout,
    rows with a total in the second."""
    lead = next((at for at, label in enumerate(header.labels) if label), 0)
    after = min(lead + 1, width - 1)
    again = {grid.rows[at][lead] for at in range(header.bottom + 1) if len(grid.rows[at]) > lead}
    return [
        at
        for at, row in enumerate(grid.rows)
        if at > header.bottom
        and (
            len(row) != width
            or (first := row[lead]) is None
            or first == ""
            or (type(first) is str and (first[0] in _STARTS or first[:5] in _ENGLISH_STARTS) and _is_sparse(row, first))
            or (type(second := row[after]) is str and (second[:1] in _TOTAL_STARTS or second[:5] in _ENGLISH_STARTS))
            or first in again
        )
    ]


def _is_sparse(row: Sequence, first: str) -> bool:
    """A footnote leaves half of its row empty, a total need not."""
    return first[0] not in _FOOT_STARTS or row.count(None) + row.count("") >= len(row) // 2


class _Look:
    """The slow look at one row that could be something other than a record."""

    def __init__(self, grid: Grid, header: Header, width: int):
        self.grid, self.width = grid, width
        rows = (_filled(grid.rows[at]) for at in range(header.bottom + 1))
        self.repeats = {filled for filled in rows if filled}
        self.repeated_first = {filled[0] for filled in self.repeats}

    def at(self, taken: Sorted, at: int, ragged: dict[int, int]) -> None:
        row, number, width = self.grid.rows[at], self.grid.numbers[at], self.width
        cells = [cell for cell in row if cell is not None and cell != ""]
        code = self.layout(row, cells)
        if code == "empty":
            return
        if code:
            taken.left_out.setdefault(code, []).append((number, clean(text_of(_filled(row)[0]))))
        elif len(row) > width and any(row[width:]):
            taken.unreadable.append((number, self.grid.text(row), _LONGER))
        else:
            if len(row) < width:
                ragged[len(taken.rows)] = len(row)
            taken.add([*row[:width], *[None] * (width - len(row))], number, at)

    def layout(self, row: Sequence, cells: list) -> str | None:
        first = [clean(text_of(cell)) for cell in cells[:2]]
        if len(cells) > self.width / 2 and first[0]:  # nearly full: only a total or the header again can look like this
            if first[0] in self.repeated_first and _filled(row) in self.repeats:
                return "repeated_header"
            return "total_row" if any(map(_is_total, first)) else None
        filled = _filled(cells)
        if not filled:
            return "empty"
        if filled in self.repeats:
            return "repeated_header"
        if any(map(_is_total, filled[:2])):
            return "total_row"
        is_foot = _FOOT.match(filled[0]) or (len(filled) == 1 and _FOOT_ALONE.match(filled[0]))
        return "footnote" if is_foot and len(filled) <= self.width / 2 else None


def _is_total(cell: str) -> bool:
    return bool(_TOTAL.match("".join(cell.split())) or _ENGLISH_TOTAL.match(cell))


def _filled(row: Sequence) -> tuple[str, ...]:
    return tuple(filter(None, (clean(text_of(cell)) for cell in row)))


def _take_tail(taken: Sorted, grid: Grid) -> None:
    """Below the last record: a lone sentence is a remark, even without 备注 before it; a lone id is a record.

    A row inside a merged range goes on with the record above, however little it says; half a last line is no remark.
    """
    while taken.rows and len(taken.rows[-1]) > 2:
        position = taken.positions[-1]
        filled = _filled(taken.rows[-1])
        goes_on = any(merge.top < position <= merge.bottom for merge in grid.merges)
        is_half = grid.cut and position == len(grid.rows) - 1
        is_remark = len(filled) == 1 and (_SENTENCE.search(filled[0]) or _FOOT_ALONE.match(filled[0]))
        if not is_remark or goes_on or is_half:
            return
        taken.left_out.setdefault("footnote", []).append((taken.numbers[-1], filled[0]))
        taken.drop(len(taken.rows) - 1)


def _settle_ragged(taken: Sorted, grid: Grid, width: int, ragged: dict[int, int]) -> None:
    """Rows with fewer cells than the header: pieces of something broken go from taken.rows to taken.unreadable, records
    with an empty end are named in taken.padded.

    ragged: place in taken.rows → number of cells the row really had.
    """
    ragged = {place: length for place, length in ragged.items() if place < len(taken.rows)}
    bad: dict[int, str] = _pieces(taken, width, ragged) if width >= _WIDE else {}
    last = len(grid.rows) - 1
    bad.update({place: _HALF for place in ragged if grid.cut and taken.positions[place] == last})
    taken.padded = [taken.numbers[place] for place in ragged if place not in bad]
    for place in sorted(bad, reverse=True):
        row = grid.rows[taken.positions[place]]
        taken.unreadable.append((taken.numbers[place], grid.text(row), bad[place]))
        taken.drop(place)


def _pieces(taken: Sorted, width: int, ragged: dict[int, int]) -> dict[int, str]:
    """Neighbouring short rows whose cells add up to exactly one row, and rows of a single cell."""
    bad = {place: _LONE for place, length in ragged.items() if length == 1}
    for place in ragged:
        end, cells = place, ragged[place]
        while cells < width and end + 1 in ragged and taken.positions[end + 1] == taken.positions[end] + 1:
            end += 1
            cells += ragged[end] - 1
        if cells == width and end > place and not all(piece in bad for piece in range(place, end + 1)):
            bad.update(dict.fromkeys(range(place, end + 1), _BROKEN))
    return bad
