"""Work: what a city lacks of its jobs target, or behind the core cities, given the parks that work."""

from __future__ import annotations

from typing import Any

from models.industry import bonus_in, jobs_in
from models.instance import Instance
from models.writing import state


def declare(m: Any) -> None:
    """Work has no decisions of its own: productive jobs decide."""


def constrain(m: Any) -> None:
    """Rows of work."""
    given: Instance = m.given
    state(m, work_gap_is_what_jobs_leave, given.work_gap)


def work_gap_is_what_jobs_leave(m: Any, x: str, i: str, t: str) -> Any:
    r"""A gap of work is the gap without parks, less what productive and bonus jobs take off, and never below 0.

    .. math:: \mathit{Gap}_{xit} \ge \mathit{base}_{xit} - \sum_{p \in i} \mathit{per\_job}_{xitp} \mathit{Productive}_{pt}
              - \mathit{per\_bonus\_job}_{xit} \sum_{p \in i} \mathit{BonusJobs}_{pt}
              + \sum_{a \in i} \mathit{per\_closed\_unit}_{xita}\, \mathit{Serves}_{at}
              \quad \forall x \text{ work}, i, t
    """
    gap = m.given.work_gap[x, i, t]
    jobs = sum(weight * jobs_in(m, p, t) for p, weight in gap.per_job.items())
    bonus = gap.per_bonus_job * sum(bonus_in(m, p, t) for p in m.parks_at.get(i, ())) if gap.per_bonus_job else 0
    closed = sum(weight * m.Serves[a, t] for a, weight in gap.per_closed_unit.items())
    return m.Gap[x, i, t] >= gap.base - jobs - bonus + closed
