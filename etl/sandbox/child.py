"""The child's side of etl/sandbox/children.py: bound itself,
then answer one question after another until the pipe closes."""

import contextlib
import gc
import io
import os
import pickle
import signal
import struct
import sys
import traceback
from typing import Any, BinaryIO

_WORN = (
    0.5  # share of the memory limit after which a child goes home: what it holds on to would bring the next job down
)


def work(usual_mb: int, most_mb: int) -> None:
    """Reads (memory, seconds, pickled function and job) from stdin and writes (kind, value,
    is last) to stdout, both framed by their length."""
    questions, answers = _own_pipes()
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    _bound(most_mb, most_mb)
    gc.set_threshold(100_000, 20, 100)  # a file is millions of cells and hardly a cycle
    while len(head := questions.read(8)) == 8:
        memory_mb, seconds, question = pickle.loads(questions.read(struct.unpack("<Q", head)[0]))
        _bound(memory_mb, most_mb)
        _set_alarm(seconds)
        kind, value = _answer(question)
        is_last = kind == "memory" or _is_worn(usual_mb)
        answers.write(_framed(kind, value, is_last))
        answers.flush()
        if is_last:
            return


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes for ourselves: whatever a job prints must not get between the answers."""
    questions, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    sys.stdout = io.TextIOWrapper(io.FileIO(nothing, "w", closefd=False), encoding="utf-8")
    return os.fdopen(questions, "rb"), os.fdopen(answers, "wb")


def _bound(memory_mb: int, most_mb: int) -> None:
    """This job's limit below the one that nothing in this process can raise again."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such module on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, most_mb << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _set_alarm(seconds: float) -> None:
    """The child ends by itself, even when the parent that would have killed it is gone."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds) + 10)


def _answer(question: bytes) -> tuple[str, Any]:
    try:
        function, job = pickle.loads(question)
        return "result", function(job)
    except MemoryError:
        return "memory", ""
    except BaseException as error:  # a parser written in another language may raise anything
        sentence = getattr(error, "sentence", None)
        if isinstance(sentence, str):
            return "refused", sentence
        return ("memory" if "memory" in str(error).lower() else "error"), traceback.format_exc()


def _is_worn(memory_mb: int) -> bool:
    """What this process holds now. Not its ru_maxrss: on Linux that begins with the peak of the process that started
    it."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") > (memory_mb << 20) * _WORN
    except OSError:  # not Linux: there the limit alone protects
        return False


def _framed(kind: str, value: Any, is_last: bool) -> bytes:
    try:
        body = pickle.dumps((kind, value, is_last), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        body = pickle.dumps(("memory", "", True))
    except Exception:  # a result that cannot travel
        body = pickle.dumps(("error", traceback.format_exc(), is_last))
    return struct.pack("<Q", len(body)) + body
