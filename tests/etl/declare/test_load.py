"""Declarations a school may edit: what is read, and how each mistake is told."""

import json

import pytest

from etl.declare import load
from etl.form.headers import header_unit, map_header, match_source, normalise_header, wanted_headers
from etl.form.model import DeclarationError
from tests.every import every

GOOD = """\
[source]
name = "lamps"
title = "路灯"
feeds = "lamps"
kind = "facts"
files = ["*路灯*"]
key = ["lamp_id"]
dialect = { day_first = true, null = ["?"] }

[[column]]
name = "lamp_id"
label = "编号"
aliases = ["灯号"]
type = "id"
required = true

[[column]]
name = "state"
label = "状态"
type = "choice"
keep_text = true
[column.allowed]
"亮" = ["正常", "好"]
"灭" = ["坏"]

[[column]]
name = "seen_at"
label = "巡查时间"
type = "datetime"
required = true
"""


@pytest.fixture
def write(tmp_path):
    def write(text: str, name: str = "lamps") -> object:
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return load.load_sources([tmp_path])

    return write


def test_a_good_declaration(write):
    source = write(GOOD)["lamps"]
    assert [column.name for column in source.columns] == ["lamp_id", "state", "seen_at"]
    assert source.dialect.day_first and source.dialect.null == ("?",)
    assert source.column("state").allowed == (("亮", ("正常", "好")), ("灭", ("坏",)))
    assert [column.name for column in source.required] == ["lamp_id", "seen_at"]


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ('aliases = ["灯号"]', 'aliasses = ["灯号"]', 13, "不认识的键「aliasses」，是不是想写「aliases」"),
        ('feeds = "lamps"', 'feds = "lamps"', 4, "不认识的键「feds」，是不是想写「feeds」"),
        ('feeds = "lamps"\n', "", 1, "缺少「feeds」"),
        ('type = "datetime"\n', "", 26, "缺少「type」"),
        ('type = "datetime"', 'type = "datetme"', 29, "不能是「datetme」，是不是想写「datetime」"),
        ('label = "巡查时间"', 'label = "巡查时间"\naliases = ["灯 号（必填）"]', 29, "已属于列「lamp_id」"),
        ('name = "seen_at"', 'name = "state"', 27, "已属于列「state」"),
        ('"灭" = ["坏"]', '"灭" = ["坏", "正 常"]', 24, "同时属于「亮」和「灭」"),
        ('key = ["lamp_id"]', 'key = ["lampid"]', 7, "不能是「lampid」，是不是想写「lamp_id」"),
        ('key = ["lamp_id"]', 'key = ["state"]', 18, "要写 required = true"),
        ('name = "lamps"', 'name = "lamp"', 2, "要与文件名「lamps」相同"),
        ('kind = "facts"', 'kind = "fact"', 5, "是不是想写「facts」"),
        ("required = true", 'required = "yes"', 15, "「required」要写成真假值"),
        ("required = true", "required = true\npattern = '['", 16, "不是合法的正则"),
        ("required = true", 'required = true\npersonal = "hash"', 16, "可用：key、mask、drop"),
        ("day_first = true", "day_first = true, month_first = true", 8, "只能有一个为真"),
        ("day_first = true", "dayfirst = true", 8, "是不是想写「day_first」"),
        ('type = "choice"', 'type = "text"', 22, "其他类型不能写 allowed"),
        ('name = "seen_at"', 'name = "Seen"', 27, "只能用小写英文字母"),
        ("required = true", "required = true\nrequired = true", 16, "写了两遍"),
        ('title = "路灯"', 'title = "路灯', 3, "不合 TOML 语法"),
        ('name = "seen_at"', 'name = "file_id"', 27, "已留给装载程序"),
        ('name = "seen_at"', 'name = "state_text"', 21, "已有同名的列"),
        ('type = "datetime"', 'type = "datetime"\nminimum = 1', 30, "「minimum」只用于类型"),
        ('type = "datetime"', 'type = "datetime"\nzero = ["无"]', 30, "「zero」只用于类型"),
        ('type = "datetime"', 'type = "datetime"\nconstant = "昨天"', 30, "constant「昨天」不是日期"),
        ('type = "datetime"', 'type = "text"\npersonal = "drop"', 30, "不能又是必填"),
        ("[[column]]", "[[columns]]", 10, "不认识的段落「columns」"),
    ],
)
def test_every_mistake_names_file_line_and_remedy(write, old, new, at, words):
    with pytest.raises(DeclarationError) as caught:
        write(GOOD.replace(old, new, 1))
    assert f"lamps.toml 第 {at} 行" in caught.value.sentence
    assert words in caught.value.sentence and "\n" not in caught.value.sentence


def test_a_schools_own_declaration_overrides_and_adds(tmp_path):
    ours, theirs = tmp_path / "a", tmp_path / "b"
    for folder in (ours, theirs):
        folder.mkdir()
    (ours / "lamps.toml").write_text(GOOD, encoding="utf-8")
    (theirs / "lamps.toml").write_text(GOOD.replace('"灯号"', '"灯杆号"'), encoding="utf-8")
    (theirs / "extra.toml").write_text(GOOD.replace('name = "lamps"', 'name = "extra"'), encoding="utf-8")
    both = load.load_sources([ours, theirs])
    assert list(both) == ["extra", "lamps"] and both["lamps"].column("lamp_id").aliases == ("灯杆号",)


def test_the_digest_follows_content_and_nothing_else(write, tmp_path):
    first = write(GOOD)["lamps"].digest
    assert write(GOOD + "\n# 说明\n")["lamps"].digest == first
    assert write(GOOD.replace("灯号", "灯杆号"))["lamps"].digest != first
    assert len(first) == 64


@every(
    ("written", "plain"),
    [
        ("报修时间（必填）", "报修时间"),
        ("1、报修时间", "报修时间"),
        ("３．报修时间", "报修时间"),
        (" 报修 时间* ：", "报修时间"),
        ("疏散用时(秒)", "疏散用时"),
        ("Opened At", "openedat"),
        ("opened_at", "openedat"),
        ("请填写您的姓名", "姓名"),
        ("1、您的姓名是？", "姓名"),
        ("2、请您描述您的问题是什么", "问题"),
        ("请假类型", "请假类型"),
        ("提交时间（自动）", "提交时间"),
        ("12345工单编号", "12345工单编号"),
        ("（）", "()"),
    ],
)
def test_headers_in_plain_form(written, plain):
    assert normalise_header(written) == plain


@pytest.fixture(scope="module")
def sources():
    return load.load_sources([load.default_folders()[0]])


def test_the_products_declarations_are_in_order(sources):
    assert {"tickets", "hazards", "drills", "buildings", "grids", "branches", "terms", "holidays"} <= set(sources)
    for source in sources.values():
        assert (source.key or source.name in ("points", "map")) and not [
            name for name in source.order_by if source.column(name).type not in ("datetime", "date")
        ]


def test_every_template_header_finds_its_own_source(sources):
    for source in sources.values():
        header = [column.label for column in source.columns]
        assert match_source(f"{source.files[0].replace('*', '')}.xlsx", header, sources).name == source.name
        assert len(map_header(header, source).positions) == len(source.columns)


HAZARDS = [
    "编号",
    "隐患描述",
    "风险等级",
    "发现日期",
    "地点",
    "上报人",
    "整改负责人",
    "责任部门",
    "整改期限",
    "状态",
    "复查人",
]


def test_a_ledger_is_known_by_its_header_alone(sources):
    assert match_source("Sheet1.xlsx", HAZARDS, sources).name == "hazards"
    assert map_header(HAZARDS, sources["hazards"]).new == ()


def test_a_drifted_header_still_matches_by_name(sources):
    drifted = ["排查日期" if label == "发现日期" else "隐患号码" if label == "编号" else label for label in HAZARDS]
    assert match_source("2026年隐患台账.xlsx", drifted, sources).name == "hazards"
    assert match_source("Sheet1.xlsx", drifted, sources) is None


@pytest.mark.parametrize(
    "header",
    [["姓名", "成绩", "学院"], ["编号", "名称", "单价"], ["Unique Key", "Created Date", "Status", "Location"],
     ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您的 姓名 学号 是？"], [""], []],
)  # fmt: skip
def test_a_foreign_file_matches_nothing(sources, header):
    assert match_source("成绩单.xlsx", header, sources) is None


@pytest.mark.parametrize(
    "header",
    ["编号 标题 内容 提交时间 状态 提交人", "编号 名称 类型 地点 责任部门 责任人 状态 登记日期", "编号 名称 类型 人数",
     "审批编号 标题 审批状态 审批发起时间 审批完成时间 发起人工号 发起人姓名 请假类型 开始时间",
     "编号 活动名称 承办单位 提交时间 状态", "学号 姓名 联系电话 状态"],
)  # fmt: skip
def test_words_every_office_table_has_make_no_record_of_ours(sources, header):
    assert match_source("Sheet1.xlsx", header.split(), sources) is None


def test_a_whole_header_counts_more_than_a_name_that_fits(sources):
    ticket = ["工单编号", "报修时间", "地点", "状态", "报修人"]
    assert match_source("随手拍20261101.xlsx", [*ticket, "发现时间"], sources).name == "tickets"
    assert match_source("楼宇报修.xlsx", [*ticket, "楼栋", "类型"], sources).name == "tickets"


def test_public_headers_are_mapped(sources, real):
    public = json.loads((real / "headers" / "headers.json").read_text(encoding="utf-8"))
    expected = {"12345_hotline_2024": "tickets", "12345_hotline_2026": "tickets", "campus_network": "tickets",
                "property_repair": "tickets", "hazard_export": "hazards"}  # fmt: skip
    for start, name in expected.items():
        header = next(value for key, value in public.items() if key.startswith(start))
        assert match_source("export.xlsx", header, sources).name == name


def test_nested_headers_are_found_by_their_last_part(sources):
    mapped = map_header(["基本信息/编号", "基本信息/发现日期", "整改/整改期限"], sources["hazards"])
    assert mapped.positions == {"hazard_id": 0, "found_at": 1, "due_at": 2}


def test_of_two_headers_for_one_column_the_first_declared_wins(sources):
    mapped = map_header(["工单编号", "服务类别", "服务项目", "报修时间"], sources["tickets"])
    assert mapped.positions["category"] == 2 and mapped.together == {"category": (2, 1)}
    assert mapped.spare == () and mapped.new == ()
    nested = map_header(["工单编号", "报修/姓名", "处理/姓名", "报修时间"], sources["tickets"])
    assert nested.together == {} and nested.spare == (2,)


def test_known_header_words(sources):
    words = wanted_headers(sources)
    assert {"整改期限", "限期", "工单编号", "序号", "openedat"} <= words and "学分" not in words


def test_units_in_headers():
    assert header_unit("疏散用时（分钟）") == "分钟" and header_unit("疏散用时") is None
