"""The tables, and two locks on them: what is written can be added to, never altered or removed.

The first lock refuses UPDATE and DELETE built with SQLAlchemy before they leave the program; the second is a trigger in
the database itself, so that no other program can do it by accident either.
"""

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Delete,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Update,
    and_,
    event,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects import sqlite

from ledger.errors import AppendOnly

metadata = MetaData()

# One row an event. `day` is when it holds, `recorded_at` when it was written down; `source` names the file it was
# loaded from.
events = Table(
    "ledger_events",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("number", String(40), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("day", Date, nullable=False),
    Column("post", String(60), nullable=False),
    Column("recorded_at", DateTime, nullable=False),
    Column("content", Text, nullable=False),
    Column("source", String(200), nullable=False, default=""),
    UniqueConstraint("number", "sequence"),
    CheckConstraint("sequence >= 1"),
    sqlite_autoincrement=True,
)

# Attached files, by the hash of their bytes: kept in the same database, so that one backup holds everything.
documents = Table(
    "ledger_documents",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

# Rows of a loaded Excel file that could not be taken, word for word.
rejects = Table(
    "ledger_rejects",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("file_digest", String(64), nullable=False),
    Column("file_name", String(200), nullable=False),
    Column("sheet", String(60), nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("cells", Text, nullable=False),
    Column("recorded_at", DateTime, nullable=False),
    UniqueConstraint("file_digest", "sheet", "row_number"),
    sqlite_autoincrement=True,
)

# Who took what away or asked what of the raw tables (exports, free queries): one row a deed, beside the ledger and
# under the same lock.
audit = Table(
    "audit_entries",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("recorded_at", DateTime, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("who", String(60), nullable=False),
    Column("role", String(60), nullable=False),
    Column("what", Text, nullable=False),
    Column("filters", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("build", String(80), nullable=False),
    sqlite_autoincrement=True,
)

# Saved views: one row when one is saved, renamed or taken off the list; what is on the list follows from them.
views = Table(
    "saved_views",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("view", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", String(60), nullable=False),
    Column("address", Text, nullable=False),
    Column("who", String(60), nullable=False),
    Column("recorded_at", DateTime, nullable=False),
    UniqueConstraint("view", "sequence"),
    sqlite_autoincrement=True,
)

SAYS = "the ledger is append-only"
_SQLITE = "CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END"
_SQLITE_REPLACE = (
    "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({taken}) BEGIN SELECT RAISE(ABORT, "
    "'{says}'); END"
)
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '{says}'; END $$"
)
_POSTGRESQL = (
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()"
)


def _lock(table: Table) -> None:
    for what in ("UPDATE", "DELETE"):
        statement = DDL(_SQLITE.format(table=table.name, what=what, says=SAYS))
        event.listen(table, "after_create", statement.execute_if(dialect="sqlite"))
    statement = DDL(_SQLITE_REPLACE.format(table=table.name, taken=_taken(table), says=SAYS))
    event.listen(table, "after_create", statement.execute_if(dialect="sqlite"))
    for text in (_FUNCTION, _POSTGRESQL):
        statement = DDL(text.format(table=table.name, says=SAYS))
        event.listen(table, "after_create", statement.execute_if(dialect="postgresql"))


def _taken(table: Table) -> str:
    """The rows a new one would replace: SQLite's REPLACE removes them without asking the DELETE trigger."""
    keys = [rule.columns for rule in table.constraints if isinstance(rule, UniqueConstraint)] + [
        table.primary_key.columns
    ]
    same = or_(*(and_(*(column == literal_column(f"NEW.{column.name}") for column in columns)) for columns in keys))
    return str(select(table.primary_key.columns[0]).where(same).compile(dialect=sqlite.dialect())).replace("\n", " ")


for _table in metadata.sorted_tables:
    _lock(_table)


def guard(engine: Engine) -> None:
    """Refuse to alter or remove anything through this engine."""

    @event.listens_for(engine, "before_execute")
    def refuse(_connection, statement, *_rest):
        if isinstance(statement, Update | Delete):
            raise AppendOnly
