"""An address as somebody pasted it: which page and which query were meant. Pure words and rules."""

import re
from urllib.parse import unquote

# What a sentence puts behind a link, or what a link stood in; a bracket that closes one of the link's own is kept.
CLOSING = "。，、；：！？…”’》」』】.,;!\"'>"
PAIRS = {"）": "（", ")": "("}
# In what people wrote themselves (a search, a query, an assignment) fewer marks can only have been the sentence's.
IN_WORDS = {"q": "。，、；…", "task": "", "why": "", "signal": ""}
AMPERSAND = re.compile(r"&amp(?:;|%3B)", re.IGNORECASE)
FOLDERS = ("static", "media", "component", "_stcore", "auth")  # where Streamlit keeps its own


def is_file(path: str) -> bool:
    """Whether a path is one of Streamlit's own: below one of its folders, or a name with an ending at the root."""
    first, _, below = path.strip("/").partition("/")
    return first in FOLDERS if below else first == "oauth2callback" or "." in first.strip(".")


def meant(path: str, query: str) -> tuple[str, str]:
    """(name, query) without `&amp;` for `&`, slashes around the name and closing marks at the end; `path` is decoded,
    `query` is not."""
    name, query = path.strip("/"), AMPERSAND.sub("&", query)
    return (name, _without_end(query)) if query else (_bare(name, CLOSING), "")


def _without_end(query: str) -> str:
    key, _, value = query.rpartition("&")[2].partition("=")
    text = unquote(value or key, errors="replace")
    bare = _bare(text, IN_WORDS.get(key, CLOSING))
    for mark in reversed(text[len(bare) :]):
        in_code = "".join(f"%{byte:02X}" for byte in mark.encode())
        query = query[: -len(in_code if query.upper().endswith(in_code) else mark)]
    return query


def _bare(text: str, closing: str) -> str:
    while text and (text[-1] in closing or (closing and _closes_nothing(text))):
        text = text[:-1]
    return text


def _closes_nothing(text: str) -> bool:
    return text[-1] in PAIRS and text.count(text[-1]) > text.count(PAIRS[text[-1]])
