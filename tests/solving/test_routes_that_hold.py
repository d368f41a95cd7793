"""Routes whose measures cannot serve together are never made, and no optimum needs them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.network import SMALL, write_network
from models.network import Network
from planner.case import Case, FrozenDict, Rule, load_case
from planner.compiling import compile_case
from planner.compiling.can_start import offered
from planner.compiling.hold_together import Holding
from planner.planning.settling import Settler
from planner.solver.highs import Limits, Solver
from tests.tiers import one_of

NETWORKS = 400
BUNDLES = tuple(f"bundle-{k}" for k in range(SMALL.bundles))


def short_of_money(case: Case) -> Case:
    """Money for two bundles, as it is written."""
    return case


def in_groups(case: Case) -> Case:
    """Of every three bundles one may be built."""
    groups = {a: replace(case.measures[a], one_of=f"group-{k % 2}") for k, a in enumerate(BUNDLES)}
    return with_money(replace(case, measures=FrozenDict({**case.measures, **groups})), SMALL.bundles)


def counted(case: Case) -> Case:
    """A rule lets two of the first four bundles be built."""
    rule = Rule(id="few", of="count", at_most=2.0, measures=BUNDLES[:4], periods=case.period_ids)
    return with_money(replace(case, rules=(rule,)), SMALL.bundles)


def required(case: Case) -> Case:
    """Each second bundle requires the one before it, and there is money for three."""
    needing = {b: replace(case.measures[b], requires=(a,)) for a, b in zip(BUNDLES[::2], BUNDLES[1::2], strict=True)}
    return with_money(replace(case, measures=FrozenDict({**case.measures, **needing})), 3)


def with_money(case: Case, bundles: float) -> Case:
    """Money for so many bundles."""
    lines = {l: replace(line, amount=FrozenDict(dict.fromkeys(line.amount, bundles))) for l, line in case.lines.items()}
    return replace(case, lines=FrozenDict(lines))


KINDS = (short_of_money, in_groups, counted, required)


def network(number: int, folder: Path) -> Case:
    """One of the random networks; each kind of limit comes in turn."""
    return KINDS[number % len(KINDS)](load_case(write_network(folder / str(number), 2, seed=number, size=SMALL)))


def routes(case: Case, promises_hold: bool) -> int:
    """How many routes there are to choose from."""
    consumers = compile_case(case, promises_hold=promises_hold)[Network].consumers
    return sum(len(consumer.routes) for consumer in consumers.values())


def optimum(case: Case, promises_hold: bool) -> float:
    """The least mean gap."""
    program = Settler.of(case, promises_hold=promises_hold).built.search_program
    answer = Solver(program).minimise(program.objectives["goal", 0], Limits(gap=0.0, threads=1))
    assert answer.outcome == "optimal"
    return answer.value


@pytest.mark.slow
@pytest.mark.parametrize("number", one_of(40, range(NETWORKS)))
def test_the_optimum_is_the_same_without_routes_that_no_plan_can_have(number: int, tmp_path: Path) -> None:
    case = network(number, tmp_path)
    assert routes(case, True) <= routes(case, False)
    assert optimum(case, True) == pytest.approx(optimum(case, False), abs=1e-7)


@pytest.mark.slow
@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_each_kind_of_limit_leaves_routes_out(kind: int, tmp_path: Path) -> None:
    """Else the networks would say nothing of it."""
    fewer = [routes(case, True) < routes(case, False) for n in range(3) for case in [network(kind + 4 * n, tmp_path)]]
    assert any(fewer)


def test_what_can_hold_together_is_told_by_money_groups_rules_and_requirements(tmp_path: Path) -> None:
    """Bundles cost 1 each: two for the money of two, with one that is decided only one more; nothing of what was decided."""
    case = load_case(write_network(tmp_path, 2, seed=0, size=SMALL))
    able = offered(case)
    bit = [able.bit[a] for a in BUNDLES]

    def holds(case: Case, *bundles: int) -> bool:
        return Holding(case, offered(case))(sum(bit[k] for k in bundles))

    assert holds(case, 0, 1)
    assert not holds(case, 0, 1, 2)
    decided = replace(case.measures[BUNDLES[3]], status="decided")
    late = replace(case, measures=FrozenDict({**case.measures, BUNDLES[3]: decided}))
    assert holds(late, 3)
    assert holds(late, 0, 3)
    assert not holds(late, 0, 1)
    half = replace(case.measures[BUNDLES[3]], status="decided", divisible=True, units=0.5)
    halved = with_money(replace(case, measures=FrozenDict({**case.measures, BUNDLES[3]: half})), 2.5)
    assert holds(halved, 0, 1)
    assert not holds(halved, 0, 1, 2)
    assert holds(in_groups(case), 0, 1)
    assert not holds(in_groups(case), 0, 2)
    assert holds(counted(case), 0, 1, 4, 5)
    assert not holds(counted(case), 0, 1, 2)
    assert holds(required(case), 0, 1, 2)
    assert not holds(required(case), 1, 3)
