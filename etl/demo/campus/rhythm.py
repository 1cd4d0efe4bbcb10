"""How busy a day and an hour are. Everything seasonal is here; everything else in the campus is plain chance."""

import numpy as np

from etl.demo.campus.campus import Days

# Tickets by hour: a small noon peak, a large evening one, a quiet night.
TICKET_HOURS = np.array(
    [6, 4, 2, 2, 2, 3, 8, 20, 34, 38, 40, 44, 52, 44, 40, 42, 44, 50, 62, 78, 90, 88, 58, 22], dtype=float
)
EVENING_HOURS = np.array([4, 1, 0, 0, 0, 0, 1, 2, 2, 2, 2, 3, 4, 3, 3, 3, 4, 6, 12, 20, 28, 34, 30, 14], dtype=float)


def ticket_days(days: Days) -> np.ndarray:
    """Relative number of tickets on each day of the calendar; a plain weekday in term is 1."""
    in_term = days.teaching_week > 0
    weight = np.where(in_term, 1.0, 0.10)
    weight *= np.where(in_term & ~days.is_workday, 0.78, 1.0)
    weight *= np.where(in_term & (days.weekday == 0), 1.08, 1.0)
    exams = in_term & (days.teaching_week > days.weeks_in_term - 2)
    weight *= np.where(exams, 0.88, 1.0)
    move_in = np.select([days.teaching_week == 1, days.teaching_week == 2], [1.5, 1.2], 1.0)
    weight *= np.where(in_term, np.where(days.is_autumn, move_in, 1 + (move_in - 1) * 0.5), 1.0)
    weight *= np.where(in_term & days.is_holiday, np.where(days.is_long_holiday, 0.35, 0.6), 1.0)
    return weight


def hazard_days(days: Days) -> np.ndarray:
    """Relative number of hazards found: working days, and half as many again in the first three weeks of a term."""
    in_term = days.teaching_week > 0
    weight = np.where(in_term, 1.0, 0.22) * np.where(days.is_workday, 1.0, 0.35)
    weight *= np.where(days.is_holiday, 0.4, 1.0)
    return weight * np.where(in_term & (days.teaching_week <= 3), 1.5, 1.0)


def drawn_per_day(random: np.random.Generator, weight: np.ndarray, a_year: float) -> np.ndarray:
    """Day index of every record: Poisson around the weights, scaled to so many a year."""
    expected = weight * a_year / (weight.mean() * 365.25)
    return np.repeat(np.arange(len(weight)), random.poisson(expected))


def moments(random: np.random.Generator, days: np.ndarray, hours: np.ndarray) -> np.ndarray:
    """A second within each day, the hour drawn from a profile."""
    hour = random.choice(24, size=len(days), p=hours / hours.sum())
    second = hour * 3600 + random.integers(0, 3600, len(days))
    return days.astype("datetime64[s]") + second.astype("timedelta64[s]")
