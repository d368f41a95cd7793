"""The command line with a solver that waits until it is told to stop: python patient.py FOUND-OR-NOT WORDS...

With `found` it then gives the best plan so far, with `none` it has none, with `deaf` it never stops.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from planner.case import Case, FrozenDict
from planner.cli import main
from planner.planning import search
from planner.plans.plan import Plan
from planner.plans.versions import ended
from planner.work.stopping import Event

real = search.solve


def patient(case: Case, *, on_event: Callable[[Event], None], cancelled: Callable[[], bool], **options: Any) -> Plan:
    plan = real(case, **options)
    on_event(Event("progress", "gaps", 1.0, 0.1234, 0.1230, 0.00324))
    while HOW == "deaf" or not cancelled():
        time.sleep(0.01)
    if HOW == "none":
        return replace(plan, status="no_plan", ended=ended("interrupted"), goals=(), tables=FrozenDict())
    return replace(plan, status="interrupted", ended=ended("interrupted in goal gaps"))


HOW = sys.argv.pop(1)
search.solve = patient
main()
