"""A build is a pure function of what was landed, the declarations and what the school keeps. Published whole or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

import warehouse
from etl import sandbox
from etl.build_accounts import account_for
from etl.build_feeds import feeds_of, load_dimensions, load_facts, resolve_places, separate_twins
from etl.build_inputs import ETL, Export, Inputs, digest_of, file_digest
from etl.build_models import define_moment, discover, gate, run_models
from etl.build_settings import load_settings
from etl.build_typed import load_typed
from etl.declare import Source, load_sources
from etl.export_time import Moment
from etl.landing import Landing, content_id, read_json, refusal, write_json
from etl.landing_file import Job, land, pack
from warehouse import paths
from warehouse.errors import NoBuild, UserError

LONG_AGO = datetime(1970, 1, 1)  # the school's own tables give way to any landed export of the same dimension
SCHOOL_FILES = ("*.csv", "*.xlsx", "*.toml", "models/*.sql", "models/health/*.sql", "checks/*.sql")


def gather(landing: Landing, origin: str, as_of: Moment | None = None, done: Callable[[int, int], None] = lambda *_: None) -> Inputs:
    """Everything one build may know. Raises NoBuild when no record of any fact has been landed."""
    exports, unusable = landing.exports(done)
    exports = [kept for export in exports if (kept := _until(export, as_of)) is not None]
    facts = [at for export in exports if landing.sources[export.source].kind == "facts" for at in export.times]
    if not facts:
        raise NoBuild("还没有装载过任何记录，请把导出的文件放进 data/inbox 后运行 python -m etl load。")
    school, unknown = school_exports(landing)
    everything = sorted([*exports, *school], key=lambda e: (e.times, e.file_id, e.source))
    return Inputs(
        sources=dict(landing.sources), exports=tuple(everything), refused=(*landing.refused(), *unusable, *unknown),
        models=discover("models"), checks=discover("checks"), settings=load_settings(paths.school()), data_date=max(facts),
        origin=origin, school_digest=school_digest(), standard=load_sources([ETL / "sources"]),
    )  # fmt: skip


def build(inputs: Inputs, step: Callable[[str], None] = lambda _: None) -> warehouse.Build | None:
    """Publish, or None when the current build is already made of the very same. Call inside warehouse.publishing.exclusive()."""
    digest = inputs.digest
    now = warehouse.current()
    if now is not None and now.digest == digest and now.path.exists():
        return None
    return warehouse.publish(
        lambda connection: make(connection, inputs, step), lambda connection: gate(connection, inputs.checks),
        name=f"{inputs.data_date:%Y%m%dT%H%M}-{digest[:12]}", data_date=inputs.data_date, origin=inputs.origin, digest=digest,
    )  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection, inputs: Inputs, step: Callable[[str], None] = lambda _: None) -> None:
    """Every table of a build into an empty file (the connection's catalog `build`)."""
    step("合并各次导出")
    load_typed(connection, inputs)
    separate_twins(connection, inputs)
    define_moment(connection, inputs)
    step("整理楼宇、网格与校历")
    load_dimensions(connection, inputs)

    def between() -> None:
        step("识别地点")
        resolve_places(connection, inputs)
        load_facts(connection, inputs)
        step("计算各张表")

    run_models(connection, inputs, sorted(feeds_of(inputs, "facts")), between)
    step("核对每一行的去向")
    account_for(connection, inputs)


def school_exports(landing: Landing) -> tuple[list[Export], list[dict]]:
    """The school's own tables, typed: (exports, files no source fits). Raises UserError when one cannot be used."""
    files = sorted(path for pattern in ("*.csv", "*.xlsx") for path in paths.school().glob(pattern))
    dimensions = {name: source for name, source in landing.sources.items() if source.kind == "dimension"}
    known = digest_of([landing.code, {name: source.digest for name, source in dimensions.items()}])[:12]
    stems = {path: landing.folders[-1] / "typed" / f"{content_id(path)}-{known}-school" for path in files}
    accounts = {path: found for path, stem in stems.items() if (found := _cached(stem, landing)) is not None}
    jobs = {path: _job(path, stem, dimensions, landing) for path, stem in stems.items() if path not in accounts}
    unknown = []
    for job, result in sandbox.run(land, list(jobs.values())):
        path = Path(job.path)
        if isinstance(result, dict) and "accounts" in result:
            write_json(stems[path].with_name(stems[path].name + ".json"), result["accounts"])
            accounts[path] = result["accounts"], stems[path]
        elif isinstance(result, dict) and result["code"] == "unknown_file":
            unknown.append({"file_id": job.file_id, "name": job.name, "code": "unknown_file", "sentence": result["refused"]})
        else:
            raise UserError(f"data/school 里的文件不能用：{refusal(result)[1]}")
    return [export for path in files if path in accounts for export in _school_exports(path, *accounts[path])], unknown


def _cached(stem: Path, landing: Landing) -> tuple[dict, Path] | None:
    for folder in landing.folders:
        path = folder / "typed" / f"{stem.name}.json"
        if path.exists():
            return read_json(path), folder / "typed" / stem.name
    return None


def _job(path: Path, stem: Path, dimensions: Mapping[str, Source], landing: Landing) -> Job:
    stem.parent.mkdir(parents=True, exist_ok=True)
    return Job(str(path), path.name, content_id(path), pack(dimensions), landing.key, None, str(stem), None, LONG_AGO)


def _school_exports(path: Path, accounts: dict, stem: Path) -> list[Export]:
    return [
        Export(content_id(path), f"school/{path.name}", source, path.stat().st_size, (LONG_AGO,),
               stem.with_name(f"{stem.name}.{source}.parquet"), account | {"origin": "school"})
        for source, account in sorted(accounts.items())
    ]  # fmt: skip


def school_digest() -> str:
    """Over every file of data/school that a build reads."""
    school = paths.school()
    files = sorted(path for pattern in SCHOOL_FILES for path in school.glob(pattern))
    return digest_of([[path.relative_to(school).as_posix(), file_digest(path)] for path in files])


def _until(export: Export, as_of: Moment | None) -> Export | None:
    """An export as it was known at a moment; None when it came later. A day means its end."""
    if as_of is None:
        return export
    end = as_of.at + timedelta(days=1, microseconds=-1) if as_of.is_day else as_of.at
    times = tuple(at for at in export.times if at <= end)
    return replace(export, times=times) if times else None
