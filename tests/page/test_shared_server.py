"""A server that others may reach: what it tells browsers to refuse, and which pages may speak to it."""

from __future__ import annotations

import base64
import http.client
import os
import socket
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

pytest.importorskip("streamlit", reason="the extra ui is not installed")

from typer.testing import CliRunner

from planner.case.workbook_file import LARGEST_FILE
from planner.cli import app
from planner.cli.server_guard import Guard, origin_of
from planner.cli.ui import options
from planner.workspace.places import COOKIE, NUMBER
from tests.page.server import Server
from tests.waiting import HANGS

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path: Path, serve: Callable[[Path], Server]) -> Server:
    return serve(tmp_path / "workspace")


def asked(server: Server, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=HANGS)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def handshake(server: Server, origin: str | None, host: str | None = None) -> int:
    """The status with which the server answers a page that opens a connection."""
    lines = [
        "GET /_stcore/stream HTTP/1.1", f"Host: {host or f'127.0.0.1:{server.port}'}", "Upgrade: websocket",
        "Connection: Upgrade", f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: streamlit",
        *([f"Origin: {origin}"] if origin is not None else []), "", "",
    ]  # fmt: skip
    with socket.create_connection(("127.0.0.1", server.port), timeout=HANGS) as stream:
        stream.sendall("\r\n".join(lines).encode())
        said = stream.recv(200).decode("latin-1")
    return int(said.split(" ")[1])


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config", "/media/none", "/nothing"])
def test_no_page_may_frame_it_and_no_browser_guesses_kinds(server: Server, path: str) -> None:
    answer = asked(server, path)
    assert answer.getheader("X-Frame-Options") == "DENY"
    assert "frame-ancestors 'none'" in str(answer.getheader("Content-Security-Policy"))
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Referrer-Policy") == "no-referrer"


def test_its_own_page_is_let_in(server: Server) -> None:
    assert handshake(server, f"http://127.0.0.1:{server.port}") == 101
    assert handshake(server, f"http://localhost:{server.port}", f"localhost:{server.port}") == 101
    assert handshake(server, None) == 101  # no page at all: a program on this machine
    assert asked(server, "/", Origin=server.url).status == 200


@pytest.mark.parametrize(
    "origin", ["http://localhost:9", "http://127.0.0.1:9", "http://127.0.0.1", "https://evil.example", "null", "nonsense"]
)
def test_a_page_of_another_port_or_host_is_refused(server: Server, origin: str) -> None:
    assert handshake(server, origin) == 403
    answer = asked(server, "/_stcore/health", Origin=origin)
    assert answer.status == 403
    assert answer.getheader("Access-Control-Allow-Origin") is None


def test_a_strangers_name_that_leads_here_is_refused(server: Server) -> None:
    """Such a page is its own origin to the browser: only the name gives it away."""
    host = f"rebound.example:{server.port}"
    assert handshake(server, f"http://{host}", host) == 403
    assert asked(server, "/", Host=host).status == 403


def test_an_upload_without_the_pages_own_token_is_refused_and_the_largest_one_is_the_largest_workbook(
    server: Server,
) -> None:
    assert asked(server, "/_stcore/upload_file/session/file", "PUT").status == 403
    assert options(8501, "127.0.0.1")["server.maxUploadSize"] == LARGEST_FILE / 1_000_000


def test_a_browser_gets_one_number_and_keeps_it(server: Server) -> None:
    first = SimpleCookie(asked(server, "/").getheader("Set-Cookie"))[COOKIE]
    assert NUMBER.fullmatch(first.value)
    assert (first["httponly"], first["samesite"]) == (True, "Lax")
    assert COOKIE not in str(asked(server, "/", Cookie=f"{COOKIE}={first.value}").getheader("Set-Cookie"))
    assert COOKIE in str(asked(server, "/", Cookie=f"{COOKIE}=../../etc").getheader("Set-Cookie"))
    assert COOKIE not in str(asked(server, "/_stcore/health").getheader("Set-Cookie"))


def test_a_browser_that_kept_the_page_and_not_its_number_gets_another(server: Server) -> None:
    """Its cookies were cleared; what it loaded was not, and it is told that it has the page already."""
    tag = str(asked(server, "/").getheader("ETag"))
    again = asked(server, "/", **{"If-None-Match": tag, "Accept": "text/html,*/*;q=0.8"})
    assert again.status == 304
    assert NUMBER.fullmatch(SimpleCookie(again.getheader("Set-Cookie"))[COOKIE].value)


async def _nothing(scope: object, receive: object, send: object) -> None:
    return None


@pytest.mark.parametrize(
    ("address", "host", "origin", "own"),
    [
        ("127.0.0.1", "127.0.0.1:8501", None, True),
        ("127.0.0.1", "[::1]:8501", "http://[::1]:8501", True),
        ("127.0.0.1", "10.0.0.5:8501", None, False),
        ("0.0.0.0", "10.0.0.5:8501", "http://10.0.0.5:8501", True),  # in numbers: nobody else's name
        ("0.0.0.0", "10.0.0.5:8501", "http://10.0.0.5:8502", False),
        ("0.0.0.0", "rebound.example:8501", "http://rebound.example:8501", False),
        ("0.0.0.0", f"{socket.gethostname()}:8501", None, True),
        ("10.0.0.5", "10.0.0.5:8501", None, True),
        ("10.0.0.5", "localhost:8501", None, False),
        ("127.0.0.1", "planner.example.org", "https://planner.example.org", True),
        ("127.0.0.1", "127.0.0.1:8501", "https://planner.example.org", True),  # a proxy that names itself
        ("127.0.0.1", "127.0.0.1:8501", "http://planner.example.org", False),
        ("127.0.0.1", "", None, False),
        ("127.0.0.1", "[", None, False),
    ],
)
def test_who_may_speak_to_it(address: str, host: str, origin: str | None, own: bool) -> None:
    guard = Guard(_nothing, address, ["https://planner.example.org"])
    assert guard.is_own(host, origin) is own


@pytest.mark.parametrize("said", ["planner.example.org", "ftp://x", "https://", "https://x/path", "https://me@x"])
def test_an_origin_that_is_none_is_told(said: str) -> None:
    with pytest.raises(ValueError, match="is no address such as"):
        origin_of(said)


def test_an_origin_is_written_as_browsers_do() -> None:
    assert origin_of("https://Planner.example.org:443/") == "https://planner.example.org"
    assert origin_of("http://planner.example.org:8080") == "http://planner.example.org:8080"


def test_a_server_with_an_origin_that_is_none_does_not_start() -> None:
    ended = CliRunner().invoke(app, ["ui", "--no-browser", "--origin", "planner.example.org"])
    assert ended.exit_code == 2
    assert "--origin: 'planner.example.org' is no address such as https://" in " ".join(ended.output.split())
