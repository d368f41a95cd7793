"""Rules: limits over a selection of measures and periods, as an amount or as a share of another selection."""

from __future__ import annotations

from .columns import Remainder
from .land import land_taken
from .linear import Affine, add
from .parks import parks
from .prices import cost, fees


def rules_hold(r: Remainder) -> None:
    """Every rule."""
    for rule in r.case.rules:
        left = _quantity(r, rule.of, rule.measures, rule.periods)
        if rule.share_of_measures is None:
            total = add((1.0, left), (-1.0, Affine(rule.limit, {})))
        else:
            whole = _quantity(r, rule.of, rule.share_of_measures, rule.periods)
            total = add((1.0, left), (-rule.limit, whole))
        sign = 1.0 if rule.sense == "at_most" else -1.0
        r.program.at_most({k: sign * c for k, c in total.terms.items()}, -sign * total.constant)


def _quantity(r: Remainder, of: str, measures: tuple[str, ...], periods: tuple[str, ...]) -> Affine:
    if of == "spending":
        used = fees(r, lambda _who, policy, p: policy in measures and p in periods)
        return add(
            (1.0, used), *((1.0, cost(r, m, k, p)) for m in measures for k in ("capital", "running") for p in periods)
        )
    if of == "units":
        return add(*((1.0, r.units(m, p)) for m in measures for p in periods))
    mine = [p.measure for p in parks(r) if p.measure in measures]
    if of == "jobs":
        return add(*((1.0, r.jobs(p, periods[-1])) for p in mine))
    if of == "land":
        return add(*((1.0, land_taken(r, p, periods)) for p in mine))
    begun = {m for (m, t) in [*r.choice.starts, *r.choice.open] if t in periods}
    return Affine(float(len(begun.intersection(measures))), {})
