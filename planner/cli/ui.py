"""planner ui: the page in a browser."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from planner.cli import server_guard
from planner.terminal.common import WrongUse
from planner.words.said import _, said_by

LARGEST_UPLOAD = 20  # MB
INK, PAPER, PALE, BLUE = "#1F2933", "#FFFFFF", "#F5F7F9", "#0072B2"  # as in planner.documents.drawings.theme


def ui(
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace", help="Folder of your cases, runs and plans.", show_default="PLANNER_WORKSPACE, or ./workspace"
        ),
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 8501,
    address: Annotated[
        str, typer.Option("--address", help="Address to listen on; 0.0.0.0 lets others on the network in.")
    ] = "127.0.0.1",
    origin: Annotated[
        list[str] | None,
        typer.Option(
            "--origin",
            help="Address under which others reach the page, where that is not this machine's: https://planner.example.org. "
            "Can be given several times.",
            show_default=False,
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Whether to open a browser.")] = True,
) -> None:
    """Start the page: define cases, solve them, look at plans and compare them, in a browser.

    Cases, runs and plans lie in the workspace folder. A solve goes on when the page is closed or the server stopped. Whoever
    can reach the address can use the page: keep it on 127.0.0.1, or behind something that asks who they are
    (docs/shared-server.md).

    \b
    Example:
      planner ui --workspace workspace --port 8501
    """
    try:
        import streamlit
        from starlette.middleware import Middleware
    except ImportError:
        raise WrongUse(_("the page needs the extra ui: pip install 'cluster-planner[ui]'")) from None
    place = find_spec("ui")  # found, not imported: what lies above this package is started, and never used by it
    assert place is not None
    assert place.origin is not None
    try:
        origins = [server_guard.origin_of(said) for said in origin or ()]
    except ValueError as error:
        raise WrongUse(_("--origin: {error}").format(error=said_by(error))) from None
    if workspace is not None:
        os.environ["PLANNER_WORKSPACE"] = str(workspace.resolve())
    page = Path(place.origin).with_name("app.py")
    sys.argv = [str(page)]  # what Streamlit takes for the script that was started
    app = streamlit.App(
        page,
        middleware=[Middleware(server_guard.Guard, address=address, origins=origins)],
        lifespan=_opening(address) if browser else None,
    )
    app.run(config=options(port, address))


def _opening(address: str) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Open a browser once the server listens."""

    @asynccontextmanager
    async def opened(app: object) -> AsyncIterator[None]:
        from streamlit import get_option

        name = "localhost" if address in ("0.0.0.0", "::") else f"[{address}]" if ":" in address else address
        url = f"http://{name}:{get_option('server.port')}"
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
        yield

    return opened


def options(port: int, address: str) -> dict[str, object]:
    """Options of the server: nothing leaves the machine, no stack trace on the page, uploads of a limited size, one look."""
    return {
        "server.port": port,
        "server.address": address,
        "server.headless": True,
        "server.maxUploadSize": LARGEST_UPLOAD,
        "server.fileWatcherType": "none",
        "server.runOnSave": False,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "client.showSidebarNavigation": False,
        "theme.base": "light",
        "theme.primaryColor": BLUE,
        "theme.backgroundColor": PAPER,
        "theme.secondaryBackgroundColor": PALE,
        "theme.textColor": INK,
    }
