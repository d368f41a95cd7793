"""planner ui: the page in a browser."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.common import WrongUse

LARGEST_UPLOAD = 20  # MB
INK, PAPER, PALE, BLUE = "#1F2933", "#FFFFFF", "#F5F7F9", "#0072B2"  # as in planner.reporting.drawings.theme


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
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Whether to open a browser.")] = True,
) -> None:
    """Start the page: define cases, solve them, look at plans and compare them, in a browser.

    Cases, runs and plans lie in the workspace folder. A solve goes on when the page is closed or the server stopped. Whoever
    can reach the address can use the page: keep it on 127.0.0.1, or behind something that asks who they are.

    \b
    Example:
      planner ui --workspace workspace --port 8501
    """
    try:
        from streamlit.web import bootstrap
    except ImportError:
        raise WrongUse("the page needs the extra ui: pip install 'cluster-planner[ui]'") from None
    place = find_spec("ui")  # found, not imported: what lies above this package is started, and never used by it
    assert place is not None
    assert place.origin is not None
    if workspace is not None:
        os.environ["PLANNER_WORKSPACE"] = str(workspace.resolve())
    app = Path(place.origin).with_name("app.py")
    options = flags(port, address, browser)
    bootstrap.load_config_options(options)
    bootstrap.run(str(app), False, [], options)


def flags(port: int, address: str, browser: bool) -> dict[str, object]:
    """Options of the server: nothing leaves the machine, no stack trace on the page, uploads of a limited size, one look."""
    return {
        "server_port": port,
        "server_address": address,
        "server_headless": not browser,
        "server_maxUploadSize": LARGEST_UPLOAD,
        "server_fileWatcherType": "none",
        "server_runOnSave": False,
        "browser_gatherUsageStats": False,
        "client_showErrorDetails": "none",
        "client_toolbarMode": "minimal",
        "client_showSidebarNavigation": False,
        "theme_base": "light",
        "theme_primaryColor": BLUE,
        "theme_backgroundColor": PAPER,
        "theme_secondaryBackgroundColor": PALE,
        "theme_textColor": INK,
    }
