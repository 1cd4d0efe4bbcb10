"""A young school: from its first days every page says something true, the meeting is about a week there is, and since
which week limits, forecasts and comparisons begin is said. Builds of a handful of rows; about 17 seconds, half of them
the walk over every page."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import warehouse
from metrics.ask.reading import young
from reports.brief import brief
from tests.etl.conftest import Home
from tests.pages.conftest import loaded, words
from ui.frame.menu import FILES

pytestmark = pytest.mark.slow
FIRST = date(2026, 8, 31)
HEAD = "工单编号,工单标题,问题描述,故障类型,楼宇,提交时间,完成时间,工单状态,责任部门"


def load(weeks: int):
    """Ten tickets a week from FIRST on, exported at the end of the last one (of the third day for no week at all)."""
    end = datetime.combine(FIRST, datetime.min.time()) + (timedelta(weeks=weeks) if weeks else timedelta(days=2))
    days = [
        FIRST + timedelta(weeks=week, days=n % (6 if weeks else 2)) for week in range(weeks or 1) for n in range(10)
    ]
    rows = [f"GD{n:03},报修,水龙头漏水,水电,3号楼,{day} 09:00,,处理中,后勤处" for n, day in enumerate(days)]
    name = f"守护码工单_{end + timedelta(hours=8):%Y%m%d%H%M%S}.csv"

    def into(home: Home) -> None:
        home.load(home.write(name, HEAD, *rows))

    return into


@pytest.fixture(scope="module")
def homes(tmp_path_factory) -> dict[int, Path]:
    return {weeks: loaded(tmp_path_factory.mktemp(f"weeks{weeks}"), load(weeks)) for weeks in (0, 3, 8)}


def at_home(home: Path, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(home))
    return warehouse.current()


def test_what_has_not_begun_is_named_with_its_week(homes, monkeypatch):
    said = {weeks: young.sentence(at_home(home, monkeypatch)) for weeks, home in homes.items()}
    assert said[0].startswith("记录从 2026-08-31 起，还不满一周：预计最早从 09-21 起，控制界限最早从 10-26 起")
    assert said[3].startswith(
        "记录从 2026-08-31 起，共 3 个整周：控制界限最早从 10-26 起，与上年同一教学周比最早从 2027"
    )
    assert said[8].startswith("记录从 2026-08-31 起，共 8 个整周：与上年同一教学周比最早从 2027-08-30 起")


def test_the_meeting_can_be_held_from_the_first_days_on(homes, monkeypatch):
    asked = {weeks: brief.weekly(at_home(home, monkeypatch)) for weeks, home in homes.items()}
    assert [made.week_start for made in asked.values()] == [FIRST, date(2026, 9, 14), date(2026, 10, 19)]
    for weeks, made in asked.items():
        assert all(section.sentence or section.failure for section in made.sections), weeks
        assert "没有数据" not in made.headline and "正常波动" not in made.headline.partition("；")[0] or weeks == 8


def test_every_page_opens_with_a_sentence_and_none_is_judged_without_a_past(homes, open_at, monkeypatch):
    at_home(homes[3], monkeypatch)
    noted = []
    for key in FILES:
        at = open_at(key)
        said = words(at)
        assert not at.exception and at.markdown[0].value.strip(), key
        assert "各楼都是正常波动" not in said and "与自己的过去比，都在正常波动内" not in said, key
        noted += [key] if "控制界限最早从 10-26 起" in said else []
    assert {"weekly", "trends", "campus_map", "buildings", "grids"} <= set(noted)
