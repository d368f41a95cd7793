"""What people read of money: private, tax, debts and transfers, levels, who is better off together; worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner.case import FrozenDict
from planner.documents import built, fairness, money, text
from planner.documents.blocks import lines as in_lines
from planner.documents.goals import goals_line, infeasible_words
from planner.planning.search import SolveOptions, solve
from planner.plans import totals
from planner.plans.plan import GoalResult, Plan
from planner.plans.store import read_plan
from tests.product.conftest import NAN, PROJECT
from tests.product.test_parks_report import changed, row, without
from tests.questions.test_value_of_limits import YAML, roads
from tests.solving.folders import case as case_in
from tests.solving.test_reserve_by_hand import CITIES, LINKS
from tests.solving.test_reserve_by_hand import roads as reserved

GIVEN = ("amount", "carried_in", "received", "borrowed", "tax")
USED = ("capital", "running", "sent", "repaid", "carried_out", "unspent")


def test_what_a_line_has_is_what_becomes_of_it(industrial: Plan) -> None:
    accounts = industrial.tables["money"]
    assert accounts[list(GIVEN)].sum(axis=1).tolist() == pytest.approx(accounts[list(USED)].sum(axis=1).tolist(), abs=1e-6)


def test_the_lines_show_every_term_of_their_accounts(industrial: Plan) -> None:
    """Province, 2031-2035: 1.5 + 0.08 of the capital + 0.545 of tax = 0.8 running + 1.32 repaid."""
    lines = in_lines(money.lines(industrial)).splitlines()
    shown = next(line.split() for line in lines if "2031-2035" in line and line.startswith(" ") and "1.32" in line)
    assert shown == ["2031-2035", "1.50", "0.00", "0.08", "0.00", "0.55", "0.00", "0.80", "0.00", "1.32", *["0.00"] * 2]
    heads = " ".join(lines[1:3]).split()
    assert [head for head in ("borrowed", "tax", "repaid", "unspent") if head in heads] == [
        "borrowed", "tax", "repaid", "unspent"
    ]  # fmt: skip


def test_that_what_is_repaid_is_with_interest_is_said_where_anything_is(industrial: Plan, by_hand: Plan) -> None:
    said = "What is repaid is with interest."
    assert said in in_lines(money.lines(industrial))
    assert said not in in_lines(money.lines(by_hand))


def test_what_is_kept_free_stands_beside_what_it_is_part_of(tmp_path: Path) -> None:
    """Of 10, two roads take 8 and keep a quarter of it free, which is all that is left; nothing is owed."""
    lines = "fund: {holder: North, reserve: 0.25, borrow: {limit: 1, interest: 0.1}}"
    plan = solve(reserved(tmp_path, lines), options=SolveOptions(gap=1e-9))
    assert dict(text.facts(plan))["Money"].startswith(
        "8.0 of 10.0 bn (prices of 2025) spent, 2.0 left unspent, 2.0 of it kept free as a reserve"
    )
    owing = changed(plan, "money", lambda table: table.assign(borrowed=0.5, repaid=0.4, debt=0.1))
    table = money.accounts(owing)
    heads = [head.replace("\n", " ") for head in table.heads]
    assert heads[-2:] == ["unspent", "of unspent kept free"]
    assert table.rows[0][-2:] == ["2.0", "2.0"]
    assert table.total is not None
    assert list(table.total)[-2:] == ["2.0", "2.0"]


def test_lines_without_tax_and_debts_have_no_columns_of_them(plan: Plan) -> None:
    heads = in_lines(money.lines(plan))
    assert not [head for head in ("borrowed", "tax", "repaid", "debt") if head in heads]


def test_the_headline_says_what_there_is_beside_the_money_given(industrial: Plan) -> None:
    """Private 1 + 0.6; tax up to 2040: 0.545 + 0.84 for the province, 0.295 - 2 x 0.059 for the capital."""
    assert money.beside(industrial, 2) == [
        "1.60 paid by private investors",
        "1.56 received in tax",
        "1.20 borrowed and repaid with 0.12 of interest",
        "0.68 sent from line to line",
    ]


def test_totals_have_private_money_tax_and_interest(industrial: Plan) -> None:
    total = totals.totals(industrial)
    assert total["spending"] == pytest.approx(5 + 3 * 0.8)
    assert total["private"] == pytest.approx(1.6)
    assert total["tax"] == pytest.approx(0.545 + 0.84 + 0.295 - 2 * 0.059)
    assert total["borrowed"] == pytest.approx(1.2)
    assert total["interest"] == pytest.approx(1.2 * (1.02**5 - 1))
    assert total["sent"] == pytest.approx(0.6 + 1.2 * 1.02**5 + 0.8 - 1.5 - 0.545)


def test_private_money_says_what_comes_by_itself_and_what_policies_attract(industrial: Plan) -> None:
    assert (
        "- Private investors pay 1.60 bn CNY of capital beside the public money: 1.00 by themselves, 0.60 attracted by"
        in in_lines(money.funding(industrial))
    )


def test_a_debt_says_what_is_borrowed_repaid_and_paid_in_interest(industrial: Plan) -> None:
    said = " ".join(in_lines(money.funding(industrial)).split())
    assert "province borrows 1.20 bn CNY and repays 1.32, 0.12 of it interest;" in said
    assert "its debt is largest at the end of 2026-2030: 1.20." in said


@pytest.mark.parametrize("name", ["jing-jin-ji", "chengdu-chongqing"])
def test_interest_of_debts_is_the_same_in_table_and_sentence(name: str) -> None:
    """What is borrowed is paid back by the end: of all that is paid back it is the principal, and the rest interest."""
    plan = read_plan(PROJECT / "cases" / name / "plan")
    paid = plan.tables["money"]
    rows = [row for table, _note in money.debts(plan) for row in table.rows]  # type: ignore[union-attr]
    interest, principal = (sum(float(row[column]) for row in rows) for column in (6, 7))
    assert interest == pytest.approx(paid["repaid"].sum() - paid["borrowed"].sum())
    assert principal == pytest.approx(paid["borrowed"].sum())


def test_a_debt_is_told_period_by_period_with_its_interest(industrial: Plan) -> None:
    """1.2 at 2 % a year are 1.2 x 1.02^5 = 1.325 five years later: 0.125 of it interest, all paid back then.

    Of 1.325 due, paying back 0.1 only pays interest, and the rest of that is owed, too.
    """
    table, note = money.debts(industrial)[0]
    rows = [list(cells) for cells in table.rows]  # type: ignore[union-attr]
    assert rows[0] == ["province", "2026-2030", *map(pytest.approx, (0, 1.2, 0, 0, 0, 0, 1.2))]
    due = 1.2 * (1.02**5 - 1)
    assert rows[1] == ["", "2031-2035", *(pytest.approx(x, abs=1e-9) for x in (1.2, 0, due, 1.2 + due, due, 1.2, 0))]
    assert len(rows) == 2
    owed = 1.2 + due - 0.1
    later = changed(industrial, "money", lambda found: found.assign(
        repaid=found["repaid"].where(found["repaid"] < 1, 0.1),
        debt=found["debt"].mask((found["line"] == "province") & (found["period"] == "2035"), owed),
    ))  # fmt: skip
    again = money.debts(later)[0][0].rows[1]  # type: ignore[union-attr]
    assert list(again)[2:] == [pytest.approx(x, abs=1e-9) for x in (1.2, 0, due, 0.1, 0.1, 0, owed)]
    assert note.text == "Interest that is due and not paid is owed from then on, and paid before principal."  # type: ignore[union-attr]


def test_a_transfer_says_who_sends_whom_how_much_and_why_it_may(industrial: Plan) -> None:
    said = " ".join(in_lines(money.funding(industrial)).split())
    assert "capital sends province 0.68 bn CNY (0.60 in 2026-2030, 0.08 in 2031-2035), as Tax treaty permits." in said


def test_tax_is_shown_as_host_as_origin_and_lost_and_what_comes_too_late(industrial: Plan) -> None:
    """Province: 0.295 + 2 x 0.59 + 3 x 0.25 = 2.225, of which 0.84 after 2040; capital: 0.295 - 3 x 0.059."""
    table = in_lines(money.funding(industrial)).split("\n\n")[2]
    assert row(table, "province") == ["province", "2.23", "0.00", "0.00", "2.23", "0.84", "1.39"]
    assert row(table, "capital") == ["capital", "0.00", "0.30", "-0.18", "0.12", "-0.06", "0.18"]


def test_tax_that_no_line_gets_is_said_to_be_nobody_s(industrial: Plan) -> None:
    lost = changed(industrial, "taxes", lambda t: t.assign(line=""))
    assert row(in_lines(money.funding(lost)), money.NO_LINE)[0] == "no line"


def test_who_pays_shows_tax_gained_and_lost_and_what_is_sent(industrial: Plan) -> None:
    """Capital: 0.295 gained, 2 x 0.059 lost up to 2040, 0.68 sent; province pays 5 + 3 x 0.8 and gains 0.545 + 0.84."""
    shown = in_lines(money.who_pays(industrial))
    assert row(shown, "Capital")[:7] == ["Capital", "0.00", "0.00", "0.30", "0.12", "0.68", "0.00"]
    assert row(shown, "Province")[:7] == ["Province", "7.40", "0.00", "1.39", "0.00", "0.00", "0.68"]


def test_money_left_counts_tax_and_transfers_as_what_a_line_had(industrial: Plan) -> None:
    """Capital: 3 x 2 + 0.295 - 2 x 0.059 = 6.18, less 0.68 sent."""
    assert "- capital, 5.50 of 6.18 bn CNY left" in in_lines(money.left(industrial))


def test_that_what_is_left_is_too_little_for_the_cheapest_not_started_is_said(tmp_path: Path) -> None:
    """Of 9 two roads of 4; the third needs 4, of which 1 is left. Of 20 the rule allows no third, and money is no reason."""
    poor = solve(roads(tmp_path / "poor", "fund: {holder: North}", "fund 2030 9"))
    (said,) = money.left_by_line(poor)
    assert "what is left is too little for any: the cheapest, " in said
    assert said.endswith("needs 4.00 up to 2026-2030, of which those that may pay for it have 1.00 left.")
    rule = "rules: [{id: few, of: count, at_most: 3}]"
    (said,) = money.left_by_line(solve(roads(tmp_path / "rich", "fund: {holder: North}", "fund 2030 20", rule)))
    assert "not started: " in said
    assert "too little" not in said


def in_two_periods(folder: Path, line: str, budgets: str) -> Plan:
    """Three roads of 4 that start in 2026-2030 alone."""
    yaml = YAML.format(lines=line, more="").replace("[2026-2030]", "[2026-2030, 2031-2035]")
    measures = "id kind city capital_cost latest\nto-b link - 4 2030\nto-c link - 4 2030\nto-d link - 4 2030"
    tables = {"cities": CITIES, "links": LINKS, "measures": measures}
    return solve(case_in(folder, yaml, **tables, budgets=f"line period amount\n{budgets}"))


def test_of_a_line_that_may_borrow_what_is_left_is_not_said_to_be_too_little(tmp_path: Path) -> None:
    """5 pay for one road, and 0.5 come later: whether more could have been borrowed and repaid is not looked at."""
    line = "fund: {holder: North, borrow: {limit: 9, interest: 0.03}}"
    said = " ".join(money.left_by_line(in_two_periods(tmp_path, line, "fund 2030 5\nfund 2035 0.5")))
    assert "not started: " in said
    assert "too little" not in said


def test_money_that_is_left_later_than_works_can_start_is_too_late_for_them(tmp_path: Path) -> None:
    """5 pay for one road, and of the 1 + 20 that are left in the end 1 was there when they could start."""
    plan = in_two_periods(tmp_path, "fund: {holder: North, carry_over: true}", "fund 2030 5\nfund 2035 20")
    (said,) = money.left_by_line(plan)
    assert "needs 4.00 up to 2026-2030, of which those that may pay for it have 1.00 left" in said


def test_shares_by_basis_say_that_they_are_of_public_money(industrial: Plan, by_hand: Plan) -> None:
    for plan in (industrial, by_hand):
        assert "% of the public money spent rests on" in text.report(plan)


# levels


def test_levels_stand_from_the_base_up_with_their_cost_and_their_most(industrial: Plan) -> None:
    """Credit 0.2 and 15 x 0.01; the grant 0.1; of 13 in all a fifth, and a twentieth."""
    shown = in_lines(built.pyramid(industrial))
    levels = [line.split("  ")[0] for line in shown.splitlines()[3:8]]
    assert levels == ["barrier removal", "auxiliary", "supportive", "incentive", "subsidy"]
    assert row(shown, "incentive") == ["incentive", "1", "0.35", "2.60", "(20 % of all money)"]
    assert row(shown, "subsidy") == ["subsidy", "1", "0.10", "0.65", "(5 % of all money)"]


def test_cities_say_in_how_many_periods_they_are_subsidised(industrial: Plan) -> None:
    said = " ".join(in_lines(built.pyramid(industrial)).split())
    assert said.endswith("- Subsidies serve a city in at most 2 of the periods, counting those in which they are open for "
                         "half of the years or more: s in 1.")  # fmt: skip


def test_a_subsidy_that_is_paid_in_more_periods_than_it_serves_says_so(industrial: Plan) -> None:
    """The grant serves one period; if the last of its years is paid in the next, it is paid in two."""
    grant = industrial.table("spending").query("measure == 'grant'").iloc[[0]]
    (first,) = industrial.table("spending").query("measure == 'grant'")["period"].unique()
    later = industrial.case.period_ids[industrial.case.period_ids.index(first) + 1]
    plan = changed(industrial, "spending", lambda table: pd.concat([table, grant.assign(period=later, running=0.01)]))
    assert in_lines(built.pyramid(plan)).endswith("s in 1 (paid in 2).")


# alone and together


def test_each_jurisdiction_says_what_planning_together_closes(industrial: Plan) -> None:
    """0.33633 to 0.32407: 3.6 % of it closes."""
    shown = in_lines(fairness.alone(industrial))
    assert row(shown, "Province") == ["Province", "0.3363 -> 0.3241", "3.6 % closes together"]
    assert row(shown, "Capital") == ["Capital", "0", "nothing is missing"]
    assert "mean gap + 0.5 worst city" in shown
    assert "Not proven" not in shown


@pytest.mark.parametrize(
    ("together", "said"),
    [
        (0.4, "19 % more is missing together: worse off"),
        (0.336333333, "the same is missing together"),
        (0.0, "100 % closes together"),
    ],
)
def test_who_is_not_better_off_is_said_to_be_so(industrial: Plan, together: float, said: str) -> None:
    other = changed(industrial, "alone", lambda t: t.assign(value_with=together))
    assert row(in_lines(fairness.alone(other)), "Province")[-1] == said


def test_a_stand_alone_plan_that_is_not_proven_is_named(industrial: Plan) -> None:
    unknown = changed(industrial, "alone", lambda t: t.assign(bound_alone=NAN))
    assert "Not proven to be the best plan alone: Capital, Province." in in_lines(fairness.alone(unknown))
    loose = changed(industrial, "alone", lambda t: t.assign(bound_alone=t["value_alone"] - 0.01))
    assert "Province (nothing can beat 0.3263)" in " ".join(in_lines(fairness.alone(loose)).split())


def test_the_headline_shows_alone_and_together(industrial: Plan) -> None:
    said = " ".join(text.headline(industrial).split())
    assert "alone -> together (lower is better): Capital 0, Province 0.3363 -> 0.3241" in said
    assert "Alone" not in text.headline(without(industrial, "alone"))
    assert totals.totals(industrial)["alone_and_together"]["Province"] == pytest.approx([0.336333, 0.324067], abs=1e-5)


# goals


def test_goals_about_emissions_and_some_cities_are_named_in_words(industrial: Plan) -> None:
    """7.36 kt in each of fifteen years."""
    case = industrial.case
    goals = (
        replace(case.goals[0], name="small", parts=FrozenDict({"gaps": 1.0}), cities=("s", "s2")),
        replace(case.goals[1], name="emissions", parts=FrozenDict({"emissions": 1.0})),
        case.goals[1],
    )
    results = (
        GoalResult("small", 0.2, NAN, NAN, NAN),
        GoalResult("emissions", 15 * 7.36, NAN, NAN, NAN),
        GoalResult("spending", 7.5249, NAN, NAN, NAN),
    )
    assert goals_line(replace(industrial, case=replace(case, goals=goals), goals=results)) == (
        "1 mean gap of s, s2: 0.2; 2 emissions: 110.4 kt SO2 in all years together; 3 spending and interest: 7.52 bn CNY"
    )


def test_infeasible_names_all_that_has_to_be_kept(industrial: Plan) -> None:
    said = infeasible_words(replace(industrial, status="infeasible", tables=FrozenDict()))[0]
    for promise in (
        "gate not-too-many", "the cap of airshed plain", "the most that policies of level incentive may cost",
        "no jurisdiction is worse off than alone",
    ):  # fmt: skip
        assert promise in said
