"""Words from records stay words: nothing in a label, a sentence or a tile becomes markup."""

import re

from tests.every import every
from ui.frame.words import escaped, plain, shorten, thin

HOSTILE = [
    "![x](http://evil.example/a.png)", "[链接](javascript:alert(1))", (
        "<img src=x "
        "onerror=alert(1)>"
    ), "**粗**", "`代码`", "$x^2$",
    ":red[红]", ":material/home:", "# 标题", "1. 列表", "| a | b |", "~~删~~", "https://evil.example", "&lt;b&gt;",
]  # fmt: skip


@every("text", HOSTILE)
def test_markdown_is_disarmed(text: str):
    said = plain(text, longest=200)
    assert not re.search(r"(?<!\\)[`*_\[\]()<>#!|~$&]", said)
    assert ":" not in said


@every("text", HOSTILE)
def test_html_is_disarmed(text: str):
    assert not set(escaped(text)) & set("<>\"'")


def test_lines_become_one_and_long_text_is_cut():
    assert plain("a\n\n# b") == r"a \# b"
    assert shorten("字" * 100) == "字" * 59 + "…"


@every(("number", "said"), [(1234567, "1,234,567"), (0, "0"), (None, "—"), (float("nan"), "—")])
def test_counts(number: float | None, said: str):
    assert thin(number) == said


def test_a_clock_keeps_its_colon_and_a_directive_loses_it():
    assert plain("到 08:00，:red[x] :100: 5:100:") == "到 08:00，：red\\[x\\] ：100： 5:100："


def test_no_number_is_parted_from_its_unit():
    said = "仅 3号楼：及时率 80.6 %（806 / 1,000），+3.2 百分点，4.66 万单 · 近 12 周"
    kept = said.replace("6 %", "6\u00a0%").replace("2 百", "2\u00a0百").replace("66 万", "66\u00a0万")
    assert plain(said, 200).replace("\\", "") == escaped(said) == kept.replace("12 周", "12\u00a0周")
