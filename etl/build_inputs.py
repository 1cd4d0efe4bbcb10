"""What a build is made of, and nothing else: typed rows with their accounts, declarations, models, limits, one moment."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from etl.build_settings import Settings
from etl.declare import Source

ETL = Path(__file__).resolve().parent
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
class Export:
    """The rows of one file that belong to one source. times: when this content was exported, oldest first.

    account: what conform counted and noted; its shape is that of landing_file.account. is_guessed: nothing says when it was
    exported but its own records.
    """

    file_id: str
    name: str
    source: str
    bytes: int
    times: tuple[datetime, ...]
    typed: Path
    account: dict
    is_guessed: bool = False

    @property
    def tells_the_time(self) -> bool:
        """Whether the data date may rest on it: an empty file of unknown date would move it to the day it was landed."""
        return not self.is_guessed or self.account["rows_read"] > 0


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

    @property
    def declarations_digest(self) -> str:
        """Over every declaration, in order of name."""
        return digest_of([[name, source.digest] for name, source in sorted(self.sources.items())])

    @property
    def digest(self) -> str:
        """Over content, export times, declarations, models, what the school keeps, and this code."""
        landed = [[e.file_id, e.name, e.source, [at.isoformat() for at in e.times]] for e in self.exports]
        sql = {path.name: file_digest(path) for path in [*self.models.values(), *self.checks.values()]}
        return digest_of(
            [landed, list(self.refused), self.declarations_digest, sql, self.school_digest, self.data_date.isoformat(),
             self.origin, code_digest(*BUILD_CODE, *TYPING_CODE)]
        )  # fmt: skip


def digest_of(content: object) -> str:
    """sha256 hex of a structure of plain values."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """sha256 hex of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def code_digest(*patterns: str) -> str:
    """Over this package's own files: mended code makes a new build, and a mended parser types everything again."""
    files = [path for pattern in patterns for path in ETL.glob(pattern)]
    return digest_of([[path.name, file_digest(path)] for path in sorted(files)])


BUILD_CODE = ("build*.py", "health.py", "places*.py", "models/health/*.sql")
TYPING_CODE = ("conform*.py", "values*.py", "declare_headers.py", "declare_model.py", "privacy*.py", "landing_file.py", "table.py")
