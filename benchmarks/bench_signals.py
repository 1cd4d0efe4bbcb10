"""Are the weekly signals honest? Quiet campuses: signals found against the number printed as expected. The
demonstration: when each planted thing becomes detectable, and when it is first on the page.

`python -m benchmarks signals`. Quiet campuses are the demonstration's own, with all its rhythms (terms, holidays,
move-in, examinations, heating) and nothing planted: every branch, building and month alike but for chance.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

from warehouse import paths

SEEDS = (7, 8)
WEEK = timedelta(days=7)
ROOM = 2.0  # standard deviations of a Poisson count by which chance may exceed what is printed


def main(arguments: list[str]) -> int:
    """Both parts, or one child of them; the exit code says whether quiet weeks stayed within what is printed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks signals")
    parser.add_argument(
        "--seeds", type=int, nargs="*", default=list(SEEDS), help="quiet campuses, about 200 weeks each"
    )
    parser.add_argument("--child", choices=("quiet", "planted"), help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        print(json.dumps(_quiet(options.seed) if options.child == "quiet" else _planted()))
        return 0
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        planted = pool.submit(_child, "planted", 0)
        quiet = list(pool.map(lambda seed: _child("quiet", seed), options.seeds))
        honest = _say_quiet(dict(zip(options.seeds, quiet, strict=True)))
        _say_planted(planted.result())
    return 0 if honest else 1


def _child(what: str, seed: int) -> list[dict]:
    """What one process of its own answers, in a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="campus-signals-") as folder:
        home = Path(folder)
        (home / "school").symlink_to(paths.REPOSITORY / "data" / "school")
        environment = os.environ | {"CAMPUS_DATA": str(home), "CAMPUS_KEY_FILE": str(home / "key")}
        command = [sys.executable, "-m", "benchmarks", "signals", "--child", what, "--seed", str(seed)]
        done = subprocess.run(
            command, cwd=paths.REPOSITORY, env=environment, stdout=subprocess.PIPE, check=True, text=True
        )
    return json.loads(done.stdout.splitlines()[-1])


def _campus(seed: int | None) -> None:
    """Draw and build the campus; with a seed the quiet one. Only tickets, hazards and drills: signals look at nothing
    else."""
    from etl.command import main as cli
    from etl.demo.form import truth

    import_module("etl.demo.whole.groups").MODULES = ()  # generate knows a function of the same name
    if seed is not None:
        truth.signals = lambda *_: {}
        truth.IMPROVING_RATES, truth.LAGGARD_RATE = (truth.HAZARD_ON_TIME, truth.HAZARD_ON_TIME), truth.HAZARD_ON_TIME
        truth.DEADLINE_MONTH = date(1999, 12, 1)
        truth.BICYCLE_BASE_FACTOR = truth.HOT_SPOT_FACTOR = 1.0
    out, sys.stdout = sys.stdout, sys.stderr
    try:
        if code := cli.main(["demo", *([] if seed is None else ["--seed", str(seed)])]):
            raise SystemExit(code)
    finally:
        sys.stdout = out


def _every_week():
    """(week, its signals, where anything could be tested) of the current build, oldest first."""
    import warehouse
    from metrics.ask import terms
    from metrics.ask.first_day import first_whole_week
    from metrics.signals import signals

    build = warehouse.current()
    week, last = first_whole_week(build, "tickets"), terms.last_whole_week(build).start
    while week <= last:
        answer = signals.weekly(build, week)
        if answer.tested:
            yield week, answer
        week += WEEK


def _quiet(seed: int) -> list[dict]:
    _campus(seed)
    return [
        {
            "week": str(week),
            "found": answer.total,
            "expected": answer.expected_false,
            "tested": answer.tested,
            "kinds": [one.kind for one in answer.items],
            "new": sum(one.weeks == 1 for one in answer.items),
        }
        for week, answer in _every_week()
    ]


def _planted() -> list[dict]:
    """Per planted signal: when a plain test that knows where to look first comes out, and when the page first shows
    it."""
    import tomllib

    import warehouse
    from benchmarks import detectable

    _campus(None)
    truth = tomllib.loads((paths.demo_exports() / "truth.toml").read_text(encoding="utf-8"))
    build, weeks = warehouse.current(), list(_every_week())
    rows = []
    for key, planted in truth["signal"].items():
        begun = planted["from_day"] - timedelta(days=planted["from_day"].weekday())
        shown = next(
            (
                week
                for week, answer in weeks
                if week >= begun and any(detectable.shows(key, planted, one) for one in answer.items)
            ),
            None,
        )
        first = detectable.week(build, key, planted, truth)
        rows.append(
            {
                "key": key,
                "label": planted["label"],
                "begun": str(begun),
                "detectable": str(first or "—"),
                "shown": str(shown or "—"),
            }
        )
    return rows


def _say_quiet(campuses: dict[int, list[dict]]) -> bool:
    print("Quiet campuses: signals found against the number printed as expected by chance")
    print(f"{'seed':>6}{'weeks':>7}{'found':>7}{'expected':>10}{'a week':>9}{'printed':>9}{'most':>6}   by kind")
    total = [0, 0, 0.0]
    for seed, weeks in campuses.items():
        found, expected = sum(week["found"] for week in weeks), sum(week["expected"] for week in weeks)
        kinds = Counter(kind for week in weeks for kind in week["kinds"])
        print(
            f"{seed:>6}{len(weeks):>7}{found:>7}{expected:>10.1f}{found / len(weeks):>9.2f}"
            f"{expected / len(weeks):>9.2f}"
            f"{max(week['found'] for week in weeks):>6}   "
            f"{' '.join(f'{kind} {count}' for kind, count in kinds.most_common())}"
        )
        total = [total[0] + len(weeks), total[1] + found, total[2] + expected]
    limit = total[2] + ROOM * total[2] ** 0.5
    honest = total[1] <= limit
    print(
        f"{'all':>6}{total[0]:>7}{total[1]:>7}{total[2]:>10.1f}   limit {limit:.1f} (expected + {ROOM:g} sd): "
        f"{'within' if honest else 'EXCEEDED'}"
    )
    return honest


def _say_planted(rows: list[dict]) -> None:
    print("\nPlanted: from when a plain test that knows where to look finds it, and the first week it is on the page")
    print(f"{'planted':<18}{'begins':>12}{'detectable':>12}{'on the page':>13}")
    for row in rows:
        print(f"{row['key']:<18}{row['begun']:>12}{row['detectable']:>12}{row['shown']:>13}")
