"""A campaign on its page: counts before and during, here and elsewhere, with the interval in words."""

from tests.pages.conftest import words


def test_the_sentence_says_what_changed_and_how_sure(open_written):
    said = words(open_written("campaigns")).replace("\\", "")
    assert (
        "停车落锁：自行车被盗在行动楼宇 14 → 1 单；扣除同类楼宇的同期变化，减少 93 %；" in said
        and "同类楼宇 14 单" in said
    )
    assert "扣除同类楼宇的同期变化，减少 93 %，95 % 区间为减少 100 % 至减少 " in said


def test_a_place_nobody_knows_is_said(open_written):
    assert "有 1 处地点认不出是哪栋楼，没有计入：北区小树林" in words(open_written("campaigns"))


def test_the_card_says_where_when_and_what_there_would_have_been(open_written):
    at = open_written("campaigns")
    said = words(at).replace("\\", "")
    assert all(part in said for part in (">8号楼<", "2026-10-12 至 2026-10-18", "同类楼宇"))
    assert "照同类楼宇的变化，这里本来约有 14 单，实际 1 单，约少 13 单" in said
    assert any(link.proto.label == "看台账里的这一条" for link in at.get("page_link"))


def test_every_count_leads_to_its_records(open_written):
    at = open_written(
        "records", metric="ticket_count", building="D08", category="自行车被盗", from_="2026-10-05", to="2026-10-11"
    )
    assert "共 14 单" in words(at)


def test_nonsense_in_the_address_falls_back(open_written):
    at = open_written("campaigns", campaign="'; DROP TABLE campaigns")
    assert not at.exception and not at.error


def test_without_campaigns_the_page_says_which_export_to_provide(open_at):
    assert "还没有收到专项行动的导出" in words(open_at("campaigns"))
