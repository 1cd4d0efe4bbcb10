"""What every chart shares: names of colours, fonts, the title that is a finding, words made safe.

Pure: knows Plotly, not Streamlit. Reports draw with it too.
"""

import math

import plotly.graph_objects as go

SERIES = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
GOOD, BAD, WARNING, NEUTRAL = "#0B6E4F", "#B42318", "#B54708", "#667085"
INK, FAINT, RULE, SHADE, PAPER = "#1F2933", "#98A2B3", "#D0D5DD", "#F2F4F7", "#FFFFFF"
FONT = "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
CELL_INK = "#000000"  # on a coloured cell: with white, the only pair that reaches 4.5 : 1 on every colour
SIZE = 13
# Light to dark, one hue: read in grey and by colour-blind readers alike.
BLUES = ("#F3F7FB", "#D3E2F0", "#A6C5E0", "#6FA0C8", "#3B77A8", "#12436D")
# Below, at and above what was expected; white is exactly what was expected.
DIVERGING = ("#0F6B66", "#6DB3AE", "#FFFFFF", "#F2A977", "#A8430B")

# Plotly reads tags, entities, templates and formulas in names: the look-alikes are shown instead.
_UNSAFE = str.maketrans({"<": "〈", ">": "〉", "&": "＆", "$": "＄", "%": "％", "{": "｛", "}": "｝"})


def plain(text: object, longest: int = 24) -> str:
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


def framed(figure: go.Figure, title: str, subtitle: str, height: int) -> go.Figure:
    """The frame of every chart: the finding as title, measure · unit · period below it, white paper, no chart junk."""
    heading = {"text": title, "x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container",
               "yanchor": "top", "pad": {"t": 10, "l": 4}, "font": {"size": 17, "color": INK, "weight": 600},
               "subtitle": {"text": subtitle, "font": {"size": SIZE, "color": NEUTRAL}}}
    figure.update_layout(
        title=heading, height=height, showlegend=False, margin={"l": 8, "r": 16, "t": 74, "b": 8},
        font={"family": FONT, "size": SIZE, "color": INK}, paper_bgcolor=PAPER, plot_bgcolor=PAPER,
        hovermode="closest", dragmode=False, separators=".,",
        hoverlabel={"bgcolor": PAPER, "bordercolor": RULE, "align": "left",
                    "font": {"family": FONT, "size": SIZE, "color": INK}})
    quiet = {"fixedrange": True, "zeroline": False, "automargin": True, "tickfont": {"size": SIZE, "color": NEUTRAL}}
    figure.update_xaxes(showgrid=False, linecolor=RULE, **quiet)
    figure.update_yaxes(gridcolor="#EAECF0", **quiet)
    return figure


def words_of(figure: go.Figure) -> tuple[str, str]:
    """Title and subtitle of a framed figure."""
    return figure.layout.title.text or "", figure.layout.title.subtitle.text or ""


def without_words(figure: go.Figure, top: int = 12) -> go.Figure:
    """The same figure for a screen that prints title and subtitle itself, where they can wrap on a phone."""
    margin = figure.layout.margin.t - 62
    figure.update_layout(title=None, height=figure.layout.height - 62, margin={"t": max(margin, top)})
    return figure


def nothing(sentence: str, title: str = "", subtitle: str = "", height: int = 220) -> go.Figure:
    """An empty result, drawn: the sentence stands where the data would be."""
    figure = framed(go.Figure(), title, subtitle, height)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(text=sentence, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False,
                          font={"size": 15, "color": NEUTRAL})
    return figure


def value_axis(unit: str, values: list[float], from_zero: bool) -> dict:
    """Ticks and range of a value axis: percent written as such, counts from zero, a little room above."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    room = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
    bottom, top = (0.0 if from_zero else low - room), high + room
    if unit == "%":
        bottom, top = max(bottom, -0.005 if low <= 0 else 0.0), min(top, 1.02)
        return {"range": [bottom, top], "tickformat": ".0%" if top - bottom > 0.06 else ".1%", "nticks": 6}
    return {"range": [bottom, top], "tickformat": ",~g", "nticks": 6}
