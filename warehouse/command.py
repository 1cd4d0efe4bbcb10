"""A command line in Chinese: argparse's words, where results and notices are printed. Shared by every `python -m …` of ours."""

import argparse
import sys

from rich.console import Console

WIDE = 150  # of a table that goes into a file or a log
_WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "subcommands": "命令",
    "show this help message and exit": "显示这份说明",
    "%(prog)s: error: %(message)s\n": "%(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "not allowed with argument %s": "不能与 %s 同时用",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)s 这个命令，可用：%(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 写法不对，要写数",
}
argparse._ = lambda words: _WORDS.get(words, words)  # argparse has no other door for its words

output = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
notice = Console(stderr=True, highlight=False, soft_wrap=True)


class Parser(argparse.ArgumentParser):
    """Errors end with exit code 2 and say where help is."""

    def error(self, message: str) -> None:
        plain = message.replace("'", "")
        notice.print(f"用法不对：{plain}。运行 {self.prog} -h 看说明。", markup=False)
        raise SystemExit(2)
