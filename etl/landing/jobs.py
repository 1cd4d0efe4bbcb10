"""What a child process is asked to do, in shapes that travel; light, since the parent imports them too."""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from etl.form.export_time import Moment
from etl.form.model import Source


@dataclass(frozen=True)
class Job:
    """Read one file. sources: pack()ed; text, typed: where Parquet goes, without the ending;
    text None: nothing is landed. is_set: as_of is a person's word on this very file.
    sequence: which landing this is, counted in order of the files' names."""

    path: str
    name: str
    file_id: str
    sources: bytes
    key: bytes
    text: str | None
    typed: str
    as_of: Moment | None
    is_set: bool = False
    sequence: int = 0

    @property
    def file(self) -> Path:
        """What is read: its size decides how much memory and time the child gets."""
        return Path(self.path)


@dataclass(frozen=True)
class TypeAgain:
    """Type landed text once more by today's declarations. sheets: as recorded at landing."""

    text: str
    name: str
    file_id: str
    sheets: tuple[dict, ...]
    sources: bytes
    key: bytes
    typed: str

    @property
    def file(self) -> Path:
        """What is read: its size decides how much memory and time the child gets."""
        return Path(f"{self.text}.parquet")


def pack(sources: Mapping[str, Source]) -> bytes:
    """Declarations for the way into a child, which unpacks the same ones once."""
    return pickle.dumps(dict(sources))


@lru_cache(maxsize=4)
def unpack(packed: bytes) -> dict[str, Source]:
    """The other end of pack()."""
    return pickle.loads(packed)
