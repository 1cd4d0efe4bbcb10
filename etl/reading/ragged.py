"""Rows with fewer cells than the header: which are records with an empty end, which are pieces of something broken."""

from etl.reading.grid import Grid, Sorted

_HALF = "最后一行只写了一半（文件没有写完），请重新导出。"
_BROKEN = "一条记录被单元格里的换行拆成了几行，请给这一格加引号后重新导出。"
_LONE = "这一行只有一格，可能是上一行被换行拆开的后半截，请修正后重新导出。"
_WIDE = 6  # below that, two rows with an empty end add up to a whole one by chance


def settle_ragged(taken: Sorted, grid: Grid, width: int, ragged: dict[int, int]) -> None:
    """Moves pieces from taken.rows to taken.unreadable, and names the rest in taken.padded.

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
