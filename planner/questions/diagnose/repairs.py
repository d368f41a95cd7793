"""Repairs: the least concessions of some kinds, as changes of the case, tried on the case itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from planner.case import Case, CaseInvalid, load_case, with_edits
from planner.case.writing import filled_texts, write_texts
from planner.planning.decisions import Decisions
from planner.planning.search import SolveOptions, stand_alone_plans
from planner.planning.settling import Settler
from planner.promises import Change, Key, changes, edits_of, part_of
from planner.questions.diagnose.loosened import COMMITMENTS, Least, Loosened, Solution, least, own_weight, relative_weight
from planner.solver.highs import Limits, Solver
from planner.solver.linear import Objective
from planner.words.said import _
from planner.work.stopping import Cancelled, Stopped, Until

TRIED = "repair"  # what an edited case is called where a scenario's name would stand
NEARER = 1e-3  # relative: a change of a share is known this closely


@dataclass(frozen=True)
class Repair:
    """Changes with which the case is possible, if they are enough.

    Attributes
    ----------
    name
        What may change in it.
    outcome
        As of `Least`; `nothing` if nothing has to give way.
    verified
        Whether the edited case was solved, and is possible.
    problem
        Why it is not verified; empty if it is.
    least, fewest
        Whether no smaller total, and no fewer promises with the same total, are enough: proven.
    """

    name: str
    outcome: str
    changes: tuple[Change, ...] = ()
    promises: frozenset[Key] = frozenset()
    verified: bool = False
    problem: str = ""
    least: bool = False
    fewest: bool = False


@dataclass(frozen=True)
class Search:
    """What a repair is looked for in.

    Attributes
    ----------
    case
        One that its files describe (see `as_files`).
    gap, seed
        As of `AskOptions`.
    fixed
        Starts that are no choice any more.
    """

    case: Case
    loose: Loosened
    gap: float
    seed: int
    fixed: Mapping[tuple[str, str], float] = field(default_factory=dict)

    @property
    def limits(self) -> Limits:
        """Limits of one run, with one thread; its time is said by who runs it."""
        return Limits(gap=self.gap, threads=1, seed=self.seed)


def repair(
    search: Search,
    name: str,
    chosen: Sequence[int],
    relative: bool = False,
    *,
    seconds: float | None = None,
    cancelled: Cancelled | None = None,
) -> Repair:
    """In a worker: the least of some concessions that makes the case possible, tried on the case itself.

    Parameters
    ----------
    chosen
        The concessions that may be made, by position.
    relative
        Whether they are measured against the size of what they are made in; else as is usual in their family.
    """
    until = Until.within(seconds, cancelled)
    loose = search.loose
    weigh = relative_weight if relative else own_weight
    weights = {k: weigh(loose.concessions[k]) for k in chosen}
    commitments = any(loose.concessions[k].family in COMMITMENTS for k in chosen)
    tried: Repair | None = None
    for against_nothing in (True, False) if commitments and loose.without_decided else (False,):
        found = least(loose, chosen, weights, search.limits, until, against_nothing)
        # a commitment that goes may take with it what no city may lose against; how much is known once it is tried
        sure = not commitments or (not search.case.nobody_worse_off and against_nothing == bool(loose.without_decided))
        tried = _tried(search, name, found, sure, until)
        if tried.verified or tried.outcome == "unknown":
            break
    assert tried is not None
    return tried


def _tried(search: Search, name: str, found: Least, sure: bool, until: Until) -> Repair:
    """Concessions as changes, tried; with a little more where rounding was too near."""
    if found.outcome != "found":
        return Repair(name, found.outcome)
    if not found.amounts:
        return Repair(name, "nothing")
    promises = frozenset(search.loose.concessions[k].promise for k in found.amounts)
    assert found.columns is not None
    solution = Solution(search.loose, found.amounts, found.columns)
    for bump in (False,) if search.case.nobody_worse_off else (False, True):
        made = changes(search.case, solution, bump)
        problem = refused(search, edits_of(made), solution.starts(), until)
        if problem != NOT_POSSIBLE:
            break
    proven = sure and found.gap <= search.gap
    if any(search.loose.concessions[k].of_share for k in found.amounts):
        made, nearest = _nearest(search, made, until) if not problem else (made, False)
        proven = proven and nearest
    return Repair(name, "found", made, promises, not problem, problem, proven, found.fewest and proven)


def _nearest(search: Search, made: tuple[Change, ...], until: Until) -> tuple[tuple[Change, ...], bool]:
    """The nearest share, by halving the way to what is enough; and whether it is proven. Not for several changes at once."""
    if len(made) > 1:
        return made, False
    enough, too_little = made[0], 0.0  # shares of the way
    step = 1.0 - NEARER
    far = 1.0
    while far - too_little > NEARER * far * 1.5:
        nearer = part_of(enough, step / far)
        problem = refused(search, nearer.edits, {}, until)
        if problem not in ("", NOT_POSSIBLE):
            return (enough,), False
        if problem:
            too_little = step
        else:
            enough, far = nearer, step
        step = (too_little + far) / 2
    return (enough,), True


NOT_POSSIBLE = _("the case with these changes still cannot be met")
ALONE_TOO = _(
    "the case with these changes still cannot be met; they make jurisdictions better off alone, too, and so ask for more"
)
STOPPED = _("stopped before it was known whether the case with these changes can be met")


def refused(search: Search, edits: Sequence[Mapping[str, object]], decisions: Decisions, until: Until) -> str:
    """Why a case with some edits cannot be met, or is not known to be; empty if it can.

    Parameters
    ----------
    decisions
        What is most likely possible with the edits: tried first.
    """
    try:
        edited = with_edits(search.case, TRIED, edits)
        settler = Settler.of(edited, until=until)
        if edited.nobody_worse_off:
            options = SolveOptions(gap=search.gap, threads=1, seed=search.seed)
            settler = settler.promising(stand_alone_plans(settler, options, until))
    except CaseInvalid as wrong:
        return _("the case with these changes is not sound: {why}").format(why=str(wrong.problems[0]))
    except Stopped:
        return STOPPED
    settler = settler.fixing(dict(search.fixed))
    fits = possible(settler, decisions, search.limits, until)
    if fits is None:
        return STOPPED
    return "" if fits else ALONE_TOO if edited.nobody_worse_off else NOT_POSSIBLE


def possible(settler: Settler, decisions: Decisions, limits: Limits, until: Until) -> bool | None:
    """Whether a case can be met; None if time ended before that was known.

    Parameters
    ----------
    decisions
        Tried first: if they keep all promises, nothing has to be searched.
    """
    program = settler.built.search_program
    try:
        if settler.solution_of(decisions, until=until) is not None:
            return True
    except Stopped:
        return None
    nothing = Objective(np.zeros(len(program.lower)), 0.0)
    answer = Solver(program).minimise(nothing, replace(limits, seconds=until.left), cancelled=until.cancelled)
    if answer.values is not None:
        return True
    return False if answer.outcome == "infeasible" else None


def as_files(case: Case) -> Case:
    """The case as one that its files describe, so that edits of them are edits of it."""
    try:
        if with_edits(case, TRIED, ()).content_hash == case.content_hash:
            return case
    except (ValueError, CaseInvalid):  # of no file, or of a scenario that its files do not know
        pass
    with TemporaryDirectory() as folder:
        write_texts(filled_texts(case), folder)
        return replace(load_case(Path(folder), stored=True), name=case.name)
