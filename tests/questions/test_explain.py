"""Why a measure is in the plan, or is not: by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
from planner.case import Case
from planner.planning.search import SolveOptions
from planner.planning.variants import alone_decisions
from planner.questions.asking import AskOptions
from planner.questions.explain.ask import Explanation, explain
from planner.questions.explain.shown import text
from tests.questions.folders import CITIES, MEASURES, YAML, hand_case
from tests.solving.folders import case as case_in

EXACT = AskOptions(gap=1e-7)


def asked(case: Case, measure: str) -> Explanation:
    plan = planner.solve(case, options=SolveOptions(gap=1e-7, threads=1))
    return explain(case, measure, plan=plan, options=EXACT)


def test_forcing_a_measure_costs_what_it_pushes_out(tmp_path: Path) -> None:
    """See `hand_case`: with rival 10.2 of 15.2, without big."""
    found = asked(hand_case(tmp_path / "a"), "rival")
    assert (found.state, found.complete) == ("not chosen", True)
    assert found.least == pytest.approx(5.0, abs=1e-5)
    assert found.most == pytest.approx(5.0, abs=1e-5)
    changes = found.tables["changes"]
    assert dict(zip(changes["measure"], changes["change"], strict=True)) == {"rival": "added", "big": "left out"}
    said = text(found)
    assert "It is not in the plan" in said
    assert "leaves out big" in said


def test_a_chosen_measure_is_worth_what_is_lost_without_it(tmp_path: Path) -> None:
    found = asked(hand_case(tmp_path / "a"), "big")
    assert (found.state, found.most) == ("chosen", pytest.approx(5.0, abs=1e-5))
    changes = found.tables["changes"]
    assert dict(zip(changes["measure"], changes["change"], strict=True)) == {"rival": "added", "big": "left out"}
    assert "brings in rival" in text(found)


def test_either_half_is_asked_about_as_the_pair(tmp_path: Path) -> None:
    found = asked(hand_case(tmp_path / "a"), "half-b")
    assert found.measure == "half-a"
    assert found.most == pytest.approx(2.2, abs=1e-5)
    assert text(found).startswith("By hand: half-a + half-b: why is it in the plan?")


@pytest.mark.parametrize(
    ("measure", "kind", "said"),
    [
        ("banned", "ruled out", "ruled out by the case"),
        ("late", "too late", "Started in 2026-2030, with 6 years of works, it would serve no period"),
        ("on-late", "requires", "It requires late, which cannot start: started in 2026-2030"),
    ],
)
def test_what_cannot_start_is_said_with_the_cause_and_needs_no_plan(
    tmp_path: Path, measure: str, kind: str, said: str
) -> None:
    found = explain(hand_case(tmp_path / "a"), measure, options=EXACT)
    assert (found.state, found.complete, found.plans) == ("cannot start", True, {})
    assert list(found.tables["reasons"]["kind"]) == [kind]
    assert said in " ".join(text(found).split())


def test_nobody_may_pay(tmp_path: Path) -> None:
    """In city B only the line spare pays, and no more than half."""
    yaml = YAML.replace("fund: {holder: North}", "fund: {holder: North, pays_for: [{city: A}]}")
    measures = MEASURES.rstrip() + "\n    lonely hub B 3 9 - - - - - - -\n"
    measures = "\n".join(line for line in measures.splitlines() if "half" not in line)
    found = explain(hand_case(tmp_path / "a", measures, yaml), "lonely", options=EXACT)
    assert list(found.tables["reasons"]["kind"]) == ["nobody pays"]
    assert "of its capital cost, spare up to 50 % may pay" in " ".join(text(found).split())


def test_what_excludes_and_what_must_come_first_is_said(tmp_path: Path) -> None:
    measures = MEASURES.replace("big hub A 6 9 - - - -", "big hub A 6 9 - - - way")
    measures = measures.replace("rival hub A 5 4 - - - -", "rival hub A 5 4 - - base way")
    found = asked(hand_case(tmp_path / "a", measures), "rival")
    assert dict(zip(found.tables["reasons"]["kind"], found.tables["reasons"]["text"], strict=True)) == {
        "requires": "it starts only once base serves, which is in the plan",
        "one of": "it excludes big: the plan has big",
    }


def test_what_no_plan_can_have_is_said(tmp_path: Path) -> None:
    """Money 10; dear costs 11."""
    measures = MEASURES.rstrip() + "\n    dear hub A 11 99 - - - - - - -\n"
    found = asked(hand_case(tmp_path / "a", measures), "dear")
    assert (found.status, found.complete) == ("infeasible", True)
    assert "no plan can have it" in text(found)


def test_a_decided_measure_is_no_choice(tmp_path: Path) -> None:
    measures = MEASURES.replace("big hub A 6 9 - - - - - -", "big hub A 6 9 - - - - - decided")
    found = asked(hand_case(tmp_path / "a", measures), "big")
    assert (found.state, found.complete) == ("decided", True)
    assert "decided before the plan" in text(found)


def test_alone_means_with_what_it_requires(tmp_path: Path) -> None:
    case = hand_case(tmp_path / "a")
    assert alone_decisions(case, "upper") == {("base", "2030"): 1.0, ("upper", "2030"): 1.0}
    assert alone_decisions(case, "half-b") == {("half-a", "2030"): 1.0, ("half-b", "2030"): 1.0}


def test_an_unknown_measure_is_refused_with_what_is_near(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"'bigg' is not a measure of this case .* Did you mean 'big'\?"):
        explain(hand_case(tmp_path / "a"), "bigg")


CLINICS = """\
    periods: [2026-2030]
    modes: {road: {boarding_minutes: 0}}
    services: {clinic: {unit: posts, per_1000: 1, across_borders: never}}
    lines: {fund: {holder: North}}
    goals: [{minimise: gaps}, {minimise: spending}]
    """


def test_who_gains_and_what_it_closes_alone_next_to_its_cost(tmp_path: Path) -> None:
    """A needs 100 posts and has 50, B needs 100 and has 0: gaps 0.5 and 1, mean 0.75. Money 5.

    a gives A 40 posts for 2: its gap 0.1, mean 0.55; b gives B 50 posts for 3: 0.5, mean 0.5; both 0.3, gain 0.45 for 5.
    Alone a closes 0.2 of the 0.45 (44.44 %) for 2: 22 % for each bn; the plan 20 % for each. Without a 0.5: 0.2 lost.
    """
    measures = "id kind city service capacity capital_cost\na facility A clinic 40 2\nb facility B clinic 50 3"
    tables = {"capacity": "city service capacity\nA clinic 50\nB clinic 0", "budgets": "line period amount\nfund 2030 5"}
    found = asked(case_in(tmp_path / "a", CLINICS, cities=CITIES, measures=measures, **tables), "a")
    assert found.most == pytest.approx(0.2, abs=1e-5)
    assert found.alone_closes == pytest.approx(0.2, abs=1e-6)
    assert (found.alone_costs, found.plan_costs) == (pytest.approx(2.0), pytest.approx(5.0))
    (gain,) = found.tables["gains"].itertuples(index=False)
    assert (gain.city, gain.without_it, gain.with_it) == ("A", pytest.approx(0.5), pytest.approx(0.9))
    assert gain.people_gaining == pytest.approx(40_000)
    said = " ".join(text(found).split())
    assert "A: clinic 0.50 -> 0.90 posts per 1,000 (as if 40,000 people were brought to the standard)" in said
    assert (
        "closes 44.44 % of what the plan closes, for 2.00 bn: 22 % for each bn; the plan as a whole closes 20 % for each"
        in said
    )


def test_what_a_measure_would_take_from_others_is_told_with_its_size(tmp_path: Path) -> None:
    """4 of money buy 4 clinics of 10 posts in each period; the hub costs 2, least in the last: two clinics fewer."""
    case = case_in(
        tmp_path,
        """
        periods: [2026-2030, 2031-2035]
        services: {posts: {unit: posts, per_1000: 100}}
        lines: {all: {holder: P}}
        goals: [{minimise: gaps}]
        """,
        cities="id jurisdiction tier lat lon population\na P small 40 116 1000",
        capacity="city service capacity\na posts 0",
        measures="""
            id name kind city service capacity capital_cost units divisible
            clinic Clinic facility a posts 10 1 8 yes
            hub Hub policy a - - 2 1 no
            """,
        budgets="line period amount\nall 2030 4\nall 2035 4",
    )
    assert "has less of, or later: Clinic (20 posts fewer)" in " ".join(text(asked(case, "hub")).split())
