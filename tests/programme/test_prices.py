"""Prices of money that is carried over: what is a bound and what is not, worked out by hand; and that the box holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.division import Offer
from planner.programme.prices import Market

PERIODS = ("1", "2")
EARLY = {("l", "1"): 1.0, ("l", "2"): 0.0}  # money of the first period only
PLANS = (Offer(1.0, {}), Offer(0.0, {("l", "2"): 1.0}))  # the goal is 1 - what is drawn in the second


def carried(carry_over: bool = True) -> Market:
    """One line with money of the first period only."""
    return Market(PERIODS, EARLY, frozenset({"l"} if carry_over else ()))


def bound(market: Market, prices: dict[tuple[str, str], float]) -> float:
    """What the best plan comes to at the prices, less what all money is worth."""
    paid = market.of_a_draw(prices)
    best = min(plan.worth + sum(paid[place] * money for place, money in plan.draws.items()) for plan in PLANS)
    return best - market.worth(prices)


def test_money_that_is_carried_over_serves_later():
    """The unit of the first period pays for the second: 0 is reached."""
    taken = carried().division({"m": PLANS}, 10.0)
    assert taken == {"m": 1}


def test_without_carry_over_it_does_not():
    assert carried(carry_over=False).division({"m": PLANS}, 10.0) == {"m": 0}


def test_prices_that_rise_with_time_would_say_too_much():
    """A price of 0 in the first period and 2 in the second: the plan comes to min(1, 0 + 2) = 1, the money is worth 0 x 1,
    and 1 would be said to be the least, where 0 can be had. No prices of the rows come to these."""
    naive = {("l", "1"): 0.0, ("l", "2"): 2.0}
    best = min(plan.worth + sum(naive[place] * money for place, money in plan.draws.items()) for plan in PLANS)
    assert best - sum(naive[place] * money for place, money in EARLY.items()) == 1.0
    assert carried().of_a_draw({("l", "1"): 0.0, ("l", "2"): 2.0}) == {("l", "1"): 2.0, ("l", "2"): 2.0}
    assert bound(carried(), {("l", "1"): 0.0, ("l", "2"): 2.0}) == 1.0 - 2.0


PRICE = st.floats(0, 10)


@given(PRICE, PRICE)
def test_no_prices_of_the_rows_promise_more_than_can_be_had(early: float, late: float):
    """0 can be had with carry-over, and 1 without."""
    prices = {("l", "1"): early, ("l", "2"): late}
    assert bound(carried(), prices) <= 1e-12
    assert bound(carried(carry_over=False), prices) <= 1.0 + 1e-12
    of_a_draw = carried().of_a_draw(prices)
    assert of_a_draw["l", "1"] >= of_a_draw["l", "2"]


def test_new_prices_are_those_that_promise_most_within_the_box():
    """A member of worth 1, or 0 for a draw of 1, with half a unit of money: from a price of 1 on it comes to 1 - 1/2.

    The box around 0.3 reaches from 0.144 to 0.69, and 0.69 promises most there; around 0.8 it holds 1.
    """
    market = Market(("1",), {("l", "1"): 0.5}, frozenset())
    offers = {"m": (Offer(1.0, {}), Offer(0.0, {("l", "1"): 1.0}))}
    assert market.prices(offers, {("l", "1"): 0.3}) == {("l", "1"): pytest.approx(0.69)}
    assert market.prices(offers, {("l", "1"): 0.8}) == {("l", "1"): pytest.approx(1.0)}
