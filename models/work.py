"""Work: what a city lacks of its jobs target, or behind the core cities, given the parks that work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.industry import NONE, Industry, bonus_in, jobs_in, phase_most
from models.instance import Gap, Instance, Parameters, nothing
from models.measures import Measures


@dataclass(frozen=True)
class WorkGap:
    """gap = base - sum of what productive jobs, bonus jobs and plants that close take off (or add to) it, at least 0.

    Attributes
    ----------
    base
        Gap with no park and no plant that closes; below 0 where the target is passed already.
    per_job
        Park -> what one productive job takes off.
    per_bonus_job
        What one bonus job in the city takes off.
    per_closed_unit
        Closure, or measure that moves people or jobs -> what one serving unit adds; below 0 where it takes something off.
    """

    base: float
    per_job: Mapping[str, float]
    per_bonus_job: float
    per_closed_unit: Mapping[str, float]


@dataclass(frozen=True)
class Work(Parameters):
    """What each indicator of work lacks without parks."""

    work_gap: Mapping[tuple[str, str, str], WorkGap] = nothing()  # (x, i, t) -> gap of work

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Of every standard, or target, that is there."""
        return tuple(self.work_gap)


def declare(m: Any) -> None:
    """Work has no decisions of its own: productive jobs decide."""


def constrain(m: Any) -> None:
    """Rows of work."""
    own: Work = m.given[Work]
    m.state(work_gap_is_what_jobs_leave, own.work_gap)
    m.state(work_gap_is_what_whole_phases_leave, where_phases_close_more_than_there_is(m.given))


def work_gap_is_what_jobs_leave(m: Any, x: str, i: str, t: str) -> Any:
    r"""A gap of work is the gap without parks, less what productive and bonus jobs take off, and never below 0.

    .. math:: \mathit{Gap}_{xit} \ge \mathit{base}_{xit} - \sum_{p \in i} \mathit{per\_job}_{xitp} \mathit{Productive}_{pt}
              - \mathit{per\_bonus\_job}_{xit} \sum_{p \in i} \mathit{BonusJobs}_{pt}
              + \sum_{a \in i} \mathit{per\_closed\_unit}_{xita}\, \mathit{Serves}_{at}
              \quad \forall x \text{ work}, i, t
    """
    gap = m.given[Work].work_gap[x, i, t]
    jobs = sum(weight * jobs_in(m, p, t) for p, weight in gap.per_job.items())
    here = m.given[Industry].parks_at.get(i, ())
    bonus = gap.per_bonus_job * sum(bonus_in(m, p, t) for p in here) if gap.per_bonus_job else 0
    closed = sum(weight * m.Serves[a, t] for a, weight in gap.per_closed_unit.items())
    return m.Gap[x, i, t] >= gap.base - jobs - bonus + closed


def closes(given: Instance, x: str, i: str, t: str, p: str) -> float:
    """What one phase of a park takes off a gap of work at most, with the most bonus there could be."""
    own, gap = given[Industry], given[Work].work_gap[x, i, t]
    bonus = sum(own.partners[pair][0] for pair in own.bonus_of.get((p, t), ())) / 2
    return gap.per_job.get(p, 0.0) * phase_most(given, p, t) + gap.per_bonus_job * bonus


def where_phases_close_more_than_there_is(given: Instance) -> Iterator[tuple[str, str, str]]:
    """(x, i, t) where one phase could take more off a gap than the gap without parks, and no park starts in parts."""
    own = given[Industry]
    for (x, i, t), gap in given[Work].work_gap.items():
        parks = own.can_work(i, t)
        are_whole = not given[Measures].divisible.intersection(parks)  # part of a park has more than its part of a bonus
        alone = not any(part < 0 for part in gap.per_closed_unit.values())  # nothing but parks makes the gap smaller
        if gap.base > NONE and are_whole and alone and any(closes(given, x, i, t, p) > gap.base for p in parks):
            yield x, i, t


def work_gap_is_what_whole_phases_leave(m: Any, x: str, i: str, t: str) -> Any:
    r"""A gap of work is the gap without parks, less what each phase closes of it at most.

    Implied where phases are whole; stated because a fraction of a phase with more jobs than the city lacks would be enough.

    .. math:: \mathit{Gap}_{xit} \ge \mathit{base}_{xit} - \sum_{p \in i} \min(\mathit{base}_{xit}, \mathit{closes}_{xitp})
              \sum_{u} \mathit{Start}_{pu} \quad \forall x \text{ work}, i, t
    """
    given, base = m.given, m.given[Work].work_gap[x, i, t].base
    own = given[Industry]
    parks = own.can_work(i, t)
    closed = sum(min(base, closes(given, x, i, t, p)) * sum(m.Start[p, u] for u in own.phases_of[p, t]) for p in parks)
    return m.Gap[x, i, t] >= base - closed
