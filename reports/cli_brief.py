"""brief: one week → Word, slides, PDF and the archive they can be printed from again."""

import hashlib
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

from reports import archive
from reports.documents import Brief
from warehouse import paths
from warehouse.command import notice, output
from warehouse.errors import UserError

FINE, SOME_FAILED = 0, 3
KINDS = {"Word": "docx", "幻灯片": "pptx", "PDF": "pdf"}


class NotComputed(UserError):
    """What the computing process said was wrong; carries its exit code."""

    def __init__(self, sentence: str, code: int):
        super().__init__(sentence)
        self.exit_code = code


def brief(week: str | None, build: str | None, kept: str | None, folder: str) -> int:
    """Write the four files and print path and digest of each. Returns an exit code."""
    made = reprinted(kept, week, build) if kept else apart(week, build)
    written = write(made, Path(folder))
    output.print(f"{made.campus} {made.title}：{made.week_label}，{made.filters}。", markup=False)
    output.print(f"构建 {made.build}，内容指纹 {made.digest}。", markup=False)
    for path, digest in written:
        output.print(f"{path}  {digest}", markup=False, soft_wrap=True)
    for caution in made.cautions:
        notice.print(f"注意：{caution.text}", markup=False)
    failed = [section for section in made.sections if section.failure]
    for section in failed:
        notice.print(f"「{section.title}」没有内容：{section.failure}", markup=False)
    return SOME_FAILED if failed else FINE


def apart(week: str | None, build: str | None) -> Brief:
    """The brief, computed in a process of its own. Raises what that one found wrong, in the same words."""
    found = os.pathsep.join([str(paths.REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "reports.compute", week or "", build or ""]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": found}) as process:
        try:
            _ready()
            content, _ = process.communicate()
        except BaseException:
            process.kill()
            raise
    if process.returncode == 0:
        return archive.thawed(content)
    try:
        sentence = json.loads(content)["sentence"]
    except (ValueError, KeyError):
        sentence = "简报没有算出来：计算中途停止，可能是内存不够；数据没有被改动，请腾出内存后重试，仍不行时把上面的记录交给管理员。"
    raise NotComputed(sentence, process.returncode if process.returncode > 1 else 2)


def _ready() -> None:
    """Load what draws the documents while the other process computes; a machine without a font is told at once."""
    for name in ("word", "slides", "pdf"):
        importlib.import_module(f"reports.{name}")
    importlib.import_module("reports.fonts").chosen()


def reprinted(kept: str, week: str | None, build_name: str | None) -> Brief:
    """The brief an archive holds, as it was. Raises Unreadable in words."""
    if week or build_name:
        raise archive.Unreadable("--from 原样重印存档，不能再与 --week、--build 同时用。")
    path = Path(kept)
    if not path.is_file():
        raise archive.Unreadable(f"没有这个存档：{kept}，请核对路径。")
    return archive.thawed(path.read_bytes(), path.name)


def document(made: Brief, ending: str) -> bytes:
    """One file of a brief: docx, pptx, pdf or json. Raises NoChineseFont in words."""
    if ending == "json":
        return archive.frozen(made)
    if ending == "docx":
        from reports import word

        template = paths.school() / "brief.docx"
        return word.document(made, template if template.is_file() else None)
    if ending == "pptx":
        from reports import slides

        return slides.document(made)
    from reports import pdf

    return pdf.document(made)


def name_of(made: Brief) -> str:
    """The files' name without its ending: week and the beginning of the digest, so that nothing printed is overwritten by something else."""
    year, week, _ = made.week_start.isocalendar()
    return f"周简报_{year}-W{week:02d}_{made.digest[:8]}"


def write(made: Brief, folder: Path) -> list[tuple[Path, str]]:
    """All files or none, each whole; (path, first 16 hex digits of its SHA-256) of each."""
    contents = {ending: document(made, ending) for ending in (*KINDS.values(), "json")}
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for ending, content in contents.items():
        path = folder / f"{name_of(made)}.{ending}"
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(content)
        os.replace(beside, path)
        found.append((path, hashlib.sha256(content).hexdigest()[:16]))
    return found
