"""Parquet → a table of text. Each distinct value of a column is put into words once."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.form.limits import Limits, Refused
from etl.form.table import Table
from etl.reading.cells import clean, text_column, text_of, without_nulls
from etl.reading.grid import Wanted
from etl.reading.header import numbered


def read_parquet(path: Path, wanted: Wanted, limits: Limits) -> Table:
    """One table; row numbers count records from 1. Nested structs become 'parent/child' columns.

    Timestamps become 'YYYY-MM-DD HH:MM:SS'; those of a time zone end in Z and are brought to the school's own clock
    where they are typed, as in any text.
    """
    try:
        with pq.ParquetFile(path) as file:
            _check(path, file.metadata, limits)
            data = _flattened(file.read(use_threads=False))
        columns = [without_nulls(text_column(_texts(column)), wanted.null_words) for column in data.columns]
    except (pa.ArrowException, OSError, ValueError):
        raise Refused(f"{path.name}：parquet 文件已损坏，读不出来，请重新导出后再放进来。") from None
    header = numbered([clean(name.replace(".", "/")) for name in data.column_names])
    return Table("", header, columns, list(range(1, data.num_rows + 1)), header_row=0)


def _check(path: Path, metadata: pq.FileMetaData, limits: Limits) -> None:
    unpacked = sum(metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups))
    if metadata.num_columns > limits.columns or metadata.num_rows * metadata.num_columns > limits.cells:
        size = f"{metadata.num_rows} 行 × {metadata.num_columns} 列"
        raise Refused(f"{path.name}：parquet 有 {size}，超过上限，请按月份分开导出后再放进来。")
    if unpacked > limits.unpacked_bytes:
        raise Refused(f"{path.name}：解压后有 {unpacked >> 20} MB，超过上限，请按月份分开导出后再放进来。")


def _flattened(data: pa.Table) -> pa.Table:
    while any(pa.types.is_struct(field.type) for field in data.schema):
        data = data.flatten()
    return data


def _texts(column: pa.ChunkedArray) -> list[str]:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pc.fill_null(column, "").to_pylist()
    if pa.types.is_timestamp(kind):
        instant = column if kind.tz is None else column.cast(pa.timestamp(kind.unit))  # of a zone: as UTC counts
        whole = pc.floor_temporal(instant, unit="second").cast(pa.timestamp("s"))
        column = pc.strftime(whole, "%Y-%m-%d %H:%M:%S" + ("Z" if kind.tz else ""))
        return pc.fill_null(column, "").to_pylist()
    if pa.types.is_nested(kind) or pa.types.is_null(kind):
        return [text_of(value) for value in column.to_pylist()]
    coded = column.combine_chunks().dictionary_encode()
    words = [text_of(value) for value in coded.dictionary.to_pylist()]
    return ["" if code is None else words[code] for code in coded.indices.to_pylist()]
