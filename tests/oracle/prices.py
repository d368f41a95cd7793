"""What a measure costs the public: its whole cost less what private investors pay; and what use across borders costs."""

from __future__ import annotations

from collections.abc import Callable

from planner.case import RaisePrivateShare

from .columns import Remainder, some
from .linear import Affine, add

Asked = Callable[[str, str, str], bool]  # of jurisdiction, policy and period


def whole_cost(r: Remainder, measure: str, kind: str, period: str) -> Affine:
    """Capital or running cost of a measure in a period, all its starts together, whoever pays."""
    m = r.case.measures[measure]
    return add(*((getattr(o, kind).get(period, 0.0), r.units(measure, o.period)) for o in m.starts))


def private_money(r: Remainder) -> None:
    """While a policy serves, private investors may pay more of the capital cost of the measures that it is about."""
    for k, e in enumerate(r.case.effects):
        for measure in e.measures if isinstance(e, RaisePrivateShare) else ():
            for t in r.case.period_ids:
                whole = whole_cost(r, measure, "capital", t)
                if r.serves(e.measure, t) and (whole.terms or whole.constant):
                    column = r.attracted[measure, k, t] = r.program.column()
                    r.program.within(add((1.0, some(column)), (-e.plus, whole)), 0.0)


def cost(r: Remainder, measure: str, kind: str, period: str) -> Affine:
    """What the lines pay of a measure in a period."""
    whole = whole_cost(r, measure, kind, period)
    if kind == "running":
        return whole
    own = r.case.measures[measure].private_share
    extra = {column: 1.0 for (m, _, t), column in r.attracted.items() if (m, t) == (measure, period)}
    return add((1.0 - own, whole), (-1.0, Affine(0.0, extra)))


def fees(r: Remainder, asked: Asked = lambda who, policy, period: True) -> Affine:
    """What people pay, through their jurisdictions, for what they use across borders."""
    return Affine(0.0, {k: money for k, (*of, money) in r.paid.items() if asked(*of)})
