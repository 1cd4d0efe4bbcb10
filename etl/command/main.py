"""python -m etl: the commands, their options, and what every kind of failure looks like to a person."""

import argparse
import re
from collections.abc import Sequence

from warehouse.command import Parser, program, run, say

_DISK = (
    r"could not (?:write|read|open|create|fsync)|no space left|out of memory|IO Error|checkpoint failed|lock on file"
)


def parser() -> Parser:
    """Every command with its options; words Chinese."""
    top, commands = program("etl", "把各系统导出的文件变成一份构建，供看板使用。")
    demo = commands.add_parser("demo", help="生成演示校园并构建（与真实数据分开放）")
    demo.add_argument("--years", type=float, default=4.0, metavar="年数", help="历史长度，默认 4 年")
    demo.add_argument("--scale", type=float, default=1.0, metavar="倍数", help="规模，默认 1")
    demo.add_argument("--seed", type=int, metavar="整数", help="换一个种子，得到另一份演示数据")
    demo.add_argument("--if-none", action="store_true", help="已经有构建时什么也不做")
    for name, words in (("load", "装载文件并发布新的构建"), ("check", "试算装载结果，不写入任何东西")):
        command = commands.add_parser(name, help=words)
        command.add_argument("paths", nargs="*", metavar="路径", help="文件、文件夹或通配符，默认 data/inbox")
        command.add_argument(
            "--as-of",
            metavar="日期",
            help="只写一个文件时，是它的导出日；否则没有写明导出时间的以此为准，晚于它的导出不计入",
        )
        command.add_argument("--again", action="store_true", help="撤回过的内容也重新装载")
    withdraw = commands.add_parser("withdraw", help="撤回装错的文件，并发布没有它的构建")
    withdraw.add_argument("file", nargs="?", metavar="文件", help="文件名或编号；不写则列出最近导出的文件")
    withdraw.add_argument("--reason", metavar="原因", help="为什么撤回，记在落地记录里")
    commands.add_parser("status", help="当前构建与各来源的新鲜程度")
    commands.add_parser("history", help="保留的构建")
    commands.add_parser("rollback", help="退回更早的构建").add_argument(
        "name", nargs="?", metavar="名称", help="默认退回前一份"
    )
    template = commands.add_parser("template", help="为手工维护的来源写一份空 Excel")
    template.add_argument("source", metavar="来源", help="声明的名称，如 drills")
    template.add_argument("--out", metavar="文件", help="写到哪里，默认当前文件夹")
    docs = commands.add_parser("docs", help="由声明重新生成 docs/sources.md")
    docs.add_argument("--out", metavar="文件", help="把全部来源（含本校新增的）的说明写到这里")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; what a person can cause ends in one sentence, never in a traceback."""
    try:
        return run(
            parser(), arguments, _run, "已中断：没有发布新的构建，当前构建不变；重新运行即可继续。", "没有发布新的构建"
        )
    except Exception as problem:
        # the database's errors, by their words: commands that need no database do not load one
        if type(problem).__module__.startswith("_duckdb") and re.search(_DISK, str(problem), re.IGNORECASE):
            return say("读写构建文件失败：磁盘空间、内存不够，或文件被占用；没有发布新的构建，请腾出空间后重试。", 2)
        raise


def _run(options: argparse.Namespace) -> int:
    if options.command in ("demo", "load", "check"):
        from etl.command import load

        if options.command == "demo":
            return load.demo(options.years, options.scale, options.seed, options.if_none)
        return getattr(load, options.command)(options.paths, options.as_of, options.again)
    if options.command == "withdraw":
        from etl.command.withdraw import withdraw

        return withdraw(options.file, options.reason)
    from etl.command import show

    if options.command == "rollback":
        return show.rollback(options.name)
    if options.command == "template":
        return show.template(options.source, options.out)
    if options.command == "docs":
        return show.docs(options.out)
    return getattr(show, options.command)()
