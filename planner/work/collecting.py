"""How often a process of ours looks for objects that only each other still know: seldom, as most of a case stays."""

from __future__ import annotations

import gc

SELDOM = (20_000, 50, 100)  # new objects before the youngest are looked through, and such looks before older ones are


def collect_seldom() -> None:
    """Look seldom: building a program makes millions of objects that stay, and Python looks through all of them again."""
    gc.set_threshold(*SELDOM)
