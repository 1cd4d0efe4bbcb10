"""How numbers read in Chinese: one place, so that tile, table, sentence and document agree."""

import math
from decimal import ROUND_HALF_UP, Decimal

NONE = "—"


def missing(value: object) -> bool:
    """None, NaN and NaT are missing; nothing else is."""
    return value is None or value != value


def rounded(value: float, digits: int = 0) -> Decimal:
    """Halves away from zero, of the number as it is written: 46.5 is 47 and 2.675 is 2.68, which a format makes 46 and
    2.67."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def fixed(value: float, digits: int = 0) -> str:
    """「1,234.5」 with so many digits after the point: the one place where a number is cut."""
    return f"{rounded(value, digits):,f}"


def whole_number(value: float | None) -> str:
    """「1,234」, 「1.23 万」 from 10,000; 「—」 when missing."""
    if value is None or missing(value):
        return NONE
    return f"{fixed(value / 10_000, 2)} 万" if abs(value) >= 10_000 else fixed(value)


def exact_number(value: float | None) -> str:
    """「10,432」: every digit, for part and whole."""
    return NONE if value is None or missing(value) else fixed(value)


def decimal(value: float | None, digits: int = 1) -> str:
    return NONE if value is None or missing(value) else fixed(value, digits)


def percent(value: float | None, digits: int = 1) -> str:
    """A fraction as 「80.6 %」. Never rounds up to 100 % or down to 0 % what is not exactly that."""
    if value is None or missing(value):
        return NONE
    text = f"{rounded(value * 100, digits):f}"
    step = 10**-digits
    if value < 1 and float(text) >= 100:
        text = f"{100 - step:.{digits}f}"
    if value > 0 and float(text) <= 0:
        text = f"{step:.{digits}f}"
    return f"{text} %"


def hours(value: float | None) -> str:
    """「35 分钟」, 「6.5 小时」, 「4.9 天」 from two days."""
    if value is None or missing(value):
        return NONE
    if value < 1:
        return f"{fixed(value * 60)} 分钟"
    return f"{fixed(value, 1)} 小时" if value < 48 else f"{fixed(value / 24, 1)} 天"


def signed(value: float, digits: int = 1) -> str:
    """「+3.2」 with a real minus sign for falling values."""
    cut = rounded(value, digits)
    sign = "+" if cut > 0 else "−" if cut < 0 else ""
    return f"{sign}{abs(cut):,f}"


TENTHS = "零一二三四五六七八九"


def times(seen: float, usual: float) -> str:
    """A ratio in words: 「比正常多三成」, 「比正常多近一倍」, 「比正常多一倍」,
    「是正常的 3.2 倍」; 「正常几乎没有」 over
    nearly nothing."""
    if usual < 0.05:
        return "正常几乎没有"
    ratio = seen / usual
    if ratio < 1.05:
        return "与正常相近"
    if ratio < 1.85:
        return f"比正常多{TENTHS[max(round((ratio - 1) * 10), 1)]}成"
    if ratio < 2.2:
        return f"比正常多{'近' if ratio < 1.97 else ''}一倍{'多' if ratio > 2.05 else ''}"
    return f"是正常的 {ratio:,.1f} 倍"


def is_finite(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
