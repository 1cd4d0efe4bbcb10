"""The desk's filter round trips: what a reader changes each time, and the bare SQL that would answer it."""

from collections.abc import Callable, Iterator

TRIPS = 20
LISTED = "ticket_id, opened_at, category, level, place_text, unit, status_text, due_at, closed_at"
BARE_LIST = f"SELECT {LISTED} FROM tickets WHERE {{where}} ORDER BY {{order}} LIMIT 50"
BARE_COUNT = "SELECT count(*) FROM tickets WHERE {where}"
BARE_HEAT = "SELECT {row}, date_trunc('week', opened_at) AS week, count(*) FROM tickets WHERE {where} GROUP BY ALL"
PERIODS = {"近12周": "2026-08-31", "近26周": "2026-05-25", "近52周": "2025-11-24", "近208周": "2022-11-28"}
CATEGORIES = ("水电", "门锁", "空调", "网络", "消防", "家具", "治安", "其他")
WORDS = ("漏水", "电动车 充电", "烟感 三天", "卡失灵", "打不开 影响", "纸箱", "wifi 301", "喧哗", "漏电 楼管", "急")
Trip = tuple[dict[str, str], tuple[str, ...]]


def _when(period: str) -> str:
    return f"is_ticket AND opened_at >= TIMESTAMP '{PERIODS[period]}'"


def _list(where: str, order: str = "opened_at DESC") -> tuple[str, ...]:
    return BARE_COUNT.format(where=where), BARE_LIST.format(where=where, order=order)


def filtering() -> Iterator[Trip]:
    """Another period, building or category each time."""
    for number in range(TRIPS):
        period, category, building = list(PERIODS)[number % 4], CATEGORIES[number % 8], f"D{number % 40 + 1:02}"
        query = {"period": period, "building": building} | ({"category": category} if number % 2 else {})
        where = f"{_when(period)} AND building_id = '{building}'" + (
            f" AND category = '{category}'" if number % 2 else ""
        )
        yield query, _list(where)


def sorting() -> Iterator[Trip]:
    """Four years, by another column each time, both ways."""
    for number in range(TRIPS):
        column = (
            "unit",
            "place_text",
            "due_at",
            "closed_at",
            "status_text",
            "category",
            "level",
            "ticket_id",
            "description",
            "room",
        )[number % 10]
        way = "" if number < 10 else "-"
        yield (
            {"period": "近208周", "order": way + column},
            _list(_when("近208周"), f"{column} {'DESC' if way else 'ASC'} NULLS LAST"),
        )


def turning() -> Iterator[Trip]:
    """Four years, pages from the first to the last."""
    for number in range(TRIPS):
        offset = 1_000_000 * number // TRIPS // 50 * 50
        where = _when("近208周")
        yield (
            {"period": "近208周", "page": str(offset // 50 + 1)},
            (
                BARE_COUNT.format(where=where),
                BARE_LIST.format(where=where, order="opened_at DESC") + f" OFFSET {offset}",
            ),
        )


def searching() -> Iterator[Trip]:
    """Words in four years of titles, descriptions and places."""
    for number in range(TRIPS):
        word, category = WORDS[number % 10], CATEGORIES[number % 8]
        texts = (
            "("
            + " AND ".join(f"contains(concat_ws(' ', title, description, place_text), '{one}')" for one in word.split())
            + ")"
        )
        where = f"{_when('近208周')} AND {texts}" + (f" AND category = '{category}'" if number >= 10 else "")
        yield {"period": "近208周", "q": word} | ({"category": category} if number >= 10 else {}), _list(where)


def heating(row: str) -> Callable[[], Iterator[Trip]]:
    """The heatmap of places by weeks, of another category and period each time."""

    def trips() -> Iterator[Trip]:
        for number in range(TRIPS):
            period, category = ("近12周", "近26周")[number // 8 % 2], CATEGORIES[number % 8]
            query = {"period": period, "category": category} | ({"sort": "name"} if number >= 16 else {})
            query |= {"building": f"D{number:02}"} if number >= 16 else {}
            yield query, (BARE_HEAT.format(row=row, where=f"{_when(period)} AND category = '{category}'"),)

    return trips


GROUPS = {
    "building": "building_id",
    "grid": "grid_id",
    "category": "category",
    "unit": "unit",
    "week": "date_trunc('week', {time})",
    "month": "date_trunc('month', {time})",
    "weekday": "isodow({time})",
    "hour": "hour({time})",
}
PAIRS = (
    ("building", "category"),
    ("unit", "week"),
    ("category", "month"),
    ("grid", "unit"),
    ("weekday", "hour"),
    ("building", "week"),
)
SHOWN = ("table", "heat", "bar")


def exploring(metric: str, time: str, bare: str) -> Callable[[], Iterator[Trip]]:
    """Another pair of dimensions, period and way to show it each time; `bare`: the columns one statement needs for the
    cells."""

    def trips() -> Iterator[Trip]:
        for number in range(TRIPS):
            (row, column), period = PAIRS[number % 6], list(PERIODS)[number // 6]
            query = {"metric": metric, "rows": row, "across": column, "period": period, "show": SHOWN[number % 3]}
            keys = ", ".join(GROUPS[name].format(time=time) for name in (row, column))
            yield (
                query,
                (
                    f"SELECT {keys}, {bare} FROM tickets WHERE is_ticket AND {time} >= TIMESTAMP "
                    f"'{PERIODS[period]}' GROUP BY ALL",
                ),
            )

    return trips


def comparing() -> Iterator[Trip]:
    """Two periods or two places, by another dimension each time."""
    for number in range(TRIPS):
        row, period = ("building", "category", "unit", "weekday", "hour")[number % 5], list(PERIODS)[number // 5 % 3]
        against = (
            {"against": "previous"}
            if number % 2
            else {"against": "place", "of": "grid" if row == "building" else "building"}
        )
        metric, counted = (
            ("ticket_count", "count(*)"),
            ("ticket_on_time_rate", "count(*) FILTER (is_on_time), count(*) FILTER (is_due)"),
        )[number // 2 % 2]
        time = ("opened_at", "due_at")[number // 2 % 2]
        bare = (
            f"SELECT {GROUPS[row].format(time=time)}, {counted} FROM tickets WHERE {time} >= TIMESTAMP "
            f"'{PERIODS[period]}' GROUP BY ALL"
        )
        yield {"metric": metric, "rows": row, "period": period} | against, (bare, bare)


def visiting() -> Iterator[Trip]:
    """Another building's portrait each time, its newest records and its tickets by weekday and hour."""
    for number in range(TRIPS):
        period, building = list(PERIODS)[number % 3], f"D{number + 1:02}"
        where = f"{_when(period)} AND building_id = '{building}'"
        yield (
            {"building": building, "period": period},
            (
                BARE_LIST.format(where=where, order="opened_at DESC"),
                f"SELECT isodow(opened_at), hour(opened_at), count(*) FROM tickets WHERE {where} GROUP BY ALL",
            ),
        )


def by_category(bare: str, **more: str) -> Callable[[], Iterator[Trip]]:
    """Another category and period each time; `bare`: one statement with a place for its conditions."""

    def trips() -> Iterator[Trip]:
        for number in range(TRIPS):
            period, category = list(PERIODS)[number // 8], CATEGORIES[number % 8]
            yield (
                {"period": period, "category": category} | more,
                (bare.format(where=f"{_when(period)} AND category = '{category}'"),),
            )

    return trips


BARE_MAP = "SELECT building_id, count(*) FROM tickets WHERE {where} GROUP BY ALL"
BARE_ROOMS = "SELECT building_id, room, category, count(*) FROM tickets WHERE {where} GROUP BY ALL HAVING count(*) > 2"
BARE_PACES = (
    "SELECT unit, quantile_cont(epoch(closed_at) - epoch(opened_at), 0.5) FROM tickets WHERE {where} GROUP BY ALL"
)
VIEWS: dict[str, tuple[str, Callable[[], Iterator[Trip]]]] = {
    "records: another filter": ("records", filtering),
    "records: another order": ("records", sorting),
    "records: another page": ("records", turning),
    "records: a search": ("records", searching),
    "buildings × weeks": ("buildings", heating("building_id")),
    "grids × weeks": ("grids", heating("grid_id")),
    "map: another category": ("campus_map", by_category(BARE_MAP)),
    "portrait: another building": ("building", visiting),
    "explorer: counts": ("explorer", exploring("ticket_count", "opened_at", "count(*)")),
    "explorer: rates": (
        "explorer",
        exploring("ticket_on_time_rate", "due_at", "count(*) FILTER (is_on_time), count(*) FILTER (is_due)"),
    ),
    "explorer: per resident": ("explorer", exploring("ticket_rate_per_1000", "opened_at", "count(*)")),
    "explorer: durations": (
        "explorer",
        exploring("time_to_close", "opened_at", "quantile_cont(epoch(closed_at) - epoch(opened_at), [0.5, 0.9])"),
    ),
    "explorer: two sides": ("explorer", comparing),
    "repeats: places": ("repeats", by_category(BARE_ROOMS)),
    "repeats: curves": ("repeats", by_category(BARE_PACES, repeats="办结快慢")),
}
