"""notify: the headline and the red lines to a group robot of 企业微信 or 钉钉. Off unless an address is set; nothing
else is ever sent."""

import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import urlsplit

from reports.content.documents import Brief
from warehouse.command import output
from warehouse.errors import UserError

VARIABLE = "CAMPUS_WEBHOOK_URL"
# attempts; seconds an attempt may take; seconds before the second one, doubled each time
TRIES, TIMEOUT, PAUSE = 4, 10.0, 2.0
LONGEST = 4096  # bytes of markdown that 企业微信 takes; 钉钉 takes more
SECTIONS = ("signals", "overdue")
_MARKUP = re.compile(r"[\[\]()<>*_`#|~\\!]")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{7,}(?!\d)")


class NotSent(UserError):
    """The robot could not be reached, or refused."""


def run(url: str | None, week: str | None, only_show: bool) -> int:
    """The command: compose, then send where an address is set. Returns an exit code."""
    url = url or os.environ.get(VARIABLE, "").strip()
    if not url and not only_show:
        output.print(f"没有设置机器人地址（--url 或环境变量 {VARIABLE}），什么也没有发送。", markup=False)
        return 0
    from reports.command import compute

    text = message(compute.brief_of(compute.found_build(None), week))
    if only_show:
        output.print(text, markup=False, soft_wrap=True)
        return 0
    send(url, text)
    output.print("已发送。", markup=False)
    return 0


def message(brief: Brief) -> str:
    """Headline, cautions, signals' and red lines' own sentences; no details and no examples, numbers of seven digits
    and more masked."""
    lines = [f"**{brief.campus} {brief.title}**", brief.week_label, f"结论：{brief.headline}"]
    lines += [f"注意：{caution.text}" for caution in brief.cautions]
    for section in brief.sections:
        if section.key in SECTIONS and not section.failure:
            lines += [line.text for line in section.lines]
        if section.key == "overdue" and not section.failure:
            lines.append(section.sentence)
    lines.append(f"构建 {brief.build}，指纹 {brief.digest}")
    title, *rest = lines
    safe = [title.replace("\n", " "), *(_harmless(text) for text in rest[:-1]), rest[-1]]
    return _short("\n\n".join(safe))


def _short(text: str) -> str:
    content = text.encode("utf-8")
    return text if len(content) <= LONGEST else content[: LONGEST - 3].decode("utf-8", "ignore") + "…"


def _harmless(text: str) -> str:
    """Words from records carry no link, no mention and no long number into the group."""
    flat = " ".join(text.split()).replace("@", "＠")
    return _LONG_NUMBER.sub("…", _MARKUP.sub(" ", flat))


def body(url: str, text: str) -> dict:
    """What the robot behind the address wants to read: 钉钉 by its host, otherwise 企业微信's form."""
    if "dingtalk" in (urlsplit(url).hostname or ""):
        return {"msgtype": "markdown", "markdown": {"title": "校园安全周简报", "text": text}}
    return {"msgtype": "markdown", "markdown": {"content": text}}


def send(url: str, text: str, wait: Callable[[float], None] = time.sleep, timeout: float = TIMEOUT) -> None:
    """Post it; after a failure of the other side or of the way to it again, waiting longer each time. Raises NotSent
    in words."""
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise NotSent(f"机器人地址写得不对，应以 https:// 开头，请核对 --url 或 {VARIABLE}。")
    content = json.dumps(body(url, text), ensure_ascii=False).encode("utf-8")
    for attempt in range(TRIES):
        if attempt:
            wait(PAUSE * 2 ** (attempt - 1))
        problem, again = _posted(url, content, timeout)
        if not problem:
            return
        if not again:
            break
    raise NotSent(f"消息没有发出去：{problem}。简报不受影响，请核对机器人地址和网络后再运行 python -m reports notify。")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A robot never sends anybody elsewhere; a redirect would carry the message to a stranger."""

    def redirect_request(self, *_):
        return None


def _posted(url: str, content: bytes, timeout: float) -> tuple[str, bool]:
    """('', False) when it was taken; otherwise what went wrong, and whether trying again can help."""
    request = urllib.request.Request(url, content, {"Content-Type": "application/json; charset=utf-8"})
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=timeout) as answer:
            return _refused(answer.read(65536))
    except urllib.error.HTTPError as error:
        error.close()
        return f"对方返回 {error.code}", error.code >= 500 or error.code in (408, 429)
    except TimeoutError:
        return "对方没有在时限内回应", True
    except (urllib.error.URLError, OSError, ValueError) as error:
        timed_out = isinstance(getattr(error, "reason", None), TimeoutError)
        return ("对方没有在时限内回应" if timed_out else "连不上对方"), True


def _refused(answer: bytes) -> tuple[str, bool]:
    """Both robots answer 200 with an error code of their own: 0 is fine, −1 and rate limits may pass."""
    try:
        code = json.loads(answer).get("errcode", 0)
    except (ValueError, AttributeError):
        return "", False
    return ("", False) if code == 0 else (f"机器人拒绝，错误码 {code}", code in (-1, 45009, 130101))
