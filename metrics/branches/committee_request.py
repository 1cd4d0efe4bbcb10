"""What the committee asked of a branch last time, what it answered, and what the records say since; last and next
check."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from metrics.ask import arrivals, sql
from metrics.ask.measure import total
from metrics.ask.selection import EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.branches.periods import Period
from metrics.define import catalogue
from warehouse import Build

SINCE = ("brand_task_on_time_rate", "brand_task_evidence_rate", "hazard_on_time_rate")
DONE = ("activity_count", "joint_action_count")
PLAN = (
    "plan_id",
    "brand",
    "meaning",
    "carrier",
    "effect",
    "opinion",
    "response",
    "checked_at",
    "next_check_at",
    "year_text",
    "starts_at",
)


@dataclass(frozen=True)
class CommitteeRequest:
    """`response` is '' where the branch has not answered; `records`: what the records say from then to the end of the
    period."""

    asked_on: date
    opinion: str
    response: str
    words: str
    records: str


@dataclass(frozen=True)
class Checks:
    """Mid-term checks: the last held by the data date and the next one written down, None where there is none."""

    last: date | None
    next: date | None
    words: str


def plans(build: Build, branch: str, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Every plan of a branch, newest first; columns as PLAN."""
    if "brand_plans" not in build.tables:
        return pd.DataFrame(columns=list(PLAN))
    bound = sql.Bound()
    conditions = ["is_plan", *sql.selected(Selection(branches=(branch,)), bound), *sql.visible(scope, bound)]
    columns = ", ".join(name if name in _held(build) else f"NULL::TIMESTAMP AS {name}" for name in PLAN)
    return build.query(
        f"SELECT {columns} FROM brand_plans {sql.FACT} {sql.where(conditions)} ORDER BY starts_at DESC", bound.values
    )


def _held(build: Build) -> set[str]:
    """Columns of the build's table: a build made before a column was thought of lacks it."""
    return set(build.query("SELECT * FROM brand_plans LIMIT 0").columns)


def of_branch(
    build: Build, branch: str, period: Period, rows: pd.DataFrame, scope: Scope = EVERYTHING
) -> CommitteeRequest | None:
    """The last opinion given before the end of the period and by the data date."""
    until = min(datetime.combine(period.window.end, datetime.min.time()), build.data_date)
    opinions = rows[rows["opinion"].notna() & (rows["checked_at"] < until)].sort_values("checked_at", ascending=False)
    if opinions.empty:
        return None
    last = opinions.iloc[0]
    response = last["response"] if isinstance(last["response"], str) else ""
    day = last["checked_at"].date()
    words = f"{day} 党委提出：{last['opinion']}；" + (f"支部答复：{response}" if response else "支部还没有写落实情况")
    return CommitteeRequest(day, str(last["opinion"]), response, words, _since(build, branch, day, until.date(), scope))


def _since(build: Build, branch: str, start: date, end: date, scope: Scope) -> str:
    """「此后到期的 3 项任务按期完成 2 项…」 from the day after the check."""
    if start + timedelta(days=1) >= end:
        return "检查刚刚结束，还没有记录可以对照。"
    window, only, parts = Window(start + timedelta(days=1), end), Selection(branches=(branch,)), []
    for key in (*SINCE, *DONE):
        metric = catalogue.get(key)
        if arrivals.missing(build, metric.table):
            continue
        row = total(build, metric, window, only, scope)
        if metric.is_rate and row["whole"]:
            parts.append(f"{metric.label} {metric.show_part_whole(row['part'], row['whole'])}")
        elif not metric.is_rate:
            parts.append(f"{metric.label} {metric.show(row['value'])}")
    return f"此后到 {window.last_day}，记录里：{'，'.join(parts)}。" if parts else "此后没有可以对照的记录。"


def checks(build: Build, period: Period, rows: pd.DataFrame) -> Checks:
    """Last check held and next one announced, as of the data date."""
    held = rows["checked_at"].dropna()
    announced = pd.concat([held, rows["next_check_at"].dropna()])
    last, after = held[held <= build.data_date].max(), announced[announced > build.data_date].min()
    last, after = (None if pd.isna(one) else pd.Timestamp(one).date() for one in (last, after))
    words = f"上次中期检查 {last}" if last else "还没有登记过中期检查"
    return Checks(last, after, f"{words}；下次 {after}" if after else f"{words}；下次检查日期还没有登记")
