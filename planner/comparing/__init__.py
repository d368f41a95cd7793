"""Two or more plans side by side: what was asked, what is chosen, what comes of it, and which is better.

Plans may be of one case, of its scenarios, of different cases, or made by hand. Where a plan does not have what another
has (a city, a period, an indicator), its cell is empty, and `notes` says so. Needs plans only: nothing is solved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import nan
from typing import ClassVar

import pandas as pd

from planner.case import Case, FrozenDict, naming
from planner.comparing import choices, inputs, sides
from planner.comparing.ranking import PROMISES, Relation, relation
from planner.plans.plan import UNSURE, Plan
from planner.plans.totals import starts_of
from planner.promises import broken_in_words
from planner.scorecard import across
from planner.words.said import Sentence, _, counted, series

__all__ = ["PROMISES", "Comparison", "PlanChanged", "Relation", "are_one", "compare"]

PLAN = "<plan>"  # stands for a column for each plan, named like it

TABLES: Mapping[str, Mapping[str, str]] = {
    "plans": {
        "plan": "name of the plan",
        "case": "name of its case",
        "title": "of its case",
        "scenario": "of its case",
        "status": "of the plan, as its plan.json has it",
        "audit": "passed, failed, not run, changed (since), or no digest",
        "reason": "why it is not proven, or why there is none",
        "case_hash": "equal for cases that ask the same question",
    },
    "relations": {
        "plan": "name of a plan",
        "other": "name of another",
        "comparable": "whether their goals measure the same: yes or no",
        "better": "the better one, in the first goal in which they differ; empty if in none",
        "decided_by": "that goal; promises if only one of them keeps all its promises",
        "dominates": "whether the better one is no worse in any goal: yes or no",
        "worse_in": "goals in which the better one is worse",
        "reason": "why they are not comparable, or what has to be kept in mind",
    },
    "inputs": {
        "file": "of the case, as it was solved: scenario applied, defaults filled in",
        "row": "what names the row; empty in case.yaml",
        "column": "of the table; in case.yaml the key, dots between",
        "difference": "value, or row where not every case has the row or key",
        PLAN: "what its case says; empty where it says nothing",
    },
    "figures": {
        "figure": "headline figure: gaps, money, jobs, emissions, measures, promises broken",
        "unit": "of it",
        PLAN: "its value",
    },
    "goals": {
        "step": "place of the goal in the order",
        "goal": "name of the goal",
        "figure": "value; bound (what no plan can beat); proof_gap (what is proven of the value, relative)",
        PLAN: "the figure, in the goal's own unit",
    },
    "decisions": {
        "measure": "id of a measure that some plan starts",
        "name": "of the measure",
        "kind": "of the measure",
        "city": "where, ';' between",
        "difference": "same; only in ...; moved (as many units, at other times); other size (in the same periods); or both",
        PLAN: "start period of its one unit, or period: units; 'not offered' where its case gives no such choice",
    },
    "starts": {
        "measure": "id of a measure",
        "start_period": "period in which works start",
        PLAN: "units that start; empty only if it holds no decisions",
    },
    "costs": {
        "measure": "id of a measure",
        "figure": "capital_cost, private_cost, running_cost: over the whole horizon",
        PLAN: "in the unit of its case's money",
    },
    "gaps": {
        "indicator": "id of the indicator",
        "city": "id of the city",
        "period": "id of the period",
        "state": "with the plan, or without it",
        PLAN: "gap, share 0-1",
    },
    "levels": {
        "indicator": "id of the indicator",
        "city": "id of the city",
        "period": "id of the period",
        "unit": "the indicator's own unit",
        "state": "with the plan, or without it",
        PLAN: "figure in that unit; empty also where there is no route",
    },
    "city_gaps": {
        "city": "id of the city; empty for all cities together",
        "period": "id of the period",
        PLAN: "mean gap with the plan, weighted as the first goal about gaps does, share 0-1",
    },
    "jurisdictions": {
        "jurisdiction": "its name",
        "period": "id of the period",
        "figure": "pays, paid_by_others (money), gap_without, gap_with (share 0-1), people_brought_to_standard, "
        "people_worse_off (person-equivalents)",
        PLAN: "the figure",
    },
    "clusters": {
        "tier": "place of the cities in their cluster; empty for all of them",
        "figure": "of plans of different clusters: gaps, money and jobs a head, what is known",
        "unit": "of it",
        PLAN: "its value in the last period; money over the horizon; empty where it is not known",
    },
    "indicators": {
        "indicator": "of plans of different clusters: name of an indicator",
        "unit": "of it",
        "standard": "what leaves no gap and what is a whole one; equal in these three, indicators mean the same",
        "tier": "place of the cities in their cluster; empty for all of them",
        "state": "with the plan, or without it",
        PLAN: "mean gap by people in the last period, share 0-1; empty where the case has no such indicator",
    },
    "money": {
        "line": "id of the budget line",
        "period": "id of the period",
        "figure": "a column of the plan's money table: amount, capital, running, tax, unspent ...",
        PLAN: "in the unit of its case's money",
    },
}  # fmt: skip


class PlanChanged(ValueError):
    """A plan that was edited since its audit and makes no sense any more; `plan` is its name."""

    def __init__(self, plan: str, message: str) -> None:
        super().__init__(message)
        self.plan = plan


@dataclass(frozen=True)
class Way:
    """How plans differ in measures.

    Attributes
    ----------
    kind
        One of `choices.WAYS`; empty where only some of the plans start any.
    plans
        Those that do, where not all do.
    """

    kind: str
    plans: tuple[str, ...] = ()


@dataclass(frozen=True)
class Headline:
    """A headline figure with its value in each plan.

    Attributes
    ----------
    figure
        As the table of figures calls it.
    measured
        In what, as `sides.FIGURES` has it; otherwise its unit.
    airshed
        Whose emissions it tells; empty for other figures.
    case
        The first case that has such a unit.
    """

    figure: str
    measured: str
    airshed: str
    case: Case = field(repr=False)
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Plans side by side.

    Attributes
    ----------
    names
        A name for each plan, no two alike; columns of the tables are named so.
    plans
        The plans, in the same order.
    relations
        How each two of them stand to each other.
    notes
        What has to be kept in mind: plans without decisions, changed plans, what only some plans have.
    tables
        Name -> table; columns as in `TABLES`, where `<plan>` stands for a column for each plan.
    """

    names: tuple[str, ...]
    plans: tuple[Plan, ...] = field(repr=False)
    relations: tuple[Relation, ...]
    notes: tuple[str, ...]
    tables: FrozenDict[str, pd.DataFrame] = field(compare=False, repr=False)

    TABLES: ClassVar[Mapping[str, Mapping[str, str]]] = TABLES

    @property
    def counts_alike(self) -> bool:
        """Whether money is in one unit and at prices of one year, so that amounts may be taken from one another."""
        return len({(plan.case.money.unit, plan.case.money.prices) for plan in self.plans}) == 1

    def table(self, name: str) -> pd.DataFrame:
        """A copy of one of the tables, free to change."""
        return self.tables[name].copy()

    def ways(self) -> dict[Way, list[str]]:
        """The measures that plans start, by how they differ: those that only some start first, those alike last."""
        groups: dict[Way, list[str]] = {}
        table, units = self.tables["decisions"], self.tables["starts"]
        for measure, kind in zip(table["measure"], table["difference"], strict=True):
            mine = units[units["measure"] == measure]
            way = Way(kind) if kind in choices.WAYS else Way("", tuple(n for n in self.names if (mine[n] > 0).any()))
            groups.setdefault(way, []).append(measure)
        order = ("", *choices.WAYS)
        return dict(sorted(groups.items(), key=lambda item: (order.index(item[0].kind), item[0].plans)))

    def headline(self) -> list[Headline]:
        """The headline figures, each once for every unit that it is in."""
        cases = [plan.case for plan in self.plans]
        airsheds = {sides.emissions_of(airshed): airshed for case in cases for airshed in case.airsheds}
        found: list[Headline] = []
        for figure, unit, *values in self.tables["figures"].itertuples(index=False):
            of, airshed = sides.FIGURES.get(figure, unit), airsheds.get(figure, "")
            having = [case for case in cases if (airshed in case.airsheds if airshed else sides.unit_of(case, of) == unit)]
            case = having[0] if having else cases[0]
            found.append(Headline(figure, of, airshed, case, tuple(map(float, values))))
        return found

    @property
    def is_apart(self) -> bool:
        """Whether the plans are of different clusters: no two have a city in common."""
        return across.are_apart([plan.case for plan in self.plans])

    @property
    def period(self) -> str | None:
        """Id of the last period that all plans have; None if they have none in common."""
        shared = [t for t in self.plans[0].case.period_ids if all(t in plan.case.period_ids for plan in self.plans)]
        return shared[-1] if shared else None


def compare(plans: Sequence[Plan], names: Sequence[str] | None = None) -> Comparison:
    """Two or more plans side by side.

    Parameters
    ----------
    plans
        The plans; differences are from the first to the others.
    names
        A name for each; by default <case>--<scenario>. Names that are alike are numbered.

    Raises
    ------
    ValueError
        Fewer than two plans.
    PlanChanged
        A plan was edited since its audit, and its tables do not fit its case any more.
    """
    if len(plans) < 2:
        raise ValueError("two plans or more are needed to compare")
    some = tuple(plans)
    names = _told_apart(tuple(f"{p.case.name}--{p.case.scenario}" for p in some) if names is None else names)
    for name, plan in zip(names, some, strict=True):
        _check(name, plan)
    relations = tuple(relation((names[a], names[b]), (some[a], some[b])) for a, b in combinations(range(len(some)), 2))
    apart = across.are_apart([plan.case for plan in some])
    notes = (*_notes_on_each(names, some), *_alike(names, some), *_not_in_all(names, some, apart))
    return Comparison(names, some, relations, notes, FrozenDict(_tables(names, some, relations)))


def _told_apart(wanted: Sequence[str]) -> tuple[str, ...]:
    """Names of which no two are alike, and none is that of another column."""
    fixed = {column for table in TABLES.values() if PLAN in table for column in table}
    found: list[str] = []
    for name in wanted:
        plain = f"{name} (plan)" if name in fixed else name
        chosen, n = plain, 1
        while chosen in found:
            n += 1
            chosen = f"{plain} ({n})"
        found.append(chosen)
    return tuple(found)


def _check(name: str, plan: Plan) -> None:
    """Refuse a plan whose tables do not fit its case, as can be after an edit."""
    if not plan.has_decisions:
        return
    try:
        for values in (sides.headline, sides.city_gaps, sides.starts):
            values(plan)
    except (KeyError, IndexError, ValueError, ZeroDivisionError) as problem:
        if not plan.may_be_edited:
            raise
        said = _("{plan} {what} and makes no sense any more: run planner audit")
        raise PlanChanged(name, said.format(plan=name, what=UNSURE[plan.audit])) from problem


def _tables(names: Sequence[str], plans: Sequence[Plan], relations: Sequence[Relation]) -> dict[str, pd.DataFrame]:
    yes = {True: "yes", False: "no"}
    cases = [plan.case for plan in plans]
    apart = across.are_apart(cases)  # then all inputs differ, and cities stand for themselves
    about = [
        (name, p.case.name, p.case.title, p.case.scenario, p.status, p.audit, p.reason, p.case.content_hash)
        for name, p in zip(names, plans, strict=True)
    ]
    related = [
        (r.one, r.other, yes[r.comparable], r.better, r.decided_by, yes[r.dominates], "; ".join(r.worse_in), r.reason)
        for r in relations
    ]
    figures: dict[str, tuple[Callable[[Plan], sides.Values], float]] = {  # and what it means that a plan lacks one
        "figures": (sides.headline, nan),
        "goals": (sides.goals, nan),
        "starts": (sides.starts, 0.0),
        "costs": (lambda plan: sides.melted(plan, "decisions", ("measure",), sides.COSTS), 0.0),
        "gaps": (sides.gaps, nan),
        "levels": (sides.levels, nan),
        "city_gaps": (sides.city_gaps, nan),
        "jurisdictions": (lambda plan: sides.melted(plan, "jurisdictions", ("jurisdiction", "period"), sides.SHARED), nan),
        "clusters": (across.figures if apart else lambda plan: {}, nan),
        "indicators": (across.indicators if apart else lambda plan: {}, nan),
        "money": (lambda plan: sides.melted(plan, "money", ("line", "period"), sides.CASH), nan),
    }
    found = {
        "plans": sides.frame(_fixed("plans"), (), about),
        "relations": sides.frame(_fixed("relations"), (), related),
        "inputs": sides.frame(_fixed("inputs"), names, [] if apart else inputs.differences(cases), text=True),
        "decisions": sides.frame(_fixed("decisions"), names, choices.matrix(names, plans), text=True),
    } | {
        name: sides.frame(_fixed(name), names, sides.of_each(plans, values, elsewhere))
        for name, (values, elsewhere) in figures.items()
    }
    return {name: found[name] for name in TABLES}


def _fixed(table: str) -> list[str]:
    return [column for column in TABLES[table] if column != PLAN]


def _notes_on_each(names: Sequence[str], plans: Sequence[Plan]) -> list[str]:
    """What a reader should know of each plan before its figures are believed."""
    notes: list[str] = []
    for name, plan in zip(names, plans, strict=True):
        if not plan.has_decisions:
            none = _("no plan keeps all targets and rules") if plan.status == "infeasible" else _("none was found")
            notes.append(
                _("{plan} holds no decisions ({why}): only its inputs are compared.").format(
                    plan=name, why=plan.reason or none
                )
            )
            continue
        if plan.may_be_edited:
            notes.append(MAY_NOT_FOLLOW[plan.audit].format(plan=name))
        if plan.audit == "failed":
            notes.append(_("{plan} failed its audit: do not rely on its figures.").format(plan=name))
        if plan.broken:
            promises: list[str] = [
                *broken_in_words(plan.case, plan.broken[:SHOWN]),
                *(["..."] if len(plan.broken) > SHOWN else []),
            ]
            said = _("{plan} breaks {number} of its promises: {promises}.") if len(plan.broken) <= SHOWN else (
                _("{plan} breaks {number} of its promises: {promises}")
            )  # fmt: skip
            notes.append(said.format(plan=name, number=len(plan.broken), promises=series(promises, "; ")))
    return notes


SHOWN = 3  # broken promises
MAY_NOT_FOLLOW = {
    "changed": _("{plan} was changed since it was audited: its figures may not follow from its decisions."),
    "no digest": _(
        "{plan} has no digest, so that nobody can tell whether it was changed since it was audited: its figures may not "
        "follow from its decisions."
    ),
}


def _alike(names: Sequence[str], plans: Sequence[Plan]) -> list[str]:
    """Which plans are the same: of the same case, with the same decisions and goals."""
    return [
        _("{one} and {other} are the same plan: same inputs, same decisions.").format(one=names[a], other=names[b])
        for a, b in combinations(range(len(plans)), 2)
        if plans[a].has_decisions
        and plans[a].status == plans[b].status
        and plans[a].case.content_hash == plans[b].case.content_hash
        and starts_of(plans[a]) == starts_of(plans[b])
    ]


def are_one(plans: Sequence[Plan]) -> bool:
    """Whether plans are copies of one: alike in every word and figure, so that nothing can be said of how they differ."""
    first = plans[0]
    return all(
        other == first
        and other.case.content_hash == first.case.content_hash
        and other.tables.keys() == first.tables.keys()
        and all(other.tables[name].equals(table) for name, table in first.tables.items())
        for other in plans[1:]
    )


Of = Callable[[Case], Mapping[str, str]]  # id -> name
SoMany = Callable[[int], Sentence]
THINGS: Mapping[str, tuple[Of, SoMany]] = {  # what cases may have or not, and so many of them in words
    "periods": (
        lambda case: {p.id: p.label for p in case.periods},
        lambda number: counted(number, "the period {names}", "the periods {names}"),
    ),
    "cities": (
        lambda case: {i: naming.name_of(city) for i, city in case.cities.items()},
        lambda number: counted(number, "the city {names}", "the cities {names}"),
    ),
    "indicators": (
        lambda case: {x: naming.indicator(case, x) for x in case.indicators},
        lambda number: counted(number, "the indicator {names}", "the indicators {names}"),
    ),
    "lines": (
        lambda case: {line: naming.line(case, line) for line in case.lines},
        lambda number: counted(number, "the budget line {names}", "the budget lines {names}"),
    ),
}
OF_EACH_CLUSTER = ("cities", "lines")  # its own: of different clusters nobody expects the same


def _not_in_all(names: Sequence[str], plans: Sequence[Plan], apart: bool) -> list[str]:
    """What only some of the cases have, so that the cells of the others are empty; and money in different units.

    Of different clusters what each has of its own is not said.
    """
    notes: list[str] = []
    for of, so_many in (both for what, both in THINGS.items() if not apart or what not in OF_EACH_CLUSTER):
        each = [of(plan.case) for plan in plans]
        everything = {key: label for some in reversed(each) for key, label in some.items()}
        without: dict[tuple[str, ...], list[str]] = {}
        for name, some in zip(names, each, strict=True):
            without.setdefault(tuple(label for key, label in everything.items() if key not in some), []).append(name)
        for missing, some_names in without.items():
            if missing:
                said = counted(
                    len(some_names),
                    "{plans} does not have {things}: its cells are empty there.",
                    "{plans} do not have {things}: their cells are empty there.",
                )
                things = so_many(len(missing)).format(names=series(missing))
                notes.append(said.format(plans=series(some_names, " and "), things=things))
    units: dict[tuple[str, str], list[str]] = {}
    for name, plan in zip(names, plans, strict=True):
        units.setdefault((plan.case.money.unit, str(plan.case.money.prices)), []).append(name)
    if len(units) > 1:
        each_unit = _("{plans} in {unit} of {year}")
        parts = [each_unit.format(plans=series(some, " and "), unit=u, year=year) for (u, year), some in units.items()]
        different = _("Money is counted in different units, so amounts cannot be set side by side: {units}.")
        notes.append(different.format(units=series(parts)))
    return notes
