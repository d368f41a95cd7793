"""How long tests wait for what has to come: so long that only what hangs is given up, on a busy machine too."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

HANGS = 300.0  # seconds: ten times and more of what anything takes on a machine that is free
HANGS_IN_THE_BROWSER = int(1000 * HANGS)  # the same in a browser's milliseconds

T = TypeVar("T")


def wait_for(look: Callable[[], T], what: str | Callable[[], str], pause: float = 0.1) -> T:
    """Look again and again, until what is seen is true or something; fails once it hangs.

    Parameters
    ----------
    what
        What was waited for, or what to say of it then.
    """
    until = time.monotonic() + HANGS
    while not (seen := look()):
        assert time.monotonic() < until, f"never came: {what if isinstance(what, str) else what()}"
        time.sleep(pause)
    return seen
