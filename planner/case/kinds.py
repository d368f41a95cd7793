"""The kinds of measures: what all measures of a kind have in common, said once for cases, documents and drawings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from planner.words.said import Sentence, _, count

Kind = Literal["link", "facility", "hub", "policy", "park", "relocation", "abatement", "closure"]
Colour = Literal["blue", "sky", "green", "purple", "orange", "brown", "grey", "red", "yellow"]  # drawings say which they are

NO_EFFECT = _("case.yaml lists no effect of it, and it has no benefit")


@dataclass(frozen=True, kw_only=True)
class MeasureKind:
    """What all measures of a kind have in common.

    Attributes
    ----------
    name, several
        What one is called in a table, and what several are.
    counted
        So many of them.
    heading
        Over those that a plan has.
    colour
        In drawings.
    columns
        The columns of measures.csv that only some kinds have, of this one.
    park
        What its row of parks.csv says: jobs that it brings, or jobs that it ends; None = it has no such row.
    whole
        Whether it is there or not: one unit, which cannot be divided. Others may have several units.
    signed
        Whether it is signed rather than built.
    project
        Whether it may be what a plan would build next.
    symbol
        On maps, of what is built in one city: its shape, and where it stands around the city's dot (degrees).
    lacks
        Why a measure that nothing gives an effect has none.
    """

    name: Sentence
    several: Sentence
    counted: Callable[[float], Sentence]
    heading: Sentence
    colour: Colour
    columns: frozenset[str] = frozenset()
    park: Literal["brings", "ends"] | None = None
    whole: bool = False
    signed: bool = False
    project: bool = False
    symbol: tuple[str, float] | None = None
    lacks: Sentence = NO_EFFECT


KINDS: Mapping[Kind, MeasureKind] = {  # in the order of documents and drawings
    "link": MeasureKind(
        name=_("link"),
        several=_("links"),
        counted=lambda number: count(number, "link"),
        heading=_("Links"),
        colour="blue",
        whole=True,
        project=True,
        lacks=_("no row of links.csv needs it"),
    ),
    "hub": MeasureKind(
        name=_("hub"),
        several=_("hubs"),
        counted=lambda number: count(number, "hub"),
        heading=_("Hubs"),
        colour="sky",
        whole=True,
        project=True,
        symbol=("triangle-up", 90.0),
    ),
    "facility": MeasureKind(
        name=_("facility"),
        several=_("facilities"),
        counted=lambda number: count(number, "facility", "facilities"),
        heading=_("Facilities"),
        colour="green",
        columns=frozenset({"service", "capacity"}),
        project=True,
        symbol=("cross", -30.0),
        lacks=_("it has no service, no effect and no benefit"),
    ),
    "policy": MeasureKind(
        name=_("policy"),
        several=_("policies"),
        counted=lambda number: count(number, "policy", "policies"),
        heading=_("Policies"),
        colour="purple",
        columns=frozenset({"level", "signed_by"}),
        whole=True,
        signed=True,
    ),
    "park": MeasureKind(
        name=_("park"),
        several=_("parks"),
        counted=lambda number: count(number, "park"),
        heading=_("Parks"),
        colour="orange",
        columns=frozenset({"signed_by"}),
        park="brings",
        project=True,
        symbol=("square", 30.0),
    ),
    "relocation": MeasureKind(
        name=_("relocation"),
        several=_("relocations"),
        counted=lambda number: count(number, "relocation"),
        heading=_("Relocations"),
        colour="red",
        columns=frozenset({"from_city", "signed_by"}),
        project=True,
        symbol=("triangle-right", -90.0),
        lacks=_("case.yaml lists no {effect} of it, and it has no benefit").format(effect="relocate"),
    ),
    "abatement": MeasureKind(
        name=_("abatement"),
        several=_("abatement measures"),
        counted=lambda number: count(number, "abatement measure"),
        heading=_("Abatement of emissions"),
        colour="brown",
        symbol=("diamond", -150.0),
        lacks=_("case.yaml lists no {effect} of it, and it has no benefit").format(effect="lower_emissions"),
    ),
    "closure": MeasureKind(
        name=_("closure"),
        several=_("plants to close"),
        counted=lambda number: count(number, "plant to close", "plants to close"),
        heading=_("Plants closed"),
        colour="grey",
        park="ends",
        symbol=("triangle-down", 150.0),
    ),
}
