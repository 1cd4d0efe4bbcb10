"""The one style sheet: what the theme file cannot express. Colours as custom properties, then the files by part."""

from functools import cache
from pathlib import Path

from ui.charts import colours

FOLDER = Path(__file__).parents[1] / "assets" / "styles"
PARTS = ("frame", "streamlit", "tiles", "tables", "records", "actions", "branches", "presentation", "paper")


@cache
def html() -> str:
    """The sheet as the frame sends it, once a page; read once a server."""
    named = " ".join(f"{name}: {colour};" for name, colour in colours.properties().items())
    parts = "\n".join((FOLDER / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
    return f"<style>\n:root {{ {named} }}\n{parts}</style>"
