"""What every chart shares: fonts, the title that is a finding, words made safe.

Pure: knows Plotly, not Streamlit. Reports draw with it too.
"""

import math
from dataclasses import dataclass, field

import plotly.graph_objects as go

from ui.charts.colours import BAD, CELL_INK, GOOD, HAIRLINE, INK, NEUTRAL, PAPER, RULE, WARNING

FONT = "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
SIZE = 13
WORDS, TOP = 62, 74  # pixels that title and subtitle take, and the top margin with them

# Plotly reads tags, entities, templates and formulas in names: the look-alikes are shown instead.
_UNSAFE = str.maketrans({"<": "〈", ">": "〉", "&": "＆", "$": "＄", "%": "％", "{": "｛", "}": "｝"})


def plain_label(text: object, longest: int = 24) -> str:
    """A name from a record as harmless text: no markup, no control characters, at most `longest` characters."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in str(text)).split())
    words = words.translate(_UNSAFE)
    return words if len(words) <= longest else words[: longest - 1] + "…"


def colour_of_change(better: str, upwards: bool) -> str:
    """Good, bad or neither: `better` is the metric's own word ('up', 'down' or anything else for neither)."""
    if better not in {"up", "down"}:
        return WARNING
    return GOOD if (better == "up") == upwards else BAD


def luminance(colour: str) -> float:
    """Relative luminance of '#RRGGBB' (WCAG 2.2), 0 for black to 1 for white."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def text_on(colour: str) -> str:
    """White or black, whichever contrasts more with the colour behind it."""
    behind = luminance(colour) + 0.05
    return PAPER if 1.05 / behind > behind / 0.05 else CELL_INK


def blend(ramp: tuple[str, ...], share: float) -> str:
    """The colour at `share` (0 to 1) of an evenly spaced ramp, as Plotly mixes it (linear in RGB)."""
    at = min(max(share, 0.0), 1.0) * (len(ramp) - 1)
    low = min(int(at), len(ramp) - 2)
    mixed = [
        round(int(ramp[low][i : i + 2], 16) * (1 - at + low) + int(ramp[low + 1][i : i + 2], 16) * (at - low))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def scale_of(ramp: tuple[str, ...]) -> list[list]:
    """A ramp in the form Plotly wants: [[0, colour], …, [1, colour]]."""
    return [[step / (len(ramp) - 1), colour] for step, colour in enumerate(ramp)]


def panel(number: int) -> str:
    """How Plotly ends the name of a panel's axes: nothing for the first (and for a chart of one, 0), then 2, 3 …"""
    return str(number) if number > 1 else ""


@dataclass
class Sheet:
    """A chart while it is being drawn: plain lists and dicts. Adding to a figure piece by piece costs Plotly
    seconds."""

    traces: list[dict] = field(default_factory=list)
    shapes: list[dict] = field(default_factory=list)
    notes: list[dict] = field(default_factory=list)
    axes: dict[str, dict] = field(default_factory=dict)

    def points(self, x: list, y: list, **more) -> None:
        self.traces.append({"type": "scatter", "x": x, "y": y, **more})

    def line(self, x: tuple, y: tuple, colour: str, dash: str = "solid", xref: str = "x", yref: str = "y") -> None:
        """A thin straight line below the data, from (x[0], y[0]) to (x[1], y[1])."""
        self.shapes.append(
            {
                "type": "line",
                "x0": x[0],
                "x1": x[1],
                "y0": y[0],
                "y1": y[1],
                "xref": xref,
                "yref": yref,
                "layer": "below",
                "line": {"color": colour, "width": 1, "dash": dash},
            }
        )

    def note(self, text: str, x: object, y: object, colour: str = NEUTRAL, size: int = SIZE, **more) -> None:
        """Words in the drawing. `text` must be harmless: names go through plain() first."""
        self.notes.append(
            {"text": text, "x": x, "y": y, "showarrow": False, "font": {"size": size, "color": colour}, **more}
        )

    def axis(self, name: str, **settings) -> None:
        """Settings of one axis such as 'xaxis' or 'yaxis3', added to what it has."""
        self.axes[name] = {**self.axes.get(name, {}), **settings}

    def figure(self, title: str, subtitle: str, height: int, **layout) -> go.Figure:
        """The framed figure: the finding as title, measure · unit · period below it, white paper, no chart junk."""
        quiet = {
            "fixedrange": True,
            "zeroline": False,
            "automargin": True,
            "tickfont": {"size": SIZE, "color": NEUTRAL},
        }
        sides = {"x": {"showgrid": False, "linecolor": RULE, **quiet}, "y": {"gridcolor": HAIRLINE, **quiet}}
        axes = {
            name: {**sides[name[0]], **settings} for name, settings in {"xaxis": {}, "yaxis": {}, **self.axes}.items()
        }
        margin = {"l": 8, "r": 16, "t": TOP, "b": 8, **layout.pop("margin", {})}
        frame = {
            "title": _heading(title, subtitle),
            "height": height,
            "margin": margin,
            "showlegend": False,
            "shapes": self.shapes,
            "annotations": self.notes,
            "font": {"family": FONT, "size": SIZE, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "hovermode": "closest",
            "dragmode": False,
            "separators": ".,",
            "hoverlabel": _HOVER,
        }
        return go.Figure({"data": self.traces, "layout": {**frame, **axes, **layout}})


_HOVER = {"bgcolor": PAPER, "bordercolor": RULE, "align": "left", "font": {"family": FONT, "size": SIZE, "color": INK}}


def _heading(title: str, subtitle: str) -> dict:
    return {
        "text": title,
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"t": 10, "l": 4},
        "font": {"size": 17, "color": INK, "weight": 600},
        "subtitle": {"text": subtitle, "font": {"size": SIZE, "color": NEUTRAL}},
    }


def words_of(figure: go.Figure) -> tuple[str, str]:
    """Title and subtitle of a framed figure."""
    return figure.layout.title.text or "", figure.layout.title.subtitle.text or ""


def without_words(figure: go.Figure, top: int = 12) -> go.Figure:
    """The same figure for a screen that prints title and subtitle itself, where they can wrap on a phone."""
    margin = max(figure.layout.margin.t - WORDS, top)
    height = figure.layout.height - (figure.layout.margin.t - margin)
    return figure.update_layout(title=None, height=height, margin_t=margin)


def nothing(sentence: str, title: str = "", subtitle: str = "", height: int = 220) -> go.Figure:
    """An empty result, drawn: the sentence stands where the data would be."""
    sheet = Sheet()
    sheet.note(sentence, 0.5, 0.5, size=15, xref="paper", yref="paper")
    return sheet.figure(title, subtitle, height, xaxis={"visible": False}, yaxis={"visible": False})


def value_axis(unit: str, values: list[float], from_zero: bool) -> dict:
    """Ticks and range of a value axis: percent written as such, counts from zero, a little room above."""
    finite = [value for value in values if value is not None and math.isfinite(value)]
    low, high = (min(finite), max(finite)) if finite else (0.0, 1.0)
    room = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
    bottom, top = (0.0 if from_zero else low - room), high + room
    if unit == "%":
        bottom, top = max(bottom, -0.005 if low <= 0 else 0.0), min(top, 1.02)
        return {"range": [bottom, top], "tickformat": ".0%" if top - bottom > 0.06 else ".1%", "nticks": 6}
    return {"range": [bottom, top], "tickformat": ",~g", "nticks": 6}
