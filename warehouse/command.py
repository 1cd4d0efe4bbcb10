"""A command line in Chinese: argparse's words, where results and notices are printed. Shared by every `python -m …` of ours."""

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence

from rich.console import Console

from warehouse.errors import UserError

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


INTERRUPTED = 130


def say(sentence: str, code: int) -> int:
    """One sentence on standard error; hands the exit code on."""
    notice.print(sentence, markup=False)
    return code


def _guarded(run: Callable[[], int], interrupted: str, undone: str) -> int:
    """Run a command. What a person can cause ends in one sentence, never in a traceback.

    `interrupted` is said after Ctrl-C; `undone` says what a full or broken disk left undone (「没有发布新的构建」).
    """
    try:
        return run()
    except UserError as problem:
        return say(problem.sentence, problem.exit_code)
    except KeyboardInterrupt:
        return say(interrupted, INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as problem:
        return say(_disk(problem, undone), 2)
    except Exception as problem:  # the ledger's errors speak the same way without being of this family
        if sentence := getattr(problem, "sentence", None):
            return say(sentence, getattr(problem, "exit_code", 2))
        raise


def _disk(problem: OSError, undone: str) -> str:
    name = f"「{problem.filename}」" if problem.filename else ""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"磁盘空间不够，{undone}；请腾出空间后重试。"
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"没有读写权限{name}，请检查文件夹的权限。"
    return f"读写文件失败{name}，{undone}；请检查路径和磁盘后重试。"


class Parser(argparse.ArgumentParser):
    """Errors end with exit code 2 and say where help is."""

    def error(self, message: str) -> None:
        plain = message.replace("'", "")
        notice.print(f"用法不对：{plain}。运行 {self.prog} -h 看说明。", markup=False)
        raise SystemExit(2)


class Command(Parser):
    """One command of a program; --home may stand before or after it."""

    def __init__(self, **options):
        super().__init__(**options)
        self.add_argument("--home", metavar="文件夹", default=argparse.SUPPRESS, help="数据文件夹，写在命令前面也一样")


def program(name: str, description: str) -> tuple[Parser, argparse._SubParsersAction]:
    """`python -m name`, and where its commands are added."""
    top = Parser(prog=f"python -m {name}", description=f"{description}退出码见 docs/operating.md。")
    top.add_argument("--home", metavar="文件夹", help="数据文件夹，默认是 CAMPUS_DATA 或仓库里的 data")
    return top, top.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Command)


def run(
    top: Parser,
    arguments: Sequence[str] | None,
    command: Callable[[argparse.Namespace], int],
    interrupted: str,
    undone: str,
) -> int:
    """Read what was asked and run it in the data folder it names. Returns the exit code; `interrupted`, `undone`: see _guarded."""
    asked = top.parse_args(arguments)
    if asked.home:
        os.environ["CAMPUS_DATA"] = asked.home
    return _guarded(lambda: command(asked), interrupted, undone)
