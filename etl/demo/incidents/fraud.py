"""The anti-fraud station: cases with what was lost, people talked out of it in time, and rounds of publicity.

The wave after the start of term (truth.FRAUD_FACTOR) is planted here as in the tickets.
"""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus import rhythm
from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people, places
from etl.demo.form import truth
from etl.demo.form.books import Book, Files, written
from etl.demo.form.columns import Columns, pick, stream, words
from etl.demo.form.truth import Tally

CASES_A_YEAR, DISSUASIONS_A_YEAR, PUBLICITY_A_YEAR = 84, 150, 55
WAVE_DAYS = 28
COLLEGES = (
    "机电工程学院",
    "经济管理学院",
    "信息工程学院",
    "外国语学院",
    "建筑工程学院",
    "艺术设计学院",
    "生物与化学学院",
    "人文学院",
)
_KINDS = {
    "刷单返利": 30,
    "冒充客服": 20,
    "网络购物": 14,
    "冒充熟人或领导": 9,
    "虚假网络贷款": 8,
    "游戏交易": 9,
    "虚假投资理财": 6,
    "冒充公检法": 4,
}
_WRITTEN = {
    "刷单返利": "兼职刷单",
    "冒充客服": "冒充电商物流客服",
    "网络购物": "虚假购物",
    "冒充熟人或领导": "冒充熟人",
    "虚假网络贷款": "校园贷",
}
_STORIES = {
    "刷单返利": "先返小额佣金，后要求垫付大单",
    "冒充客服": "自称客服办理退款，诱导转账",
    "虚假网络贷款": "称不注销校园贷会影响征信",
}
_OLD = {
    "id": "登记编号",
    "at": "报案日期",
    "category": "诈骗手法",
    "victim": "被骗人",
    "number": "学号",
    "unit": "所在学院",
    "place": "宿舍楼",
    "loss": "被骗金额",
    "filed": "立案",
    "status": "办理状态",
}
_NEW = {
    "id": "案件编号",
    "at": "发案时间",
    "category": "诈骗类型",
    "description": "简要案情",
    "victim": "受骗人",
    "number": "学工号",
    "phone": "联系电话",
    "unit": "受骗人单位",
    "place": "所在楼宇",
    "loss": "损失金额（元）",
    "recovered": "挽回金额（元）",
    "filed": "是否立案",
    "channel": "报案方式",
    "status": "案件状态",
}
_OUTREACH = {
    "id": "记录编号",
    "at": "工作时间",
    "category": "工作类型",
    "title": "内容",
    "unit": "对象单位",
    "place": "地点",
    "people": "人数",
    "saved": "避免损失（元）",
    "channel": "线索来源",
    "handler": "工作人员",
}


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """Two files of cases (past years as GB18030 text, this term as a workbook), two of dissuasions and publicity."""
    cases = _cases(place, days, autumns[-1], data_date, scale, stream(seed, "fraud_cases"))
    outreach = _outreach(place, days, data_date, scale, stream(seed, "fraud_outreach"))
    _count(cases, outreach, autumns[-1], tally)
    term = datetime.combine(autumns[-1], datetime.min.time())
    eve, since = term - timedelta(hours=16), np.datetime64(term - timedelta(days=30), "s")
    for name, rows, book in (("fraud_cases", cases, _case_book), ("fraud_outreach", outreach, _outreach_book)):
        old = rows["at"] < np.datetime64(eve, "s")
        if old.any():
            yield name, book(rows.take(old), eve, False), eve
        yield name, book(rows.take(rows["at"] >= since), data_date, True), data_date


def _cases(
    place: Campus, days: Days, autumn: date, data_date: datetime, scale: float, random: np.random.Generator
) -> Columns:
    weight = rhythm.ticket_days(days)
    wave = (days.day >= np.datetime64(autumn)) & (days.day < np.datetime64(autumn) + WAVE_DAYS)
    a_day = weight * CASES_A_YEAR * scale / (weight.mean() * 365.25)
    day = np.repeat(days.day, random.poisson(a_day * np.where(wave, truth.FRAUD_FACTOR, 1.0)))
    rows = _somewhere(Columns(at=rhythm.moments(random, day, rhythm.EVENING_HOURS)), place, data_date, random)
    count = len(rows)
    rows["category"] = pick(random, count, _KINDS)
    rows["loss"] = np.where(
        random.random(count) < 0.03, -1, np.round(np.exp(random.normal(np.log(3200), 1.2, count)), -1)
    )  # −1: not written
    rows["recovered"] = np.where(
        (rows["loss"] > 0) & (random.random(count) < 0.12), np.round(rows["loss"] * 0.4, -1), 0
    )
    rows["filed"] = np.where(rows["loss"] >= 3000, "是", "否")
    rows["status"] = np.where(
        random.random(count) < 0.04, "未遂", pick(random, count, {"侦办中": 60, "已立案": 20, "已破案": 8, "结案": 12})
    )
    rows["victim"], rows["number"], rows["phone"] = people(random, count, 5000)
    rows["channel"] = pick(random, count, {"到所报案": 50, "96110": 12, "辅导员上报": 30, "守护码": 8})
    rows["description"] = words(_STORIES.get(key, "经网络联系后转账") for key in rows["category"])
    rows["id"] = words(f"ZP{str(one)[:4]}{number:04d}" for number, one in enumerate(rows["at"], 1))
    return rows


def _outreach(place: Campus, days: Days, data_date: datetime, scale: float, random: np.random.Generator) -> Columns:
    index = rhythm.drawn_per_day(random, rhythm.ticket_days(days), (DISSUASIONS_A_YEAR + PUBLICITY_A_YEAR) * scale)
    rows = _somewhere(
        Columns(at=rhythm.moments(random, days.day[index], rhythm.EVENING_HOURS)), place, data_date, random
    )
    count = len(rows)
    dissuades = random.random(count) < DISSUASIONS_A_YEAR / (DISSUASIONS_A_YEAR + PUBLICITY_A_YEAR)
    rows["dissuades"] = dissuades
    rows["category"] = np.where(
        dissuades,
        pick(random, count, {"见面劝阻": 35, "电话劝阻": 55, "预警劝阻": 10}),
        pick(random, count, {"反诈宣传": 50, "主题班会": 30, "入户宣传": 20}),
    )
    rows["people"] = np.where(dissuades, 1, random.integers(18, 260, count))
    rows["saved"] = np.where(dissuades, np.round(np.exp(random.normal(np.log(5000), 1.0, count)), -1), 0)
    rows["title"] = words("接预警后联系本人，停止转账" if one else "识骗防骗与反诈应用安装" for one in dissuades)
    rows["channel"] = np.where(dissuades, pick(random, count, {"公安预警": 70, "银行提示": 10, "辅导员发现": 20}), "")
    rows["handler"], _, _ = people(random, count, 30)
    rows["id"] = words(f"FZ{str(one)[:4]}{number:05d}" for number, one in enumerate(rows["at"], 1))
    return rows


def _somewhere(rows: Columns, place: Campus, data_date: datetime, random: np.random.Generator) -> Columns:
    """Sorted, before the data date, in dormitories, each of a college."""
    rows = rows.take(np.argsort(rows["at"], kind="stable"))
    rows = rows.take(rows["at"] < np.datetime64(data_date, "s"))
    homes = np.flatnonzero(place.kind == "宿舍")
    where = random.choice(homes, size=len(rows), p=place.weight[homes] / place.weight[homes].sum())
    rows["place"], rows["resolved"] = places(random, place, where, 0.4)
    rows["unit"] = words(COLLEGES)[random.integers(0, len(COLLEGES), len(rows))]
    return rows


def _count(cases: Columns, outreach: Columns, autumn: date, tally: Tally) -> None:
    """Totals by plain rules: what was only attempted is no case; a loss not written is not nought."""
    real, wave = cases["status"] != "未遂", cases["at"] >= np.datetime64(autumn, "s")
    wave &= cases["at"] < np.datetime64(autumn, "s") + np.timedelta64(WAVE_DAYS, "D")
    tally.totals |= {
        "fraud_cases": len(cases),
        "fraud_cases_real": int(real.sum()),
        "fraud_loss": int(cases["loss"][real & (cases["loss"] >= 0)].sum()),
        "fraud_cases_without_loss": int((real & (cases["loss"] < 0)).sum()),
        "fraud_cases_wave": int((real & wave).sum()),
        "fraud_outreach": len(outreach),
        "fraud_dissuaded": int(outreach["dissuades"].sum()),
        "fraud_publicity_people": int(outreach["people"][~outreach["dissuades"]].sum()),
    }


def _case_book(rows: Columns, until: datetime, newest: bool) -> Book:
    layout = _NEW if newest else _OLD
    columns: dict[str, list] = {name: rows[name].tolist() for name in layout if rows[name].dtype.kind not in "Mf"}
    columns["loss"] = ["" if one < 0 else f"{one:,.2f}" if newest else f"{one:.0f}元" for one in rows["loss"].tolist()]
    columns["recovered"] = [f"{one:.0f}" if one else "—" for one in rows["recovered"].tolist()]
    if not newest:
        columns["category"] = [_WRITTEN.get(one, one) for one in columns["category"]]
    columns["at"] = written(rows["at"], "iso" if newest else "dot")
    suffix = "xlsx" if newest else "csv"
    book = Book(
        f"电信诈骗案件台账_{until:%Y%m%d%H%M%S}.{suffix}",
        list(layout.values()),
        [list(row) for row in zip(*(columns[one] for one in layout), strict=True)],
    )
    if newest:
        book.title = ["电信网络诈骗案件台账"]
        book.footer = [["注：未遂、已劝阻的不计入案件数"]]
    return book


def _outreach_book(rows: Columns, until: datetime, newest: bool) -> Book:
    columns: dict[str, list] = {name: rows[name].tolist() for name in _OUTREACH if rows[name].dtype.kind not in "Mf"}
    columns["people"] = [f"{one}人" if newest else str(one) for one in rows["people"].tolist()]
    columns["saved"] = [f"{one:.0f}" if one else "/" for one in rows["saved"].tolist()]
    columns["at"] = written(rows["at"], "chinese" if newest else "slash")
    book = Book(
        f"反诈劝阻与宣传记录_{until:%Y%m%d%H%M%S}.xlsx",
        list(_OUTREACH.values()),
        [list(row) for row in zip(*(columns[one] for one in _OUTREACH), strict=True)],
    )
    book.title = ["反诈工作站劝阻与宣传登记"] if newest else []
    return book
