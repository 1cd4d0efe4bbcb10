"""One page out of a million rows: first which rows, sorted by the one column asked for, then all their columns.

Sorting every column of every row is what makes a list slow. Only the sorting column and the row's place are sorted; the
fifty rows that are shown are fetched by their places. A search reads the texts once for both the count and the page.
"""

from dataclasses import dataclass

import pandas as pd

from metrics.ask import sql
from metrics.define.tables import Table
from warehouse import Build

MOST_FETCHED = 2_000  # more rows than this are not a page but a file: one statement reads them in order
PLACE = f"{sql.FACT}.rowid"


@dataclass(frozen=True)
class Order:
    """By one column, then as the rows lie, so that each has one place; what is not written comes last either way."""

    column: str
    falling: bool

    @classmethod
    def of(cls, table: Table, order: str | None, time: str) -> "Order":
        """From "column", "-column" (falling) or None (the time, newest first); raises UnknownName."""
        name, falling = (order.lstrip("-"), order.startswith("-")) if order else (time, True)
        return cls(sql.column(table.name, name), falling)

    def words(self, column: str = "", place: str = PLACE, backwards: bool = False) -> str:
        """What stands after ORDER BY; `backwards` gives the very same rows from the end."""
        way = "DESC" if self.falling != backwards else "ASC"
        missing, places = ("FIRST", "DESC") if backwards else ("LAST", "ASC")
        return f"{column or self.column} {way} NULLS {missing}, {place} {places}"


@dataclass(frozen=True)
class Source:
    """FROM and WHERE of the rows asked for, what they bind, and whether each row costs reading its texts."""

    table: Table
    rows: str
    bound: dict[str, object]
    is_searched: bool

    def page(
        self, build: Build, names: list[str], order: Order, limit: int | None, offset: int
    ) -> tuple[pd.DataFrame, int]:
        """(the columns `names` of rows offset … offset + limit, how many rows there are)."""
        picked = ", ".join(f"{sql.column(self.table.name, name)} AS {name}" for name in names)
        if limit is None or limit > MOST_FETCHED:
            cut = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
            rows = build.query(f"SELECT {picked} {self.rows} ORDER BY {order.words()}{cut}", self.bound)
            whole = limit is None or (offset == 0 and len(rows) < limit)
            return rows, len(rows) if whole else self._count(build)
        places, total = (
            self._searched(build, order, limit, offset)
            if self.is_searched
            else self._places(build, order, limit, offset)
        )
        statement = f"""SELECT {picked}, {PLACE} AS place_of_row FROM {self.table.name} {sql.FACT}
            JOIN (SELECT unnest($places::BIGINT[]) AS place) wanted ON {PLACE} = wanted.place"""
        rows = build.query(statement, {"places": places}).set_index("place_of_row")
        return rows.loc[places].reset_index(drop=True), total

    def _count(self, build: Build) -> int:
        return int(build.rows(f"SELECT count(*) {self.rows}", self.bound)[0][0])

    def _places(self, build: Build, order: Order, limit: int, offset: int) -> tuple[list[int], int]:
        """Counting without texts is nearly free; beyond the middle the rows are looked for from the end, where fewer
        are kept."""
        total = self._count(build)
        here = max(0, min(limit, total - offset))
        backwards = offset > total // 2
        skipped = total - offset - here if backwards else offset
        page = f"LIMIT {int(here)} OFFSET {int(max(0, skipped))}"
        statement = f"SELECT {PLACE} {self.rows} ORDER BY {order.words(backwards=backwards)} {page}"
        places = [place for (place,) in build.rows(statement, self.bound)] if here else []
        return places[::-1] if backwards else places, total

    def _searched(self, build: Build, order: Order, limit: int, offset: int) -> tuple[list[int], int]:
        """Texts are read once: what was found is kept narrow, counted and cut."""
        statement = f"""WITH found AS MATERIALIZED (SELECT {PLACE} AS place, {order.column} AS sorted_by {self.rows})
            SELECT (SELECT count(*) FROM found),
                ARRAY(SELECT place FROM found ORDER BY {order.words("sorted_by", "place")}
                      LIMIT {int(limit)} OFFSET {int(offset)})"""
        total, places = build.rows(statement, self.bound)[0]
        return list(places or ()), int(total)
