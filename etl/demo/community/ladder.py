"""How tickets of this term moved from level to level, and the register of disputes."""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus import rhythm
from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people, places
from etl.demo.form import truth
from etl.demo.form.books import Book, Files, written
from etl.demo.form.columns import NOTHING, Columns, happened, pick, pick_each, seconds, stream, words
from etl.demo.form.truth import Tally
from etl.demo.records import tickets

NAMES = ("ticket_transfers", "disputes")
LEVELS = ("网格", "楼栋/学院", "部门", "校级", "校外")
DISPUTES_A_YEAR = 120
_WRITTEN = {"网格": "网格级", "楼栋/学院": "学院级", "部门": "职能部门", "校级": "校级协调", "校外": "移交属地"}
_SKIPPED = 0.4  # of the tickets that go to a department: past the college
_KINDS = {
    "宿舍矛盾": 42,
    "情感纠纷": 12,
    "后勤服务纠纷": 16,
    "邻里纠纷": 8,
    "借贷纠纷": 7,
    "师生矛盾": 6,
    "劳资纠纷": 4,
    "施工扰民": 5,
}
_CLOSED_AT: dict[str, dict[str, float]] = {
    "网格": {"网格": 64, "楼栋/学院": 24, "部门": 10, "校级": 1.5, "校外": 0.5},
    "楼栋/学院": {"楼栋/学院": 76, "部门": 19, "校级": 3, "校外": 2},
    "部门": {"部门": 88, "校级": 8, "校外": 4},
}
_MOVES = {
    "id": "工单编号",
    "level": "层级",
    "entered": "接收时间",
    "left": "转出时间",
    "destination": "去向",
    "handler": "经办人",
}
_DISPUTES = {
    "id": "纠纷编号",
    "raised": "排查时间",
    "category": "纠纷类型",
    "raised_level": "发现层级",
    "place": "发生地点",
    "parties": "当事人",
    "handler": "化解责任人",
    "escalated": "上交时间",
    "closing_level": "化解层级",
    "closed": "化解时间",
    "relapses": "反弹次数",
    "channel": "排查方式",
    "status": "化解状态",
}


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """(source, book, exported at) of every file of the group; totals go into the tally."""
    first = days.day[0].astype(object)
    drawn = tickets.draw(place, days, truth.signals(data_date, first, autumns[-1]), data_date, scale, seed)
    term = datetime.combine(autumns[-1], datetime.min.time())
    moves = _moves(drawn, term, data_date, stream(seed, "ticket_transfers"))
    tally.totals |= {
        "ticket_transfers": len(moves),
        "ticket_transfers_open": int((~happened(moves["left"], np.datetime64(data_date, "s"))).sum()),
    }
    for until in (data_date - timedelta(days=28), data_date):
        if (rows := _touched(moves, until, data_date)) is not None:
            yield "ticket_transfers", _move_book(rows, until, until == data_date), until
    rows = _draw_disputes(place, days, data_date, scale, stream(seed, "disputes"))
    _count(rows, data_date, tally)
    eve = term - timedelta(hours=16)
    old = rows["raised"] < np.datetime64(eve, "s")
    if old.any():
        yield "disputes", _dispute_book(rows.take(old), eve, False), eve
    live = (rows["raised"] >= np.datetime64(eve - timedelta(days=30), "s")) | ~happened(
        rows["closed"], np.datetime64(eve, "s")
    )
    yield "disputes", _dispute_book(rows.take(live), data_date, True), data_date


def _moves(drawn: Columns, term: datetime, data_date: datetime, random: np.random.Generator) -> Columns:
    """One row per stay of a ticket that left its grid, begun before the data date; left is known even where it lies
    ahead."""
    rank = np.array([LEVELS.index(level) for level in drawn["closing_level"]])
    chosen = (drawn["opened"] >= np.datetime64(term, "s")) & (rank > 0) & drawn["resolved"] & ~np.isnat(drawn["closed"])
    rows, rank = (
        drawn.take(chosen & (drawn["closed"] > drawn["opened"])),
        rank[chosen & (drawn["closed"] > drawn["opened"])],
    )
    handler, _, _ = people(random, len(rows), 90)
    stays: dict[str, list] = {name: [] for name in ("id", "level", "entered", "left", "destination", "handler")}
    for at in range(len(rows)):
        path = [
            level for level in range(rank[at] + 1) if not (level == 1 and rank[at] > 1 and random.random() < _SKIPPED)
        ]
        shares = np.cumsum(random.dirichlet(np.array([1.2, *([2.0] * (len(path) - 1))])))
        span = (rows["closed"][at] - rows["opened"][at]).astype(int)
        cuts = [rows["opened"][at] + np.timedelta64(int(span * share), "s") for share in (0.0, *shares)]
        cuts[-1] = rows["closed"][at]
        for step, level in enumerate(path):
            onward = LEVELS[path[step + 1]] if step + 1 < len(path) else "办结"
            for name, value in zip(
                stays, (rows["id"][at], LEVELS[level], cuts[step], cuts[step + 1], onward, handler[at]), strict=True
            ):
                stays[name].append(value)
    moves = Columns(
        {
            name: np.array(values, dtype="datetime64[s]") if name in ("entered", "left") else words(values)
            for name, values in stays.items()
        }
    )
    return moves.take(moves["entered"] < np.datetime64(data_date, "s"))


def _touched(moves: Columns, until: datetime, data_date: datetime) -> Columns | None:
    """What an export holds: the first everything so far, the last what moved since two weeks before the first."""
    now, since = np.datetime64(until, "s"), np.datetime64(data_date - timedelta(days=42), "s")
    inside = moves["entered"] < now
    if until == data_date:
        inside &= moves["left"] > since
    return moves.take(inside) if inside.any() else None


def _move_book(rows: Columns, until: datetime, newest: bool) -> Book:
    left = np.where(happened(rows["left"], np.datetime64(until, "s")), rows["left"], NOTHING)
    columns: dict[str, list] = {name: rows[name].tolist() for name in ("id", "level", "handler")}
    columns["destination"] = np.where(np.isnat(left), "", rows["destination"]).tolist()
    columns |= {"entered": written(rows["entered"], "iso"), "left": written(left, "iso")}
    if not newest:
        columns["level"] = [_WRITTEN[level] for level in columns["level"]]
    suffix = "xlsx" if newest else "csv"
    book = Book(
        f"工单流转记录_{until:%Y%m%d%H%M%S}.{suffix}",
        list(_MOVES.values()),
        [list(row) for row in zip(*(columns[one] for one in _MOVES), strict=True)],
    )
    book.title = ["工单流转明细"] if newest else []
    return book


def _draw_disputes(
    place: Campus, days: Days, data_date: datetime, scale: float, random: np.random.Generator
) -> Columns:
    """One row per dispute raised before the data date; what comes later is known and not yet written."""
    index = rhythm.drawn_per_day(random, rhythm.ticket_days(days), DISPUTES_A_YEAR * scale)
    rows = Columns(raised=np.sort(rhythm.moments(random, days.day[index], rhythm.TICKET_HOURS)))
    rows = rows.take(rows["raised"] < np.datetime64(data_date, "s"))
    count = len(rows)
    where = random.choice(len(place.weight), size=count, p=place.weight)
    rows["place"], rows["resolved"] = places(random, place, where, 0.5)
    rows["category"], rows["raised_level"] = (
        pick(random, count, _KINDS),
        pick(random, count, {"网格": 70, "楼栋/学院": 22, "部门": 8}),
    )
    rows["closing_level"] = pick_each(random, rows["raised_level"], _CLOSED_AT)
    steps = np.array(
        [LEVELS.index(b) - LEVELS.index(a) for a, b in zip(rows["raised_level"], rows["closing_level"], strict=True)]
    )
    lasted = np.exp(random.normal(np.log(40 * 60), 1.1, count)) * (1 + 1.4 * steps)
    lasted = np.where(
        random.random(count) < 0.05, lasted + random.exponential(150 * 1440, count), lasted
    )  # some are stubborn
    rows["closed"] = rows["raised"] + seconds(lasted)
    rows["escalated"] = np.where(steps > 0, rows["raised"] + seconds(lasted * random.uniform(0.2, 0.5, count)), NOTHING)
    rows["relapses"], rows["void"] = (random.random(count) < 0.06).astype(int), random.random(count) < 0.02
    rows["channel"] = pick(random, count, {"网格走访": 45, "来访反映": 25, "信箱": 10, "定期排查": 20})
    rows["handler"], _, _ = people(random, count, 60)
    one, _, _ = people(random, count, 4000)
    other, _, _ = people(random, count, 4000)
    rows["parties"] = words(f"{first}、{second}" for first, second in zip(one, other, strict=True))
    rows["id"] = words(f"MD{str(day)[:4]}{number:04d}" for number, day in enumerate(rows["raised"], 1))
    return rows


def _count(rows: Columns, data_date: datetime, tally: Tally) -> None:
    closed = happened(rows["closed"], np.datetime64(data_date, "s")) & ~rows["void"]
    at_home = closed & (rows["raised_level"] == "网格") & (rows["closing_level"] == "网格")
    tally.totals |= {
        "disputes": len(rows),
        "disputes_void": int(rows["void"].sum()),
        "disputes_closed": int(closed.sum()),
        "disputes_raised_in_grid": int((~rows["void"] & (rows["raised_level"] == "网格")).sum()),
        "disputes_closed_in_grid": int(at_home.sum()),
        "disputes_relapsed": int((closed & (rows["relapses"] > 0)).sum()),
    }


def _dispute_book(rows: Columns, until: datetime, newest: bool) -> Book:
    now = np.datetime64(until, "s")
    done, moved = happened(rows["closed"], now) & ~rows["void"], happened(rows["escalated"], now)
    columns: dict[str, list] = {
        name: rows[name].tolist()
        for name in ("id", "category", "raised_level", "place", "parties", "handler", "channel")
    }
    columns["closing_level"] = np.where(done, rows["closing_level"], "").tolist()
    columns["relapses"] = np.where(done, rows["relapses"], 0).astype(str).tolist()
    columns["status"] = np.where(
        rows["void"], "不属实", np.where(done, "调解成功" if newest else "已化解", np.where(moved, "稳控中", "化解中"))
    ).tolist()
    style = "iso" if newest else "slash"
    columns["raised"] = written(rows["raised"], style)
    columns |= {
        name: written(np.where(seen, rows[name], NOTHING), style)
        for name, seen in (("escalated", moved), ("closed", done))
    }
    book = Book(
        f"矛盾纠纷排查化解台账_{until:%Y%m%d%H%M%S}.xlsx",
        list(_DISPUTES.values()),
        [list(row) for row in zip(*(columns[one] for one in _DISPUTES), strict=True)],
    )
    book.title = ["矛盾纠纷排查化解台账"]
    book.footer = [["合计", f"{len(rows)} 件"], ["填表人：示例甲"]] if newest else []
    return book
