"""One small messy export of every kind of record, loaded in one build,
against what a person counts on the sheet (tests/etl/strange.py)."""

import shutil
from datetime import date, datetime

import pytest

from etl.declare.load import load_sources
from tests.etl import strange
from tests.etl.conftest import Home
from warehouse import paths

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """(home, its build) of all the books of strange.py."""
    folder = tmp_path_factory.mktemp("strange")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPUS_DATA", str(folder))
        patch.setenv("CAMPUS_KEY_FILE", str(tmp_path_factory.getbasetemp() / "strange_key"))
        shutil.copytree(paths.REPOSITORY / "data" / "school", folder / "school")
        home = Home(folder)
        yield home, home.load(*strange.write(folder))


@pytest.fixture
def build(loaded):
    return loaded[1]


def test_there_is_a_book_for_every_new_kind_of_record():
    facts = {
        name for name, source in load_sources([paths.REPOSITORY / "etl" / "sources"]).items() if source.kind == "facts"
    }
    assert facts - set(strange.BOOKS) == {"tickets", "hazards", "drills"}


@pytest.mark.parametrize("source", strange.BOOKS)
def test_every_row_is_taken_or_refused_by_name(build, source):
    name, _, count = strange.BOOKS[source]
    ((read, accepted, rejected, superseded),) = build.rows(
        "SELECT rows_read, rows_accepted, rows_rejected, rows_superseded FROM files WHERE source = ? AND name = ?",
        [source, name],
    )
    assert read == count == accepted + rejected + superseded
    told = build.rows("SELECT DISTINCT row_number FROM rejects WHERE source = ? AND is_whole_row", [source])
    assert len(told) == rejected


def test_every_reject_says_where_why_and_what_to_do(build):
    assert build.rows("SELECT * FROM rejects WHERE file_name IS NULL OR sheet IS NULL OR row_number IS NULL") == []
    assert (
        build.rows(
            "SELECT * FROM rejects "
            "WHERE coalesce(column_label, '') = '' OR coalesce(reason, '') = '' OR coalesce(remedy, '') = ''"
        )
        == []
    )


WHOLE_ROWS = {
    ("services", 6, "服务日期"), ("questions", 5, "提出日期"), ("surveys", 4, "发放份数"), ("surveys", 5, "发放份数"),
    ("contractors", 4, "进场日期"), ("visits", 4, "参观日期"),
    ("equipment_services", 4, "维保时间"), ("brand_tasks", 4, "期限"),
    ("pairings", 4, "结对时间"), ("joint_actions", 5, "共建时间"),
    ("assignments", 5, "例会日期"), ("campaigns", 4, "截止日期"),
    ("honours", 4, "获奖时间"), ("points", 4, "绩效积分"),
    ("wishes", 3, "心愿编号"), ("wishes", 6, "心愿编号"),  # one number, two contents
    ("certificates", 5, "登记编号"), ("certificates", 6, "登记编号"),
}  # fmt: skip


def test_the_rows_that_cannot_be_kept_are_those_a_person_would_ask_about(build):
    assert set(build.rows("SELECT source, row_number, column_label FROM rejects WHERE is_whole_row")) == WHOLE_ROWS


CELLS = [  # query, what a person reads on the sheet
    ("SELECT people FROM services ORDER BY service_id", [(2,), (1200,), (30,)]),
    ("SELECT served_at FROM services ORDER BY service_id",
     [(datetime(2026, 9, 3),), (datetime(2026, 9, 3),), (datetime(2026, 9, 4),)]),
    ("SELECT wish_id, status, is_on_time FROM wishes ORDER BY 1",
     [("W2", "claimed", False), ("W3", "open", False)]),
    ("SELECT question_id, is_on_spot, is_resolved, unit FROM questions ORDER BY 1",
     [("Q1", True, True, "饮食服务中心"), ("Q2", False, False, "后勤处、保卫部")]),
    ("SELECT invited, answered FROM surveys", [(1000, 3)]),
    ("SELECT safety_score FROM survey_answers ORDER BY answer_id", [(5,), (5,), (None,), (None,)]),
    ("SELECT unit, events, satisfied, reached FROM hotline_summaries ORDER BY row_number",
     [("保卫处", 20, 12, 14), ("后勤保障处", 1040, 800, 840), ("网格办", 0, 0, 0)]),
    ("SELECT exam_id, score, result FROM trainings ORDER BY 1",
     [("T1", 85, "合格"), ("T2", None, "不合格"), ("T3", None, "合格"), ("T4", None, "合格")]),
    ("SELECT certificate_id, is_valid FROM certificates ORDER BY 1", [("C1", True), ("C2", False)]),
    ("SELECT contractor_id, is_in_post, is_left FROM contractors ORDER BY 1",
     [("B1", True, False), ("B3", False, True)]),
    ("SELECT visited_at, people FROM visits ORDER BY visit_id",
     [(datetime(2026, 9, 3), 120), (datetime(2026, 9, 5, 14), None)]),
    ("SELECT lesson_id, hours, people FROM lessons ORDER BY 1", [("L1", 2, 300), ("L2", 1.5, None), ("L3", 4, 1000)]),
    ("SELECT starts_at, is_shift, is_uncovered FROM duty_shifts WHERE shift_id IN ('D2', 'D3', 'D4') ORDER BY shift_id",
     [(datetime(2026, 9, 3, 19), True, True), (datetime(2026, 12, 30, 7), False, False),
      (datetime(2026, 9, 5, 7), True, False)]),
    ("SELECT devices, faults FROM equipment_services ORDER BY service_id", [(120, 3), (12, 15)]),
    ("SELECT case_id, loss, is_filed FROM typed.fraud_cases ORDER BY 1",
     [("Z1", 12000, True), ("Z2", 12000, False), ("Z3", 0, False)]),
    ("SELECT inspection_id, problems_found, problems_fixed, has_count, is_finding FROM inspections ORDER BY 1",
     [("J1", 2, 1, True, True), ("J2", 0, 0, True, False), ("J3", 3, None, True, True)]),
    ("SELECT task_id[:3], is_on_time, is_overdue_open FROM brand_tasks ORDER BY 1",
     [("一支部", True, False), ("二支部", False, True)]),
    ("SELECT hours, reach, branch_id FROM activities WHERE activity_id = 'O1'", [(3, 200, "B1")]),
    ("SELECT unit, is_signed, is_on_time FROM pledges WHERE row_number IS NOT NULL ORDER BY row_number",
     [("保卫处", True, True), ("后勤保障处", True, False), ("不存在的单位", False, False), ("文学院", False, False)]),
    ("SELECT assignment_id, status, due_at::DATE FROM assignments ORDER BY 1",
     [("X1", "done", date(2026, 9, 30)), ("X2", "open", None)]),
    ("SELECT place_text, building_id FROM campaign_places WHERE campaign_id = 'N1' ORDER BY place_text",
     [("3号楼", "D03"), ("5号楼", "D05"), ("不存在楼", None)]),
    ("SELECT subject, points FROM points ORDER BY subject", [("一支部", 95), ("后勤处", -2)]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "read"), CELLS)
def test_cells_are_read_as_a_person_reads_them(build, query, read):
    assert build.rows(query) == read


@pytest.mark.parametrize(
    ("code", "source", "said"),
    [
        ("unknown_branch", "activities", "一支部、二支部"),
        ("unknown_branch", "brand_plans", "不存在支部"), ("unknown_grid", "grid_visits", "第99网格"),
        ("time_span", "duty_shifts", "一段时间"), ("half_day", "services", "上午"),
        ("unresolved_place", "campaigns", "不存在楼"),
        ("unknown_unit", "pledges", "不存在的单位"),
        ("unseen_value", "wishes", "公众号留言"), ("total_row", "trainings", "平均"),
        ("footnote", "services", "注"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_said(build, code, source, said):
    assert [
        text
        for (text,) in build.rows("SELECT message FROM warnings WHERE code = ? AND source = ?", [code, source])
        if said in text
    ]


def test_no_person_of_the_sheets_is_in_the_bytes_that_were_kept(loaded):
    home, build = loaded
    kept = [path for folder in ("landing", "builds") for path in (home.folder / folder).rglob("*") if path.is_file()]
    text = b"\0".join(path.read_bytes() for path in kept)
    assert "安全服务".encode() in text and [secret for secret in strange.SECRETS if secret.encode() in text] == []
    tables = build.rows(
        "SELECT table_schema, table_name FROM information_schema.tables"
    )  # bytes may be packed: ask the tables too
    for schema, table in tables:
        said = str(build.rows(f'SELECT * FROM "{schema}"."{table}"'))
        assert [secret for secret in strange.SECRETS if secret in said] == [], table


def test_the_same_rows_a_week_later_are_states_not_new_records(loaded):
    home, before = loaded
    later = [
        path.rename(path.with_name(path.name.replace("1120", "1121").replace("1105", "1106")))
        for path in strange.write(home.folder)
    ]
    counts = {
        source: before.rows(f"SELECT count(*) FROM {source}")
        for source in strange.BOOKS
        if source != "ticket_transfers"
    }
    after = home.load(*later)
    assert {source: after.rows(f"SELECT count(*) FROM {source}") for source in counts} == counts
