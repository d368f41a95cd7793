"""A case compiled and built once: the program that is searched and settled in, with all that is promised and fixed of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from models import evenness, gaps
from models.alone import Alone as PromisedAlone
from models.evenness import PIECES, Evenness
from models.gaps import Gaps
from models.instance import Gap, Instance
from models.measures import Follows, Made, Measures
from models.program import SEARCHED, Model, build
from models.services import Services
from planner.case import Case
from planner.compiling import compile_case
from planner.planning.decisions import Decisions
from planner.planning.figures import Settled
from planner.planning.in_order import Extension
from planner.planning.stand_alone import Alone, promise
from planner.promises.fairness import NO_LOSS
from planner.solver.linear import LinearProgram, Name, Vector, linear_program
from planner.solver.steps import Step, steps_of
from planner.words.said import _
from planner.work.stopping import FOREVER, Until


def instance_of(case: Case, check: Callable[[], None], promises_hold: bool = False) -> Instance:
    """A case compiled, with rows for what nobody may lose, whose limits are set once they are known."""
    instance = compile_case(case, check, promises_hold)
    if case.no_city_loses:
        instance = instance.having(replace(instance[Gaps], gap_limit=dict.fromkeys(instance.gaps, 1.0)))
    if case.nobody_worse_off:
        instance = instance.having(promise(case, instance))
    return instance


@cache
def _one_gap() -> LinearProgram:
    """The block evenness of one gap, of weight 1."""
    place = ("service", "city", "period")
    given = Instance(("period",), (Services(need={place: 1.0}), Evenness({place: 1.0})))
    return linear_program(build(given, blocks=(gaps, evenness)))


@dataclass(frozen=True)
class Built:
    """What follows from a case alone, and not from any decisions; a promise or a fixed start makes another one.

    Attributes
    ----------
    program
        All rows but those of evenness, which are for settling only.
    steps
        The goals' steps, in order: what the search minimises, and keeps.
    follows
        Decision of the model -> how it follows from the starts, where it does.
    promises
        Rows that a hand-made plan may break.
    limits_of_jobs
        Those of them that limit the jobs of parks also without the plan.
    alone
        What each jurisdiction comes to in its stand-alone plan, where that is promised.
    fixed
        Starts that are no choice any more.
    seconds
        Seconds of each stage so far.
    """

    case: Case
    instance: Instance
    program: LinearProgram
    steps: tuple[Step, ...]
    follows: Mapping[str, Follows]
    promises: tuple[str, ...]
    limits_of_jobs: tuple[str, ...]
    alone: tuple[Alone, ...] = ()
    fixed: Decisions = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case, tell: Callable[[str], None], until: Until = FOREVER, promises_hold: bool = False) -> Built:
        """Compile and build a case; what nobody may lose is set once it is known.

        With `promises_hold` it is for plans alone that keep all promises (see `compile_case`).
        """
        tell(_("finding routes"))
        began = perf_counter()
        instance = instance_of(case, until.at(_("finding routes")).check, promises_hold)
        found = perf_counter()
        tell(_("building the model"))
        check = until.at(_("building the model")).check
        model = build(instance, check, SEARCHED)
        built = cls.from_model(case, instance, model, linear_program(model, check))
        return replace(built, seconds={"routes": found - began, "building": perf_counter() - found})

    @classmethod
    def from_model(cls, case: Case, instance: Instance, model: Model, program: LinearProgram) -> Built:
        """A case whose model is there, with the program that it comes to."""
        promises, limits = tuple(model.promises), tuple(model.limits_of_jobs)
        return cls(case, instance, program, steps_of(program), model.follows, promises, limits)

    @property
    def search_program(self) -> LinearProgram:
        """What the search for decisions solves."""
        return self.program

    @cached_property
    def evenness(self) -> Extension:
        """The rows of evenness, for settling once the program's own objectives are done.

        Every gap is cut into pieces alike: the block is built for one gap of weight 1, whatever the size of the case.
        """
        weight = self.instance[Evenness].evenness_weight
        places = [(k, weight.get(name[1], 0.0)) for name, k in self.program.columns.items() if name[0] == "Gap"]
        n, k = len(places), [k for k, _ in places]
        beyond = [self.instance[Gaps].most_gap.get(name[1], 1.0) - 1.0 for name in self.program.columns if name[0] == "Gap"]
        at = sp.csr_array((np.ones(n), (np.arange(n), np.array(k, dtype=np.int64))), shape=(n, len(self.program.lower)))
        one = _one_gap()
        pieces = np.array([name[0] != "Gap" for name in one.columns])
        return Extension(
            own=sp.csr_array(sp.kron(at, one.matrix[:, ~pieces])),
            further=sp.csr_array(sp.kron(sp.eye_array(n), one.matrix[:, pieces])),
            row_lower=np.tile(one.row_lower, n),
            row_upper=np.tile(one.row_upper, n),
            lower=np.tile(one.lower[pieces], n),
            upper=np.tile(one.upper[pieces], n) + np.kron(beyond, np.eye(PIECES)[-1]),
            cost=np.kron([weight for _, weight in places], one.objectives["evenness", None].cost[pieces]),
        )

    @cached_property
    def starts(self) -> frozenset[tuple[str, str]]:
        """Every start that the case offers."""
        return frozenset(self.instance[Measures].starts)

    def where_nobody_loses(self, without: Settled) -> Built:
        """No gap larger and no level lower than without the plan, but for rounding, where the case promises that."""
        return replace(self, program=self.held_to(self.program, without))

    def held_to(self, program: LinearProgram, without: Settled) -> LinearProgram:
        """A program that has the rows of this one, with the limits and the terms that what is without the plan says."""
        limits = {program.rows[row]: limit for row, limit in self.limits_without(without).items() if row in program.rows}
        terms = {
            (program.rows[row], program.columns[column]): coefficient
            for (row, column), coefficient in self.terms_without(without).items()
            if row in program.rows and column in program.columns
        }
        return program.with_row_upper(limits).with_coefficients(terms)

    def limits_without(self, without: Settled) -> dict[Name, float]:
        """The rows by which no city loses and no level falls, each with its limit, given the cluster without the plan."""
        used, limits = self.instance[Services], dict[Name, float]()
        for gap in self.instance[Gaps].gap_limit:
            limits["no_city_loses", gap] = min(1.0, without.true_gap(gap) + NO_LOSS)
        for place in used.resident_level:
            had = self._level_without(without, place)
            limits["no_level_falls", place] = used.supply.get(place, 0.0) - had + NO_LOSS * max(1.0, had)
        return limits

    def terms_without(self, without: Settled) -> dict[tuple[Name, Name], float]:
        """(row, column) -> coefficient of those rows where moves change what there is to meet.

        The rows are built before it is known what is there without the plan, and what that is stands in their limits, and
        in times of who moves in their coefficients.
        """
        found: dict[tuple[Name, Name], float] = {}
        given, limits = self.instance, self.limits_without(without)
        used = given[Services]
        for place, parts in given[Gaps].grown.items():
            times: dict[Name, dict[str, float]] = {}
            if ("no_city_loses", place) in limits:
                limit = limits["no_city_loses", place]
                most = limit if limit > 2 * NO_LOSS else 0.0  # nothing that is only rounding stands in a coefficient
                times["no_city_loses", place] = {a: -most * share for a, share in parts}
            if place in used.resident_level:
                level, comes = self._level_without(without, place), defaultdict[str, float](float)
                for a, amount in (*used.stock_moved.get(place, ()), *used.added.get(place, ())):
                    comes[a] += amount
                times["no_level_falls", place] = {a: level * share - comes[a] for a, share in parts}
            for row, by_measure in times.items():
                for a, coefficient in by_measure.items():
                    found |= {(row, ("Start", (a, u))): coefficient for u in given[Measures].serving_starts[a, place[2]]}
        return found

    def _level_without(self, without: Settled, place: Gap) -> float:
        """What residents have without the plan, for as many people as there are without any move, in service_scale."""
        scale = self.instance[Services].service_scale[place[0]]
        return without.resident(self.case, place) / without.sizes.get(place, 1.0) / scale

    def promising(self, alone: Sequence[Alone]) -> Built:
        """Nobody is worse off: each jurisdiction's own goal at most what it comes to in its stand-alone plan."""
        promised = self.instance[PromisedAlone].alone
        limits = {a.jurisdiction: a.value + NO_LOSS for a in alone if a.jurisdiction in promised}
        rows = {self.program.rows["nobody_is_worse_off_than_alone", who]: limit for who, limit in limits.items()}
        return replace(self, alone=tuple(alone), program=self.program.with_row_upper(rows))

    def fixing(self, starts: Mapping[tuple[str, str], float]) -> Built:
        """So many units of these starts, or none: no choice any more. What the case does not offer is passed over."""
        fixed = {start: units for start, units in starts.items() if start in self.starts}
        columns = self.program.columns  # a start that no row and no goal asks for has none
        places = {columns["Start", start]: units for start, units in fixed.items() if ("Start", start) in columns}
        return replace(self, fixed=fixed, program=self.program.fixed(places))

    def as_fixed(self, decisions: Decisions) -> Decisions:
        """The decisions with those starts that are fixed as they were given."""
        free = {start: units for start, units in decisions.items() if start not in self.fixed}
        return free | {start: units for start, units in self.fixed.items() if units > 0}

    def fixed_columns(self, columns: Mapping[Name, int], decisions: Decisions) -> dict[int, float]:
        """Every start, and every decision that follows from the starts, as its block says."""
        following = self.following(columns)
        return dict(zip(following.columns.tolist(), following.values(decisions).tolist(), strict=True))

    def following(self, columns: Mapping[Name, int]) -> Following:
        """Those of some columns that follow from the starts: for many decisions."""
        known = [(self.follows[name[0]], name[1], k) for name, k in columns.items() if name[0] in self.follows]
        return Following(
            self.instance,
            np.array([k for _, _, k in known], dtype=np.int64),
            [(follows, index if isinstance(index, tuple) else (index,)) for follows, index, _ in known],
        )


@dataclass(frozen=True)
class Following:
    """Columns that follow from the starts, each with how it does."""

    instance: Instance
    columns: npt.NDArray[np.int64]
    rules: Sequence[tuple[Follows, tuple[Any, ...]]]

    def only(self, some: npt.NDArray[np.int64]) -> Following:
        """Some of the columns, by their places."""
        return Following(self.instance, self.columns[some], [self.rules[k] for k in some])

    def values(self, decisions: Decisions) -> Vector:
        """The values of the columns."""
        made = Made.of(self.instance, decisions)
        return np.array([follows(made, *index) for follows, index in self.rules], dtype=float)
