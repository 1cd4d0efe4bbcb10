"""What is taken away says what it is, and loads back as what it was."""

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from metrics.ask.selection import EVERYTHING
from ui.export.export import FORMATS, Subject, limits, packed
from warehouse import Build

BUILD = Build("20261122T0800-abc", Path("x"), 1, datetime(2026, 11, 22, 8), "demo", "0" * 64)
FRAME = pd.DataFrame(
    {
        "工单编号": ["T1", "=T2", None],
        "报修时间": pd.to_datetime(["2026-11-01 09:30", "2026-11-02 00:00", None]),
        "件数": [1, 2, 3],
    }
)


def subject(total: int = 3) -> Subject:
    return Subject(
        "服务工单记录",
        "3号楼 · 近 12 周 · 含“=1”",
        total,
        BUILD,
        EVERYTHING,
        "按报修时间从大到小",
        tuple(FRAME.columns),
    )


def test_the_description_holds_filters_order_columns_rows_limit_and_build():
    about = dict(subject(70_000).about(50_000, 50_000))
    assert (
        about["筛选条件"] == "3号楼 · 近 12 周 · 含“=1”"
        and about["排序"] == "按报修时间从大到小"
        and about["列"] == "工单编号、报修时间、件数"
    )
    assert about["行数"] == "50,000" and "至多 50,000 行，共 70,000 行，其余没有导出" in about["行数上限"]
    assert about["构建"] == BUILD.name and about["数据截至"] == "2026-11-22 08:00" and about["权限"] == "全部范围"
    assert "没有截断" in dict(subject().about(3, 50_000))["行数上限"]


def test_csv_loads_back_into_pandas_and_its_description_lies_beside_it():
    with zipfile.ZipFile(io.BytesIO(packed("CSV", FRAME, "工单", subject().about(3, 9)))) as book:
        assert book.namelist() == ["工单.csv", "说明.txt"]
        back = pd.read_csv(book.open("工单.csv"), parse_dates=["报修时间"])
        assert "构建：20261122T0800-abc" in book.read("说明.txt").decode("utf-8-sig")
    assert list(back.columns) == list(FRAME.columns) and back["件数"].tolist() == [1, 2, 3]
    assert back["报修时间"].tolist()[:2] == FRAME["报修时间"].tolist()[:2]
    assert back["工单编号"].tolist()[:2] == ["T1", "'=T2"]


def test_parquet_carries_types_and_its_description():
    with zipfile.ZipFile(io.BytesIO(packed("Parquet", FRAME, "工单", subject().about(3, 9)))) as book:
        table = pq.read_table(io.BytesIO(book.read("工单.parquet")))
    assert json.loads(table.schema.metadata[b"about"])["筛选条件"].startswith("3号楼")
    pd.testing.assert_frame_equal(table.to_pandas(), FRAME, check_dtype=False)


def test_excel_has_a_sheet_that_says_what_it_is_and_no_formula():
    content = packed("Excel", FRAME, "工单", (*subject().about(3, 9), ("=恶意", "=1+1")))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["工单", "说明"] and ["构建", BUILD.name] in book.get_sheet_by_name("说明").to_python()
    with zipfile.ZipFile(io.BytesIO(content)) as inside:
        assert all(b"<f>" not in inside.read(name) for name in inside.namelist())


@pytest.mark.parametrize(
    ("total", "said"), [(42, "导出全部 42 行"), (60_000, "Excel 只含前 50,000 行"), (300_000, "CSV 只含前 200,000 行")]
)
def test_the_limit_is_said_before_the_click(total, said):
    assert said in limits(total) and "审计记录" in limits(total) and set(FORMATS) == {"Excel", "CSV", "Parquet"}
