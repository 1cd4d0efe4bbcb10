"""周例会: the numbers counted by hand, the week in the URL, failing parts that stay small,
and words that stay words.
"""

import html
import re
from datetime import date

import pytest

import warehouse
from reports.brief import brief
from tests.pages import drawn
from tests.pages.conftest import words
from ui.frame import data, missing_exports
from ui.frame.words import plain


def tiles(at) -> dict[str, str]:
    """Text of each tile by its label."""
    found = {}
    for element in at.get("html"):
        body = element.proto.body
        if 'class="tile-label">' in body:
            found[body.split('class="tile-label">')[1].split("<")[0]] = body
    return found


def test_tiles_say_what_the_drawn_week_holds(open_at):
    at = open_at("weekly")
    assert not at.exception and not at.error
    shown = tiles(at)
    assert list(shown) == ["及时响应率", "按时办结率", "满意率", "按期整改率", "逾期未整改隐患", "工单量"]
    assert "80.0" in shown["按时办结率"] and "8 / 10" in shown["按时办结率"]
    assert (
        "100.0" in shown["满意率"] and "本人评价率 44.4 %" in shown["满意率"]
    )  # 4 of 9 closed were rated by the person
    assert ">2<small> 条" in shown["逾期未整改隐患"] and "目标 0 条：未达标" in shown["逾期未整改隐患"]
    assert ">10<small> 单" in shown["工单量"] and "正常波动" in shown["工单量"]


def test_the_headline_and_the_signals_say_that_nothing_changed(open_at):
    said = words(open_at("weekly"))
    assert "本周无明显变化（正常波动）" in said.replace("\\", "")
    assert "误报" in said


def test_overdue_is_listed_by_unit_with_the_earliest_deadline(open_at):
    table = open_at("weekly").dataframe[0].value
    assert table["责任部门"].tolist() == ["后勤处", drawn.UNIT]
    assert table["逾期隐患（条）"].tolist() == ["0", "2"]
    assert table["逾期工单（单）"].tolist() == ["30", "0"]
    assert table["隐患最早期限"].iloc[1] == "2026-10-05"


@pytest.mark.parametrize(
    ("asked", "label", "warned"),
    [
        (None, "第11教学周", False),
        ("2026-11-02", "第10教学周", False),
        ("2026-11-05", "第10教学周", False),  # any day of the week means its week
        ("2026-11-16", "第12教学周", False),  # the week that runs
        ("2026-11-23", "第11教学周", True),  # not begun yet
        ("1066-10-14", "第11教学周", True),
        ("<b>x</b>", "第11教学周", True),
    ],
)
def test_the_week_is_in_the_address(open_at, asked, label, warned):
    at = open_at("weekly", **({"week": asked} if asked else {}))
    assert not at.exception
    assert f"**{label}**" in words(at)
    assert any("没有链接里说的那一周" in warning.value for warning in at.warning) is warned


def test_arrows_move_the_week_and_stop_at_the_one_that_runs(open_at):
    at = open_at("weekly")
    at.button(key="week_before").click().run()
    assert at.query_params["week"] == "2026-11-02"
    at.button(key="week_after").click().run()
    assert "week" not in at.query_params
    at.button(key="week_after").click().run()
    assert at.query_params["week"] == "2026-11-16" and at.button(key="week_after").disabled


def test_the_week_that_runs_is_marked_and_judged_by_nothing_whole(open_at):
    at = open_at("weekly", week="2026-11-16")
    assert not at.exception and not at.error
    assert "未满，到 11-16 08:00" in words(at)
    waiting = {label for label, body in tiles(at).items() if "还没有收到" in body}
    assert waiting == {"按期整改率"}  # hazards were last exported before this week began
    assert all("未满一周" in body for label, body in tiles(at).items() if label not in waiting)
    assert "未满，到" not in words(open_at("weekly"))


def test_a_week_before_any_data_says_so(open_at):
    at = open_at("weekly", week="2025-03-03")
    assert not at.exception and not at.error
    said = words(at)
    assert "数据不足，还不能判断" in said and "这一周之前还没有数据。" in said
    assert all(">—<small>" in body for body in tiles(at).values())


def test_a_week_in_a_holiday_is_drawn(open_at):
    at = open_at("weekly", week="2026-08-03")
    assert not at.exception and not at.error
    assert "**暑假**" in words(at)


def test_filters_narrow_the_tiles(open_at):
    at = open_at("weekly", category="门锁")
    assert ">5<small> 单" in tiles(at)["工单量"]
    assert "3 / 5" in tiles(at)["按时办结率"]


def test_one_tile_that_fails_leaves_the_others(open_at, monkeypatch):
    original = data.tile

    def breaks(build, key, *rest):
        if key == "ticket_count":
            raise RuntimeError("secret detail")
        return original(build, key, *rest)

    monkeypatch.setattr(data, "tile", breaks)
    at = open_at("weekly")
    assert [error.value for error in at.error] == ["「工单量」没有算出来，其他数字不受影响。"]
    assert len(tiles(at)) == 5
    assert "secret" not in words(at) and not at.exception


def test_a_week_loaded_by_half_says_which_source_stops_when(open_at):
    said = [warning.value for warning in open_at("weekly").warning]
    assert said == ["隐患台账只导出到 2026-10-01：这一周的数字不全，先不要比较。"]
    assert not open_at("weekly", week="2026-09-21").warning


def test_an_unfinished_export_is_not_compared(open_at):
    at = open_at("weekly")
    shown = tiles(at)
    assert (
        "本周未满，不比较" in shown["逾期未整改隐患"]
        and "未满一周" in shown["逾期未整改隐患"]
        and "环比" not in shown["逾期未整改隐患"]
    )
    assert "环比" in shown["工单量"]
    assert "较上周" not in words(at)


def test_an_export_that_never_came_is_said_and_not_counted_as_zero(open_at, monkeypatch, request):
    for kept in (data.tile, data.composed):
        request.addfinalizer(kept.clear)
        kept.clear()
    monkeypatch.setattr(
        missing_exports.arrivals.first_day,
        "first_day",
        lambda _build, table: date.max if table == "hazards" else date(2026, 4, 21),
    )
    at = open_at("weekly")
    assert not at.exception and not at.error
    assert "没有收到隐患台账的导出" in words(at)
    assert "还没有收到隐患台账的导出" in tiles(at)["按期整改率"]
    assert [label for label in at.dataframe[0].value.columns if "隐患" in label] == []


def test_a_term_s_first_week_is_not_growth_over_the_holiday(open_at):
    tile = tiles(open_at("weekly", week="2026-08-31"))["工单量"]
    assert 'title="环比：上周是暑假，不作比较' in tile and "环比 —" not in tile, (
        "it takes no room, only the help says why"
    )


def screen(at) -> str:
    return next(element.proto.body for element in at.get("html") if 'class="screen"' in element.proto.body)


def test_the_page_says_every_section_of_the_brief_in_its_order(open_at):
    at = open_at("weekly")
    assert [one.value for one in at.subheader] == [
        "上周交办复核",
        "本周信号",
        "三率与时效",
        "逾期与红线",
        "零报告",
        "下周提示",
        "拟交办",
    ]


def test_on_a_projector_nothing_is_lost_and_the_screens_turn(open_at):
    at = open_at("weekly", present="1")
    assert not at.exception and not at.error
    assert "本周无明显变化" in screen(at) and at.button(key="screen_before").disabled
    count = int(
        at.button(key="screen_after")
        and next(one.value for one in at.markdown if one.value.startswith("1 / ")).split(" / ")[1]
    )
    seen = []
    for _ in range(count):
        seen.append(screen(at))
        at.button(key="screen_after").click().run() if not at.button(key="screen_after").disabled else None
    assert at.button(key="screen_after").disabled and len(set(seen)) == count
    whole = "".join(seen)
    assert all(
        title in whole
        for title in ("上周交办复核", "本周信号", "三率与时效", "逾期与红线", "零报告", "下周提示", "拟交办")
    )
    assert "80.0 %" in whole and "8 / 10" in whole and "&lt;b&gt;后勤&lt;/b&gt;" in whole and "<b>后勤</b>" not in whole


@pytest.mark.parametrize("number", ["0", "999", "x", "<b>"])
def test_a_screen_that_does_not_exist_is_the_nearest_one(open_at, number):
    at = open_at("weekly", present="1", screen=number)
    assert not at.exception and screen(at)


def every_string(section) -> list[str]:
    """Every number and sentence a section of the brief shows, charts aside: a tile draws its own weeks."""
    said = [section.title, section.failure or section.sentence]
    for line in section.lines:
        said += [line.text, *line.details]
    for one in section.figures:
        number, _, unit = one.value.partition(" ")
        said += [one.label, number, one.verdict, one.parts, *one.changes, one.target]
    for table in section.tables:
        said += [
            table.title,
            *(table.columns if table.rows else [table.nothing]),
            *(cell for row in table.rows for cell in row),
        ]
    return [one for one in said if one]


@pytest.mark.parametrize("week", [None, "2026-10-05", "2026-08-03", "2025-03-03"])
def test_the_page_says_what_the_documents_say_number_by_number(open_at, week):
    at = open_at("weekly", **({"week": week} if week else {}))
    build = warehouse.current()
    made = brief.weekly(build, date.fromisoformat(week) if week else None)
    tables = " ".join(
        " ".join([*map(str, one.value.columns), *one.value.astype(str).to_numpy().ravel()]) for one in at.dataframe
    )
    shown = html.unescape(re.sub(r'<span class="unbroken">|</span>', "", words(at)) + tables).replace("\\", "")
    lost = [
        one
        for section in made.sections[1:]
        for one in every_string(section)
        if plain(one, 400).replace("\\", "").replace("\u00a0", " ") not in shown and one not in shown
    ]
    assert lost == []
    assert (
        plain(made.headline, 400).replace("\\", "").replace("\u00a0", " ") in shown
        and f"内容指纹 {made.digest}" in shown
    )
