"""Route enumeration is exact: every non-dominated (minutes, needs) pair, and no other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from models.routes import TooManyRoutes, routes_from, worthwhile

MEASURES = 5


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, int, int]]]:
    """A directed network of up to 6 nodes; each arc takes 0..30 minutes and may need up to three measures."""
    nodes = draw(st.integers(2, 6))
    node = st.integers(0, nodes - 1)
    needs = st.sets(st.integers(0, MEASURES - 1), max_size=3)
    arcs = draw(st.lists(st.tuples(node, node, st.integers(0, 30), needs), min_size=1, max_size=14))
    return nodes, [
        (tail, head, minutes, sum(1 << a for a in needed)) for tail, head, minutes, needed in arcs if tail != head
    ]


def brute_force(nodes: int, arcs: list[tuple[int, int, int, int]], longest: int) -> list[list[set[tuple[int, int]]]]:
    """Shortest times by scipy for every subset of measures; a pair is kept if no smaller set is as fast."""
    found: list[list[set[tuple[int, int]]]] = [[set() for _ in range(nodes)] for _ in range(nodes)]
    times: dict[int, np.ndarray] = {}
    for size in range(MEASURES + 1):
        for chosen in combinations(range(MEASURES), size):
            mask = sum(1 << a for a in chosen)
            fastest: dict[tuple[int, int], int] = {}
            for tail, head, minutes, needs in arcs:
                if needs & ~mask == 0:
                    fastest[tail, head] = min(minutes, fastest.get((tail, head), minutes))
            at = ([t for t, _ in fastest], [h for _, h in fastest])
            # one is added to each arc's thousandfold, so that no arc is a zero
            weights = [1000 * minutes + 1 for minutes in fastest.values()]
            times[mask] = np.floor(dijkstra(csr_array((weights, at), shape=(nodes, nodes), dtype=float)) / 1000)
            for i in range(nodes):
                for j in range(nodes):
                    minutes = times[mask][i, j]
                    smaller = (times[sub][i, j] for sub in times if sub != mask and sub & ~mask == 0)
                    if minutes <= longest and all(minutes < other for other in smaller):
                        found[i][j].add((int(minutes), mask))
    return found


@pytest.mark.slow
@settings(max_examples=300, deadline=None, derandomize=True)
@given(networks(), st.integers(5, 90))
def test_routes_are_those_of_brute_force_over_all_subsets_of_measures(network, longest):
    nodes, arcs = network
    out = [[(head, minutes, needs) for tail, head, minutes, needs in arcs if tail == node] for node in range(nodes)]
    expected = brute_force(nodes, arcs, longest)
    for origin in range(nodes):
        found = routes_from(out, origin, [longest] * nodes)
        assert [set(routes) for routes in found] == expected[origin]
        assert all(len(set(routes)) == len(routes) for routes in found)


def test_a_network_with_too_many_routes_is_refused_with_the_numbers(monkeypatch):
    monkeypatch.setattr("models.routes.LABEL_LIMIT", 10)
    arcs = [[(k + 1, 1, 1 << k), (k + 1, 2, 0)] for k in range(6)] + [[]]
    with pytest.raises(TooManyRoutes, match="more than 10 routes"):
        routes_from(arcs, 0, [100] * 7)


def test_only_routes_below_the_gap_with_nothing_built_are_worthwhile():
    """Gap = minutes / 100. Nothing built: 60 minutes, gap 0.6. Route 80 {0} is slower; 50 {0} helps; 40 {0, 1} helps more;
    45 {0, 2} is kept, since it needs no measure 1."""
    routes = [(60, 0), (80, 1), (50, 1), (40, 3), (45, 5)]
    base, better = worthwhile(routes, lambda minutes: minutes / 100, sure=0, impossible=0)
    assert base == 0.6
    assert better == [(0.4, 3), (0.45, 5), (0.5, 1)]


def test_what_surely_serves_is_no_need_and_what_cannot_serve_is_no_route():
    """With measure 0 sure, 50 needs nothing, so 0.5 is the base; with measure 1 impossible, its route is gone."""
    routes = [(60, 0), (50, 1), (40, 3), (45, 5)]
    base, better = worthwhile(routes, lambda minutes: minutes / 100, sure=1, impossible=2)
    assert base == 0.5
    assert better == [(0.45, 4)]
