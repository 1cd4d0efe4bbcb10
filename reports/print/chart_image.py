"""A Chart as a picture: matplotlib with the font's file told to it, no browser. The same chart gives the same bytes."""

import io

import matplotlib
from matplotlib.figure import Figure
from matplotlib.font_manager import FontPath, FontProperties

from reports.content.parts import Chart
from reports.print import fonts
from reports.print.flat import shown
from ui.charts.colours import BAD, PRINT_GRID, RULE, SERIES
from ui.charts.colours import BAND as SHADE
from ui.charts.colours import PRINT_LABEL as WORDS
from ui.charts.colours import PRINT_LIMIT as LIMIT
from ui.charts.colours import PRINT_MUTED as LIMIT_WORDS

# Of the plot in the picture; the words at the lines' ends need room at its right. NAMED: tall where names stand above
LEFT, BOTTOM, TALL, NAMED = 0.085, 0.125, 0.85, 0.78
WORDS_BELOW, WORDS_ABOVE = 0.24, 0.18  # inches a line of words needs, however low the picture is
MOST_LABELS = 10


def png(chart: Chart, size: tuple[float, float], resolution: int = 200) -> bytes:
    """For Word, which shows vector pictures unevenly. `size`: inches."""
    return _saved(chart, size, "png", dpi=resolution, metadata={"Software": None}, pil_kwargs={"compress_level": 4})


def svg(chart: Chart, size: tuple[float, float]) -> str:
    """For the PDF; words are outlines, so nothing depends on the reader's fonts."""
    return _saved(chart, size, "svg", metadata={"Date": None, "Creator": None}).decode("utf-8")


def _saved(chart: Chart, size: tuple[float, float], kind: str, **how) -> bytes:
    with matplotlib.rc_context({"svg.hashsalt": "brief", "svg.fonttype": "path", "axes.unicode_minus": False}):
        made = io.BytesIO()
        figure(chart, size).savefig(made, format=kind, **how)
        return made.getvalue()


def figure(chart: Chart, size: tuple[float, float]) -> Figure:
    """Lines or bars with limits as thin grey lines, special points as diamonds, the last value written at its end."""
    face = fonts.chosen()["heading"]
    words = FontProperties(fname=FontPath(face.path, face.index), size=9)
    sheet = Figure(figsize=size)
    wide = 0.9 if chart.upper is None else 0.765 if chart.unit == "%" else 0.7
    bottom = max(BOTTOM, WORDS_BELOW / size[1])
    top = min(BOTTOM + NAMED, 1 - WORDS_ABOVE / size[1]) if chart.spans else BOTTOM + TALL
    axes = sheet.add_axes((LEFT, bottom, wide, top - bottom))
    places = range(len(chart.labels))
    _spans(axes, chart, words)
    _limits(axes, chart, words)
    for number, series in enumerate(chart.series):
        shade = SERIES[number % len(SERIES)]
        values = [float("nan") if value is None else value for value in series.values]
        if chart.kind == "bar":
            axes.bar(
                [at + (number - (len(chart.series) - 1) / 2) * 0.8 / len(chart.series) for at in places],
                values,
                0.8 / len(chart.series),
                color=shade,
            )
        else:
            axes.plot(places, values, color=shade, linewidth=1.6, marker="o", markersize=3, zorder=3)
        _named(axes, chart, series, values, words, shade)
    _special(axes, chart)
    _frame(axes, chart, words)
    return sheet


def _spans(axes, chart: Chart, words: FontProperties) -> None:
    """Shaded stretches with their names above the plot."""
    for one in chart.spans:
        axes.axvspan(one.first - 0.5, one.last + 0.5, color=SHADE, linewidth=0, zorder=0)
        axes.annotate(
            one.name,
            (one.first - 0.4, 1),
            xycoords=("data", "axes fraction"),
            va="bottom",
            color=LIMIT_WORDS,
            fontproperties=_sized(words, 8),
        )


def _limits(axes, chart: Chart, words: FontProperties) -> None:
    for values, dash, name in (
        (chart.lower, (4, 3), "下限"),
        (chart.centre, (1, 0), "均值"),
        (chart.upper, (4, 3), "上限"),
    ):
        if values is None:
            continue
        axes.plot(
            range(len(values)),
            [float("nan") if value is None else value for value in values],
            color=LIMIT,
            linewidth=0.9,
            dashes=dash,
            zorder=1,
        )
        if values[-1] is not None:
            axes.annotate(
                f"{name} {shown(values[-1], chart.unit)}",
                (len(values) - 1, values[-1]),
                (24, 0),
                textcoords="offset points",
                va="center",
                color=LIMIT_WORDS,
                fontproperties=_sized(words, 8),
                annotation_clip=False,
            )


def _named(axes, chart: Chart, series, values, words, shade) -> None:
    """A line's name stands at the top left when there are several; the last value above its point."""
    with_value = [at for at, value in enumerate(values) if value == value]
    if not with_value:
        return
    last = with_value[-1]
    name = f"{series.name} " if len(chart.series) > 1 else ""
    places = with_value if chart.kind == "bar" and len(with_value) <= MOST_LABELS else [last]
    for at in places:
        falling = (
            chart.kind == "line" and at and values[at] < values[at - 1]
        )  # the line comes from above: words go below
        axes.annotate(
            f"{name if at == last else ''}{shown(values[at], chart.unit)}",
            (at, values[at]),
            (0, -14 if falling else 6),
            textcoords="offset points",
            ha="center",
            color=shade,
            fontproperties=_sized(words, 9, "bold"),
            zorder=5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8},
        )


def _special(axes, chart: Chart) -> None:
    if not chart.special or not chart.series:
        return
    values = chart.series[0].values
    places = [at for at in chart.special if at < len(values) and values[at] is not None]
    axes.plot(places, [values[at] for at in places], linestyle="none", marker="D", markersize=6.5, color=BAD, zorder=4)


def _frame(axes, chart: Chart, words: FontProperties) -> None:
    step = -(-len(chart.labels) // MOST_LABELS)
    ticks = list(range(len(chart.labels) - 1, -1, -step))[::-1]
    axes.set_xticks(ticks, [chart.labels[at] for at in ticks], fontproperties=words, color=WORDS)
    axes.yaxis.set_major_formatter(lambda value, _: shown(value, chart.unit, 0))
    axes.yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(5, integer=chart.unit != "%"))
    for label in axes.get_yticklabels():
        label.set(fontproperties=words, color=WORDS)
    axes.set_xlim(-0.5, len(chart.labels) - 0.5)
    axes.margins(y=0.16)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.grid(axis="y", color=PRINT_GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)


def _sized(words: FontProperties, size: float, weight: str = "normal") -> FontProperties:
    copied = words.copy()
    copied.set_size(size)
    return copied
