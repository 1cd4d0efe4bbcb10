"""Which of the school's red lines a short Chinese text speaks of: words within a clause, negations and talk about them
left out.

Pure text in, answer out; the list is data/school/red_lines.toml as it was when the build was made.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

CLAUSE = re.compile(r"[，,。；;！!？?\n\r]")
# 灭火器未过期但压力不足: what follows still speaks of the extinguisher; 没有停到车棚而停在走廊 says the second alone
TURN = re.compile("但是|但|却|然而|不过|而是|而(?=[停放堆充在])")
# 别 but not 特别, 个别; 人不在宿舍 says where a person is, not where nothing is charged
NOT = "(?:[无未没勿]|(?<!人)不|(?<=人)不(?!在)|(?<![特个区分类])别|并非|而非|绝非|(?:是|能|有)否)"
FILLER = (
    "(?:任何|有人|人员|人|同学|学生|再|违规|私自|擅自|乱|存在|发现|出现|看到|看见|见到|查到|此类|类似|被|有|明显|其他|"
    "得|准|许|允许|让|会|能|要|应|可|是|在|把|将|给|从|继续|公共|楼内|校内|一[辆例起件处个]|车辆|杂物|物品|障碍物)*"
)
DIRECT = re.compile(f"{NOT}见?{FILLER}$")  # right before a word: 无飞线充电, 未上锁, 没有在楼道
BEFORE = re.compile(
    "未发现|没有发现|没发现|未查见|未查到|没查到|没有查到|不存在|未出现|没有出现|查无|并无|未见|没见到|"
    "没看到|没有看到|未看到|(?:无|没有)(?=.{0,14}(?:现象|情况|行为|问题|隐患))"
)
AFTER = re.compile(
    "^.{0,10}?(?:未发现|没有发现|不存在|未再|未出现|没有出现|没有再|未发生|没有发生|已杜绝|为零|为0)|"
    "^(?:的|情况|现象|行为|问题|一[例起辆个处]|也|都|均|已经?|目前|现在)*没有?了?$"
)
# the whole of a clause: 「经核查未发现异常」 under a red line's category
NOTHING = re.compile(
    "^(?:经|现场|核实|核查|检查|排查|巡查|到场|后|已)*(?:未|没有?|并未)(?:再)?(?:发现|查到|看到|见到|查见|查出)"
    "(?:异常|问题|情况|[此该]类?.{0,4}|上述.{0,4})?$"
)
ENDING = "(?:作业|现象|情况|行为|问题|的|了|过)*$"
CONTEXT_UNLESS = ("发现", "仍", "依然")  # 演练中发现安全出口上锁 is no drill
UNLESS_RIGHT_PLACE = "(?!.{0,4}(?:指定|规定|区域|车棚|充电桩))"  # 未停在宿舍车棚 says where it should be
NEVER = r"(?!)"
TAKEN_BACK = re.compile("不属实|查无此事|[并查]无此[事情]")  # anywhere: the whole report was none
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

    def names(self, category: str | None, is_grave: bool) -> bool:
        """Whether the category alone says that the line was crossed."""
        return category in self.categories or (is_grave and category in self.graded_categories)

    @property
    def clause_words(self) -> str:
        """「第三条：…（未核实）」; '' where the school names none."""
        return f"{self.clause}{'' if self.verified or not self.clause else '（未核实）'}"

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
    if any(TAKEN_BACK.search(text) or any(word in text for word in rules.excluded) for text in plain):
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
        named = line.names(category, is_grave) and DENIED not in answers
        if named and not _category_denied(line, category or "", plain, is_grave):
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
    hits = _hits(line, clause, earlier, is_grave)
    if not hits:
        return ""
    talk = any(word in clause for word in rules.contexts) and not any(word in clause for word in CONTEXT_UNLESS)
    crossing = next((words for words in hits if not _denied(clause, words)), None)
    return DENIED if talk or crossing is None else f"描述「{' … '.join(crossing)}」"


def _hits(line: Line, clause: str, earlier: str, is_grave: bool) -> list[tuple[str, ...]]:
    """Words of the line that stand in the clause; the first of several may stand in what came before it."""
    hits: list[tuple[str, ...]] = [(word,) for word in line.words if word in clause]
    for first, *others in (*line.together, *line.graded_together) if is_grave else line.together:
        subject = next((word for word in first if word in clause), None) or next(
            (word for word in first if word in earlier), None
        )
        parts = [hit for group in others if (hit := next((word for word in group if word in clause), ""))]
        if subject and len(parts) == len(others):
            hits.append((subject, *parts))
    return hits


def _category_denied(line: Line, category: str, texts: list[str], is_grave: bool) -> bool:
    """Whether a clause denies what the record's category says (「没有在楼道充电」, 「未在宿舍停放」, 「未发现异常」)
    and none affirms it (「没有停在宿舍，停在走廊」)."""
    denial, is_denied = _denial(line, category), False
    for clause in (piece for text in texts for piece, _ in _pieces(text)):
        hits = _hits(line, clause, category, is_grave)
        if any(not _denied(clause, words) for words in hits):
            return False
        is_denied |= bool(hits or denial.search(clause))
    return is_denied


@lru_cache(maxsize=64)
def _denial(line: Line, category: str) -> re.Pattern:
    """A clause that says no to the category itself, to a place where its things must not be (未在宿舍停放), or to
    their way there (没有上楼)."""
    alternatives = (*line.together, *line.graded_together)
    own = {one for groups in alternatives for group in groups for one in group if one in category} | {category}
    about = [groups for groups in alternatives if len(groups) > 2 and any(one in category for one in groups[0])]
    places = {place for groups in about for place in groups[-1]}
    ways = {word.removeprefix(thing) for word in line.words for thing in own if word.startswith(thing)} - {""}
    place = f"(?:{_any(places)}){UNLESS_RIGHT_PLACE}"  # 车主未在宿舍 says nothing of what stands there
    said = (f"(?:{_any(own)}){ENDING}", f"停放?[在到进于]?{place}", f"{place}.{{0,4}}(?:停|放|充)", f"(?:{_any(ways)})")
    return re.compile(f"{NOTHING.pattern}|{NOT}{FILLER}(?:{'|'.join(said)})")


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or NEVER


def _starts(clause: str, words: tuple[str, ...]) -> list[list[int]]:
    """Where each word begins, but not inside another of them: 动火 in 没有动火证 is no 动火 that there is none of."""
    found = [[match.span() for match in re.finditer(re.escape(word), clause)] for word in words]
    spans = [span for one in found for span in one]
    return [
        [
            start
            for start, end in one
            if not any(first <= start and end <= last and (first, last) != (start, end) for first, last in spans)
        ]
        for one in found
    ]


def _denied(clause: str, words: tuple[str, ...]) -> bool:
    """A negation right before one of the words wherever that stands, one like 「未发现」 before the last of them, or
    「不存在」 after it."""
    words = tuple(word for word in words if word in clause)
    last, end = max(map(clause.find, words)), max(clause.rfind(word) + len(word) for word in words)
    direct = any(starts and all(DIRECT.search(clause[:start]) for start in starts) for starts in _starts(clause, words))
    return direct or any(one.end() <= last for one in BEFORE.finditer(clause)) or bool(AFTER.search(clause[end:]))
