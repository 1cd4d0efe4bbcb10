"""The way into a child process. The parent names this function and never imports the libraries that read files."""

import sys

from etl.landing.jobs import Job, TypeAgain


def work(job: Job | TypeAgain) -> dict:
    """In the child: the record of a file, or what etl.landing.file says instead."""
    # Arrow would load it, nothing here uses it, and a third of the start is saved; None makes an import fail
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]  # the stub knows only modules
    from etl.landing import file

    return file.land(job) if isinstance(job, Job) else file.again(job)
