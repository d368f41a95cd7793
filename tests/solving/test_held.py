"""A held program says what a program built anew says, to the last digit, whatever is drawn and in whatever order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest

import planner
from models.evenness import Evenness
from models.measures import Measures
from models.money import Money
from models.services import Services
from planner.case import Case, load_case
from planner.planning.building import Built, instance_of
from planner.planning.decisions import check_decisions
from planner.planning.held import Held, hold
from planner.planning.settling import silence
from planner.solver.linear import LinearProgram
from planner.work.stopping import Stopped, Until
from tests.oracle.random_cases import case_of
from tests.oracle.work_cases import work_case_of
from tests.oracle.world_cases import world_case_of
from tests.tiers import one_of

CASES = Path(__file__).parents[2] / "cases"
Decisions = dict[tuple[str, str], float]


def decisions_of(case: Case, rng: Random) -> Decisions:
    """Any decisions that the case offers; what belongs together is left out."""
    found: Decisions = {}
    for a, measure in case.measures.items():
        if measure.status == "candidate" and measure.starts and not measure.together and rng.random() < 0.4:
            most = min(measure.units, measure.max_starts)
            units = rng.uniform(0.0, most) if measure.divisible else float(rng.randint(1, max(1, int(most))))
            start = (a, rng.choice(measure.starts).period)
            if not check_decisions(case, {start: units}):
                found[start] = units
    return found


def factors(case: Case, rng: Random) -> dict[str, Mapping[str, float]]:
    """Costs, needs or jobs, or all of them, as uncertain as such figures are."""
    kinds = {"costs": case.measures, "needs": case.services, "jobs": case.parks}
    asked = rng.choice([["costs"], ["needs"], ["jobs"], list(kinds)])
    return {kind: {name: rng.uniform(0.7, 1.4) for name in kinds[kind]} for kind in asked}


def same_tables(found: Mapping[str, pd.DataFrame], expected: Mapping[str, pd.DataFrame]) -> None:
    assert found.keys() == expected.keys()
    for name, table in expected.items():
        pd.testing.assert_frame_equal(found[name], table, rtol=1e-9, atol=1e-9, obj=name)


def same_program(found: LinearProgram, expected: LinearProgram) -> None:
    assert list(found.rows) == list(expected.rows)
    assert list(found.columns) == list(expected.columns)
    assert (found.matrix != expected.matrix).nnz == 0
    for ends in ("row_lower", "row_upper", "lower", "upper", "integer"):
        assert np.array_equal(getattr(found, ends), getattr(expected, ends)), ends
    assert found.objectives.keys() == expected.objectives.keys()
    for name, objective in expected.objectives.items():
        assert np.array_equal(found.objectives[name].cost, objective.cost)
        assert found.objectives[name].offset == objective.offset


def agree(case: Case, draws: int, seed: int) -> None:
    """Held and built anew, over draws of decisions and of other figures: of the first case, and of the last one."""
    rng, first = Random(seed), hold(case)
    last = first
    for _ in range(draws):
        last = rng.choice([first, first, last]).with_(**factors(case, rng))
        decisions = decisions_of(last.case, rng)
        found, expected = last.figures(decisions), planner.evaluate(last.case, decisions)
        same_tables(found.tables, expected.tables)
        assert [goal.value for goal in found.goals] == pytest.approx([goal.value for goal in expected.goals], abs=1e-9)
        assert found.broken == expected.broken
        same_program(last._settler.built.program, anew(last.case, last))
        if rng.random() < 0.3:
            last = first


def anew(case: Case, held: Held) -> LinearProgram:
    built = Built.of(case, silence)
    return built.where_nobody_loses(held._settler.without).promising(held._settler.built.alone).program


@pytest.mark.slow
@pytest.mark.parametrize("make", [lambda: load_case(CASES / "tiny"), lambda: work_case_of(3)], ids=["tiny", "work"])
def test_held_and_built_anew_say_the_same(make) -> None:
    agree(make(), 6, 1)


@pytest.mark.slow
@pytest.mark.parametrize("make", [case_of, work_case_of, world_case_of])
@pytest.mark.parametrize("number", one_of(10, range(10)))
def test_held_and_built_anew_say_the_same_of_random_cases(make, number: int) -> None:
    agree(make(number), 10, number)


@pytest.mark.proof
def test_held_and_built_anew_say_the_same_of_200_draws_of_jing_jin_ji() -> None:
    agree(load_case(CASES / "jing-jin-ji"), 200, 7)


@pytest.mark.slow
def test_only_what_reads_a_cost_is_stated_anew_and_rows_appear_where_needs_ask_for_them() -> None:
    held = hold(load_case(CASES / "jing-jin-ji"))
    model = held._shelf._model
    dearer = held.with_(costs={"nurses-tianjin": 1.5})
    assert held._shelf._model is model
    assert model is not None
    assert {"within_line", "every_cost_is_paid", "goal"} <= set(model.restated)
    assert not {"served_within_capacity", "routes_need_what_serves", "skilled_jobs_within_skilled_people"} & set(
        model.restated
    )
    more = dearer.with_(needs={"doctors": 1.3})  # other cities come short, and may be served elsewhere
    assert held._shelf._model is not model
    assert len(more._settler.built.program.columns) > len(held._settler.built.program.columns)
    same_program(more._settler.built.program, anew(more.case, more))


def test_pieces_of_evenness_are_those_of_the_block() -> None:
    """Of the tiny case, row by row: what settling is given against the whole model."""
    from models.program import build
    from planner.solver.linear import linear_program

    case = load_case(CASES / "tiny")
    built, whole = Built.of(case, silence), linear_program(build(instance_of(case, lambda: None)))
    rows = [k for name, k in whole.rows.items() if name[0] == "gap_is_the_sum_of_its_pieces"]
    pieces = [k for name, k in whole.columns.items() if name[0] == "GapPiece"]
    own = [whole.columns[name] for name in built.program.columns]
    order = [name[1] for name in built.program.columns if name[0] == "Gap"]
    by_gap = [
        rows[[name[1] for name in whole.rows if name[0] == "gap_is_the_sum_of_its_pieces"].index(gap)] for gap in order
    ]
    by_piece = [whole.columns["GapPiece", (*gap, k)] for gap in order for k in range(len(pieces) // len(order))]
    assert (built.evenness.own != whole.matrix[by_gap][:, own]).nnz == 0
    assert (built.evenness.further != whole.matrix[by_gap][:, by_piece]).nnz == 0
    assert built.evenness.cost == pytest.approx(whole.objectives["evenness", None].cost[by_piece], rel=1e-14)
    assert np.array_equal(built.evenness.upper, whole.upper[by_piece])
    assert built.instance[Evenness].evenness_weight


@pytest.mark.slow
def test_a_held_plan_is_that_of_evaluate_and_passes_its_audit() -> None:
    held = hold(load_case(CASES / "tiny")).with_(costs=dict.fromkeys(load_case(CASES / "tiny").measures, 1.25))
    decisions = decisions_of(held.case, Random(4))
    plan, expected = held.plan(decisions), planner.evaluate(held.case, decisions)
    assert plan.case.content_hash == expected.case.content_hash != load_case(CASES / "tiny").content_hash
    same_tables(plan.tables, expected.tables)
    assert planner.audit_plan(plan).passed


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"costs": {"no-such": 2.0}}, "no measure 'no-such'"),
        ({"needs": {"no-such": 2.0}}, "no service 'no-such'"),
        ({"jobs": {"no-such": 2.0}}, "no park 'no-such'"),
        ({"costs": {"clinic-b": 0.0}}, "above 0"),
        ({"costs": {"clinic-b": float("nan")}}, "above 0"),
    ],
)
def test_what_is_not_there_and_what_is_no_factor_is_refused(wrong, said: str) -> None:
    held = hold(load_case(CASES / "tiny"))
    name = next(iter(held.case.measures))
    asked = {kind: {name if key == "clinic-b" else key: by for key, by in some.items()} for kind, some in wrong.items()}
    with pytest.raises(ValueError, match=said):
        held.with_(**asked)


@pytest.mark.slow
def test_a_change_that_is_stopped_leaves_what_is_held_of_use() -> None:
    held = hold(load_case(CASES / "tiny"))
    asked = iter([False] * 40)
    with pytest.raises(Stopped):
        held.with_(costs=dict.fromkeys(held.case.measures, 2.0), until=Until(cancelled=lambda: next(asked, True)))
    again = held.with_(costs=dict.fromkeys(held.case.measures, 1.0))
    decisions = decisions_of(held.case, Random(2))
    same_tables(again.figures(decisions).tables, planner.evaluate(held.case, decisions).tables)


@pytest.mark.slow
def test_costs_needs_and_jobs_are_times_what_they_were() -> None:
    """jing-jin-ji: 2 x cost, 3 x need and 1.5 x jobs, in the units that the mathematics has, which may be other ones."""
    case = load_case(CASES / "jing-jin-ji")
    park = next(p for p in case.parks if case.measures[p].is_park)
    measure, service = "nurses-tianjin", "nurses"
    asked = hold(case).with_(costs={measure: 2.0}, needs={service: 3.0}, jobs={park: 1.5})
    then, now = hold(case)._settler.built.instance, asked._settler.built.instance
    for key, cost in then[Money].cost.items():
        times = 2.0 if key[0] == measure else 1.0
        assert now[Money].cost[key] * now[Money].money_scale == pytest.approx(times * cost * then[Money].money_scale)
    for place, need in then[Services].need.items():
        times = 3.0 if place[0] == service else 1.0
        before, after = (given[Services].service_scale[place[0]] for given in (then, now))
        assert now[Services].need[place] * after == pytest.approx(times * need * before)
    assert asked.case.parks[park].jobs == pytest.approx(1.5 * case.parks[park].jobs)
    assert asked.case.parks[park].tax / asked.case.parks[park].jobs == pytest.approx(
        case.parks[park].tax / case.parks[park].jobs
    )
    assert now[Measures] == then[Measures]
