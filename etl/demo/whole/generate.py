"""Draw every record, write every export and truth.toml. The same arguments give the same bytes."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from etl.demo.campus import campus
from etl.demo.form import books, truth, truth_file
from etl.demo.form.columns import Columns, stream
from etl.demo.records import drill_files, drills, hazard_files, hazards, ticket_files, tickets
from etl.demo.records.counts import count_signals, count_totals
from etl.demo.whole.groups import groups

Progress = Callable[[int, int, str], None]

SEED = 20260901  # of the campus everybody sees


def generate(
    folder: Path,
    *,
    years: float = 4.0,
    scale: float = 1.0,
    seed: int | None = None,
    data_date: datetime = truth.DATA_DATE,
    progress: Progress | None = None,
) -> Path:
    """Write the exports and truth.toml into `folder` (made if missing; files of a former run there are replaced).

    years: history before the data date, begun at a school year; scale: share of a full campus's tickets and hazards;
    progress is called with (done, total, name) after every file. Returns the path of truth.toml. Raises UserError when
    data/school does not describe the demonstration campus.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.xlsx"), *folder.glob("*.csv"), *folder.glob("truth.toml")]:
        old.unlink()
    seed = SEED if seed is None else seed
    frames, planted, autumns = draw(years=years, scale=scale, seed=seed, data_date=data_date)
    tally = truth.Tally()
    made = []
    for source, module in (("tickets", ticket_files), ("hazards", hazard_files), ("drills", drill_files)):
        made += [
            (source, *one)
            for one in module.books(frames[source], autumns, data_date, tally, stream(seed, source, "files"))
        ]
    place, days = campus.read_campus(seed), campus.read_days(data_date, years)
    for group in groups():
        made += group.books(place, days, autumns, data_date, scale, seed, tally)
    for done, (source, book, exported) in enumerate(made, 1):
        books.write(folder, book, exported)
        tally.add(tally.files.setdefault(source, {}), "files")
        tally.add(tally.files[source], "rows", len(book.rows))
        if progress:
            progress(done, len(made), book.name)
    count_totals(frames, data_date, tally)
    count_signals(frames, planted, data_date, tally)
    head = {"data_date": data_date, "from_day": autumns[0], "seed": seed, "years": float(years), "scale": float(scale)}
    path = folder / "truth.toml"
    truth_file.write(path, planted, tally, head)
    return path


def draw(
    *, years: float, scale: float, seed: int, data_date: datetime
) -> tuple[dict[str, Columns], dict[str, truth.Signal], list[date]]:
    """(tickets, hazards, drills as they truly are; the planted signals; the first Mondays of the school years)."""
    place, days = campus.read_campus(seed), campus.read_days(data_date, years)
    first = days.day[0].astype(object)
    autumns = [one for one in days.term_starts if one >= first]
    planted = truth.signals(data_date, first, autumns[-1])
    frames = {
        "tickets": tickets.draw(place, days, planted, data_date, scale, seed),
        "hazards": hazards.draw(place, days, planted, data_date, scale, seed),
        "drills": drills.draw(place, days, data_date, seed),
    }
    for frame in frames.values():
        frame["building"], frame["grid"], frame["branch"] = (
            values[frame["at"]] for values in (place.building, place.grid, place.branch)
        )
        for name in ("building", "grid", "branch"):
            frame[name][~frame["resolved"]] = ""
    return frames, planted, autumns
