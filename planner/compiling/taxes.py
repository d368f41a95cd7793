"""Taxes: what a job earns the lines, which lines those are, and where the origin has a share."""

from __future__ import annotations

from models.industry import Industry
from models.instance import Instance
from models.money import Money
from models.taxes import Taxes
from planner.case import Case, ShareTax
from planner.compiling.ground import Offered
from planner.compiling.industry import parks
from planner.compiling.network import Ways

Phase = tuple[str, str, str]  # (park, start, period)


def taxes(case: Case, offered: Offered, given: Instance, ways: Ways) -> Taxes:
    """What a job earns which line, and what of it is shared."""
    job_scale, money_scale = given[Industry].job_scale, given[Money].money_scale
    earning = [park for park in parks(case, offered) if case.parks[park.id].tax > 0]
    lines = case.tax_lines
    host = {park.id: lines.get(case.cities[park.cities[0]].jurisdiction) for park in earning}
    origins = {park.id: case.parks[park.id].origin for park in earning}
    origin = {p: lines.get(case.cities[city].jurisdiction) for p, city in origins.items() if city is not None}
    tax = {
        (park.id, period.id): case.parks[park.id].tax / case.parks[park.id].jobs * period.years * job_scale / money_scale
        for park in earning
        for period in case.periods
    }
    return Taxes(
        tax=tax,
        host_line={p: line for p, line in host.items() if line is not None},
        origin_line={p: line for p, line in origin.items() if line is not None},
        sharing=_sharing(case, offered, given[Industry].phases, tax, job_scale),
        moved_share={park.id: case.parks[park.id].moved_share for park in earning if case.parks[park.id].moved_share > 0},
    )


def _sharing(
    case: Case, offered: Offered, phases: tuple[Phase, ...], tax: dict[tuple[str, str], float], job_scale: float
) -> dict[Phase, tuple[str, float, float]]:
    """(park, start, period) -> (policy, agreed share, most shared tax), within the window of the agreement."""
    found: dict[Phase, tuple[str, float, float]] = {}
    for e in case.effects:
        if not isinstance(e, ShareTax) or e.measure not in offered.measures:
            continue
        for p, u, t in phases:
            if p in e.parks and (p, t) in tax and in_window(offered, p, u, t, e.periods):
                measure = offered.measures[p]
                jobs = case.parks[p].jobs / job_scale * min(measure.units, measure.max_starts)
                found[p, u, t] = (e.measure, e.share, e.share * tax[p, t] * jobs)
    return found


def in_window(offered: Offered, park: str, u: str, t: str, periods: int | None) -> bool:
    """Whether the tax of the phases started in `u` is still shared in `t`: in the first so many periods that they serve."""
    served = offered.measures[park].start_in(u).serves
    return t in (served if periods is None else served[:periods])
