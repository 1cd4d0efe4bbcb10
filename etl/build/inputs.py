"""What a build is made of, and nothing else: typed rows with their accounts,
declarations, models, limits, one moment."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby
from pathlib import Path

from etl.build import health
from etl.build.settings import Settings
from etl.form.digest import BUILD_ROOMS, code_digest, digest_of, file_digest
from etl.form.model import Source
from etl.landing.export import Export

VERSION = "1.0.0"

SQL_TYPES = {
    "integer": "BIGINT",
    "number": "DOUBLE",
    "percent": "DOUBLE",
    "duration": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "deadline": "TIMESTAMP",
}


def sql_columns(source: Source) -> dict[str, str]:
    """Column → DuckDB type of a source's typed rows, in declared order; words kept beside a choice included."""
    columns = {}
    for column in source.columns:
        columns[column.name] = SQL_TYPES.get(column.type, "VARCHAR")
        if column.keep_text:
            columns[column.text_name] = "VARCHAR"
    return columns


def record_time(source: Source) -> str | None:
    """The column that dates a record: the first required date or time, else the first one that is no deadline."""
    dates = [column for column in source.columns if column.type in ("date", "datetime")]
    return next((column.name for column in sorted(dates, key=lambda column: not column.required)), None)


@dataclass(frozen=True)
class Inputs:
    """Everything a build may know. `exports` are sorted; facts later than `as_of` are already left out."""

    sources: dict[str, Source]
    exports: tuple[Export, ...]
    refused: tuple[dict, ...]
    models: dict[str, Path]
    checks: dict[str, Path]
    settings: Settings
    data_date: datetime
    origin: str
    school_digest: str
    standard: dict[str, Source] = field(default_factory=dict)

    @cached_property
    def busy(self) -> dict[str, Source]:
        """The sources of which anything came. The others get empty tables and cost nothing else."""
        came = {export.source for export in self.exports}
        return {name: source for name, source in self.sources.items() if name in came}

    @cached_property
    def turns(self) -> dict[tuple[str, str, datetime], int]:
        """(source, file, export time) → its turn among the files of that source and time, in order of landing. Between
        files of different times the order of landing decides nothing, so it is no part of a build."""
        landed = sorted((e.source, at, e.sequence, e.file_id) for e in self.exports for at in e.times)
        turns: dict[tuple[str, str, datetime], int] = {}
        for (source, at), files in groupby(landed, key=lambda entry: entry[:2]):
            turns |= {(source, file_id, at): turn for turn, (_, _, _, file_id) in enumerate(files)}
        return turns

    @property
    def declarations_digest(self) -> str:
        """Over every declaration, in order of name."""
        return digest_of([[name, source.digest, source.system] for name, source in sorted(self.sources.items())])

    @property
    def digest(self) -> str:
        """Over content, export times, declarations, models, what the school keeps, and this code."""
        landed = [
            [e.file_id, e.name, e.source, [[at.isoformat(), self.turns[e.source, e.file_id, at]] for at in e.times]]
            for e in self.exports
        ]
        standard = [[name, source.digest] for name, source in sorted(self.standard.items())]
        sql = [[[name, file_digest(path)] for name, path in sorted(files.items())] for files in self._sql()]
        return digest_of(
            [
                landed,
                list(self.refused),
                self.declarations_digest,
                standard,
                sql,
                self.settings.red_lines,  # the product's own where the school keeps none
                self.school_digest,
                self.data_date.isoformat(),
                self.origin,
                code_digest(BUILD_ROOMS),
            ]
        )

    def _sql(self) -> list[dict[str, Path]]:
        return [self.models, self.checks, health.rules()]
