"""Declared sources: TOML files → frozen Source objects. What a school may edit is checked here, with file and line."""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from etl.declare.check import Check
from etl.form.digest import ETL
from etl.form.model import Column, Dialect, Source
from warehouse import paths


def default_folders() -> list[Path]:
    """The product's sources, then the school's own, which override by name."""
    return [ETL / "sources", paths.school() / "sources"]


def load_sources(folders: Iterable[Path] | None = None) -> dict[str, Source]:
    """All sources by name, sorted; a later folder overrides an earlier one. Raises DeclarationError."""
    found: dict[str, Source] = {}
    for folder in default_folders() if folders is None else folders:
        for path in sorted(Path(folder).glob("*.toml")):
            found[path.stem] = load_source(path)
    return dict(sorted(found.items()))


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
    check.everything(content)
    source = _build(content, path)
    for position, column in enumerate(source.columns):
        check.constant(position, column, source.dialect)
    return source


def _build(content: dict, path: Path) -> Source:
    head = {key: tuple(value) if isinstance(value, list) else value for key, value in content["source"].items()}
    dialect = dict(head.pop("dialect", {}))
    dialect["null"] = tuple(dialect.get("null", ()))
    columns = tuple(_column(block) for block in content["column"])
    source = Source(**head, dialect=Dialect(**dialect), columns=columns, path=str(path))
    return replace(source, digest=_digest(source))


def _column(block: dict) -> Column:
    fields = {key: tuple(value) if key in ("aliases", "zero") else value for key, value in block.items()}
    allowed = fields.get("allowed", {})
    pairs = allowed.items() if isinstance(allowed, dict) else ((value, ()) for value in allowed)
    fields["allowed"] = tuple((canonical, tuple(spellings)) for canonical, spellings in pairs)
    return Column(**fields)


def _digest(source: Source) -> str:
    content = {key: value for key, value in vars(source).items() if key not in ("digest", "path", "system")}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=vars)
    return hashlib.sha256(canonical.encode()).hexdigest()
