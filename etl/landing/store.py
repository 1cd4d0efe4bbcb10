"""The landing folder itself: where things lie, and what is known of each file.

landing/records/<id>.json   what is known of a file: names, export times, sheets with their headers; written last
landing/text/<id>.parquet   its rows as text
landing/typed/<id>-<digest>.<source>.parquet and .json   typed rows and their account, by content and declaration
landing/refused/<id>.json   a file that was not taken in, and why
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from etl.form.digest import TYPING_ROOMS, code_digest, digest_of
from etl.form.model import Source
from etl.landing.export import NOBODY_SAID, Export, reach_of

FOLDERS = ("records", "text", "typed", "refused")


class Store:
    """One landing folder, or several seen as one; what is new goes into the last of them."""

    def __init__(self, *folders: Path, sources: Mapping[str, Source], key: bytes):
        self.folders, self.sources, self.key = folders, sources, key
        self.code = code_digest(TYPING_ROOMS)

    def make_folders(self) -> None:
        """The last folder, ready to be written to; what an interrupted load left half-done goes."""
        for name in FOLDERS:
            (self.folders[-1] / name).mkdir(parents=True, exist_ok=True)
        for path in [*(self.folders[-1] / "typed").glob("*-new.*"), *self.folders[-1].glob("*/.*.new")]:
            path.unlink(missing_ok=True)

    def records(self) -> dict[str, dict]:
        """File id → record, sorted by id; a later folder's record stands for an earlier one's."""
        return {name: read_json(path) for name, path in sorted(self._files("records").items())}

    def refused(self) -> list[dict]:
        """Files not taken in, sorted by name."""
        return sorted(
            map(read_json, self._files("refused").values()), key=lambda entry: (entry["name"], entry["file_id"])
        )

    def _files(self, kind: str) -> dict[str, Path]:
        return {path.stem: path for folder in self.folders for path in (folder / kind).glob("*.json")}

    def find(self, kind: str, name: str) -> Path | None:
        """A file of that name in the last folder that has it."""
        return next((path for folder in reversed(self.folders) if (path := folder / kind / name).exists()), None)

    def write_record(self, record: dict) -> None:
        """From now on the file counts as landed."""
        write_json(self.folders[-1] / "records" / f"{record['file_id']}.json", record)

    def refuse(self, file_id: str, name: str, code: str, sentence: str) -> None:
        """Keep why a file was not taken in."""
        entry = {"file_id": file_id, "name": name, "code": code, "sentence": sentence}
        write_json(self.folders[-1] / "refused" / f"{file_id}.json", entry)

    def refusals_of(self, name: str) -> list[dict]:
        """Files of this name that were not taken in."""
        entries = (read_json(path) for path in sorted((self.folders[-1] / "refused").glob("*.json")))
        return [entry for entry in entries if entry["name"] == name]

    def forgive(self, name: str) -> None:
        """A file of this name has landed: its refusals are of no interest any more."""
        for path in (self.folders[-1] / "refused").glob("*.json"):
            if read_json(path)["name"] == name:
                path.unlink()

    def stem(self, record: dict) -> str:
        """What typed rows of a file are called by today's declarations and parsers."""
        names = sorted({sheet["source"] for sheet in record["sheets"]} & self.sources.keys())
        return f"{record['file_id']}-{digest_of([self.code, *(self.sources[name].digest for name in names)])[:12]}"

    def keep_typed(self, written: str, record: dict, accounts: dict) -> None:
        """Move a child's Parquet to its name; the account, written last, says that it is there."""
        stem = self.folders[-1] / "typed" / self.stem(record)
        for name in accounts:
            os.replace(f"{written}.{name}.parquet", f"{stem}.{name}.parquet")
        write_json(stem.with_name(f"{stem.name}.json"), accounts)

    def account(self, record: dict) -> Path | None:
        """The account of a file's typed rows, None while they must be made, or made again after a power cut."""
        path = self.find("typed", f"{self.stem(record)}.json")
        whole = path is not None and all(
            _is_whole(path.with_name(f"{path.stem}.{name}.parquet")) for name in read_json(path)
        )
        return path if whole else None

    def exports_of(self, record: dict) -> Iterator[Export]:
        """One Export for every source in a file whose typed rows are there."""
        path = self.account(record)
        if path is None:
            raise FileNotFoundError(f"typed rows of {record['file_id']}")
        accounts = read_json(path)
        named = [seen for seen in record["seen"] if seen["found_in"] in ("name", "set")] or record["seen"][:1]
        seen = sorted(named, key=lambda entry: (entry["export_time"], entry["name"]))
        times = tuple(datetime.fromisoformat(entry["export_time"]) for entry in seen)
        is_guessed = seen[0]["found_in"] == "content"
        if is_guessed:  # of the rows as they are typed today
            times = (reach_of(accounts.values()) or reach_of(accounts.values(), "planned") or NOBODY_SAID,)
        said = (datetime.fromisoformat(e["export_time"]) for e in seen if e["found_in"] in ("set", "as_of"))
        confirmed = tuple(said)
        for source, account in sorted(accounts.items()):
            typed = path.with_name(f"{path.stem}.{source}.parquet")
            yield Export(
                record["file_id"],
                seen[-1]["name"],
                source,
                record["bytes"],
                times,
                typed,
                account,
                is_guessed,
                confirmed,
                record.get("sequence", 0),
            )


def _is_whole(path: Path) -> bool:
    """Whether a Parquet file is there to its end."""
    try:
        with path.open("rb") as file:
            file.seek(-4, os.SEEK_END)
            return file.read() == b"PAR1"
    except OSError:
        return False


def refusal(result: object) -> tuple[str, str]:
    """(code, sentence) of a child's refusal or of the sandbox's."""
    if isinstance(result, dict):
        return result["code"], result["refused"]
    return "unreadable_file", getattr(result, "sentence", str(result))


def content_id(path: Path) -> str:
    """First 16 hex digits of the content's sha256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def read_json(path: Path) -> dict:
    """A small record."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path: Path, content: dict) -> None:
    """Whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, separators=(",", ":"))
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
