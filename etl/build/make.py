"""A build is a pure function of what was landed, the declarations and what the school keeps.
Published whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import duckdb

import warehouse
from etl.build.accounts import account_for
from etl.build.declared import load_declared
from etl.build.feeds import (
    count_places,
    feeds_of,
    load_dimensions,
    load_fact,
    load_states,
    match_places,
    separate_twins,
)
from etl.build.inputs import Inputs
from etl.build.map import load_map
from etl.build.models import define_moment, discover, gate, ordered, reads_of, run_model
from etl.build.settings import load_settings
from etl.build.states import record_states
from etl.build.tasks import Tasks
from etl.build.typed import load_exports, load_silent, load_source
from etl.clocks.deadlines import deadlines
from etl.declare.load import load_sources
from etl.form.digest import ETL, digest_of, file_digest
from etl.form.export_time import Moment
from etl.landing.dating import dated
from etl.landing.export import Export
from etl.landing.landing import Landing
from warehouse import paths
from warehouse.errors import NoBuild

SCHOOL_FILES = (
    "*.csv",
    "*.xlsx",
    "*.toml",
    "map*.geojson",
    "map*.json",
    "models/*.sql",
    "models/health/*.sql",
    "checks/*.sql",
)


def gather(
    landing: Landing, origin: str, as_of: Moment | None = None, done: Callable[[int, int], None] = lambda *_: None
) -> Inputs:
    """Everything one build may know. Raises NoBuild when no record of any fact has been landed."""
    exports, refused = landing.exports(done)
    exports, data_date = dated(exports, landing.sources)
    if as_of is not None:
        exports = [kept for export in exports if (kept := _until(export, as_of)) is not None]
        facts = [e.exported_at for e in exports if landing.sources[e.source].kind == "facts"]
        data_date = max(filter(None, facts), default=None)
    if data_date is None:
        raise NoBuild("还没有装载过任何记录，请把导出的文件放进 data/inbox 后运行 python -m etl load。")
    return Inputs(
        sources=dict(landing.sources),
        exports=tuple(sorted(exports, key=lambda e: (e.times, e.file_id, e.source))),
        refused=tuple(refused),
        models=discover("models"),
        checks=discover("checks"),
        settings=load_settings(paths.school()),
        data_date=data_date,
        origin=origin,
        school_digest=school_digest(),
        standard=load_sources([ETL / "sources"]),
    )


def build(inputs: Inputs, step: Callable[[str], None] = lambda _: None) -> warehouse.Build | None:
    """Publish, or None when the current build is already made of the very same. Call inside
    warehouse.publishing.exclusive()."""
    digest = inputs.digest
    now = warehouse.current()
    if now is not None and now.digest == digest and now.path.exists():
        return None
    return warehouse.publish(
        lambda connection: make(connection, inputs, step),
        lambda connection: gate(connection, inputs.checks),
        name=f"{inputs.data_date:%Y%m%dT%H%M}-{digest[:12]}",
        data_date=inputs.data_date,
        origin=inputs.origin,
        digest=digest,
    )


def make(connection: duckdb.DuckDBPyConnection, inputs: Inputs, step: Callable[[str], None] = lambda _: None) -> None:
    """Every table of a build into an empty file (the connection's catalog `build`)."""
    step("合并各次导出，识别地点，计算各张表")
    load_exports(connection, inputs)
    load_silent(connection, [source for source in inputs.sources.values() if source.name not in inputs.busy])
    define_moment(connection, inputs)
    plan(inputs).run(connection)
    step("核对每一行的去向")
    account_for(connection, inputs)


def plan(inputs: Inputs) -> Tasks:
    """Who waits for whom: typed rows → records → dimensions → places → facts → the models that read them."""
    tasks, facts = Tasks(), feeds_of(inputs, "facts")
    largest = sorted(
        (s for s in inputs.busy.values() if s.kind == "facts"), key=lambda s: (-_rows(s.name, inputs), s.name)
    )
    dimensions = [source for source in inputs.busy.values() if source.kind != "facts"]
    by_turn = [*largest[:1], *dimensions, *largest[1:]]
    typed = {s.name: tasks.add(f"typed {s.name}", (), partial(load_source, source=s, inputs=inputs)) for s in by_turn}
    dimensions_loaded = tasks.add(
        "dimensions", (typed[s.name] for s in dimensions), partial(load_dimensions, inputs=inputs)
    )
    matched = tasks.add("place_words", (dimensions_loaded,), partial(match_places, inputs=inputs))
    named = tasks.add("records", (typed[s.name] for s in largest), partial(name_records, inputs=inputs))
    ready = (matched, named, "buildings", "grids")
    feeds = {
        f"feed_{feed}": tasks.add(f"feed_{feed}", ready, partial(load_fact, feed=feed, inputs=inputs)) for feed in facts
    }
    states = dict.fromkeys((f"states_{feed}" for feed in facts), named)
    reads = reads_of(inputs.models)
    for name in ordered(inputs.models):
        read = reads[name]
        needs = {
            dimensions_loaded,
            *(read & inputs.models.keys()),
            *((feeds | states)[table] for table in read & (feeds | states).keys()),
        }
        needs |= {named} if any(table.startswith("latest_") for table in read) else set()
        tasks.add(
            name, needs | ({"places", "deadlines"} & read), partial(run_model, name=name, path=inputs.models[name])
        )
    tasks.add("deadlines", (named, "calendar"), partial(deadlines, limits=inputs.settings.limits))
    tasks.add("places", (matched, named), partial(count_places, inputs=inputs))
    tasks.add("record_states", (named,), partial(record_states, inputs=inputs))
    tasks.add("declared", (), partial(load_declared, inputs=inputs))
    tasks.add("map", (dimensions_loaded,), load_map)
    return tasks


def name_records(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Record ids are final, and their states can be told."""
    separate_twins(connection, inputs)
    load_states(connection, inputs)


def _rows(source: str, inputs: Inputs) -> int:
    return sum(export.account["rows_read"] for export in inputs.exports if export.source == source)


def school_digest() -> str:
    """Over every file of data/school that a build reads."""
    school = paths.school()
    files = sorted(path for pattern in SCHOOL_FILES for path in school.glob(pattern))
    return digest_of([[path.relative_to(school).as_posix(), file_digest(path)] for path in files])


def _until(export: Export, as_of: Moment) -> Export | None:
    """An export as it was known at a moment; None when it came later. A day means its end."""
    end = as_of.at + timedelta(days=1, microseconds=-1) if as_of.is_day else as_of.at
    times = tuple(at for at in export.times if at <= end)
    return replace(export, times=times) if times else None
