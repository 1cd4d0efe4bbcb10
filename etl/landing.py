"""The landing: every file once, by the hash of its content, as protected text; typed rows are a cache beside it.

landing/records/<id>.json   what is known of a file: names, export times, sheets with their headers; written last
landing/text/<id>.parquet   its rows as text
landing/typed/<id>-<digest>.<source>.parquet and .json   typed rows and their account, by content and declaration
landing/refused/<id>.json   a file that was not taken in, and why
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from etl import sandbox
from etl.build_inputs import TYPING_CODE, Export, code_digest, digest_of
from etl.declare import Source
from etl.export_time import Moment, moment_in
from etl.landing_file import Again, Job, again, land, pack

FOLDERS = ("records", "text", "typed", "refused")


@dataclass
class Outcome:
    """What became of one file of a load. status: landed, known (the same content was there), refused."""

    path: Path
    status: str
    file_id: str = ""
    sentence: str = ""
    accounts: dict[str, dict] = field(default_factory=dict)

    @property
    def rows_read(self) -> int:
        return sum(account["rows_read"] for account in self.accounts.values())


class Landing:
    """One landing folder, or several seen as one; what is new goes into the last of them."""

    def __init__(self, *folders: Path, sources: Mapping[str, Source], key: bytes):
        self.folders, self.sources, self.key = folders, sources, key
        self.packed = pack(self.sources)
        self.code = code_digest(*TYPING_CODE)

    def records(self) -> dict[str, dict]:
        """File id → record, sorted by id; a later folder's record stands for an earlier one's."""
        found = {path.stem: path for folder in self.folders for path in (folder / "records").glob("*.json")}
        return {name: read_json(path) for name, path in sorted(found.items())}

    def refused(self) -> list[dict]:
        """Files not taken in, sorted by name."""
        found = {path.stem: path for folder in self.folders for path in (folder / "refused").glob("*.json")}
        return sorted(map(read_json, found.values()), key=lambda entry: (entry["name"], entry["file_id"]))

    def land(
        self, files: Iterable[Path], *, as_of: Moment | None, clock: datetime, done: Callable[[Outcome], None] = lambda _: None
    ) -> list[Outcome]:
        """Take in files not seen before; `done` is told of each as it is finished. Nothing raises for a bad file."""
        for name in FOLDERS:
            (self.folders[-1] / name).mkdir(parents=True, exist_ok=True)
        known, jobs, outcomes, twins = self.records(), {}, [], []
        for path in sorted(files, key=lambda path: (path.name, str(path))):
            try:
                file_id = content_id(path)
            except OSError:
                outcomes.append(Outcome(path, "refused", sentence=f"{path.name}：打不开这个文件，请检查它是否还在、有没有读取权限。"))
                done(outcomes[-1])
                continue
            if file_id in known or file_id in jobs:
                twins.append((path, file_id))
            else:
                jobs[file_id] = self._job(path, file_id, as_of, clock)
        large_first = sorted(jobs.values(), key=lambda job: (-os.path.getsize(job.path), job.name))
        for job, result in sandbox.run(land, large_first):
            outcomes.append(self._settle(job, result))
            done(outcomes[-1])
        for path, file_id in twins:
            self._seen_again(file_id, path.name)
            outcomes.append(Outcome(path, "known", file_id))
            done(outcomes[-1])
        return outcomes

    def _job(self, path: Path, file_id: str, as_of: Moment | None, clock: datetime) -> Job:
        here = self.folders[-1]
        return Job(
            str(path), path.name, file_id, self.packed, self.key, str(here / "text" / file_id),
            str(here / "typed" / f"{file_id}-new"), as_of, clock,
        )  # fmt: skip

    def _settle(self, job: Job, result: object) -> Outcome:
        path = Path(job.path)
        if not isinstance(result, dict) or "refused" in result:
            code, sentence = refusal(result)
            entry = {"file_id": job.file_id, "name": job.name, "code": code, "sentence": sentence}
            write_json(self.folders[-1] / "refused" / f"{job.file_id}.json", entry)
            return Outcome(path, "refused", job.file_id, sentence)
        record = {
            "file_id": job.file_id, "bytes": path.stat().st_size,
            "seen": [{"name": job.name, "export_time": result["export_time"], "found_in": result["found_in"]}],
            "sheets": result["sheets"],
        }  # fmt: skip
        self._keep_typed(job.typed, self._stem(record), result["accounts"])
        write_json(self.folders[-1] / "records" / f"{job.file_id}.json", record)
        for entry in (self.folders[-1] / "refused").glob("*.json"):
            if read_json(entry)["name"] == job.name:
                entry.unlink()
        return Outcome(path, "landed", job.file_id, accounts=result["accounts"])

    def _stem(self, record: dict) -> Path:
        """Where typed rows of a file lie for today's declarations and parsers."""
        names = sorted({sheet["source"] for sheet in record["sheets"]} & self.sources.keys())
        digest = digest_of([self.code, *(self.sources[name].digest for name in names)])[:12]
        return self.folders[-1] / "typed" / f"{record['file_id']}-{digest}"

    @staticmethod
    def _keep_typed(written: str, stem: Path, accounts: dict) -> None:
        for name in accounts:
            os.replace(f"{written}.{name}.parquet", f"{stem}.{name}.parquet")
        write_json(stem.with_name(stem.name + ".json"), accounts)

    def _seen_again(self, file_id: str, name: str) -> None:
        """The same content under a name with another date was exported again: that it had not changed is worth knowing."""
        moment = moment_in(name)
        place = next((f / "records" / f"{file_id}.json" for f in reversed(self.folders) if (f / "records" / f"{file_id}.json").exists()), None)
        if moment is None or moment.is_day or place is None:
            return
        record = read_json(place)
        at = moment.at.isoformat()
        if at not in {seen["export_time"] for seen in record["seen"]}:
            record["seen"].append({"name": name, "export_time": at, "found_in": "name"})
            write_json(self.folders[-1] / "records" / f"{file_id}.json", record)

    def forget_all_but(self, kept: set[str]) -> None:
        """Drop every other file from the last folder; only the demonstration, which is drawn anew, may forget."""
        for name in FOLDERS:
            for path in (self.folders[-1] / name).glob("*"):
                if name != "typed" and path.stem not in kept:
                    path.unlink()

    def exports(self, done: Callable[[int, int], None] = lambda *_: None) -> tuple[list[Export], list[dict]]:
        """Every landed file typed by today's declarations: (exports, refusals). Only what changed is typed again."""
        records = self.records()
        stale = {file_id: record for file_id, record in records.items() if not self._account_path(record).exists()}
        refused: list[dict] = []
        for position, (job, result) in enumerate(sandbox.run(again, [self._again(record) for record in stale.values()])):
            if isinstance(result, dict) and "accounts" in result:
                self._keep_typed(job.typed, self._stem(records[job.file_id]), result["accounts"])
            else:
                code, sentence = refusal(result)
                name = records[job.file_id]["seen"][-1]["name"]
                refused.append({"file_id": job.file_id, "name": name, "code": code, "sentence": f"{name}：{sentence}"})
            done(position + 1, len(stale))
        lost = {entry["file_id"] for entry in refused}
        return [e for record in records.values() if record["file_id"] not in lost for e in self._exports(record)], refused

    def _again(self, record: dict) -> Again:
        text = next(f / "text" / record["file_id"] for f in self.folders if (f / "text" / f"{record['file_id']}.parquet").exists())
        typed = self.folders[-1] / "typed" / f"{record['file_id']}-new"
        name = record["seen"][-1]["name"]
        return Again(str(text), name, record["file_id"], tuple(record["sheets"]), self.packed, self.key, str(typed))

    def _account_path(self, record: dict) -> Path:
        stem = self._stem(record)
        return next((p for f in self.folders if (p := f / "typed" / f"{stem.name}.json").exists()), stem.with_name(stem.name + ".json"))

    def _exports(self, record: dict) -> Iterator[Export]:
        path = self._account_path(record)
        named = [seen for seen in record["seen"] if seen["found_in"] == "name"] or record["seen"][:1]
        seen = sorted(named, key=lambda entry: (entry["export_time"], entry["name"]))
        times = tuple(datetime.fromisoformat(entry["export_time"]) for entry in seen)
        for source, account in sorted(read_json(path).items()):
            typed = path.with_name(f"{path.stem}.{source}.parquet")
            yield Export(record["file_id"], seen[-1]["name"], source, record["bytes"], times, typed, account)


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
