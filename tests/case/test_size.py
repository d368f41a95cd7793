"""How large a case will be: a guess that is told in time, near what large cases come to, and silent of small ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.network import Network
from planner.case import load_case, warnings_of
from planner.case.warnings import Size, about_size, size_of
from planner.case.writing import write_texts
from planner.compiling import compile_case
from planner.starting.from_list import from_cities
from tests.product.conftest import PROJECT

LISTS = PROJECT / "tests" / "faults" / "stopping"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tiny", "jing-jin-ji"])
def test_no_shipped_case_is_called_large(name: str) -> None:
    assert list(about_size(load_case(PROJECT / "cases" / name))) == []


def test_what_is_counted_is_what_the_tables_hold() -> None:
    """Two trips to a city, 3 x 3 to a service, two links that need a candidate: 0.06 x 11 x 2 x 2 = 2.64 routes."""
    size = size_of(load_case(PROJECT / "cases" / "tiny"))
    assert (size.trips, size.candidates, size.periods) == (11, 2, 2)
    assert size.routes == pytest.approx(2.64)
    assert size.rows == pytest.approx(0.528)


@pytest.mark.parametrize(("size", "routes", "rows", "gigabytes"), [
    (Size(7_260, 105, 2), 94_078, 24_985, 0.667),  # of d60.csv, as counted and measured
    (Size(28_920, 216, 2), 535_136, 84_490, 2.42),  # of d120.csv
])  # fmt: skip
def test_large_cases_are_met_within_a_factor_of_two(size: Size, routes: int, rows: int, gigabytes: float) -> None:
    assert 0.5 < size.routes / routes < 2
    assert 0.5 < size.rows / rows < 2
    assert 0.5 < size.memory / 1e9 / gigabytes < 2


@pytest.mark.slow
def test_the_case_of_sixty_cities_has_as_many_routes_as_it_was_measured_to_have(tmp_path: Path) -> None:
    write_texts(from_cities(LISTS / "d60.csv", "Large"), tmp_path / "large")
    case = load_case(tmp_path / "large")
    assert size_of(case) == Size(7_260, 105, 2)
    assert sum(len(consumer.routes) for consumer in compile_case(case)[Network].consumers.values()) == 94_078
    assert warnings_of(case)[0].startswith("this case is large: about 91,000 routes")
