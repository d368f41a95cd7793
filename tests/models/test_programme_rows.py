"""Rows of a programme: what a member draws of shared money, who has which offer, and the prices of the money."""

from __future__ import annotations

from models.division import Division, Offer
from models.dual import Prices
from models.instance import Instance
from models.program import DIVISION, PRICES, build
from planner.solver.linear import linear_program
from tests.models.by_hand import ALWAYS, canonical, instance, objective, rows

CENTRE = {("centre", "30"): 0.0, ("centre", "35"): 0.0}


def drawing(carry_over):
    """One measure that the centre pays for, 4 a start, out of 5 and 3 of shared money, of which it is given 1 to 6."""
    there = {("centre", "30"): 5.0, ("centre", "35"): 8.0 if carry_over else 3.0}
    return instance(
        {"rail": ALWAYS},
        lines=("centre",),
        cost={("rail", "capital", "30", "30"): 4.0, ("rail", "capital", "35", "35"): 4.0},
        fixed_share={("rail", "capital", "centre"): 1.0},
        amount=CENTRE,
        carry_over=frozenset({"centre"}) if carry_over else frozenset(),
        drawn_most=there,
        drawn_in_all={"centre": (1.0, 6.0)},
    )


def test_a_line_of_shared_money_has_what_it_is_given():
    """With carry-over by 35 no more than 5 + 3, and what is left in 30 is there in 35; over both periods 1 to 6."""
    assert rows(
        drawing(True), "within_line", "drawn_within_the_shared_money", "drawn_at_least_its_share", "drawn_at_most_its_share"
    ) == canonical(
        {
            "within_line[centre,30]: +4 Start[rail,30] +1 Carry[centre,30] -1 Drawn[centre,30] <= 0",
            "within_line[centre,35]: +4 Start[rail,35] -1 Carry[centre,30] -1 Drawn[centre,35] <= 0",
            "drawn_within_the_shared_money[centre,30]: +1 Drawn[centre,30] <= 5",
            "drawn_within_the_shared_money[centre,35]: +1 Drawn[centre,30] +1 Drawn[centre,35] <= 8",
            "drawn_at_least_its_share[centre]: +1 Drawn[centre,30] +1 Drawn[centre,35] >= 1",
            "drawn_at_most_its_share[centre]: +1 Drawn[centre,30] +1 Drawn[centre,35] <= 6",
        }
    )


def test_without_carry_over_each_period_has_its_own_money():
    assert rows(drawing(False), "within_line", "drawn_within_the_shared_money") == canonical(
        {
            "within_line[centre,30]: +4 Start[rail,30] -1 Drawn[centre,30] <= 0",
            "within_line[centre,35]: +4 Start[rail,35] -1 Drawn[centre,35] <= 0",
            "drawn_within_the_shared_money[centre,30]: +1 Drawn[centre,30] <= 5",
            "drawn_within_the_shared_money[centre,35]: +1 Drawn[centre,35] <= 3",
        }
    )


OFFERS = {
    "east": (Offer(0.5, {}), Offer(0.2, {("centre", "30"): 3.0, ("centre", "35"): 1.0})),
    "west": (Offer(0.4, {("centre", "35"): 2.0}),),
}


def offered(carry_over, **more):
    """East does without, at 0.5, or draws 3 and 1 for 0.2; west draws 2 in 35 for 0.4. There are 5 and 3."""
    amounts = {("centre", "30"): 5.0, ("centre", "35"): 3.0}
    kept = frozenset({"centre"}) if carry_over else frozenset()
    return instance({}, offers=OFFERS, shared_amount=amounts, kept_over=kept, **more)


def test_every_member_has_one_offer_and_all_keep_within_the_money():
    """By 35 east draws 4 and west 2 of 8; without carry-over 1 and 2 of 3."""
    assert rows(offered(True), "each_member_has_one_offer", "offers_within_the_shared_money") == canonical(
        {
            "each_member_has_one_offer[east]: +1 Taken[east,0] +1 Taken[east,1] = 1",
            "each_member_has_one_offer[west]: +1 Taken[west,0] = 1",
            "offers_within_the_shared_money[centre,30]: +3 Taken[east,1] <= 5",
            "offers_within_the_shared_money[centre,35]: +4 Taken[east,1] +2 Taken[west,0] <= 8",
        }
    )
    assert rows(offered(False), "offers_within_the_shared_money") == canonical(
        {
            "offers_within_the_shared_money[centre,30]: +3 Taken[east,1] <= 5",
            "offers_within_the_shared_money[centre,35]: +1 Taken[east,1] +2 Taken[west,0] <= 3",
        }
    )
    assert objective(offered(True), ("worth_of_all", None)) == "+0.5 Taken[east,0] +0.2 Taken[east,1] +0.4 Taken[west,0]"


BOXES = {("centre", "30"): (0.0, 2.0), ("centre", "35"): (0.5, 1.0)}


def test_prices_pay_for_draws_and_no_member_is_above_its_offers():
    """A draw of 30 counts by 30 and by 35, and so pays both prices; without carry-over its own alone."""
    assert rows(offered(True, price_box=BOXES), "no_member_is_above_its_offers") == canonical(
        {
            "no_member_is_above_its_offers[east,0]: +1 AtPrices[east] <= 0.5",
            "no_member_is_above_its_offers[east,1]: "
            "+1 AtPrices[east] -3 MoneyPrice[centre,30] -4 MoneyPrice[centre,35] <= 0.2",
            "no_member_is_above_its_offers[west,0]: +1 AtPrices[west] -2 MoneyPrice[centre,35] <= 0.4",
        }
    )
    assert rows(offered(False, price_box=BOXES), "no_member_is_above_its_offers") == canonical(
        {
            "no_member_is_above_its_offers[east,0]: +1 AtPrices[east] <= 0.5",
            "no_member_is_above_its_offers[east,1]: "
            "+1 AtPrices[east] -3 MoneyPrice[centre,30] -1 MoneyPrice[centre,35] <= 0.2",
            "no_member_is_above_its_offers[west,0]: +1 AtPrices[west] -2 MoneyPrice[centre,35] <= 0.4",
        }
    )


def test_the_promise_of_prices_is_what_members_come_to_less_what_all_money_costs():
    """By 35 there are 8: the money of 30 is there, too."""
    found = objective(offered(True, price_box=BOXES), ("promised_by_prices", None))
    assert found == "+5 MoneyPrice[centre,30] +8 MoneyPrice[centre,35] -1 AtPrices[east] -1 AtPrices[west]"


def test_the_division_alone_and_the_prices_alone_have_no_rows_of_plans():
    given = Instance(("30", "35"), (Division(OFFERS, {("centre", "30"): 1.0, ("centre", "35"): 1.0}), Prices(BOXES)))
    apart = [linear_program(build(given, blocks=blocks)) for blocks in (DIVISION, PRICES)]
    assert [{name for name, _ in program.columns} for program in apart] == [{"Taken", "Never"}, {"MoneyPrice", "AtPrices"}]
