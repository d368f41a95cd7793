"""How numbers are written: digits and decimals, whole numbers from 50 on, money, shares, proofs, and what changes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from planner.words.said import Sentence, _, count

DIGITS, FINEST = 4, 6  # of a figure that has no decimals of its own: digits that tell, and decimals at most
NEARLY = 1e-6  # of the last decimal: what is this close to half of it is half of it, whatever the last bit says
PRICED_BY, LEAST_PRICE = (1, 1_000, 1_000_000), 0.01  # a price that is less is told of more of them
NONE = "-"  # what a figure is that there is none of: a share of nothing
FEW_DRAWS = 100  # of which fewer tell chances but roughly, and not how well P80 is known
WIDEST = 1.96 * 0.5  # a chance of one half may be off by this over the root of the draws (95 %), any other by less
WHOLE_FROM = 50  # people, posts, places or beds: parts of one are not told from here on


def number(value: float, decimals: int) -> str:
    """A figure with thousands apart: 1,234.5; halves are rounded up (from zero), and there is no minus zero."""
    if math.isnan(value):
        return NONE
    text = f"{value + math.copysign(NEARLY * 10.0**-decimals, value):,.{decimals}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text


def figure(value: float) -> str:
    """An amount, or what a goal comes to, to four digits that tell and never as a power of ten: 15.5, 0.06667, 1,235."""
    if not value or not math.isfinite(value):
        return "0" if not value else NONE if math.isnan(value) else f"{value}"
    decimals = _decimals(value)
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if decimals else text


def _decimals(value: float) -> int:
    """Decimals with which a value has four digits that tell."""
    return min(FINEST, max(0, DIGITS - 1 - math.floor(math.log10(abs(value))))) if value else 0


def side_by_side(values: Sequence[float]) -> list[str]:
    """Figures beside one another: as many decimals for those of a size, so many that those that differ read differently."""
    finite = [value for value in values if math.isfinite(value)]
    least: dict[int, int] = {}
    for value in finite:
        shown = len(figure(value).partition(".")[2])
        least[_decimals(value)] = max(shown, least.get(_decimals(value), 0))
    apart = len({round(value, FINEST + 2) for value in finite})
    for more in range(FINEST):
        said = [number(value, least[_decimals(value)] + more) for value in finite]
        if len(set(said)) >= apart:
            break
    known = iter(said if finite else ())
    return [next(known) if math.isfinite(value) else figure(value) for value in values]


def aligned(*columns: Iterable[float], none: str = NONE) -> list[list[str]]:
    """Columns of a table that hold what one goal comes to, written as figures `side_by_side`.

    Parameters
    ----------
    none
        What a figure is that there is none of.
    """
    figures = [list(column) for column in columns]
    said = iter(side_by_side([value for column in figures for value in column]))
    return [
        [text if math.isfinite(value) else none for value, text in zip(column, said, strict=False)] for column in figures
    ]


def units(value: float) -> str:
    """People, posts, places or beds: from 50 on in whole numbers, 15.5, 98, 1,235."""
    return number(value, 0) if abs(value) >= WHOLE_FROM else figure(value)


def money(value: float, decimals: int) -> str:
    """Money; what is there but too little to be seen is said to be less than the last digit."""
    least = 10.0**-decimals
    return f"<{least:.{decimals}f}" if 1e-9 < value < least / 2 else number(value, decimals)


def price(value: float) -> tuple[str, int]:
    """A price of one, and of how many it is told so that it is a figure to read: 0.0833 for 1,000, 0.02 for 1.

    Parameters
    ----------
    value
        Money for one.
    """
    many = next((n for n in PRICED_BY if abs(value) * n >= LEAST_PRICE), PRICED_BY[-1]) if value else 1
    return figure(value * many), many


def money_decimals(values: Sequence[float]) -> int:
    """Decimals that suit a column of money."""
    largest = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    return 0 if largest >= 10_000 else 1 if largest >= 10 else 2


def figure_decimals(standard: float) -> int:
    """Decimals that suit the figures of an indicator with this standard."""
    return 2 if abs(standard) < 10 else 1 if abs(standard) < 100 else 0


def percent(share: float, decimals: int = 0) -> str:
    """A share as per cent: 37 %."""
    return NONE if math.isnan(share) else f"{number(100 * share, decimals)} %"


def chance(share: float, decimals: int = 0) -> str:
    """In which share of draws something came about: 0 % is none of them and 100 % all, what is close is <1 % and >99 %."""
    step = 10.0**-decimals
    if share > 0.0 and percent(share, decimals) == percent(0.0, decimals):
        return f"<{number(step, decimals)} %"
    if share < 1.0 and percent(share, decimals) == percent(1.0, decimals):
        return f">{number(100 - step, decimals)} %"
    return percent(share, decimals)


def roughly(draws: int) -> tuple[Sentence, ...]:
    """How roughly chances are known from draws, where these are few."""
    if not 0 < draws < FEW_DRAWS:
        return ()
    said = _("With only {draws} each chance is known to {points:.0f} points (95 %), and P10, P80 and P90 as roughly.")
    return (said.format(draws=count(draws, "draw"), points=100 * WIDEST / math.sqrt(draws)),)


def percent_of_people(share: float) -> Sentence:
    """A share of people: 25 % of people."""
    return _("{share} % of people").format(share=f"{100 * share:.4g}")


def proof(gap: float) -> str:
    """A solver's gap as per cent, never said to be nothing: 0.12 %."""
    return f"{proof_figure(gap)} %"


def proof_figure(gap: float) -> str:
    """The figure of `proof`, for a column of per cent."""
    share = 100 * max(gap, 1e-5)
    return f"{share:.2g}" if share < 99.5 else f"{share:,.0f}"


def change(without: float, with_plan: float, decimals: int, missing: str = _("no route")) -> str:
    """A figure without and with the plan: 165 -> 120; one figure where nothing changes to the eye."""
    before = missing if math.isnan(without) else number(without, decimals)
    after = missing if math.isnan(with_plan) else number(with_plan, decimals)
    return after if before == after else _("{before} -> {after}").format(before=before, after=after)
