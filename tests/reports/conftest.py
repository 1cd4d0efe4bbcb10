"""A brief drawn by hand, with every part a brief can have, and readers that take the words out of the finished
documents."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import docx
import pytest
from pptx import Presentation
from pypdf import PdfReader

from reports.content.documents import Brief
from reports.content.parts import Chart, Figure, Line, Section, Series, Table
from reports.print import pdf, slides, word
from tests.pages.conftest import campus, drawn_home

__all__ = ["campus", "drawn_home"]
HOSTILE = '=1+1 <script>&"#emph[x]" $x^2$ #panic("x") {{正文}} @后勤'
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
WEEKS = tuple(f"第{number}周" for number in range(3, 16))
VALUES = (0.861, 0.842, None, 0.877, 0.803, 0.851, 0.866, 0.912, 0.834, 0.829, 0.871, 0.858, 0.713)
TILE = Figure(
    "a",
    "按时办结率",
    "71.3 %",
    "617 / 865",
    "异常下降",
    "bad",
    ("环比 −14.5 百分点", "同比 −11.2 百分点"),
    "目标 85.0 %：未达标 · 时好时坏",
    "本人评价率 54.8 %",
)


def band(value: float) -> tuple[float, ...]:
    return (value,) * len(WEEKS)


LINE_CHART = Chart(
    "按时办结率：第15周 71.3 %，异常下降",
    "按周，%；可比的 13 周",
    "line",
    WEEKS,
    (Series("按时办结率", VALUES),),
    "%",
    band(0.765),
    band(0.846),
    band(0.927),
    (12,),
)
BAR_CHART = Chart("逾期以后勤处最多", "按部门，条", "bar", ("后勤处", "=保卫处"), (Series("逾期", (14.0, 3.0)),), "条")
LONG = Table(
    "逾期在谁那里",
    ("责任部门", "逾期隐患（条）", "说明"),
    tuple((f"第{n}部门", f"{n * 31:,}", "整改中，" * (n % 5 + 1) + HOSTILE) for n in range(1, 41)),
    "lrl",
)


@pytest.fixture
def drawn() -> Brief:
    """Eight sections: a sentence alone, lines with details, a failure, tiles, charts, a table longer than a page, an
    empty table."""
    sections = (
        Section("headline", "一句话结论", "本周 2 项异常，主要在 3号楼 电动车充电；逾期隐患 7 条，较上周减少 2 条。"),
        Section(
            "reviewed",
            "上周交办复核",
            "督办 2 项：逾期 1 项，已见效 1 项（1 / 2）。",
            (
                Line(
                    "【逾期】清理3号楼门厅（后勤处，11月22日前）",
                    "bad",
                    None,
                    ("门厅还有 4 条隐患没有销号。", "核验方式：未了结清零"),
                ),
                Line("【已见效】查明响应变慢的原因（学生工作部，11月22日前）", "good"),
            ),
        ),
        Section(
            "signals",
            "本周信号",
            "1 项需要过问。",
            (
                Line(
                    "1. 【异常上升】3号楼 电动车充电 本周 12 单，往常每周约 1.4 单。",
                    "bad",
                    None,
                    (
                        "归口：第4网格 · 第五党支部 · 后勤处",
                        f"例：11月9日 3号楼 504室 {HOSTILE}（20261109214747169720）",
                    ),
                ),
            ),
            note="共检验 1,413 处，平均每周误报约 0.7 项。",
        ),
        Section(
            "rates",
            "三率与时效",
            "按时办结率 71.3 %（异常下降）。",
            figures=(
                TILE,
                replace(TILE, key="b", label="及时响应率", value="93.2 %", tone=""),
                replace(TILE, key="c", label="满意率", value="88.0 %", tone="good"),
                replace(TILE, key="d", label="工单量", value="1,234 单", parts=""),
            ),
            charts=(LINE_CHART, BAR_CHART),
            note="分子、分母都在数字下面。",
        ),
        Section("overdue", "逾期与红线", "逾期隐患 46 条。", tables=(LONG,), note="截至2026年11月15日。"),
        Section("zero", "零报告", failure="还没有收到案事件的导出。"),
        Section("ahead", "下周提示", "下周是第13教学周。", (Line("期末考试周一（11-23）开始。"),)),
        Section(
            "proposed",
            "拟交办",
            "本周没有需要交办的事项。",
            tables=(Table("", ("序号", "事项"), (), "rl", nothing="没有拟交办。"),),
        ),
    )
    return Brief(
        "示范大学南湖校区",
        "校园安全稳定工作周简报",
        date(2026, 11, 9),
        "第11教学周（2026年11月9日至11月15日）",
        datetime(2026, 11, 16, 8, 0),
        "20261116T0800-000000drawn0",
        "全部楼宇 · 全部类别",
        sections[0].sentence,
        sections,
        (Line("隐患台账只导出到 2026-10-01：这一周的数字不全，先不要比较。", "warn"),),
    )


MAKERS = {"docx": word.document, "pptx": slides.document, "pdf": pdf.document}


def squeezed(text: str) -> str:
    """Text without the spaces that line breaking adds or takes away."""
    return re.sub(r"\s+", "", text)


def words_of(kind: str, content: bytes) -> str:
    """Everything a reader of the document reads, in order, squeezed; footers of PDF pages left out."""
    return squeezed({"docx": _word, "pptx": _slides, "pdf": _pdf}[kind](content))


def _word(content: bytes) -> str:
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join("".join(node.xpath(".//w:t/text()")) for node in body.xpath(".//w:p"))


def _slides(content: bytes) -> str:
    return "\n".join(text for slide in Presentation(io.BytesIO(content)).slides for text in slide_texts(slide))


def slide_texts(slide) -> list[str]:
    """Texts of one slide: kicker, title, boxes, cells, in the order they were put there."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        elif getattr(shape, "has_table", False) and shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


def _pdf(content: bytes) -> str:
    footer = re.compile(r"构建[0-9A-Za-z-]+·指纹[0-9a-f]{16}—\d+/\d+—$")
    return "".join(footer.sub("", squeezed(page.extract_text())) for page in PdfReader(io.BytesIO(content)).pages)


def said_by(section: Section) -> list[str]:
    """Every string of a section that a document must show."""
    if section.failure:
        return [section.failure]
    found = [section.sentence, section.note]
    for line in section.lines:
        found += [line.text, *line.details]
    for one in section.figures:
        found += [one.label, one.value, one.parts, one.verdict, *one.changes, one.target, one.beside]
    for table in section.tables:
        found += [
            table.title,
            *(table.columns if table.rows else (table.nothing,)),
            *(cell for row in table.rows for cell in row),
        ]
    for chart in section.charts:
        found += [chart.title, chart.subtitle]
    for part in section.parts:
        found += [part.title, *said_by(part)]
    return [text for text in found if text]


def numbers_in(texts: list[str]) -> Counter:
    return Counter(number for text in texts for number in NUMBER.findall(squeezed(text)))


def entry(content: bytes, name: str) -> bytes:
    """One file inside an office document."""
    return zipfile.ZipFile(io.BytesIO(content)).read(name)
