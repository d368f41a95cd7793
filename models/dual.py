"""Dual: the prices of shared money at which the offers that are known promise most.

The dual of the division with parts of offers allowed. What each member comes to at the prices is left to its offers; prices
stay within a box, without which they would jump from one end to the other while few offers are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.division import Division, counted, priced_in
from models.instance import Parameters, nothing


@dataclass(frozen=True)
class Prices(Parameters):
    """Within what the prices are to lie."""

    price_box: Mapping[tuple[str, str], tuple[float, float]] = nothing()  # (l, t) -> least and most price, worth for money


def declare(m: Any) -> None:
    """Prices, and what members come to at them."""
    boxes = m.given[Prices].price_box
    m.decide("MoneyPrice", boxes, "price of a unit of shared line l that is there by period t", price_bounds)
    m.decide("AtPrices", m.given[Division].offers if boxes else (), "what member e comes to at the prices", (None, None))


def price_bounds(m: Any, l: str, t: str) -> tuple[float, float]:
    """The box."""
    least, most = m.given[Prices].price_box[l, t]
    return least, most


def constrain(m: Any) -> None:
    """The rows of the prices, and what is promised by them."""
    offers = m.given[Division].offers
    m.state(no_member_is_above_its_offers, ((e, o) for e in m.AtPrices for o in range(len(offers[e]))))
    m.minimise(promised_by_prices)


def no_member_is_above_its_offers(m: Any, e: str, o: int) -> Any:
    r"""At the prices a member comes to no more than any of its offers does, its draws paid for.

    With carry-over a draw counts against the money up to its period and up to every later one, so that its price never
    rises: it is the sum of those prices.

    .. math:: \mathit{AtPrices}_{e} \le \mathit{worth}_{eo}
              + \sum_{l,t} \mathit{draws}_{eolt} \sum_{t' \ge t} \mathit{MoneyPrice}_{lt'} \quad \forall e, o
              \qquad (\text{without carry-over } t' = t)
    """
    offer = m.given[Division].offers[e][o]
    paid = sum(money * sum(m.MoneyPrice[l, s] for s in priced_in(m.given, l, t)) for (l, t), money in offer.draws.items())
    return m.AtPrices[e] <= offer.worth + paid


def promised_by_prices(m: Any) -> Any:
    r"""What the money costs less what the members come to, minimised: the most that prices can promise.

    .. math:: \min \; \sum_{l,t} \mathit{MoneyPrice}_{lt} \sum_{t' \le t} \mathit{shared\_amount}_{lt'}
              - \sum_{e} \mathit{AtPrices}_{e} \qquad (\text{without carry-over } t' = t)
    """
    own: Division = m.given[Division]
    money = ((l, t, sum(own.shared_amount[l, s] for s in counted(m.given, l, t))) for l, t in m.MoneyPrice)
    return sum(amount * m.MoneyPrice[l, t] for l, t, amount in money) - sum(m.AtPrices[e] for e in m.AtPrices)
