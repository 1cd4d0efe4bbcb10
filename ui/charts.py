"""Measured frames → figures. No Streamlit here: screens and printed reports draw the same charts.

Calculation never draws and drawing never calculates: limits, bands and expectations arrive finished.
"""

from ui.charts_compare import bars, funnel
from ui.charts_heat import Matrix, heatmap
from ui.charts_style import plain, without_words, words_of
from ui.charts_time import Calendar, period_label
from ui.charts_trend import MOST_LINES, MOST_PANELS, Limits, split, trend

__all__ = [
    "MOST_LINES", "MOST_PANELS", "Calendar", "Limits", "Matrix", "bars", "funnel", "heatmap", "period_label", "plain", "split", "trend",
    "without_words", "words_of",
]  # fmt: skip
