"""Pages are run by Streamlit's own test runner on a build small enough to count by hand."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.etl.conftest import Home
from tests.etl.landing.test_real_files import DECLARED
from tests.pages import drawn, written
from ui.frame import words as words_of_the_screen
from ui.frame.menu import FILES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def drawn_home(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("drawn")
    drawn.write(home)
    return home


@pytest.fixture
def campus(drawn_home, monkeypatch) -> Path:
    """The drawn build is the current one."""
    monkeypatch.setenv("CAMPUS_DATA", str(drawn_home))
    return drawn_home


def loaded(home: Path, load: Callable[[Home], object]) -> Path:
    """A data folder with a key of its own, into which load put files and made a build of them."""
    key = home / "key"
    key.write_bytes(b"a key for tests only, thirty-two bytes at least")
    key.chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPUS_DATA", str(home))
        patch.setenv("CAMPUS_KEY_FILE", str(key))
        load(Home(home))
    return home


@pytest.fixture(scope="session")
def written_home(tmp_path_factory) -> Path:
    """A home into which the files of tests/pages/written.py were loaded."""
    return loaded(tmp_path_factory.mktemp("written"), written.load)


@pytest.fixture(scope="session")
def boston(real, tmp_path_factory) -> Path:
    """A home into which Boston's seven yearly files were loaded by a declaration alone."""

    def load(home: Home) -> None:
        (home.folder / "school" / "sources").mkdir(parents=True)
        shutil.copy(DECLARED / "boston311.toml", home.folder / "school" / "sources")
        home.load(*sorted((real / "boston311").glob("*.csv")), as_of="2022-09-16")

    return loaded(tmp_path_factory.mktemp("boston"), load)


@pytest.fixture
def open_written(open_at, written_home, monkeypatch) -> Callable[..., AppTest]:
    """open_at on the written files instead of the drawn build."""
    monkeypatch.setenv("CAMPUS_DATA", str(written_home))
    return open_at


@pytest.fixture(autouse=True)
def blanks(monkeypatch) -> None:
    """Pages are read with plain blanks here; tests/ui/frame/test_words.py holds that a number keeps its unit."""
    monkeypatch.setattr(words_of_the_screen, "joined", str)


@pytest.fixture(scope="session", autouse=True)
def scanned_once() -> Iterator[None]:
    """AppTest looks through every installed package for components at each first run,
    a quarter of a second; they do not change.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def menu(drawn_home) -> dict:
    """The pages the dashboard registers when it runs, as AppTest keeps them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPUS_DATA", str(drawn_home))
        return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()._registered_pages


@pytest.fixture
def open_at(campus, menu) -> Callable[..., AppTest]:
    """open_at("quality", source="tickets") opens that page first,
    as a link from outside does, with that query string.
    """

    def run(key: str, **query) -> AppTest:
        at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        at._registered_pages = menu  # AppTest learns them by a first run only, of a page nobody asked for
        at.switch_page(FILES[key])
        for name, value in query.items():
            at.query_params[name.rstrip("_")] = value
        return at.run()

    return run


def words(at: AppTest) -> str:
    """Everything the page says outside tables and charts, as one text."""
    kinds = ("title", "subheader", "markdown", "caption", "text", "info", "warning", "error")
    said = [element.value for kind in kinds for element in getattr(at, kind)]
    return "\n".join(said + [element.proto.body for element in at.get("html")])
