"""What was promised: part and whole of every commitment, those who did nothing named, points for reference only."""

from tests.pages.conftest import words


def table(at, column: str) -> list:
    """The values of the first table on the page that has such a column."""
    return next(frame.value[column].tolist() for frame in at.dataframe if column in frame.value)


def test_the_sentence_counts_units_pairs_and_matters(open_written):
    said = words(open_written("commitments")).replace("\\", "")
    assert (
        "责任状已签 2 / 20 个单位；结对 2 对，其中 1 对本学期有行动；"
        "学校台账的督办到期 2 项，按期完成 1 项，逾期未完成 1 项" in said
    )
    assert "33.3" in said and "1 / 3" in said, "a task without evidence is due and not done"


def test_units_that_did_not_sign_are_named_whether_or_not_the_ledger_does(open_written):
    at = open_written("commitments")
    missing = table(at, "签订岗位")
    assert len(missing) == 18
    assert "示范物业公司" not in at.dataframe[0].value["责任单位"].tolist()
    signed = at.dataframe[1].value.set_index("责任单位")["迟签天数"].to_dict()
    assert signed == {"后勤保障处": 10, "保卫处": 0}


def test_pairs_without_an_action_this_term_are_named(open_written):
    at = open_written("commitments", tab="结对共建")
    assert at.dataframe[0].value[["党支部", "共建单位"]].values.tolist() == [["第二党支部", "消防站"]]


def test_overdue_matters_stand_with_unit_and_reason(open_written):
    at = open_written("commitments", tab="督办")
    assert at.dataframe[0].value[["任务", "责任单位", "原因"]].values.tolist() == [
        ["更换灭火器", "后勤保障处", "采购未完成"]
    ]


def test_points_are_shown_once_and_never_decide(open_written):
    at = open_written("commitments", tab="积分（仅供参考）")
    assert "仅供参考" in words(at) and "不排名" in words(at)
    assert table(at, "积分") == [20.0], "the same points under two spellings of a branch are one row"


def test_missing_exports_are_said_with_their_template(open_at):
    said = words(open_at("commitments"))
    assert "还没有收到安全责任状、结对共建、例会督办的导出" in said
    assert "0 / 0" not in said


def test_a_filter_that_no_record_can_answer_is_refused_in_the_sentence(open_written):
    said = words(open_written("commitments", building="D03"))
    assert "仅 3号楼：安全责任状没有登记楼宇，不能这样分" in said and "督办到期 0 项" not in said
