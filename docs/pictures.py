"""Pictures of the page for the README: python -m docs.pictures PLAN [PLAN ...]

Starts the page on loopback with copies of the plans, and takes its pages Plan (of the first plan) and Compare (of all) with
a headless chromium, into docs/pictures/.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.page.server import Watched, browser_path, browsing, serving

PICTURES = Path(__file__).with_name("pictures")
HIGH = {"plan": 1500, "compare": 1100}  # pixels


def main(plans: list[Path]) -> int:
    """Take the pictures."""
    path = browser_path()
    if path is None or not plans:
        print(__doc__ if path else "no chromium is installed (Debian: apt install chromium)")
        return 1
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as place:
        workspace = Path(place) / "workspace"
        for plan in plans:
            shutil.copytree(plan, workspace / "plans" / plan.name)
        names = [plan.name for plan in plans]
        links = {"plan": f"?page=plan&plan={names[0]}", "compare": "?page=compare&" + "&".join(f"plans={n}" for n in names)}
        with serving(workspace) as server, browsing(path) as browser:
            for name, link in links.items():
                watched = Watched(browser, server)
                watched.page.set_viewport_size({"width": 1280, "height": HIGH[name]})
                watched.open(link)
                watched.page.wait_for_timeout(4000)  # charts are drawn after the page
                watched.page.screenshot(path=PICTURES / f"{name}.png")
                print(PICTURES / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(word) for word in sys.argv[1:]]))
