"""The forms people really use, written by hand in the exact shape they are exported in, loaded by declaration alone."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.etl.drawn import book

pytestmark = pytest.mark.slow

DECLARED = Path(__file__).parents[1] / "form_sources"


@pytest.fixture
def school(campus):
    """A school that has declared its two forms without a ticket number."""
    shutil.copytree(DECLARED, campus.folder / "school" / "sources")
    return campus


def stored(home) -> str:
    """Every byte that was kept, as text."""
    kept = [path for folder in ("landing", "builds") for path in (home.folder / folder).rglob("*") if path.is_file()]
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in kept)


def test_an_approval_with_two_header_rows_and_details_over_several_rows(campus):
    top = [
        "审批编号",
        "审批状态",
        "审批发起时间",
        "审批完成时间",
        "发起人姓名",
        "发起人部门",
        "数据id",
        "报修地点",
        "报修明细",
        "",
        "联系电话",
    ]
    below = ["", "", "", "", "", "", "", "", "故障描述", "报修类型", ""]
    document = [
        "202611020900000123456",
        "已完成",
        "2026-11-02 09:00:12",
        "2026-11-02 15:30:45",
        "欧阳明慧",
        "示范大学/信息学院",
        "a1-01",
        "3号楼302",
    ]
    rows = [[*document, "水龙头漏水", "水", "13800005678"], [*document, "灯管不亮", "电", "13800005678"],
            ["202611030900000123457", "审批中", "2026-11-03 10:15", "", "诸葛长风",
             "示范大学/后勤处", "a1-02", "教学楼A座201", "门锁坏", "门窗", ""]]  # fmt: skip
    merges = [*(f"{letter}1:{letter}2" for letter in "ABCDEFGH"), "I1:J1", "K1:K2"]
    path = book(campus.folder / "钉钉报修审批_20261105090000.xlsx", {"S": [top, below, *rows]}, {"S": merges})
    build = campus.load(path)
    assert build.rows(
        "SELECT ticket_id, status, opened_at, closed_at, building_id, room FROM tickets ORDER BY ALL"
    ) == [
        (
            "202611020900000123456",
            "closed",
            datetime(2026, 11, 2, 9, 0, 12),
            datetime(2026, 11, 2, 15, 30, 45),
            "D03",
            "302",
        ),
        ("202611030900000123457", "open", datetime(2026, 11, 3, 10, 15), None, "T01", "201"),
    ]
    assert build.rows("SELECT rows_read, rows_accepted, rows_superseded FROM files WHERE source = 'tickets'") == [
        (3, 2, 1)
    ]
    assert not [word for word in ("欧阳明慧", "诸葛长风", "13800005678") if word in stored(campus)]


WENJUAN = [
    "序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、您的姓名是？,2、联系电话,3、报修地点（必填）,4、报修类型【多选题】,5、问题描述",
    (
        "1,2026/09/03 12:00:00,85秒,微信,N/A,115.206.11.22(浙江-杭州),公孙若兰,13900002222,12栋405,水电┋门窗,"
        '"水管爆了，联系13900002222"'
    ),
    "2,2026/09/03 18:05:09,120秒,手机提交,直接访问,115.206.11.23(浙江-杭州),-2,-2,三号宿舍楼 218室,网络,-3",
]


def test_a_questionnaire_without_ticket_numbers(school):
    week = school.write("问卷星_宿舍报修_20260904.csv", *WENJUAN, encoding="gb18030")
    more = "3,2026/09/05 08:00:00,60秒,微信,N/A,1.2.3.4,赵钱孙,13900003333,5#601,网络,断网"
    again = school.write("问卷星_宿舍报修_20260906.csv", *WENJUAN, more, encoding="gb18030")
    build = school.load(week, again)
    assert build.rows(
        "SELECT opened_at, building_id, room, category, description, reporter_key IS NULL FROM tickets ORDER BY 1"
    ) == [
        (datetime(2026, 9, 3, 12), "D12", "405", "水电、门窗", "水管爆了，联系139****2222", False),
        (datetime(2026, 9, 3, 18, 5, 9), "D03", "218", "网络", None, True),
        (datetime(2026, 9, 5, 8), "D05", "601", "网络", "断网", False),
    ]
    assert not [word for word in ("公孙若兰", "13900002222", "115.206.11") if word in stored(school)]


def test_a_collection_table(school):
    header = [
        "提交时间（自动）",
        "联系电话（必填）",
        "报修地点（必填）",
        "问题描述（必填）",
        "涉及人数（必填）",
        "提交者（自动）",
    ]
    rows = [["2026年9月22日 10:13", "13800002222.00 ", "宿舍8栋", "走廊灯坏", "12.00 ", "慕容雪村"],
            ["2026年9月22日 00:05", 13800003333.0, "８号楼", "窗户坏了", "１", "司马青衫"]]  # fmt: skip
    build = school.load(book(school.folder / "收集表_宿舍报修.xlsx", {"S": [header, *rows]}))
    assert build.rows("SELECT opened_at, building_id FROM tickets ORDER BY 1") == [
        (datetime(2026, 9, 22, 0, 5), "D08"), (datetime(2026, 9, 22, 10, 13), "D08"),
    ]  # fmt: skip
    assert build.rows("SELECT people FROM typed.tencent_repairs ORDER BY 1") == [(1,), (12,)]
    assert not [word for word in ("慕容雪村", "司马青衫", "13800002222", "13800003333") if word in stored(school)]


def test_a_form_without_numbers_that_nobody_declared_is_refused_with_the_way_out(campus):
    (outcome,) = campus.land(campus.write("问卷星_宿舍报修.csv", *WENJUAN))
    assert outcome.status == "refused" and "主键" in outcome.sentence and "data/school/sources" in outcome.sentence


def test_two_years_of_a_hotline_with_drifted_headers_and_serial_dates(campus, real):
    public = json.loads((real / "headers" / "headers.json").read_text(encoding="utf-8"))
    old, new = (
        next(header for key, header in public.items() if key.startswith(f"12345_hotline_{year}"))
        for year in (2024, 2026)
    )
    said = {
        "工单编号": "SH2025110400009",
        "受理时间": 45965.37847222222,
        "诉求地址": "示范大学3号楼",
        "内容描述": "来电人张伟反映夜间施工",
        "主办单位": "后勤处",
    }
    before = book(
        campus.folder / "a_20251201.xlsx", {"S": [old, [said.get(label.removeprefix("12345"), "") for label in old]]}
    )
    said |= {"工单编号": "12345202611030000123", "受理时间": "2026/11/3 9:05"}
    after = book(campus.folder / "b_20261201.xlsx", {"S": [new, [said.get(label, "") for label in new]]})
    assert campus.load(before, after).rows(
        "SELECT ticket_id, opened_at, building_id, unit, description FROM tickets ORDER BY 2"
    ) == [
        ("SH2025110400009", datetime(2025, 11, 4, 9, 5), "D03", "后勤保障处", "来电人张*反映夜间施工"),
        ("12345202611030000123", datetime(2026, 11, 3, 9, 5), "D03", "后勤保障处", "来电人张*反映夜间施工"),
    ]
