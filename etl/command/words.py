"""The command line's tables and bars; its words are warehouse.command's. What draws them is loaded by who draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from warehouse import command

if TYPE_CHECKING:
    from rich.progress import Progress


def progress() -> Progress:
    """A bar over files, with the rows read so far beside it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rows]}"),
        TimeElapsedColumn(),
        console=command.notice,
        transient=not command.notice.is_terminal,
    )


def show(title: str, headers: Sequence[str], rows: Iterable[Sequence[object]], numbers: int = 0) -> None:
    """A table on standard output; the last `numbers` columns are right-aligned, thousands grouped."""
    from rich.table import Table

    cells = [[_cell(value) for value in row] for row in rows]
    is_narrow = _width([headers, *cells]) <= command.output.width
    table = Table(title=title, title_justify="left", title_style="bold")
    for position, header in enumerate(headers):
        is_number = position >= len(headers) - numbers
        table.add_column(
            header, justify="right" if is_number else "left", overflow="fold", no_wrap=is_number or is_narrow
        )
    if is_narrow and cells:  # no line breaks: a column can be drawn as one cell of many lines, in a third of the time
        cells = [["\n".join(column) for column in zip(*cells, strict=True)]]
    for row in cells:
        table.add_row(*row)
    command.output.print(table)


def _width(lines: Sequence[Sequence[str]]) -> int:
    """Of the whole table, at most. Where all fits, nobody need look for places to break a line: half the time."""
    from rich.cells import cell_len

    return sum(max(map(cell_len, column)) + 3 for column in zip(*lines, strict=True)) + 1


def _cell(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value).replace("[", "\\[").replace("\n", " ")
