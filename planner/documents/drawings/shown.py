"""Which measures a map shows: those of some kinds, starts, payers or realities; and what is told of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.case import Case, naming
from planner.documents import vocabulary
from planner.documents.built import payers
from planner.plans.plan import Plan
from planner.plans.totals import Chosen, chosen_measures
from planner.words import numbers
from planner.words.said import _, count, series, told


@dataclass(frozen=True)
class Only:
    """What is left of a plan's measures; whatever is empty leaves all.

    Attributes
    ----------
    kinds, starts, payers, realities
        Kinds of measures, periods in which works start, budget lines that pay, and how real they are; ids.
    """

    kinds: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    realities: tuple[str, ...] = ()

    def has(self, chosen: Chosen) -> bool:
        """Whether a measure is one of them."""
        measure = chosen.measure
        return (
            (not self.kinds or measure.kind in self.kinds)
            and (not self.starts or any(start in self.starts for start in chosen.units))
            and (not self.payers or any(line in self.payers for line in chosen.paid_by))
            and (not self.realities or (measure.reality or "") in self.realities)
        )


ALL = Only()


def measures(plan: Plan, only: Only = ALL) -> dict[str, Chosen]:
    """Measure -> what the plan starts of it, where it is one of those shown."""
    return {chosen.measure.id: chosen for chosen in chosen_measures(plan) if only.has(chosen)}


def choices(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Field of `Only` -> what the plan has of it, in the order of the case."""
    every = chosen_measures(plan)
    case = plan.case
    return {
        "kinds": tuple(kind for kind in vocabulary.KINDS if any(c.measure.kind == kind for c in every)),
        "starts": tuple(p for p in case.period_ids if any(p in c.units for c in every)),
        "payers": tuple(line for line in case.lines if any(line in c.paid_by for c in every)),
        "realities": tuple(r for r in vocabulary.REALITIES if r and any(c.measure.reality == r for c in every)),
    }


def called(case: Case, field: str, id_: str) -> str:
    """What one of the choices of a field is called."""
    if field == "kinds":
        return vocabulary.KINDS[id_]
    if field == "starts":
        return case.period(id_).label
    return naming.line(case, id_) if field == "payers" else vocabulary.REALITIES[id_]


def about(case: Case, some: list[Chosen]) -> dict[str, str]:
    """What pointing at measures tells of them together: name, cost, who pays, from when."""
    dearest = max(some, key=lambda chosen: chosen.capital)
    names = [naming.name_of(chosen.measure) for chosen in some]
    public = sum(chosen.capital - chosen.private for chosen in some)
    most = names if len(names) <= NAMED else [*names[:NAMED], count(len(names) - NAMED, "more", "more")]
    return {
        "measure": told(series(most, "; ")),
        "cost": told(_("{amount} {unit}").format(amount=numbers.figure(public), unit=case.money.unit)),
        "payer": told(payers(case, dearest)),
        "opens": str(min(chosen.opens for chosen in some)),
    }


NAMED = 3
