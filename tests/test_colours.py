"""Every colour stands once, in ui/charts/colours.py, by its meaning; what cannot import it repeats it to the letter."""

import re
import tomllib
from pathlib import Path

import pytest

from ui.charts import colours
from ui.frame import style_sheet

ROOT = Path(__file__).resolve().parent.parent
HEX = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b|[\"'][0-9A-Fa-f]{6}[\"']|rgba?\(|RGBColor\(0x")
FREE = {"ui/charts/colours.py"}
ROOMS = ("ui", "pages", "reports")


def sources() -> list[Path]:
    inside = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.suffix in {".py", ".css", ".js"}]
    return [path for path in (*inside, ROOT / "dashboard.py") if path.relative_to(ROOT).as_posix() not in FREE]


def values() -> set[str]:
    return {colour.upper() for colour in colours.properties().values()}


def test_no_colour_is_written_anywhere_else():
    written = [
        f"{path.relative_to(ROOT)}: {found.group()}" for path in sources() for found in HEX.finditer(path.read_text())
    ]
    assert written == [], "name it in ui/charts/colours.py"


@pytest.mark.parametrize(
    "drawn", ['fill="#EEF1F5"', "color: #fff;", "rgba(0,0,0,0)", 'from_string("B42318")', "RGBColor(0xB4"]
)
def test_a_colour_is_recognised_however_it_is_written(drawn):
    assert HEX.search(drawn)


def test_the_style_sheet_names_only_colours_there_are():
    sheet = style_sheet.html("red_lines")
    assert set(re.findall(r"var\((--[\w-]+)\)", sheet)) <= set(colours.properties())
    assert {path.stem for path in style_sheet.FOLDER.iterdir()} == set(style_sheet.PARTS)


def test_what_cannot_import_says_the_same():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert (theme["primaryColor"], theme["linkColor"]) == (colours.LINK, colours.LINK)
    assert (theme["textColor"], theme["borderColor"]) == (colours.INK, colours.LINE)
    assert (theme["backgroundColor"], theme["secondaryBackgroundColor"]) == (colours.PAPER, colours.PANEL)
    assert tuple(theme["chartCategoricalColors"]) == colours.SERIES
    (page,) = (ROOT / "reports").rglob("document.typ")
    typst = page.read_text(encoding="utf-8")
    for name, colour in (("ink", colours.INK), ("red", colours.BAD), ("grey", colours.PRINT_MUTED)):
        assert f'#let {name} = rgb("{colour}")' in typst
    assert f'(good: rgb("{colours.GOOD}"), bad: red, warn: rgb("{colours.WARNING}"))' in typst
    for text in (typst, *(path.read_text() for path in (ROOT / "ui" / "assets").glob("*.svg"))):
        assert {found.upper() for found in re.findall(r"#[0-9A-Fa-f]{6}", text)} <= values()
