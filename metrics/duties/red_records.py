"""The records that cross a red line: those of a week and those still open at its end."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from metrics.ask import members, sql, terms
from metrics.ask.selection import UNRECOGNISED, Scope, Selection
from metrics.ask.window import Window
from metrics.define import tables
from metrics.duties.red_words import Line, Rules, judge
from warehouse import Build

TEXTS: tuple[str, ...] = ("description", "title")
LONGEST = 40


@dataclass(frozen=True)
class RedLine:
    """One record that crosses a red line. `table` and `record_id` open it; `text` is its masked description, shortened.

    `is_open` and `days`, its age, are as of the moment asked for; `closed_on` is the day it was closed, known at the
    data date, None while it is open. `state` says all of it; `because` what was recognised (category or words).
    """

    line_id: str
    label: str
    table: str
    record_id: str
    place: str
    building: str | None
    category: str
    text: str
    unit: str
    found_at: datetime
    days: int
    is_new: bool
    is_open: bool
    because: str
    closed_on: date | None = None
    state: str = ""


def crossed(
    build: Build, table: str, rules: Rules, week: Window, moment: datetime, only: Selection, scope: Scope
) -> list[RedLine]:
    """Records of one table new in the week or open at the moment, with the line each crosses."""
    rows = _candidates(build, table, rules, week, moment, only, scope)
    texts = [name for name in TEXTS if name in rows]
    records = []
    for row in rows.to_dict("records"):
        words = tuple(row[name] if isinstance(row[name], str) else None for name in texts)
        if judged := judge(rules, row["category"] or None, words, _is_grave(table, row["level"])):
            records.append(_record(build, table, row, *judged, words, week, moment))
    return records


def _is_grave(table: str, level: str | None) -> bool:
    """Graded 重大, or a hazard nobody graded; what is asked of a repair desk is no hazard's grade."""
    return table == "hazards" and (level == "重大" or not isinstance(level, str))


def _candidates(
    build: Build, table: str, rules: Rules, week: Window, moment: datetime, only: Selection, scope: Scope
) -> pd.DataFrame:
    """Rows found in the week or open at the moment, of which the category or the words could be a red line's."""
    bound, of_table = sql.Bound(), tables.get(table)
    time_, closed = sql.column(table, of_table.time), sql.column(table, "closed_at")
    texts = [name for name in TEXTS if name in of_table.columns]
    still = f"({sql.column(table, 'is_open')} OR coalesce({closed} > {bound(moment)}, false))"
    new = " AND ".join(sql.within(time_, week, bound))
    firsts = {word for line in rules.lines for groups in (*line.together, *line.graded_together) for word in groups[0]}
    words = sorted(firsts.union(*(line.words for line in rules.lines)))
    categories = sorted({name for line in rules.lines for name in (*line.categories, *line.graded_categories)})
    conditions = [
        sql.column(table, of_table.cohort),
        f"coalesce({time_} < {bound(moment)}, false)",
        f"({still} OR ({new}))",
    ]
    written = f"concat_ws(' ', {', '.join(sql.column(table, name) for name in texts)})"
    listed = f"coalesce({sql.column(table, 'category')} IN {bound.listed(tuple(categories) or ('',))}, false)"
    conditions.append(f"({listed} OR list_bool_or([contains({_plain(written)}, word) FOR word IN {bound(words)}]))")
    conditions += sql.selected(only, bound) + sql.visible(scope, bound)
    columns = [
        of_table.id,
        of_table.time,
        "closed_at",
        "category",
        "level",
        "place_text",
        "building_id",
        "unit",
        *texts,
    ]
    picked = ", ".join(f"{sql.column(table, name)} AS {name}" for name in columns)
    return build.query(
        f"SELECT {picked}, {still} AS still {sql.source(table, bool(only.kinds))} {sql.where(conditions)} "
        f"ORDER BY {of_table.id}",
        bound.values,
    )


def _plain(text: str) -> str:
    return f"regexp_replace({text}, '\\s+', '', 'g')"


def _record(
    build: Build,
    table: str,
    row: Mapping[Hashable, Any],
    line: Line,
    because: str,
    words: Sequence[str | None],
    week: Window,
    moment: datetime,
) -> RedLine:
    of_table = tables.get(table)
    found_at, closed = pd.Timestamp(row[of_table.time]).to_pydatetime(), row["closed_at"]
    until = moment if pd.isna(closed) or closed > moment else pd.Timestamp(closed).to_pydatetime()
    building = row["building_id"] if isinstance(row["building_id"], str) else None
    place = members.name(build, "building", building) if building else UNRECOGNISED
    text = next((word for word in words if word), "")
    is_new, is_open = week.start <= found_at.date() < week.end, bool(row["still"])
    closed_on = None if pd.isna(closed) else pd.Timestamp(closed).date()
    return RedLine(
        line.line_id,
        line.label,
        table,
        str(row[of_table.id]),
        row["place_text"] if isinstance(row["place_text"], str) else place,
        building,
        row["category"] if isinstance(row["category"], str) else "",
        text if len(text) <= LONGEST else text[: LONGEST - 1] + "…",
        row["unit"] if isinstance(row["unit"], str) else "",
        found_at,
        max((until.date() - found_at.date()).days, 0),
        is_new,
        is_open,
        because,
        closed_on,
        state_words(build, is_new, is_open, closed_on),
    )


def state_words(build: Build, is_new: bool, is_open: bool, closed_on: date | None) -> str:
    """「新增，未销号」, 「新增，已销号」; of what was closed after the moment 「未销号，已于 11-17 销号」."""
    since = f"，已于 {terms.day_words(build, closed_on)} 销号" if is_open and closed_on else ""
    return f"{'新增，' if is_new else ''}{'未销号' if is_open else '已销号'}{since}"
