"""What stands whatever happens: worlds planned anew by hand, shares with their intervals, an order that is nested."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binomtest
from typer.testing import CliRunner, Result

from planner.case import Case, FrozenDict, Rule
from planner.cli import app
from planner.planning.variants import with_scaled_money
from planner.questions.asking import AskOptions
from planner.questions.priorities.ask import Priorities, draws_to_be_firm, priorities, wilson
from planner.questions.priorities.nested import Item, nested
from planner.questions.priorities.shown import headline, pictures, text
from planner.questions.priorities.worlds import drawn
from planner.questions.risk.draws import World, worlds
from tests.questions.chinese import left_english
from tests.questions.test_risk import best, roads
from tests.solving.folders import case as small_case

ONE = AskOptions(workers=1, gap=1e-6)
COST = "cost: {{of: capital_cost, where: {{id: {id}}}, times: {{p10: {p10}, p50: 1, p90: {p90}}}}}"


def asked(case: Case, draws: int = 12, **options: int) -> Priorities:
    return priorities(case, draws=draws, plan=best(case), options=AskOptions(gap=1e-6, **{"workers": 1, **options}))


def row(answer: Priorities, measure: str) -> dict[str, object]:
    found: dict[str, object] = answer.table("priorities").set_index("measure").loc[measure].to_dict()
    return found


# --- worlds


def test_a_draw_is_a_case_with_other_costs_and_later_works(tmp_path: Path) -> None:
    """Half as dear again, to run twice, two years late: works of two years in 2028 and 2029, open from 2030, for a year."""
    measures = "id kind city capital_cost running_cost build_years\nto-b link - 4 1 2\nto-c link - 4 1 0\nto-d link - 4 1 0"
    asked_ = roads(tmp_path, COST.format(id="to-b", p10=1, p90=1), "fund 2030 40\nfund 2035 40",
                   periods="[2026-2030, 2031-2035]", measures=measures)  # fmt: skip
    world = World({("capital_cost", "to-b"): 1.5, ("running_cost", "to-b"): 2.0}, {"to-b": 2}, {}, {})
    found = drawn(asked_, world)
    start = found.measures["to-b"].start_in("2030")
    assert (start.opens, start.serves) == (2030, ("2035",))
    assert dict(start.capital) == {"2030": 6.0}
    assert dict(start.running) == {"2030": 2.0, "2035": 10.0}
    assert found.measures["to-c"] == asked_.measures["to-c"]
    assert found.content_hash != asked_.content_hash
    for years, offered in ((3, ["2030"]), (8, [])):  # what is open from 2034 on serves no half of a period
        late = drawn(asked_, World({}, {"to-c": years}, {}, {}))
        assert [start.period for start in late.measures["to-c"].starts] == offered


def test_a_certain_world_is_the_case(tmp_path: Path) -> None:
    case = roads(tmp_path, COST.format(id="to-b", p10=1, p90=1))
    (world,) = worlds(case, 1, 0, range(1))
    again = drawn(case, world)
    assert again.measures == case.measures
    assert again.content_hash == case.content_hash


# --- shares, and what they depend on


def test_shares_have_the_interval_of_wilson() -> None:
    """Against another implementation of the same formula."""
    for successes, trials in ((0, 10), (3, 7), (40, 40), (37, 40)):
        other = binomtest(successes, trials).proportion_ci(method="wilson")
        assert wilson(successes, trials) == pytest.approx((other.low, other.high), abs=1e-6)


@pytest.mark.slow
def test_what_is_always_best_is_firm_and_what_never_fits_is_never(tmp_path: Path) -> None:
    """Of 8, two roads of 4 fit: the nearest two. The third costs 40 and is out of reach in every draw."""
    measures = "id kind city capital_cost\nto-b link - 4\nto-c link - 3\nto-d link - 40"
    case = roads(tmp_path, COST.format(id="to-d", p10=0.8, p90=1.2), "fund 2030 8", measures=measures)
    answer = asked(case)
    assert answer.complete, answer.missing
    assert (answer.done, answer.impossible_draws) == (12, 0)
    firm, never = row(answer, "to-b"), row(answer, "to-d")
    assert (firm["verdict"], firm["chosen"], firm["usual_start"], firm["units"], firm["rank"]) == ("firm", 1.0, "2030", 1, 1)
    assert (firm["chosen_least"], firm["chosen_most"]) == pytest.approx(wilson(12, 12))
    assert (never["verdict"], never["chosen"]) == ("never", 0.0)
    assert np.isnan(never["rank"])  # type: ignore[call-overload]
    (said, *_more) = headline(answer)
    assert said.startswith("Of 3 measures that could be started, 2 are firm in 12 draws, among them 2 projects; first ")


@pytest.mark.slow
def test_what_the_plan_as_stated_has_and_no_draw_chooses_is_named(tmp_path: Path) -> None:
    """A road of 8 fits the 8 that there are as stated; in every draw it costs half as much again, and two others come."""
    measures = "id kind city capital_cost\nto-b link - 8\nto-c link - 90\nto-d link - 90"
    case = roads(tmp_path, COST.format(id="to-b", p10=1.5, p90=1.51).replace("p50: 1,", "p50: 1.5,"), "fund 2030 8",
                 measures=measures)  # fmt: skip
    assert "In the plan as stated, but in none of the draws: to-b." in headline(asked(case))


@pytest.mark.slow
def test_what_is_chosen_while_it_is_cheap_depends_on_its_cost(tmp_path: Path) -> None:
    """Of 4.1, the nearest road is bought while it costs at most that, which is when its factor is at most 1.025: just the
    lower half of the draws and a bit; else the second one, whose cost is certain."""
    measures = "id kind city capital_cost\nto-b link - 4\nto-c link - 4\nto-d link - 40"
    uncertain = COST.format(id="to-b", p10=0.5, p90=2) + ", other: {of: running_cost, times: {p10: 0.9, p50: 1, p90: 1.1}}"
    answer = asked(roads(tmp_path, uncertain, "fund 2030 4.1", measures=measures), draws=40)
    first, second = row(answer, "to-b"), row(answer, "to-c")
    assert (first["verdict"], first["depends_on"]) == ("depends", "cost")
    assert first["if_low"] == 1.0
    assert first["if_high"] <= 0.3  # type: ignore[operator]
    assert first["chosen"] + second["chosen"] == pytest.approx(1.0)  # type: ignore[operator]
    assert second["if_high"] >= 0.7  # type: ignore[operator]


@pytest.mark.slow
def test_draws_in_which_decided_works_cannot_be_paid_are_counted_apart(tmp_path: Path) -> None:
    """Decided: a road of 4, of 4.1; dear in about half of the draws."""
    measures = "id kind city capital_cost status\nto-b link - 4 decided\nto-c link - 0 candidate\nto-d link - 40 candidate"
    answer = asked(roads(tmp_path, COST.format(id="to-b", p10=0.5, p90=2), "fund 2030 4.1", measures=measures), draws=10)
    assert answer.done + answer.impossible_draws == 10
    assert 3 <= answer.impossible_draws <= 7
    assert "no plan keeps all promises" in text(answer)
    free = row(answer, "to-c")  # it costs nothing, and is in each plan that there is, which is not whatever happens
    assert free["chosen"] == answer.done / 10
    assert free["verdict"] != "firm"


@pytest.mark.slow
def test_few_draws_make_nothing_firm_and_of_nothing_that_it_never_is_chosen(tmp_path: Path) -> None:
    """Of seven draws that agree it is known that at least 65 % do (Wilson, 95 %), of eight 68 %."""
    measures = "id kind city capital_cost\nto-b link - 4\nto-c link - 4\nto-d link - 40"
    case = roads(tmp_path, COST.format(id="to-b", p10=1, p90=1), "fund 2030 8", measures=measures)
    few, enough = asked(case, draws=7), asked(case, draws=8)
    assert [row(few, a)["verdict"] for a in ("to-b", "to-d")] == ["likely", "seldom"]
    assert [row(enough, a)["verdict"] for a in ("to-b", "to-d")] == ["firm", "never"]
    assert draws_to_be_firm() == 8
    assert headline(few)[0] == (
        "Of 3 measures that could be started, none can be called firm: 7 draws are too few, 8 are needed."
    )


@pytest.mark.slow
def test_an_order_that_breaks_a_rule_is_not_compared_with_plans_that_keep_it(tmp_path: Path) -> None:
    """At least 7 are to be spent on the last road, which closes least: the order, which looks at no rule, funds the others
    first, and has all three only with 16 of 20."""
    measures = "id kind city capital_cost\nto-b link - 4\nto-c link - 4\nto-d link - 8"
    case = roads(tmp_path, COST.format(id="to-b", p10=1, p90=1), "fund 2030 20", measures=measures)
    rule = Rule(
        id="last", of="spending", where=FrozenDict({"id": ("to-d",)}), periods=("2030",), at_least=7.0, measures=("to-d",)
    )
    answer = asked(replace(case, rules=(rule,)), draws=8)
    order = answer.table("nested").set_index("money")
    assert order["status"].tolist() == ["impossible", "apart", "apart", "answered", "answered"]
    assert "the order breaks a promise" in " ".join(text(answer).split())


# --- the order


@pytest.mark.slow
def test_each_plan_of_the_order_holds_the_one_before(tmp_path: Path) -> None:
    """Three roads of 4 and 12: with a fifth 2.4 and nothing, with two fifths 4.8 and one, with three 7.2, with four 9.6 and
    two, with all three. Gaps 1, 2/3, 2/3, 4/9 (two thirds of a third more), 1/3; the order is the best there is."""
    case = roads(tmp_path, COST.format(id="to-d", p10=1, p90=1), "fund 2030 12")
    answer = asked(case, draws=4)
    order = answer.table("nested").set_index("money")
    assert order["measures"].tolist() == [0, 1, 1, 2, 3]
    assert order["nested"].tolist() == pytest.approx([1, 2 / 3, 2 / 3, 4 / 9, 1 / 3])
    assert order["loss_at_most"].tolist() == pytest.approx([0] * 5, abs=1e-6)
    funded = answer.table("funded")
    plans = [set(part["measure"]) for _share, part in funded.groupby("money")]
    assert all(before < after or before == after for before, after in pairwise(plans))


def test_an_order_that_begins_with_the_wrong_road_loses_against_the_best(tmp_path: Path) -> None:
    """With 4 the third road leaves 1 - 1/9 of the gaps, the first 2/3."""
    case = roads(tmp_path, COST.format(id="to-d", p10=1, p90=1), "fund 2030 4")
    found = nested(case, [Item("to-d", "2030", 1), Item("to-b", "2030", 1)], [1.0], seconds=None, cancelled=None)
    assert found[1.0].value == pytest.approx(1 - (1 / 3) / 3)
    assert dict(found[1.0].starts) == {("to-d", "2030"): 1.0}
    first = nested(case, [Item("to-b", "2030", 1), Item("to-d", "2030", 1)], [1.0], seconds=None, cancelled=None)
    assert first[1.0].value == pytest.approx(2 / 3)


def test_no_more_units_are_funded_than_usual(tmp_path: Path) -> None:
    """Wards of 10 posts for 2 each, five of them, of which three are usual: money for four buys three, for two two."""
    yaml = """\
        periods: [2026-2030]
        services: {posts: {unit: posts, per_1000: 10, across_borders: never}}
        lines: {fund: {holder: P}}
        goals: [{minimise: gaps}]
        """
    case = small_case(
        tmp_path, yaml, cities="id jurisdiction tier lat lon population\na P small 40 116 10000",
        capacity="city service capacity\na posts 0", budgets="line period amount\nfund 2030 8",
        measures="id kind city service capacity units capital_cost\nward facility a posts 10 5 2",
    )  # fmt: skip
    found = nested(case, [Item("ward", "2030", 3)], [0.5, 1.0], seconds=None, cancelled=None)
    assert [dict(one.starts) for one in found.values()] == [{("ward", "2030"): 2.0}, {("ward", "2030"): 3.0}]
    assert [one.value for one in found.values()] == pytest.approx([0.8, 0.7])


@pytest.mark.slow
def test_where_decided_works_cannot_be_paid_the_order_says_so(tmp_path: Path) -> None:
    measures = "id kind city capital_cost status\nto-b link - 4 decided\nto-c link - 4 candidate\nto-d link - 40 candidate"
    answer = asked(roads(tmp_path, COST.format(id="to-c", p10=1, p90=1), "fund 2030 8", measures=measures), draws=4)
    order = answer.table("nested").set_index("money")
    assert order["status"].tolist() == ["impossible", "impossible", "answered", "answered", "answered"]
    assert "no plan keeps all promises" in " ".join(text(answer).split())
    assert with_scaled_money(answer.case, 0.5).lines["fund"].amount["2030"] == 4


# --- laws, words, and what is refused


@pytest.mark.slow
def test_the_answer_is_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    case = roads(tmp_path, COST.format(id="to-b", p10=0.5, p90=2), "fund 2030 9")
    one, two = (asked(case, draws=6, workers=n) for n in (1, 2))
    assert one.facts() == two.facts()
    for name, table in one.tables.items():
        assert table.equals(two.tables[name]), name


@pytest.mark.slow
def test_what_the_time_does_not_suffice_for_is_said(tmp_path: Path) -> None:
    case = roads(tmp_path, COST.format(id="to-b", p10=0.5, p90=2), "fund 2030 9")
    plan, told = best(case), []

    def stop() -> bool:
        told.append(1)
        return len(told) > 400

    answer = priorities(case, draws=500, plan=plan, options=ONE, cancelled=stop)
    assert not answer.complete
    assert 0 < answer.done < 500
    assert any("were not worked out in time" in why for why in answer.missing)


@pytest.mark.slow
def test_the_answer_says_first_what_is_firm_and_is_said_in_chinese(tmp_path: Path) -> None:
    case = roads(tmp_path, COST.format(id="to-b", p10=0.5, p90=2), "fund 2030 9")
    answer = asked(case, draws=8)
    said = " ".join(text(answer).split())
    assert said.index("firm in 8 draws") < said.index("IF LESS MONEY COMES")
    assert set(pictures(answer)) == {"priorities", "nested"}
    assert left_english(answer) == []


def test_a_case_that_says_nothing_of_it_and_no_draws_are_refused(tmp_path: Path) -> None:
    case = roads(tmp_path / "a", "")
    with pytest.raises(ValueError, match="give it `uncertain`"):
        priorities(case, plan=best(case), options=ONE)
    sure = roads(tmp_path / "b", COST.format(id="to-b", p10=1, p90=1))
    with pytest.raises(ValueError, match="at least one draw"):
        priorities(sure, draws=0, plan=best(sure), options=ONE)
    with pytest.raises(ValueError, match="of another case"):
        priorities(sure, plan=best(roads(tmp_path / "c", "", "fund 2030 5")), options=ONE)


@pytest.mark.slow
def test_the_command_answers(tmp_path: Path) -> None:
    roads(tmp_path / "roads", COST.format(id="to-b", p10=0.5, p90=2), "fund 2030 9")
    run: Callable[..., Result] = lambda *words: CliRunner().invoke(  # noqa: E731
        app, ["priorities", *(str(word) for word in words)], prog_name="planner"
    )
    told = run(tmp_path / "roads", "--draws", 3, "--workers", 1, "--json", "-q")
    assert told.exit_code == 0, told.output
    content = json.loads(told.stdout)
    assert (content["draws"], content["done"]) == (3, 3)
    assert {r["verdict"] for r in content["tables"]["priorities"]} <= {"firm", "likely", "depends", "seldom", "never"}
    assert run(tmp_path / "roads", "--draws", 0).exit_code == 2
