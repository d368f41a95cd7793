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
def drawn_cases() -> tuple[Case, ...]:
    """The same cases in every run."""
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
    return tuple(drawn.values())


@cache
def _answer(number: int) -> Answer:
    return best(drawn_cases()[number])


def sample(numbers: slice = slice(None)) -> tuple[tuple[Case, Answer], ...]:
    """Some of the cases, or all, each with its optimum by enumeration."""
    return tuple((drawn_cases()[n], _answer(n)) for n in range(len(drawn_cases()))[numbers])
