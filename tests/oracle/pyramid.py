"""The pyramid of policies: what a level may cost, how long a city is subsidised, and which barriers go first."""

from __future__ import annotations

from planner.case import Case

from .choices import Choice
from .columns import Remainder
from .linear import add
from .prices import cost, fees


def levels_within_their_share(r: Remainder) -> None:
    """What the lines pay for a level, over all periods, is at most a share of all that they are given."""
    case = r.case
    given = sum(line.amount[t] for line in case.lines.values() for t in case.period_ids)
    for level, share in case.pyramid.at_most_share.items():
        mine = [m.id for m in case.measures.values() if m.level == level]
        spent = [cost(r, m, kind, t) for m in mine for kind in ("capital", "running") for t in case.period_ids]
        spent.append(fees(r, lambda _who, policy, _t, mine=mine: policy in mine))
        r.program.within(add(*((1.0, x) for x in spent)), share * given)


def keeps_the_pyramid(case: Case, choice: Choice) -> bool:
    """What the pyramid asks of whole units."""
    return _subsidies_end(case, choice) and _barriers_go_first(case, choice)


def _subsidies_end(case: Case, choice: Choice) -> bool:
    most = case.pyramid.subsidy_periods
    if most is None:
        return True
    subsidies = {m.id: m.cities for m in case.measures.values() if m.level == "subsidy"}
    served = [choice.serving(case, t) for t in case.period_ids]
    return all(sum(any(city in subsidies.get(m, ()) for m in s) for s in served) <= most for city in case.cities)


def _barriers_go_first(case: Case, choice: Choice) -> bool:
    for m, u in [*choice.starts, *choice.open]:
        if case.measures[m].level == "subsidy":
            asked = [
                b
                for b in case.pyramid.barriers_first
                if set(case.measures[b].signed_by).intersection(case.measures[m].jurisdictions)
            ]
            if not choice.serving(case, u).issuperset(asked):
                return False
    return True
