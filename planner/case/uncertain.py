"""What is uncertain: by how much figures of the case may turn out other than they are stated, and what they rest on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from planner.case.declared import FrozenDict, Thing, exactly_one, says, worked_out
from planner.case.places import Named
from planner.case.problems import not_one_of
from planner.case.reference import REFERENCE, Points
from planner.case.values import Name, Number, Share, Text, Where
from planner.words.said import _

if TYPE_CHECKING:
    from planner.case.selecting import Resolver

Figure = Literal["capital_cost", "running_cost", "jobs", "build_years", "people"]


class Spread(Thing, counts_as="Spread"):
    """Three points of what a figure may turn out to be."""

    p10: Number = says("one time in ten it is less")
    p50: Number = says("as often more as less")
    p90: Number = says("one time in ten it is more")

    def check(self) -> None:
        if not self.p10 <= self.p50 <= self.p90:
            raise ValueError(_("needs p10 <= p50 <= p90"))

    @property
    def points(self) -> Points:
        return self.p10, self.p50, self.p90


class Uncertain(Named, counts_as="Uncertain"):
    """A figure of some measures, or of some cities, that may turn out another; each is drawn, and all move together in part.

    A factor is lognormal in two pieces through its three points, years more are normal in two pieces, and rounded.
    """

    of: Figure = says(
        "which figure: costs of measures, jobs of parks (with their output, tax and emissions), years of works, or heads of "
        "cities"
    )
    where: Where = says(
        "selection of the measures, or of the cities", default=FrozenDict(), empty="all that have the figure"
    )
    heads: Name = says(
        "the head count that changes, where heads are what is uncertain", default="population", names="a head count"
    )
    reference: Name | None = says(
        "the reference class that the points are those of", default=None, empty="points of its own"
    )
    times: Spread | None = says("times as much as stated; above 0", default=None)
    add: Spread | None = says(
        "years more than stated, where years of works are what is uncertain", default=None, unit="years"
    )
    together: Share = says(
        "correlation of any two of them: 1 = all move as one, 0 = each by itself", default=0.5, unit="share"
    )
    source: Text = says("where the points come from; none: they are assumed, and plans say so", default="")
    measures: tuple[str, ...] = worked_out(default=())
    cities: tuple[str, ...] = worked_out(default=())

    def check(self) -> None:
        adds = self.of == "build_years"
        if self.reference is not None:
            if self.times is not None or self.add is not None:
                raise ValueError(_("needs one of them alone: {keys}").format(keys="reference, times, add"))
            if self.reference not in REFERENCE:
                raise ValueError(not_one_of(self.reference, _("a reference class"), REFERENCE))
            if REFERENCE[self.reference].adds != adds:
                raise ValueError(_("the reference class '{name}' is of another figure").format(name=self.reference))
            return
        exactly_one(self, "times", "add")
        if adds != (self.add is not None):
            raise ValueError(_("years of works need {add}, other figures {times}").format(add="add", times="times"))
        if self.times is not None and self.times.p10 <= 0:
            raise ValueError(_("needs {key} above 0").format(key="times"))

    @property
    def points(self) -> Points:
        """P10, P50 and P90: times as much, or years more."""
        if self.reference is not None:
            return REFERENCE[self.reference].points
        spread = self.times or self.add
        assert spread is not None
        return spread.points

    @property
    def is_assumed(self) -> bool:
        """Whether its points rest on nothing that is named."""
        return not self.source and (self.reference is None or REFERENCE[self.reference].is_assumed)

    def filled(self, resolve: Resolver) -> Uncertain:
        """The same with what it is about."""
        path = ("uncertain", self.id, "where")
        if self.of == "people":
            return replace(self, cities=resolve.cities(self.where, path))
        return replace(self, measures=resolve.measures(self.where, path))
