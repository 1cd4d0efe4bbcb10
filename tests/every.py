"""Many small cases in one test: for pure questions,
where collecting and reporting an item each costs more than the answer.
"""

import inspect
from collections.abc import Callable, Iterable

import pytest


def every(names: str | tuple[str, ...], cases: Iterable) -> Callable[[Callable], Callable]:
    """Stands where pytest.mark.parametrize stands;
    all cases are asked and every one that fails is told, with its words.

    Fixtures are shared by the cases: not for tests that write into tmp_path or patch something.
    """
    single = isinstance(names, str)
    keys = (names,) if isinstance(names, str) else tuple(names)
    cases = list(cases)

    def decorate(test: Callable) -> Callable:
        def loop(**fixtures: object) -> None:
            asked = [dict(zip(keys, (case,) if single else case, strict=True)) for case in cases]
            told = [_ask(test, fixtures | case, case) for case in asked]
            failed = [sentence for sentence in told if sentence]
            if failed:
                pytest.fail(f"{len(failed)} of {len(asked)} cases:\n\n" + "\n\n".join(failed), pytrace=False)

        vars(loop).update(vars(test))  # marks
        signature = inspect.signature(test)
        left = [parameter for name, parameter in signature.parameters.items() if name not in keys]
        loop.__signature__ = signature.replace(parameters=left)  # pytest reads the fixtures from it
        loop.__name__, loop.__doc__, loop.__module__ = test.__name__, test.__doc__, test.__module__
        return loop

    return decorate


def _ask(test: Callable, arguments: dict, case: dict) -> str | None:
    """What was wrong with one case, and in which line; None when nothing was, or when it was skipped."""
    try:
        test(**arguments)
    except pytest.skip.Exception:
        return None
    except (Exception, pytest.fail.Exception) as problem:
        where = problem.__traceback__
        while where.tb_next and where.tb_next.tb_frame.f_code.co_filename == test.__code__.co_filename:
            where = where.tb_next
        named = ", ".join(f"{name}={getattr(value, 'key', value)!r}" for name, value in case.items())
        return f"{named}\n  line {where.tb_lineno}: {type(problem).__name__}: {problem}"
    return None
