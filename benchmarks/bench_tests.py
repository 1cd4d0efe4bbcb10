"""How long the tests take: another commit's `make test` (its pytest), then ours, then our `make quick`,
one after the other in one run.

`python -m benchmarks.bench_tests --base FOLDER` compares with a checkout that has an environment of its own;
`--commit HASH` makes one in a worktree first. Ours is asked twice: making the demonstration campuses, and with those it
made. The promises: ours at most 0.6 of the other, quick at most an eighth.
"""

import argparse
import contextlib
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHOLE_AT_MOST, QUICK_AT_MOST = 0.6, 1 / 8
PYTEST = re.compile(r"^\t\$\(PYTHON\) (-m pytest .*)$", re.MULTILINE)


def main(arguments: list[str] | None = None) -> int:
    """Prints wall times and ratios; 0 when both promises are kept and nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    other = parser.add_mutually_exclusive_group(required=True)
    other.add_argument("--base", type=Path, help="a checkout with its own .venv")
    other.add_argument("--commit", help="a commit to make such a checkout of")
    asked = parser.parse_args(arguments)
    with contextlib.nullcontext(asked.base) if asked.base else checkout(asked.commit) as base:
        theirs = timed("theirs, make test", base.resolve(), "test")
    with tempfile.TemporaryDirectory(prefix="campus-cache-") as cold:
        ours_cold = timed("ours, make test, no campus kept", ROOT, "test", CAMPUS_TEST_CACHE=cold)
        ours = timed("ours, make test", ROOT, "test", CAMPUS_TEST_CACHE=cold)
        quick = timed("ours, make quick", ROOT, "quick", CAMPUS_TEST_CACHE=cold)
    kept = True
    for name, run, limit in (
        ("make test, no campus kept", ours_cold, WHOLE_AT_MOST),
        ("make test", ours, WHOLE_AT_MOST),
        ("make quick", quick, QUICK_AT_MOST),
    ):
        ratio = run[0] / theirs[0]
        kept &= ratio <= limit and run[1] == 0
        print(f"{name}: {ratio:.3f} of theirs (at most {limit:.3f})")
    return 0 if kept else 1


def timed(name: str, folder: Path, target: str, **settings: str) -> tuple[float, int]:
    """(wall seconds, exit code) of the pytest a Makefile's target runs, with that folder's environment."""
    command = [str(folder / ".venv" / "bin" / "python"), *pytest_of(folder, target)]
    began = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=os.environ | settings, capture_output=True, text=True)
    seconds = time.monotonic() - began
    print(f"{name}: {seconds:.0f} s – {(done.stdout.strip().splitlines() or [done.stderr])[-1]}", flush=True)
    return seconds, done.returncode


def pytest_of(folder: Path, target: str) -> list[str]:
    """The pytest line under a target of the Makefile, as arguments."""
    makefile = (folder / "Makefile").read_text(encoding="utf-8")
    line = PYTEST.search(makefile, re.search(rf"^{target}:", makefile, re.MULTILINE).start())
    return shlex.split(line[1])


@contextlib.contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """A worktree of a commit with an environment of its own, taken away afterwards."""
    with tempfile.TemporaryDirectory(prefix="campus-base-") as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--detach", str(tree), commit], cwd=ROOT, check=True)
        try:
            subprocess.run(["sh", "scripts/environment.sh"], cwd=tree, check=True)
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
