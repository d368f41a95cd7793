"""Work: the gap of each indicator of work without parks, and what jobs take off it."""

from __future__ import annotations

from models.industry import Industry
from models.instance import Instance
from models.work import Work, WorkGap
from planner.case import Case, Measure
from planner.compiling.ground import Offered
from planner.compiling.industry import parks
from planner.compiling.network import Ways

Place = tuple[str, str, str]  # (indicator, city, period)


def work(case: Case, offered: Offered, given: Instance, ways: Ways) -> Work:
    """The gap of every indicator of work, city and period with a target."""
    able = parks(case, offered)
    closing = [measure for measure in offered.measures.values() if measure.closes_plant]
    found: dict[Place, WorkGap] = {}
    for x, indicator in case.work.items():
        for i in indicator.cities:
            here = [park for park in able if park.cities[0] == i]
            gone = [measure for measure in closing if measure.cities[0] == i]
            for t in case.period_ids:
                target = case.work_target(x, i, t)
                if target > 0:
                    found[x, i, t] = _gap(case, indicator.of, i, target, here, gone, given[Industry].job_scale)
    return Work(found)


def _gap(case: Case, of: str, i: str, target: float, here: list[Measure], gone: list[Measure], scale: float) -> WorkGap:
    city = case.cities[i]
    if of == "output":
        per_job = {p.id: case.parks[p.id].output / case.parks[p.id].jobs * scale / target for p in here}
        return WorkGap(1.0 - (city.gdp or 0.0) / target, per_job, 0.0, {})
    closed = {c.id: case.parks[c.id].jobs / target for c in gone}
    return WorkGap(
        1.0 - (city.jobs or 0.0) / target, dict.fromkeys((p.id for p in here), scale / target), scale / target, closed
    )
