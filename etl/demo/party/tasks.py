"""The branches' yearly tasks with their evidence, and the lies planted in last year's."""

from datetime import datetime

import numpy as np

from etl.demo.campus.wording import people
from etl.demo.form.books import Book, written
from etl.demo.form.columns import Columns, stream
from etl.demo.form.truth import Tally
from etl.demo.party import wording

NAMED_BY = {
    "开展安全宣讲不少于八场": "宣讲",
    "举办消防微课堂": "微课堂",
}  # tasks whose evidence names the numbers of the branch's own activities
DUE_DAY_BRANCH, SAME_PROOF_BRANCH = "B6", "B5"  # last year's tasks: all done on their due day; one paper proves three


def tasks(years: range, held: Columns, data_date: datetime, seed: int, tally: Tally) -> Book:
    """Five or six tasks a branch and year; four of five done in time, one of twelve without evidence."""
    random, today = stream(seed, "brand_tasks"), np.datetime64(data_date.date())
    owners, _, _ = people(random, 400, 60)
    listed = [
        (year, branch, number)
        for year in years
        for branch in wording.BRANDS
        for number in range(5 + (int(branch[1:]) + year) % 2)
    ]
    rows, counted = [], {"due": 0, "on_time": 0, "without_evidence": 0}
    for at, (year, branch, number) in enumerate(listed):
        task, kind, month, day = wording.TASKS[number]
        due, done, proof, void = _done(
            random, year, branch, number, np.datetime64(f"{year}-{month:02d}-{day:02d}"), data_date
        )
        is_done = done < today and not void
        counted["due"] += due < today and not void
        counted["on_time"] += due < today and is_done and bool(proof) and done <= due
        counted["without_evidence"] += is_done and not proof
        status = "取消" if void else "已完成" if is_done else "进行中" if due - today < 40 else "未开始"
        due_text, done_text = written(np.array([due, done]), "chinese")
        proof = _named_activities(held, branch, task, done, proof)
        shown = proof or ("待补", "暂无", "")[number % 3]
        rows.append(
            [
                wording.SPELLED[branch][year % 2],
                f"{year}年度",
                task,
                kind,
                owners[at % 400],
                due_text,
                status,
                done_text if is_done else "",
                shown if is_done else "",
                "",
            ]
        )
    tally.totals |= {"brand_tasks": len(rows), **{f"brand_tasks_{key}": int(value) for key, value in counted.items()}}
    header = ["党支部", "年度", "重点任务", "类别", "责任人", "完成时限", "完成情况", "完成日期", "佐证材料", "备注"]
    book = Book(wording.file_name("品牌任务清单", data_date), header, rows)
    book.title, book.footer = ["一支部一品牌分年度任务清单"], [["合计", f"共{len(rows)}项"]]
    return book


def _done(
    random: np.random.Generator, year: int, branch: str, number: int, due: np.datetime64, data_date: datetime
) -> tuple:
    """(due, done, evidence, void) of one task, with last year's two planted lies."""
    late = random.random() < 0.18
    done = due + (int(random.integers(3, 40)) if late else -int(random.integers(0, 25)))
    proof, void = _proof(random, branch, year, number), random.random() < 0.02
    if year == data_date.year - 1 and branch == DUE_DAY_BRANCH:
        done = due
    if year == data_date.year - 1 and branch == SAME_PROOF_BRANCH and number < 3:
        proof = wording.SHARED_PROOF
    return due, done, proof, void


def _proof(random: np.random.Generator, branch: str, year: int, number: int) -> str:
    if random.random() < 0.09:
        return ""
    name = f"{branch}-{year}-{number + 1:02d}"
    return f"https://example.com/party/{name}" if random.random() < 0.5 else f"佐证_{name}.pdf"


def _named_activities(held: Columns, branch: str, task: str, done: np.datetime64, proof: str) -> str:
    """The evidence with the numbers of the last three activities of the kind the task asks for, held in its year
    before it was done."""
    if not proof or task not in NAMED_BY or proof == wording.SHARED_PROOF:
        return proof
    year, day = done.astype("datetime64[Y]"), held["held"].astype("datetime64[D]")
    fits = (held["branch"] == branch) & (held["kind"] == NAMED_BY[task]) & (day <= done) & (day >= year)
    numbers = [f"HD{at + 1:05d}" for at in np.flatnonzero(fits)[-3:]]
    return f"活动记录 {'、'.join(numbers)}；{proof}" if numbers else proof
