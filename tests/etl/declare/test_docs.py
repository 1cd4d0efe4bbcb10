"""The page about sources is what the declarations say."""

from dataclasses import replace

from etl.declare import docs, load
from etl.declare.shapes import ColumnBlock, DialectBlock, SourceBlock
from etl.form.model import TYPES
from warehouse import paths


def own_sources():
    return load.load_sources([load.default_folders()[0]])


def test_the_page_is_up_to_date():
    written = (paths.REPOSITORY / "docs" / "sources.md").read_text(encoding="utf-8")
    assert written == docs.render(own_sources()), "docs/sources.md is stale, run: python -m etl docs"


def test_every_source_column_alias_and_value_is_told():
    page = docs.render(own_sources())
    for source in own_sources().values():
        section = page.split(f"\n## {source.name}\n")[1].split("\n## ")[0]
        assert source.title in section
        for column in source.columns:
            row = next(line for line in section.splitlines() if line.startswith(f"| `{column.name}` |"))
            told = (column.label, *column.aliases, *(word for value, more in column.allowed for word in (value, *more)))
            assert not [word for word in told if word not in row]
            cells = row.split(" | ")
            assert len(cells) == 7 and (cells[4] == "是") == column.required
            assert bool(cells[6].strip(" |")) == bool(column.personal)


def test_the_page_follows_the_declaration():
    source = own_sources()["terms"]
    other = replace(source, title="别的名字", expected_every_days=9, dialect=load.Dialect(day_first=True, null=("?",)))
    page = docs.render({"terms": other})
    for word in ("别的名字", "9 天", "日/月/年", "`?`", "1 到 30", "格式"):
        assert word in page


def test_every_key_and_type_of_a_declaration_is_explained():
    assert docs.EXPLAINED["[source]"].keys() == set(SourceBlock.__struct_fields__)
    assert docs.EXPLAINED["dialect"].keys() == set(DialectBlock.__struct_fields__)
    assert docs.EXPLAINED["[[column]]"].keys() == set(ColumnBlock.__struct_fields__)
    assert tuple(sorted(docs.TYPE_WORDS)) == tuple(sorted(TYPES))
    page = docs.render({})
    assert all(f"| `{key}` | " in page for keys in docs.EXPLAINED.values() for key in keys)
