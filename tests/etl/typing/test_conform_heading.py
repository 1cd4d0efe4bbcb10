"""A column a file lacks, taken from the words above its header: the period of a summary, the month of a register."""

import pytest

from etl.declare.load import load_source
from etl.form.model import Column, DeclarationError, Source
from etl.form.table import Table
from etl.typing.conform import conform

SOURCE = Source(
    name="t", title="汇总", feeds="t", kind="facts", key=("unit", "period"),
    columns=(
        Column("unit", "部门", "text", required=True),
        Column("period", "统计周期", "text", required=True, heading=r"(\d{4}年\d{1,2}月)"),
        Column("campus", "校区", "text", constant="本部", heading="(南湖|北山)校区"),
    ),
)  # fmt: skip


def read(header: list[str], rows: list[list], **more) -> list[dict]:
    columns = [list(cells) for cells in zip(*rows, strict=True)]
    return conform(Table(more.pop("sheet", "表"), header, columns, [2], **more), SOURCE).columns.to_pylist()


@pytest.mark.parametrize(
    ("more", "period", "campus"),
    [
        ({"title": "南湖校区热线汇总\n统计时间：2026年10月"}, "2026年10月", "南湖"),
        ({"title": "热线汇总", "sheet": "2026年9月"}, "2026年9月", "本部"),
        ({"title": "2026年10月", "sheet": "2026年9月"}, "2026年10月", "本部"),
    ],
)
def test_the_title_then_the_sheet_then_the_constant(more, period, campus):
    (row,) = read(["部门"], [["后勤处"]], **more)
    assert (row["period"], row["campus"]) == (period, campus)


def test_a_column_of_its_own_wins_even_where_it_is_empty_elsewhere():
    (row,) = read(["部门", "统计周期"], [["后勤处", "2026年8月"]], title="2026年10月")
    assert row["period"] == "2026年8月"


def test_without_a_title_a_required_one_costs_every_row_with_its_reason():
    found = conform(Table("表", ["部门"], [["后勤处"]], [2]), SOURCE)
    assert len(found.columns) == 0 and [reject.column_label for reject in found.rejects if reject.is_whole_row] == [
        "统计周期"
    ]


@pytest.mark.parametrize("heading", ["20..年", "(a)(b)", "("])
def test_a_heading_takes_exactly_one_group(tmp_path, heading):
    path = tmp_path / "t.toml"
    path.write_text(
        '[source]\nname = "t"\ntitle = "汇"\nfeeds = "t"\nkind = "facts"\n[[column]]\nname = "a"\n'
        f'label = "甲"\ntype = "text"\nheading = "{heading}"\n',
        encoding="utf-8",
    )
    with pytest.raises(DeclarationError, match="第 10 行.*heading"):
        load_source(path)


def test_an_example_must_be_one(tmp_path):
    path = tmp_path / "t.toml"
    head = (
        '[source]\nname = "t"\ntitle = "汇"\nfeeds = "t"\nkind = "facts"\n'
        '[[column]]\nname = "a"\nlabel = "甲"\ntype = "integer"\n'
    )
    path.write_text(f'{head}example = "十"\n', encoding="utf-8")
    assert load_source(path).column("a").example == "十"
    path.write_text(f'{head}example = "若干"\n', encoding="utf-8")
    with pytest.raises(DeclarationError, match="第 10 行.*example「若干」不是数字"):
        load_source(path)
