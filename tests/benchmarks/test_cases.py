"""Generated and kept cases of the benchmarks are valid, as large as they say, and the same every time."""

from __future__ import annotations

import csv
import filecmp
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.clusters import write_cluster, write_programme
from benchmarks.network import SMALL, Size, write_network
from benchmarks.speed import CASES
from planner.case import Case, load_case
from planner.planning.search import SolveOptions, solve
from planner.programme.reading import load_programme


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@cache
def _kept(name: str) -> Case:
    """A kept case, read once."""
    return load_case(CASES / name)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["jing-jin-ji", "middle-yangtze", "yangtze"])
def test_a_kept_case_is_valid(name: str) -> None:
    case = _kept(name)
    sketch = name != "jing-jin-ji"
    assert ("Sketch for timing" in case.title) == sketch
    assert {measure.kind for measure in case.measures.values()} >= {"link", "hub", "facility", "policy", "park", "closure"}


def test_sketches_are_as_large_for_each_city_as_the_case_they_follow() -> None:
    def per_city(case: Case) -> float:
        return len(case.measures) / len(case.cities)

    followed = per_city(_kept("jing-jin-ji"))
    for name, cities in (("yangtze", 27), ("middle-yangtze", 28)):
        case = _kept(name)
        assert len(case.cities) == cities
        assert 0.75 < per_city(case) / followed < 1.25


def test_a_generated_cluster_is_valid(tmp_path: Path) -> None:
    case = load_case(write_cluster(tmp_path / "case", 12))
    assert len(case.cities) == 12


def test_a_programme_of_too_few_cities_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="3 cities are too few"):
        write_programme(tmp_path / "made", 3, 10)


@pytest.mark.slow
def test_a_generated_programme_is_valid_and_its_money_is_that_of_its_members(tmp_path: Path) -> None:
    programme = load_programme(write_programme(tmp_path / "made", 3, 31))
    cases = [one.case for one in programme.participants]
    assert [len(case.cities) for case in cases] == [11, 10, 10]
    given = sum(case.lines["central"].amount["2030"] for case in cases)
    assert programme.amount["central", "2030"] == pytest.approx(given, abs=0.01)


@pytest.mark.slow
def test_a_full_network_is_as_large_as_it_says(tmp_path: Path) -> None:
    folder = write_network(tmp_path / "case", 2)
    links = _read(folder / "links.csv")
    assert len(_read(folder / "cities.csv")) == 400
    assert all(link["oneway"] == "yes" for link in links)
    assert sum(1 for link in links if not link["needs"]) == 1800
    opened = Counter(link["needs"] for link in links if link["needs"])
    assert set(opened) == {row["id"] for row in _read(folder / "measures.csv")}
    assert len(opened) == 85
    assert min(opened.values()) > 1  # a bundle: several links by one measure
    trips = {(row["from"], row["to"]) for row in _read(folder / "trips.csv")}
    assert len(trips) == 3500


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_corridor_is_joined_and_quicker(tmp_path: Path, seed: int) -> None:
    size = Size(side=8, links=260, bundles=10, steps=4, trips=50)
    links = _read(write_network(tmp_path / "case", 2, seed, size) / "links.csv")
    today = {(link["from"], link["to"]): float(link["minutes"]) for link in links if not link["needs"]}
    for bundle in {link["needs"] for link in links} - {""}:
        own = [link for link in links if link["needs"] == bundle]
        there = own[::2]  # each stretch is followed by the way back
        assert all(first["to"] == then["from"] for first, then in pairwise(there))
        assert [(link["to"], link["from"]) for link in there] == [(link["from"], link["to"]) for link in own[1::2]]
        known = [link for link in own if (link["from"], link["to"]) in today]
        assert all(float(link["minutes"]) < today[link["from"], link["to"]] for link in known)


def test_a_network_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    first, again, other = (write_network(tmp_path / str(k), 2, seed, SMALL) for k, seed in enumerate((0, 0, 1)))
    names = [file.name for file in first.iterdir()]
    assert filecmp.cmpfiles(first, again, names, shallow=False)[0] == names
    assert "links.csv" in filecmp.cmpfiles(first, other, names, shallow=False)[1]


def test_money_for_two_bundles_buys_two(tmp_path: Path) -> None:
    plan = solve(load_case(write_network(tmp_path / "case", 2, 0, SMALL)), options=SolveOptions())
    assert plan.status == "optimal"
    assert len(plan.table("decisions")) == 2
