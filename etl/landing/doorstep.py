"""What is turned away before anything opens it."""

from pathlib import Path


def no_export(path: Path) -> str | None:
    """Why a path is no file to read, before anything opens it: a pipe would keep its reader waiting for ever."""
    if path.name.startswith(("~$", ".~lock.")):
        return "这是表格打开时留下的临时锁文件，不是记录；关闭表格后请放进原来的文件。"
    if path.exists() and not path.is_file():
        return "这不是普通的文件，没有读取；请把导出的文件本身放进来。"
    return None
