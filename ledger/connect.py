"""Where the ledger is kept: a SQLite file by default, PostgreSQL when CAMPUS_LEDGER_URL says so."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, CursorResult, Engine, NullPool, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError

from ledger import schema
from ledger.errors import Refused, Unreachable

SETTING = "CAMPUS_LEDGER_URL"
BUSY_SECONDS = 10
_LOCK_KEY = 4_071_118  # any number, the same on every machine: writers of one ledger take turns
_engines: dict[str, Engine] = {}
_guard = threading.Lock()


def address(url: str | None, default: Path | None) -> URL:
    """`url`, or CAMPUS_LEDGER_URL, or the SQLite file `default`; raises Refused in words."""
    written = url or os.environ.get(SETTING, "").strip()
    if not written and default is None:
        raise Refused(f"没有说明督办台账放在哪里，请设置 {SETTING}，例如 postgresql://用户@主机/数据库。")
    try:
        url_read = make_url(written) if written else URL.create("sqlite", database=str(default))
    except ArgumentError:
        raise Refused(f"{SETTING} 读不懂，请写成 postgresql://用户:密码@主机:5432/数据库。") from None
    name = url_read.get_backend_name()
    if name in ("postgresql", "postgres"):
        return url_read.set(drivername="postgresql+psycopg")
    if name != "sqlite" or not url_read.database or url_read.database == ":memory:":
        raise Refused(f"督办台账只能放在 SQLite 文件或 PostgreSQL 里，请改正 {SETTING}。")
    return url_read


def engine(where: URL) -> Engine:
    """An engine whose tables exist and are locked against change. Raises Unreachable when the database does not answer.

    PostgreSQL keeps its connections; a SQLite file is opened anew each time, so that a file moved away is noticed.
    """
    if where.get_backend_name() == "sqlite":
        _file(where).parent.mkdir(parents=True, exist_ok=True)
        return _prepared(create_engine(where, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS}))
    key = where.render_as_string(hide_password=False)
    with _guard:
        if key not in _engines:
            _engines[key] = _prepared(
                create_engine(where, pool_pre_ping=True, connect_args={"connect_timeout": BUSY_SECONDS})
            )
        return _engines[key]


def _file(where: URL) -> Path:
    """The file of a SQLite address; address() has refused one without."""
    return Path(where.database or "")


def inserted(done: CursorResult) -> int:
    """The position a row was written at."""
    key = done.inserted_primary_key
    return key[0] if key else 0


def _prepared(made: Engine) -> Engine:
    schema.guard(made)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _careful)
        event.listen(made, "begin", _begin)
    with writing(made) as connection:
        schema.metadata.create_all(connection)
    return made


def _careful(raw, _record) -> None:
    """A write-ahead log so that readers never wait, every commit forced to disk, REPLACE seen by the triggers."""
    raw.isolation_level = None  # transactions are begun by _begin
    _write_ahead(raw)
    for setting in ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
        raw.execute(f"PRAGMA {setting}").close()


def _write_ahead(raw) -> None:
    """The journal of a new file is changed once, by whoever gets to it: SQLite does not wait there for another who is
    about to, and says at once that the file is locked."""
    until = time.monotonic() + BUSY_SECONDS
    while raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            raw.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(made: Engine) -> Iterator[Connection]:
    """A transaction that may write; writers take turns, so that positions grow in the order of commits."""
    with _words(made), made.connect().execution_options(writes=True) as connection, connection.begin():
        if made.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK_KEY)))
        yield connection


@contextmanager
def reading(made: Engine) -> Iterator[Connection]:
    with _words(made), made.connect() as connection:
        yield connection


@contextmanager
def _words(made: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:  # a plain DatabaseError is a file that is no database
        if isinstance(error, OperationalError) or type(error) is DatabaseError or error.connection_invalidated:
            raise Unreachable(_said(made, error)) from error
        raise


def _said(made: Engine, error: DBAPIError) -> str:
    if made.dialect.name == "sqlite":
        if "locked" in str(error.orig) or "busy" in str(error.orig):
            return "督办台账正忙，别人的写入一直没有结束；请稍后再试。"
        return f"打不开督办台账的文件（{_file(made.url).name}），请检查磁盘空间和文件夹的读写权限。"
    place = f"{made.url.host or '本机'}:{made.url.port or 5432}/{made.url.database}"
    return f"连不上督办台账的数据库（{place}），请确认它在运行，以及 {SETTING} 里的地址、用户和密码。"
