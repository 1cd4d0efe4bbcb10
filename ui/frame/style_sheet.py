"""The one style sheet: what the theme file cannot express. Colours as custom properties, then the files by part."""

from functools import cache
from pathlib import Path

from ui.charts import colours
from ui.frame.menu import FIRST, PLACE_OF

FOLDER = Path(__file__).parents[1] / "assets" / "styles"
PARTS = ("frame", "streamlit", "tiles", "tables", "records", "actions", "branches", "presentation", "paper")


@cache
def html(page: str) -> str:
    """The sheet as the frame of a page sends it, with its place marked in the menu; read once a server."""
    return f"<style>\n{_sheet()}\n{_here(page)}</style>"


def _here(page: str) -> str:
    """Streamlit marks the page that is open; the menu shows but the first of a place."""
    first = PLACE_OF[page].tabs[0].key
    if page == first:
        return ""
    link = f'[data-testid="stSidebarNavLink"][href$="{"/" if first == FIRST else f"/{first}"}"]'
    return f"{link} {{ background: color-mix(in srgb, var(--link) 12%, transparent); font-weight: 600; }}"


@cache
def _sheet() -> str:
    named = " ".join(f"{name}: {colour};" for name, colour in colours.properties().items())
    parts = "\n".join((FOLDER / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
    return f":root {{ {named} }}\n{parts}"
