"""The command line's tables and bars; its words are warehouse.command's."""

from collections.abc import Iterable, Sequence

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from warehouse.command import Parser, notice, output

__all__ = ["Parser", "notice", "output", "progress", "show"]


def progress() -> Progress:
    """A bar over files, with the rows read so far beside it."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rows]}"),
        TimeElapsedColumn(),
        console=notice,
        transient=not notice.is_terminal,
    )


def show(title: str, headers: Sequence[str], rows: Iterable[Sequence[object]], numbers: int = 0) -> None:
    """A table on standard output; the last `numbers` columns are right-aligned, thousands grouped."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for position, header in enumerate(headers):
        is_number = position >= len(headers) - numbers
        table.add_column(header, justify="right" if is_number else "left", overflow="fold", no_wrap=is_number)
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    output.print(table)


def _cell(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value).replace("[", "\\[")
