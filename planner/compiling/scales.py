"""Powers of ten that bring amounts near one: the solver's tolerances are absolute."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, log10


def tens(amounts: Iterable[float]) -> float:
    """The power of ten that brings the largest amount to between 10 and 100; 1 without any."""
    largest = max(amounts, default=0.0)
    return float(10.0 ** (ceil(log10(largest)) - 2)) if largest > 0 else 1.0
