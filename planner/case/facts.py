"""Facts about a cluster that no plan changes, and figures of other clusters: what a scorecard sets a case beside.

Nothing here reaches the model, so it does not count in the content of a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planner.case.declared import says
from planner.case.places import Row
from planner.case.values import Amount, Label, Name, Year
from planner.words.said import Sentence, _

CLUSTER = "cluster"  # in place of a city or a jurisdiction: all of it
Level = Literal["city", "jurisdiction", "cluster"]
PER_CENT = 100.0


@dataclass(frozen=True)
class FactKind:
    """A fact that a case may state.

    Attributes
    ----------
    meaning
        What it is, in words.
    unit
        What it is counted in.
    of
        Whose it may be.
    most
        Largest value that makes sense.
    """

    meaning: Sentence
    unit: Sentence
    of: tuple[Level, ...]
    most: float | None = None


BRANCHES: Mapping[str, Sentence] = {  # of the economy, as the census of population counts employment
    "agriculture": _("agriculture"),
    "mining": _("mining"),
    "manufacturing": _("manufacturing"),
    "utilities": _("utilities"),
    "construction": _("construction"),
    "trade": _("trade"),
    "transport": _("transport, storage and post"),
    "hotels": _("hotels and catering"),
    "information": _("information and software"),
    "finance": _("finance"),
    "real_estate": _("real estate"),
    "business": _("business services"),
    "science": _("science and technology"),
    "education": _("education"),
    "health": _("health and social work"),
    "administration": _("public administration"),
    "other": _("all other branches"),
}
"""Branch -> its name; a case states `employed_<branch>` of each city."""

INDEX: Mapping[str, Sentence] = {
    "innovation": _("innovation"),
    "coordination": _("coordination"),
    "green": _("green development"),
    "openness": _("openness"),
    "shared": _("shared development"),
}
"""The five parts of the index of regional development that China's statistics office publishes."""

_KM, _SHARE, _INDEX = _("km"), _("% of the country"), _("base year = 100")
_DENSITY = _("km per 1,000 km2")
_ALL: tuple[Level, ...] = ("city", "jurisdiction", "cluster")
_LARGE: tuple[Level, ...] = ("jurisdiction", "cluster")

FACTS: Mapping[str, FactKind] = {
    "motorway_km": FactKind(_("motorways"), _KM, _ALL),
    "motorway_density": FactKind(_("motorways, where only the density is known"), _DENSITY, ("cluster",)),
    "rail_km": FactKind(_("railways of all kinds"), _KM, _ALL),
    "rail_density": FactKind(_("railways of all kinds, where only the density is known"), _DENSITY, ("cluster",)),
    "high_speed_rail_km": FactKind(_("high-speed railways"), _KM, _ALL),
    "high_speed_rail_density": FactKind(_("high-speed railways, where only the density is known"), _DENSITY, ("cluster",)),
    "employed": FactKind(_("people who work"), _("people"), ("city",)),
    **{
        f"employed_{branch}": FactKind(_("of those who work, in {branch}").format(branch=name), _("%"), ("city",), PER_CENT)
        for branch, name in BRANCHES.items()
    },
    "professionals": FactKind(_("of those who work, professional and technical staff"), _("%"), ("city",), PER_CENT),
    "degrees": FactKind(_("people with higher education"), _("per 100,000 people"), ("city",), 100_000.0),
    "research_spending": FactKind(_("spending on research and development"), _("% of GDP"), ("cluster",), PER_CENT),
    "patents": FactKind(_("valid invention patents"), _("per 10,000 people"), ("cluster",)),
    "co_built_parks": FactKind(_("parks that two governments run together"), _("parks"), ("cluster",)),
    "instruments_barrier_removal": FactKind(_("instruments in force that remove barriers"), _("instruments"), _LARGE),
    "instruments_auxiliary": FactKind(_("auxiliary instruments in force"), _("instruments"), _LARGE),
    "instruments_supportive": FactKind(_("supportive instruments in force"), _("instruments"), _LARGE),
    "instruments_incentive": FactKind(_("incentives in force"), _("instruments"), _LARGE),
    "instruments_subsidy": FactKind(_("subsidies in force"), _("instruments"), _LARGE),
    "share_population": FactKind(_("people of the cluster"), _SHARE, ("cluster",), PER_CENT),
    "share_land": FactKind(_("land of the cluster"), _SHARE, ("cluster",), PER_CENT),
    "share_output": FactKind(_("output of the cluster"), _SHARE, ("cluster",), PER_CENT),
    "published_index": FactKind(_("index of regional development as published"), _INDEX, ("cluster",)),
    **{
        f"published_index_{part}": FactKind(_("its part {part} as published").format(part=name), _INDEX, ("cluster",))
        for part, name in INDEX.items()
    },
}
"""Fact -> what it is; the one place where a fact is declared."""

if TYPE_CHECKING:
    FactName = str
else:
    FactName = Literal[tuple(FACTS)]


class Fact(Row, counts_as="Fact"):
    """A fact about a city, a jurisdiction or the whole cluster that no plan changes, for the scorecard."""

    of: Name = says("a city, a jurisdiction, or `cluster`: all of it")
    fact: FactName = says("which fact, see below")
    value: Amount = says("how much", unit="the fact's")
    year: Year | None = says("of which year", default=None, empty="not said")


class Benchmark(Row, counts_as="Benchmark"):
    """A figure of another cluster, to set a scorecard beside; a case without any has those that come with the program."""

    cluster: Label = says("name of the other cluster")
    cluster_zh: Label = says("Chinese name", default="", empty="`cluster`")
    figure: Name = says("figure of the scorecard, by its id")
    value: Amount = says("how much", unit="the figure's")
    year: Year | None = says("of which year", default=None, empty="not said")
    case: Label = says(
        "name of the case of that cluster: where it is shown itself, the benchmark is left out", default="", empty="none"
    )
