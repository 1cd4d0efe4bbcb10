"""When a table's records begin."""

from datetime import date, datetime, timedelta

import pytest

from metrics.ask import first_day
from tests.metrics.conftest import hazard


@pytest.mark.parametrize(("strays", "expected"), [(1, date(2025, 9, 1)), (5, date(2015, 1, 1))])
def test_a_stray_old_record_is_not_the_beginning(draw, strays, expected):
    days = [datetime(2015, 1, 1)] * strays + [datetime(2025, 9, 1) + timedelta(hours=n) for n in range(400)]
    build = draw(hazards=[hazard(number, day) for number, day in enumerate(days)])
    assert first_day.first_day(build, "hazards") == expected


def test_a_busy_beginning_is_the_beginning(draw):
    build = draw(hazards=[hazard(number, datetime(2025, 9, 1) + timedelta(hours=3 * number)) for number in range(3000)])
    assert first_day.first_day(build, "hazards") == date(2025, 9, 1)
