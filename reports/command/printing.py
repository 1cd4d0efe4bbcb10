"""One document → its files and the archive they can be printed from again: computed apart, drawn here, written whole
or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

from reports.content import archive
from reports.content.documents import Document
from reports.print import files
from warehouse import paths
from warehouse.command import notice, output
from warehouse.errors import UserError

FINE, SOME_FAILED = 0, 3


class NotComputed(UserError):
    """What the computing process said was wrong; carries its exit code."""

    def __init__(self, sentence: str, code: int):
        super().__init__(sentence)
        self.exit_code = code


def run(kind: type[Document], what: str | None, build: str | None, kept: str | None, folder: str) -> int:
    """Write every form of a document and its archive, and print path and digest of each. Returns an exit code.

    `what`: the week or period it is about, `kept`: the archive to print again instead of computing."""
    made = reprinted(kind, kept, what, build) if kept else apart(kind, what, build)
    written = files.write(made, Path(folder))
    output.print(f"{made.campus} {made.title}：{made.label}，{made.filters}。", markup=False)
    output.print(f"构建 {made.build}，内容指纹 {made.digest}。", markup=False)
    for path, digest in written:
        output.print(f"{path}  {digest}", markup=False, soft_wrap=True)
    for caution in made.cautions:
        notice.print(f"注意：{caution.text}", markup=False)
    for words in dict.fromkeys(f"「{section.title}」没有内容：{section.failure}" for section in made.failures):
        notice.print(words, markup=False)
    return SOME_FAILED if made.failures else FINE


def apart(kind: type[Document], what: str | None, build: str | None) -> Document:
    """A document, computed in a process of its own. Raises what that one found wrong, in the same words."""
    search_path = os.pathsep.join([str(paths.REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "reports.command.compute", kind.NAME, what or "", build or ""]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": search_path}
    ) as process:
        try:
            files.ready(kind)
            content, _ = process.communicate()
        except BaseException:
            process.kill()
            raise
    if process.returncode == 0:
        return archive.thawed(content, wanted=kind)
    try:
        sentence = json.loads(content)["sentence"]
    except (ValueError, KeyError):
        sentence = (
            f"{kind.TITLE}没有算出来：计算中途停止，可能是内存不够；数据没有被改动，请腾出内存后重试，"
            "仍不行时把上面的记录交给管理员。"
        )
    raise NotComputed(sentence, process.returncode if process.returncode > 1 else 2)


def reprinted(kind: type[Document], kept: str, what: str | None, build: str | None) -> Document:
    """The document an archive holds, as it was. Raises Unreadable in words."""
    if what or build:
        raise archive.Unreadable(f"--from 原样重印存档，不能再与 {kind.OPTIONS}、--build 同时用。")
    path = Path(kept)
    if not path.is_file():
        raise archive.Unreadable(f"没有这个存档：{kept}，请核对路径。")
    return archive.thawed(path.read_bytes(), path.name, kind)
