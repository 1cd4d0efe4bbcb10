"""No raw telephone, ID number or name leaves the door; what is not personal stays untouched."""

import random
import stat
from dataclasses import replace

import pytest

from etl.form.model import Column, Dialect, Source
from etl.form.table import Note, Table
from etl.privacy import protect as privacy
from tests.every import every
from warehouse import paths
from warehouse.errors import UserError

KEY = b"0123456789abcdef0123456789abcdef"
SOURCE = Source(
    name="t", title="工单", feeds="tickets", kind="facts",
    columns=(
        Column("ticket_id", "编号", "id", required=True),
        Column("description", "描述", "text"),
        Column("reporter", "报修人", "text", personal="key"),
        Column("phone", "电话", "text", personal="key"),
        Column("owner", "负责人", "text", personal="mask"),
        Column("card", "身份证号", "text", personal="drop"),
        Column("due_at", "期限", "deadline"),
    ),
)  # fmt: skip


def table(**columns: list) -> Table:
    rows = len(next(iter(columns.values())))
    return Table("S", list(columns), list(columns.values()), list(range(2, rows + 2)))


def column(protected: Table, label: str) -> list:
    return protected.columns[protected.header.index(label)]


def protect(**columns: list) -> Table:
    return privacy.protect(table(**columns), SOURCE, KEY)


def test_a_drawn_table_keeps_no_raw_phone_card_or_name():
    draw = random.Random(7)
    names = [a + b for a in "赵钱孙李周吴" for b in ("伟", "芳芳", "建国", "秀英")]
    rows, secrets = [], set()
    for _ in range(200):
        name, phone = draw.choice(names), f"1{draw.randrange(3 * 10**9, 10**10)}"
        card = (
            f"330102{draw.randrange(1960, 2008)}{draw.randrange(1, 13):02}{draw.randrange(1, 29):02}"
            f"{draw.randrange(1000):03}X"
        )
        told = draw.choice(
            ["{n}反映灯坏，电话{p}", "联系人：{n}，{p}.0", "身份证{c}的{n}丢了钥匙", "水管坏了", "来电 {p}，{n}说很急"]
        )
        words = told.format(n=name, p=phone, c=card)
        rows.append((words, f"{name}、{draw.choice(names)}", f"{phone}.0", name, card, f"找{name} {phone}"))
        secrets |= {name, phone, card}
    words, reporter, phones, owner, cards, remark = (list(cells) for cells in zip(*rows, strict=True))
    done = protect(描述=words, 报修人=reporter, 电话=phones, 负责人=owner, 身份证号=cards, 备注=remark)
    text = "\n".join(cell for cells in done.columns for cell in cells if cell)
    assert "身份证号" not in done.header
    assert not [secret for secret in secrets if secret in text]
    assert "水管坏了" in text and "反映灯坏" in text


def test_keys_are_stable_and_told_apart():
    people = column(
        protect(报修人=["张三", "李四", "张 三", "张三（学生处）", "张三13800000000", "张三 13800000000"]), "报修人"
    )
    assert len(people[0]) == 16 and int(people[0], 16) >= 0
    assert people[0] == people[2] == people[3] == people[4] == people[5] != people[1]


def test_several_people_are_keyed_one_by_one_in_any_order():
    one, other, first, second = column(protect(报修人=["张三、李四", "李四,张三", "张三", "李四"]), "报修人")
    assert one == other and set(one.split("、")) == {first, second}


def test_another_key_gives_other_people():
    cells = table(报修人=["张三"])
    assert privacy.protect(cells, SOURCE, KEY).columns != privacy.protect(cells, SOURCE, KEY[::-1]).columns


def test_phones_written_as_numbers_are_the_same_person():
    a, b = column(protect(电话=["13800000000", "13800000000.0"]), "电话")
    assert a == b


def test_nobody_and_nothing_are_not_people():
    assert column(protect(报修人=["匿名", "无", "—", None]), "报修人") == ["匿名", None, None, None]


def test_masking_by_declaration():
    cells = column(protect(负责人=["张三", "欧阳小明、李四", "13800005678", None]), "负责人")
    assert cells == ["张*", "欧***、李*", "138****5678", None]


@every(
    ("text", "masked"),
    [
        ("电话13800005678。", "电话138****5678。"),
        ("138 0000 5678", "138****5678"),
        ("138-0000-5678", "138****5678"),
        ("+8613800005678", "+86138****5678"),
        ("13800005678.0", "138****5678"),
        ("1.3800005678E+10", "1**********"),
        ("１３８００００５６７８", "138****5678"),
        ("0571-86613333", "0571-********"),
        ("证330102199003078888", "证3301**************"),
        ("330102 19900307 888x", "3301**************"),
        ("身份证号330102999999998", "身份证号3301**************"),
        ("写信 zhang.san@zj.edu.cn 给", "写信 z***@*** 给"),
        ("微信：abc12345", "微信：a****"),
        ("联系人：张三，急", "联系人：张*，急"),
        ("联系人:张三丰电话", "联系人:张**电话"),
        ("报修人：李四反映漏水", "报修人：李*反映漏水"),
        ("检查人员：王五", "检查人员：王*"),
        ("导出人：张三丰", "导出人：张**"),
        ("制表人：方证大师", "制表人：方***"),
        ("来电人张伟反映夜间施工", "来电人张*反映夜间施工"),
        ("已答复张伟先生，欧阳明慧老师在场", "已答复张*先生，欧***老师在场"),
        ("302张小伟同学和李想同学", "302张**同学和李*同学"),
        ("找诸葛长风13800005678", "找诸***138****5678"),
        ("（欧阳明慧，13800005678）", "（欧***，138****5678）"),
        ("保安王小明/13800005678、联系方式13800005678", "保安王**/138****5678、联系方式138****5678"),
    ],
)
def test_traces_in_words_are_masked(text, masked):
    assert privacy.mask_text(text) == masked
    assert column(protect(描述=["灯坏", text, None]), "描述") == ["灯坏", masked, None]


@every(
    "text",
    ["单号20261122080000123456", "1380000567890", "30.13800005678",
     "101000729509", "2026-11-22 08:05:00", "负责人为保卫处",
     "20261122080000", "报修人反映水管漏", "联系人：宿管", "周围同学、高年级同学、许多同学反映", "课程组老师和王老师",
     "学生公寓电话坏了", "128件", "-71.08243062517123", "0101000020E61000006FA3E96E04C451C01D91E13800005678",
     "0101000020E61000006FA3E96E04C451C01D91E13800005678"],
)  # fmt: skip
def test_what_is_not_personal_stays(text):
    assert privacy.mask_text(text) == text


def test_ids_of_any_shape_survive():
    ids = ["20261122080000123456", "330102199003078888", "13800005678"]
    assert column(protect(编号=ids), "编号") == ids


def test_the_rows_own_people_are_masked_in_its_words_only():
    done = protect(报修人=["高兴", "张三"], 描述=["高兴说门坏了", "张三很高兴"])
    assert column(done, "描述") == ["高*说门坏了", "张*很高兴"]


def test_roles_are_not_names():
    done = protect(报修人=["宿管", "保卫处"], 描述=["宿管上报", "已转保卫处"])
    assert column(done, "描述") == ["宿管上报", "已转保卫处"]


@every("label", ["学生姓名", "联系电话（必填）", "caller_id", "手机号码", "派单人", "邮箱", "1、您的姓名"])
def test_undeclared_columns_that_sound_personal_are_keyed(label):
    (cell,) = column(protect(**{"编号": ["1"], label: ["张三"]}), label)
    assert len(cell) == 16 and int(cell, 16) >= 0


@every("label", ["小区名称", "地点", "责任部门", "参加人数"])
def test_other_undeclared_columns_are_kept(label):
    assert column(protect(**{"编号": ["1"], label: ["三号楼"]}), label) == ["三号楼"]


def test_a_sheet_of_no_source_is_protected_too():
    done = privacy.protect(table(姓名=["张三"], 内容=["张三 13800005678"]), None, KEY)
    assert "张三" not in str(done.columns) and "13800005678" not in str(done.columns)


def test_titles_and_broken_rows_are_masked():
    cells = table(编号=["1"])
    cells.title, cells.unreadable = "值班电话13800005678", [(9, "x,13800005678", "列数不对")]
    done = privacy.protect(cells, SOURCE, KEY)
    assert done.title == "值班电话138****5678" and done.unreadable == [(9, "x,138****5678", "列数不对")]


def test_a_second_column_of_the_same_meaning_is_as_personal_as_the_first():
    source = replace(
        SOURCE, columns=(*SOURCE.columns, Column("mender", "师傅", "text", aliases=("班长",), personal="key"))
    )
    done = privacy.protect(table(编号=["1"], 师傅=["张三"], 班长=["李四"]), source, KEY)
    assert done.header == ["编号", "师傅", "班长"] and not {"张三", "李四"} & set(sum(done.columns, []))


def test_the_sources_own_words_for_nothing_are_no_people():
    source = replace(SOURCE, dialect=Dialect(null=("?",)))
    assert privacy.protect(table(报修人=["?", "张三"]), source, KEY).columns[0][0] is None
    assert privacy.protect(table(报修人=["?", "张三"]), SOURCE, KEY).columns[0][0] is not None


def test_notes_are_masked():
    cells = table(编号=["1"])
    cells.notes = [Note("footnote", "填表人：张三 13800005678")]
    assert privacy.protect(cells, SOURCE, KEY).notes[0].message == "填表人：张* 138****5678"


def test_rows_and_shape_are_kept():
    cells = table(编号=["1", "2"], 描述=[None, "灯"])
    done = privacy.protect(cells, SOURCE, KEY)
    assert (done.header, done.columns, done.row_numbers) == (cells.header, cells.columns, cells.row_numbers)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPUS_KEY_FILE", str(tmp_path / "new" / "key"))
    first = privacy.load_key()
    assert privacy.load_key() == first and len(first) >= 32
    assert stat.S_IMODE(paths.key_file().stat().st_mode) == 0o600


def test_a_short_key_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPUS_KEY_FILE", str(tmp_path / "key"))
    (tmp_path / "key").write_bytes(b"short")
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(UserError, match="太短"):
        privacy.load_key()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_that_others_may_read_is_refused_and_made_private_it_is_taken(tmp_path, monkeypatch, mode):
    path = tmp_path / "key"
    monkeypatch.setenv("CAMPUS_KEY_FILE", str(path))
    path.write_bytes(b"k" * 32)
    path.chmod(mode)
    with pytest.raises(UserError, match="chmod 600"):
        privacy.load_key()
    path.chmod(0o600)
    assert privacy.load_key() == b"k" * 32
