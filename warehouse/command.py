"""A command line in Chinese: its words, where results and notices are printed. Shared by every `python -m …` of ours.

argparse asks gettext for its words; ours lie in warehouse/words (messages.po, and what scripts/words.py makes of it).
`output` and `notice` are made when they are first asked for: who prints nothing loads no rich.
"""

from __future__ import annotations

import argparse
import errno
import gettext
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from warehouse.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console

    output: Console
    notice: Console

WIDE = 150  # of a table that goes into a file or a log
WORDS, LANGUAGE = Path(__file__).with_name("words"), "zh"
INTERRUPTED = 130


def __getattr__(name: str) -> Console:
    """output: results; notice: everything else, on standard error."""
    if name not in ("output", "notice"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _consoles()[name]


@cache
def _consoles() -> dict[str, Console]:
    from rich.console import Console

    return {
        "output": Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else WIDE),
        "notice": Console(stderr=True, highlight=False, emoji=False, soft_wrap=True),
    }


def say(sentence: str, code: int) -> int:
    """One sentence on standard error; hands the exit code on."""
    _consoles()["notice"].print(sentence, markup=False)
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

    def error(self, message: str) -> NoReturn:
        plain = message.replace("'", "")
        raise SystemExit(say(f"用法不对：{plain}。运行 {self.prog} -h 看说明。", 2))


class Command(Parser):
    """One command of a program; --home may stand before or after it."""

    def __init__(self, **options: Any):
        super().__init__(**options)
        self.add_argument("--home", metavar="文件夹", default=argparse.SUPPRESS, help="数据文件夹，写在命令前面也一样")


def program(name: str, description: str) -> tuple[Parser, argparse._SubParsersAction[Command]]:
    """`python -m name`, and where its commands are added."""
    gettext.bindtextdomain("messages", str(WORDS))
    os.environ["LANGUAGE"] = LANGUAGE  # whatever the machine speaks: our own words are Chinese too
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
    """Read the command line and run its command in the data folder it names. Returns the exit code.

    `interrupted`, `undone`: see _guarded.
    """
    options = top.parse_args(arguments)
    os.umask(0o077)  # builds, landed files, ledger and documents are their owner's alone
    if options.home:
        os.environ["CAMPUS_DATA"] = options.home
    return _guarded(lambda: command(options), interrupted, undone)
