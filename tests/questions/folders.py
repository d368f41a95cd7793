"""A case small enough for every answer about its measures to be worked out by hand."""

from __future__ import annotations

from pathlib import Path

from planner.case import Case
from tests.solving.folders import case

YAML = """\
    periods: [2026-2030]
    modes: {road: {boarding_minutes: 0}}
    lines: {fund: {holder: North}, spare: {holder: South, pays_for: [{city: B}], at_most_share: 0.5}}
    goals: [{minimise: benefit}, {minimise: spending}]
    """
CITIES = """\
    id jurisdiction tier lat lon population
    A North core 30 110 100000
    B South small 31 111 100000
    """
BUDGETS = "line period amount\nfund 2030 10\nspare 2030 0"
MEASURES = """\
    id kind city capital_cost benefit units divisible requires one_of together status build_years
    big hub A 6 9 - - - - - - -
    rival hub A 5 4 - - - - - - -
    base hub A 1 0 - - - - - - -
    upper hub A 2 4 - - base - - - -
    half-a hub A 0.5 1.1 - - - - pair - -
    half-b hub B 0.5 1.1 - - - - pair - -
    late hub A 1 9 - - - - - - 6
    banned hub A 1 9 - - - - - ruled_out -
    on-late hub A 1 9 - - late - - - -
    """


def hand_case(folder: Path, measures: str = MEASURES, yaml: str = YAML, budgets: str = BUDGETS) -> Case:
    """Money 10 for things of a benefit each.

    big 6 -> 9; upper with its base 3 -> 4; the two halves 1 -> 2.2; rival 5 -> 4. All but rival cost 6 + 3 + 1 = 10: benefit
    15.2. With rival 5 are left: without big, base, upper and the halves cost 4, so 4 + 4 + 2.2 = 10.2 (cost 9); with big
    rival costs 11. So the best is 15.2, and the best with rival is 10.2: it costs 5.0 and pushes out big alone.

    - without big: rival comes in, 10.2: big is worth 5.0;
    - without upper (base would cost 1 for nothing): big and the halves 11.2, 3 left are too few for rival: 4.0;
    - without base: upper goes too, the same 11.2: 4.0;
    - without the halves: big, upper, base: 13: 2.2.

    Plans with their benefit, without those that only leave out more: {big, base, upper, halves} 15.2, {big, base, upper} 13,
    {big, halves} 11.2 (with or without base), {rival, base, upper, halves} 10.2.
    """
    return case(folder, yaml, cities=CITIES, measures=measures, budgets=budgets)
