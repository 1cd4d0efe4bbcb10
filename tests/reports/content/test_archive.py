"""A kept brief reads back as it was, prints the same, and is refused when it was changed."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from reports.content import archive
from reports.print import slides


def test_it_reads_back_as_it_was(drawn):
    again = archive.thawed(archive.frozen(drawn))
    assert again == drawn and again.digest == drawn.digest and archive.frozen(again) == archive.frozen(drawn)


def test_it_prints_the_same_without_records(drawn):
    assert slides.document(archive.thawed(archive.frozen(drawn))) == slides.document(drawn)


def test_what_stands_outside_the_brief_says_where_it_is_from(drawn):
    kept = json.loads(archive.frozen(drawn))
    assert (kept["build"], kept["week"], kept["filters"], kept["digest"]) == (
        drawn.build,
        "2026-11-09",
        "全部楼宇 · 全部类别",
        drawn.digest,
    )


@pytest.mark.parametrize(("change", "said"), [
    (lambda kept: kept["brief"].update(headline="一切正常。"), "指纹不符"),
    (lambda kept: kept["brief"].pop("headline"), "不完整"),
    (lambda kept: kept["brief"].update(sections=3), "不完整"),
    (lambda kept: kept["brief"].update(week_start="下周一"), "不完整"),
    (lambda kept: kept.update(version=3), "另一个版本"),
    (lambda kept: kept.pop("digest"), "不是简报的存档"),
])  # fmt: skip
def test_what_was_changed_is_refused(drawn, change, said):
    kept = json.loads(archive.frozen(drawn))
    change(kept)
    with pytest.raises(archive.Unreadable, match=said):
        archive.thawed(json.dumps(kept).encode(), "a.json")


def test_a_brief_kept_before_it_said_its_moment_is_still_read(drawn):
    assert drawn.as_of is None  # as version 1 knew it
    kept = json.loads(archive.frozen(drawn)) | {"version": 1}
    assert archive.thawed(json.dumps(kept).encode()) == drawn
    later = replace(drawn, as_of=datetime(2026, 11, 16))
    assert archive.thawed(archive.frozen(later)) == later and later.digest != drawn.digest


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b"3", b'{"kind": 1}'])
def test_what_is_no_archive_is_refused(content):
    with pytest.raises(archive.Unreadable, match="不是简报的存档|另一个版本"):
        archive.thawed(content)
