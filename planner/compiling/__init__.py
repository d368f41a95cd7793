"""From a filled case to the instance of the mathematics: one room a block, with the blocks' names."""

from __future__ import annotations

from collections.abc import Callable

from models.instance import Instance
from planner.case.nouns import Case
from planner.compiling import access, air, credit, goals, industry, measures, money, network, policies, services, taxes, work
from planner.compiling.consumers import Consumers

__all__ = ["compile_case"]


def compile_case(case: Case, check: Callable[[], None] = lambda: None) -> Instance:
    """The sets and parameters of a case.

    Parameters
    ----------
    case
        A filled case.
    check
        Called again and again; what it raises ends the work.

    Raises
    ------
    planner.case.problems.CaseInvalid
        If more optional links combine in one trip than can be listed exactly, or a decided measure cannot start.
    """
    check()
    offered = measures.offered(case)
    travel = network.Travel(case, offered, check)
    access.ask(case, travel)
    services.ask(case, offered, travel)
    industry.ask(case, offered, travel)
    consumers = Consumers(case, offered, check)
    access_gap = access.access_gaps(case, travel, consumers)
    service = services.parameters(case, offered, travel, consumers)
    factories = industry.parameters(case, offered, travel, consumers, service)
    job_scale = factories["job_scale"]
    cash = money.parameters(case, offered)
    work_gap = work.work_gaps(case, offered, job_scale)
    indicators = (*access_gap, *service.need, *work_gap)
    return Instance(
        periods=case.period_ids,
        lines=tuple(case.lines),
        **measures.parameters(case, offered),
        consumers=consumers.found,
        access_gap=access_gap,
        **service.__dict__,
        **cash.__dict__,
        gap_limit={},
        **factories,
        work_gap=work_gap,
        years={period.id: period.years for period in case.periods},
        **air.parameters(case, offered, job_scale),
        **policies.parameters(case, offered, cash),
        **taxes.parameters(case, offered, factories["phases"], job_scale, cash.money_scale),
        **credit.parameters(case, offered, cash.money_scale),
        **goals.parameters(case, offered, indicators, cash.money_scale, job_scale),
    )
