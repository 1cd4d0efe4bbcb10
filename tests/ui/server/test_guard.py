"""The guard: this machine only, known names only, headers on every answer; page addresses answered in Chinese."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from tests.every import every
from ui.frame import access
from ui.frame.menu import PAGES
from ui.server.front import Front
from ui.server.guard import HEADERS, Guard


@dataclass
class Answer:
    """What came back: HTTP status (or the web socket's close code), headers by lower-case name, the text."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""


async def streamlit(scope, receive, send):
    """Stands behind the guard and says so."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": 1000})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"inside"})


def ask(path: str, host: str = "127.0.0.1:8501", peer: str = "127.0.0.1", kind: str = "http", hosts: int = 1) -> Answer:
    """Send one request through the wrappers, as uvicorn would."""
    answer, (name, _, query) = Answer(), path.partition("?")
    scope = {
        "type": kind, "method": "GET", "path": name, "raw_path": name.encode(),
        "query_string": query.encode(), "root_path": "",
        "scheme": "http", "http_version": "1.1", "headers": [(b"host", host.encode())] * hosts,
        "client": (peer, 50000), "server": ("127.0.0.1", 8501),
    }  # fmt: skip

    async def receive():
        return {"type": "websocket.connect" if kind == "websocket" else "http.request", "body": b"", "more_body": False}

    async def send(message):
        answer.status = message.get("status", message.get("code", answer.status))
        answer.headers |= {key.decode().lower(): value.decode() for key, value in message.get("headers", [])}
        answer.text += message.get("body", b"").decode()

    # In a thread of its own: a browser test before this one may have left its loop running in this thread.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, Guard(Front(streamlit))(scope, receive, send)).result()
    return answer


@every("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "127.8.9.1", "[::1]:8501"])
def test_this_machine_is_let_in_with_headers(host: str):
    answer = ask("/_stcore/health", host)
    assert (answer.status, answer.text) == (200, "inside")
    for name, value in HEADERS.items():
        assert answer.headers[name.lower()] == value
    assert ask("/_stcore/stream", host, kind="websocket").status == 1000


@every(
    ("host", "peer"),
    [
        ("evil.example", "127.0.0.1"),
        ("localhost.evil.example", "127.0.0.1"),
        ("192.168.1.5:8501", "127.0.0.1"),
        ("127.0.0.1", "192.168.1.9"),
    ],
)
def test_other_names_and_machines_are_turned_away(host: str, peer: str):
    answer = ask("/", host, peer)
    assert answer.status == 403
    assert "inside" not in answer.text and "本机" in answer.text
    assert ask("/_stcore/stream", host, peer, kind="websocket").status == 1008


@every("hosts", [0, 2])
def test_a_request_must_name_exactly_one_host(hosts: int):
    assert ask("/", hosts=hosts).status == 403


def test_content_policy_names_no_other_host():
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe-eval" not in policy
    assert "img-src 'self' data: blob:" in policy and "frame-ancestors 'none'" in policy
    assert "https:" not in policy and "*" not in policy.replace(":*", "")


@every("key", [key for key in PAGES if key != "weekly"] + [""])
def test_page_addresses_get_a_chinese_shell(key: str):
    answer = ask(f"/{key}?building=D03")
    assert answer.status == 200
    assert '<html lang="zh-CN">' in answer.text and "<title>校园平安</title>" in answer.text
    assert "Streamlit</title>" not in answer.text and "You need to enable JavaScript" not in answer.text


def test_the_first_page_also_answers_to_its_name():
    answer = ask("/weekly?week=2026-11-09")
    assert (answer.status, answer.headers["location"]) == (307, "/?week=2026-11-09")


@every("path", ["/nowhere", "/records/D03", "/records/D03.", "/nowhere/", "/a/b/c", "/weekly/x"])
def test_unknown_addresses_are_not_found_in_words(path: str):
    answer = ask(path)
    assert answer.status == 404 and "没有这一页" in answer.text


@every(
    ("written", "meant"),
    [
        ("/records/?building=D03", "/records?building=D03"),
        ("/trends/", "/trends"),
        ("//trends", "/trends"),
        ("/weekly/?week=2026-11-09&amp;building=D03", "/?week=2026-11-09&building=D03"),
        ("/?building=D03%E3%80%82", "/?building=D03"),
        ("/trends。", "/trends"),
    ],
)
def test_an_address_is_read_as_meant(written: str, meant: str):
    answer = ask(written)
    assert (answer.status, answer.headers["location"]) == (307, meant)
    assert ask(meant).status == 200


@every(
    ("address", "fine"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True),
     ("127.1.2.3", True), (None, False), ("", False), ("0.0.0.0", False),
     ("::", False), ("192.168.1.5", False), ("localhost.evil.example", False), ("127.0.0.1.evil.example", False)],
)  # fmt: skip
def test_loopback(address: str | None, fine: bool):
    assert access.is_loopback(address) is fine


def test_another_address_ends_the_process_with_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(access.config, "get_option", lambda name: "0.0.0.0")
    with pytest.raises(SystemExit) as stopped:
        access.refuse_other_machines()
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert "拒绝启动" in said and "0.0.0.0" in said and said.count("\n") == 1
