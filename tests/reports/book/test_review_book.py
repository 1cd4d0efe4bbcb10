"""The review book: what it says is what was measured, Word, PDF and Excel say it alike, and what is missing is said."""

import io
import json
import re
from dataclasses import replace
from datetime import datetime

import docx
import pytest
from docx.shared import Mm
from python_calamine import CalamineWorkbook

import warehouse
from metrics.ask.selection import Scope
from metrics.branches import periods as branch_periods
from metrics.branches import portrait as branch_portrait
from reports.book import review
from reports.command import cli, compute, printing
from reports.content import archive
from reports.content.documents import Book
from reports.content.parts import Chart, Line, Section, Series, Sheet, Span, Table
from reports.print import excel, flat, pdf, word
from tests.reports.conftest import HOSTILE, entry, said_by, squeezed, words_of
from tests.reports.print.test_documents import numbers_shown

MAKERS = {"docx": word.document, "pdf": pdf.document, "xlsx": excel.document}
WEEKS = tuple(f"9-{day:02d}" for day in range(1, 13))
CHART = Chart(
    "停车落锁：行动楼宇每周的自行车被盗",
    "按周，单；阴影是行动期间",
    "line",
    WEEKS,
    (Series("自行车被盗", tuple(map(float, range(12)))),),
    "单",
    (0.0,) * 12,
    (4.0,) * 12,
    (9.0,) * 12,
    spans=(Span(6, 9, "行动期间"),),
)


@pytest.fixture
def drawn_book() -> Book:
    """Twelve branches, more than there are numerals of one letter; nested parts, a chart with a shaded span, a part
    that failed."""
    table = Table(
        "", ("指标", "本期", "分子 / 分母"), (("按期整改率", "89.4 %", "135 / 151"), (HOSTILE, "—", "—")), "lrr"
    )
    parts = (
        Section("outcomes", "各项成果", tables=(table,), note="自己的过去：上学期。"),
        Section("campaigns", "专项行动前后", "减少 56 %。", charts=(CHART,)),
        Section("cases", "案例", lines=(Line("安全隐患：3号楼", "", None, ("2026-11-19 发现（YH0001）",)),)),
        Section("honours", "荣誉", failure="还没有收到表彰荣誉的导出。"),
    )
    branches = tuple(
        Section(f"B{number}", f"第{number}支部", f"第{number}支部看不出变化。", parts=parts if number == 1 else ())
        for number in range(1, 13)
    )
    overview = Section("overview", "总览", "没有明显差别，不排名。", tables=(table,))
    sheets = (
        Sheet(
            "成果明细",
            ("支部", "分子", "分母", "数值", "把握"),
            (("第1支部", 135.0, 151.0, 135 / 151 * 100, 0.01025), (HOSTILE, None, 0.0, None, None)),
            "lddf%",
        ),
        Sheet("荣誉", ("说明",), (), "l", "还没有收到表彰荣誉的导出。"),
    )
    return Book(
        "示范大学",
        "一支部一品牌评议册",
        "2026-1",
        "第一学期（2026年8月31日至2027年1月17日）",
        datetime(2026, 11, 22, 8, 0),
        "20261122T0800-000000drawn0",
        "全部支部",
        overview.sentence,
        (overview, *branches),
        sheets,
        (Line("还没有结束。", "warn"),),
    )


@pytest.fixture
def build(campus) -> warehouse.Build:
    return warehouse.current()


def made_of(build, key: str | None = None, scope: Scope | None = None) -> Book:
    return review.book(build, branch_periods.period(build, key), *([scope] if scope else []))


def part(found: Book, chapter: str, key: str) -> Section:
    section = next(one for one in found.sections if one.key == chapter)
    return next(one for one in section.parts if one.key == key)


def sheet_of(found: Book, title: str) -> Sheet:
    return next(one for one in found.sheets if one.title == title)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_word_and_pdf_say_every_word_and_number_of_the_book_and_no_other(drawn_book, kind):
    shown = words_of(kind, MAKERS[kind](drawn_book))
    headings = [flat.heading(number, section) for number, section in enumerate(drawn_book.sections, start=1)]
    assert headings[-1].startswith("十三、")
    for text in (
        drawn_book.campus,
        drawn_book.title,
        drawn_book.label,
        drawn_book.headline,
        drawn_book.build,
        drawn_book.digest,
        drawn_book.cautions[0].text,
    ):
        assert squeezed(text) in shown
    stretches = re.split("|".join(map(re.escape, headings)), shown)[1:]
    assert len(stretches) == len(headings)
    for section, stretch in zip(drawn_book.sections, stretches, strict=True):
        numbers_shown(stretch, section)


def test_excel_holds_the_numbers_as_numbers_and_words_as_words(drawn_book):
    content = excel.document(drawn_book)
    read = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert read.sheet_names == [sheet.title for sheet in drawn_book.sheets]
    for sheet in drawn_book.sheets:
        rows = read.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
        assert (
            drawn_book.label in rows[0][0]
            and drawn_book.filters in rows[0][0]
            and drawn_book.build in rows[1][0]
            and drawn_book.digest in rows[1][0]
        )
        assert tuple(rows[3]) == sheet.columns
        found = [tuple(None if cell == "" else cell for cell in row) for row in rows[4:]]
        assert found == (list(sheet.rows) or [(sheet.nothing,)])
    assert b"<f>" not in entry(content, "xl/worksheets/sheet1.xml") and b"autoFilter" in entry(
        content, "xl/worksheets/sheet1.xml"
    )


def test_every_branch_begins_a_page_of_a4(drawn_book):
    from pypdf import PdfReader

    pages = [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(pdf.document(drawn_book))).pages]
    assert len(pages) == 1 + len(drawn_book.sections)  # the cover, and each chapter is short enough for one
    assert all(
        page.startswith(flat.heading(number, section))
        for number, (page, section) in enumerate(zip(pages[1:], drawn_book.sections, strict=True), 1)
    )
    made = docx.Document(io.BytesIO(word.document(drawn_book)))
    assert (round(made.sections[0].page_width / Mm(1)), round(made.sections[0].left_margin / Mm(1))) == (210, 18)
    assert (
        sum(paragraph.paragraph_format.page_break_before is True for paragraph in made.paragraphs)
        == len(drawn_book.sections) - 1
    )


def test_a_kept_book_prints_the_same_bytes(drawn_book):
    again = archive.thawed(archive.frozen(drawn_book), wanted=Book)
    assert again == drawn_book and archive.frozen(again) == archive.frozen(drawn_book)
    for kind, make in MAKERS.items():
        assert make(again) == make(drawn_book), kind


def test_briefs_kept_before_there_were_books_stay_valid(drawn):
    assert drawn.digest == "cd2b91d0a51adffb"  # of the same drawn brief before parts had parts and charts had spans
    assert b'"parts": []' not in archive.frozen(drawn) and b'"spans"' not in archive.frozen(drawn)


def test_a_brief_is_no_book_and_a_book_no_brief(drawn, drawn_book):
    with pytest.raises(archive.Unreadable, match="简报的存档，不是评议册的，请选 python -m reports review"):
        archive.thawed(archive.frozen(drawn), wanted=Book)
    with pytest.raises(archive.Unreadable, match="评议册的存档，不是简报的"):
        archive.thawed(archive.frozen(drawn_book))


def test_part_and_whole_are_those_of_the_records(build):
    """Tickets due and hazards due in the term, counted straight from the drawn tables."""
    found = sheet_of(made_of(build), "总览")
    counted = {row[0]: dict(zip(found.columns, row, strict=True)) for row in found.rows}
    for table, column, part_of, whole_of, label in (
        ("tickets", "due_at", "is_on_time", "is_due", "按时办结率"),
        ("hazards", "due_at", "is_on_time", "is_due", "按期整改率"),
    ):
        rows = build.query(
            f"""SELECT b.name, count(*) FILTER (WHERE t.{part_of}) AS part, count(*) AS whole
                FROM {table} t JOIN branches b USING (branch_id)
                WHERE t.{whole_of} AND t.{column} >= '2026-08-31' AND t.{column} < '2027-01-18' GROUP BY b.name"""
        )
        for row in rows.itertuples():
            assert (counted[row.name][f"{label}：分子"], counted[row.name][f"{label}：分母"]) == (
                row.part,
                row.whole,
            ), label
            assert f"{100 * row.part / row.whole:.1f} %（{row.part} / {row.whole}）" in repr(
                part(made_of(build), "overview", "glance")
            )


def test_what_never_came_is_said_where_it_is_missing(build):
    found = made_of(build)
    assert (
        part(found, "B1", "tasks").failure == "还没有收到支部品牌任务的导出。"
        and part(found, "B1", "honours").failure == "还没有收到表彰荣誉的导出。"
    )
    assert "没有数据：品牌任务按期完成率，还没有收到支部品牌任务的导出" in repr(part(found, "overview", "reading"))
    assert part(found, "B1", "cases").lines and part(found, "B1", "outcomes").tables[0].rows
    assert sheet_of(found, "任务").nothing == "还没有收到支部品牌任务的导出。"
    assert found.sections[1].sentence == "与自己的过去比，没有可比的项；与预期比，没有可比的项。"


@pytest.mark.parametrize("kind", ["term", "month", "school_year", "project"])
def test_first_periods_of_every_kind_read_sensibly(build, kind):
    first = [one for one in branch_periods.periods(build) if one.kind == kind][-1]
    found = review.book(build, first)
    words = {
        word for section in found.sections for text in said_by(section) for word in re.split(r"[\s（），。]", text)
    }
    assert not {"nan", "None", "NaT", "inf"} & words
    assert first.label in found.label and [one.title for one in found.sections][0] == "总览"


def test_rights_narrow_the_branches_and_are_printed(build):
    found = made_of(build, scope=Scope(grids=("G01",)))
    assert found.filters == "仅限有权查看的支部" and [one.key for one in found.sections] == [
        "overview",
        "B1",
        "definitions",
    ]
    assert {row[0] for row in sheet_of(found, "总览").rows} == {"第一党支部"}


def test_a_portrait_that_cannot_be_made_leaves_the_outcomes(build, monkeypatch):
    monkeypatch.setattr(branch_portrait, "portrait", lambda *_: 1 / 0)
    found = made_of(build)
    branch = found.sections[1]
    assert branch.parts[0].tables[0].rows and branch.parts[1].failure.startswith("这一部分没有算出来")
    assert sheet_of(found, "总览").rows and "ZeroDivision" not in repr(found)


SCORING = (
    '[[criterion]]\nname = "办结"\nmetric = "ticket_on_time_rate"\nweight = 20\nsteps = [{ at_least = 0.8, '
    "points = 15 }]\n"
)


@pytest.mark.parametrize(
    ("text", "said"), [(SCORING, ""), (SCORING.replace("weight = 20", "weight = 0"), "scoring.toml 第 4 行")]
)
def test_a_scoring_sheet_is_filled_or_its_fault_is_named(build, tmp_path, monkeypatch, text, said):
    (tmp_path / "scoring.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(review.scoring.scoring.scoring_file.paths, "school", lambda: tmp_path)
    found = made_of(build)
    section = next(one for one in found.sections if one.key == "scoring")
    if said:
        assert said in section.failure and not section.tables and said in sheet_of(found, "评分表").nothing
    else:
        assert section.tables[0].rows[0] == ("第一党支部", "15", "15 / 20", "0 项")
        assert "80.0 %（88 / 110）" in repr(section.parts[1])


@pytest.mark.slow
def test_the_command_writes_four_files_and_prints_them_again(campus, tmp_path, capsys):
    assert cli.main(["review", "--out", str(tmp_path / "out")]) == 3  # the drawn build has no plans
    printed = capsys.readouterr()
    kept = next((tmp_path / "out").glob("*.json"))
    digest = json.loads(kept.read_bytes())["digest"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        f"支部评议册_2026-1_{digest[:8]}.{ending}" for ending in ("docx", "pdf", "xlsx", "json")
    )
    assert digest in printed.out and printed.err.count("「荣誉」没有内容：还没有收到表彰荣誉的导出。") == 1
    assert cli.main(["review", "--from", str(kept), "--out", str(tmp_path / "again")]) == 3
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()
    }


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (["--term", "2031-1"], 2, "没有周期「2031-1」，是不是想找 2026-1"),
    (["--build", "x"], 4, "没有名为「x」的构建"),
    (["--from", "a.json", "--term", "2026-1"], 2, "不能再与 --term、--period、--build 同时用"),
])  # fmt: skip
def test_what_a_person_can_cause_ends_in_one_sentence(campus, arguments, code, said, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(printing, "apart", compute.computed)
    assert cli.main(["review", *arguments]) == code
    printed = capsys.readouterr()
    assert said in printed.err and "Traceback" not in printed.err and not list(tmp_path.rglob("*.docx"))


def test_a_chart_s_shaded_span_is_said_in_words(drawn_book):
    assert flat.described(CHART).endswith("；行动期间：9-07 至 9-10")
    assert replace(drawn_book, sections=drawn_book.sections[:1]).digest != drawn_book.digest
