"""The features of the world cases: the same case without one, and whether the feature decides what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from planner.case import Case

from .enumeration import Answer, best, is_both


def _straight(case: Case) -> Case:
    return replace(case, goals=tuple(replace(g, curve=None, pieces=None) for g in case.goals))


FEATURES: Mapping[str, Callable[[Case], Case]] = {"curve": _straight}


def decides(case: Case, feature: str, answer: Answer) -> bool:
    """Whether no optimum that is found without the feature is one with it, however what is left open of it is settled.

    Not whether the goals have other values: those of a goal with a curve always have.
    """
    without = FEATURES[feature](case)
    plain = best(without)
    if plain.choice is None or answer.choice is None:
        return (plain.choice is None) != (answer.choice is None)
    return not is_both(case, answer, without, plain)
