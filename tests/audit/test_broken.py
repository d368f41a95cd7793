"""Promises about parks, policies and stand-alone plans that a hand-made plan breaks, and says so or not."""

from __future__ import annotations

import pytest

from planner.audit import audit
from planner.case import FrozenDict, Pyramid
from planner.plans.plan import Plan
from tests.audit import hand, industry
from tests.audit.industry_plan import OWN, plan
from tests.audit.test_claims import by_hand
from tests.audit.test_parks import with_part

RULES = plan().case.rules
GATES = plan().case.gates
CHEAP = Pyramid(at_most_share=FrozenDict({"subsidy": 0.01}), subsidy_periods=None, barriers_first=())
SHORT = Pyramid(at_most_share=FrozenDict(), subsidy_periods=0, barriers_first=())
REFORM_FIRST = Pyramid(at_most_share=FrozenDict(), subsidy_periods=None, barriers_first=("reform",))

BROKEN: dict[str, tuple[Plan, str]] = {
    "land": (
        with_part(plan(), "cities", "border", land_quota_km2=2.5),
        "Border, 2031-2035: parks take 0.5 km2 more than its land quota",
    ),
    "hosts": (
        with_part(plan(), "industries", "pharma", max_hosts=1),
        "industry Biopharmaceuticals: parks in 1 too many cities (1 may have them)",
    ),
    "emission caps": (
        hand.with_cells(with_part(plan(), "airsheds", "plain", cap=industry.by_period(5.0, 12.0)), "airsheds", 0, cap=5.0),
        "airshed plain, 2026-2030: 1 kt over its cap",
    ),
    "levels": (
        hand.with_case(plan(), pyramid=CHEAP),
        "level subsidy: 0.249 bn CNY over its share of all money (1%)",
    ),
    "subsidies": (
        hand.with_case(plan(), pyramid=SHORT),
        "Inland: subsidised in 1 too many periods (0 may be)",
    ),
    "barriers": (
        hand.with_case(plan(), pyramid=REFORM_FIRST),
        "Grant starts in 2026-2030 before Reform has removed the barrier",
    ),
    "gates": (
        hand.with_case(plan(), gates=(hand.changed(GATES[0], at_least=9.0),)),
        "gate schools-first: Pills starts in 2031-2035, but Inland misses it by 1 places per 1,000",
    ),
    "targets": (
        hand.with_case(plan(), targets=(hand.changed(plan().case.targets[0], at_least=317.1875),)),
        "target border-jobs: Border, 2031-2035: missed by 10 jobs per 1,000 people",
    ),
    "rules": (
        hand.with_case(plan(), rules=(hand.changed(RULES[0], at_least=3000.0), RULES[1])),
        "rule work: 397.5 jobs too little",
    ),
    "nobody worse off": (
        hand.with_cells(plan(), "alone", 1, value_alone=OWN - 0.01, bound_alone=OWN - 0.01),
        "Province: its own gaps are 0.01 worse than in its stand-alone plan",
    ),
}  # fmt: skip


@pytest.mark.parametrize("promise", BROKEN)
def test_a_broken_promise_may_be_listed(promise: str) -> None:
    """Reported, and no failure."""
    broken, text = BROKEN[promise]
    report = audit(by_hand(broken, text))
    assert report.passed, str(report)
    assert [v.check for v in report.broken] == [promise]


@pytest.mark.parametrize("promise", BROKEN)
def test_a_broken_promise_may_not_be_hidden(promise: str) -> None:
    """Not listed; or listed by a plan that is solved, which may break none."""
    broken, text = BROKEN[promise]
    assert hand.finds(audit(by_hand(broken)), promise)
    assert hand.finds(audit(hand.changed(broken, broken=by_hand(broken, text).broken)), promise)


@pytest.mark.parametrize("promise", BROKEN)
def test_a_promise_that_is_kept_may_not_be_listed(promise: str) -> None:
    """The untouched plan keeps them all."""
    _, text = BROKEN[promise]
    assert hand.finds(audit(by_hand(plan(), text)), "status", "lists as broken")


@pytest.mark.parametrize("promise", [name for name in BROKEN if name != "barriers"])
def test_a_broken_promise_may_not_be_made_small(promise: str) -> None:
    """A text that says the same with another amount."""
    broken, text = BROKEN[promise]
    amount = {"land": "0.5 km2", "hosts": "1 too", "emission caps": "1 kt", "levels": "0.249", "subsidies": "1 too",
              "gates": "by 1 ", "targets": "by 10 ", "rules": "397.5", "nobody worse off": "0.01"}[promise]  # fmt: skip
    number = next(word for word in amount.split() if word[0].isdigit())
    small = text.replace(amount, amount.replace(number, "0.003"))
    assert small != text
    assert hand.finds(audit(by_hand(broken, small)), "status", "broken by 0.003", "by")


@pytest.mark.parametrize(("jobs", "text"), [(900.4, "100"), (2034.0, "1,234")])
def test_jobs_that_are_not_replaced_are_told_in_whole_numbers(jobs: float, text: str) -> None:
    """100.4 and 1,234 jobs more than the 800 of tools in the first period."""
    broken = with_part(plan(), "parks", "smelter", jobs=jobs)
    words = f"Inland, 2026-2030: plants close with {text} jobs more than its parks replace"
    report = audit(by_hand(broken, words))
    assert ("closures", "city inland, 2030") in [(v.check, v.where) for v in report.broken]
    assert not hand.finds(report, "status", "city inland, 2030")
    wrong = audit(by_hand(broken, words.replace(text, "1")))
    assert hand.finds(wrong, "status", "city inland, 2030", "broken by 1,")
