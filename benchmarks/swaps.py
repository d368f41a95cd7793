"""Greedy and swaps on the generated street networks, to hold plans against: python -m benchmarks.swaps [MONEY] [--seed S].

Adds the bundle that lowers the first goal most until the money is gone, then exchanges one bundle for another as long as
that is better; and the same from random sets of bundles. Works on distances between all towns and knows nothing of the
product's routes, rows or solver, so it also says independently what the bundles of a plan come to (`--plan FOLDER`).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks.network import STANDARD, WORST, write_network

Minutes = npt.NDArray[np.float64]


class Network:
    """A network as `benchmarks.network` writes it."""

    def __init__(self, folder: Path) -> None:
        towns = {town: k for k, town in enumerate(pd.read_csv(folder / "cities.csv")["id"])}
        links = pd.read_csv(folder / "links.csv")
        links[["from", "to"]] = links[["from", "to"]].map(towns.__getitem__)
        roads, opened = links[links["needs"].isna()], links[links["needs"].notna()]
        self.bundles = {
            str(bundle): list(zip(its["from"], its["to"], its["minutes"], strict=True))
            for bundle, its in opened.groupby("needs")
        }
        graph = csr_array((roads["minutes"], (roads["from"], roads["to"])), shape=(len(towns), len(towns)))
        self.today: Minutes = dijkstra(graph)
        trips = pd.read_csv(folder / "trips.csv")
        self._from, self._to = trips["from"].map(towns).to_numpy(), trips["to"].map(towns).to_numpy()
        self._weight = trips["trips"].to_numpy() / trips["trips"].sum()

    def value(self, minutes: Minutes) -> float:
        """The goal: gaps of all trips, weighed by how often people go."""
        gaps = (minutes[self._from, self._to] - STANDARD) / (WORST - STANDARD)
        return float(self._weight @ np.clip(gaps, 0.0, 1.0))

    def with_(self, minutes: Minutes, bundle: str) -> Minutes:
        """Minutes between all towns once a bundle is open, too: one link after the other."""
        found = minutes.copy()
        for a, b, its in self.bundles[bundle]:
            if its < found[a, b]:
                np.minimum(found, found[:, [a]] + its + found[[b], :], out=found)
        return found

    def of(self, chosen: frozenset[str]) -> Minutes:
        """Minutes between all towns with some bundles."""
        minutes = self.today
        for bundle in sorted(chosen):
            minutes = self.with_(minutes, bundle)
        return minutes

    def best_added(self, chosen: frozenset[str]) -> tuple[float, frozenset[str]]:
        """The best set with one bundle more."""
        minutes = self.of(chosen)
        others = [bundle for bundle in self.bundles if bundle not in chosen]
        tried = ((self.value(self.with_(minutes, more)), chosen | {more}) for more in others)
        return min(tried, key=lambda pair: pair[0])

    def swapped(self, value: float, chosen: frozenset[str]) -> Iterator[tuple[float, frozenset[str]]]:
        """The set and its value, and each better one after it: of all exchanges of one bundle always the best."""
        while True:
            yield value, chosen
            best = min((self.best_added(chosen - {out}) for out in sorted(chosen)), key=lambda pair: pair[0])
            if best[0] >= value - 1e-12:
                return
            value, chosen = best


def greedy_and_swap(network: Network, money: int, starts: int, seed: int = 0) -> tuple[float, frozenset[str]]:
    """The best of greedy with swaps, and of swaps from random sets; tells of each."""
    rng, began = np.random.default_rng(seed), perf_counter()
    value, chosen = network.value(network.today), frozenset[str]()
    print(f"without {value:.5f}")
    for _ in range(money):
        value, chosen = network.best_added(chosen)
    print(f"greedy {value:.5f}")
    steps = list(network.swapped(value, chosen))
    value, chosen = steps[-1]
    print(f"greedy and {len(steps) - 1} swaps {value:.5f} ({perf_counter() - began:.0f} s)")
    for number in range(starts):
        drawn = frozenset(rng.choice(list(network.bundles), money, replace=False).tolist())
        *_, (other, found) = network.swapped(network.value(network.of(drawn)), drawn)
        print(f"random start {number}: {other:.5f} ({perf_counter() - began:.0f} s)", flush=True)
        if other < value:
            value, chosen = other, found
    return value, chosen


def main() -> None:
    """Prints what each start comes to, and the best."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("money", nargs="?", type=int, default=5, help="bundles that may be chosen")
    parser.add_argument("--seed", type=int, default=0, help="of the network")
    parser.add_argument("--starts", type=int, default=5, help="random sets to swap from")
    parser.add_argument("--plan", type=Path, help="plan folder of the same network")
    asked = parser.parse_args()
    with TemporaryDirectory() as scratch:
        network = Network(write_network(Path(scratch) / "network", asked.money, asked.seed))
    value, chosen = greedy_and_swap(network, asked.money, asked.starts)
    print(f"best {value:.5f}: {', '.join(sorted(chosen))}")
    if asked.plan:
        measures = frozenset(pd.read_csv(asked.plan / "decisions.csv").query("units > 0")["measure"])
        print(f"plan {network.value(network.of(measures)):.5f}: {', '.join(sorted(measures))}")


if __name__ == "__main__":
    main()
