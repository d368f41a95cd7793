"""What is real already: rules and lines that ask for it, worked out by hand; and what a plan says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.audit import audit
from planner.case import Case
from planner.documents import text
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.plans import totals
from planner.plans.plan import Plan
from planner.plans.totals import Real
from tests.solving.folders import case

CITIES = """\
    id jurisdiction tier lat lon population
    A North core 30 110 100000
    B North small 31 111 100000
    C North small 29 111 100000
    D North small 28 111 100000
    """
LINKS = """\
    id from to mode minutes needs reality
    ab A B road 100 - -
    ac A C road 100 - -
    ad A D road 100 - -
    new-ab A B road 40 to-b -
    new-ac A C road 60 to-c hypothetical
    new-ad A D road 80 to-d published
    """
MEASURES = """\
    id kind city capital_cost status reality
    to-b link - 2 candidate hypothetical
    to-c link - 2 candidate -
    to-d link - 6 candidate -
    hub policy - 1 decided under_way
    """
YAML = """\
    periods: [2026-2030]
    modes: {{road: {{boarding_minutes: 0}}}}
    access: {{core: {{kind: nearest, from: {{tier: small}}, to: {{tier: core}}, standard_minutes: 40, worst_minutes: 100}}}}
    lines: {{fund: {{holder: North}}{lines}}}
    rules: [{rules}]
    goals: [{{minimise: gaps}}, {{minimise: spending}}]
    """


def roads(folder: Path, rules: str = "", lines: str = "", budgets: str = "fund 2030 20") -> Case:
    """Three new roads, that to D published, those to B and C hypothetical; and a decided policy that is under way.

    Without them every gap is 1 (100 minutes). With them 0, 1/3 and 2/3. They cost 2, 2 and 6, the policy 1.
    """
    yaml = YAML.format(rules=rules, lines=lines)
    tables = {"cities": CITIES, "links": LINKS, "measures": MEASURES, "budgets": f"line period amount\n{budgets}"}
    return case(folder, yaml, **tables)


def solved(asked: Case) -> Plan:
    """The plan, proven exactly and audited."""
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    assert audit(plan).violations == ()
    return plan


def chosen(plan: Plan) -> set[str]:
    """The measures that start."""
    return set(plan.table("decisions")["measure"])


def test_a_measure_is_as_real_as_the_links_that_it_opens(tmp_path: Path):
    asked = roads(tmp_path / "a")
    real = {a: measure.reality for a, measure in asked.measures.items()}
    assert real == {"to-b": "hypothetical", "to-c": "hypothetical", "to-d": "published", "hub": "under_way"}


@pytest.mark.parametrize(
    ("most", "plan", "gaps"),
    [
        (1.0, {"to-b", "to-c", "to-d"}, 1.0),
        (0.25, {"to-b", "to-d"}, 5 / 3),
        (0.2, {"to-d"}, 8 / 3),
    ],
)
def test_a_rule_limits_the_share_of_link_money_that_is_hypothetical(
    tmp_path: Path, most: float, plan: set[str], gaps: float
):
    """Of 10 for links 4 are hypothetical: 0.4. Without the road to C 2 of 8: 0.25. Without both 0 of 6. What the policy
    costs is no money for links. Three cities: gaps 0 + 1/3 + 2/3, 0 + 1 + 2/3, 1 + 1 + 2/3."""
    where = "where: {kind: link, reality: hypothetical}, share_of: {kind: link}"
    found = solved(roads(tmp_path / "a", f"{{id: real, of: spending, {where}, at_most: {most}}}"))
    assert chosen(found) == plan | {"hub"}
    assert found.goals[0].value == pytest.approx(gaps / 3)


def test_a_line_may_pay_for_what_is_real_alone(tmp_path: Path):
    """The fund has 1, which the policy takes; another line has 10 and pays for what is published: 6 for the road to D."""
    more = ", chary: {holder: North, pays_for: [{reality: published}]}"
    found = solved(roads(tmp_path / "a", lines=more, budgets="fund 2030 1\nchary 2030 10"))
    assert chosen(found) == {"to-d", "hub"}
    assert found.table("spending").set_index("measure")["line"].to_dict() == {"to-d": "chary", "hub": "fund"}


def test_a_plan_made_by_hand_says_that_it_breaks_the_rule(tmp_path: Path):
    """All of the 2 for links are hypothetical, and at most a quarter may be: 1.5 too much."""
    rule = "{id: real, of: spending, where: {kind: link, reality: hypothetical}, at_most: 0.25, share_of: {kind: link}}"
    found = evaluate(roads(tmp_path / "a", rule), {("to-b", "2030"): 1.0})
    (broken,) = found.broken
    assert (broken.ids, broken.amount) == (("real",), pytest.approx(1.5))
    assert audit(found).passed


def test_every_plan_says_how_real_it_is(tmp_path: Path):
    """Under way 1 measure and 1 of money, published 1 and 6, hypothetical 2 and 4: of 11 in all."""
    found = solved(roads(tmp_path / "a"))
    assert totals.by_reality(found) == (
        Real("under_way", 0, 1, pytest.approx(1.0), 0.0),
        Real("published", 1, 0, pytest.approx(6.0), 0.0),
        Real("hypothetical", 2, 0, pytest.approx(4.0), 0.0),
    )
    assert dict(text.facts(found))["Reality"] == (
        "under way: 1 measure, 1.00 bn; published: 1 measure, 6.00 bn; hypothetical: 2 measures, 4.00 bn"
    )
    report = " ".join(text.report(found).split())
    assert "HOW REAL IT IS" in report
    assert "hypothetical 2 0 4.00 36 %" in report


def test_a_case_that_says_it_of_none_says_nothing(tmp_path: Path):
    measures = "id kind capital_cost\nto-b link 2"
    links = "id from to mode minutes needs\nab A B road 100 -\nnew A B road 40 to-b"
    cities = "\n".join(CITIES.splitlines()[:3])
    yaml = YAML.format(rules="", lines="")
    asked = case(
        tmp_path / "a", yaml, cities=cities, links=links, measures=measures, budgets="line period amount\nfund 2030 9"
    )
    found = solved(asked)
    assert totals.by_reality(found) == ()
    assert "Reality" not in dict(text.facts(found))
    assert "HOW REAL" not in text.report(found)
