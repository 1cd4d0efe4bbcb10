"""Landing: every file once, by the hash of its content; reading, protecting and typing happen in child processes.

One run of the children does all there is to do: new files, landed text that newer declarations type again, the
school's tables.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from etl.form.export_time import Moment, moment_in, undated
from etl.form.text import readable
from etl.landing.doorstep import no_export
from etl.landing.export import NOBODY_SAID, Export
from etl.landing.jobs import Job, TypeAgain, pack
from etl.landing.school_files import SchoolFiles
from etl.landing.store import FOLDERS, Store, content_id, read_json, refusal
from etl.landing.withdrawing import sentence, withdrawn
from etl.landing.work import work
from etl.sandbox import children
from warehouse.errors import UserError


@dataclass
class LoadedFile:
    """What became of one file of a load. status: landed, known (the same content was there), refused."""

    path: Path
    status: str
    file_id: str = ""
    sentence: str = ""
    accounts: dict[str, dict] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name as it is said and stored."""
        return readable(self.path.name)

    @property
    def rows_read(self) -> int:
        return sum(account["rows_read"] for account in self.accounts.values())


class Landing(Store):
    """The landing with its children at work."""

    def land(
        self,
        files: Iterable[Path],
        *,
        as_of: Moment | None,
        is_set: bool = False,
        again: bool = False,
        done: Callable[[LoadedFile], None] = lambda _: None,
    ) -> list[LoadedFile]:
        """Take in files not seen before; `done` is told of each as it is finished.
        A bad file never raises, a full disk does.

        as_of: when a file was exported that does not say so itself. is_set: said of these very files, whatever they
        say and whether or not they were taken in before. again: take in even what was withdrawn.
        """
        self.make_folders()
        outcomes: list[LoadedFile] = []

        def tell(outcome: LoadedFile) -> None:
            outcomes.append(outcome)
            done(outcome)

        fresh, twins = self._sorted_out(files, tell, is_set, again)
        jobs = [
            self._job(path, file_id, as_of, is_set, sequence)
            for sequence, (file_id, path) in enumerate(fresh.items(), self._next())
        ]
        self._work(jobs, lambda job, result: tell(self._settle(job, result)))
        refused = {outcome.file_id: outcome for outcome in outcomes if outcome.status == "refused"}
        for path, file_id in twins:
            if first := refused.get(file_id):
                tell(LoadedFile(path, "refused", file_id, first.sentence.replace(first.name, readable(path.name))))
                continue
            self._seen_again(file_id, readable(path.name))
            tell(LoadedFile(path, "known", file_id))
        return outcomes

    def exports(self, done: Callable[[int, int], None] = lambda *_: None) -> tuple[list[Export], list[dict]]:
        """Everything landed and the school's tables, typed by today's declarations: (exports, refusals)."""
        self.make_folders()
        unusable = self._work([], done=done)
        school = SchoolFiles(self)
        lost = {entry["file_id"] for entry in unusable}
        landed = [
            export
            for file_id, record in self.records().items()
            if file_id not in lost
            for export in self.exports_of(record)
        ]
        unsaid = self._unsaid(landed)
        left = {entry["file_id"] for entry in unsaid}
        landed = [export for export in landed if export.file_id not in left]
        return [*landed, *school.exports()], [*self.refused(), *unusable, *unsaid, *school.refused()]

    def _work(
        self,
        fresh: list[Job],
        settle: Callable[[Job, object], None] = lambda *_: None,
        done: Callable[[int, int], None] = lambda *_: None,
    ) -> list[dict]:
        """Run the children over new files and whatever is not typed yet; refusals of the latter are returned."""
        school, records = SchoolFiles(self), self.records()
        stale = [self._again(record) for record in records.values() if self.account(record) is None]
        refused: list[dict] = []
        waiting: list[tuple[Job | TypeAgain, Callable[[object], None]]] = [(job, partial(settle, job)) for job in fresh]
        waiting += [(job, partial(self._settle_again, records, refused, job)) for job in stale]
        waiting += [(job, partial(school.settle, job)) for job in school.jobs()]
        waiting.sort(key=lambda entry: -_size(entry[0]))  # so that no child is left with the largest at the end
        settlers = {id(job): settler for job, settler in waiting}
        jobs = [job for job, _ in waiting]
        for count, (job, result) in enumerate(children.run(work, jobs), 1):
            if isinstance(result, dict) and "stop" in result:
                raise UserError(result["stop"])
            settlers[id(job)](result)
            done(count, len(jobs))
        return refused

    def _sorted_out(
        self, files: Iterable[Path], tell: Callable[[LoadedFile], None], is_set: bool, again: bool
    ) -> tuple[dict[str, Path], list[tuple[Path, str]]]:
        """(new content by id, files whose content is there already); a file that cannot be opened is refused here."""
        known, fresh, twins = self.records(), {}, []
        back = {} if again else withdrawn(self)
        for path in sorted(files, key=lambda path: (path.name, str(path))):
            if why := no_export(path):
                tell(LoadedFile(path, "refused", sentence=f"{readable(path.name)}：{why}"))
                continue
            try:
                file_id = content_id(path)
            except OSError:
                words = f"{readable(path.name)}：打不开这个文件，请检查它是否还在、有没有读取权限。"
                tell(LoadedFile(path, "refused", sentence=words))
                continue
            if file_id in back:
                tell(LoadedFile(path, "refused", file_id, sentence(readable(path.name), back[file_id])))
            elif (file_id in known and not is_set) or file_id in fresh:
                twins.append((path, file_id))
            else:
                fresh[file_id] = path
        return fresh, twins

    def _next(self) -> int:
        """Number of the next landing; files landed together are numbered by name, whichever child is done first."""
        return 1 + max((record.get("sequence", 0) for record in self.records().values()), default=0)

    def _job(self, path: Path, file_id: str, as_of: Moment | None, is_set: bool, sequence: int) -> Job:
        here = self.folders[-1]
        text, typed = str(here / "text" / file_id), str(here / "typed" / f"{file_id}-new")
        return Job(str(path), readable(path.name), file_id, self.packed, self.key, text, typed, as_of, is_set, sequence)

    def _again(self, record: dict) -> TypeAgain:
        text = self.find("text", f"{record['file_id']}.parquet") or self.folders[-1] / "text" / record["file_id"]
        typed = self.folders[-1] / "typed" / f"{record['file_id']}-new"
        name = record["seen"][-1]["name"]
        return TypeAgain(
            str(text.with_suffix("")),
            name,
            record["file_id"],
            tuple(record["sheets"]),
            self.packed,
            self.key,
            str(typed),
        )

    @property
    def packed(self) -> bytes:
        """The declarations as children take them."""
        if not hasattr(self, "_packed"):
            self._packed = pack(self.sources)
        return self._packed

    def _settle(self, job: Job, result: object) -> LoadedFile:
        path = Path(job.path)
        if not isinstance(result, dict) or "refused" in result:
            code, words = refusal(result)
            words = words.replace(path.name, job.name)
            for part in Path(job.typed).parent.glob(f"{Path(job.typed).name}.*"):
                part.unlink()
            self.refuse(job.file_id, job.name, code, words)
            return LoadedFile(path, "refused", job.file_id, words)
        record = {
            "file_id": job.file_id,
            "sequence": job.sequence,
            "bytes": path.stat().st_size,
            "seen": self._seen(job, result),
            "sheets": result["sheets"],
            "forgiven": self._forgiven(job),
        }
        self.keep_typed(job.typed, record, result["accounts"])
        self.write_record(record)
        self.forgive(job.name)
        return LoadedFile(path, "landed", job.file_id, accounts=result["accounts"])

    def _seen(self, job: Job, result: dict) -> list[dict]:
        """Under which names and export times a content is known once this is settled."""
        at, place = result["export_time"], self.find("records", f"{job.file_id}.json")
        if result["found_in"] == "nothing":  # of tables that nobody dated the one that came last counts
            nobody = sum(record["seen"][0]["found_in"] == "nothing" for record in self.records().values())
            at = (NOBODY_SAID + timedelta(minutes=nobody)).isoformat()
        before = read_json(place)["seen"] if place else []
        kept = [entry for entry in before if entry["name"] != job.name and entry["found_in"] in ("name", "set")]
        return [*kept, {"name": job.name, "export_time": at, "found_in": result["found_in"]}]

    def _forgiven(self, job: Job) -> list[dict]:
        """Refusals of other contents that this landing makes forgotten: known again should it be withdrawn."""
        place = self.find("records", f"{job.file_id}.json")
        before = read_json(place).get("forgiven", []) if place else []
        return [*before, *(entry for entry in self.refusals_of(job.name) if entry["file_id"] != job.file_id)]

    def _unsaid(self, landed: list[Export]) -> list[dict]:
        """Refusals of records taken in when the clock still said when; nothing else does."""
        names = {
            export.file_id: export.name
            for export in landed
            if export.is_guessed and export.exported_at is None and export.account["rows_read"]
            if self.sources[export.source].kind == "facts"
        }
        return [
            {"file_id": file_id, "name": name, "code": "no_date", "sentence": undated(name)}
            for file_id, name in names.items()
        ]

    def _settle_again(self, records: dict[str, dict], refused: list[dict], job: TypeAgain, result: object) -> None:
        if isinstance(result, dict) and "accounts" in result:
            self.keep_typed(job.typed, records[job.file_id], result["accounts"])
            return
        code, words = refusal(result)
        refused.append({"file_id": job.file_id, "name": job.name, "code": code, "sentence": f"{job.name}：{words}"})

    def _seen_again(self, file_id: str, name: str) -> None:
        """The same content under a name with another time was exported again:
        that it had not changed is worth knowing."""
        moment, place = moment_in(name), self.find("records", f"{file_id}.json")
        if moment is None or moment.is_day or place is None:
            return
        record = read_json(place)
        at = moment.at.isoformat()
        if at not in {seen["export_time"] for seen in record["seen"]}:
            record["seen"].append({"name": name, "export_time": at, "found_in": "name"})
            self.write_record(record)

    def forget_all_but(self, kept: set[str]) -> None:
        """Drop every other file from the last folder; only the demonstration, which is drawn anew, may forget."""
        for name in FOLDERS:
            for path in (self.folders[-1] / name).glob("*"):
                if name != "typed" and path.stem not in kept:
                    path.unlink()


def _size(job: Job | TypeAgain) -> int:
    return Path(job.path if isinstance(job, Job) else f"{job.text}.parquet").stat().st_size
