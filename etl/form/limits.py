"""What one file may cost to read, and the sentence when it will not be read."""

from dataclasses import dataclass

from warehouse.errors import UserError


class Refused(UserError):
    """A file that will not be read: one Chinese sentence with the file's name and the remedy."""


@dataclass(frozen=True)
class Limits:
    """Bounds of one file. Bytes are bytes, cells are rows × columns of the box around a sheet's content."""

    file_bytes: int = 400 << 20
    zip_entries: int = 2000
    unpacked_bytes: int = 600 << 20
    unpacked_ratio: int = 150  # looked at only above 100 MB unpacked: small files may compress as they like
    cells: int = 20_000_000
    columns: int = 4000
    json_depth: int = 32
