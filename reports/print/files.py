"""One document as files: every form it has and its archive, written whole or not at all."""

import hashlib
import importlib
import os
from pathlib import Path
from types import ModuleType

from reports.content import archive
from reports.content.documents import Document
from warehouse import paths

DRAWN_BY = {
    "docx": "word",
    "pptx": "slides",
    "pdf": "pdf",
    "xlsx": "excel",
}  # loaded when asked for: each brings its own library


def document(made: Document, ending: str) -> bytes:
    """One file of a document: docx, pptx, pdf, xlsx or json. Raises NoChineseFont in words."""
    if ending == "json":
        return archive.frozen(made)
    drawn = _drawer(ending)
    if ending != "docx":
        return drawn.document(made)
    template = paths.school() / f"{made.NAME}.docx"
    return drawn.document(made, template if template.is_file() else None)


def name_of(made: Document) -> str:
    """The files' name without its ending: what it is about and the beginning of the digest, so that nothing printed is
    overwritten by something else."""
    return f"{made.stem}_{made.digest[:8]}"


def write(made: Document, folder: Path) -> list[tuple[Path, str]]:
    """All files or none, each whole; (path, first 16 hex digits of its SHA-256) of each."""
    contents = {ending: document(made, ending) for ending in (*made.ENDINGS.values(), "json")}
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for ending, content in contents.items():
        path = folder / f"{name_of(made)}.{ending}"
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(content)
        os.replace(beside, path)
        written.append((path, hashlib.sha256(content).hexdigest()[:16]))
    return written


def ready(kind: type[Document]) -> None:
    """Load what draws the documents while the other process computes; a machine without a font is told at once."""
    for ending in kind.ENDINGS.values():
        _drawer(ending)
    importlib.import_module("reports.print.fonts").chosen()


def _drawer(ending: str) -> ModuleType:
    return importlib.import_module(f"reports.print.{DRAWN_BY[ending]}")
