"""The random cases that the tests of this folder share, and their optima."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, Phase, given, settings

from planner.case import Case

from .enumeration import Answer, best
from .random_cases import case_of, cases

EXAMPLES = 200
SELDOM = (68, 101)  # beside those drawn: the second worst city is seldom decisive


@cache
def sample() -> tuple[tuple[Case, Answer], ...]:
    """The same cases in every run, each with its optimum by enumeration."""
    drawn: dict[str, Case] = {}

    @settings(
        derandomize=True, database=None, max_examples=EXAMPLES, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(cases())
    def gather(case: Case) -> None:
        drawn[case.name] = case

    gather()
    drawn |= {case.name: case for case in map(case_of, SELDOM)}
    return tuple((case, best(case)) for case in drawn.values())
