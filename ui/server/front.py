"""The first HTML a browser gets: Streamlit's own shell, said in Chinese, for addresses that exist; 404 in words for
others."""

import json
import re
from collections.abc import Callable, MutableMapping
from functools import cache
from pathlib import Path

from starlette.responses import HTMLResponse, RedirectResponse, Response
from streamlit import file_util

from ui.frame import keys
from ui.frame.menu import FIRST, PAGES, PLACES
from ui.server import pasted

SCRIPT = Path(__file__).parents[1] / "assets" / "places.js"
NOT_FOUND = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>没有这一页</title>
<body style="font-family:sans-serif;margin:4rem auto;max-width:36rem"><h1>没有这一页</h1>
<p>这个地址不存在，可能是链接抄漏了。</p><p><a href="/">打开周例会</a></p></body></html>"""
NO_SCRIPT = "<noscript><p>请在浏览器里允许运行脚本，然后刷新本页。</p></noscript>"
# Without the base address the browser first looks for the server below /trends/ and writes two errors to its console.
BASE = '<script>window.__streamlit = {BACKEND_BASE_URL: window.location.origin + "/"}</script>'


def script() -> str:
    """What a browser has to know of the places: their tabs, which it offers beside the menu and turns without loading.

    Whoever asks is not known here: a tab that not everybody may see is left to the page.
    """
    places = {
        _address(place.tabs[0].key): {
            "label": f"{place.title}的各页",
            "tabs": [[_address(tab.key), tab.tab] for tab in place.seen(whole=False)],
        }
        for place in PLACES
        if len(place.tabs) > 1
    }
    return SCRIPT.read_text(encoding="utf-8").replace("__PLACES__", json.dumps(places, ensure_ascii=False))


def _address(key: str) -> str:
    return "/" if key == FIRST else f"/{key}"  # the first page lives at the root


@cache
def shell() -> str:
    """Streamlit's index.html with our language, title and words; parts an upgrade has renamed are left as they are."""
    html = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    html = html.replace('<html lang="en">', '<html lang="zh-CN">').replace(
        "<title>Streamlit</title>", "<title>校园平安</title>"
    )
    html = re.sub(r"<noscript>.*?</noscript>", NO_SCRIPT, html, flags=re.DOTALL)
    html = re.sub(r'<link rel="(shortcut icon|service-desc)"[^>]*>', "", html)
    return html.replace("<head>", f"<head>{BASE}<script>{keys.script()}</script><script>{script()}</script>", 1)


def answer(path: str, query: bytes) -> Response | None:
    """What the address gets, or None where it is not a page's address but one of Streamlit's own files."""
    if pasted.is_file(path):
        return None
    written = query.decode("latin-1")
    name, asked = pasted.meant(path, written)
    if name and name not in PAGES:
        return HTMLResponse(NOT_FOUND, status_code=404)
    address = _address(name) if name else "/"
    if (path, written) != (address, asked):
        return RedirectResponse(address + (f"?{asked}" if asked else ""))
    return HTMLResponse(shell(), headers={"Cache-Control": "no-cache"})


class Front:
    """ASGI wrapper: page addresses are answered here, everything else goes on to Streamlit."""

    def __init__(self, app: Callable) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping, receive: Callable, send: Callable) -> None:
        ours = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        response = answer(scope["path"], scope.get("query_string", b"")) if ours else None
        await (response or self.app)(scope, receive, send)
