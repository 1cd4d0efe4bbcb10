"""Which of many units really differ: funnel limits that allow for size, and for ordinary differences between units.

Poisson limits are exact (chi-square); proportions on the arcsine scale; overdispersion as Spiegelhalter 2005.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics.methods import verdict as verdicts
from metrics.methods.verdict import FEW, HEIGHT, NOTHING, Verdict

FEW_UNITS = 10
OUTER = 0.998  # a unit is clearly different only outside these; outside the 95 % band it only leans
COMMON = "共同水平"


@dataclass(frozen=True)
class Funnel:
    """`frame`: the input with expected, value, z, verdict and its limits (low95, high95, low998, high998). `target`:
    the centre.

    `tau2`: variance between units on the transformed scale (0: chance alone explains the spread); `phi`: mean squared
    z.
    """

    frame: pd.DataFrame
    target: float
    tau2: float
    phi: float
    law: str

    def curve(self, sizes: np.ndarray) -> pd.DataFrame:
        """size, low95 … high998 for drawing, on the scale of `value`: the same limits as those that judge."""
        whole = np.unique(np.rint(sizes)) if self.law == "proportion" else np.asarray(sizes, float)
        return pd.DataFrame({"size": whole, **_limits(self.law, whole, self.target, self.tau2)})


def poisson_limits(expected: np.ndarray, coverage: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Exact limits of observed ÷ expected: χ²(α/2, 2E) / 2E and χ²(1 − α/2, 2(E + 1)) / 2E. FunnelPlotR's printed
    form."""
    from scipy.stats import chi2  # slow to load

    mean, tail = np.asarray(expected, float), (1 - coverage) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return chi2.ppf(tail, 2 * mean) / 2 / mean, chi2.ppf(1 - tail, 2 * (mean + 1)) / 2 / mean


def proportion_limits(
    target: float, whole: np.ndarray, coverage: float = 0.95, tau2: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Limits of a proportion round `target`: sin²(arcsin √target ± z √(1/4n + τ²)), within 0 and 1."""
    from scipy.stats import norm

    half = norm.ppf(0.5 + coverage / 2) * np.sqrt(1 / (4 * np.asarray(whole, float)) + tau2)
    centre = np.arcsin(np.sqrt(target))
    return np.sin(np.maximum(centre - half, 0)) ** 2, np.sin(np.minimum(centre + half, np.pi / 2)) ** 2


def overdispersion(z: np.ndarray, variance: np.ndarray, winsorise: float = 0.10) -> tuple[float, float]:
    """(φ, τ²): z winsorised at 10 % each end, φ = Σz²/n, τ² = max(0, (nφ − (n − 1)) / (Σw − Σw²/Σw)), w =
    1/variance."""
    count = len(z)
    if count < 3:
        return float("nan"), 0.0
    low, high = np.quantile(z, [winsorise, 1 - winsorise])
    phi = float((np.clip(z, low, high) ** 2).sum() / count)
    weight = 1 / np.asarray(variance, float)
    room = weight.sum() - (weight**2).sum() / weight.sum()
    return phi, max(0.0, float((count * phi - (count - 1)) / room)) if room > 0 else 0.0


def funnel(
    frame: pd.DataFrame,
    law: str = "proportion",
    target: float | None = None,
    over: bool = True,
    against: str = COMMON,
    sides: tuple[str, str] = HEIGHT,
) -> Funnel:
    """Judge units. `frame` has part and whole.

    proportion: part of whole cases. rate: part events over exposure `whole` (residents, or already an expected count
    when target is 1). The limits are the wider of the printed (Poisson, arcsine) and the exact ones, between two whole
    counts, with overdispersion wider still: the printed Poisson form calls every 0 low, the arcsine scale is too narrow
    near 0 and 1, and ten equal units must stay together. `target`: the common value; by default the units' own Σpart ÷
    Σwhole. Units with an empty whole are kept, without data, NaN. `value` is part ÷ whole for proportions, observed ÷
    expected for rates. `against`, `sides`: words of the verdicts.
    """
    if law not in ("proportion", "rate"):
        raise ValueError(f"law must be proportion or rate, not {law}")
    part, whole = frame["part"].to_numpy(float), frame["whole"].to_numpy(float)
    usable = whole > 0
    if target is None:
        target = float(part[usable].sum() / whole[usable].sum()) if usable.any() else float("nan")
    expected = whole * target
    size = whole if law == "proportion" else expected
    usable &= size > 0
    distance, variance = _distance(law, part, size, target)
    phi, tau2 = _spread(law, part, whole, target, distance, variance, usable) if over else (float("nan"), 0.0)
    z = np.full(len(frame), np.nan)
    z[usable] = distance[usable] / np.sqrt(variance[usable] + tau2)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(usable, part / size, np.nan)
    centre = 1.0 if law == "rate" else target
    bounds = _limits(law, np.where(usable, size, np.nan), centre, tau2)
    cases = np.minimum(whole, expected) if law == "rate" else whole
    told = judged(value, bounds, against=against, sides=sides, n=cases, most=1.0 if law == "proportion" else np.inf)
    return Funnel(frame.assign(expected=expected, value=value, z=z, verdict=told, **bounds), centre, tau2, phi, law)


def judged(
    value: np.ndarray,
    bounds: dict[str, np.ndarray],
    *,
    against: str,
    sides: tuple[str, str],
    n: np.ndarray,
    most: float = 1.0,
) -> list[Verdict]:
    """A verdict for each unit, by the very limits that are drawn; none for a unit without cases, and none for one of
    which chance allows everything from 0 to `most`."""
    empty = Verdict(NOTHING, sides=sides, against=against, looks=int(np.isfinite(value).sum()))
    told = []
    for at, number in enumerate(value):
        blank = replace(empty, n=float(n[at]))
        inner, outer = ((float(bounds[f"low{one}"][at]), float(bounds[f"high{one}"][at])) for one in ("95", "998"))
        if np.isfinite(number) and inner[0] <= 0 and inner[1] >= most:
            blank = replace(blank, degree=FEW, inner=inner, outer=outer)
        elif np.isfinite(number):
            blank = verdicts.within(float(number), inner, outer, blank)
        told.append(blank)
    return told


def _spread(
    law: str,
    part: np.ndarray,
    whole: np.ndarray,
    target: float,
    distance: np.ndarray,
    variance: np.ndarray,
    usable: np.ndarray,
) -> tuple[float, float]:
    """(φ, τ²) of the units: how much more they differ than chance would make them."""
    from scipy.stats import binom, norm, poisson

    if usable.sum() >= FEW_UNITS:
        return overdispersion(distance[usable] / np.sqrt(variance[usable]), variance[usable])
    chance = binom(whole, target) if law == "proportion" else poisson(whole * target)
    return _of_few(norm.ppf(chance.cdf(part) - chance.pmf(part) / 2)[usable], variance[usable])


def _of_few(z: np.ndarray, variance: np.ndarray) -> tuple[float, float]:
    """(φ, τ²) of few units from their exact tails, without the one farthest out: winsorising would leave it to widen
    its own limits, and the arcsine scale would call 40 of 40 far."""
    kept = np.argsort(np.abs(z), kind="stable")[:-1]
    return overdispersion(np.clip(z[kept], -6, 6), variance[kept])


def _distance(law: str, part: np.ndarray, size: np.ndarray, target: float) -> tuple[np.ndarray, np.ndarray]:
    """Distance from the target and its sampling variance on a scale where it depends on the size alone."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = part / size
        if law == "proportion":
            return np.arcsin(np.sqrt(np.clip(share, 0, 1))) - np.arcsin(np.sqrt(target)), 1 / (4 * size)
        return np.sqrt(share) - 1.0, 1 / (4 * size)


def _limits(law: str, size: np.ndarray, target: float, tau2: float) -> dict[str, np.ndarray]:
    from scipy.stats import norm

    limits: dict[str, np.ndarray] = {}
    for name, coverage in (("95", 0.95), ("998", OUTER)):
        if law == "proportion":
            low, high = proportion_limits(target, size, coverage, tau2)
        else:
            low, high = poisson_limits(size, coverage)
            if tau2 > 0:
                half = norm.ppf(0.5 + coverage / 2) * np.sqrt(1 / (4 * size) + tau2)
                low, high = np.minimum(low, np.maximum(1 - half, 0) ** 2), np.maximum(high, (1 + half) ** 2)
        exact_low, exact_high = _exact(law, size, target, coverage)
        limits |= {f"low{name}": np.maximum(np.fmin(low, exact_low), 0.0), f"high{name}": np.fmax(high, exact_high)}
        if law == "proportion":
            limits[f"high{name}"] = np.minimum(limits[f"high{name}"], 1.0)
    return limits


def _exact(law: str, size: np.ndarray, target: float, coverage: float) -> tuple[np.ndarray, np.ndarray]:
    """Limits between the last count that chance allows and the first that it does not, as shares of `size`."""
    tail = (1 - coverage) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return (_quantile(law, size, target, tail) - 0.5) / size, (_quantile(law, size, target, 1 - tail) + 0.5) / size


def _quantile(law: str, size: np.ndarray, target: float, chance: float) -> np.ndarray:
    """The least count of which as many or fewer have at least that chance; as scipy's ppf, without its checks."""
    from scipy.special import bdtrik, betainc, pdtr, pdtrik

    above = np.ceil(bdtrik(chance, size, target) if law == "proportion" else pdtrik(chance, size))
    below = np.maximum(above - 1, 0)
    reached = betainc(size - below, below + 1, 1 - target) if law == "proportion" else pdtr(below, size)
    return np.where(reached >= chance, below, above)


def sentence(judged: Funnel, names: list[str], noun: str = "单位") -> str:
    """Who really differs, or that nobody does: 「8 个党支部都在正常波动内」."""
    return verdicts.listed(names, list(judged.frame["verdict"]), f"个{noun}") + "。"
