"""What the meeting is told: assignments beside what people reported, in the order of what is worst; proposals from
signals."""

from datetime import date, datetime

import pytest

from ledger import Ledger, open_ledger, under_way
from metrics.ask.selection import Selection
from metrics.ask.window import Window
from metrics.define import catalogue
from metrics.duties.outcomes import checked
from metrics.methods import spc
from metrics.signals.bursts import Cluster, Silence, Wave
from metrics.signals.finding import Finding
from metrics.signals.shifts import BranchShift, CampusShift, DeadlineDay
from metrics.signals.signal import Signal
from reports.brief import proposals
from reports.brief.assignments import check_words, headline, here, keep, live, reviews
from tests.ledger.conftest import NOW, agreed
from tests.metrics.conftest import draw
from tests.metrics.duties.test_outcomes import AGAIN, CLEAR, CLOSED, OPEN, OTHERS, campus_of

__all__ = ["campus_of", "draw"]
GIVEN, DUE = date(2026, 11, 2), date(2026, 11, 6)
DOCUMENT = {"kind": "document", "title": "照片"}
FIRST, SECOND = date(2026, 11, 2), date(2026, 11, 9)


@pytest.fixture
def ledger(tmp_path) -> Ledger:
    return Ledger(open_ledger(f"sqlite:///{tmp_path / 'actions.sqlite'}").engine, lambda: NOW)


def give(ledger: Ledger, **other):
    return ledger.create(agreed(**{"given_on": GIVEN, "due": DUE, "check": CLEAR} | other), "保卫处秘书")


def test_what_is_reported_stands_beside_what_the_records_say(campus_of, ledger):
    made = give(ledger)
    made = ledger.report(made.number, True, "已全部清理", "后勤处维修科长", made.sequence, day=date(2026, 11, 5))
    ledger.verify(made.number, True, "看过现场", "保卫处值班长", made.sequence, day=date(2026, 11, 6))
    (found,) = reviews(campus_of(hazards=[OPEN, *OTHERS]), FIRST, ledger)
    assert found.outcome == "已办未见效"  # neither report nor verification makes it effective
    assert found.beside == "报告：已完成 · 记录核验：已办未见效 · 核验人：认可"
    assert (found.report_said, found.is_settled, found.sequence) == ("已全部清理", False, 3)
    assert found.sentence == "未了结的安全隐患（3号楼、电动车充电）还有 1 条（交办时 1 条，之后新增 0 条）。"
    assert found.check == "未了结清零：安全隐患（3号楼、电动车充电）"


def test_the_worst_comes_first_and_the_headline_counts_all(campus_of, ledger):
    build = campus_of(hazards=[CLOSED, AGAIN, *OTHERS])
    give(ledger, task="文件交了", check={"kind": "document"})
    ledger.attach("2026-001", "照片", "后勤处维修科长", data=b"x", day=date(2026, 11, 4))
    give(ledger, task="逾期的", check={"kind": "document"})
    give(ledger, task="复发的")
    done = give(ledger, task="说办了", check={"kind": "document"})
    ledger.report(done.number, True, "办了", "后勤处维修科长", 1, day=date(2026, 11, 5))
    give(ledger, task="没到期", check={"kind": "document"}, due=date(2026, 11, 30))
    withdrawn = give(ledger, task="撤了")
    ledger.withdraw(withdrawn.number, "重复", "保卫处秘书", 1, day=date(2026, 11, 4))
    found = reviews(build, SECOND, ledger)
    assert [(one.task, one.outcome) for one in found] == [
        ("复发的", "复发"), ("逾期的", "逾期"), ("说办了", "已办未见效"), ("没到期", "进行中"), ("文件交了", "已见效"),
    ]  # fmt: skip
    assert headline(found) == "督办 5 项：复发 1 项、逾期 1 项、已办未见效 1 项、进行中 1 项，已见效 1 项（1 / 5）。"
    assert headline(()) == "还没有交办事项。"


def test_an_old_week_reads_as_it_did(campus_of, ledger):
    build = campus_of(hazards=[OPEN, *OTHERS])
    made = give(ledger)
    then = ledger.position()
    before = reviews(build, FIRST, ledger)
    ledger.report(made.number, True, "办了", "后勤处维修科长", 1, day=date(2026, 11, 18))
    give(ledger, given_on=date(2026, 11, 16), due=date(2026, 11, 20))
    assert reviews(build, FIRST, ledger) == before and before[0].outcome == "逾期"
    assert [one.outcome for one in reviews(build, date(2026, 11, 16), ledger)] == ["逾期", "已办未见效"]
    ledger.comment(made.number, "补记", "保卫处秘书", day=date(2026, 11, 3))  # backdated: only the position tells
    assert reviews(build, FIRST, ledger)[0].sequence == 3
    assert reviews(build, FIRST, ledger, upto=then) == before


def test_the_page_sees_what_was_written_after_the_data_date(campus_of, ledger):
    give(ledger, given_on=date(2026, 11, 24), due=date(2026, 11, 30))
    build = campus_of(hazards=[OPEN])
    assert reviews(build, date(2026, 11, 16), ledger) == ()
    assert [one.outcome for one in live(build, ledger)] == ["进行中"]


def test_reporting_again_does_not_make_a_report_younger(campus_of, ledger):
    made = give(ledger)

    def say(done: bool, day: int):
        sequence = ledger.get(made.number).sequence
        return ledger.report(made.number, done, "办了", "后勤处维修科长", sequence, date(2026, 11, day))

    say(True, 5)
    assert say(True, 9).done_since == date(2026, 11, 5)
    assert reviews(campus_of(hazards=[OPEN]), FIRST, ledger)[0].outcome == "已办未见效"
    ledger.verify(made.number, False, "没有", "保卫处值班长", ledger.get(made.number).sequence, date(2026, 11, 9))
    assert ledger.get(made.number).done_since == date(2026, 11, 5)
    assert say(True, 9).done_since == date(2026, 11, 9)  # done anew after a refusal
    assert reviews(campus_of(hazards=[OPEN]), FIRST, ledger)[0].outcome == "进行中"
    assert say(False, 9).done_since is None


def test_a_review_kept_makes_a_later_relapse_known_even_when_old_records_change(campus_of, ledger):
    made = give(ledger)
    good = campus_of(hazards=[CLOSED, *OTHERS])
    assert keep(ledger, good, reviews(good, FIRST, ledger), FIRST) == 1
    assert keep(ledger, good, reviews(good, FIRST, ledger), FIRST) == 0
    kept = ledger.get(made.number).last("reviewed")
    assert (kept.post, kept.content["outcome"], kept.day) == ("系统复核", "已见效", date(2026, 11, 9))
    corrected = campus_of(hazards=[OPEN, *OTHERS])  # a later export says it was never closed
    assert reviews(corrected, SECOND, ledger)[0].outcome == "复发"


def test_settled_ones_are_forgotten_after_half_a_year(campus_of, ledger):
    made = give(ledger, given_on=date(2026, 3, 2), due=date(2026, 3, 6))
    made = ledger.report(made.number, True, "办了", "后勤处维修科长", 1, day=date(2026, 3, 5))
    build = campus_of(hazards=[CLOSED, *OTHERS])
    assert len(live(build, ledger)) == 1
    ledger.verify(made.number, True, "属实", "保卫处值班长", 2, day=date(2026, 3, 6))
    assert live(build, ledger) == ()


def test_a_check_of_something_gone_is_said_and_breaks_nothing(campus_of, ledger):
    give(ledger, check={"kind": "no_new", "table": "dragons", "days": 7})
    give(ledger, check={"kind": "document"})
    found = reviews(campus_of(hazards=[OPEN]), FIRST, ledger)
    assert [one.outcome for one in found] == ["逾期", "无法核验"] and "dragons" in found[1].sentence


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (CLEAR | {"overdue": True}, "逾期的清零：安全隐患（3号楼、电动车充电）"),
        ({"kind": "no_new", "table": "tickets", "days": 14}, "连续 14 天无新增：服务工单"),
        (
            {"kind": "rate_within", "metric": "ticket_on_time_rate", "filters": {"grid": ["G01"]}},
            "指标恢复正常：按时办结率（第1网格），回到正常波动范围",
        ),
        ({"kind": "document", "title": "照片"}, "交来材料：照片"),
    ],
)
def test_a_check_says_itself(campus_of, check, said):
    assert check_words(campus_of(), checked(check)) == said


def test_the_ledger_lies_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    monkeypatch.delenv("CAMPUS_LEDGER_URL", raising=False)
    here()
    assert (tmp_path / "ledger" / "actions.sqlite").exists()


HERE = Selection(("D03",), categories=("电动车充电",))


def finding(kind: str, metric: str) -> Finding:
    numbers = (catalogue.get(metric), {"building": "D03", "category": "电动车充电"}, 12.0, 3.0, 0.001, 0.01)
    rate = {"part": 12.0, "whole": 15.0}
    match kind:
        case "cell":
            return Cluster(*numbers)
        case "wave":
            return Wave(*numbers, years=1)
        case "silent":
            return Silence(*numbers, silent_in=("tickets",))
        case "xmr":
            return CampusShift(*numbers, **rate, chart=spc.xmr([3.0] * 12 + [12.0]))
        case "branch":
            return BranchShift(*numbers, **rate)
    return DeadlineDay(*numbers, **rate)


def signal(kind: str = "cell", metric: str = "hazard_count", only: Selection = HERE, **other) -> Signal:
    values = {
        "place": "3号楼", "what": "电动车充电",
        "sentence": "3号楼 电动车充电 本周安全隐患 12 条，往常每周约 3.0 条。",
        "responsible": "第1网格 · 第一党支部 · 后勤处",
        "window": Window(SECOND, date(2026, 11, 16)), "which": "whole",
        "severity": 3.0, "score": 4.0, "good": False, "verdict": "异常上升",
    }  # fmt: skip
    return Signal(finding=finding(kind, metric), metric=metric, only=only, **values | other)


def test_a_signal_proposes_an_assignment_with_its_check(campus_of):
    (one,) = proposals.proposals(campus_of(), SECOND, [signal(), signal(good=True)][:1])
    assert (one.task, one.unit, one.due) == ("核实并处置3号楼的电动车充电", "后勤处", date(2026, 11, 23))
    assert one.responsible == "牵头 后勤处，配合 第1网格、第一党支部"
    assert one.why == "3号楼 电动车充电 本周安全隐患 12 条，往常每周约 3.0 条。"
    assert one.check == {
        "kind": "open_zero",
        "table": "hazards",
        "filters": {"building": ["D03"], "category": ["电动车充电"]},
        "overdue": False,
    }
    assert one.signal["week"] == "2026-11-09" and one.signal["metric"] == "hazard_count"
    assert ("only", "building:D03") in one.query and ("kind", "open_zero") in one.query
    checked(one.check)


@pytest.mark.parametrize(
    ("kind", "metric", "check"),
    [
        ("cell", "ticket_count", "rate_within"),
        ("silent", "ticket_count", "rate_within"),
        ("xmr", "ticket_on_time_rate", "rate_within"),
        ("branch", "hazard_on_time_rate", "rate_within"),
        ("deadline", "hazard_count", "document"),
        ("wave", "hazard_count", "open_zero"),
    ],
)
def test_every_kind_of_signal_has_a_check_that_can_be_made(campus_of, kind, metric, check):
    (one,) = proposals.proposals(campus_of(), SECOND, [signal(kind, metric)])
    assert one.check["kind"] == check and checked(one.check)
    assert agreed(
        check=one.check, signal=one.signal, task=one.task, unit=one.unit, why=one.why, due=one.due
    ).validated()


def test_overdue_records_are_proposed_with_a_check_that_can_be_made(campus_of, ledger):
    build = campus_of(hazards=[OPEN, *OTHERS])
    one = proposals.clear_overdue(build, SECOND, "后勤处", "hazards", "了结逾期隐患 7 条")
    assert (one.why, one.due) == ("第11教学周末，后勤处逾期隐患 7 条。", date(2026, 11, 23))
    give(ledger, task=one.task, why=one.why, check=one.check, signal=one.signal, due=one.due)
    assert [(found.outcome, found.part) for found in reviews(build, SECOND, ledger)] == [("进行中", 1)]


def test_the_same_thing_in_another_week_is_known_by_what_it_is_about(campus_of, ledger):
    build = campus_of(hazards=[OPEN, *OTHERS])
    (one,) = proposals.proposals(build, FIRST, [signal("wave", "hazard_count")])
    give(ledger, check=DOCUMENT, signal=one.signal)  # the check was changed in the form
    (later,) = proposals.proposals(build, SECOND, [signal("cell", "ticket_count")])
    assert [made.number for made in under_way(ledger.assignments(), later.signal, later.check)] == ["2026-001"]
    assert under_way(ledger.assignments(), {}, DOCUMENT) == ()  # two documents are two things
    made = ledger.report("2026-001", True, "办了", "后勤处维修科长", 1)
    ledger.verify("2026-001", True, "看过", "保卫处值班长", made.sequence)
    assert under_way(ledger.assignments(), later.signal, later.check) == ()  # accepted: what comes now is new


def test_good_news_is_not_assigned(campus_of):
    assert proposals.proposals(campus_of(), SECOND, [signal(good=True)]) == ()


def test_the_moment_of_writing_is_no_part_of_a_review(campus_of, tmp_path):
    """The same events written down at another time give the same review."""
    found = []
    for number, clock in enumerate((NOW, datetime(2030, 1, 1))):
        ledger = Ledger(open_ledger(f"sqlite:///{tmp_path / str(number)}.sqlite").engine, lambda clock=clock: clock)
        give(ledger)
        found.append(reviews(campus_of(hazards=[OPEN]), FIRST, ledger))
    assert found[0] == found[1]
