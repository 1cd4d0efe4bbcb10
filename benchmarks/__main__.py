"""`make bench`: files to published build against DuckDB alone, then the server time of every page on
the same campus."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import bench_build
from warehouse import paths


def main() -> int:
    """Both programs, or one alone: `signals` (quiet campuses, planted signals), `review` (equal branches, planted ones,
    campaigns), `desk` (a million tickets), `startup` (how long a command takes to begin, against an older commit),
    `red_lines` (the rules against what the demonstration plants).

    The exit code says whether the promise was kept."""
    if sys.argv[1:2] == ["signals"]:
        from benchmarks import bench_signals

        return bench_signals.main(sys.argv[2:])
    if sys.argv[1:2] == ["review"]:
        from benchmarks import bench_review

        return bench_review.main(sys.argv[2:])
    if sys.argv[1:2] == ["desk"]:
        from benchmarks import bench_desk

        return bench_desk.main(sys.argv[2:])
    if sys.argv[1:2] == ["startup"]:
        from benchmarks import bench_startup

        return bench_startup.main(sys.argv[2:])
    if sys.argv[1:2] == ["red_lines"]:
        from benchmarks import bench_red_lines

        return bench_red_lines.main(sys.argv[2:])
    ratio = bench_build.main([])
    with tempfile.TemporaryDirectory(prefix="campus-bench-") as folder:
        home = Path(folder)
        (home / "school").symlink_to(paths.REPOSITORY / "data" / "school")
        environment = os.environ | {"CAMPUS_DATA": str(home), "CAMPUS_KEY_FILE": str(home / "key")}
        for command in (["-m", "etl", "demo"], ["-m", "benchmarks.bench_pages"]):
            out = subprocess.DEVNULL if "etl" in command else None
            subprocess.run([sys.executable, *command], cwd=paths.REPOSITORY, env=environment, stdout=out, check=True)
    return 0 if ratio < bench_build.LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
