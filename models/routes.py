"""All routes worth considering between the nodes of a network whose arcs may need measures.

A route is (minutes, needs): whole hundredths of a minute, and the set of measures that must serve, as a bit mask. A route
is dominated if another is no slower and needs no more. What is returned is exact: every non-dominated pair whose measures
can serve together, and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import TypeVar

N = TypeVar("N", int, float)
Route = tuple[int, int]  # (minutes, needs)
Arc = tuple[int, int, int]  # (head, minutes, needs)

# Labels of one origin, and of one node: a case beyond them is refused with the numbers, never cut.
LABEL_LIMIT = 200_000
NODE_LIMIT = 5_000
CHECKED = 256  # labels between two questions whether to go on


class TooManyRoutes(Exception):
    """The network has more non-dominated routes than the stated limit."""

    def __init__(self, origin: int, labels: int) -> None:
        super().__init__(f"more than {labels:,} routes: too many optional links, hubs and borders combine in one trip")
        self.origin = origin
        self.labels = labels


def anything_holds(needs: int) -> bool:
    """Any measures can serve together."""
    return True


def routes_from(
    arcs: Sequence[Sequence[Arc]],
    origin: int,
    latest: Sequence[int],
    check: Callable[[], None] = lambda: None,
    holds: Callable[[int], bool] = anything_holds,
) -> list[list[Route]]:
    """The non-dominated routes from one node to every node, fastest first.

    Label setting: labels leave the heap by minutes and, among equals, by how much they need, so that a label can only be
    dominated by one that left before it. One that is found already dominated never gets there.

    Parameters
    ----------
    arcs
        Arcs out of each node; minutes >= 0.
    origin
        Node to start from, with the route (0, 0) to itself.
    latest
        For each node the latest arrival from which a trip can still matter; routes that come later are not followed.
    check
        Called again and again; what it raises ends the search.
    holds
        Whether the measures of a set can serve together; of what it says no to, no larger set may hold. Routes that need
        such a set are left out.
    """
    settled: list[list[Route]] = [[] for _ in arcs]
    least: list[dict[int, int]] = [{} for _ in arcs]  # for each node what is needed -> the fewest minutes found so far
    least[origin][0] = 0
    heap: list[tuple[int, int, int, int]] = [(0, 0, 0, origin)]
    count = looked = 0
    while heap:
        if looked % CHECKED == 0:
            check()
        looked += 1
        minutes, _, needs, node = heappop(heap)
        if minutes > least[node][needs] or _is_dominated(least[node], minutes, needs):
            continue
        settled[node].append((minutes, needs))
        count += 1
        if count > LABEL_LIMIT or len(settled[node]) > NODE_LIMIT:
            raise TooManyRoutes(origin, LABEL_LIMIT if count > LABEL_LIMIT else NODE_LIMIT)
        for head, arc_minutes, arc_needs in arcs[node]:
            then, needed = minutes + arc_minutes, needs | arc_needs
            if then > latest[head] or (needed != needs and not holds(needed)):
                continue
            found = least[head]
            if then < found.get(needed, then + 1) and not _is_dominated(found, then, needed):
                found[needed] = then
                heappush(heap, (then, needed.bit_count(), needed, head))
    return settled


def _is_dominated(least: Mapping[int, N], value: N, needs: int) -> bool:
    """Whether something that needs a part of `needs` is no worse than `value`; `least`: what is needed -> the best with it.

    Of few measures each part is looked up, of many measures each entry is compared: whichever is less.
    """
    if 1 << needs.bit_count() > len(least):
        beyond = ~needs
        for other, its in least.items():  # noqa: SIM110 (the innermost loop: a generator takes twice as long)
            if not other & beyond and its <= value and other != needs:
                return True
        return False
    part = needs
    while part:
        part = (part - 1) & needs
        if part in least and least[part] <= value:
            return True
    return False


def worthwhile(
    routes: Sequence[Route],
    gap_of: Callable[[int], float],
    sure: int,
    impossible: int,
    check: Callable[[], None] = lambda: None,
) -> tuple[float, list[tuple[float, int]]]:
    """What a period's choice among routes comes to: the gap with nothing built, and the routes that can lower it.

    Parameters
    ----------
    routes
        (minutes, needs) pairs, in any order.
    gap_of
        Gap of a trip of so many minutes, 0..1, never falling with the minutes.
    sure, impossible
        Measures (bits) that serve in the period whatever is decided, and that cannot serve.
    check
        Called again and again; what it raises ends the choice.

    Returns
    -------
    base
        Gap of the best route that needs nothing; 1 without any.
    better
        Non-dominated (gap, needs) below `base`, best first.
    """
    open_to_choice = [(gap_of(minutes), needs & ~sure) for minutes, needs in routes if not needs & impossible]
    base = min((gap for gap, needs in open_to_choice if not needs), default=1.0)
    return base, undominated(((gap, needs) for gap, needs in open_to_choice if gap < base), check)


def undominated(options: Iterable[tuple[N, int]], check: Callable[[], None] = lambda: None) -> list[tuple[N, int]]:
    """The options (minutes or gap, needs) of which no other is at least as good with no further needs, best first."""
    kept: dict[int, N] = {}  # what is needed -> its value
    for number, (value, needs) in enumerate(sorted(options, key=_best_then_fewest)):
        if number % CHECKED == 0:
            check()
        if needs not in kept and not _is_dominated(kept, value, needs):
            kept[needs] = value
    return [(value, needs) for needs, value in kept.items()]


def _best_then_fewest(option: tuple[float, int]) -> tuple[float, int, int]:
    return option[0], option[1].bit_count(), option[1]
