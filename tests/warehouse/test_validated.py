"""Which key of a block is told, and in which words."""

from datetime import date
from typing import Annotated, Literal

import pytest
from msgspec import Meta

from warehouse.validated import Flag, Misfit, Shape, Text, Texts, fits, fitted


class Lamp(Shape, frozen=True, kw_only=True):
    name: Text
    colours: Texts = ()
    state: Annotated[Literal["on", "off"], Meta(title="文字")] | None = None
    hours: tuple[Literal["day", "night"], ...] = ()
    is_new: Flag = False
    weight: float | None = None
    since: date


GOOD = {"name": "路灯", "since": date(2026, 11, 30)}


def test_a_block_that_fits_comes_as_its_shape():
    lamp = fitted(GOOD | {"colours": ["白", "黄"], "weight": 3}, Lamp)
    assert (lamp.name, lamp.colours, lamp.weight, lamp.since) == ("路灯", ("白", "黄"), 3, date(2026, 11, 30))


@pytest.mark.parametrize(
    ("change", "problem", "sentence"),
    [
        ({"nme": 1}, "unknown", "不认识的键「nme」，是不是想写「name」。"),
        ({"name": " "}, "shape", "「name」要写成文字。"),
        ({"colours": "白"}, "shape", "「colours」要写成一组文字。"),
        ({"is_new": "yes"}, "shape", "「is_new」要写成真假值。"),
        ({"state": "of"}, "choice", "「state」不能是「of」，是不是想写「off」，可用：on、off。"),
        ({"state": ["of"]}, "shape", "「state」要写成文字。"),
        ({"hours": ["day", "noon"]}, "choice", "「hours」不能是「noon」，可用：day、night。"),
        ({"name": "", "x": 1}, "unknown", "不认识的键「x」。"),
    ],
)  # fmt: skip
def test_the_first_key_that_does_not_fit_is_told(change, problem, sentence):
    with pytest.raises(Misfit) as caught:
        fitted(GOOD | change, Lamp)
    assert (caught.value.problem, caught.value.sentence) == (problem, sentence)


def test_a_key_without_a_default_must_be_there():
    with pytest.raises(Misfit) as caught:
        fitted({"name": "路灯"}, Lamp)
    assert (caught.value.problem, caught.value.key, caught.value.sentence) == ("missing", "since", "缺少「since」。")


@pytest.mark.parametrize(
    ("value", "kind"), [("2026-11-30", date), (True, float), (True, int), (1.0, int), ("1", int), (1, str), (1, bool)]
)
def test_nothing_is_turned_into_another_type(value, kind):
    assert not fits(value, kind)
