"""What is planted in the demonstration campus. The generator plants from these values and truth.toml is written from
them, so the records and what is said about them cannot disagree."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

DATA_DATE = datetime(2026, 11, 22, 8, 0)

TICKETS_A_YEAR = 10_600
HAZARDS_A_YEAR = 3_000
TICKET_ON_TIME = 0.86  # of every unit, building, category and level alike
RESPONSE_ON_TIME = 0.92
HAZARD_ON_TIME = 0.85
UNRESOLVED_SHARE = 0.015  # of places, spelled as nobody's building
UNRESOLVED_PLACES = ("北区小树林", "后山步道", "南湖边", "快递点旁边", "校外出租屋", "小吃街")

EBIKE_BUILDING, EBIKE_CATEGORY = "D03", "电动车充电"
EBIKE_TICKETS_A_WEEK, EBIKE_HAZARDS_A_WEEK = 11, 8
FRAUD_CATEGORY, FRAUD_FACTOR = "诈骗", 3.0
IMPROVING_BRANCH, IMPROVING_DAY, IMPROVING_RATES = "B3", date(2026, 3, 1), (0.70, 0.93)
LAGGARD_BRANCH, LAGGARD_RATE = "B5", 0.72
SILENT_GRID = "G08"
DEADLINE_MONTH = date(2025, 12, 1)
BICYCLE_CATEGORY, BICYCLE_BUILDINGS, BICYCLE_CUT = "自行车被盗", ("D08", "D25", "D36"), 0.45
BICYCLE_BASE_FACTOR = 7.0  # these three lose seven times as many bicycles, always: their sheds lie at the gates
HOT_SPOT_BUILDING, HOT_SPOT_FACTOR = "C02", 2.5
UNITS = (
    "保卫处",
    "后勤保障处",
    "学生工作部",
    "公寓管理中心",
    "教务处",
    "实验室与设备管理处",
    "信息化办公室",
    "饮食服务中心",
    "校医院",
    "基建与维修中心",
)


@dataclass(frozen=True)
class Signal:
    """One planted truth: where, which days (both included), how large, and which measure should show it."""

    key: str
    label: str
    where: tuple[str, ...]
    from_day: date
    to_day: date
    size: float
    size_means: str
    measures: tuple[str, ...]
    category: str = ""

    def holds(self, days):
        """For numpy days: which of them fall inside."""
        import numpy as np

        return (days >= np.datetime64(self.from_day)) & (days <= np.datetime64(self.to_day))


@dataclass
class Tally:
    """What was really written; filled by the generator, printed into truth.toml."""

    totals: dict[str, int] = field(default_factory=dict)
    bad_rows: dict[str, int] = field(default_factory=dict)
    bad_cells: dict[str, int] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    files: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, group: dict[str, int], key: str, count: int = 1) -> None:
        """Count one more of a kind."""
        group[key] = group.get(key, 0) + count


def signals(data_date: datetime, start: date, term_start: date) -> dict[str, Signal]:
    """The planted signals as of a data date; term_start is the Monday of the current autumn term's first week.

    Those that would lie wholly outside [start, data date] are left out. The last complete week ends on the last Sunday
    whose midnight has passed.
    """
    today, week, day = data_date.date(), timedelta(days=7), timedelta(days=1)
    last_week, yesterday = today - timedelta(days=today.weekday() + 7), today - day
    month_end = (DEADLINE_MONTH + timedelta(days=31)).replace(day=1) - day
    before, after = IMPROVING_RATES
    planted = [
        Signal(
            "ebike_cluster",
            "一栋宿舍的电动车室内充电聚集",
            (EBIKE_BUILDING,),
            last_week - 2 * week,
            yesterday,
            EBIKE_TICKETS_A_WEEK,
            f"每周多出的工单数（隐患每周另多 {EBIKE_HAZARDS_A_WEEK} 条）",
            ("ticket_count", "hazard_count"),
            EBIKE_CATEGORY,
        ),
        Signal(
            "fraud_wave",
            "开学后全校诈骗警情高发",
            (),
            term_start,
            term_start + 4 * week - day,
            FRAUD_FACTOR,
            "与平时之比",
            ("ticket_count",),
            FRAUD_CATEGORY,
        ),
        Signal(
            "improving_branch",
            "一个支部行动以后按期整改率上升",
            (IMPROVING_BRANCH,),
            IMPROVING_DAY,
            yesterday,
            after,
            f"行动后的按期整改率（行动前 {before}，其他支部 {HAZARD_ON_TIME}），按整改期限计",
            ("hazard_on_time_rate",),
        ),
        Signal(
            "laggard_branch",
            "一个支部按期整改率一直偏低",
            (LAGGARD_BRANCH,),
            start,
            yesterday,
            LAGGARD_RATE,
            f"按期整改率（其他支部 {HAZARD_ON_TIME}）",
            ("hazard_on_time_rate",),
        ),
        Signal(
            "silent_grid",
            "一个网格没有任何工单和隐患",
            (SILENT_GRID,),
            last_week - 4 * week,
            today,
            0,
            "工单数与隐患数",
            ("ticket_count", "hazard_count", "hazard_reporting_rate"),
        ),
        Signal(
            "deadline_month",
            "一个月的隐患全部恰在期限当天销号",
            (),
            DEADLINE_MONTH,
            month_end,
            1.0,
            "当月销号的隐患中恰在期限当天的比例",
            ("hazard_deadline_day_rate",),
        ),
        Signal(
            "identical_units",
            "十个责任部门的按时办结率完全相同",
            UNITS,
            start,
            today,
            TICKET_ON_TIME,
            "真实的按时办结率",
            ("ticket_on_time_rate",),
        ),
        Signal(
            "bicycle_campaign",
            "提示停车落锁行动使自行车被盗减少",
            BICYCLE_BUILDINGS,
            last_week - 4 * week,
            last_week - day,
            BICYCLE_CUT,
            "减少的比例",
            ("ticket_count",),
            BICYCLE_CATEGORY,
        ),
        Signal(
            "hot_spot",
            "一处食堂的工单一直偏多",
            (HOT_SPOT_BUILDING,),
            start,
            today,
            HOT_SPOT_FACTOR,
            "每千人工单数与其他楼宇之比",
            ("ticket_rate_per_1000",),
        ),
    ]
    return {signal.key: signal for signal in planted if signal.from_day <= today and signal.to_day >= start}
