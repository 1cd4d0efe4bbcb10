"""Surveys as 问卷星 exports them, and the register of whom they were sent to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import places
from etl.demo.form.books import Book, Files
from etl.demo.form.columns import pick, stream, words
from etl.demo.form.truth import Tally

INVITED, ANSWERING = 1200, (0.22, 0.36)
ITEMS = {  # question as asked → (mean in the first survey, gain a year): walking at night was worst and gains most
    "您在校园里的总体安全感": (4.05, 0.05),
    "夜间在校园里行走": (3.35, 0.16),
    "您对宿舍安全的满意度": (3.95, 0.02),
    "您对校园交通秩序的满意度": (3.55, 0.0),
    "您对防诈骗宣传的满意度": (4.10, 0.04),
    "您对报修求助响应速度的满意度": (3.80, 0.08),
    "您对学校安全工作的总体满意度": (4.00, 0.06),
}
_WORDS = {1: "非常不满意", 2: "不满意", 3: "一般", 4: "满意", 5: "非常满意"}
_SAFE = {1: "非常不安全", 2: "不安全", 3: "一般", 4: "安全", 5: "非常安全"}
WORRIES = {
    "电信诈骗": 0.52,
    "电动车乱停乱充": 0.44,
    "财物被盗": 0.38,
    "夜间照明不足": 0.30,
    "食品安全": 0.26,
    "消防通道堵塞": 0.22,
    "陌生人进楼": 0.17,
}
_COLLEGES = (
    "文学院",
    "理学院",
    "计算机学院",
    "机械工程学院",
    "化学与材料学院",
    "生科院",
    "经管学院",
    "外国语学院",
    "艺术学院",
    "体育学院",
)


@dataclass(frozen=True)
class Survey:
    """One survey: its number, title, first and last day."""

    number: str
    title: str
    first: date
    last: date


def surveys(place: Campus, days: Days, data_date: datetime, scale: float, seed: int, tally: Tally) -> Files:
    """The register, the sheets of past years in one file that names the survey, and the two latest as they were
    exported."""
    random, planned = stream(seed, "surveys"), _planned(days, data_date)
    if not planned:
        return
    tally.totals |= {
        "surveys": len(planned),
        "surveys_invited": INVITED * len(planned),
        "survey_answers": 0,
        "survey_answers_latest": 0,
    }
    tally.totals |= {"survey_safety_sum_latest": 0, "survey_safety_n_latest": 0}
    header = ["问卷编号", "调查名称", "组织单位", "发放日期", "截止日期", "发放份数"]
    rows: list[list[object]] = [
        [survey.number, survey.title, "保卫处", f"{survey.first:%Y/%m/%d}", f"{survey.last:%Y/%m/%d}", str(INVITED)]
        for survey in planned
    ]
    yield "surveys", Book(f"问卷调查登记_{data_date:%Y%m%d%H%M%S}.csv", header, rows, encoding="utf-8-sig"), data_date
    together: list[list] = []
    for at, survey in enumerate(planned):
        sheets = _sheets(place, survey, at, scale, random, tally, latest=at == len(planned) - 1)
        tally.totals["survey_answers"] += len(sheets)
        exported = datetime.combine(survey.last + timedelta(days=1), datetime.min.time()) + timedelta(hours=9)
        if at >= len(planned) - 2:
            name = f"{280000000 + at}_按文本_{survey.title}_{len(sheets)}_{len(sheets)}_{exported:%Y%m%d%H%M%S}.csv"
            book = Book(name, _header(), sheets, encoding="gb18030" if at % 2 else "utf-8-sig")
            yield "survey_answers", book, exported
        else:
            together += [[*row, survey.title] for row in sheets]
            last = exported
    if together:
        yield (
            "survey_answers",
            Book(f"历次安全感调查答卷_{last:%Y%m%d%H%M%S}.xlsx", [*_header(), "问卷名称"], together),
            last,
        )


def _planned(days: Days, data_date: datetime) -> list[Survey]:
    """A week in the tenth teaching week of every term that is over by the data date."""
    planned = []
    mondays = (days.teaching_week == 10) & (days.weekday == 0)
    for day, is_autumn in zip(days.day[mondays], days.is_autumn[mondays].tolist(), strict=True):
        first = day.astype(object)
        if first + timedelta(days=7) < data_date.date():
            title = f"{first.year}年{'秋' if is_autumn else '春'}季校园安全感调查"
            planned.append(Survey(f"DC{first.year}{2 if is_autumn else 1}", title, first, first + timedelta(days=6)))
    return planned


def _header() -> list[str]:
    items = [f"{at}、{one}" for at, one in enumerate(ITEMS, 4)]
    return [
        "序号",
        "提交答卷时间",
        "所用时间",
        "来源",
        "来源详情",
        "来自IP",
        "1、您的身份",
        "2、您所在学院",
        "3、居住楼栋",
        *items,
        f"{len(ITEMS) + 4}、您最担心的安全问题",
        f"{len(ITEMS) + 5}、您的建议",
        "总分",
    ]


def _sheets(
    place: Campus, one: Survey, at: int, scale: float, random: np.random.Generator, tally: Tally, latest: bool
) -> list[list]:
    """The sheets of one survey in the order they were handed in."""
    count = max(12, int(INVITED * random.uniform(*ANSWERING) * min(1.0, scale)))
    moment = np.sort(
        np.datetime64(one.first, "s") + random.integers(8 * 3600, 7 * 86400, count).astype("timedelta64[s]")
    )
    who = pick(random, count, {"本科生": 70.0, "研究生": 15.0, "教职工": 12.0, "其他人员": 3.0})
    college = words(np.array(_COLLEGES, dtype=object)[random.integers(0, len(_COLLEGES), count)])
    homes = np.flatnonzero(place.kind == "宿舍")
    text, _ = places(random, place, random.choice(homes, count), 0.0)
    lives = np.isin(who, ["本科生", "研究生"])
    scores = [
        np.clip(np.rint(random.normal(mean + gain * at / 2, 0.85, count)), 1, 5).astype(int)
        for mean, gain in ITEMS.values()
    ]
    blank = [random.random(count) < 0.02 for _ in scores]
    skipped, ticked = (
        random.random(count) < 0.05,
        random.random((count, len(WORRIES))) < np.array(list(WORRIES.values())),
    )
    seconds = np.where(random.random(count) < 0.03, random.integers(8, 28, count), random.integers(45, 400, count))
    tally.totals |= {} if not latest else _latest(scores[0], blank[0], ticked & ~skipped[:, None], skipped, count)
    columns = [
        [str(number) for number in range(1, count + 1)],
        _padded(moment),
        [f"{one}秒" for one in seconds.tolist()],
        pick(random, count, {"微信": 80.0, "手机提交": 15.0, "链接": 5.0}).tolist(),
        ["N/A"] * count,
        ["10.0.0.1(示范)"] * count,
        who.tolist(),
        np.where(lives, college, "-3").tolist(),
        np.where(lives, text, "-3").tolist(),
        *(
            [
                ("-2" if empty else (_SAFE if item < 2 else _WORDS)[value])
                for value, empty in zip(score.tolist(), none.tolist(), strict=True)
            ]
            for item, (score, none) in enumerate(zip(scores, blank, strict=True))
        ),
        ["-3" if skip else _ticks(row) for row, skip in zip(ticked, skipped.tolist(), strict=True)],
        ["-2"] * count,
        np.sum(scores, axis=0).astype(str).tolist(),
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _latest(
    safety: np.ndarray, blank: np.ndarray, ticked: np.ndarray, skipped: np.ndarray, count: int
) -> dict[str, int]:
    return {
        "survey_answers_latest": count,
        "survey_safety_sum_latest": int(safety[~blank].sum()),
        "survey_safety_n_latest": int((~blank).sum()),
        "survey_worried_fraud_latest": int(ticked[:, 0].sum()),
        "survey_worried_asked_latest": int((~skipped & ticked.any(axis=1)).sum()),
    }


def _ticks(row: np.ndarray) -> str:
    return "┋".join(word for word, is_ticked in zip(WORRIES, row.tolist(), strict=True) if is_ticked) or "-2"


def _padded(moments: np.ndarray) -> list[str]:
    """2026/09/03 12:00:00 as 问卷星 writes it."""
    return [text.replace("-", "/").replace("T", " ") for text in np.datetime_as_string(moments)]
