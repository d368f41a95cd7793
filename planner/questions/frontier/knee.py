"""The knee of a frontier: where going on begins to cost much more for much less."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

LITTLE = 1e-3  # of the whole: a curve that lies nearer to its chord has no knee


def knee(cost: Sequence[float], value: Sequence[float]) -> int | None:
    """The point of a frontier that lies farthest below the chord from its first point to its last.

    Both axes are scaled to 0..1 and both are minimised. Only points on the lower convex hull are asked, so that a dent of
    the curve is no knee; of points equally far, the one that costs least is taken. Where the curve ends in a level part the
    knee may be where that begins: more buys nothing there.

    Parameters
    ----------
    cost, value
        What each point costs (money, or the goal that is given up) and what it reaches; as many of each, in any order.

    Returns
    -------
    Its position, or None where there are fewer than three points, or none lies below the chord.
    """
    if len(cost) < 3:
        return None
    x, y = _scaled(cost), _scaled(value)
    hull = _lower_hull(x, y)
    first, last = hull[0], hull[-1]
    below = {k: _below(x, y, first, last, k) for k in hull}
    deepest = max(below.values())
    if deepest <= LITTLE:
        return None
    return next(k for k in hull if below[k] >= deepest - 1e-9)


def _scaled(amounts: Sequence[float]) -> list[float]:
    low, high = min(amounts), max(amounts)
    return [(amount - low) / (high - low) if high > low else 0.0 for amount in amounts]


def _lower_hull(x: Sequence[float], y: Sequence[float]) -> list[int]:
    """Positions of the points of the lower convex hull, from the least x to the largest (A. M. Andrew, 1979)."""
    found: list[int] = []
    for k in sorted(range(len(x)), key=lambda k: (x[k], y[k])):
        if found and x[found[-1]] == x[k]:
            continue
        while len(found) > 1 and _turn(x, y, found[-2], found[-1], k) <= 0:
            found.pop()
        found.append(k)
    return found


def _turn(x: Sequence[float], y: Sequence[float], a: int, b: int, c: int) -> float:
    """Above 0 where the way a, b, c turns left."""
    return (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a])


def _below(x: Sequence[float], y: Sequence[float], first: int, last: int, k: int) -> float:
    """How far a point lies below the chord."""
    length = hypot(x[last] - x[first], y[last] - y[first])
    return _turn(x, y, first, last, k) / -length if length > 0 else 0.0
