"""Words for the screen: text from records made harmless, counts as people write them."""

import html
import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+.!|~$&]|(?<!\d)-|-(?!\d))")  # a day such as 2026-11-22 needs no help
_UNIT = re.compile(r"(?<=[\d—]) (?=[%％A-Za-z一-龥])")  # the blank between a number and its unit
LONGEST = 60
COLOURS_MEAN = "颜色的含义：红=变差 · 绿=变好 · 灰=正常波动；箭头表示方向，好坏以文字为准。"
_COLON = re.compile(r"(?<!\d):|:(?!\d)")  # begins a directive or a sign, but never between two digits: 08:00


def shorten(text: str, longest: int = LONGEST) -> str:
    """Text cut to at most `longest` characters, with 「…」 where something was left out."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def plain(text: object, longest: int = LONGEST) -> str:
    """Text safe in a label that Streamlit reads as Markdown: no link, image, formula, colour or icon comes out of
    it."""
    flat = " ".join(str(text).split())
    return joined(_COLON.sub("：", _MARKUP.sub(r"\\\1", shorten(flat, longest))))


def escaped(text: object) -> str:
    """Text safe inside our own small HTML, in element content and in quoted attributes."""
    return joined(html.escape(str(text), quote=True))


def joined(text: str) -> str:
    """No number stands at a line's end with its unit on the next."""
    return _UNIT.sub("\u00a0", text)


def unbroken(line: str) -> str:
    """Escaped; a line may break at 「 · 」 only, so that no number stands apart from its unit."""
    return " · ".join(f'<span class="unbroken">{escaped(part)}</span>' for part in line.split(" · "))


def thin(number: float | int | None) -> str:
    """A count with thin separators: 1234 → 「1,234」; 「—」 when there is none."""
    return "—" if number is None or number != number else f"{int(number):,}"
