"""Exports the numbers rest on: never received, not yet begun in a week, or stopping before its end. Page and document
ask here."""

from datetime import date, datetime, time
from functools import lru_cache

import pandas as pd

from metrics.ask import first_day
from metrics.ask.window import WEEK
from metrics.define import tables
from warehouse import Build
from warehouse.tables import table as small_table

FED_BY = {
    "drill_obligations": "drills",  # what is required is known without a single drill, what was done is not
    "pairing_terms": "pairings",
    "survey_scores": "survey_answers",
    "survey_choices": "survey_answers",
    "campaign_places": "campaigns",
    "certificate_duties": "certificates",
    "training_duties": "trainings",
    "contractor_duties": "contractors",
    "contractor_weeks": "contractors",
    "college_lessons": "lessons",
    "zero_events": "incidents",
    "fraud_attempts": "fraud_outreach",
    "ladder_cases": "tickets",
    "ladder_steps": "tickets",
}
NEEDS_TOO = {
    "certificate_duties": "posts",
    "training_duties": "posts",
    "fraud_attempts": "fraud_cases",
}  # who must have it, beside the proof that he has
REMEDY = "请从业务系统导出后放进 data/inbox，再运行 python -m etl load。"


@lru_cache(maxsize=8)
def sources(build: Build) -> pd.DataFrame:
    """The build's table of sources: source, title, feeds, expected_every_days, last_export, days_silent, is_stale,
    is_missing; not to be changed."""
    return small_table(build, "sources")


def fact(table: str) -> str:
    """The table whose export must have come for `table` to mean anything."""
    return FED_BY.get(table, table)


def awaited(build: Build, table: str) -> str:
    """Of the exports a table needs, the first that never came; its main one when all of them did."""
    feeds = [fact(table), *(NEEDS_TOO[name] for name in (table,) if name in NEEDS_TOO)]
    return next((feed for feed in feeds if first_day.first_day(build, feed) == date.max), feeds[0])


def title(build: Build, table: str) -> str:
    """「隐患台账」: what the school calls the export that feeds a table."""
    exports = sources(build)
    return "、".join(exports.loc[exports["feeds"] == awaited(build, table), "title"]) or tables.get(table).title


def missing(build: Build, table: str) -> bool:
    """Whether not one record of the table was ever received: nothing is known then, which is not zero."""
    return first_day.first_day(build, awaited(build, table)) == date.max


def begun(build: Build, table: str, week: date) -> bool:
    """Whether the table has records from the week of the Monday `week` or earlier."""
    return first_day.first_day(build, fact(table)) < week + WEEK


def unfinished(build: Build, end: datetime) -> pd.DataFrame:
    """Rows of the table sources: weekly exports of which the newest was made before `end`."""
    exports = sources(build)
    return exports[
        (exports["expected_every_days"] <= 7) & exports["last_export"].notna() & (exports["last_export"] < end)
    ]


def never(build: Build, table: str) -> str:
    """「还没有收到隐患台账的导出」"""
    return f"还没有收到{title(build, table)}的导出"


def cut_short(build: Build, week: date) -> list[str]:
    """「隐患台账只导出到 2026-11-12」, one a weekly source that stops before the end of the week of the Monday
    `week`."""
    return only_until(unfinished(build, datetime.combine(week + WEEK, time.min)))


def only_until(stopped: pd.DataFrame) -> list[str]:
    """「隐患台账只导出到 2026-11-12」 for rows of unfinished()."""
    return [f"{row.title}只导出到 {row.last_export:%Y-%m-%d}" for row in stopped.itertuples()]


def late(build: Build, week: date) -> list[str]:
    """「演练记录最近一次导出是 2026-08-30」, one a source of a slower rhythm that was due again by the end of the
    week."""
    exports = sources(build)
    end = pd.Timestamp(datetime.combine(week + WEEK, time.min))
    slow = exports[(exports["expected_every_days"] > 7) & exports["last_export"].notna()]
    overdue = slow[slow["last_export"] + pd.to_timedelta(slow["expected_every_days"].astype(int), unit="D") < end]
    return [f"{row.title}最近一次导出是 {row.last_export:%Y-%m-%d}" for row in overdue.itertuples()]
