"""Questions asked at the monthly meeting: answered on the spot, or promised and resolved."""

from datetime import datetime

import numpy as np

from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people, places
from etl.demo.form.books import Book, Files, written
from etl.demo.form.columns import DAY, HOUR, MINUTE, NOTHING, Columns, happened, pick, stream, words
from etl.demo.form.truth import Tally

_QUESTIONS = {
    "交通停车": ("消防通道为什么总被车占着", "快递车什么时候限速"),
    "宿舍管理": ("热水为什么时有时无", "晚归登记能不能简化"),
    "消防安全": ("烟感误报多久能修好", "电动车充电点什么时候建好"),
    "餐饮卫生": ("食堂后厨多久检查一次", "饭菜留样能不能公开"),
    "治安防范": ("外来人员怎样登记", "自行车被盗怎样减少"),
    "网络诈骗": ("被骗后怎样止付", "陌生来电怎样核实"),
}
_ANSWERS = {
    "交通停车": "保卫处",
    "宿舍管理": "公寓管理中心",
    "消防安全": "保卫处",
    "餐饮卫生": "饮食服务中心",
    "治安防范": "保卫处",
    "网络诈骗": "学生工作部",
}


def questions(place: Campus, days: Days, data_date: datetime, seed: int, tally: Tally) -> Files:
    """One register of every monthly meeting: what was asked, answered on the spot or promised, and resolved."""
    random = stream(seed, "questions")
    meetings = _meetings(days, random)
    rows = _draw(place, meetings, data_date, random)
    _count(rows, data_date, tally)
    tally.totals["questions_meetings"] = len(meetings)
    yield "questions", _book(rows, data_date), data_date


def _draw(place: Campus, meetings: np.ndarray, data_date: datetime, random: np.random.Generator) -> Columns:
    """One row per question. due: the promised day, NaT where none was promised; done: when it was resolved."""
    sizes = random.integers(9, 18, len(meetings))
    raised = np.repeat(meetings, sizes) + np.concatenate([np.arange(size) * 5 * MINUTE for size in sizes])
    count = len(raised)
    category = pick(random, count, dict.fromkeys(_QUESTIONS, 1.0))
    on_spot = random.random(count) < 0.63
    due = np.where(
        on_spot & (random.random(count) < 0.7),
        np.datetime64("NaT"),
        raised.astype("datetime64[D]") + random.choice([14, 30, 45], count),
    )
    done = _resolved(raised, due, random)
    which = random.integers(0, 1000, count).tolist()
    asker, _, _ = people(random, count, 300)
    at = random.choice(len(place.weight), size=count, p=place.weight)
    texts, _ = places(random, place, at, 0.0)
    return Columns(
        raised=raised,
        category=category,
        on_spot=on_spot,
        due=due,
        done=done,
        is_done=happened(done, np.datetime64(data_date, "s")),
        text=words(_QUESTIONS[kind][one % len(_QUESTIONS[kind])] for kind, one in zip(category, which, strict=True)),
        asker=asker,
        place=texts,
    )


def _resolved(raised: np.ndarray, due: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """When each was resolved: at once where nothing was promised, else mostly in time, some late, a few never."""
    end, count = _end(due), len(raised)
    lottery = random.random(count)
    span = (end - raised).astype("float64")
    done = np.where(
        lottery < 0.79,
        raised + (np.where(np.isnan(span), 0, span) * random.beta(3, 2, count)).astype("timedelta64[s]"),
        np.where(lottery < 0.93, end + DAY * random.integers(1, 40, count), NOTHING),
    )
    done = np.where(np.isnat(due), raised, done).astype("datetime64[D]").astype("datetime64[s]")
    return np.where(np.isnat(due), raised, np.maximum(done, raised))


def _end(due: np.ndarray) -> np.ndarray:
    """The last second of a promised day."""
    return due.astype("datetime64[s]") + DAY - np.timedelta64(1, "s")


def _count(rows: Columns, data_date: datetime, tally: Tally) -> None:
    end, is_done = _end(rows["due"]), rows["is_done"]
    is_due = happened(end, np.datetime64(data_date, "s"))
    named = {
        "": np.ones(len(rows), bool),
        "_on_spot": rows["on_spot"],
        "_resolved": is_done,
        "_due": is_due,
        "_on_time": is_due & is_done & (rows["done"] <= end),
        "_overdue": is_due & ~is_done,
    }
    tally.totals |= {f"questions{name}": int(mask.sum()) for name, mask in named.items()}


def _book(rows: Columns, data_date: datetime) -> Book:
    resolved = np.where(rows["is_done"] & ~np.isnat(rows["due"]), rows["done"], NOTHING)
    columns = {
        "编号": [f"TW{number:05d}" for number in range(1, len(rows) + 1)],
        "会议时间": written(rows["raised"], "chinese"),
        "问题类别": rows["category"].tolist(),
        "提问内容": rows["text"].tolist(),
        "提问人": rows["asker"].tolist(),
        "涉及地点": rows["place"].tolist(),
        "答复部门": [_ANSWERS[kind] for kind in rows["category"]],
        "答复方式": np.where(rows["on_spot"], "现场答复", "会后答复").tolist(),
        "承诺时限": written(rows["due"].astype("datetime64[D]"), "chinese"),
        "办结日期": written(resolved.astype("datetime64[D]"), "chinese"),
        "解决情况": np.where(rows["is_done"], "已解决", "办理中").tolist(),
    }
    lines = [list(row) for row in zip(*columns.values(), strict=True)]
    name = f"工作通报面对面提问登记_{data_date:%Y%m%d%H%M%S}.xlsx"
    book = Book(name, list(columns), lines, title=["工作通报面对面提问登记表"])
    book.footer = [["备注：承诺时限为会上答应的日期"]]
    return book


def _meetings(days: Days, random: np.random.Generator) -> np.ndarray:
    """A Wednesday afternoon of every month with four teaching weeks or more, before the last day of the calendar."""
    fit = days.day[(days.weekday == 2) & (days.teaching_week >= 2) & ~days.is_holiday & (days.day < days.day[-1])]
    months = fit.astype("datetime64[M]")
    chosen = [random.choice(fit[months == month]) for month in np.unique(months) if (months == month).sum() >= 2]
    return np.array(chosen, dtype="datetime64[s]") + 15 * HOUR
