"""Wishes of students and staff: what they wish for, who takes it up, what is promised and when it is done."""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people, places
from etl.demo.form.books import Book, Files, written
from etl.demo.form.columns import DAY, MINUTE, NOTHING, Columns, happened, pick, stream, words
from etl.demo.form.truth import Tally
from etl.demo.services.shared import branch_words, moments

WISHES_A_YEAR = 420
KEPT = {
    "守护码": 0.86,
    "信箱": 0.60,
    "征求意见会": 0.85,
    "权益面对面座谈会": 0.85,
}  # promises kept, by channel: the letter box lags
_CHANNELS = {"守护码": 50.0, "信箱": 22.0, "征求意见会": 16.0, "权益面对面座谈会": 12.0}
_OLD_CHANNELS = {"守护码": "扫码", "信箱": "意见箱", "征求意见会": "意见征求会", "权益面对面座谈会": "权益面对面"}
_WISHES = {
    "宿舍设施": ("希望楼道加装饮水机", "晾衣绳不够，想多装几根", "想在自习室多装几个插座", "洗衣房希望延长开放"),
    "学习空间": ("图书馆考试周想延时开放", "希望教室增加时钟", "想要一间静音讨论室"),
    "出行安全": ("夜间从实验楼回宿舍的路灯太暗", "希望校车晚上加一班", "路口想装一面反光镜"),
    "餐饮服务": ("食堂想增加清真窗口", "希望晚餐延到七点半", "想在食堂装洗手液"),
    "心理关怀": ("想有一个安静的谈心屋", "希望开压力疏导的小课"),
    "安全用品": ("想给晚归女生配手电", "希望宿舍发放急救包", "想要电动车充电桩"),
}


def wishes(
    place: Campus, days: Days, autumn: date, data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """The register at the end of last school year, and today's with later states of what was open then."""
    rows = _draw(place, days, scale, stream(seed, "wishes"))
    rows = rows.take(rows["wished"] <= np.datetime64(data_date, "s"))
    _count_wishes(rows, data_date, tally)
    last = datetime.combine(autumn, datetime.min.time()) - timedelta(hours=8)
    before = rows["wished"] < np.datetime64(last, "s")
    if before.any():
        yield "wishes", _wish_book(rows.take(before), last, old=True), last
    settled = happened(np.fmin(rows["done"], rows["declined"]), np.datetime64(last, "s"))
    yield "wishes", _wish_book(rows.take(~before | ~settled), data_date, old=False), data_date


def _draw(place: Campus, days: Days, scale: float, random: np.random.Generator) -> Columns:
    """One row per wish, its whole life, whatever has happened of it by any data date."""
    wished = moments(days, random, WISHES_A_YEAR * scale, 0.15)
    wished = np.sort(wished + random.integers(8 * 60, 22 * 60, len(wished)) * MINUTE)
    count, channel = len(wished), pick(random, len(wished), _CHANNELS)
    where = random.choice(len(place.weight), size=count, p=place.weight)
    claimed = wished + (np.exp(random.normal(0.6, 0.8, count)) * 86400).astype("timedelta64[s]")
    claimed[random.random(count) < np.where(channel == "信箱", 0.14, 0.05)] = NOTHING
    promised = np.where(np.isnat(claimed), wished, claimed).astype("datetime64[D]") + random.choice(
        [7, 14, 30, 60], count
    )
    promised = np.where(random.random(count) < 0.04, np.datetime64("NaT"), promised)
    done, declined = _ends(wished, claimed, promised, channel, random)
    category = pick(
        random,
        count,
        {"宿舍设施": 34.0, "学习空间": 18.0, "出行安全": 16.0, "餐饮服务": 15.0, "心理关怀": 7.0, "安全用品": 10.0},
    )
    which = random.integers(0, 1000, count).tolist()
    text, resolved = places(random, place, where, 0.3)
    who, number, _ = people(random, count, 700)
    owner, _, _ = people(random, count, 90)
    return Columns(
        id=words(f"XY{str(one)[:4]}{at:05d}" for at, one in enumerate(wished, 1)),
        wished=wished,
        channel=channel,
        claimed=claimed,
        promised=promised,
        done=done,
        declined=declined,
        category=category,
        place=text,
        resolved=resolved,
        branch=place.branch[where],
        text=words(_WISHES[kind][one % len(_WISHES[kind])] for kind, one in zip(category, which, strict=True)),
        who=who,
        number=number,
        owner=owner,
        written=branch_words(random, place.branch[where]),
        void=random.random(count) < 0.02,
    )


def _ends(
    wished: np.ndarray, claimed: np.ndarray, promised: np.ndarray, channel: np.ndarray, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """(fulfilled, declined with an explanation): one of the two, or neither; nobody fulfils what nobody took up."""
    count, lottery = len(claimed), random.random(len(claimed))
    kept = np.array([KEPT[one] for one in channel])
    limit = np.where(np.isnat(promised), claimed.astype("datetime64[D]") + 30, promised).astype("datetime64[s]")
    span = np.maximum((limit - claimed).astype("float64"), 86400.0)
    in_time = claimed + (span * random.beta(3, 1.6, count)).astype("timedelta64[s]")
    late = limit + DAY + (np.exp(random.normal(2.0, 0.8, count)) * 86400).astype("timedelta64[s]")
    done = np.where(lottery < kept, in_time, np.where(lottery < kept + 0.85 * (1 - kept), late, NOTHING))
    done = np.where(np.isnat(claimed), NOTHING, done)
    limit = np.where(np.isnat(limit), wished + 30 * DAY, limit)
    declined = np.where(
        np.isnat(done) & (random.random(count) < 0.7), limit + random.integers(5, 60, count) * DAY, NOTHING
    )
    return done.astype("datetime64[m]").astype("datetime64[s]"), declined


def _count_wishes(rows: Columns, data_date: datetime, tally: Tally) -> None:
    now = np.datetime64(data_date, "s")
    counts, done, declined = ~rows["void"], happened(rows["done"], now), happened(rows["declined"], now)
    end = rows["promised"].astype("datetime64[s]") + DAY - np.timedelta64(1, "s")
    due = counts & happened(end, now)
    named = {
        "": counts,
        "_claimed": counts & happened(rows["claimed"], now),
        "_fulfilled": counts & done,
        "_declined": counts & declined,
        "_due": due,
        "_due_fulfilled": due & done,
        "_on_time": due & done & (rows["done"] <= end),
        "_overdue": due & ~done & ~declined,
        "_unpromised": counts & (np.isnat(rows["promised"]) | (rows["claimed"] > now)),
    }
    tally.totals |= {f"wishes{name}": int(mask.sum()) for name, mask in named.items()}
    tally.totals |= {f"wishes_due_{at}": int((due & (rows["channel"] == one)).sum()) for at, one in enumerate(KEPT)}
    tally.totals |= {
        f"wishes_due_fulfilled_{at}": int((due & done & (rows["channel"] == one)).sum()) for at, one in enumerate(KEPT)
    }


def _wish_book(rows: Columns, until: datetime, old: bool) -> Book:
    """One register as it stood: what had not happened by then is blank. The old one has nested headers
    and old words."""
    now = np.datetime64(until, "s")
    claimed, done = (np.where(happened(rows[one], now), rows[one], NOTHING) for one in ("claimed", "done"))
    promised = np.where(np.isnat(claimed) & ~np.isnat(rows["claimed"]), np.datetime64("NaT"), rows["promised"])
    state = np.where(np.isnat(claimed), "待认领", "办理中").astype(object)
    state[happened(rows["declined"], now)] = "暂不具备条件"
    state[~np.isnat(done)] = "心愿达成" if old else "已实现"
    state[rows["void"]] = "重复心愿"
    style = "dot" if old else "iso"
    channel = words(_OLD_CHANNELS[one] for one in rows["channel"]) if old else rows["channel"]
    columns = [
        *(
            one.tolist()
            for one in (rows["id"], rows["text"], rows["category"], channel, rows["who"], rows["number"], rows["place"])
        ),
        written(rows["wished"], style),
        rows["written"].tolist(),
        rows["owner"].tolist(),
        written(claimed, style),
        written(promised.astype("datetime64[D]"), style),
        written(done, style),
        state.tolist(),
    ]
    header = [
        "心愿编号",
        "心愿内容",
        "心愿类别",
        "征集渠道",
        "心愿人",
        "学工号",
        "地点",
        "提出时间",
        "认领支部",
        "认领人",
        "认领时间",
        "承诺完成时间",
        "实现时间",
        "状态",
    ]
    if not old:
        return Book(
            f"微心愿台账_{until:%Y%m%d%H%M%S}.xlsx",
            header,
            [list(row) for row in zip(*columns, strict=True)],
            title=["“微心愿”征集与实现台账"],
        )
    header[1], header[7], header[11], header[12] = "微心愿", "征集时间", "承诺时间", "圆梦时间"
    book = Book(f"微心愿汇总_{until:%Y%m%d%H%M%S}.xlsx", header, [list(row) for row in zip(*columns, strict=True)])
    book.groups = [*[""] * 4, *["心愿人信息"] * 3, "", *["认领情况"] * 4, *["实现情况"] * 2]
    return book
