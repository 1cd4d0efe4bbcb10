"""What a thing is known by: hashes of plain values, of a file's content, and of the code that makes a build."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

ETL = Path(__file__).resolve().parents[1]

# Whole folders, so that a new file cannot be forgotten. What types a cell of landed text; what reads a file as well;
# what else goes into a build on the way.
TYPING_ROOMS = ("form", "privacy", "typing", "landing")
READING_ROOMS = (*TYPING_ROOMS, "reading")
BUILD_ROOMS = (*READING_ROOMS, "places", "declare", "clocks", "build")


def digest_of(content: object) -> str:
    """sha256 hex of a structure of plain values."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """sha256 hex of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def code_digest(rooms: tuple[str, ...]) -> str:
    """Over every file of these rooms of etl: mended code makes a new build,
    and a mended parser types everything again."""
    files = [path for room in rooms for path in (ETL / room).rglob("*") if path.suffix in {".py", ".toml"}]
    return digest_of([[path.relative_to(ETL).as_posix(), _of_code(path)] for path in sorted(files)])


def _of_code(path: Path) -> str:
    """A load asks seven times for the same two hundred files: read again only where they have changed."""
    stat = path.stat()
    return _of_version(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4096)
def _of_version(path: Path, changed: int, size: int) -> str:
    return file_digest(path)
