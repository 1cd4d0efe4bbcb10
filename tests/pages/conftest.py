"""Pages are run by Streamlit's own test runner on a build small enough to count by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import drawn
from ui.menu import FILES

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


@pytest.fixture
def open_at(campus) -> Callable[..., AppTest]:
    """open_at("quality", source="tickets") runs that page as the dashboard would, with that query string."""

    def run(key: str, **query) -> AppTest:
        at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
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
