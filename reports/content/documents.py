"""Whole documents: the week's brief and the branches' review book. What prints and keeps them knows only what both
have."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from reports.content.parts import Line, Section, Sheet, content, later


class Document:
    """What every kind of document has: where it comes from, what it answers, its sections and what its numbers may
    lack.

    NAME is its command and its key in the archive, KIND and VERSION say there what it is; OPTIONS are the options
    that choose what it is about; ENDINGS are the forms it is printed in; with
    IN_PAGES every section begins a page of its own, set more closely than a letter.
    """

    NAME: ClassVar[str]
    KIND: ClassVar[str]
    TITLE: ClassVar[str]
    OPTIONS: ClassVar[str]
    VERSION: ClassVar[int] = 1
    ENDINGS: ClassVar[dict[str, str]]
    IN_PAGES: ClassVar[bool] = False

    campus: str
    title: str
    data_date: datetime
    build: str
    filters: str
    headline: str
    sections: tuple[Section, ...]
    cautions: tuple[Line, ...]

    if TYPE_CHECKING:  # a property that stood here would be taken for the default of a field of that name

        @property
        def label(self) -> str:
            """The week or period in words."""

        @property
        def about(self) -> tuple[str, str]:
            """What it is about, as the archive says it: name and value."""

        @property
        def stem(self) -> str:
            """The files' name before the digest."""

    @cached_property
    def digest(self) -> str:
        """First 16 hex digits of SHA-256 over the whole content: the same words and numbers, the same digest."""
        text = json.dumps(content(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]

    @property
    def failures(self) -> tuple[Section, ...]:
        """Every part that could not be computed."""
        return tuple(found for section in self.sections for found in section.failures)


@dataclass(frozen=True)
class Brief(Document):
    """The week. `sections` in the meeting's order. `as_of`: the moment its numbers stand at, kept since version 2."""

    NAME: ClassVar[str] = "brief"
    KIND: ClassVar[str] = "校园安全周简报"
    TITLE: ClassVar[str] = "简报"
    VERSION: ClassVar[int] = 2
    OPTIONS: ClassVar[str] = "--week"
    ENDINGS: ClassVar[dict[str, str]] = {"Word": "docx", "幻灯片": "pptx", "PDF": "pdf"}

    campus: str
    title: str
    week_start: date
    week_label: str
    data_date: datetime
    build: str
    filters: str
    headline: str
    sections: tuple[Section, ...]
    cautions: tuple[Line, ...] = field(default=())  # half-loaded or stale sources: what the numbers may lack
    as_of: datetime | None = later(None)

    @property
    def label(self) -> str:
        return self.week_label

    @property
    def about(self) -> tuple[str, str]:
        """What it is about, as the archive says it."""
        return "week", self.week_start.isoformat()

    @property
    def stem(self) -> str:
        """The files' name before the digest."""
        year, week, _ = self.week_start.isocalendar()
        return f"周简报_{year}-W{week:02d}"


@dataclass(frozen=True)
class Book(Document):
    """A period's review of all branches: overview, a page a branch, scoring, definitions; `sheets` hold the numbers as
    numbers."""

    NAME: ClassVar[str] = "review"
    KIND: ClassVar[str] = "支部评议册"
    TITLE: ClassVar[str] = "评议册"
    OPTIONS: ClassVar[str] = "--term、--period"
    ENDINGS: ClassVar[dict[str, str]] = {"Word": "docx", "PDF": "pdf", "Excel": "xlsx"}
    IN_PAGES: ClassVar[bool] = True

    campus: str
    title: str
    period: str
    label: str
    data_date: datetime
    build: str
    filters: str
    headline: str
    sections: tuple[Section, ...]
    sheets: tuple[Sheet, ...]
    cautions: tuple[Line, ...] = ()

    @property
    def about(self) -> tuple[str, str]:
        return "period", self.period

    @property
    def stem(self) -> str:
        return f"支部评议册_{self.period}"
