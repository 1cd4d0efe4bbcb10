"""A pivot as a table, a heatmap's cells and an export. Pure: no Streamlit."""

from dataclasses import dataclass

import pandas as pd

from metrics.compare.pivot import NAMES, OTHER, Pivot
from metrics.define import numbers
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import GREYED_BELOW
from metrics.places.hot_spots import PlacedHotSpot
from ui.charts.heat import Matrix
from ui.charts.style import plain_label
from ui.parts.explorer.words import TOTAL, Names
from ui.parts.heat.table import frames, judgement, key_of, value_of, verdict_of
from ui.widgets.tables import Column


@dataclass(frozen=True)
class Judged:
    """cells: (row, column) → expected, excess, verdict; spots: the hot spots among them; odd: both in words, ''
    where nothing stands out."""

    cells: dict[tuple, dict]
    spots: tuple[PlacedHotSpot, ...] = ()
    odd: str = ""


NOT_JUDGED = Judged({})


def total_word(pivot: Pivot) -> str:
    """合计 where it is a sum, 期末 where things stand at a moment, 总体 where the whole was measured."""
    return "合计" if pivot.added or pivot.metric.is_amount else "期末" if pivot.metric.is_standing else "总体"


def line_keys(pivot: Pivot) -> list:
    """Row keys from top to bottom, the total last."""
    return [*pivot.rows["row"], TOTAL]


def lookup(pivot: Pivot) -> dict[tuple, dict]:
    """(row, column) → part, whole, value; TOTAL for the margins."""
    cells = {(row["row"], row["column"]): row for row in pivot.cells.to_dict("records")}
    cells |= {(row["row"], TOTAL): row for row in pivot.rows.to_dict("records")}
    cells |= {(TOTAL, row["column"]): row for row in pivot.columns.to_dict("records")}
    return cells | {(TOTAL, TOTAL): pivot.grand.to_dict()}


def cell_words(metric: Metric, cell: dict) -> str:
    """「80.6 %（806 / 1,000）」, 「22.0 小时（310 / 320）」, 「4.20 分（64 次）」."""
    if numbers.missing(cell["value"]):
        return (
            numbers.NONE
            if not cell["whole"]
            else f"{numbers.NONE}（{metric.show_part_whole(cell['part'], cell['whole'])}）"
        )
    value = metric.show(cell["value"])
    return value if metric.kind.is_undivided else f"{value}（{metric.show_part_whole(cell['part'], cell['whole'])}）"


def headers(pivot: Pivot, names: Names) -> dict[object, str]:
    """Column key → its header, each once: the total first, where it is seen without scrolling; a week of every year
    with its day."""
    words = {key: names.short(pivot.column, key) for key in pivot.columns["column"]}
    seen = list(words.values())
    told = {
        key: f"{word} {key_of(key)[5 if pivot.column == 'week' else 0 :]}" if seen.count(word) > 1 else word
        for key, word in words.items()
    }
    return {TOTAL: total_word(pivot) if pivot.column else f"{pivot.metric.label}（{pivot.metric.unit}）"} | told


def wide(pivot: Pivot, names: Names) -> tuple[pd.DataFrame, list[Column]]:
    """The table on the screen: a row a row key, then the totals; numbers where the metric is a plain number, words
    otherwise."""
    cells, heads, plain = lookup(pivot), headers(pivot, names), pivot.metric.kind.is_plain
    rows = []
    for row in line_keys(pivot):
        line = {"row": total_word(pivot) if row == TOTAL else names.say(pivot.row, row)}
        for at, key in enumerate(heads):
            cell = cells[row, key]
            line[f"c{at}"] = cell["value"] if plain else cell_words(pivot.metric, cell)
        rows.append(line)
    columns = [
        Column("row", NAMES[pivot.row]),
        *(Column(f"c{at}", head, "count" if plain else "right") for at, head in enumerate(heads.values())),
    ]
    if plain and not pivot.column and pivot.added and pivot.grand["part"]:
        rows = [
            {**line, "share": cells[key, TOTAL]["part"] / pivot.grand["part"]}
            for line, key in zip(rows, line_keys(pivot), strict=True)
        ]
        columns.append(Column("share", "占", "percent"))
    return pd.DataFrame(rows), columns


def exported(pivot: Pivot, names: Names) -> pd.DataFrame:
    """The same table in numbers: a quotient as value, part and whole, three columns each."""
    cells, heads, plain = lookup(pivot), headers(pivot, names), pivot.metric.kind.is_plain
    frame = {
        NAMES[pivot.row]: [total_word(pivot) if row == TOTAL else names.say(pivot.row, row) for row in line_keys(pivot)]
    }
    for key, head in heads.items():
        for name, word in (("value", ""),) if plain else (("value", ""), ("part", " 分子"), ("whole", " 分母")):
            frame[f"{head}{word}"] = [cells[row, key][name] for row in line_keys(pivot)]
    return pd.DataFrame(frame)


def matrix(pivot: Pivot, names: Names, judged: Judged = NOT_JUDGED, excess: bool = False) -> Matrix:
    """Cells for the heatmap; totals and what stands together are grey, for they are of another size. `excess`:
    coloured by how far they lie above or below what is expected."""
    cells, columns, metric, heads = lookup(pivot), list(pivot.columns["column"]), pivot.metric, headers(pivot, names)
    rows = line_keys(pivot)[:-1] if excess else line_keys(pivot)  # totals are what the expectation is made of
    table = [[cells[row, key] | judged.cells.get((row, key), {}) for key in columns] for row in rows]

    def coloured(cell: dict) -> float:
        return value_of(cell, metric, excess)

    def text(cell: dict) -> str:
        value = coloured(cell)
        if numbers.missing(value):
            return ""
        return numbers.signed(value, metric.kind.cell_digits) if excess else metric.kind.cell(value)

    return Matrix(
        rows=[plain_label(total_word(pivot) if row == TOTAL else names.say(pivot.row, row), 14) for row in rows],
        columns=[plain_label(heads[key], 14) for key in columns],
        values=[[coloured(cell) for cell in line] for line in table],
        texts=[[text(cell) for cell in line] for line in table],
        hovers=[
            [_hover(pivot, names, row, key, cell) for key, cell in zip(columns, line, strict=True)]
            for row, line in zip(rows, table, strict=True)
        ],
        keys=[[(key_of(row), key_of(key)) for key in columns] for row in rows],
        marks=[[(told := verdict_of(cell)) is not None and told.is_clear for cell in line] for line in table],
        faint=[
            [
                row in (TOTAL, OTHER) or key == OTHER or (metric.is_rate and 0 < cell["whole"] < GREYED_BELOW)
                for key, cell in zip(columns, line, strict=True)
            ]
            for row, line in zip(rows, table, strict=True)
        ],
        totals=[
            plain_label(metric.show(cells[row, TOTAL]["value"]).removesuffix(metric.unit).strip(), 12) for row in rows
        ],
        totals_title=total_word(pivot),
        low=0.0 if metric.kind.is_plain else None,
        reverse=metric.is_rate and metric.better == "up",
        diverging=excess,
        frames=frames(rows, columns, judged.spots),
    )


def _hover(pivot: Pivot, names: Names, row: object, key: object, cell: dict) -> str:
    first = total_word(pivot) if row == TOTAL else names.say(pivot.row, row)
    lines = [f"{plain_label(first, 30)} · {plain_label(names.say(pivot.column, key), 30)}"]
    if numbers.missing(cell["value"]):
        return "<br>".join([*lines, "没有数据（不是 0）"])
    lines.append(f"<b>{plain_label(cell_words(pivot.metric, cell), 60)}</b>")
    if pivot.added and pivot.metric.kind.is_plain and pivot.grand["part"]:
        lines.append(f"占 {numbers.percent(cell['part'] / pivot.grand['part']).replace('%', '％')}")
    return "<br>".join([*lines, *judgement(cell), "合在一起的，打不开" if OTHER in (row, key) else "点开看记录"])
