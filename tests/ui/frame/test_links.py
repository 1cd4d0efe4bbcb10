"""Addresses carry the filters and whatever the page adds, and say nothing that is not there."""

from urllib.parse import parse_qs, urlsplit

import pytest

from ui.frame.filters import Filters
from ui.frame.links import href


@pytest.mark.parametrize(
    ("page", "filters", "extra", "address"),
    [
        ("trends", Filters(), {}, "trends"),
        ("weekly", Filters(), {}, "./"),
        ("weekly", Filters(), {"week": "2026-11-09"}, "./?week=2026-11-09"),
        ("trends", Filters("近4周", buildings=("D03", "D04")), {"metric": "ticket_count", "split": None}, None),
    ],
)
def test_href(page: str, filters: Filters, extra: dict, address: str | None):
    made = href(page, filters, **extra)
    if address is not None:
        assert made == address
        return
    parts = urlsplit(made)
    assert parts.path == "trends" and not parts.netloc
    asked = parse_qs(parts.query)
    assert asked == {"period": ["近4周"], "building": ["D03", "D04"], "metric": ["ticket_count"]}
    assert Filters.from_query(asked) == filters


def test_values_cannot_break_out_of_the_address():
    made = href("records", Filters(categories=("a&b=c#d",)), text="x y?z")
    assert parse_qs(urlsplit(made).query) == {"category": ["a&b=c#d"], "text": ["x y?z"]}


def test_an_unknown_page_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        href("nowhere", Filters())
