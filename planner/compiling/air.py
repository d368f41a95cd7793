"""Air: existing emissions, caps, and what jobs add and measures take away, in emission_scale."""

from __future__ import annotations

from models.air import Air
from models.industry import Industry
from models.instance import Instance
from planner.case import Case, LowerEmissions
from planner.compiling.ground import Offered, tens
from planner.compiling.industry import parks
from planner.compiling.network import Ways


def air(case: Case, offered: Offered, given: Instance, ways: Ways) -> Air:
    """Existing emissions, caps, and what jobs add and measures take away."""
    able = parks(case, offered)
    scale = tens(
        [
            *(amount for airshed in case.airsheds.values() for amount in airshed.existing.values()),
            *(amount for airshed in case.airsheds.values() if airshed.cap for amount in airshed.cap.values()),
            *(case.parks[park.id].emissions for park in able),
        ]
    )
    return Air(
        emission_scale=scale,
        existing_emissions={
            (h, t): airshed.existing[t] / scale for h, airshed in case.airsheds.items() for t in case.period_ids
        },
        emission_cap={
            (h, t): airshed.cap[t] / scale for h, airshed in case.airsheds.items() if airshed.cap for t in case.period_ids
        },
        emissions_per_job={
            (airshed, park.id): case.parks[park.id].emissions / case.parks[park.id].jobs * given[Industry].job_scale / scale
            for park in able
            if (airshed := case.cities[park.cities[0]].airshed) is not None and case.parks[park.id].emissions > 0
        },
        lowered=_lowered(case, offered, scale),
        years={period.id: period.years for period in case.periods},
    )


def _lowered(case: Case, offered: Offered, scale: float) -> dict[tuple[str, str], float]:
    """(airshed, measure) -> less emissions a year for one serving unit: by an effect, or of plants that close."""
    found: dict[tuple[str, str], float] = {}
    for e in case.effects:
        if isinstance(e, LowerEmissions) and e.measure in offered.measures:
            found[e.airshed, e.measure] = found.get((e.airshed, e.measure), 0.0) + e.by / scale
    for a, measure in offered.measures.items():
        airshed = case.cities[measure.cities[0]].airshed if measure.closes_plant else None
        if airshed is not None and case.parks[a].emissions > 0:
            found[airshed, a] = found.get((airshed, a), 0.0) + case.parks[a].emissions / scale
    return found
