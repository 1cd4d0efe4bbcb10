"""The page 演练与培训 on files counted by hand, on a build without any of its exports, and part by part."""

import json

import pytest

from tests.pages import written_training
from tests.pages.conftest import words
from ui.parts.safety.drills_tabs import PARTS


@pytest.fixture(scope="module")
def trained_home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("trained")
        patch.setenv("CAMPUS_DATA", str(home))
        patch.setenv("CAMPUS_KEY_FILE", str(home / "key"))
        (home / "key").write_bytes(b"a key for tests only, thirty-two bytes at least")
        (home / "key").chmod(0o600)
        written_training.load(home)
    return home


@pytest.fixture
def open_trained(open_at, trained_home, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(trained_home))
    return open_at


def said(at) -> str:
    assert not at.exception and not at.error
    return words(at).replace("\\", "")


def test_the_sentence_answers_with_part_and_whole(open_trained):
    told = said(open_trained("drills"))
    assert (
        "还没有收到演练记录的导出；首次考核通过 1/2，一年内考过 4/6；5 个持证岗位中 2 岗没有有效证书，"
        "30 天内再到期 1 岗"
    ) in told


def test_a_source_that_never_came_has_no_rate_but_its_empty_table(open_trained):
    at = open_trained("drills")
    assert "还没有收到演练记录的导出" in said(at) and [
        link for link in at.get("page_link") if link.proto.label == "取空表"
    ]


def test_without_any_export_nothing_is_rated(open_at):
    told = said(open_at("drills"))
    assert "还没有收到技能考核" in told and "还没有收到持证岗位" in told
    for tile in ("考核首次通过率", "持证率", "本学年新生教育达标学院"):
        inside = told.split(f'<span class="tile-label">{tile}</span>')[1].split("tile-line")[0]
        assert "没有数据" in inside and '<span class="tile-number">—' in inside


def test_certificates_by_post_none_counted_twice(open_trained):
    drawn = json.loads(open_trained("drills").get("plotly_chart")[0].proto.spec)
    posts = drawn["layout"]["yaxis"]["ticktext"]
    counts = [dict(zip(posts, trace["x"], strict=True)) for trace in drawn["data"]]
    assert counts == [
        {"厨师": 1, "救护员": 1},
        {"厨师": 1, "救护员": 0},
        {"厨师": 0, "救护员": 0},
        {"厨师": 0, "救护员": 0},
    ]


def test_colleges_short_of_their_hours_are_marked_and_those_with_none_stay(open_trained):
    drawn = json.loads(open_trained("drills").get("plotly_chart")[1].proto.spec)
    hours = dict(zip(drawn["layout"]["yaxis"]["ticktext"], drawn["data"][0]["x"], strict=True))
    assert len(hours) == 10 and hours["信息工程学院"] == 4 and hours["文学院"] == 2 and hours["艺术学院"] == 0
    assert len(set(drawn["data"][0]["marker"]["color"])) == 2


def test_expired_certificates_come_first_with_their_days(open_trained):
    lists = [frame.value for frame in open_trained("drills").dataframe]
    assert lists[0][["岗位", "证书情况"]].values.tolist() == [["厨师", "已过期"], ["救护员", "没有办证"]]
    assert lists[0]["剩余天数"].iloc[0] == -114 and lists[1]["剩余天数"].tolist() == [18]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_with_and_without_records(open_trained, open_at, part, monkeypatch, drawn_home):
    said(open_trained("drills", part=part))
    monkeypatch.setenv("CAMPUS_DATA", str(drawn_home))
    said(open_at("drills", part=part))


def test_a_site_nobody_came_to_stays_with_nought(open_trained):
    at = open_trained("drills", part="visits")
    assert at.dataframe[0].value.values.tolist() == [["安全体验馆", 40, 1], ["微型消防站", 0, 0]]
    assert "共 2 处，微型消防站没有人来" in said(at)


def test_a_company_nobody_left_shows_nought(open_trained):
    assert "乙保安公司" in said(open_trained("drills", part="contractors"))


def test_every_number_leads_to_as_many_records(open_trained):
    told = said(open_trained("records", metric="certificate_lacking", which="part"))
    assert "共 2 岗" in told
    assert "共 1 节" in said(
        open_trained("records", table="lessons", cell="unit:文学院", from_="2026-08-01", to="2026-11-22")
    )
