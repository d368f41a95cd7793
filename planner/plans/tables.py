"""The tables of a plan, each declared once: its columns in order, with type, unit and keys, and its rows as typed tuples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

import numpy as np
import pandas as pd

from planner.case import Case, FrozenDict

AFTER = "after the horizon"  # when the tax of the last period arrives
MONEY = "{money}"  # stands for the case's unit
SHARE = "share, 0-1"
HORIZON = f"{MONEY}, whole horizon"
OF_THE_PERIOD = f"{MONEY}, of the period"
OWN_UNIT = "in its unit"
PER_1000 = "unit of service per 1,000"
DTYPES: Mapping[type, str] = FrozenDict({str: "str", int: "int64", float: "float64"})  # of a column, in memory
TEXT: Any = pd.Series([], dtype=DTYPES[str]).dtype
EMISSIONS = "unit of the airshed, a year"
GOAL = "own part of the first goal about gaps"
PEOPLE = "person-equivalents"


@dataclass(frozen=True)
class Column:
    """One column of a plan's table.

    Attributes
    ----------
    name
        Its heading in the file; that of the row's field where nothing else is given.
    type
        `str`, `float` or `int`, as the file holds it.
    unit
        What its figures are counted in, where people read; `{money}` stands for the case's unit. "" = none, or plain.
    key
        What its ids name (`cities`, `lines`, ...), if the column is one of those that tell rows apart; "" otherwise.
    may_be_empty
        Whether a figure may be missing.
    since
        Format of plans with which it came; 0 = it was always there.
    was
        What plans without it have there: a figure, or what another of their columns has.
    """

    name: str = ""
    type: type = str
    unit: str = ""
    key: str = ""
    may_be_empty: bool = False
    since: int = 0
    was: str = "0.0"


def key(of: str, name: str = "") -> Column:
    """A column of ids that tell rows apart."""
    return Column(name, key=of)


def figure(unit: str = "", may_be_empty: bool = False, since: int = 0, was: str = "0.0") -> Column:
    """A column of figures."""
    return Column(unit=unit, may_be_empty=may_be_empty, since=since, was=was)


class Decision(NamedTuple):
    """Units of a measure that start in a period."""

    measure: Annotated[str, key("measures")]
    name: str
    kind: str
    level: str
    city: str
    jurisdiction: str
    start_period: Annotated[str, key("periods")]
    opens: int
    units: float
    capital_cost: Annotated[float, figure(HORIZON)]
    private_cost: Annotated[float, figure(HORIZON)]
    running_cost: Annotated[float, figure(HORIZON)]
    decided: str


class Indicator(NamedTuple):
    """How far a city is from a standard in a period, today, without and with the plan.

    Gaps are shares of what there is to meet for `people`, who live there without any move; true ones of what there is for
    those who do. Figures in the own unit are those of the people who live there.
    """

    indicator: Annotated[str, key("indicators")]
    city: Annotated[str, key("cities")]
    period: Annotated[str, key("periods")]
    people: Annotated[float, figure("heads")]
    unit: str
    standard: Annotated[float, figure(OWN_UNIT)]
    today: Annotated[float, figure(OWN_UNIT, may_be_empty=True)]  # nowhere to get to, or no such indicator today
    without_plan: Annotated[float, figure(OWN_UNIT, may_be_empty=True)]
    with_plan: Annotated[float, figure(OWN_UNIT, may_be_empty=True)]
    gap_without: Annotated[float, figure(SHARE)]
    gap_with: Annotated[float, figure(SHARE)]
    people_with: Annotated[float, figure("heads", since=6, was="people")]
    true_gap_without: Annotated[float, figure(SHARE, since=6, was="gap_without")]
    true_gap_with: Annotated[float, figure(SHARE, since=6, was="gap_with")]


class Route(NamedTuple):
    """The fastest way between two cities."""

    origin: Annotated[str, key("cities", "from")]
    destination: Annotated[str, key("cities", "to")]
    period: Annotated[str, key("periods")]
    minutes_without: Annotated[float, figure("minutes", may_be_empty=True)]  # no way there
    minutes_with: Annotated[float, figure("minutes")]
    via: str  # city;mode;city, and so on: its ids


class Flow(NamedTuple):
    """Need of the people of `home` that is met in `place`."""

    service: Annotated[str, key("services")]
    home: Annotated[str, key("cities", "from")]
    place: Annotated[str, key("cities", "to")]
    period: Annotated[str, key("periods")]
    amount: Annotated[float, figure("unit of service")]


class Use(NamedTuple):
    """Need of the people of `home` that is met in another jurisdiction at a price."""

    service: Annotated[str, key("services")]
    home: Annotated[str, key("cities", "from")]
    place: Annotated[str, key("cities", "to")]
    policy: Annotated[str, key("rights")]  # empty: in force
    period: Annotated[str, key("periods")]
    price: Annotated[float, figure(f"{MONEY}, a unit and year")]
    amount_without: Annotated[float, figure("unit of service")]
    amount: Annotated[float, figure("unit of service")]
    fee: Annotated[float, figure(OF_THE_PERIOD)]


class Level(NamedTuple):
    """What residents of a city have of a service, also above the standard.

    What the city has for the cluster's people, less what others use of it, and what they use elsewhere as far as it counts.
    """

    service: Annotated[str, key("services")]
    city: Annotated[str, key("cities")]
    period: Annotated[str, key("periods")]
    people_without: Annotated[float, figure("heads")]
    people_with: Annotated[float, figure("heads")]
    standard: Annotated[float, figure(PER_1000)]
    capacity_without: Annotated[float, figure("unit of service")]
    shared_without: Annotated[float, figure("unit of service")]
    elsewhere_without: Annotated[float, figure("unit of service")]
    capacity_with: Annotated[float, figure("unit of service")]
    shared_with: Annotated[float, figure("unit of service")]
    elsewhere_with: Annotated[float, figure("unit of service")]
    today: Annotated[float, figure(PER_1000, may_be_empty=True)]  # nobody lives there today
    without_plan: Annotated[float, figure(PER_1000)]
    with_plan: Annotated[float, figure(PER_1000)]


class Moved(NamedTuple):
    """People, jobs, people entitled or capacity of a service that a measure moves from one city to another."""

    measure: Annotated[str, key("measures")]
    origin: Annotated[str, key("cities", "from")]
    destination: Annotated[str, key("cities", "to")]
    period: Annotated[str, key("periods")]
    what: Annotated[str, key("moved things")]  # people, jobs, entitled, or a service
    amount: Annotated[float, figure(OWN_UNIT)]


class LineYear(NamedTuple):
    """A budget line in a period."""

    line: Annotated[str, key("lines")]
    period: Annotated[str, key("periods")]
    amount: Annotated[float, figure(MONEY)]
    carried_in: Annotated[float, figure(MONEY)]
    received: Annotated[float, figure(MONEY)]
    borrowed: Annotated[float, figure(MONEY)]
    tax: Annotated[float, figure(MONEY)]
    capital: Annotated[float, figure(MONEY)]
    running: Annotated[float, figure(MONEY)]
    fees: Annotated[float, figure(MONEY, since=4)]
    sent: Annotated[float, figure(MONEY)]
    repaid: Annotated[float, figure(MONEY)]
    carried_out: Annotated[float, figure(MONEY)]
    unspent: Annotated[float, figure(MONEY)]
    debt: Annotated[float, figure(MONEY)]

    @property
    def held(self) -> float:
        """All that comes in."""
        return self.amount + self.carried_in + self.received + self.borrowed + self.tax

    @property
    def paid(self) -> float:
        """What is paid for measures, and for use in other jurisdictions."""
        return self.capital + self.running + self.fees

    @property
    def spent(self) -> float:
        """All that goes out: for measures and use, to other lines, and back to those who lent."""
        return self.paid + self.sent + self.repaid


class Payment(NamedTuple):
    """What a line pays for a measure in a period."""

    measure: Annotated[str, key("measures")]
    line: Annotated[str, key("lines")]
    period: Annotated[str, key("periods")]
    capital: Annotated[float, figure(MONEY)]
    running: Annotated[float, figure(MONEY)]


class Private(NamedTuple):
    """Capital of a measure that private investors pay in a period."""

    measure: Annotated[str, key("measures")]
    period: Annotated[str, key("periods")]
    own: Annotated[float, figure(MONEY)]
    attracted: Annotated[float, figure(MONEY)]


class Transfer(NamedTuple):
    """What a line sends another in a period, under a policy."""

    policy: Annotated[str, key("measures")]
    sender: Annotated[str, key("lines", "from")]
    receiver: Annotated[str, key("lines", "to")]
    period: Annotated[str, key("periods")]
    amount: Annotated[float, figure(MONEY)]


class ParkYear(NamedTuple):
    """A park in a period in which it serves."""

    measure: Annotated[str, key("measures")]
    period: Annotated[str, key("periods")]
    units: float
    possible_jobs: float
    jobs: float
    bonus_jobs: float
    skilled: Annotated[float, figure("jobs")]
    area_km2: Annotated[float, figure("of the phases started so far")]
    output: Annotated[float, figure("unit of gdp, a year")]
    emissions: Annotated[float, figure(EMISSIONS)]
    tax: Annotated[float, figure(OF_THE_PERIOD)]


class Phase(NamedTuple):
    """Productive jobs of the phases of a park that started in one period."""

    measure: Annotated[str, key("measures")]
    start_period: Annotated[str, key("periods")]
    period: Annotated[str, key("periods")]
    jobs: float
    shared_tax: Annotated[float, figure(OF_THE_PERIOD)]


class Bonus(NamedTuple):
    """Bonus jobs of a pair of parks in a value chain."""

    chain: Annotated[str, key("chains")]
    measure: Annotated[str, key("measures")]
    partner: Annotated[str, key("measures")]
    period: Annotated[str, key("periods")]
    jobs: Annotated[float, figure("half in each city")]


class Tax(NamedTuple):
    """A part of the tax of a park in a period: whose line gets it, and when."""

    measure: Annotated[str, key("measures")]
    period: Annotated[str, key("periods")]
    arrives: str
    line: str
    part: Annotated[str, key("parts")]
    amount: Annotated[float, figure(MONEY)]


class Skill(NamedTuple):
    """Skilled people of a city in a period."""

    city: Annotated[str, key("cities")]
    period: Annotated[str, key("periods")]
    free: Annotated[float, figure("people")]
    graduates: Annotated[float, figure("people, so far")]
    used: Annotated[float, figure("jobs")]


class Air(NamedTuple):
    """An airshed's emissions a year in a period."""

    airshed: Annotated[str, key("airsheds")]
    period: Annotated[str, key("periods")]
    existing: Annotated[float, figure(EMISSIONS)]
    parks: Annotated[float, figure(EMISSIONS)]
    abated: Annotated[float, figure(EMISSIONS)]
    closed: Annotated[float, figure(EMISSIONS)]
    emissions: Annotated[float, figure(EMISSIONS)]
    cap: Annotated[float, figure(EMISSIONS, may_be_empty=True)]  # none


class Alone(NamedTuple):
    """A jurisdiction's own gaps in its stand-alone plan and in this one."""

    jurisdiction: Annotated[str, key("jurisdictions")]
    value_alone: Annotated[float, figure(GOAL)]
    bound_alone: Annotated[float, figure(GOAL, may_be_empty=True)]  # nothing proven
    value_with: Annotated[float, figure(GOAL)]


class Share(NamedTuple):
    """A jurisdiction in a period."""

    jurisdiction: Annotated[str, key("jurisdictions")]
    period: Annotated[str, key("periods")]
    pays: Annotated[float, figure(MONEY)]
    paid_by_others: Annotated[float, figure(MONEY)]
    gap_without: Annotated[float, figure(SHARE)]
    gap_with: Annotated[float, figure(SHARE)]
    people_brought_to_standard: Annotated[float, figure(PEOPLE)]
    people_worse_off: Annotated[float, figure(PEOPLE)]


ROWS: Mapping[str, Any] = FrozenDict(
    {
        "decisions": Decision,
        "indicators": Indicator,
        "routes": Route,
        "flows": Flow,
        "uses": Use,
        "levels": Level,
        "moves": Moved,
        "money": LineYear,
        "spending": Payment,
        "private": Private,
        "transfers": Transfer,
        "parks": ParkYear,
        "phases": Phase,
        "bonus": Bonus,
        "taxes": Tax,
        "skills": Skill,
        "airsheds": Air,
        "alone": Alone,
        "jurisdictions": Share,
    }
)
"""Table -> what a row of it is; a table is called as its file and as its key in `Plan.tables`."""


def _columns(row: type) -> Mapping[str, Column]:
    found = {}
    for field, hint in get_type_hints(row, include_extras=True).items():
        kind, column = (*get_args(hint), Column())[:2] if get_args(hint) else (hint, Column())
        named = replace(column, name=column.name or field, type=kind)
        found[named.name] = named
    return FrozenDict(found)


TABLES: Mapping[str, Mapping[str, Column]] = FrozenDict({name: _columns(row) for name, row in ROWS.items()})
"""Table -> its columns by name, in their order."""

TEXT_COLUMNS = frozenset(name for table in TABLES.values() for name, column in table.items() if column.type is str)
"""Columns that hold texts: those of one name hold alike in all tables."""


def keys(table: str) -> tuple[str, ...]:
    """The columns that tell the rows of a table apart."""
    return tuple(name for name, column in TABLES[table].items() if column.key)


def leading_keys(table: str) -> int:
    """How many columns at the left of a table name its rows."""
    return [*(bool(column.key) for column in TABLES[table].values()), False].index(False)


def frame(table: str, rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """Rows as a table with its columns' types, also when it is empty."""
    columns = TABLES[table]
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    filled = zip(columns.items(), cells, strict=True)  # by column: as rows first, most of a small solve went here
    return pd.DataFrame({name: as_column(some, column.type) for (name, column), some in filled}, copy=False)


def as_column(cells: Sequence[Any], kind: type) -> Any:
    """Cells as a table holds them, by what its column holds."""
    return pd.array(list(cells), dtype=TEXT) if kind is str else np.array(cells, dtype=DTYPES[kind])


def heading(case: Case, table: str, column: str) -> str:
    """A column's name with its unit: capital (bn CNY)."""
    unit = TABLES[table][column].unit
    return f"{column} ({unit.replace(MONEY, case.money.unit)})" if unit else column
