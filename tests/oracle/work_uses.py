"""What an optimal plan of a work case does: the money it must move, the jobs it brings and what holds them back."""

from __future__ import annotations

from planner.case import Case, Park

from .columns import Remainder, some
from .enumeration import Answer
from .linear import Affine, Solution, add
from .parks import host, parks, reaches_origin
from .skills import skilled_jobs, skilled_people
from .tax import shared, side, tax

NOTICED = 1e-4


def uses(case: Case, answer: Answer) -> set[str]:
    """What the plan cannot do without (the least there can be is above zero), and what limits its jobs."""
    r = answer.rest
    if r is None:
        return set()
    found = {name for name, amount in _amounts(r).items() if _least(answer, amount) > NOTICED}
    all_jobs = add(*((-1.0, some(k)) for k in r.productive.values()))
    solution = r.program.minimise(all_jobs, list(answer.kept))
    assert solution is not None
    for p in parks(r):
        for t in case.period_ids:
            found |= _limits(r, solution, p, t)
    assert answer.choice is not None
    return found | {f"{case.measures[m].kind} started" for m in answer.choice.started()}


def _least(answer: Answer, amount: Affine) -> float:
    assert answer.rest is not None
    solution = answer.rest.program.minimise(amount, list(answer.kept)) if amount.terms else None
    return solution.value if solution else amount.constant


def _amounts(r: Remainder) -> dict[str, Affine]:
    arriving = [(p, t) for p in parks(r) for t in r.case.period_ids[:-1]]
    gets = {x.holder for x in r.case.lines.values() if x.gets_tax}
    return {
        "debt": _sum(r.debt.values()),
        "transfer": _sum(r.sent.values()),
        "attracted private money": _sum(r.attracted.values()),
        "bonus jobs": _sum(r.bonus.values()),
        "tax of the host": add(
            *((1.0, x) for p, t in arriving if side(r, host(r, p.measure)) in gets for x in [tax(r, p, t)]),
            *((-1.0, shared(r, p, t)) for p, t in arriving if side(r, host(r, p.measure)) in gets),
        ),
        "tax of the origin": add(*((1.0, shared(r, p, t)) for p, t in arriving)),
        "moved tax": add(*((p.moved_share, tax(r, p, t)) for p, t in arriving if p.origin and side(r, p.origin) in gets)),
        "emissions": _sum(r.emissions.values()),
    }


def _sum(columns: object) -> Affine:
    return Affine(0.0, dict.fromkeys(columns, 1.0))  # type: ignore[call-overload]


def _limits(r: Remainder, solution: Solution, p: Park, t: str) -> set[str]:
    """What holds the jobs of a park back in a period."""
    possible = p.jobs * r.built(p.measure, t).at(solution.x)
    jobs = r.jobs(p.measure, t).at(solution.x)
    if possible < 1:
        return set()
    if not reaches_origin(r, p, t):
        return {"jobs limited by origin minutes"}
    if jobs > possible - 1:
        return {"all jobs of the phases"}
    found = {"fewer jobs than possible"}
    place = r.case.cities[host(r, p.measure)]
    if place.skilled is not None and p.skilled_share > 0:
        used = skilled_jobs(r, place.id, t).at(solution.x)
        there = skilled_people(r, place.id, t).at(solution.x)
        found |= {"jobs limited by skills"} if used > there - 1 else set()
    sky = r.case.airsheds.get(place.airshed or "")
    if sky is not None and sky.cap is not None and p.emissions > 0:
        found |= {"jobs limited by a cap"} if solution.x[r.emissions[sky.id, t]] > sky.cap[t] - NOTICED else set()
    return found
