"""The people a rate per resident is told for."""

import numpy as np
import pandas as pd

from metrics.ask import sql
from metrics.ask.question import Question
from metrics.ask.selection import DIMENSIONS


def residents(question: Question, answer: pd.DataFrame) -> np.ndarray:
    """People living or working in the places of each row; groups that are not places share the whole selection's."""
    bound = sql.Bound()
    places = [name for name in question.by if name in DIMENSIONS and DIMENSIONS[name].is_place]
    columns = [f"{sql.BUILDING}.{DIMENSIONS[name].column} AS {name}" for name in places]
    filters = tuple(name for name in ("building", "grid", "branch", "kind") if question.only.values(name))
    conditions = sql.selected(question.only, bound, sql.BUILDING, filters)
    conditions += sql.visible(question.scope, bound, sql.BUILDING, places_only=True)
    grouping = "GROUP BY ALL" if places else ""
    statement = (
        f"SELECT {', '.join([*columns, f'coalesce(sum({sql.BUILDING}.residents), 0)::DOUBLE AS people'])} "
        f"FROM buildings {sql.BUILDING} {sql.where(conditions)} {grouping}"
    )
    people = question.build.query(statement, bound.values)
    if not places:
        return np.full(len(answer), people["people"].iloc[0])
    return answer[places].merge(people, on=places, how="left")["people"].fillna(0).to_numpy()
