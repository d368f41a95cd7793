"""Steps of the goals: one solve each. A goal is one step; one that takes the worst off first has a step for each city."""

from __future__ import annotations

from dataclasses import dataclass

from planner.solver.linear import LinearProgram, Name, Objective
from planner.words.said import _


@dataclass(frozen=True)
class Step:
    """One solve.

    Attributes
    ----------
    goal
        Which of the case's goals it belongs to.
    objective
        Name of what it minimises, in the program.
    number, steps
        Which city of how many it is about, from 1, where the goal has several steps; else 0.
    """

    goal: int
    objective: Name
    number: int = 0
    steps: int = 0

    @property
    def about(self) -> str:
        """Which city of how many, as people are told; empty where the goal has one step."""
        return _("city {n} of {all}").format(n=self.number, all=self.steps) if self.steps else ""

    def label(self, goal: str) -> str:
        """The step as people are told of it, given its goal's name."""
        return f"{goal}, {self.about}" if self.about else goal

    def in_program(self, program: LinearProgram) -> Objective:
        """What it minimises."""
        return program.objectives[self.objective]


def steps_of(program: LinearProgram) -> tuple[Step, ...]:
    """The steps of all goals of a program, in order."""
    found: list[Step] = []
    for g in sorted(index for component, index in program.objectives if component == "goal"):
        names = [("goal", g)]
        names += sorted(name for name in program.objectives if name[0] == "worst_cities" and name[1][0] == g)
        several = len(names) > 1
        found += [Step(g, name, *((n, len(names)) if several else ())) for n, name in enumerate(names, start=1)]
    return tuple(found)
