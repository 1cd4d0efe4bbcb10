"""Who may see what, and who may connect at all. Until sign-in exists: this machine only, and everything."""

import ipaddress
import sys

from streamlit import config

from metrics.ask.selection import EVERYTHING, Scope

REFUSAL = (
    "拒绝启动：登录功能尚未启用，服务只能监听本机（server.address 为 127.0.0.1 或 localhost），"
    "而现在设置的是「{address}」；"
    "请改回 127.0.0.1 后重试。"
)


def is_loopback(host: str | None) -> bool:
    """Whether an address or host name means this machine; nothing set means every network card, hence not."""
    if host is None:
        return False
    name = host.strip().strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def refusal() -> str | None:
    """The sentence that says why this server must not answer, or None when it listens on this machine only."""
    address = config.get_option("server.address")
    return None if is_loopback(address) else REFUSAL.format(address=address or "所有网卡")


def refuse_other_machines() -> None:
    """End the process with one sentence and exit code 2 when the server would answer other machines."""
    sentence = refusal()
    if sentence:
        print(sentence, file=sys.stderr)
        raise SystemExit(2)


def scope() -> Scope:
    """What the viewer may see. Asked for on every run, never kept: rights can be taken back."""
    return EVERYTHING
