"""withdraw: what was loaded wrongly is taken back, and a build without it is published at once."""

import contextlib
import getpass
from datetime import datetime

from etl.command.load import FINE, NOTHING_TO_DO
from etl.declare.load import load_sources
from etl.landing import withdrawing
from etl.landing.landing import Landing
from etl.privacy.protect import load_key
from warehouse import paths
from warehouse.command import notice, output
from warehouse.errors import NoBuild
from warehouse.publishing import exclusive


def withdraw(word: str, reason: str | None) -> int:
    """Take back one file by its name or id. Returns an exit code; raises UserError where not exactly one is meant."""
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


def _who() -> str:
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "不知名的用户"
