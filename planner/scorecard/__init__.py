"""The scorecard of a cluster: four parts and outcomes, each figure today, without a plan and with it.

Needs plans only: nothing is solved. Of a case without a plan the command works out a plan that starts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.case.facts import Fact
from planner.plans.plan import Plan
from planner.scorecard import figures
from planner.scorecard.figures import FIGURES, PARTS, Figure, Part
from planner.scorecard.world import STATES, State, World
from planner.words.said import Sentence, _

__all__ = ["FIGURES", "PARTS", "STATES", "Entry", "Part", "Scorecard", "State", "scorecard"]


@dataclass(frozen=True)
class Entry:
    """A figure of a scorecard.

    Attributes
    ----------
    id
        What files call it.
    figure
        As it is declared.
    name, unit
        In words.
    values
        State -> its value; None where it is not known, or where it has none of that state.
    facts
        Facts of the case that it rests on.
    """

    id: str
    figure: Figure = field(repr=False)
    name: str
    unit: str
    values: dict[State, float | None]
    facts: tuple[Fact, ...] = field(default=(), repr=False)

    @property
    def means(self) -> tuple[str, str, str]:
        """What tells its meaning: figures of two clusters may be set side by side where this is the same."""
        return self.id, str(self.name), str(self.unit)

    @property
    def is_known(self) -> bool:
        """Whether it has a value in any state."""
        return any(value is not None for value in self.values.values())

    @property
    def shown(self) -> float | None:
        """The value by which clusters are set beside each other: with the plan, or today where no plan changes it."""
        return self.values["with"] if self.figure.changes else self.values["today"]

    @property
    def year(self) -> str:
        """Of which years the facts are that it rests on."""
        years = sorted({fact.year for fact in self.facts if fact.year is not None})
        return "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"

    @property
    def sources(self) -> tuple[str, ...]:
        """Where these facts come from."""
        return tuple(dict.fromkeys(fact.source for fact in self.facts if fact.source))

    @property
    def lacks(self) -> Sentence:
        """What a case would have to state for it to be known."""
        if self.figure.needs is not None:
            return self.figure.needs
        return figures.in_facts(*self.figure.facts) if self.figure.facts else _("figures of the case")


@dataclass(frozen=True)
class Scorecard:
    """The figures of one cluster, in their order.

    Attributes
    ----------
    plan
        Of which it is.
    entries
        Id -> the figure.
    has_plan
        Whether there is a plan to be shown; of a case alone there are figures of today and without one.
    """

    plan: Plan = field(repr=False)
    entries: dict[str, Entry]
    has_plan: bool = True

    @property
    def unknown(self) -> list[Entry]:
        """Figures without any value."""
        return [entry for entry in self.entries.values() if not entry.is_known]

    @property
    def known(self) -> list[Entry]:
        """Figures with a value."""
        return [entry for entry in self.entries.values() if entry.is_known]


def scorecard(plan: Plan, has_plan: bool = True) -> Scorecard:
    """The scorecard of a plan with decisions.

    Parameters
    ----------
    plan
        The plan; of a case alone one that starts nothing.
    has_plan
        Whether it is somebody's plan: if not, figures with it are left out.
    """
    worlds = {state: World(plan, state) for state in STATES}
    entries = {}
    for figure in FIGURES.values():
        for of in figures.things(figure, plan.case):
            states = [s for s in STATES if (s == "today" and figure.today) or (s != "today" and figure.changes)]
            wanted = [s for s in states if has_plan or s != "with"]
            values = {s: figure.work(worlds[s], of) if s in wanted else None for s in STATES}
            id_ = figure.id.format(of=of)
            unit = figures.unit(figure, plan.case, of)
            facts = tuple(figures.stated_by(figure, worlds["today"]))
            entries[id_] = Entry(id_, figure, figures.name(figure, plan.case, of), unit, values, facts)
    return Scorecard(plan, entries, has_plan)


def scorecards(plans: Sequence[Plan]) -> list[Scorecard]:
    """The scorecards of several plans."""
    return [scorecard(plan) for plan in plans]
