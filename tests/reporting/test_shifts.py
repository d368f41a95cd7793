"""What one plan has less of than another, or later: worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import Case
from planner.documents.shifts import Shift, in_words, shifts
from planner.planning.handmade import evaluate
from tests.solving.folders import case as small_case


@pytest.fixture
def asked(tmp_path: Path) -> Case:
    """Clinics of 10 posts in parts, a school of one unit, over two periods."""
    return small_case(
        tmp_path,
        """
        periods: [2026-2030, 2031-2035]
        services: {posts: {unit: posts, per_1000: 10}}
        lines: {all: {holder: P}}
        goals: [{minimise: gaps}]
        """,
        cities="id jurisdiction tier lat lon population\na P small 40 116 1000",
        capacity="city service capacity\na posts 0",
        measures="""
            id name kind city service capacity capital_cost units divisible
            clinic Clinic facility a posts 10 1 8 yes
            spare Spare facility a posts 1 1 1 no
            hub Hub policy a - - 1 1 no
            """,
        budgets="line period amount\nall 2030 100\nall 2035 100",
    )


def test_fewer_units_and_later_ones_are_told_apart(asked: Case) -> None:
    """Of 6 and 2 clinics 3 and 4: one fewer in all, and of the 3 that are behind in 2030 two come in 2035."""
    before = evaluate(
        asked, {("clinic", "2030"): 6.0, ("clinic", "2035"): 2.0, ("spare", "2030"): 1.0, ("hub", "2030"): 1.0}
    )
    after = evaluate(asked, {("clinic", "2030"): 3.0, ("clinic", "2035"): 4.0, ("hub", "2035"): 1.0})
    found = shifts(before, after)
    assert found == [
        Shift("spare", 1.0, gone=True), Shift("clinic", 1.0, 2.0, "2030", "2035"), Shift("hub", 0.0, 1.0, "2030", "2035"),
    ]  # fmt: skip
    assert in_words(asked, found) == (
        "Spare (none of it); Clinic (10 posts fewer, 20 posts put off from 2026-2030 to 2031-2035); "
        "Hub (put off from 2026-2030 to 2031-2035)"
    )


def test_more_of_a_measure_or_sooner_is_no_shift(asked: Case) -> None:
    before, after = (evaluate(asked, {("clinic", t): units}) for t, units in (("2035", 3.0), ("2030", 4.0)))
    assert shifts(before, after) == []
