"""An ASGI wrapper around the server: this machine only, known host names only, and headers that keep the page to
itself."""

from collections.abc import Awaitable, Callable, MutableMapping

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse

from ui.frame.access import is_loopback

Asgi = Callable[[MutableMapping, Callable, Callable], Awaitable[None]]

CONTENT = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws://127.0.0.1:* ws://localhost:* data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FORBIDDEN = "此服务只回答本机浏览器，请用 http://localhost 或 http://127.0.0.1 打开。"


class Guard:
    """Refuses connections from other machines and unknown host names (DNS rebinding), for pages and web sockets
    alike."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping, receive: Callable, send: Callable) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
        elif not welcome(scope):
            await _refuse(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send) if scope["type"] == "http" else send)


def welcome(scope: MutableMapping) -> bool:
    """Whether the connection comes from this machine and asks for it by one of its names."""
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    client = scope.get("client")
    return len(hosts) == 1 and is_loopback(_without_port(hosts[0])) and (client is None or is_loopback(client[0]))


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.split("]")[0] + "]"
    return host.rsplit(":", 1)[0] if host.count(":") == 1 else host


async def _refuse(scope: MutableMapping, receive: Callable, send: Callable) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
    else:
        await PlainTextResponse(FORBIDDEN, status_code=403, headers=HEADERS)(scope, receive, send)


def _with_headers(send: Callable) -> Callable:
    async def sending(message: MutableMapping) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending
