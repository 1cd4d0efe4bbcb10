"""What the reader asked for: one frozen object, kept in the URL, the same on every page, able to say itself in
words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from metrics.ask import terms
from metrics.ask.selection import Selection
from metrics.ask.window import Window
from warehouse import Build

WEEKS = {"近4周": 4, "近12周": 12, "近26周": 26, "近52周": 52, "近208周": 208}
TERMS = {"本学期": 0, "上学期": 1}
PERIODS = (*TERMS, *WEEKS)
DEFAULT_PERIOD = "本学期"  # its weeks so far have last year's same teaching weeks to stand against
WITHOUT_TERM = 12  # weeks shown where the calendar knows no term
UNKNOWN = "未识别"

# field → (key in the URL, what "all of them" is called, counting word)
PLACES = {
    "buildings": ("building", "全部楼宇", "处楼宇"),
    "grids": ("grid", "全部网格", "个网格"),
    "branches": ("branch", "全部支部", "个支部"),
    "categories": ("category", "全部类别", "个类别"),
}
DAYS = ("since", "until")  # first and last day
OLD_DAYS = ("from", "to")  # as links said them once; chat programs put a from of their own into what they hand on
PERIOD_KEYS = ("period", *DAYS, *OLD_DAYS)
KEYS = (*PERIOD_KEYS, *(key for key, _, _ in PLACES.values()))
MOST_VALUES, LONGEST_VALUE = 60, 60


@dataclass(frozen=True)
class Filters:
    """Period (a preset, or explicit first and last day) and places; an empty tuple means all.

    `notes` are sentences about parts of a query string that made no sense and were left out.
    """

    period: str = DEFAULT_PERIOD
    first_day: date | None = None
    last_day: date | None = None
    buildings: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, params: Mapping, existing: Mapping[str, frozenset[str]] | None = None) -> "Filters":
        """Filters from a query string nobody vouches for: what makes no sense is left out and noted, never an error.

        `existing` gives, per field name, the ids that exist; a field not in it is taken as it stands.
        """
        notes: list[str] = []
        first_day, last_day = _days(params, notes)
        places = {name: _known_values(params, name, existing or {}, notes) for name in PLACES}
        return cls(_period(params, notes), first_day, last_day, **places, notes=tuple(notes))

    def to_query(self) -> dict[str, str | tuple[str, ...]]:
        """Only what differs from the default, ready for st.query_params; the default is an empty dict."""
        query: dict[str, str | tuple[str, ...]] = {}
        if self.first_day and self.last_day:
            query |= dict(zip(DAYS, (self.first_day.isoformat(), self.last_day.isoformat()), strict=True))
        elif self.period != DEFAULT_PERIOD:
            query["period"] = self.period
        return query | {key: getattr(self, name) for name, (key, _, _) in PLACES.items() if getattr(self, name)}

    def chosen(self, field: str, values: tuple[str, ...]) -> "Filters":
        """The same with other places or categories; `field`: a key of PLACES."""
        places = {name: values if name == field else getattr(self, name) for name in PLACES}
        return Filters(self.period, self.first_day, self.last_day, **places)

    @property
    def is_default(self) -> bool:
        return not self.to_query()

    def selection(self) -> Selection:
        """The places and categories as metrics takes them."""
        return Selection(**{name: getattr(self, name) for name in PLACES})

    def window(self, build: Build) -> Window:
        """Half-open days [start, end): the days asked for, or whole weeks up to the one the data date lies in."""
        if self.first_day and self.last_day:
            return Window(self.first_day, self.last_day + timedelta(days=1))
        return period_window(self.period, build)

    def sentence(self, names: Mapping[str, str] | None = None, period: bool = True) -> str:
        """「全部楼宇 · 本学期 · 全部类别」; with ids turned into `names` where given."""
        categories = _listed(self.categories, {}, *PLACES["categories"][1:])
        parts = [self._places_in_words(names or {}), self.period_in_words() if period else "", categories]
        return " · ".join(part for part in parts if part)

    def period_in_words(self) -> str:
        if self.first_day and self.last_day:
            return f"{self.first_day} 至 {self.last_day}"
        return f"近 {WEEKS[self.period]} 周" if self.period in WEEKS else self.period

    def _places_in_words(self, names: Mapping[str, str]) -> str:
        chosen = [
            _listed(getattr(self, name), names, every, counted)
            for name, (_, every, counted) in PLACES.items()
            if name != "categories" and getattr(self, name)
        ]
        return " · ".join(chosen) or PLACES["buildings"][1]


def _listed(values: tuple[str, ...], names: Mapping[str, str], every: str, counted: str) -> str:
    if not values:
        return every
    words = "、".join(names.get(value, value) for value in values[:2])
    return words if len(values) <= 2 else f"{words} 等 {len(values)} {counted}"


def period_window(period: str, build: Build) -> Window:
    """The days a preset means on this build: whole weeks, the last one maybe unfinished; an unknown term → 12 weeks.
    In a holiday 本学期 is the term before it."""
    recent = Window.recent_weeks(build.data_date, WEEKS.get(period, WITHOUT_TERM))
    if period not in TERMS:
        return recent
    begun = [window for _, _, window in terms.terms(build) if window.start <= build.data_date.date()]
    if len(begun) <= TERMS[period]:
        return recent
    term = begun[-1 - TERMS[period]]
    return Window(term.start, min(term.end, recent.end))


def _period(params: Mapping, notes: list[str]) -> str:
    period = (_values(params, "period") or [DEFAULT_PERIOD])[-1]
    if period in PERIODS:
        return period
    notes.append(f"没有这个时段，已改为{DEFAULT_PERIOD}")
    return DEFAULT_PERIOD


def _known_values(params: Mapping, name: str, existing: Mapping, notes: list[str]) -> tuple[str, ...]:
    key, _, counted = PLACES[name]
    wanted = _values(params, key)
    kept = [value for value in wanted if name not in existing or value in existing[name]]
    if len(kept) < len(wanted):
        notes.append(f"有 {len(wanted) - len(kept)} {counted}在当前数据里找不到，已忽略")
    return tuple(kept)


def _values(params: Mapping, key: str) -> list[str]:
    written = params.get_all(key) if hasattr(params, "get_all") else params.get(key, [])
    written = [written] if isinstance(written, str) else [str(value) for value in written or []]
    clean = (value.strip() for value in written[:MOST_VALUES])
    return list(dict.fromkeys(value for value in clean if value and len(value) <= LONGEST_VALUE))


def asked(params: Mapping) -> bool:
    """Whether an address says anything about the filters."""
    places = any(_values(params, key) for key, _, _ in PLACES.values())
    return bool(places or _values(params, "period") or any((*_written(params, DAYS), *_written(params, OLD_DAYS))))


def _written(params: Mapping, keys: tuple[str, str]) -> list[str]:
    """First and last day as they stand; a word without a digit (from=singlemessage) is a chat program's own."""
    dates = ([value for value in _values(params, key) if not value.isalpha()] for key in keys)
    return [(values or [""])[-1] for values in dates]


def _days(params: Mapping, notes: list[str]) -> tuple[date | None, date | None]:
    written = next((days for days in (_written(params, DAYS), _written(params, OLD_DAYS)) if any(days)), None)
    if written is None:
        return None, None
    try:
        first, last = (date.fromisoformat(text) for text in written)
    except ValueError:
        notes.append("起止日期读不懂（应为 2026-09-01 这样的写法），已忽略")
        return None, None
    if first > last or first.year < 1990 or last.year > 2100:
        notes.append("起止日期前后颠倒或超出范围，已忽略")
        return None, None
    return first, last
