"""Division: which of its known plans each member of a programme has, within the money that all of them share.

A plan that a member was found to have is an *offer*: what it comes to, and what it draws of each shared line in each period.
With every plan there is as an offer the best division is the best programme; with some of them it is one that can be had.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Parameters, from_on, nothing, up_to


@dataclass(frozen=True)
class Offer:
    """What a plan of a member comes to, its weight counted, and what it draws of each shared line by period."""

    worth: float
    draws: Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Division(Parameters):
    """The offers, and the shared money; in the programme's own unit."""

    offers: Mapping[str, tuple[Offer, ...]] = nothing()  # member e -> its offers o, from 0
    shared_amount: Mapping[tuple[str, str], float] = nothing()  # (l, t) -> money of the shared line in the period
    kept_over: frozenset[str] = frozenset()  # shared lines that keep what is left for the next period


def counted(given: Any, l: str, t: str) -> tuple[str, ...]:
    """The periods whose money and draws a row of (l, t) counts: all up to t, or t alone where nothing is carried over."""
    return up_to(given.periods, t, l in given[Division].kept_over)


def priced_in(given: Any, l: str, t: str) -> tuple[str, ...]:
    """The rows by which a draw of (l, t) is limited: those of t and all later periods, or of t alone."""
    return from_on(given.periods, t, l in given[Division].kept_over)


def declare(m: Any) -> None:
    """Which offer a member has."""
    offers = m.given[Division].offers
    places = [(e, o) for e, own in offers.items() for o in range(len(own))]
    m.decide("Taken", places, "1 if member e has its offer o", (0, 1), whole=True)


def constrain(m: Any) -> None:
    """Rows of the division, and what all members come to."""
    own: Division = m.given[Division]
    m.state(each_member_has_one_offer, own.offers)
    m.state(offers_within_the_shared_money, own.shared_amount)
    m.minimise(worth_of_all)


def each_member_has_one_offer(m: Any, e: str) -> Any:
    r"""Every member has exactly one of its offers.

    .. math:: \sum_{o} \mathit{Taken}_{eo} = 1 \quad \forall e
    """
    return sum(m.Taken[e, o] for o in range(len(m.given[Division].offers[e]))) == 1


def offers_within_the_shared_money(m: Any, l: str, t: str) -> Any:
    r"""All members together draw no more than the shared line has had up to the period; without carry-over, in the period.

    .. math:: \sum_{e,o} \sum_{t' \le t} \mathit{draws}_{eolt'}\, \mathit{Taken}_{eo}
              \le \sum_{t' \le t} \mathit{shared\_amount}_{lt'} \quad \forall l, t
              \qquad (\text{without carry-over } t' = t)
    """
    own: Division = m.given[Division]
    drawn = ((e, o, sum(offer.draws.get((l, s), 0.0) for s in counted(m.given, l, t)))
             for e, offers in own.offers.items() for o, offer in enumerate(offers))  # fmt: skip
    total = sum(money * m.Taken[e, o] for e, o, money in drawn if money)
    return total + m.Never <= sum(own.shared_amount[l, s] for s in counted(m.given, l, t))


def worth_of_all(m: Any) -> Any:
    r"""What all members come to together, each by its weight.

    .. math:: \min \; \sum_{e,o} \mathit{worth}_{eo}\, \mathit{Taken}_{eo}
    """
    return sum(offer.worth * m.Taken[e, o] for e, own in m.given[Division].offers.items() for o, offer in enumerate(own))
