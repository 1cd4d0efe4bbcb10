"""A home of one's own, and loading into it as the command line does."""

import shutil
from pathlib import Path

import pytest

import warehouse
from etl.build.make import build, gather
from etl.declare.load import load_sources
from etl.form.export_time import moment_in
from etl.landing.landing import Landing, Outcome
from etl.privacy.protect import load_key
from warehouse import paths
from warehouse.publishing import exclusive


class Home:
    """A data folder with the school's files in it or none."""

    def __init__(self, folder: Path):
        self.folder = folder

    def landing(self) -> Landing:
        return Landing(paths.landing(), sources=load_sources(), key=load_key())

    def land(self, *files: Path, as_of: str | None = None, is_set: bool = False) -> list[Outcome]:
        return self.landing().land(files, as_of=as_of and moment_in(as_of), is_set=is_set)

    def build(self, as_of: str | None = None) -> warehouse.Build | None:
        with exclusive():
            return build(gather(self.landing(), "school", as_of and moment_in(as_of)))

    def load(self, *files: Path, as_of: str | None = None) -> warehouse.Build:
        outcomes = self.land(*files, as_of=as_of)
        assert [outcome.sentence for outcome in outcomes if outcome.status == "refused"] == []
        self.build(as_of)
        return warehouse.current()

    def write(self, name: str, *lines: str, encoding: str = "utf-8") -> Path:
        """A file of lines under the home."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    """An empty home."""
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    return Home(tmp_path)


@pytest.fixture
def campus(home) -> Home:
    """A home with the school's files that come with the product."""
    shutil.copytree(paths.REPOSITORY / "data" / "school", home.folder / "school")
    return home
