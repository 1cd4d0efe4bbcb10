"""What the sources of this group draw alike: days on which something happened, branches as people write them."""

import numpy as np

from etl.demo.campus.campus import Days
from etl.demo.campus.wording import chinese
from etl.demo.form.columns import words


def moments(days: Days, random: np.random.Generator, a_year: float, quiet: float = 0.25) -> np.ndarray:
    """Days on which something happened, in order: teaching weeks at full strength, holidays at `quiet` of it."""
    weight = np.where(days.teaching_week > 0, 1.0, quiet) * np.where(days.is_long_holiday, 0.3, 1.0)
    count = random.poisson(a_year * weight.sum() / (365.25 * 0.82))
    return np.sort(random.choice(days.day, size=count, p=weight / weight.sum())).astype("datetime64[s]")


def branch_words(random: np.random.Generator, ids: np.ndarray) -> np.ndarray:
    """Branches as people write them: 第三党支部, 三支部, 第3党支部, B3."""
    numbers = [int(one[1:]) for one in ids]
    forms = random.integers(0, 5, len(ids)).tolist()
    return words(
        (f"第{chinese(n)}党支部", f"第{chinese(n)}党支部", f"{chinese(n)}支部", f"第{n}党支部", f"B{n}")[form]
        for n, form in zip(numbers, forms, strict=True)
    )
