"""Errors a person can cause: one Chinese sentence that names the place and the remedy."""


class UserError(Exception):
    """Shown to the user as it stands: never a traceback, never an English word.

    exit_code is what the command line returns; docs/operating.md lists them.
    """

    exit_code = 2

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


class Busy(UserError):
    """Another process is loading or publishing."""


class NoBuild(UserError):
    """No build has been published yet, or the named one is gone."""

    exit_code = 4


class GateFailed(UserError):
    """A build broke one of its own checks and was not published; the former one stays."""

    exit_code = 5
