"""A real server on a small published build, and the machine's own Chromium. Nothing here reaches the network."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import kept

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    (
        path
        for path in (
            os.environ.get("CAMPUS_BROWSER"),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
        )
        if path and Path(path).exists()
    ),
    None,
)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-default-apps", "--metrics-recording-only"]  # fmt: skip

expect.set_options(timeout=30_000)  # a busy machine draws late


@pytest.fixture(scope="session")
def browser_home(tmp_path_factory) -> Path:
    """A small demonstration campus, built the way a user builds it; what people write goes into a copy."""
    return kept.copy(kept.demonstration("--years", "1", "--scale", "0.1"), tmp_path_factory.mktemp("campus"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(home: Path, entry: str = "serve.py") -> Iterator[str]:
    """A server of its own on a free port; gives its address once it answers, ends it afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", entry, f"--server.port={port}"]
    log = home / f"server-{port}.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"CAMPUS_DATA": str(home)}, stdout=out, stderr=out
        )
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def wait_until_healthy(address: str, server: subprocess.Popen, log: Path, seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not answer: {log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def server(browser_home) -> Iterator[str]:
    with serving(browser_home) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed on this machine (scripts/browser.sh installs it)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


class Watched:
    """A browser tab that remembers every request that left this machine and everything said on the console."""

    def __init__(self, tab: Page):
        self.tab, self.left, self.complaints = tab, [], []
        tab.on("request", lambda request: None if _stays(request.url) else self.left.append(request.url))
        tab.on("websocket", lambda socket: None if _stays(socket.url) else self.left.append(socket.url))
        tab.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, address: str) -> Page:
        """Go there and wait until the page has said its sentence and stopped working."""
        self.tab.goto(address)
        self.settle()
        return self.tab

    def too_wide_for_a_phone(self, address: str) -> dict[str, int]:
        """Opens an address on a phone; what is wider than its 390 pixels there, and how wide."""
        self.tab.set_viewport_size({"width": 390, "height": 844})
        self.open(address)
        wide = {
            "document": self.tab.evaluate("document.scrollingElement.scrollWidth"),
            "page": self.tab.get_by_test_id("stMain").evaluate("page => page.scrollWidth"),
        }
        return {name: pixels for name, pixels in wide.items() if pixels > 390}

    def settle(self) -> None:
        self.tab.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
        expect(self.tab.locator(".st-key-headline")).not_to_be_empty(timeout=60_000)


def _stays(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:"))


@pytest.fixture(scope="session")
def profile(chromium) -> Iterator[BrowserContext]:
    """One profile, so that what the server serves once (Streamlit, Plotly) is fetched and compiled once."""
    context = chromium.new_context(locale="zh-CN")
    yield context
    context.close()


@pytest.fixture
def watched(profile) -> Iterator[Watched]:
    """A fresh tab, 1440 × 900, as a first visitor has it; whatever a test did,
    nothing may have left the machine or been complained of.
    """
    tab = profile.new_page()
    tab.set_viewport_size({"width": 1440, "height": 900})
    one = Watched(tab)
    yield one
    tab.evaluate("() => { try { localStorage.clear() } catch { /* a page without an address */ } }")
    tab.close()
    profile.clear_cookies()
    assert one.left == []
    assert one.complaints == []
