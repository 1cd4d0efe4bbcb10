"""Every colour there is, by its meaning: for charts, the screen's style sheet, documents and slides. Knows no library.

A value stands here once per meaning; `properties()` hands all of them to the style sheet as --ink, --bad, --series-1 …
Three kinds of files cannot import and repeat some: reports/document.typ, ui/assets/*.svg and .streamlit/config.toml
(tests/test_colours.py compares them).
"""

# Words and lines, from strong to faint.
INK = "#1F2933"
SECOND_INK = "#475467"  # a second line in a card
MUTED = "#667085"  # words beside a number
FAINT = "#98A2B3"  # axis words, the line under a table's head
RULE = "#D0D5DD"  # axes, the line along a history
LINE = "#D5DBE3"  # borders of cards, underlines of links
HAIRLINE = "#EAECF0"  # between rows, grid lines
PAPER = "#FFFFFF"
PANEL = "#F5F7FA"  # a key, a heading of a grid
SHADE = "#F2F4F7"  # holidays, limits
BAND, INNER_BAND = "#EEF1F5", "#E4E9F0"  # what chance does: the wide band, and the narrower one within it
MARK = "#FFE9A8"  # the letters a search found
SHADOW = "rgba(16, 24, 40, .18)"
UNSEEN = "rgba(0,0,0,0)"  # an area that is only there to be clicked

# What a number means.
GOOD, BAD, WARNING, NEUTRAL = "#0B6E4F", "#B42318", "#B54708", "#667085"
ACCENT = "#B42318"  # brand marks only, never a data series
SERIES = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
LINK = SERIES[0]
# Light to dark, one hue: read in grey and by colour-blind readers alike.
BLUES = ("#F3F7FB", "#D3E2F0", "#A6C5E0", "#6FA0C8", "#3B77A8", "#12436D")
# Below, at and above what was expected; white is exactly what was expected.
DIVERGING = ("#0F6B66", "#6DB3AE", "#FFFFFF", "#F2A977", "#A8430B")
CELL_INK = "#000000"  # on a coloured cell: with white, the only pair that reaches 4.5 : 1 on every colour
ROAD, WATER, GREEN = "#E4E7EC", "#DCEBF5", "#E6F0E4"  # under the buildings of the map

# On paper and on slides.
PRINT_INK = "#000000"
PRINT_MUTED = "#5B6472"
PRINT_LABEL = "#3D3D3D"
PRINT_LIMIT = "#8A94A6"
PRINT_GRID = "#E8EBF0"
PRINT_PANEL = "#F7F8FA"
SLIDE_MUTED, SLIDE_WARNING = "#4B5563", "#93370D"  # darker than on the screen: a projector washes out


def bare(colour: str) -> str:
    """'B42318' of '#B42318', as Office files want it."""
    return colour.removeprefix("#")


def properties() -> dict[str, str]:
    """CSS custom property → colour: '--second-ink', and of a tuple '--series-1' …"""
    named: dict[str, str] = {}
    for name, value in globals().items():
        word = f"--{name.lower().replace('_', '-')}"
        if name.isupper():
            named |= (
                {word: value} if isinstance(value, str) else {f"{word}-{at}": one for at, one in enumerate(value, 1)}
            )
    return named
