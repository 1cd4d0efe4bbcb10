"""A template is an export: it loads back as it stands, with a drop-down for every choice."""

import zipfile

import pytest

from etl.command.main import main
from etl.declare.docs import render
from etl.declare.load import load_sources
from etl.declare.template import choices, write_template
from warehouse import paths

STANDARD = load_sources([paths.REPOSITORY / "etl" / "sources"])


@pytest.mark.slow
def test_every_template_loads_back_with_its_example(campus, tmp_path):
    """All of them in one load: a build costs seconds, and they do not touch each other."""
    facts, inbox = [name for name, source in STANDARD.items() if source.kind == "facts"], tmp_path / "inbox"
    inbox.mkdir()
    for name in facts:
        write_template(STANDARD[name], inbox / f"{STANDARD[name].title}.xlsx")
    build = campus.load(*sorted(inbox.iterdir()), as_of="2026-11-25")
    listed = ", ".join(f"'{name}'" for name in facts)
    assert build.rows(
        f"SELECT source, rows_read, rows_accepted FROM files WHERE source IN ({listed}) ORDER BY source"
    ) == [(name, 1, 1) for name in sorted(facts)]
    assert build.rows("SELECT * FROM rejects") == []
    assert build.rows("SELECT source, code, message FROM warnings WHERE file_id IS NOT NULL") == []


def test_every_dimension_template_is_recognised(home, tmp_path):
    dimensions = {f"{source.title}.xlsx": name for name, source in STANDARD.items() if source.kind == "dimension"}
    for file, name in dimensions.items():
        write_template(STANDARD[name], tmp_path / file)
    found = {outcome.path.name: outcome for outcome in home.land(*(tmp_path / file for file in dimensions))}
    assert {file: (one.status, one.sentence, list(one.accounts)) for file, one in found.items()} == {
        file: ("landed", "", [name]) for file, name in dimensions.items()
    }
    assert [one.accounts[dimensions[file]]["rejects"] for file, one in found.items()] == [[]] * len(dimensions)


def test_every_choice_has_a_drop_down_and_nothing_is_a_formula(tmp_path):
    source = STANDARD["tickets"]
    write_template(source, tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count('type="list"') == sum(bool(choices(column)) for column in source.columns)
    assert "<f>" not in sheet


def test_the_command_writes_once_and_suggests(tmp_path, capsys):
    target = tmp_path / "演练.xlsx"
    assert main(["template", "drills", "--out", str(target)]) == 0
    assert target.exists()
    assert main(["template", "drills", "--out", str(target)]) == 2
    assert "没有覆盖" in capsys.readouterr().err
    assert main(["template", "drill"]) == 2
    assert "drills" in capsys.readouterr().err


def test_documentation_of_sources_is_up_to_date():
    """Mend with: python -m etl docs"""
    assert (paths.REPOSITORY / "docs" / "sources.md").read_text(encoding="utf-8") == render(STANDARD)


def test_documentation_names_every_column_and_alias():
    text = render(STANDARD)
    for source in STANDARD.values():
        assert f"`{source.name}`" in text
        for column in source.columns:
            assert f"`{column.name}`" in text
            assert all(alias in text for alias in column.aliases)
