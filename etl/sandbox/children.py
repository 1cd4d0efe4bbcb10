"""Jobs in bounded child processes: a file that kills its reader costs one job, never the build or the server.

Each child is a bare interpreter (no site, no pandas, no Streamlit) that stays for many jobs; it starts in about 50 ms.
Memory is bounded by RLIMIT_AS, by the size of each job's file (etl/sandbox/bounds.py). Windows has no such limit:
there only the time limit and the separate process protect, and a file that needs too much memory slows the machine
until its time is up.
"""

import contextlib
import json
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from etl.sandbox.bounds import Bounds, bounds_of, ceiling_mb

_BOOT = (
    "import json,sys;sys.path[:]=json.loads(sys.argv[1]);"
    "from etl.sandbox.child import work;work(int(sys.argv[2]),int(sys.argv[3]))"
)
_ENVIRONMENT = {  # libraries that reserve address space for every core would use up the memory limit before any work
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
}
_SENTENCES = {
    "crash": "{0}：读取时解析程序崩溃，文件可能已损坏或被改动，请用 Excel 打开后另存为新的 xlsx 再放进来。",
    "memory": "{0}：读取需要的内存超过 {1} MB，请按月份分开导出后再放进来。",
    "time": "{0}：{2:g} 秒内没有读完，已放弃，请按月份分开导出后再放进来。",
    "error": "{0}：读取时遇到没有预料的问题，其他文件不受影响，请把这个文件交给维护人员检查。",
}


@dataclass(frozen=True)
class Refusal:
    """A job without a result. cause: refused, crash, memory, time or error;
    detail: for the log, never for the screen."""

    sentence: str
    cause: str
    detail: str = ""


def run(
    function: Callable[[Any], Any],
    jobs: Iterable[Any],
    workers: int = 2,
    memory_mb: int = 1500,
    seconds: float = 120,
    describe: Callable[[Any], str] | None = None,
) -> Iterator[tuple[Any, Any]]:
    """(job, result or Refusal) in the order they finish; every job is answered exactly once.

    function must be importable by name; jobs and results must pickle. memory_mb bounds a child's whole address space,
    seconds the wall time of one job; a job whose file is large gets more of both. describe names a job in a sentence;
    by default the first path in it.
    """
    if function.__module__ == "__main__":
        raise ValueError("a child process cannot import a function of __main__")
    jobs = list(jobs)
    limits = _Limits(Bounds(memory_mb, seconds), describe or _describe)
    todo: queue.SimpleQueue = queue.SimpleQueue()
    for job in jobs:
        todo.put(job)
    done: queue.Queue = queue.Queue(maxsize=4 * workers)
    hands = [_Hand(function, todo, done, limits) for _ in range(min(workers, len(jobs)))]
    try:
        for hand in hands:
            hand.start()
        for _ in jobs:
            yield done.get()
    finally:
        while any(hand.is_alive() for hand in hands):
            for hand in hands:
                hand.stop()
            with contextlib.suppress(queue.Empty):
                done.get(timeout=0.01)  # a hand may be waiting to hand over a result nobody wants any more


@dataclass(frozen=True)
class _Limits:
    floor: Bounds
    describe: Callable[[Any], str]

    def refusal(self, job: Any, cause: str, detail: str = "") -> Refusal:
        bounds = bounds_of(job, self.floor)
        return Refusal(_SENTENCES[cause].format(self.describe(job), bounds.memory_mb, bounds.seconds), cause, detail)


class _Hand(threading.Thread):
    """Feeds one child: gives it a job, waits, kills it when its time is up, starts another when it is gone."""

    def __init__(self, function: Callable, todo: queue.SimpleQueue, done: queue.Queue, limits: _Limits):
        super().__init__(daemon=True)
        self.function, self.todo, self.done, self.limits = function, todo, done, limits
        self.child: subprocess.Popen | None = None
        self.stopped = False

    def run(self) -> None:
        with contextlib.suppress(queue.Empty):
            while not self.stopped:
                job = self.todo.get_nowait()
                self.done.put((job, self._answer(job)))
        self._end()

    def stop(self) -> None:
        self.stopped = True
        child = self.child
        if child is not None:
            child.kill()

    def _answer(self, job: Any) -> Any:
        late = threading.Event()
        try:
            bounds = bounds_of(job, self.limits.floor)
            question = pickle.dumps((bounds.memory_mb, bounds.seconds, pickle.dumps((self.function, job))))
            kind, value, is_last = self._ask(question, bounds.seconds, late)
        except (EOFError, BrokenPipeError):
            self._end()
            return self.limits.refusal(job, "time" if late.is_set() else "crash")
        except Exception as error:  # a job that cannot be pickled, a child that cannot be started
            self._end()
            return self.limits.refusal(job, "error", repr(error))
        if is_last or late.is_set():
            self._end()
        if kind == "result":
            return value
        return Refusal(value, "refused") if kind == "refused" else self.limits.refusal(job, kind, value)

    def _ask(self, question: bytes, seconds: float, late: threading.Event) -> tuple[str, Any, bool]:
        child = self.child = self.child or _start(self.limits)

        def give_up() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(seconds, give_up)
        timer.daemon = True
        timer.start()
        try:
            return _exchange(child, question)
        finally:
            timer.cancel()

    def _end(self) -> None:
        child, self.child = self.child, None
        if child is not None:
            child.kill()
            questions, answers = _pipes(child)
            with contextlib.suppress(OSError):  # what a dead child had not read yet cannot be flushed any more
                questions.close()
            answers.close()
            child.wait()


def _start(limits: _Limits) -> subprocess.Popen:
    encoding = f"utf8={sys.flags.utf8_mode}"  # file names must mean the same on both sides
    command = [sys.executable, "-I", "-S", "-X", encoding, "-c", _BOOT, json.dumps(_search_path())]
    errors = None if os.environ.get("CAMPUS_DEBUG") else subprocess.DEVNULL  # a parser's last words are no Chinese
    return subprocess.Popen(
        [*command, str(limits.floor.memory_mb), str(max(limits.floor.memory_mb, ceiling_mb()))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env={**os.environ, **_ENVIRONMENT},
    )


def _search_path() -> list[str]:
    here = str(Path(__file__).resolve().parents[2])
    return [here, *(str(Path(entry or ".").resolve()) for entry in sys.path)]


def _pipes(child: subprocess.Popen) -> tuple[IO[bytes], IO[bytes]]:
    """What a child is written to and read from. Raises EOFError for one that was started without."""
    if child.stdin is None or child.stdout is None:
        raise EOFError
    return child.stdin, child.stdout


def _exchange(child: subprocess.Popen, question: bytes) -> tuple[str, Any, bool]:
    """One question, one answer. Raises EOFError or BrokenPipeError when the child is gone."""
    questions, answers = _pipes(child)
    questions.write(struct.pack("<Q", len(question)) + question)
    questions.flush()
    head = answers.read(8)
    size = struct.unpack("<Q", head)[0] if len(head) == 8 else 0
    body = answers.read(size)
    if not size or len(body) < size:
        raise EOFError
    return pickle.loads(body)


def _describe(job: Any) -> str:
    """The name of the first path in a job, else what the job calls itself."""
    parts = job if isinstance(job, (tuple, list)) else (job,)
    path = next((part for part in parts if isinstance(part, Path)), None)
    return path.name if path else str(getattr(job, "name", "") or "这个文件")
