"""Which of many units really differ: funnel limits that allow for size, and for ordinary differences between units.

Poisson limits are exact (chi-square); proportions on the arcsine scale; overdispersion as Spiegelhalter 2005.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

ABOVE, WITHIN, BELOW, TOO_FEW = "高于预期", "符合预期", "低于预期", "数据不足"
FEW = 10  # units
OUTER = 0.998  # a unit is named only outside these; the 95 % band is drawn, not judged


@dataclass(frozen=True)
class Funnel:
    """`frame`: the input with expected, value, z, band and limits (low95, high95, low998, high998). `target`: the
    centre.

    `tau2`: variance between units on the transformed scale (0: chance alone explains the spread); `phi`: mean squared
    z.
    """

    frame: pd.DataFrame
    target: float
    tau2: float
    phi: float
    kind: str

    def curve(self, sizes: np.ndarray) -> pd.DataFrame:
        """size, low95 … high998 for drawing, on the scale of `value`."""
        return pd.DataFrame({"size": sizes, **_limits(self.kind, np.asarray(sizes, float), self.target, self.tau2)})


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


def funnel(frame: pd.DataFrame, kind: str = "proportion", target: float | None = None, over: bool = True) -> Funnel:
    """Judge units. `frame` has part and whole.

    proportion: part of whole cases. rate: part events over exposure `whole` (residents, or already an expected count
    when target is 1). With overdispersion the limits are never narrower than the exact ones, and a unit is named only
    when its exact tail agrees: the printed Poisson form calls every 0 low, the arcsine scale is too narrow near 0 and
    1, and ten equal units must stay together. `target`: the common value; by default the units' own Σpart ÷ Σwhole.
    Units with an empty whole are kept, 「数据不足」, NaN. `value` is part ÷ whole for proportions, observed ÷ expected
    for rates.
    """
    from scipy.stats import binom, norm, poisson

    if kind not in ("proportion", "rate"):
        raise ValueError(f"kind must be proportion or rate, not {kind}")
    part, whole = frame["part"].to_numpy(float), frame["whole"].to_numpy(float)
    usable = whole > 0
    if target is None:
        target = float(part[usable].sum() / whole[usable].sum()) if usable.any() else float("nan")
    expected = whole * target
    size = whole if kind == "proportion" else expected
    usable &= size > 0
    distance, variance = _distance(kind, part, size, target)
    z = np.full(len(frame), np.nan)
    z[usable] = distance[usable] / np.sqrt(variance[usable])
    law = binom(whole, target) if kind == "proportion" else poisson(size)
    phi, tau2 = float("nan"), 0.0
    if over and usable.sum() >= FEW:
        phi, tau2 = overdispersion(z[usable], variance[usable])
    elif over:
        phi, tau2 = _of_few(norm.ppf(law.cdf(part) - law.pmf(part) / 2)[usable], variance[usable])
    z[usable] = distance[usable] / np.sqrt(variance[usable] + tau2)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(usable, part / size, np.nan)
    bounds = _limits(kind, np.where(usable, size, np.nan), 1.0 if kind == "rate" else target, tau2)
    above, below = value > bounds["high998"], value < bounds["low998"]
    with np.errstate(invalid="ignore"):
        above &= law.sf(part - 1) < (1 - OUTER) / 2
        below &= law.cdf(part) < (1 - OUTER) / 2
    band = np.select([~usable, above, below], [TOO_FEW, ABOVE, BELOW], WITHIN)
    judged = frame.assign(expected=expected, value=value, z=z, band=band, **bounds)
    return Funnel(judged, 1.0 if kind == "rate" else target, tau2, phi, kind)


def _of_few(z: np.ndarray, variance: np.ndarray) -> tuple[float, float]:
    """(φ, τ²) of few units from their exact tails, without the one farthest out: winsorising would leave it to widen
    its own limits, and the arcsine scale would call 40 of 40 far."""
    kept = np.argsort(np.abs(z), kind="stable")[:-1]
    return overdispersion(np.clip(z[kept], -6, 6), variance[kept])


def _distance(kind: str, part: np.ndarray, size: np.ndarray, target: float) -> tuple[np.ndarray, np.ndarray]:
    """Distance from the target and its sampling variance on a scale where it depends on the size alone."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = part / size
        if kind == "proportion":
            return np.arcsin(np.sqrt(np.clip(share, 0, 1))) - np.arcsin(np.sqrt(target)), 1 / (4 * size)
        return np.sqrt(share) - 1.0, 1 / (4 * size)


def _limits(kind: str, size: np.ndarray, target: float, tau2: float) -> dict[str, np.ndarray]:
    from scipy.stats import norm

    limits: dict[str, np.ndarray] = {}
    for name, coverage in (("95", 0.95), ("998", OUTER)):
        if kind == "proportion":
            low, high = proportion_limits(target, size, coverage, tau2)
        else:
            low, high = poisson_limits(size, coverage)
            if tau2 > 0:
                half = norm.ppf(0.5 + coverage / 2) * np.sqrt(1 / (4 * size) + tau2)
                low, high = np.minimum(low, np.maximum(1 - half, 0) ** 2), np.maximum(high, (1 + half) ** 2)
        limits |= {f"low{name}": low, f"high{name}": high}
    return limits


def sentence(judged: Funnel, names: list[str], noun: str = "单位") -> str:
    """Who really differs, or that nobody does: 「8 个党支部没有明显差别」."""
    band = judged.frame["band"].to_numpy()
    above = [name for name, word in zip(names, band, strict=True) if word == ABOVE]
    below = [name for name, word in zip(names, band, strict=True) if word == BELOW]
    counted = int((band != TOO_FEW).sum())
    if not above and not below:
        return f"{counted} 个{noun}没有明显差别（都在正常波动范围内）。"
    parts = [f"{'、'.join(group)}{word}" for group, word in ((above, ABOVE), (below, BELOW)) if group]
    return f"{counted} 个{noun}中，{'；'.join(parts)}，其余没有明显差别。"
