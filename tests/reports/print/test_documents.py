"""The three documents say what the brief says, number by number, the same bytes every time, and text stays text."""

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from pptx import Presentation
from pptx.util import Pt
from pypdf import PdfReader

from metrics.define import numbers
from reports.content import archive
from reports.content.parts import Section
from reports.content.printable import printable
from reports.print import chart_image, flat, fonts, slides, word
from tests.reports import conftest
from tests.reports.conftest import MAKERS, entry, numbers_in, said_by, squeezed, words_of

ROOT = Path(__file__).resolve().parents[3]
KINDS = list(MAKERS)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def made():
    """Each document of a brief, made once."""
    kept = {}

    def of(brief, kind: str) -> bytes:
        key = (brief.digest, kind)
        if key not in kept:
            kept[key] = MAKERS[kind](brief)
        return kept[key]

    return of


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_is_there(drawn, made, kind):
    shown = words_of(kind, made(drawn, kind))
    wanted = [
        drawn.campus,
        drawn.title,
        drawn.week_label,
        drawn.headline,
        drawn.build,
        drawn.digest,
        drawn.filters,
        drawn.cautions[0].text,
    ]
    wanted += [text for section in drawn.sections for text in said_by(section)]
    assert [text for text in wanted if squeezed(text) not in shown] == []


@pytest.mark.parametrize("kind", KINDS)
def test_section_titles_stand_in_the_meeting_s_order(drawn, made, kind):
    shown = words_of(kind, made(drawn, kind))
    places = [shown.find(flat.heading(number, section)) for number, section in enumerate(drawn.sections, start=1)]
    assert -1 not in places and places == sorted(places)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_every_number_of_a_section_is_there_as_often_as_in_the_brief_and_no_other(drawn, made, kind):
    shown = words_of(kind, made(drawn, kind))
    headings = [flat.heading(number, section) for number, section in enumerate(drawn.sections, start=1)]
    parts = re.split("|".join(map(re.escape, headings)), shown)[1:]
    assert len(parts) == len(drawn.sections)
    for section, part in zip(drawn.sections, parts, strict=True):
        assert numbers_shown(part, section) == numbers_in(said_by(section)), section.title


def numbers_shown(part: str, section: Section):
    """Numbers in a stretch of text in which strings stand directly side by side: found string by string, longest
    first."""
    found = numbers_in([])
    for text in sorted(said_by(section), key=lambda one: -len(squeezed(one))):
        assert squeezed(text) in part, text
        part = part.replace(squeezed(text), "\n", 1)
        found += numbers_in([text])
    assert not re.search(r"\d", part.replace("■", "").replace("▲", "")), f"{section.title}: {part!r}"
    return found


def test_charts_on_slides_hold_the_brief_s_values(drawn, made):
    found = [
        shape.chart
        for slide in Presentation(io.BytesIO(made(drawn, "pptx"))).slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    line, bar = found
    series = {one.name: tuple(one.values) for one in line.plots[0].series}
    chart = conftest.LINE_CHART
    assert series == {
        "按时办结率": chart.series[0].values,
        "下限": chart.lower,
        "均值": chart.centre,
        "上限": chart.upper,
    }
    assert list(line.plots[0].categories) == list(chart.labels)
    assert [tuple(one.values) for one in bar.plots[0].series] == [(14.0, 3.0)]
    assert list(bar.plots[0].categories)[1].startswith("＇=")  # Excel must not take a name for a formula


def test_slides_are_readable_and_nothing_stands_outside(drawn, made):
    deck = Presentation(io.BytesIO(made(drawn, "pptx")))
    assert (deck.slide_width, deck.slide_height) == (Pt(960), Pt(540))
    for number, slide in enumerate(deck.slides, start=1):
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width, (number, shape.name)
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height, (number, shape.name)
        sizes = [
            int(size)
            for size in re.findall(
                rb'<a:(?:rPr|defRPr)[^>]*?sz="(\d+)"', entry(made(drawn, "pptx"), f"ppt/slides/slide{number}.xml")
            )
        ]
        assert sizes and min(sizes) >= 1800


def test_text_boxes_hold_their_text(drawn, made):
    """By the widths of letters, no box has more lines than its height allows, and no table goes into the footer."""
    for slide in Presentation(io.BytesIO(made(drawn, "pptx"))).slides:
        for shape in slide.shapes:
            if getattr(shape, "has_table", False) and shape.has_table:
                assert shape.top + sum(row.height for row in shape.table.rows) <= Pt(slides.BOTTOM)
            elif shape.has_text_frame and shape.text_frame.text:
                used = sum(_height(paragraph, shape.width / Pt(1)) for paragraph in shape.text_frame.paragraphs)
                assert used <= shape.height / Pt(1) + 1, shape.text_frame.text


def _height(paragraph, width: float) -> float:
    size = paragraph.runs[0].font.size / Pt(1)
    lines = sum(-int(-flat.width(text) * size // width) for text in paragraph.text.split("\v"))
    return max(lines, 1) * size * 1.2


def test_long_lists_go_on_and_say_so(drawn, made):
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(made(drawn, "pptx"))).slides]
    pages = [title for title in titles if title.startswith("逾期在谁那里")]
    assert len(pages) > 4 and pages[0] == "逾期在谁那里" and set(pages[1:]) == {"逾期在谁那里（续）"}


def test_the_page_is_that_of_an_official_document(drawn, made):
    document = docx.Document(io.BytesIO(made(drawn, "docx")))
    page = document.sections[0]
    found = [
        round(one / Mm(1))
        for one in (
            page.page_width,
            page.page_height,
            page.top_margin,
            page.bottom_margin,
            page.left_margin,
            page.right_margin,
        )
    ]
    assert found == [210, 297, 37, 35, 28, 26]
    body = document.styles["简报正文"]
    assert body.font.size == Pt(16) and body.element.rPr.rFonts.get(f"{WORD}eastAsia") == "仿宋"
    assert document.styles["简报一级标题"].element.rPr.rFonts.get(f"{WORD}eastAsia") == "黑体"
    footer = page.footer.paragraphs[0]
    assert drawn.build in footer.text and drawn.digest in footer.text and "PAGE" in footer._p.xml
    assert len(document.tables) == 2 and len(document.tables[1].rows) == 41
    assert "w:tblHeader" in document.tables[1]._tbl.xml and "w:cantSplit" in document.tables[1]._tbl.xml
    assert "仿宋" in entry(made(drawn, "docx"), "word/fontTable.xml").decode()


def test_pictures_have_words_for_those_who_cannot_see_them(drawn, made):
    document = docx.Document(io.BytesIO(made(drawn, "docx")))
    said = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(said) == 2 and "第15周 71.3 %" in said[0] and "第5周 —" in said[0] and "后勤处 14 条" in said[1]


def test_pages_of_the_pdf_are_numbered_and_carry_build_and_digest(drawn, made):
    pages = PdfReader(io.BytesIO(made(drawn, "pdf"))).pages
    for number, page in enumerate(pages, start=1):
        assert f"构建{drawn.build}·指纹{drawn.digest}—{number}/{len(pages)}—" in squeezed(page.extract_text())
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]


def test_the_pdf_s_fonts_are_embedded(drawn, made):
    reader = PdfReader(io.BytesIO(made(drawn, "pdf")))
    used = {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert used
    for font in used.values():
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(described)


@pytest.mark.parametrize("kind", KINDS)
def test_printed_again_it_is_the_same_to_the_last_byte(drawn, made, kind):
    assert MAKERS[kind](drawn) == made(drawn, kind)


@pytest.mark.slow
def test_another_process_makes_the_same_bytes_with_no_program_on_the_path(drawn, made, tmp_path):
    (tmp_path / "kept.json").write_bytes(archive.frozen(drawn))
    code = f"""import hashlib, pathlib, time
from reports.content import archive
from reports.print import pdf, slides, word
time.sleep(2.1)  # times in zip files are kept in steps of two seconds
kept = archive.thawed(pathlib.Path({str(tmp_path / "kept.json")!r}).read_bytes())
print(*(hashlib.sha256(form.document(kept)).hexdigest() for form in (word, slides, pdf)))"""
    bare = {"PATH": "", "PYTHONHASHSEED": "7", "HOME": str(tmp_path), "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=bare)
    assert told.stdout.split() == [hashlib.sha256(made(drawn, kind)).hexdigest() for kind in KINDS]


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_nothing_inside_is_a_formula_a_link_or_a_macro(drawn, made, kind):
    package = zipfile.ZipFile(io.BytesIO(made(drawn, kind)))
    names = package.namelist()
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
    for name in names:
        content = package.read(name)
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in content
        if name.endswith(".xlsx"):
            inside = zipfile.ZipFile(io.BytesIO(content))
            assert not [
                one for one in inside.namelist() if one.startswith("xl/worksheets/") and b"<f>" in inside.read(one)
            ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_failing_section_leaves_no_blank(drawn, made, kind):
    everything = replace(
        drawn, sections=tuple(Section(one.key, one.title, failure="还没有收到导出。") for one in drawn.sections)
    )
    assert words_of(kind, MAKERS[kind](everything)).count("还没有收到导出。") >= len(drawn.sections)


def test_without_a_chinese_font_nothing_is_printed(drawn, monkeypatch):
    monkeypatch.setattr(fonts, "faces", lambda folder: (fonts.Face("DejaVu Sans", "a.ttf", 0, 400),))
    with pytest.raises(fonts.NoChineseFont, match="fonts-noto-cjk"):
        MAKERS["pdf"](drawn)
    with pytest.raises(fonts.NoChineseFont, match="没有中文字体"):
        chart_image.png(conftest.LINE_CHART, (6.14, 1.95))


def test_the_nearest_font_of_a_role_is_taken(monkeypatch):
    known = [
        fonts.Face(name, f"{name}.ttf", 0, weight)
        for name, weight in (("SimHei", 400), ("FangSong", 400), ("SimSun", 700), ("SimSun", 400))
    ]
    monkeypatch.setattr(fonts, "faces", lambda folder: tuple(known))
    found = {role: (face.family, face.weight) for role, face in fonts.chosen().items()}
    assert found == {
        "body": ("FangSong", 400),
        "title": ("SimSun", 400),
        "heading": ("SimHei", 400),
        "second": ("SimSun", 400),
    }


def test_the_school_s_own_template_keeps_its_look_and_gets_the_words(drawn, tmp_path):
    own = docx.Document()
    own.sections[0].top_margin = Mm(50)
    for text in ("{{校名}} 信笺", "{{标题}}（{{周次}}）", "{{正文}}", "主送：各学院"):
        own.add_paragraph(text)
    own.save(tmp_path / "brief.docx")
    content = word.document(drawn, tmp_path / "brief.docx")
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs if paragraph.text]
    assert texts[:2] == ["示范大学南湖校区 信笺", f"校园安全稳定工作周简报（{drawn.week_label}）"]
    assert texts[2].startswith("注意：") and texts[-1] == "主送：各学院" and "此处放校徽" not in "".join(texts)
    assert docx.Document(io.BytesIO(content)).sections[0].top_margin.mm == pytest.approx(50, abs=0.1)
    assert content == word.document(drawn, tmp_path / "brief.docx")


@pytest.mark.parametrize("value", [0, 1, 0.8, 0.806, 0.9996, 0.0004, 0.0005, 0.99949, 0.12345, 2 / 3, 1.2])
def test_a_share_in_a_chart_reads_as_everywhere_else(value):
    assert flat.shown(value, "%") == numbers.percent(value)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (None, "%", "—"),
        (float("nan"), "条", "—"),
        (1234.0, "条", "1,234 条"),
        (4.5, "小时", "4.5 小时"),
        (0.0, "", "0"),
    ],
)
def test_other_values_in_a_chart(value, unit, said):
    assert flat.shown(value, unit) == said


@pytest.mark.parametrize("kind", KINDS)
def test_control_characters_stop_no_form(drawn, kind):
    section = replace(drawn.sections[0], title="一\x0b二\x00三")
    dirty = replace(drawn, headline="先\x0b看\x1f这里\ufffe", sections=(section, *drawn.sections[1:]))
    said = squeezed(words_of(kind, MAKERS[kind](dirty)))
    assert "先看这里" in said and "一二三" in said
    assert printable(dirty).digest == dirty.digest and printable(drawn) is drawn
