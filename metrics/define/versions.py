"""How a metric has been counted since when: each change of its meaning, said in words, in the order of the days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile
from typing import Annotated

from msgspec import Meta

from warehouse.validated import Shape, Text


@dataclass(frozen=True)
class Version:
    """From `since` builds are counted so; `changed` says what is otherwise than before. `of_formula`: only the
    catalogue's formula changed, which also counts builds published before."""

    since: date
    changed: str
    of_formula: bool = False


class Block(Shape, frozen=True):
    """One version as written in catalogue.toml; the first, before any change, is not written."""

    since: Annotated[date, Meta(title="不带引号的日期，如 2026-12-01")]
    changed: Text
    of_formula: bool = False


def problem(versions: Sequence[Version]) -> str:
    """What is wrong with the versions of one metric as half a sentence; '' for nothing."""
    for number, (before, one) in enumerate(pairwise(versions), start=2):
        if one.since <= before.since:
            return f"第 {number} 次改口径的 since {one.since} 不晚于上一次，请从早到晚写"
    return ""


def number(versions: Sequence[Version], published: date | None) -> int:
    """The version a build published on that day is counted by; the newest where the day is not known."""
    held = takewhile(lambda one: published is None or one.of_formula or one.since <= published, versions)
    return 1 + sum(1 for _ in held)


def history(versions: Sequence[Version]) -> str:
    """「第 2 版，2026-12-01 起：…；第 1 版：此前」, the newest first; '' where the meaning never changed."""
    told = [f"第 {number} 版，{one.since} 起：{one.changed}" for number, one in enumerate(versions, start=2)]
    return "；".join([*reversed(told), "第 1 版：此前"]) if told else ""


def counted_by(versions: Sequence[Version], published: date | None) -> str:
    """「第 2 版（2026-12-01 起）」; 「第 1 版（这份数据发布在第 2 版之前）」; '' where the meaning never changed."""
    if not versions:
        return ""
    now, newest = number(versions, published), len(versions) + 1
    if now < newest:
        return f"第 {now} 版（这份数据发布在第 {now + 1} 版之前）"
    return f"第 {newest} 版（{versions[-1].since} 起）"
