"""A document is written down before it is made, and not made when that fails."""

from datetime import datetime
from pathlib import Path

import pytest

from ledger import Refused, audit
from metrics.ask.selection import EVERYTHING
from ui.export import export
from ui.export.audit import kept_in
from warehouse import Build

BUILD = Build("drawn", Path("drawn.duckdb"), 1, datetime(2026, 11, 22, 8), "demo", "drawn")


def test_a_document_is_written_down_and_then_made(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    assert export.recorded("周简报", "第11教学周", BUILD, EVERYTHING, lambda: b"made")() == b"made"
    (entry,) = audit.entries(default=kept_in())
    assert (entry.kind, entry.what, entry.filters, entry.build) == (audit.EXPORT, "周简报", "第11教学周", "drawn")


def test_what_cannot_be_written_down_is_not_made(tmp_path, monkeypatch):
    (tmp_path / "ledger").write_text("a file where the folder should be")
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    with pytest.raises(Refused, match="没有导出"):
        export.recorded("周简报", "", BUILD, EVERYTHING, lambda: pytest.fail("made all the same"))()
