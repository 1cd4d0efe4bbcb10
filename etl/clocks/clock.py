"""A clock says which hours of which days count; 全天 counts them all. Times are wall-clock, without any shift."""

from dataclasses import dataclass, field

ALWAYS = "全天"


@dataclass(frozen=True)
class Clock:
    """spans: (begin, end) in seconds of the day, in order. on_workdays: else every day."""

    name: str
    on_workdays: bool
    spans: tuple[tuple[int, int], ...]

    @property
    def words(self) -> str:
        """「工作日 08:00–12:00、14:00–18:00」"""
        spans = "、".join("–".join(f"{at // 3600:02}:{at % 3600 // 60:02}" for at in span) for span in self.spans)
        return f"{'工作日' if self.on_workdays else '每天'} {spans}"


@dataclass(frozen=True)
class Clocks:
    """of: 「tickets.due_clock.一般」 → the name of one in `named`. stops: table → the states that stop its clock."""

    named: tuple[Clock, ...] = ()
    of: dict[str, str] = field(default_factory=dict)
    stops: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def words_of(self, name: str) -> str:
        """「全天」, or the name with its hours: 「工作时间（工作日 08:00–18:00）」"""
        return next((f"{name}（{clock.words}）" for clock in self.named if clock.name == name), name)
