"""The ladder and the days between rare events as figures: what is drawn is what was measured, and names stay
harmless."""

from datetime import date

from metrics.duties.ladder import Level
from metrics.duties.rare_events import Rare
from metrics.methods import time_between
from metrics.methods.verdict import NORMAL, Verdict
from ui.charts import ladder as charts_ladder
from ui.charts import rare as charts_rare

NAN = float("nan")
LEVELS = (
    Level("网格", 6, 6, 3, 1, 2, 1, 4.0, NAN, 4, 5),
    Level("楼栋/学院", 1, 3, 0, 1, 2, 0, NAN, NAN, 0, 0),
    Level("校外", 0, 0, 0, 0, 0, 0, NAN, NAN, 0, 0),
)


def notes(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_every_level_has_its_pieces_and_its_words():
    figure = charts_ladder.flow(LEVELS, title="标题", subtitle="副题")
    assert [list(bar.x) for bar in figure.data] == [[3, 0, 0], [1, 1, 0], [2, 2, 0]]
    assert len({bar.marker.color for bar in figure.data}) == 3
    said = notes(figure)
    assert "<b>网格</b>　到这一级或更高 6 件 · 还在 1<br>在此办结 3（50.0 ％），又重办 1（33.3 ％）" in said
    assert "↓ 上交 2 件" in said and "<b>校外</b>　0 件" in said
    assert figure.data[0].customdata[1] == ["楼栋/学院", "closed"]


def test_a_share_never_stands_without_what_came_back():
    for note in notes(charts_ladder.flow(LEVELS[:1], title="", subtitle="")):
        assert "在此办结" not in note or "又重办" in note


def test_an_empty_ladder_says_so():
    assert notes(charts_ladder.flow(LEVELS[2:], title="", subtitle=""))[0] == "这段时间没有可以画的事项"


def found(**more) -> Rare:
    given = {
        "category": "火<灾>",
        "days": (date(2026, 1, 1), date(2026, 1, 11), date(2026, 1, 14)),
        "gaps": (10.0, 3.0),
        "limits": time_between.Gaps(6.0, 1.0, 30.0, 2),
        # fmt: skip
        "verdict": Verdict(NORMAL, against="平常"),
        "special": (False, True),
        "waited": 40.0,
        "until": date(2026, 2, 23),
    }
    return Rare(**{**given, **more})


def test_points_limits_and_the_running_wait():
    figure = charts_rare.days_between(found(), title="", subtitle="")
    assert list(figure.data[1].y) == [10.0, 3.0] and figure.data[1].customdata[0] == ["2026-01-11"]
    assert list(figure.data[-1].y) == [40.0] and figure.data[-1].customdata[0] == [""]
    assert set(notes(figure)) == {"中线 6.0 天", "上限 30.0 天", "下限 1.0 天"}
    assert figure.layout.yaxis.range[1] > 40
    assert figure.data[1].marker.color[1] == charts_rare.BAD  # closer than the centre, and more than noise


def test_a_lower_limit_of_nought_and_no_events_are_not_drawn():
    assert "下限" not in "".join(
        notes(charts_rare.days_between(found(limits=time_between.Gaps(6.0, 0.0, 30.0, 2)), title="", subtitle=""))
    )
    assert notes(charts_rare.days_between(None, title="", subtitle="")) == ["次数太少，画不出间隔"]
