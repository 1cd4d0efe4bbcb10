"""withdraw: what was loaded wrongly is taken back, and a build without it is published at once."""

import contextlib
import getpass
from datetime import datetime

import warehouse
from etl.command.load import FINE, NOTHING_TO_DO
from etl.command.words import show
from etl.declare.load import load_sources
from etl.landing import withdrawing
from etl.landing.landing import Landing
from etl.privacy.protect import load_key
from warehouse import paths
from warehouse.command import notice, output
from warehouse.errors import NoBuild
from warehouse.publishing import exclusive

NEWEST = """
SELECT file_id, name, max(export_time), sum(rows_read)::BIGINT FROM files WHERE export_time IS NOT NULL
GROUP BY ALL ORDER BY 3 DESC, 2 LIMIT ?
"""


def withdraw(word: str | None, reason: str | None) -> int:
    """Take back one file by its name or id; without either, list what could be meant.

    Returns an exit code; raises UserError where not exactly one is meant.
    """
    if word is None:
        return _list_newest()
    from etl.build.make import build, gather

    with exclusive():
        landing = Landing(paths.landing(), sources=load_sources(), key=load_key())
        landing.make_folders()
        record = withdrawing.one(landing, word)
        when = datetime.now().isoformat(timespec="seconds")
        withdrawing.withdraw(landing, record, withdrawing.Withdrawal(_who(), when, reason or ""))
        output.print(f"已撤回 {record['file_id']} {withdrawing.said(record)}。", markup=False)
        try:
            inputs = gather(landing, "school")
        except NoBuild:
            output.print("没有别的记录了：当前构建仍是撤回以前的，装载别的文件以后才会更新。", markup=False)
            return NOTHING_TO_DO
        with notice.status("构建中") as status:
            made = build(inputs, status.update)
    if made is not None:
        output.print(f"已发布构建 {made.name}，数据日期 {made.data_date:%Y-%m-%d %H:%M}。", markup=False)
    output.print("再装载同样的内容时不会计入；确实要装载请加 --again。", markup=False)
    return FINE


def _list_newest(most: int = 10) -> int:
    """The files of the current build that were exported last, with the ids that withdraw takes."""
    now = warehouse.current()
    rows = [] if now is None else now.rows(NEWEST, [most])
    if not rows:
        output.print("还没有装载过导出的文件，没有可撤回的。", markup=False)
        return NOTHING_TO_DO
    listed = [(*row[:2], f"{row[2]:%Y-%m-%d}", row[3]) for row in rows]
    show("最近导出的文件（撤回：python -m etl withdraw 编号）", ("编号", "文件", "导出", "行"), listed, 1)
    return FINE


def _who() -> str:
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "不知名的用户"
