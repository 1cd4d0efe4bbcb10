"""python -m reports: the commands, their options, and what every kind of failure looks like to a person."""

from argparse import Namespace
from collections.abc import Sequence

from warehouse.command import Parser, program, run


def parser() -> Parser:
    """Every command with its options; words Chinese."""
    top, commands = program("reports", "把一周的结论、一个学期的支部评议打印成文档。")
    brief = commands.add_parser("brief", help="写出周简报：Word、幻灯片、PDF 和存档")
    brief.add_argument("--week", metavar="周", help="如 2026-W47，或那一周的任一天；默认是最近一个完整周")
    review = commands.add_parser("review", help="写出支部评议册：Word、PDF、Excel 和存档")
    about = review.add_mutually_exclusive_group()
    about.add_argument("--term", metavar="学期", dest="period", help="如 2026-1；默认是本学期")
    about.add_argument("--period", metavar="周期", help="月 M2026-11、学期 2026-1、学年 Y2026 或两年项目 P2025")
    for command in (brief, review):
        command.add_argument("--build", metavar="名称", help="用哪一份构建，默认当前的；名称见 python -m etl history")
        command.add_argument("--from", metavar="存档", dest="archive", help="由以前写出的 json 存档原样重印，不再计算")
        command.add_argument("--out", metavar="文件夹", default="out", help="写到哪里，默认 out")
    schedule = commands.add_parser("schedule", help="打印定时装载和定时出简报的 systemd、Windows 任务定义")
    schedule.add_argument("--out", metavar="文件夹", default="out", help="简报写到哪里，默认 out")
    notify = commands.add_parser("notify", help="把结论和红线发到企业微信或钉钉群机器人；没有设置地址时什么也不发")
    notify.add_argument("--url", metavar="地址", help="机器人的 Webhook 地址，默认取环境变量 CAMPUS_WEBHOOK_URL")
    notify.add_argument("--week", metavar="周", help="如 2026-W47；默认是最近一个完整周")
    notify.add_argument("--show", action="store_true", help="只打印要发的内容，不发送")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; what a person can cause ends in one sentence, never in a traceback."""
    return run(parser(), arguments, _run, "已中断：没有写完的文件没有留下，重新运行即可。", "没有写完")


def _run(chosen: Namespace) -> int:
    if chosen.command in ("brief", "review"):
        from reports.command import printing
        from reports.content.documents import Book, Brief

        kind, what = (Brief, chosen.week) if chosen.command == "brief" else (Book, chosen.period)
        return printing.run(kind, what, chosen.build, chosen.archive, chosen.out)
    if chosen.command == "schedule":
        from reports.command import schedule

        return schedule.show(chosen.out)
    from reports.command import notify

    return notify.run(chosen.url, chosen.week, chosen.show)
