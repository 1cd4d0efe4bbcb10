"""No metric is forgotten: the walk is made from the catalogue."""

from metrics.ask.window import Window
from tests.metrics.ask.walk import TOGETHER, faults


def test_every_cell_is_answered_or_refused_in_words(campus):
    assert list(faults(campus, Window.recent_weeks(campus.data_date, 26), TOGETHER)) == []
