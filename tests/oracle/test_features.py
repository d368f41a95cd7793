"""The random cases are worth comparing on: each feature of the model occurs in them and changes optima."""

from __future__ import annotations

import pytest

from .choices import count_choices
from .features import FEATURES, binds, has
from .sample import sample

pytestmark = pytest.mark.slow

SHARE = 0.04  # of the cases, at least, have a feature
BINDING = 2  # cases, at least, have another optimum without it


def test_the_cases_have_different_numbers_of_periods_cities_and_lines_and_periods_of_different_length() -> None:
    """One and two periods (also of unequal length), two to four cities, one to three lines."""
    cases = [case for case, _ in sample()]
    assert {len(c.periods) for c in cases} == {1, 2}
    assert {len(c.cities) for c in cases} == {2, 3, 4}
    assert {len(c.lines) for c in cases} == {1, 2, 3}
    assert sum(len({p.years for p in c.periods}) == 2 for c in cases) >= len(cases) / 4
    assert sum(len(c.services) == 2 for c in cases) >= SHARE * len(cases)


def test_most_of_the_cases_have_a_plan_and_some_have_none() -> None:
    """Two thirds can be solved; at least one in twenty-five keeps no promise whatever is done."""
    feasible = sum(answer.feasible for _, answer in sample())
    assert 0.66 * len(sample()) <= feasible <= (1 - SHARE) * len(sample())


@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_occurs_and_binds(feature: str) -> None:
    """At least SHARE of the cases have the feature, and in BINDING of them the optimum is another without it."""
    having = [(case, answer) for case, answer in sample() if has(case, feature)]
    assert len(having) >= SHARE * len(sample()), f"{feature}: only {len(having)} of {len(sample())} cases have it"
    found = 0
    for case, answer in sorted(having, key=lambda pair: (not pair[1].feasible, count_choices(pair[0]))):
        found += binds(case, feature, answer)
        if found >= BINDING:
            return
    pytest.fail(f"{feature}: without it the optimum is another in {found} of {len(having)} cases only")
