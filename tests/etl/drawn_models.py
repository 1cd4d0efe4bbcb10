"""One model over a few drawn rows, without files: the same macros and tables the build gives it."""

from datetime import datetime
from types import SimpleNamespace

import duckdb

from etl.build.feeds import BY_PLACE, PROVENANCE, SHARED, columns_of
from etl.build.models import define_moment
from etl.build.settings import Cadence, Settings
from etl.clocks.clock import Clocks
from etl.clocks.deadlines import KEPT, deadlines
from etl.clocks.limits import DEFAULTS, Limits
from etl.declare.load import load_sources
from etl.form.digest import ETL

STANDARD = load_sources([ETL / "sources"])
DATA_DATE = datetime(2026, 11, 22, 8)
FULL = ("ticket_id", "opened_at", "closed_at", "due_at", "response_due_at", "responded_at", "rating")


class Models:
    """An in-memory database with empty feeds, filled as a test needs."""

    def __init__(
        self,
        data_date: datetime = DATA_DATE,
        limits: dict | None = None,
        cadences: tuple[Cadence, ...] = (),
        clocks: Clocks | None = None,
    ):
        self.connection = duckdb.connect()
        settings = Settings(Limits(DEFAULTS | (limits or {}), clocks or Clocks()), cadences)
        self.limits, self.filled = settings.limits, set[str]()
        define_moment(self.connection, SimpleNamespace(exports=(), data_date=data_date, settings=settings))
        inputs = SimpleNamespace(standard=STANDARD)
        for source in STANDARD.values():
            columns = columns_of(source.feeds, [source], inputs)
            if source.kind == "facts":
                placed = {
                    "place_text": "VARCHAR",
                    **dict.fromkeys(("building_id", "room", "grid_id", "branch_id", *SHARED), "VARCHAR"),
                }
                columns = placed | {name: kind for name, kind in columns.items() if name not in BY_PLACE}
                self.table(f"states_{source.feeds}", PROVENANCE | columns)
                self.table(f"feed_{source.feeds}", PROVENANCE | columns)
            else:
                self.table(f"feed_{source.feeds}", PROVENANCE | columns)
                self.table(f"latest_{source.name}", PROVENANCE | columns)
        self.table("file_columns", {"source": "VARCHAR", "file_id": "VARCHAR", "name": "VARCHAR"})
        self.has("f", *FULL)
        self.table("branch_words", {"word": "VARCHAR", "branch_id": "VARCHAR"})
        self.table("grid_words", {"word": "VARCHAR", "grid_id": "VARCHAR"})
        self.table("unit_words", {"word": "VARCHAR", "name": "VARCHAR"})
        self.table("place_words", {"word": "VARCHAR", "building_id": "VARCHAR", "room": "VARCHAR"})

    def table(self, name: str, columns: dict[str, str]) -> None:
        fields = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.connection.execute(f'CREATE TABLE IF NOT EXISTS "{name}" ({fields})')

    def has(self, file_id: str, *columns: str) -> "Models":
        """Which declared columns a file has."""
        return self.fill("file_columns", *({"source": "drawn", "file_id": file_id, "name": name} for name in columns))

    def fill(self, name: str, *rows: dict) -> "Models":
        self.filled.add(name.removeprefix("feed_"))
        for number, row in enumerate(rows, 1):
            known = {entry[0] for entry in self.connection.execute(f'DESCRIBE "{name}"').fetchall()}
            defaults = {"source": "drawn", "file_id": "f", "sheet": "", "row_number": number, "sequence": 1}
            values = {key: value for key, value in defaults.items() if key in known} | row
            names = ", ".join(f'"{column}"' for column in values)
            marks = ", ".join("?" * len(values))
            self.connection.execute(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', list(values.values()))
        return self

    def run(self, name: str) -> list[dict]:
        """The model's rows; it is kept as a table for models that read it."""
        if name in {kept.table for kept in KEPT}:
            self.deadlines()
        query = (ETL / "models" / f"{name}.sql").read_text(encoding="utf-8")
        self.connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS {query}')
        found = self.connection.execute(f'SELECT * FROM "{name}"')
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def deadlines(self) -> None:
        """What the clocks say of every drawn row; a row without states is in its first and only one."""
        done = self.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        if ("deadlines",) in done:
            return
        for table in {kept.table for kept in KEPT} & self.filled:
            self.connection.execute(
                f"INSERT INTO states_{table} BY NAME FROM feed_{table} "
                f"WHERE record_id NOT IN (SELECT record_id FROM states_{table})"
            )
        if ("calendar",) not in done and self.limits.clocks.named:
            self.run("calendar")
        self.table("calendar", {"day": "DATE", "is_workday": "BOOLEAN"})  # nobody asks where no clock is declared
        deadlines(self.connection, self.limits)

    def health(self, name: str) -> list[dict]:
        """A health query's rows."""
        found = self.connection.execute((ETL / "models" / "health" / f"{name}.sql").read_text(encoding="utf-8"))
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
