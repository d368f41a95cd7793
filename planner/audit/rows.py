"""The rows of a plan's tables, typed: fields in the order of the tables' columns."""

from __future__ import annotations

from typing import NamedTuple


class Decision(NamedTuple):
    """Units of a measure that start in a period."""

    measure: str
    name: str
    kind: str
    level: str
    city: str
    jurisdiction: str
    start_period: str
    opens: float
    units: float
    capital_cost: float
    private_cost: float
    running_cost: float
    decided: str


class Indicator(NamedTuple):
    """How far a city is from a standard in a period, today, without and with the plan."""

    indicator: str
    city: str
    period: str
    people: float
    unit: str
    standard: float
    today: float
    without_plan: float
    with_plan: float
    gap_without: float
    gap_with: float


class Route(NamedTuple):
    """The fastest way between two cities."""

    origin: str
    destination: str
    period: str
    minutes_without: float
    minutes_with: float
    via: str


class Flow(NamedTuple):
    """Need of the people of `home` that is met in `place`."""

    service: str
    home: str
    place: str
    period: str
    amount: float


class LineYear(NamedTuple):
    """A budget line in a period."""

    line: str
    period: str
    amount: float
    carried_in: float
    received: float
    borrowed: float
    tax: float
    capital: float
    running: float
    sent: float
    repaid: float
    carried_out: float
    unspent: float
    debt: float

    @property
    def held(self) -> float:
        """All that comes in."""
        return self.amount + self.carried_in + self.received + self.borrowed + self.tax

    @property
    def paid(self) -> float:
        """What is paid for measures."""
        return self.capital + self.running

    @property
    def spent(self) -> float:
        """All that goes out: for measures, to other lines, and back to those who lent."""
        return self.paid + self.sent + self.repaid


class Payment(NamedTuple):
    """What a line pays for a measure in a period."""

    measure: str
    line: str
    period: str
    capital: float
    running: float


class Private(NamedTuple):
    """Capital of a measure that private investors pay in a period."""

    measure: str
    period: str
    own: float
    attracted: float


class Transfer(NamedTuple):
    """What a line sends another in a period, under a policy."""

    policy: str
    sender: str
    receiver: str
    period: str
    amount: float


class ParkYear(NamedTuple):
    """A park in a period in which it serves."""

    measure: str
    period: str
    units: float
    possible_jobs: float
    jobs: float
    bonus_jobs: float
    skilled: float
    area_km2: float
    output: float
    emissions: float
    tax: float


class Phase(NamedTuple):
    """Productive jobs of the phases of a park that started in one period."""

    measure: str
    start_period: str
    period: str
    jobs: float
    shared_tax: float


class Bonus(NamedTuple):
    """Bonus jobs of a pair of parks in a value chain."""

    chain: str
    measure: str
    partner: str
    period: str
    jobs: float


class Tax(NamedTuple):
    """A part of the tax of a park in a period: whose line gets it, and when."""

    measure: str
    period: str
    arrives: str
    line: str
    part: str
    amount: float


class Skill(NamedTuple):
    """Skilled people of a city in a period."""

    city: str
    period: str
    free: float
    graduates: float
    used: float


class Air(NamedTuple):
    """An airshed's emissions a year in a period."""

    airshed: str
    period: str
    existing: float
    parks: float
    abated: float
    closed: float
    emissions: float
    cap: float


class Alone(NamedTuple):
    """A jurisdiction's own gaps in its stand-alone plan and in this one."""

    jurisdiction: str
    value_alone: float
    bound_alone: float
    value_with: float


class Share(NamedTuple):
    """A jurisdiction in a period."""

    jurisdiction: str
    period: str
    pays: float
    paid_by_others: float
    gap_without: float
    gap_with: float
    people_brought_to_standard: float
    people_worse_off: float
