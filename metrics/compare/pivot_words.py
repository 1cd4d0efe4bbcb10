"""What a pivot or a comparison says in one sentence: the largest cell and its share, who differs, or that nobody
does."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from metrics.ask.selection import DIMENSIONS
from metrics.compare.comparison import Comparison, shown
from metrics.compare.pivot import NAMES, OTHER, Pivot
from metrics.compare.pivot_compare import LEVEL, Sides, change_words
from metrics.compare.pivot_totals import weight
from metrics.define import numbers
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import CHANGE_FROM
from metrics.methods.verdict import NORMAL, WORDS

Say = Callable[[str, object], str]  # (dimension, key) → what it is called
ALIKE = f"都在{WORDS[NORMAL]}内"


def sentence(pivot: Pivot, say: Say, odd: str = "") -> str:
    """「工单量 10,813 单：最大的一格是3号楼 · 水电 123 单，占 1.1 %」; rates name the highest and the lowest with both
    counts.

    `odd`: the cells that stand out one by one, in words; without any it is said whether the whole table is uneven.
    """
    metric, grand = pivot.metric, pivot.grand
    told = f"{metric.label} {shown(metric, grand)}"
    cells = pivot.cells if pivot.column else pivot.rows
    cells_known = cells[cells["value"].notna()]
    if not len(cells_known) or weight(metric, cells_known).sum() == 0:
        return f"{metric.label}：这段时间、这个范围内没有可以计算的记录"
    if metric.kind.weighed_by == "part":
        return f"{told}：{_largest(pivot, cells_known, say, odd)}"
    return f"{told}：{_extremes(pivot, say)}" + (f"；{odd}" if odd else "")


def where(pivot: Pivot, cell, say: Say) -> str:
    keys = [(pivot.row, cell["row"]), *([(pivot.column, cell["column"])] if pivot.column else [])]
    return " · ".join(say(name, key) for name, key in keys)


def _largest(pivot: Pivot, cells: pd.DataFrame, say: Say, odd: str) -> str:
    named = cells[(cells["row"] != OTHER) & ((cells["column"] != OTHER) if pivot.column else True)]
    if not len(named):
        return "都在其他里"
    top = named.loc[named["value"].idxmax()]
    words = f"最大的{'一格' if pivot.column else ''}是 {where(pivot, top, say)}，{pivot.metric.show(top['value'])}"
    whole = pivot.grand["part"]
    if pivot.added and whole > 0:
        words += f"，占 {numbers.percent(top['part'] / whole)}"
    if odd:
        return f"{words}；{odd}"
    return f"{words}；{_uneven(pivot, cells)}" if pivot.metric.kind.counts_rows and pivot.added else words


def _uneven(pivot: Pivot, cells: pd.DataFrame) -> str:
    """Whether the cells differ from what their row and column make likely (χ²), or single rows from one another."""
    from scipy.stats import chi2

    if pivot.column:
        seen = cells.pivot_table("part", "row", "column", aggfunc="sum", sort=False).fillna(0).to_numpy()
        expected = seen.sum(1, keepdims=True) * seen.sum(0, keepdims=True) / max(seen.sum(), 1)
        free = (np.count_nonzero(seen.sum(1)) - 1) * (np.count_nonzero(seen.sum(0)) - 1)
    else:
        seen = cells["part"].to_numpy()
        expected, free = np.full(len(seen), seen.mean()), np.int_(len(seen) - 1)
    if free < 1 or seen.sum() < CHANGE_FROM:
        return (
            f"不足 {CHANGE_FROM}，只看数量"
            if seen.sum() < CHANGE_FROM
            else f"只有一{'行或一列' if pivot.column else '行'}"
        )
    inside = expected > 0
    p = chi2.sf(((seen - expected)[inside] ** 2 / expected[inside]).sum(), free)
    if pivot.column:
        return (
            f"各{NAMES[pivot.row]}在{NAMES[pivot.column]}上的分布{'不一样' if p <= LEVEL else f'只差在{WORDS[NORMAL]}'}"
        )
    return f"各{NAMES[pivot.row]}{'多少不一' if p <= LEVEL else ALIKE}"


def _extremes(pivot: Pivot, say: Say) -> str:
    """Highest and lowest row of at least 30 cases; for rates whether chance alone would part the rows so."""
    metric = pivot.metric
    nameless = (OTHER, DIMENSIONS[pivot.row].missing if pivot.row in DIMENSIONS else OTHER)
    rows = pivot.rows[pivot.rows["value"].notna() & ~pivot.rows["row"].isin(nameless)]
    rows = rows if metric.kind.counts_days else rows[rows["whole"] >= CHANGE_FROM]
    if len(rows) < 2:
        return f"没有两个{NAMES[pivot.row]}各满 {CHANGE_FROM}，只看数量，不作比较"
    if metric.kind.is_share_of_cases and _alike(rows):
        return f"各{NAMES[pivot.row]}{ALIKE}"
    if metric.kind.has_interval and rows["low"].max() <= rows["high"].min():
        return f"各{NAMES[pivot.row]}{ALIKE}"
    ends = [rows.loc[rows["value"].idxmax()], rows.loc[rows["value"].idxmin()]]
    if ends[0]["value"] == ends[1]["value"]:
        return f"各{NAMES[pivot.row]}{ALIKE}"
    words = metric.kind.extremes
    return "，".join(
        f"{word} {say(pivot.row, row['row'])} {shown(metric, row)}" for word, row in zip(words, ends, strict=True)
    )


def _alike(rows: pd.DataFrame) -> bool:
    """χ² of homogeneity over the rows' parts and wholes."""
    from scipy.stats import chi2

    common = rows["part"].sum() / rows["whole"].sum()
    if common in (0, 1):
        return True
    return bool(
        chi2.sf(
            ((rows["part"] - rows["whole"] * common) ** 2 / (rows["whole"] * common * (1 - common))).sum(),
            len(rows) - 1,
        )
        > LEVEL
    )


def compared(sides: Sides, say: Say) -> str:
    """The whole first, then the rows that differ beyond chance, or that none does."""
    whole = _places(sides) if sides.are_places else sides.grand.sentence.rstrip("。")
    if not sides.grand.comparable:
        return whole
    told = f"，{sides.whole.told}" if sides.whole and sides.whole.is_judged else ""
    return f"{whole}{told}；{_rows(sides, say)}"


def _places(sides: Sides) -> str:
    metric, grand = sides.metric, sides.grand
    both = [
        (sides.left, grand.now, grand.now_part, grand.now_whole),
        (sides.right, grand.base, grand.base_part, grand.base_whole),
    ]
    told = "，".join(
        f"{name} {shown(metric, {'value': value, 'part': part, 'whole': whole})}" for name, value, part, whole in both
    )
    return f"{metric.label}：{told}（{_difference(metric, grand)}）"


def _difference(metric: Metric, comparison: Comparison) -> str:
    """「前者高 3.2 百分点」."""
    if comparison.change is None:
        return change_words(metric, comparison) if comparison.comparable else "不作比较"
    words = change_words(metric, comparison)
    return "两处相同" if words[0] not in "+−" else f"前者{'高' if words[0] == '+' else '低'} {words[1:]}"


def _rows(sides: Sides, say: Say) -> str:
    name = NAMES[sides.by]
    changed = {key: one.change for key, one in sides.rows.items() if one.change is not None}
    if not changed:
        return f"没有一个{name}两边都满 {CHANGE_FROM}，逐个只看数量"
    if not sides.tested:
        key = max(changed, key=lambda key: abs(changed[key]))
        moved = change_words(sides.metric, sides.rows[key])
        return f"逐个看相差最大的是 {say(sides.by, key)}（{moved}），没有检验是否偶然"
    groups = [_named(sides, keys, say) for keys in (sides.differing, sides.leaning) if keys]
    return f"逐个{name}看，{'；'.join(groups)}" if groups else f"逐个看，各{name}{ALIKE}"


def _named(sides: Sides, keys: list, say: Say) -> str:
    """「3号楼（+60.3 %）明显偏多、另有 2 个」."""
    named = [
        f"{say(sides.by, key)}（{change_words(sides.metric, sides.rows[key])}）{told.word}"
        for key in keys[:2]
        if (told := sides.verdicts[key])
    ]
    return "、".join([*named, *([f"另有 {len(keys) - 2} 个"] if len(keys) > 2 else [])])
