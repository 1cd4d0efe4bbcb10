"""Which of the school's red lines a short Chinese text speaks of: words within a clause, negations and talk about them
left out.

Pure text in, answer out; the list is data/school/red_lines.toml as it was when the build was made.
"""

import re
from dataclasses import dataclass

CLAUSE = re.compile(r"[，,。；;！!？?\n\r]")
TURN = re.compile("但是|但|却|然而|不过")  # 灭火器未过期但压力不足: what follows still speaks of the extinguisher
FILLER = "(?:任何|有人|人员|人|再|违规|私自|擅自|乱|存在|发现|出现|此类|类似|被|有|明显|其他|学生|得|准|许)*"
DIRECT = re.compile(f"[无未没不]见?{FILLER}$")  # right before a word: 无飞线充电, 未上锁
BEFORE = re.compile(
    "未发现|没有发现|没发现|未查见|未查到|不存在|未出现|没有出现|查无|并无|未见|(?:无|没有)(?=.{0,14}(?:现象|情况|行为|问题|隐患))"
)
AFTER = re.compile("^.{0,10}?(?:未发现|没有发现|不存在|未再|未出现|没有出现|没有再|未发生|没有发生|已杜绝|为零|为0)")
CONTEXT_UNLESS = ("发现", "仍", "依然")  # 演练中发现安全出口上锁 is no drill
DENIED = "否"


@dataclass(frozen=True)
class Line:
    """One red line. `together`: alternatives, each a tuple of groups of which one word each must stand in one clause.

    The `graded_` ones say what is a red line only where an inspector did not grade it lower: one extinguisher past its
    date is a repair.
    """

    line_id: str
    label: str
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    together: tuple[tuple[tuple[str, ...], ...], ...] = ()
    graded_categories: tuple[str, ...] = ()
    graded_together: tuple[tuple[tuple[str, ...], ...], ...] = ()
    clause: str = ""
    source: str = ""
    checked: str = ""
    verified: bool = False

    @property
    def basis(self) -> str:
        """「第三条：…（教发厅函〔2024〕20号，…；未核实）」."""
        remarks = "；".join(part for part in (self.source, "" if self.verified else "未核实") if part)
        return f"{self.clause}（{remarks}）" if remarks else self.clause


@dataclass(frozen=True)
class Rules:
    """The whole list. `excluded` anywhere in a text and `contexts` in a clause say that nothing was found."""

    lines: tuple[Line, ...] = ()
    excluded: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    grave: tuple[str, ...] = ()

    def is_grave(self, category: str) -> bool:
        """Whether a category is a red line's own, or its name holds one of the words that weigh the most."""
        return any(category in (*line.categories, *line.graded_categories) for line in self.lines) or any(
            word in category for word in self.grave
        )


def judge(
    rules: Rules, category: str | None, texts: tuple[str | None, ...], is_grave: bool = False
) -> tuple[Line, str] | None:
    """(line, what it rests on: 「类别」 or the words found) of the first red line a record crosses; None when it
    crosses none.

    A record of a red line's category counts unless its own text denies it. `is_grave`: it was graded 重大, or is a
    hazard nobody graded.
    """
    plain = [_plain(rules, text) for text in texts if text]
    if any(word in text for text in plain for word in rules.excluded):
        return None
    for line in rules.lines:
        answers = [
            answer
            for text in plain
            for piece, before in _pieces(text)
            if (answer := _clause(rules, line, piece, before, is_grave))
        ]
        words = next((answer for answer in answers if answer != DENIED), None)
        if words:
            return line, words
        named = (*line.categories, *line.graded_categories) if is_grave else line.categories
        if category in named and DENIED not in answers:
            return line, f"类别「{category}」"
    return None


def _plain(rules: Rules, text: str) -> str:
    for place in rules.places:
        text = text.replace(place, "某处")
    return re.sub(r"\s+", "", text)


def _pieces(text: str) -> list[tuple[str, str]]:
    """(piece of a clause, what of the clause came before it)."""
    pairs = []
    for clause in CLAUSE.split(text):
        pieces = TURN.split(clause)
        pairs += [(piece, "".join(pieces[:number])) for number, piece in enumerate(pieces)]
    return pairs


def _clause(rules: Rules, line: Line, clause: str, earlier: str, is_grave: bool) -> str:
    """The words found in one clause, DENIED where it says there is nothing of the kind, '' where it speaks of other
    things."""
    hits: list[tuple[str, ...]] = [(word,) for word in line.words if word in clause]
    for first, *others in (*line.together, *line.graded_together) if is_grave else line.together:
        subject = next((word for word in first if word in clause), None) or next(
            (word for word in first if word in earlier), None
        )
        parts = [hit for group in others if (hit := next((word for word in group if word in clause), ""))]
        if subject and len(parts) == len(others):
            hits.append((subject, *parts))
    if not hits:
        return ""
    talk = any(word in clause for word in rules.contexts) and not any(word in clause for word in CONTEXT_UNLESS)
    crossing = next((words for words in hits if not _denied(clause, words)), None)
    return DENIED if talk or crossing is None else f"描述「{' … '.join(crossing)}」"


def _denied(clause: str, words: tuple[str, ...]) -> bool:
    """A negation right before one of the words, one like 「未发现」 before the last of them, or 「不存在」 after it."""
    words = tuple(word for word in words if word in clause)
    starts = [match.start() for word in words for match in re.finditer(re.escape(word), clause)]
    last, end = max(map(clause.find, words)), max(clause.rfind(word) + len(word) for word in words)
    direct = any(DIRECT.search(clause[:start]) for start in starts)
    return direct or any(one.end() <= last for one in BEFORE.finditer(clause)) or bool(AFTER.search(clause[end:]))
