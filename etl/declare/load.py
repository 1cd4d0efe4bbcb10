"""Declared sources: TOML files → frozen Source objects. What a school may edit is checked here, with file and line."""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from msgspec.structs import asdict

from etl.declare.check import Check
from etl.declare.shapes import Blocks, ColumnBlock
from etl.form.digest import ETL
from etl.form.model import Column, Dialect, Source
from warehouse import paths


def default_folders() -> list[Path]:
    """The product's sources, then the school's own, which override by name."""
    return [ETL / "sources", paths.school() / "sources"]


def load_sources(folders: Iterable[Path] | None = None) -> dict[str, Source]:
    """All sources by name, sorted; a later folder overrides an earlier one. Raises DeclarationError."""
    sources: dict[str, Source] = {}
    for folder in default_folders() if folders is None else folders:
        for path in sorted(Path(folder).glob("*.toml")):
            sources[path.stem] = load_source(path)
    return dict(sorted(sources.items()))


def load_source(path: Path) -> Source:
    """One declaration, checked. Raises DeclarationError with file and line."""
    check = Check(path)
    check.read()
    return _checked(path, check.text)


@lru_cache(maxsize=256)
def _checked(path: Path, text: str) -> Source:
    """The same text is the same declaration: one program reads the standard ones several times."""
    check = Check(path)
    check.text = text
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise check.bad_toml(problem) from None
    source = _build(check.everything(content), path)
    for position, column in enumerate(source.columns):
        check.constant(position, column, source.dialect)
    return source


def _build(blocks: Blocks, path: Path) -> Source:
    values = asdict(blocks.source) | {"dialect": Dialect(**asdict(blocks.dialect)), "path": str(path)}
    source = Source(**values, columns=tuple(map(_column, blocks.columns)))
    return replace(source, digest=_digest(source))


def _column(block: ColumnBlock) -> Column:
    values = asdict(block) | {"allowed": tuple(block.spellings.items()), "zero": block.zero or ()}
    return Column(**values)


def _digest(source: Source) -> str:
    content = {key: value for key, value in vars(source).items() if key not in ("digest", "path", "system")}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=vars)
    return hashlib.sha256(canonical.encode()).hexdigest()
