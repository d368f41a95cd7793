"""Many sessions of the page at once: seconds until the last has its plan, and the server's memory.

`python -m benchmarks.page 20` starts a server and a headless chromium on loopback, lets so many sessions solve the example
case, each its own, and prints one line.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.page.many import memory, seconds_of
from tests.page.server import browser_path, browsing, serving


def main(sessions: int) -> int:
    """Measure and print."""
    path = browser_path()
    if path is None:
        print("no chromium is installed (Debian: apt install chromium)")
        return 1
    with TemporaryDirectory() as place, serving(Path(place) / "workspace") as server, browsing(path) as browser:
        before, _ = memory(server.pid)
        seconds, ended = seconds_of(sessions, browser, server)
        after, most = memory(server.pid)
    right = sum(1 for said in ended if said == "optimal, audit passed")
    print(
        f"{sessions} sessions at once: {right} plans optimal and audited, the last after {seconds:.0f} s; "
        f"server {before:.0f} MB before, {most:.0f} MB at most, {after:.0f} MB after"
    )
    return 0 if right == sessions else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
