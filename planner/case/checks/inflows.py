"""How much more than its own amount a line may have at most, and how much of a cost private investors leave to it.

Bounds, not figures of any plan: what is above them is certain to be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.case.nouns import AllowTransfer, Case, Line, RaisePrivateShare


def least_public_share(case: Case, measure: str) -> float:
    """The least share of a measure's capital cost that budget lines pay."""
    plus = sum(
        effect.plus
        for effect in case.effects
        if isinstance(effect, RaisePrivateShare) and measure in effect.measures and case.measures[effect.measure].starts
    )
    return max(0.0, 1.0 - case.measures[measure].private_share - plus)


def most_debt(line: Line, period: str) -> float:
    """The most that a line may owe at the end of a period."""
    return 0.0 if line.borrowing is None else line.borrowing.limit[period]


def most_inflows(case: Case) -> Mapping[str, Mapping[str, float]]:
    """By line and period, a bound on the tax and the money of other lines that it gets."""
    found = {line.id: dict.fromkeys(case.period_ids, 0.0) for line in case.lines.values()}
    getting = case.tax_lines
    for park, jurisdictions in _taxed(case):
        measure, tax = case.measures[park], case.parks[park].tax
        for before, after in zip(case.periods, case.period_ids[1:], strict=False):
            if any(before.id in option.serves for option in measure.starts):
                for line in {getting[j] for j in jurisdictions if j in getting}:
                    found[line][after] += measure.units * tax * before.years
    for effect in case.effects:
        if isinstance(effect, AllowTransfer) and case.measures[effect.measure].starts:
            for period in case.period_ids:
                sent = effect.at_most_share * case.lines[effect.from_line].amount[period]
                found[effect.to_line][period] += sent
    return found


def _taxed(case: Case) -> Iterator[tuple[str, set[str]]]:
    """The parks that pay tax, and the jurisdictions of their host and origin."""
    for name, park in case.parks.items():
        if park.tax > 0:
            places = [*case.measures[name].cities, *([park.origin] if park.origin is not None else [])]
            yield name, {case.cities[city].jurisdiction for city in places}
