"""templates: an empty workbook for every declared source, carried by the build so that a page can hand it out."""

import io

import duckdb
import pyarrow as pa

from etl.build_inputs import Inputs
from etl.template import write_template


def load_templates(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """One row a source: source, title, workbook. The same declaration gives the same bytes."""
    sources = list(inputs.sources.values())
    columns = {
        "source": pa.array([source.name for source in sources], pa.string()),
        "title": pa.array([source.title for source in sources], pa.string()),
        "workbook": pa.array([_workbook(source) for source in sources], pa.binary()),
    }
    connection.register("template_rows", pa.table(columns))
    connection.execute("CREATE TABLE templates AS SELECT * FROM template_rows ORDER BY source")
    connection.unregister("template_rows")


def _workbook(source) -> bytes:
    memory = io.BytesIO()
    write_template(source, memory)
    return memory.getvalue()
