"""How sure a percentage is: Wilson's interval (Wilson 1927)."""

from math import sqrt

Z95 = 1.959963984540054


def wilson(part: float, whole: float, z: float = Z95) -> tuple[float, float]:
    """(low, high) as fractions; (nan, nan) for an empty whole."""
    if not whole > 0:
        return float("nan"), float("nan")
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return max(middle - half, 0.0), min(middle + half, 1.0)
