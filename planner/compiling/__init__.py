"""From a filled case to the instance of the mathematics: what each block is given, and how long trips take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from models.instance import Instance, Parameters
from planner.case import Case
from planner.compiling import access, goals, industry, measures, money, moves, network, services
from planner.compiling.can_start import Offered, offered
from planner.compiling.hold_together import Holding
from planner.compiling.network import Consumers, Travel, Ways

__all__ = ["compile_case"]

# those whose trips decide which routes can matter
ASKING: tuple[Callable[[Case, Offered, Travel], None], ...] = (access.ask, services.ask, industry.ask)

# what compiles each block's record: from the case, what can start, the records before it, and the ways
BLOCKS: tuple[Callable[[Case, Offered, Instance, Ways], Parameters], ...] = (
    measures.measures, access.access, services.services, moves.moves, industry.industry, network.network, industry.work,
    moves.crowding, industry.air, money.money, measures.policies, money.after, money.taxes, money.credit, money.transfers,
    goals.gaps, goals.rules, goals.curves, goals.goals, goals.evenness,
)  # fmt: skip


def compile_case(case: Case, check: Callable[[], None] = lambda: None, promises_hold: bool = False) -> Instance:
    """The sets and parameters of a case.

    Parameters
    ----------
    case
        A filled case.
    check
        Called again and again; what it raises ends the work.
    promises_hold
        Whether only plans count that keep all promises: then routes that need more than any of them can have are left out.

    Raises
    ------
    planner.case.problems.CaseInvalid
        If more optional links combine in one trip than can be listed exactly, or a decided measure cannot start.
    """
    check()
    able = offered(case)
    if promises_hold:
        able = replace(able, holds=Holding(case, able))
    ways = Ways(Travel(case, able, check), Consumers(case, able, check))
    for ask in ASKING:
        ask(case, able, ways.travel)
    given = Instance(case.period_ids)
    for block in BLOCKS:
        given = given.having(block(case, able, given, ways))
    return given
