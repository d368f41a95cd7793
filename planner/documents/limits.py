"""What holds the jobs of a park back: only what the plan's own tables prove."""

from __future__ import annotations

from dataclasses import dataclass

from planner.case import Case, Park, naming
from planner.case.travel import hundredths
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words import phrases

ROUNDING = 1e-6  # of an amount
SKILLS = "skilled people"


@dataclass(frozen=True)
class ParkYear:
    """A park in a period: productive jobs of those that its phases offer, and what holds back the others.

    Attributes
    ----------
    bonus
        The half of the bonus jobs of its pairs that is in its host.
    limits
        In a planner's words; none where all possible jobs are productive.
    """

    measure: str
    period: str
    possible: float
    jobs: float
    bonus: float
    limits: tuple[str, ...]


def park_years(plan: Plan) -> list[ParkYear]:
    """Every park and period in which phases serve."""
    facts = _Facts(plan)
    return [
        ParkYear(name, period, possible, jobs, bonus, () if _is_all(jobs, possible) else facts.limits(name, period))
        for name, period, possible, jobs, bonus in columns(
            plan.tables["parks"], "measure", "period", "possible_jobs", "jobs", "bonus_jobs"
        )
    ]


class _Facts:
    """What is at its most in which city and period."""

    def __init__(self, plan: Plan) -> None:
        self.case: Case = plan.case
        routes = columns(plan.tables["routes"], "from", "to", "period", "minutes_with")
        self.minutes = {(start, end, period): minutes for start, end, period, minutes in routes}
        self.skills_used = {
            (city, period)
            for city, period, free, graduates, used in columns(
                plan.tables["skills"], "city", "period", "free", "graduates", "used"
            )
            if _is_all(used, free + graduates)
        }
        self.at_cap = {
            (airshed, period)
            for airshed, period, cap, *amounts in columns(
                plan.tables["airsheds"], "airshed", "period", "cap", "existing", "parks", "abated", "closed"
            )
            if cap == cap and _is_all(amounts[0] + amounts[1] - amounts[2] - amounts[3], cap)
        }

    def limits(self, name: str, period: str) -> tuple[str, ...]:
        """What holds a park back whose jobs are not all productive: one cause at least."""
        park = self.case.parks[name]
        host = self.case.measures[name].cities[0]
        far = self._distance(park, host, period)
        if far:
            return (far,)
        found = []
        if park.skilled_share > 0 and (host, period) in self.skills_used:
            found.append(SKILLS)
        airshed = self.case.cities[host].airshed
        if park.emissions > 0 and airshed is not None and (airshed, period) in self.at_cap:
            found.append(f"cap of the airshed {naming.airshed(self.case, airshed)}")
        return tuple(found) or (_other(park),)

    def _distance(self, park: Park, host: str, period: str) -> str:
        """The way to the origin, where it takes longer than the park's firms stand; empty where it does not."""
        if park.needed_way is None:
            return ""
        city, most = park.needed_way
        minutes = self.minutes.get((host, city, period))
        origin = self.case.cities[city].name
        if minutes is None:
            return f"no way to {origin}"
        if hundredths(minutes) <= hundredths(most):
            return ""
        return f"{phrases.number(minutes, 0)} minutes to {origin}, at most {most:g}"


def _other(park: Park) -> str:
    """All that is left when reach, skilled people and air leave room for more."""
    return "goals, rules or money, and no lack of links, skilled people or air"


def _is_all(amount: float, most: float) -> bool:
    return amount >= most - ROUNDING * max(1.0, abs(most))
