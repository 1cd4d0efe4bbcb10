"""Take the README's pictures from the real pages: `python scripts/pictures.py [FOLDER] [--width 390]`.

Starts the server on a free port over the current build, opens each page in Chromium and saves a PNG.
"""

import argparse
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAGES = ["weekly", "trends", "buildings", "branches", "cadences", "campus_map"]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("服务器没有启动。")


def settle(page: Page) -> None:
    """Wait until the script has finished and the charts stand still."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
    page.locator('[data-testid="stSkeleton"]').first.wait_for(state="detached", timeout=60_000)
    page.wait_for_timeout(2000)


def record_query() -> str:
    """The address of a ticket that has passed through several states."""
    import warehouse

    rows = warehouse.current().query(
        "SELECT record_id FROM record_states WHERE table_name = 'tickets' GROUP BY record_id ORDER BY "
        "count(*) DESC, record_id LIMIT 1"
    )
    return f"records?record=tickets:{rows.record_id[0]}"


def take(folder: Path, width: int, height: int, whole: bool) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port)], cwd=ROOT
    )
    try:
        wait_for(address)
        with sync_playwright() as player:
            browser = player.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": width, "height": height})
            for name in [*PAGES, record_query()]:
                page.goto(f"{address}/{'' if name == 'weekly' else name}")
                settle(page)
                page.screenshot(path=folder / f"{'record' if '?' in name else name}.png", full_page=whole)
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--width", type=int, default=1440)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--whole", action="store_true", help="the page to its end, not only the first screen")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    take(options.folder, options.width, options.height, options.whole)
