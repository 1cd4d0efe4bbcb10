"""What the declarations say, carried by the build so that a page can hand it out:
an empty workbook and the columns of every source."""

import io
from functools import lru_cache

import duckdb
import pyarrow as pa

from etl.build.inputs import Inputs
from etl.build.sql import store
from etl.declare.docs import Described, described
from etl.declare.template import write_template
from etl.form.model import Source


def load_declared(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """templates: source, title, workbook. source_columns: source, position,
    and what docs/sources.md says of each column."""
    sources = list(inputs.sources.values())
    workbooks = [(source.name, source.title, _workbook(source)) for source in sources]
    store(
        connection, "noted_templates", {"source": pa.string(), "title": pa.string(), "workbook": pa.binary()}, workbooks
    )
    connection.execute("CREATE TABLE templates AS FROM noted_templates ORDER BY source")
    kinds = {
        "source": pa.string(),
        "position": pa.int32(),
        **{name: pa.bool_() if name == "is_required" else pa.string() for name in Described._fields},
    }
    columns = [
        (source.name, position, *described(column))
        for source in sources
        for position, column in enumerate(source.columns, 1)
    ]
    store(connection, "noted_columns", kinds, columns)
    connection.execute("CREATE TABLE source_columns AS FROM noted_columns ORDER BY source, position")


@lru_cache(maxsize=256)
def _workbook(source: Source) -> bytes:
    memory = io.BytesIO()
    write_template(source, memory)
    return memory.getvalue()
