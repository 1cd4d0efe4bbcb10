"""The planted cluster of charging in one dormitory is the strongest hot spot of the demonstration, from the week it
began."""

from datetime import timedelta

import pytest

from metrics.ask.window import Window
from metrics.places.hot_spots import hot_spots


@pytest.mark.parametrize("metric", ["ticket_count", "hazard_count"])
def test_the_planted_cluster_is_the_top_hot_spot(campus, truth, metric):
    planted = truth["signal"]["ebike_cluster"]
    top = hot_spots(campus, metric, Window.recent_weeks(campus.data_date, 12))[0]
    begun = planted["from_day"] - timedelta(days=planted["from_day"].weekday())
    assert (top.place, top.since) == (planted["where"][0], begun) and top.spot.p <= 0.01 and not top.silent_after
