"""A home of one's own, and loading into it as the command line does."""

import shutil
from pathlib import Path

import pytest

import warehouse
from etl.build.make import build, gather
from etl.declare.load import load_sources
from etl.form.export_time import moment_in
from etl.landing.landing import Landing, LoadedFile
from etl.privacy.protect import load_key
from tests.conftest import key_file
from warehouse import paths
from warehouse.publishing import exclusive


class Home:
    """A data folder with the school's files in it or none."""

    def __init__(self, folder: Path):
        self.folder = folder

    def landing(self) -> Landing:
        return Landing(paths.landing(), sources=load_sources(), key=load_key())

    def land(self, *files: Path, as_of: str | None = None, is_set: bool = False) -> list[LoadedFile]:
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


@pytest.fixture(scope="session")
def landed_school(tmp_path_factory) -> Path:
    """The school's files that come with the product, read and typed once: a build takes them as they are."""
    folder = tmp_path_factory.mktemp("landed_school")
    shutil.copytree(paths.REPOSITORY / "data" / "school", folder / "school")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPUS_DATA", str(folder))
        patch.setenv("CAMPUS_KEY_FILE", str(key_file(tmp_path_factory)))
        Home(folder).landing().exports()
    return folder


@pytest.fixture
def campus(home, landed_school) -> Home:
    """A home with the school's files that come with the product, already typed."""
    shutil.copytree(landed_school, home.folder, dirs_exist_ok=True)
    return home
