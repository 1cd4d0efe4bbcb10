"""An address as people paste it: what chat programs and sentences add is taken off, nothing else is touched."""

from urllib.parse import parse_qs, quote

from hypothesis import given
from hypothesis import strategies as st

from tests.every import every
from ui.server import pasted

END = quote("。")


@every(
    ("path", "query", "name", "asked"),
    [
        ("/", "", "", ""),
        ("/records", "building=D03", "records", "building=D03"),
        ("/records/", "building=D03", "records", "building=D03"),
        ("/trends/", "", "trends", ""),
        ("/records/D03", "", "records/D03", ""),
        ("/trends。", "", "trends", ""),
        ("/trends/）。", "", "trends/", ""),
        ("/。", "", "", ""),
        ("/records", "building=D03&amp;period=x", "records", "building=D03&period=x"),
        ("/records", "building=D03&AMP%3bperiod=x", "records", "building=D03&period=x"),
        ("/records", f"building=D03{END}", "records", "building=D03"),
        ("/records", f"building=D03{END.lower()}", "records", "building=D03"),
        ("/records", "building=D03%2e", "records", "building=D03"),
        ("/records", "present=1&building" + quote("）。"), "records", "present=1&building"),
        ("/trends", f"category={quote('电动车（室内）')}", "trends", f"category={quote('电动车（室内）')}"),
        ("/trends", f"category={quote('电动车（室内））')}", "trends", f"category={quote('电动车（室内）')}"),
        ("/trends", f"category=a%26b{END}", "trends", "category=a%26b"),
        ("/query", "q=" + quote("select 'a';"), "query", "q=" + quote("select 'a';")),
        ("/records", "q=" + quote("电池。"), "records", "q=" + quote("电池")),
        ("/actions", "new=1&why=" + quote("办完。"), "actions", "new=1&why=" + quote("办完。")),
        ("/records", END, "records", ""),
    ],
)
def test_what_was_meant(path: str, query: str, name: str, asked: str):
    assert pasted.meant(path, query) == (name, asked)


@given(st.text(max_size=20), st.text(alphabet="abq=&%;amp.0EF38092C。", max_size=30))
def test_an_address_once_cleaned_means_itself(path: str, query: str):
    name, asked = pasted.meant(path, query)
    if asked:
        assert pasted.meant(f"/{name}", asked)[0] == name.strip("/")
        assert len(asked) <= len(query)
        assert set(parse_qs(asked)) <= set(parse_qs(pasted.AMPERSAND.sub("&", query))) | {asked.rpartition("&")[2]}


@every(
    ("path", "is_file"),
    [("/static/js/a.js", True), ("/media/x", True), ("/_stcore/health", True), ("/favicon.png", True),
     ("/auth/login", True), ("/trends", False), ("/records/D03", False), ("/records/a.b", False), ("/trends.", False),
     ("/", False), ("/。", False), ("/app", False), ("/static/", False), ("/app/x", False),
     ("/oauth2callback", True)],
)  # fmt: skip
def test_files_of_the_server_are_left_to_it(path: str, is_file: bool):
    assert pasted.is_file(path) is is_file
