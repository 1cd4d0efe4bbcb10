"""Calls to the campus 110, with the few grave events planted on fixed days, and the anti-fraud station's two
registers."""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus import rhythm
from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people, places
from etl.demo.form.books import Book, Files, serial, written
from etl.demo.form.columns import MINUTE, NOTHING, Columns, happened, pick, seconds, stream, words
from etl.demo.form.truth import Tally
from etl.demo.incidents import fraud as fraud

NAMES = ("incidents", "fraud_cases", "fraud_outreach")
A_YEAR = 185
_KINDS: dict[str, tuple[float, tuple[str, ...]]] = {
    "纠纷": (24, ("同宿舍因作息发生争吵", "排队占位发生口角", "外卖取错引起争执")),
    "盗窃": (20, ("称停放的自行车不见了", "称图书馆座位上的充电宝被拿走", "称快递被人冒领")),
    "求助": (24, ("钥匙锁在宿舍内", "夜间身体不适需要送医", "手机遗失请求查找", "被困电梯，已安抚")),
    "交通事故": (9, ("电动车与行人刮擦，无人受伤", "倒车碰到护栏")),
    "酗酒滋事": (5, ("酒后大声喧哗", "酒后倒在路边")),
    "打架斗殴": (3, ("球场冲撞后互相推搡",)),
    "可疑人员": (7, ("有陌生人逐间敲门推销", "有人在楼下徘徊")),
    "扰乱秩序": (4, ("校门口占道摆摊不听劝", "夜间燃放烟花")),
    "治安案件": (3, ("宿舍内参与赌博", "故意损坏门禁")),
}
# What must not happen, and what only looks so: day and hour, category, level, words, building.
PLANTED = (
    (datetime(2023, 3, 9, 15, 20), "实验室事故", "一般", "试剂倾倒引起冒烟，已处置", "L01"),
    (datetime(2023, 11, 18, 22, 5), "火灾", "一般", "宿舍充电器起火，烧毁床铺一张", "D17"),
    (datetime(2024, 6, 3, 13, 40), "公共安全事件", "较大", "多人就餐后腹泻，送医观察", "C01"),
    (datetime(2025, 5, 14, 16, 10), "实验室事故", "一般", "通风橱内小火，灭火器扑灭", "L03"),
    (datetime(2025, 10, 11, 19, 30), "群体性事件", "一般", "停水引起数十人聚集，当晚疏导", "D30"),
    (datetime(2026, 4, 22, 2, 15), "火灾", "一般", "垃圾房起火，消防到场扑灭", "D09"),
    (datetime(2026, 10, 27, 21, 45), "求助", "轻微", "楼下垃圾桶起火，保安用灭火器扑灭", "D22"),
)
_OLD = {
    "id": "接警单号",
    "received": "报警时间",
    "category": "警情类型",
    "level": "警情等级",
    "handling": "处警方式",
    "description": "报警内容",
    "place": "案发地点",
    "reporter": "报警人",
    "phone": "报警电话",
    "channel": "报警渠道",
    "handler": "处警人员",
    "unit": "出警单位",
    "dispatched": "出警时间",
    "arrived": "到达现场时间",
    "closed": "结束时间",
    "status": "处理结果",
}
_NEW = {
    "id": "警情编号",
    "received": "接警时间",
    "category": "警情类别",
    "level": "严重程度",
    "handling": "处置方式",
    "description": "简要案情",
    "place": "发生地点",
    "reporter": "报警人",
    "phone": "联系电话",
    "channel": "报警方式",
    "handler": "出警人",
    "unit": "处置单位",
    "dispatched": "派警时间",
    "arrived": "到场时间",
    "closed": "处置完毕时间",
    "status": "处置状态",
    "updated": "更新时间",
}


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """(source, book, exported at) of every file of the group; totals go into the tally."""
    rows = _draw(place, days, data_date, scale, stream(seed, "incidents"))
    _count(rows, days, data_date, tally)
    begins = [datetime.combine(first, datetime.min.time()) for first in autumns]
    ends = [(begin - timedelta(hours=16)) for begin in begins[1:]]
    since = np.datetime64("1990-01-01", "s")
    for number, until in enumerate([*ends[-2:], data_date]):
        inside = (rows["received"] >= since) & (rows["received"] < np.datetime64(until, "s"))
        if inside.any():
            yield "incidents", _book(rows.take(inside), until, number == len(ends[-2:]), number, tally), until
        since = np.datetime64(until - timedelta(days=21), "s")
    yield from fraud.books(place, days, autumns, data_date, scale, seed, tally)


def _draw(place: Campus, days: Days, data_date: datetime, scale: float, random: np.random.Generator) -> Columns:
    """One row per call before the data date, sorted by time."""
    index = rhythm.drawn_per_day(random, rhythm.ticket_days(days), A_YEAR * scale)
    count = len(index)
    rows = Columns(received=rhythm.moments(random, days.day[index], rhythm.EVENING_HOURS))
    rows["at"] = random.choice(len(place.weight), size=count, p=place.weight)
    rows["category"] = pick(random, count, {key: weight for key, (weight, _) in _KINDS.items()})
    which = random.integers(0, 60, count)
    rows["description"] = words(
        _KINDS[key][1][n % len(_KINDS[key][1])] for key, n in zip(rows["category"], which.tolist(), strict=True)
    )
    rows["level"] = pick(random, count, {"一般": 55, "轻微": 41, "较大": 1, "": 3})
    rows["handling"] = pick(random, count, {"出警": 79, "电话处置": 15, "转办": 6})
    rows = _planted(rows, place, days.day[0], data_date)
    rows = rows.take(np.argsort(rows["received"], kind="stable"))
    rows = rows.take(rows["received"] < np.datetime64(data_date, "s"))
    return _lived(rows, place, random)


def _planted(rows: Columns, place: Campus, first: np.datetime64, data_date: datetime) -> Columns:
    mine = [one for one in PLANTED if np.datetime64(one[0].date()) >= first and one[0] < data_date]
    more = {
        "received": np.array([one[0] for one in mine], dtype="datetime64[s]"),
        "at": np.array([place.index(one[4]) for one in mine], dtype=int),
        "category": words(one[1] for one in mine),
        "description": words(one[3] for one in mine),
        "level": words(one[2] for one in mine),
        "handling": words("出警" for _ in mine),
    }
    return Columns({name: np.concatenate([rows[name], more[name]]) for name in rows})


def _lived(rows: Columns, place: Campus, random: np.random.Generator) -> Columns:
    count = len(rows)
    goes = rows["handling"] == "出警"
    arrives = goes & (random.random(count) >= 0.02)
    way = np.exp(random.normal(np.log(6.2), 0.48, count)) * 60
    rows["dispatched"] = np.where(
        goes, rows["received"] + random.integers(20, 100, count).astype("timedelta64[s]"), NOTHING
    )
    rows["arrived"] = np.where(
        arrives, rows["received"] + np.maximum(way, 110).astype("int64").astype("timedelta64[s]"), NOTHING
    )
    rows["ended"] = rows["received"] + seconds(
        15 + random.exponential(60, count) + np.where(rows["category"] == "盗窃", random.exponential(9000, count), 0)
    )
    plain = ~np.isin(rows["category"], [one[1] for one in PLANTED if one[1] != "求助"])
    rows["void"] = plain & (random.random(count) < 0.05)
    rows["place"], rows["resolved"] = places(random, place, rows["at"], 0.3)
    rows["reporter"], _, rows["phone"] = people(random, count, 3000)
    rows["handler"], _, _ = people(random, count, 40)
    rows["channel"] = pick(random, count, {"电话": 62, "一键报警": 18, "守护码": 14, "现场": 6})
    rows["unit"] = words("保卫处" for _ in range(count))
    rows["id"] = words(f"JQ{str(one)[:4]}{number:05d}" for number, one in enumerate(rows["received"], 1))
    return rows


def _count(rows: Columns, days: Days, data_date: datetime, tally: Tally) -> None:
    """Totals by plain rules: what is void counts nowhere; ten minutes to arrive."""
    now, valid = np.datetime64(data_date, "s"), ~rows["void"]
    due = valid & (rows["handling"] == "出警") & (rows["received"] + 10 * MINUTE <= now)
    tally.totals |= {
        "incidents": len(rows),
        "incidents_void": int(rows["void"].sum()),
        "incidents_unresolved": int((~rows["resolved"]).sum()),
        "incidents_arrival_due": int(due.sum()),
        "incidents_arrived_on_time": int((due & (rows["arrived"] <= rows["received"] + 10 * MINUTE)).sum()),
    }
    today = np.datetime64(data_date.date())
    for key, category in (
        ("fire", "火灾"),
        ("laboratory", "实验室事故"),
        ("crowd", "群体性事件"),
        ("public", "公共安全事件"),
    ):
        seen = rows["received"][rows["category"] == category].astype("datetime64[D]")
        if len(seen):
            tally.totals[f"zero_days_{key}"] = int((today - seen.max()).astype(int))


def _book(rows: Columns, until: datetime, newest: bool, number: int, tally: Tally) -> Book:
    """The calls as they stood at an export: what had not happened yet is empty."""
    now, layout = np.datetime64(until, "s"), _NEW if newest else _OLD
    told = {name: np.where(happened(rows[name], now), rows[name], NOTHING) for name in ("dispatched", "arrived")}
    ended = happened(rows["ended"], now)
    told["closed"] = np.where(ended & ~rows["void"], rows["ended"], NOTHING)
    told["updated"] = np.where(ended, rows["ended"], rows["received"])
    columns: dict[str, list] = {
        name: rows[name].tolist() for name in layout if name in rows and rows[name].dtype.kind != "M"
    }
    columns["status"] = np.where(
        rows["void"], "误报", np.where(ended, "已处置" if newest else "处理完毕", "处置中")
    ).tolist()
    style = ("slash", "chinese", "iso")[number % 3]
    columns |= {name: written(moment, style) for name, moment in told.items()} | {
        "received": written(rows["received"], style)
    }
    if number == 1 and not newest:  # this one keeps its times as Excel numbers
        columns["received"] = serial(rows["received"])
    book = Book(
        f"校园110案事件登记_{until:%Y%m%d%H%M%S}.xlsx",
        list(layout.values()),
        [list(row) for row in zip(*(columns[one] for one in layout), strict=True)],
    )
    book.title = ["校园110接处警及案事件登记表"]
    if number == 1 and not newest:
        book.serials = {list(layout).index("received"): "yyyy-mm-dd hh:mm:ss"}
    if newest and len(book.rows) > 8:
        wrong = list(book.rows[4])
        wrong[0], wrong[1] = "JQ99990001", "昨晚十点多"
        book.rows.insert(5, wrong)
        tally.add(tally.bad_rows, "incidents.unreadable_date")
    else:
        book.footer = [["合计", f"{len(rows)} 起"]]
    return book
