"""The school's own tables in data/school: read anew for every build by the same reader,
typed rows kept beside the landing."""

from pathlib import Path

from etl.form.digest import READING_ROOMS, code_digest, digest_of
from etl.landing.export import LONG_AGO, Export
from etl.landing.jobs import Job, pack
from etl.landing.store import Store, content_id, read_json, refusal, write_json
from warehouse import paths
from warehouse.errors import UserError

PATTERNS = ("*.csv", "*.xlsx")


class SchoolFiles:
    """What lies in data/school today."""

    def __init__(self, store: Store):
        self.store = store
        self.files = sorted(path for pattern in PATTERNS for path in paths.school().glob(pattern) if path.is_file())
        self.ids = {path: content_id(path) for path in self.files}
        self.sources = {name: source for name, source in store.sources.items() if source.kind == "dimension"}
        declared = {name: source.digest for name, source in self.sources.items()}
        self.digest = digest_of([code_digest(READING_ROOMS), declared])[:12]

    def jobs(self) -> list[Job]:
        """Files not yet typed by today's declarations."""
        packed = pack(self.sources)
        return [
            Job(
                str(path),
                path.name,
                self.ids[path],
                packed,
                self.store.key,
                None,
                str(self._stem(path)),
                None,
            )
            for path in self.files
            if self._account(path) is None
        ]

    def settle(self, job: Job, result: object) -> None:
        """Keep what a child answered. A file no source fits is noted;
        one that cannot be used stops the build: UserError."""
        if isinstance(result, dict) and ("accounts" in result or result["code"] == "unknown_file"):
            kept = {"accounts": result.get("accounts", {}), "refused": result.get("refused")}
            write_json(Path(f"{job.typed}.json"), kept)
        else:
            raise UserError(f"data/school 里的文件不能用：{refusal(result)[1]}")

    def exports(self) -> list[Export]:
        """Typed rows of every file, oldest of all exports."""
        return [export for path in self.files for export in self._exports(path)]

    def refused(self) -> list[dict]:
        """Files no source fits."""
        answers = [(path, (self._account(path) or (None, {}))[1].get("refused")) for path in self.files]
        return [
            {"file_id": self.ids[path], "name": f"school/{path.name}", "code": "unknown_file", "sentence": sentence}
            for path, sentence in answers
            if sentence
        ]

    def _stem(self, path: Path) -> Path:
        return self.store.folders[-1] / "typed" / f"{self.ids[path]}-{self.digest}-school"

    def _account(self, path: Path) -> tuple[Path, dict] | None:
        name = self._stem(path).name
        for folder in self.store.folders:
            if (folder / "typed" / f"{name}.json").exists():
                return folder / "typed" / name, read_json(folder / "typed" / f"{name}.json")
        return None

    def _exports(self, path: Path) -> list[Export]:
        stem, kept = self._account(path) or (self._stem(path), {"accounts": {}})
        return [
            Export(
                self.ids[path],
                f"school/{path.name}",
                source,
                path.stat().st_size,
                (LONG_AGO,),
                stem.with_name(f"{stem.name}.{source}.parquet"),
                account | {"origin": "school"},
            )
            for source, account in sorted(kept["accounts"].items())
        ]
