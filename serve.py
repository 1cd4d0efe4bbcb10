"""The way in: `streamlit run serve.py`. The dashboard behind a guard that answers this machine only and adds security
headers."""

from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from ui.frame import access
from ui.server.front import Front
from ui.server.guard import Guard

access.refuse_other_machines()

# Without this, the legacy mode of a folder called pages/ greets the first deep link after a start with "Page not
# found".
PagesManager.uses_pages_directory = False


@asynccontextmanager
async def lifespan(_app):
    """Ask the first page's questions once, so that the first reader does not wait for them."""
    from ui.server import warm  # late: cached functions want the running server

    await anyio.to_thread.run_sync(warm.up)
    yield {}


app = st.App(
    str(Path(__file__).parent / "dashboard.py"), lifespan=lifespan, middleware=[Middleware(Guard), Middleware(Front)]
)
