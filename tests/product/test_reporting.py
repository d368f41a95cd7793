"""What people read of a plan: figures worked out by hand, and a page that is never too wide."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest

from planner.case import FrozenDict, load_case
from planner.compiling.can_start import offered
from planner.documents import built, changes, money, text
from planner.documents.blocks import lines as in_lines
from planner.documents.goals import goal_table, goals_line
from planner.planning.handmade import evaluate
from planner.plans import totals
from planner.plans.ended import Ended
from planner.plans.plan import Broken, CityResult, GoalResult, Plan
from planner.plans.tables import TABLES
from planner.plans.versions import ended
from planner.words import text_layout
from tests.product.conftest import NAN, PROJECT, table

# figures


def test_gaps_are_weighted_as_the_first_goal_says(by_hand: Plan) -> None:
    """Weights 1 for core and 2 for doctors, cities alike: (0 + 1 + 2 x 0.3 + 2 x 0.4) / 6 = 0.4; with the plan
    (0 + 0.2 + 2 x 0.3 + 2 x 0.1) / 6 = 1 / 6."""
    assert totals.weighted_gaps(by_hand) == (pytest.approx(0.4), pytest.approx(1 / 6))


def test_gaps_of_a_solved_plan_are_the_value_of_its_first_goal(plan: Plan) -> None:
    assert totals.weighted_gaps(plan)[1] == pytest.approx(plan.goals[0].value, abs=1e-9)


def test_totals_add_up_the_plans_tables(by_hand: Plan) -> None:
    """Paid 2.15 + 0.05 + 0.05 + 0.7 + 1 + 0.05 = 4; given 4 + 4.5 + 1.5 + 1.5 = 11.5; unspent 5.55 + 0.5 + 1.45."""
    summed = totals.totals(by_hand)
    assert summed["spending"] == pytest.approx(4.0)
    assert summed["available"] == pytest.approx(11.5)
    assert summed["unspent"] == pytest.approx(7.5)
    assert (summed["measures_chosen"], summed["measures_decided_before"]) == (1, 1)


def test_who_pays_for_a_measure_is_its_share_of_all_payments(by_hand: Plan) -> None:
    """Motorway: province 2.15 of 3.2, centre 1.05 of 3.2."""
    shares = totals.paid_by(by_hand)
    assert shares["motorway"] == {"province": pytest.approx(2.15 / 3.2), "centre": pytest.approx(1.05 / 3.2)}
    assert shares["doctors-inland"] == {"province": 1.0}


def test_running_cost_after_the_horizon_is_split_as_in_the_last_period(by_hand: Plan) -> None:
    """Motorway 105 km x 0.03 x 1 % = 0.0315 a year, 3 : 1; two units of doctors 2 x 0.1 x 12 % = 0.024 a year."""
    left = totals.running_after(by_hand)
    assert left == {"province": pytest.approx(0.0315 * 0.75 + 0.024), "centre": pytest.approx(0.0315 * 0.25)}


@pytest.mark.parametrize(("life", "open_after"), [(8, False), (9, True)])
def test_what_closes_with_the_horizon_leaves_no_running_cost(by_hand: Plan, life: int, open_after: bool) -> None:
    """Open from 2028: eight years end in 2035, the last year of the horizon; nine years in 2036."""
    measures = by_hand.case.measures
    shorter = FrozenDict({**measures, "motorway": replace(measures["motorway"], life_years=life)})
    left = totals.running_after(replace(by_hand, case=replace(by_hand.case, measures=shorter)))
    assert ("centre" in left) == open_after


def test_money_by_basis_follows_the_measure_or_else_its_norm(by_hand: Plan) -> None:
    """Motorway 3.2 of 4.0 by its own basis, doctors 0.8 of 4.0 by that of their norm."""
    case = by_hand.case
    measures = {**case.measures, "motorway": replace(case.measures["motorway"], basis="sourced")}
    measures["doctors-inland"] = replace(case.measures["doctors-inland"], basis=None)
    norms = {**case.norms, "doctors-200": replace(case.norms["doctors-200"], basis="estimated")}
    changed = replace(case, measures=FrozenDict(measures), norms=FrozenDict(norms))
    assert totals.money_by_basis(replace(by_hand, case=changed)) == {
        "sourced": pytest.approx(0.8), "estimated": pytest.approx(0.2),
    }  # fmt: skip


def test_not_chosen_counts_candidates_that_could_start(by_hand: Plan) -> None:
    """Of two links the railway is left, of four facilities three, the hub, and both agreements."""
    assert totals.not_chosen(by_hand) == {"link": (1, 2), "hub": (1, 1), "policy": (2, 2), "facility": (3, 4)}


def test_cities_without_known_capacity_are_named(by_hand: Plan) -> None:
    capacity = dict(by_hand.case.capacity)
    capacity["inland", "care"] = replace(capacity["inland", "care"], amount=None)
    plan = replace(by_hand, case=replace(by_hand.case, capacity=FrozenDict(capacity)))
    known, unknown = text.basis(by_hand), text.basis(plan)
    assert unknown == [
        *known,
        f"Left out of {plan.case.services['care'].name}, since its capacity there is unknown: Inland.",
    ]


def test_a_plan_without_decisions_has_no_totals(by_hand: Plan) -> None:
    assert totals.totals(replace(by_hand, status="infeasible", tables=FrozenDict())) == {}


# text


def test_gains_are_said_in_natural_units_largest_first(by_hand: Plan) -> None:
    """Inland gains 0.8 of a million by minutes and 0.3 by doctors; Border gains nothing that could be seen."""
    assert in_lines(changes.gains(by_hand)) == (
        "- Inland: to a core city no route -> 78 minutes; doctors 1.80 -> 2.70 posts per 1,000"
    )


def test_the_city_table_shows_one_figure_where_nothing_changes(by_hand: Plan) -> None:
    assert in_lines(changes.city_table(by_hand)).splitlines() == [
        "        time to the core         doctors",
        "                    city  met, per 1,000",
        "                 minutes       of people",
        "                   <= 60         >= 3.00",
        "------  ----------------  --------------",
        "Metro                  -               -",
        "Border                50            2.10",
        "Inland    no route -> 78    1.80 -> 2.70",
        "Services are the need met, at home or elsewhere, never more than the standard, of those it is for: doctors per "
        "1,000",
        "people.",
    ]


def flowing(plan: Plan, *rows: tuple[Any, ...]) -> Plan:
    """The same plan with people served elsewhere."""
    return replace(plan, tables=FrozenDict({**plan.tables, "flows": table("flows", *rows)}))


def test_a_gain_that_is_met_elsewhere_for_more_than_half_says_where(by_hand: Plan) -> None:
    """Inland's million people gain (2.7 - 1.8) x 1,000 = 900 posts: 460 of them in Metro are more than half, 440 are not."""
    most = flowing(by_hand, ("doctors", "inland", "metro", "2035", 460.0), ("doctors", "inland", "inland", "2035", 2240.0))
    assert "doctors 1.80 -> 2.70 posts per 1,000, 460 of them served in Metro" in in_lines(changes.gains(most))
    assert "served in" not in in_lines(changes.gains(flowing(by_hand, ("doctors", "inland", "metro", "2035", 440.0))))


def with_standard(plan: Plan, kind: Literal["nearest", "all"], totals: tuple[float, float]) -> Plan:
    """The plan with a standard to neighbours instead of one to a core: 90 to 180 minutes."""
    named = replace(plan.case.access["core"], id="others", name="time to others")
    access = replace(named, kind=kind, standard_minutes=90.0, worst_minutes=180.0)
    row = ("others", "inland", "2035", 1e6, "minutes", 90.0, NAN, *totals, 0.2, 0.1)
    case = replace(plan.case, access=FrozenDict({"others": access}))
    return replace(plan, case=case, tables=FrozenDict({**plan.tables, "indicators": table("indicators", row)}))


def test_minutes_to_all_others_say_from_which_minutes_they_count(by_hand: Plan) -> None:
    plan = with_standard(by_hand, "all", (108.0, 98.0))
    assert in_lines(changes.gains(plan)) == "- Inland: time to others 108 -> 98 minutes, each trip counted as at least 90"
    heads = in_lines(changes.city_table(plan))
    assert "minutes, each" in heads
    assert "at least 90" in heads
    assert "at least 90 and at most 180 minutes." in heads


def test_a_gain_that_rounds_to_no_change_is_never_listed(by_hand: Plan) -> None:
    assert in_lines(changes.gains(with_standard(by_hand, "all", (108.2, 107.8)))) == ""


def test_groups_of_people_are_said_in_words(by_hand: Plan) -> None:
    service = replace(by_hand.case.services["doctors"], of="people_65")
    plan = replace(by_hand, case=replace(by_hand.case, services=FrozenDict({"doctors": service})))
    assert "of people of 65 and over" in in_lines(changes.city_table(plan))
    assert "doctors per 1,000 people of 65 and over." in " ".join(in_lines(changes.city_table(plan)).split())
    assert "posts per 1,000 people of 65 and over" in in_lines(changes.gains(plan))
    unnamed = replace(plan, case=replace(plan.case, names=FrozenDict()))
    assert "posts per 1,000 people 65" in in_lines(changes.gains(unnamed))


def test_where_money_is_left_says_what_is_at_its_most_and_what_is_not_started(by_hand: Plan) -> None:
    """Province keeps 5.55 of 4 + 4.5, centre 1.95 of 1.5 + 1.5; the motorway is started, so is all of it."""
    said = " ".join(in_lines(money.left(by_hand)).split())
    assert "- Province, 5.55 of 8.50 bn CNY left: of the" in said
    assert "- centre, 1.95 of 3.00 bn CNY left: of the" in said
    assert by_hand.case.measures["railway"].name in said
    assert "Motorway" not in said
    spent = by_hand.table("money").assign(unspent=0.01)
    assert in_lines(money.left(replace(by_hand, tables=FrozenDict({**by_hand.tables, "money": spent})))) == ""


def test_halves_that_belong_together_count_once_among_the_not_chosen(by_hand: Plan) -> None:
    """Of the four facilities two belong together and a third is built: of three, two are left."""
    measures = dict(by_hand.case.measures)
    care = [m for m in measures.values() if m.id.startswith("care-")]
    assert len(care) == 2
    measures |= {m.id: replace(m, together="care") for m in care}
    plan = replace(by_hand, case=replace(by_hand.case, measures=FrozenDict(measures)))
    assert totals.not_chosen(plan)["facility"] == (2, 3)


def test_a_table_shows_modes_periods_and_units_in_words(by_hand: Plan) -> None:
    mode = replace(next(iter(by_hand.case.modes.values())), id="high_speed_rail", name="")
    routes = table("routes", ("metro", "inland", "2030", 60.0, 50.0, "Metro (high_speed_rail) Inland"))
    case = replace(by_hand.case, modes=FrozenDict({mode.id: mode}))
    plan = replace(by_hand, case=case, tables=FrozenDict({**by_hand.tables, "routes": routes}))
    shown = text.whole_table(plan, "routes")
    assert "Metro (high speed rail) Inland" in shown
    assert "2026-2030" in shown
    assert "(bn CNY)" in text.whole_table(plan, "money")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_tables_and_reports_are_as_wide_as_the_terminal_and_break_no_word(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for shown in (text.report(plan), *(text.whole_table(plan, name) for name in TABLES)):
        assert max(text_layout.wide(line) for line in shown.splitlines()) <= columns
    decisions = text.whole_table(plan, "decisions").split()
    for column in ("measure", "name"):
        for cell in plan.tables["decisions"][column]:
            assert all(word in decisions for word in cell.split())


def test_a_plan_without_indicators_has_no_gaps_to_tell(by_hand: Plan) -> None:
    goals = (replace(by_hand.case.goals[0], parts=FrozenDict({"benefit": 1.0})),)
    tables = FrozenDict({**by_hand.tables, "indicators": table("indicators")})
    report = text.report(replace(by_hand, case=replace(by_hand.case, goals=goals), tables=tables))
    assert "Gaps" not in report
    assert "CITY BY CITY" not in report


@pytest.mark.slow
def test_links_say_when_where_what_and_who_pays(by_hand: Plan) -> None:
    lines = in_lines(built.built(by_hand)).splitlines()
    assert lines[0] == "Links (1)"
    row = next(line for line in lines if line.startswith("Motorway"))
    assert re.split(" {2,}", row) == [
        "Motorway Border-Inland *", "Border - Inland", "2026-2030", "2028", "3.00", "0.03", "Province 67 %, centre 33 %"
    ]  # fmt: skip
    assert lines[-1].startswith("* decided before the plan")


def test_facilities_say_what_starts_in_each_period_in_the_services_unit(by_hand: Plan) -> None:
    """1.5 units of 200 posts in 2026-2030, half a unit in 2031-2035."""
    row = next(line for line in in_lines(built.built(by_hand)).splitlines() if line.startswith("Inland"))
    assert row.split() == ["Inland", "300", "100", "0.20", "0.02", "Province"]


def test_jurisdictions_show_payments_and_gains(by_hand: Plan) -> None:
    """Province 2.2 + 0.75; others there 1 + 0.05; the centre, no jurisdiction of the cluster, 1 + 0.05."""
    rows = [line.split() for line in in_lines(money.who_pays(by_hand)).splitlines()]
    assert ["Province", "2.95", "1.05", "42.5", "->", "15.0", "1,100", "2"] in rows
    assert ["central", "government", "1.05"] in rows


def test_budget_lines_show_every_period_and_what_is_left(by_hand: Plan) -> None:
    lines = in_lines(money.lines(by_hand))
    assert ["Province", "2026-2030", "4.00", "0.00", "2.15", "0.05", "1.80", "0.00"] in [
        line.split() for line in lines.splitlines()
    ]
    assert "After 2035 the plan leaves a running cost of 0.06 bn CNY a year: province 0.05, centre <0.01." not in lines
    assert "leaves a running cost of 0.06 bn CNY a year: Province 0.05, centre 0.01." in lines


def test_many_budget_lines_are_summed_over_the_periods(by_hand: Plan) -> None:
    case = by_hand.case
    more = {f"line{n}": replace(case.lines["centre"], id=f"line{n}") for n in range(6)}
    plan = replace(by_hand, case=replace(case, lines=FrozenDict({**case.lines, **more})))
    rows = [line.split() for line in in_lines(money.lines(plan)).splitlines()]
    assert ["Province", "8.50", "2.20", "0.75", "5.55"] in rows


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"status": "optimal", "goals": (GoalResult("a", 1.0, 1.0, 0.0, 0.0),)}, "a: proven within 0.001 % of the best"),
        ({"status": "optimal", "goals": (GoalResult("a", 1.0, 0.9, 0.0, 0.0123),)}, "a: proven within 1.2 % of the best"),
        (
            {"goals": (GoalResult("gaps", 1.0, 0.9, 0.0, 0.001), GoalResult("spending", 4.0, 3.7, 0.07, 0.07))},
            "stopped at a limit (the time limit of 9 s was hit in goal spending); mean gap: proven within 0.1 % of the best "
            "possible; spending: not finished (within 7 %)",
        ),
        (
            {"goals": (GoalResult("gaps", 1.0, 0.9, 0.3, 0.3), GoalResult("starts", 4.0, NAN, NAN, NAN))},
            "stopped at a limit (the time limit of 9 s was hit in goal spending); mean gap: not finished (within 30 %); "
            "units started: not begun",
        ),
        (
            {
                "ended": ended("the time limit of 3 s was hit in goal gaps, proven within 0.24%"),
                "options": FrozenDict({"time_limit": 3.0}),
                "goals": (),
            },
            "stopped at a limit (the time limit of 3 s was hit in goal gaps); nothing is proven about it",
        ),
        ({"status": "interrupted", "ended": ()}, "stopped by hand; mean gap: not finished (within 10 %); spending: proven"),
        ({"status": "interrupted", "ended": (), "goals": ()}, "stopped by hand; nothing is proven about it"),
        ({"status": "infeasible", "ended": ended("no money")}, "no plan can keep all targets and rules (no money)"),
        ({"status": "no_plan", "ended": ended("9 s")}, "no plan was found (9 s)"),
        (
            {"status": "no_plan", "ended": (Ended("none found", "limit"),)},
            "no plan was found within 9 s: the time limit was hit",
        ),
        ({"status": "evaluated", "ended": (Ended("made by hand"),)}, "made by hand"),
    ],
)
def test_every_status_is_said_in_words(by_hand: Plan, changed: dict[str, Any], said: str) -> None:
    assert text.status_words(replace(by_hand, **changed)).startswith(said)


def test_the_headline_says_how_much_of_the_gap_closes(by_hand: Plan) -> None:
    """0.4 to 1/6: 58 % of the gap closes; 4 of 11.5 bn spent."""
    headline = " ".join(text.headline(by_hand).split())
    assert "40.0 % of what the standards ask for is missing without the plan, 16.7 % with it" in headline
    assert "the plan closes 58 % of the gap" in headline
    assert "4.0 of 11.5 bn CNY (prices of 2023) spent, 7.5 left unspent" in headline
    assert "1 chosen by the plan, 1 decided before" in headline
    assert "1 mean gap: 0.1, nothing can beat 0.09; 2 spending: 4.00 bn CNY" in headline


def test_goals_say_their_parts_in_words_and_money_its_unit(by_hand: Plan) -> None:
    goals = (
        replace(by_hand.case.goals[0], name="gaps + 0.5 worst_city", parts=FrozenDict({"gaps": 1.0, "worst_city": 0.5})),
        replace(by_hand.case.goals[1], name="spending", parts=FrozenDict({"spending": 1.0}), discounted=True),
        replace(by_hand.case.goals[1], name="starts", parts=FrozenDict({"starts": 1.0})),
    )
    results = (
        GoalResult("gaps + 0.5 worst_city", 0.23181, 0.23158, 0.0, 0.001),
        GoalResult("spending", 270.69, 270.67, 0.0, 0.0),
        GoalResult("starts", 45.0, NAN, NAN, NAN),
    )
    assert goals_line(replace(by_hand, case=replace(by_hand.case, goals=goals), goals=results)) == (
        "1 mean gap + 0.5 worst city: 0.2318, nothing can beat 0.2316; 2 spending: 270.7 bn CNY, discounted; "
        "3 units started: 45"
    )


def with_first_goal(plan: Plan, parts: dict[str, float], share: float | None, result: GoalResult) -> Plan:
    """The plan with its first goal about the worst off."""
    goal = replace(plan.case.goals[0], name=result.name, parts=FrozenDict(parts), worst_share_of=share)
    case = replace(plan.case, goals=(goal, *plan.case.goals[1:]))
    return replace(plan, case=case, goals=(result, *plan.goals[1:]))


def test_the_worst_share_says_who_they_are(by_hand: Plan) -> None:
    """Label, mean gap of those people without and with the plan, and the cities they live in, of the last only a part."""
    result = GoalResult("gaps + 2 worst_share", 0.3, 0.3, 0.0, 0.0)
    plan = with_first_goal(by_hand, {"gaps": 1.0, "worst_share": 2.0}, 0.5, result)
    assert goals_line(plan).startswith("1 mean gap + 2 worst 50 % of people: 0.3;")
    said = " ".join(text.report(plan).split())
    assert "WHO IS WORST OFF The worst 50 % of people: " in said
    assert "With the plan these are the people of " in said


def test_the_worst_off_first_are_listed_in_order_with_what_is_proven(by_hand: Plan) -> None:
    cities = (CityResult("inland", 0.4, 0.4, 0.4, 0.0), CityResult("border", 0.1, 0.25, 0.24, 0.04))
    result = GoalResult("worst_off_first", 0.4, 0.4, 0.04, 0.0, cities)
    plan = with_first_goal(by_hand, {"worst_off_first": 1.0}, None, result)
    assert goals_line(plan).startswith("1 worst city first, then the next: 0.4;")
    report = text.report(plan)
    rows = [line.split() for line in report[report.index("WHO IS WORST OFF") :].splitlines()]
    assert [row[-3:] for row in rows if row[:2] in (["1", "Inland"], ["2", "Border"])] == [
        ["40.0", "40.00", "40.00"],
        ["10.0", "25.00", "24.00"],
    ]


def test_a_curve_is_said_with_the_goal_and_beside_what_is_closed(by_hand: Plan) -> None:
    """Two pieces of a square of the gaps above: (0 + 1 + 2 x 0.15 + 2 x 0.2) / 6 = 1.7 / 6 without the plan, (0 + 0.1 + 2 x
    0.15 + 2 x 0.05) / 6 = 0.5 / 6 with it, 12 / 17 less; the share closed stays what it was."""
    plain = dict(text.facts(by_hand))["Gaps"]
    goal = replace(by_hand.case.goals[0], curve=2.0, pieces=2)
    plan = replace(by_hand, case=replace(by_hand.case, goals=(goal, *by_hand.case.goals[1:])))
    assert goals_line(plan).startswith("1 mean gap, large gaps weighing more (curve 2): ")
    assert goal_table(plan).rows[0][2] == "weighed gap, 0-1"
    assert dict(text.facts(plan))["Gaps"] == (
        f"{plain}; as the first goal about gaps weighs them, large gaps more, 28.3 % without the plan, 8.3 % with it (71 % "
        "less)"
    )
    summed = totals.totals(plan)
    assert (summed["weighed_gap_without"], summed["weighed_gap_with"]) == pytest.approx((1.7 / 6, 0.5 / 6))


def test_what_is_proven_of_the_worst_off_is_what_is_proven_of_each(plan: Plan) -> None:
    """The worst city is known exactly, the mean of two within (0.25 - 0.24) / 0.25 = 4 %."""
    cities = (CityResult("inland", 0.4, 0.4, 0.4, 0.0), CityResult("border", 0.1, 0.25, 0.24, 0.04))
    result = GoalResult("worst_off_first", 0.4, 0.4, 0.04, 0.0, cities)
    loose = with_first_goal(plan, {"worst_off_first": 1.0}, None, result)
    assert "worst city first, then the next: not finished (within 4 %)" in " ".join(text.status_words(loose).split())


def test_the_report_names_losers_broken_promises_and_unknown_stocks(by_hand: Plan) -> None:
    case = by_hand.case
    capacity = dict(case.capacity)
    capacity["inland", "care"] = replace(capacity["inland", "care"], amount=None)
    poorer = replace(case, capacity=FrozenDict(capacity))
    worse = by_hand.table("indicators")
    border = (worse["indicator"] == "doctors") & (worse["city"] == "border") & (worse["period"] == "2035")
    worse.loc[border, ["gap_without", "gap_with", "true_gap_without", "true_gap_with"]] = 0.25, 0.5, 0.25, 0.5
    tables = FrozenDict({**by_hand.tables, "indicators": worse})
    plan = replace(by_hand, case=poorer, tables=tables, broken=(Broken("money", ("province", "2030"), 2.0),))
    report = text.report(plan)
    assert "WORSE OFF WITH THE PLAN\n- Border, 2031-2035: doctors gap 25.0% -> 50.0%" in report
    assert "Promise   broken: line Province, 2026-2030: 2 bn CNY over" in report
    assert "- Left out of care for the elderly, since its capacity there is unknown: Inland." in report
    assert all(f"- {assumption}" in report for assumption in case.assumptions)


def test_headings_are_bold_on_request_only(by_hand: Plan) -> None:
    assert "\033[" not in text.report(by_hand)
    assert text.report(by_hand, bold=True).count("\033[1m") > 5


@pytest.mark.slow
def test_the_report_of_the_shipped_case_is_at_most_120_wide() -> None:
    """Fourteen cities, seven indicators, and every second measure that stands alone started by hand."""
    case = load_case(PROJECT / "cases" / "jing-jin-ji")
    chosen = [m for m in offered(case).measures.values() if not m.together][::2]
    plan = evaluate(case, {(m.id, m.starts[0].period): m.max_starts for m in chosen})
    report = text.report(plan)
    assert len(case.cities) == 14
    assert max(text_layout.wide(line) for line in report.splitlines()) <= 120
    assert all(city.name in in_lines(changes.city_table(plan)) for city in case.cities.values())


def test_a_whole_table_shows_every_row(plan: Plan) -> None:
    for name in TABLES:
        assert len(text.whole_table(plan, name).splitlines()) >= 2 + len(plan.tables[name])


def test_the_text_can_be_read_without_its_case_folder(plan: Plan, tmp_path: Path) -> None:
    from planner.plans.store import read_plan, write_plan

    assert text.report(read_plan(write_plan(plan, tmp_path / "mine"))) == text.report(plan)
