"""What is asked of a plan: targets, gates and rules that hold, goals in their order; and scenarios that edit a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from planner.case.declared import AsRead, FrozenDict, Thing, exactly_one, says, worked_out
from planner.case.places import Named, Periods
from planner.case.values import Amount, Name, Names, Number, PositiveShare, Text, Where, YesNo, as_number, as_whole
from planner.words.said import Sentence, _

if TYPE_CHECKING:
    from planner.case.selecting import Resolver

INDICATOR = (
    "a service (at_least, per 1,000), an access standard (at_most minutes; reach: at_least %), or an indicator of work "
    "(at_least jobs per 1,000 people, or output per head)"
)
Part = Literal["gaps", "worst_city", "worst_share", "worst_off_first", "spending", "starts", "benefit", "emissions"]
Sense = Literal["at_least", "at_most"]
PIECES = 8  # of a curve that does not say


@dataclass(frozen=True)
class GoalPart:
    """What a goal may be about.

    Attributes
    ----------
    words
        What it is called wherever goals are told; `people`: the worst share of them.
    about_gaps
        Whether it weighs gaps by indicator, city and period.
    single
        Whether its value is one figure, a share: those of several cases can be added up.
    """

    words: Sentence
    about_gaps: bool = False
    single: bool = False


PARTS: Mapping[str, GoalPart] = {
    "gaps": GoalPart(_("mean gap"), about_gaps=True, single=True),
    "worst_city": GoalPart(_("worst city"), about_gaps=True, single=True),
    "worst_share": GoalPart(_("worst {people}"), about_gaps=True, single=True),
    "worst_off_first": GoalPart(_("worst city first, then the next"), about_gaps=True),
    "spending": GoalPart(_("spending")),
    "starts": GoalPart(_("units started")),
    "benefit": GoalPart(_("benefit, counted as a minus")),
    "emissions": GoalPart(_("emissions")),
}
WORTH = ("parts", "weigh_by", "period_weights", "worst_share_of", "curve", "pieces")  # keys that say what a gap is worth


class Limit(Thing):
    """A hard limit, lower or upper: one of the keys `at_least` and `at_most`."""

    if TYPE_CHECKING:  # each says its own unit
        at_least: float | None
        at_most: float | None

    def check(self) -> None:
        exactly_one(self, "at_least", "at_most")

    @property
    def sense(self) -> Sense:
        """Which of the two it is."""
        return "at_least" if self.at_most is None else "at_most"

    @property
    def limit(self) -> float:
        """The limit, whichever it is."""
        found = self.at_least if self.at_most is None else self.at_most
        assert found is not None  # one of the two is given
        return found


class Target(Limit, counts_as="Target"):
    """A hard limit on an indicator in some cities, in the indicator's own unit."""

    id: Name = says("name of the target")
    indicator: Name = says(INDICATOR, names="an indicator")
    where: Where = says("selection of cities", default=FrozenDict(), empty="all cities")
    by: Annotated[str, AsRead(Name | None)] = says(
        "period from which on it holds", default=None, empty="the first period", names="a period"
    )
    at_least: Amount | None = says("lower limit; this or at_most", default=None, unit="the indicator's")
    at_most: Amount | None = says("upper limit; this or at_least", default=None, unit="the indicator's")
    cities: tuple[str, ...] = worked_out(default=())
    periods: tuple[str, ...] = worked_out(default=())  # `by` and all later ones

    def filled(self, place: int, periods: Periods, resolve: Resolver) -> Target:
        """The target with its cities and periods."""
        ids = [p.id for p in periods]
        by = self.by or ids[0]
        cities = resolve.cities(self.where, ("targets", place, "where"))
        return replace(self, by=by, cities=cities, periods=tuple(ids[ids.index(by) :]))


class Gate(Limit, counts_as="Gate"):
    """A level that the cities of a measure must have reached in the period in which a unit of it starts."""

    id: Name = says("name of the gate")
    where: Where = says("selection of the measures that must wait", default=FrozenDict(), empty="all measures")
    indicator: Name = says("indicator, as for targets; cities that do not have it are not asked", names="an indicator")
    at_least: Amount | None = says("lower limit; this or at_most", default=None, unit="the indicator's, as for targets")
    at_most: Amount | None = says("upper limit; this or at_least", default=None, unit="the indicator's, as for targets")
    measures: tuple[str, ...] = worked_out(default=())

    def filled(self, place: int, resolve: Resolver) -> Gate:
        """The gate with the measures that wait at it."""
        return replace(self, measures=resolve.measures(self.where, ("gates", place, "where")))


class Rule(Limit, counts_as="Rule"):
    """A hard limit on spending or starts over a selection of measures and periods.

    `share_of_measures` is what `share_of` selects; None for a limit that is an amount.
    """

    id: Name = says("name of the rule")
    of: Literal["spending", "count", "units", "jobs", "land"] = says(
        "what is limited: public money paid, measures of which a unit starts, units started, productive jobs of parks in "
        "the last of the periods, or km2 of the phases of parks that start"
    )
    where: Where = says("selection of measures", default=FrozenDict(), empty="all measures")
    periods: Names = says("periods in which it counts, taken together", default=(), empty="all periods", names="a period")
    at_least: Amount | None = says("lower limit; this or at_most", default=None, unit="that of what is limited; share")
    at_most: Amount | None = says("upper limit; this or at_least", default=None, unit="that of what is limited; share")
    share_of: Where | None = says(
        "selection of measures: the limit is a share of the same quantity over it, {} = all measures; a plan may start more "
        "of them to have more room, as it cannot with an amount", default=None, empty="the limit is an amount",
    )  # fmt: skip
    measures: tuple[str, ...] = worked_out(default=())
    share_of_measures: tuple[str, ...] | None = worked_out(default=None)

    def check(self) -> None:
        super().check()
        if self.share_of is not None and self.limit > 1:
            raise ValueError(_("with share_of the limit is a share: at most 1, not {limit:g}").format(limit=self.limit))

    def filled(self, place: int, periods: Periods, resolve: Resolver) -> Rule:
        """The rule with its measures and periods."""
        needed = self.at_most is None  # of nothing there is no minimum, and a share of all would forbid all
        whole = None if self.share_of is None else resolve.measures(self.share_of, ("rules", place, "share_of"), not needed)
        return replace(
            self,
            measures=resolve.measures(self.where, ("rules", place, "where"), needed),
            periods=self.periods or tuple(p.id for p in periods),
            share_of_measures=whole,
        )


def as_parts(value: object) -> object:
    """`gaps` is short for {gaps: 1}."""
    return {value: 1.0} if isinstance(value, str) else value


class Goal(Thing, counts_as="Goal"):
    """One step of the ordered goals.

    `weights` has the indicators that count. `period_weights` None stands for the years of a period for gaps, and 1 for
    benefit. `cities` are those whose gaps the parts about gaps speak of.
    """

    parts: Annotated[FrozenDict[str, float], AsRead(
        Annotated[FrozenDict[Part, Amount], BeforeValidator(as_parts), Field(min_length=1)]
    )] = says(
        "gaps, worst_city, worst_share (mean gap of the worst share of people), spending (public, with interest), starts, "
        "emissions or benefit (made as large as possible); or several with weights; or, alone, worst_off_first (the worst "
        "city's gap, then the second worst city's, and so on)", key="minimise",
    )  # fmt: skip
    worst_share_of: PositiveShare | None = says(
        "share of people who are the worst off, for worst_share: 0.25 is the quarter of all people with the largest gaps, "
        "each with the gap of their city; people count by the weights of the periods", default=None, unit="share",
        empty="needed with worst_share, and with nothing else", later=True,
    )  # fmt: skip
    curve: Annotated[Number, Field(ge=1, le=4)] | None = says(
        "how much more a gap weighs the larger it is, for the parts about gaps: with 2 a gap twice as large weighs four "
        "times as much; a gap counts as the linear pieces through (k / pieces, (k / pieces) to the power of the curve)",
        default=None, empty="1: every bit of a gap weighs alike", later=True,
    )  # fmt: skip
    pieces: Annotated[int, BeforeValidator(as_whole), Field(ge=2, le=20)] | None = says(
        "number of linear pieces of the curve", default=None, empty="8 with a curve above 1, and needless else", later=True
    )
    where: Where = says(
        "selection of the cities whose gaps count, for the parts about gaps", default=FrozenDict(), empty="all cities"
    )
    weights: Annotated[FrozenDict[str, float], AsRead(FrozenDict[Name, Amount] | None)] = says(
        "indicator -> weight; an indicator left out does not count", default=None, empty="1 for every indicator",
        names="an indicator",
    )  # fmt: skip
    weigh_by: Name = says(
        "what a city weighs: population (of a service for some people: those, scaled to all), equally, trips, gdp, jobs, "
        "area_km2 or a name of `people`", default="population",
    )  # fmt: skip
    period_weights: FrozenDict[Name, Amount] | None = says(
        "what a period weighs, by period", default=None, empty="gaps: its years; benefit: 1", names="a period"
    )
    tolerance: Annotated[Amount, Field(le=1)] = says(
        "how much of its value later goals may give up (plus 1e-6)", default=1e-4, unit="share"
    )
    discounted: YesNo = says("whether spending is discounted to the first year", default=False)
    at_most: Number | None = says(
        "what the goal's value may be at most in any plan (benefit counts with a minus)", default=None, empty="no limit"
    )
    name: str = worked_out(default="")
    cities: tuple[str, ...] = worked_out(default=())

    @property
    def silent(self) -> frozenset[str]:
        return frozenset() if self.gap_parts else frozenset({"weights", "curve", "pieces"})

    @property
    def gap_parts(self) -> dict[str, float]:
        """Its parts that weigh gaps by indicator, city and period; empty for a goal that is not about gaps."""
        return {part: weight for part, weight in self.parts.items() if PARTS[part].about_gaps}

    @property
    def worst_people(self) -> float:
        """The share of people who are the worst off; all of them where it is not said."""
        return self.worst_share_of or 1.0

    @property
    def is_about_worst_people(self) -> bool:
        """Whether the worst share of people is a part of it."""
        return self.parts.get("worst_share", 0.0) > 0

    @property
    def measured_by(self) -> tuple[Any, ...]:
        """All that it says of what its value is: two goals that say the same have values to set side by side."""
        return (*(getattr(self, key) for key in WORTH), self.weights, self.discounted, self.cities)

    @property
    def without_share(self) -> bool:
        """Whether it is about the worst share of people and does not say which share."""
        return "worst_share" in self.parts and self.worst_share_of is None

    @property
    def idle_share(self) -> bool:
        """Whether it says a share of people and is not about the worst share of them."""
        return "worst_share" not in self.parts and self.worst_share_of is not None

    @property
    def is_curved(self) -> bool:
        """Whether its gaps weigh more the larger they are."""
        return self.curve is not None and self.curve > 1 and bool(self.gap_parts)

    def filled(self, place: int, before: Iterable[Goal], indicators: tuple[str, ...], resolve: Resolver) -> Goal:
        """The goal with a name of its own among those before it, and with its cities."""
        name = " + ".join(f"{weight:g} {part}" if weight != 1 else part for part, weight in self.parts.items())
        alike = sum(g.name == name or g.name.startswith(f"{name} (") for g in before)
        return replace(
            self,
            name=f"{name} ({alike + 1})" if alike else name,
            weights=FrozenDict(dict.fromkeys(indicators, 1.0)) if self.weights is None else self.weights,
            curve=self.curve if self.is_curved else None,
            pieces=(self.pieces or PIECES) if self.is_curved else None,
            cities=resolve.cities(self.where, ("goals", place, "where"), needed=True),
        )


def usual_goals(indicators: tuple[str, ...]) -> tuple[Goal, ...]:
    """The goals of a case that says none; a case without indicators has no gaps to close."""
    parts = ("gaps", "spending", "starts") if indicators else ("spending", "starts")
    return tuple(Goal.read({"minimise": part}) for part in parts)


class Absent(Enum):
    """What stands for a key that is not there, where null would mean something."""

    ABSENT = "absent"


Change = Annotated[float | None, BeforeValidator(as_number)]  # null is no number to change by


class Edit(Thing, counts_as="Edit"):
    """One edit of a scenario: of a column of a table, or of a key of case.yaml."""

    table: Name | None = says("table, without .csv; this or `key`", default=None)
    where: Where = says("selection of rows, by the table's columns", default=FrozenDict(), empty="all rows")
    column: Name | None = says("column that changes", default=None)
    key: Text | None = says("dotted path in case.yaml, such as services.care.per_1000.2030", default=None)
    set_to: Any = says("new value; an empty text empties a cell", default=Absent.ABSENT, key="set", empty="none")
    multiply: Change = says("factor", default=None)
    add: Change = says("what is added", default=None)

    @property
    def sets(self) -> bool:
        """Whether it puts a new value, rather than changing a number."""
        return self.set_to is not Absent.ABSENT

    def check(self) -> None:
        exactly_one(self, "table", "key")
        if (self.table is None) != (self.column is None):
            raise ValueError(_("needs column together with table"))
        if self.key is not None and self.where:
            raise ValueError(_("where selects rows of a table; a key has none"))
        if self.sets + (self.multiply is not None) + (self.add is not None) != 1:
            raise ValueError(_("needs exactly one of set, multiply, add"))

    def changed(self, number: float) -> float:
        """A number after the edit."""
        return number * self.multiply if self.multiply is not None else number + (self.add or 0.0)


class Scenario(Named, counts_as="Scenario"):
    """Named edits of the case."""

    description: Text = says("what the scenario asks, in a sentence", default="")
    based_on: Name | None = says("scenario whose edits come first", default=None)
    edits: tuple[Edit, ...] = says("edits, in order", default=())
