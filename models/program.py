"""The contents page: which blocks a plan's model has, and how they are put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyomo.environ as pyo
from pyomo.common.gc_manager import PauseGC

from models import (
    access,
    air,
    alone,
    credit,
    evenness,
    fairness,
    gaps,
    goals,
    industry,
    measures,
    money,
    network,
    policies,
    rules,
    services,
    taxes,
    work,
)  # fmt: skip
from models.instance import Instance

BLOCKS = (
    measures, network, gaps, access, services, industry, work, air, policies, money, taxes, credit, rules, fairness, goals,
    alone, evenness,
)  # fmt: skip


def build(given: Instance, check: Callable[[], None] = lambda: None) -> Any:
    """The model of an instance: every block declares its decisions, then every block states its rows.

    Two rounds, so that a row may speak of any block's decisions whatever the order of the blocks.

    Parameters
    ----------
    check
        Called before each block and each row; what it raises ends the building.
    """
    with PauseGC():  # building makes no cycles worth collecting, and collecting doubles the time
        m = pyo.ConcreteModel()
        m.given, m.check = given, check
        for block in BLOCKS:
            check()
            block.declare(m)
        for block in BLOCKS:
            check()
            block.constrain(m)
    return m
