"""The robot's message: off by default, tried again with growing pauses, no records in it. Tested against a receiver of
our own."""

import json
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from reports.command import cli, notify
from reports.content.parts import Line
from tests.reports.conftest import HOSTILE

OK = b'{"errcode": 0, "errmsg": "ok"}'


@pytest.fixture
def receiver():
    """receiver(answers) → (address, bodies received); an answer is (status, body) or seconds of silence."""
    running = []

    def start(*answers):
        received, left = [], list(answers)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                received.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
                answer = left.pop(0) if len(left) > 1 else left[0]
                if not isinstance(answer, tuple):
                    time.sleep(answer)
                    return
                status, content, *headers = answer
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}/robot/send?key=secret", received

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def sent(url: str, text: str = "结论", timeout: float = 5) -> list[float]:
    """Pauses taken while sending."""
    pauses = []
    notify.send(url, text, wait=pauses.append, timeout=timeout)
    return pauses


def test_wecom_s_form_arrives(receiver):
    url, received = receiver((200, OK))
    assert sent(url, "结论：正常") == []
    headers, content = received[0]
    assert json.loads(content) == {"msgtype": "markdown", "markdown": {"content": "结论：正常"}} and headers[
        "Content-Type"
    ].startswith("application/json")


def test_dingtalk_s_form_has_a_title():
    assert notify.body("https://oapi.dingtalk.com/robot/send?access_token=x", "a") == {
        "msgtype": "markdown",
        "markdown": {"title": "校园安全周简报", "text": "a"},
    }


@pytest.mark.parametrize("first", [(500, b""), (429, b""), (200, b'{"errcode": -1, "errmsg": "busy"}')])
def test_a_passing_fault_is_tried_again(receiver, first):
    url, received = receiver(first, first, (200, OK))
    assert sent(url) == [2.0, 4.0] and len(received) == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((403, b""), "对方返回 403"),
        ((200, b'{"errcode": 93000}'), "错误码 93000"),
        ((302, b"", ("Location", "http://127.0.0.1:9/")), "对方返回 302"),
    ],
)
def test_a_refusal_is_not_repeated_nor_carried_elsewhere(receiver, answer, said):
    url, received = receiver(answer)
    with pytest.raises(notify.NotSent, match=said):
        sent(url)
    assert len(received) == 1


def test_one_that_never_answers_is_given_up_in_time(receiver):
    url, received = receiver(1.0)
    pauses = []
    with pytest.raises(notify.NotSent, match="没有在时限内回应") as problem:
        notify.send(url, "结论", wait=pauses.append, timeout=0.2)
    assert pauses == [2.0, 4.0, 8.0] and "secret" not in problem.value.sentence


def test_nobody_there_is_said():
    with pytest.raises(notify.NotSent, match="连不上对方"):
        notify.send("http://127.0.0.1:9/", "结论", wait=lambda _: None, timeout=1)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a/b", "robot", "http://"])
def test_only_web_addresses(url):
    with pytest.raises(notify.NotSent, match="以 https:// 开头"):
        sent(url)


def test_nothing_is_sent_unless_an_address_is_set(campus, monkeypatch, capsys):
    monkeypatch.delenv(notify.VARIABLE, raising=False)
    monkeypatch.setattr(notify, "send", lambda *_: pytest.fail("sent"))
    assert cli.main(["notify"]) == 0
    assert "什么也没有发送" in capsys.readouterr().out


def test_the_setting_is_enough(campus, receiver, monkeypatch, capsys):
    url, received = receiver((200, OK))
    monkeypatch.setenv(notify.VARIABLE, url)
    assert cli.main(["notify", "--week", "2026-W45"]) == 0
    text = json.loads(received[0][1])["markdown"]["content"]
    assert "第10教学周" in text and "逾期隐患 2 条" in text and "已发送" in capsys.readouterr().out


def test_the_message_carries_sentences_and_no_records(drawn):
    text = notify.message(drawn)
    assert drawn.headline in text and drawn.cautions[0].text in text and drawn.digest in text
    assert "3号楼 电动车充电 本周 12 单" in text and "20261109214747169720" not in text and "<script>" not in text


def test_a_name_from_a_record_cannot_call_or_link_anybody(drawn):
    hostile = replace(drawn, headline=f"[点这里](http://evil.example) @所有人 13800001234 {HOSTILE}")
    text = notify.message(hostile)
    assert not set("[]()<>*#") & set(text.split("\n\n")[2]) and "13800001234" not in text and "@" not in text


def test_it_is_not_too_long_for_the_robot(drawn):
    long = replace(drawn, cautions=tuple(Line("来源甲只导出到 2026-10-01：先不要比较。" * 3) for _ in range(60)))
    assert 4000 < len(notify.message(long).encode("utf-8")) <= 4096 and notify.message(long).endswith("…")
