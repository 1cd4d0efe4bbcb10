"""One judgement: the words for how a number stands are in one file, and nobody else composes them."""

import ast
import re
from pathlib import Path

from metrics.methods import verdict as verdicts
from metrics.methods.verdict import AMOUNT, CLEAR, FEW, HEIGHT, LEANING, NORMAL, NOTHING, PACE, Verdict
from tests.test_architecture import files, short, words

OLD = re.compile(
    r"高于预期|低于预期|符合预期|没有明显差别|异常上升|异常下降|超出偶然|在偶然波动内|差别明显|明显变[好差]|明显偏$|慢于其他|快于其他"
)
HOME = "metrics/methods/verdict.py"


def texts(path: Path) -> list[str]:
    """Every piece of text in a file that is no docstring, parts of f-strings apart."""
    tree = ast.parse(words(path))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]


def test_nobody_has_words_of_his_own():
    wrong = {
        short(path): found
        for room in ("metrics", "ui", "reports", "pages")
        for path in files(room)
        if short(path) != HOME and (found := [text for text in texts(path) if OLD.search(text)])
    }
    assert wrong == {}, f"the words of a verdict come from {HOME}"


def test_a_word_for_every_degree_and_kind_of_quantity():
    said = {(degree, side, names): Verdict(degree, side, names).word
            for degree in (CLEAR, LEANING) for side in (1, -1) for names in (AMOUNT, HEIGHT, PACE)}  # fmt: skip
    assert said[CLEAR, 1, AMOUNT] == "明显偏多" and said[CLEAR, -1, HEIGHT] == "明显偏低"
    assert said[LEANING, -1, HEIGHT] == "偏低，尚不足以定论" and said[LEANING, 1, PACE] == "偏慢，尚不足以定论"
    assert [Verdict(one).word for one in (NORMAL, FEW, NOTHING)] == ["正常波动", "样本太小，不判断", "没有数据"]
    assert Verdict(CLEAR, 1, AMOUNT, "上年同期").told == "比上年同期明显偏多"
    assert Verdict(NORMAL, against="上年同期").told == "与上年同期比，正常波动"


def test_the_degree_follows_the_chance_and_the_looks():
    """0.004 alone is clear; among forty it leans; one or two cases are too few; untested is too few."""
    chance, corrected = [0.004, 0.004, 0.3, 0.004, float("nan")], [0.004, 0.16, 0.6, 0.004, float("nan")]
    found = verdicts.degrees(chance, corrected, [False, False, False, True, False])
    assert found == [CLEAR, LEANING, NORMAL, FEW, FEW]
    told = [Verdict(degree, 1, AMOUNT) for degree in found]
    assert verdicts.summed(told, "格") == "1 格明显偏多"
    assert verdicts.listed(list("甲乙丙丁戊"), told, "家") == "3 家中，甲明显偏多；乙偏多，尚不足以定论；其余正常波动"
