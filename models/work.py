"""Work: what a city lacks of its jobs target, or behind the core cities, given the parks that work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.industry import Industry, bonus_in, jobs_in
from models.instance import Gap, Parameters, nothing


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
        Closure -> what one serving unit adds.
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
