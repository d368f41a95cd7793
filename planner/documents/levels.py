"""What residents have of a service: their city's, less what others use of it, and what they use elsewhere."""

from __future__ import annotations

from planner.case import Case, Service, naming
from planner.documents import vocabulary
from planner.documents.blocks import Paragraph, Sections, Table, bullets
from planner.documents.changes import group
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words import numbers
from planner.words.said import Sentence, _

NOTE = _(
    "What each city has, less what others use of it, and what its people use elsewhere as far as that counts; also above "
    "the standard."
)
FALL = 1e-6  # relative: less is rounding
Levels = dict[tuple[str, str], tuple[float, float]]  # (service, city) -> without the plan, with it


def levels(plan: Plan) -> Sections:
    """Where what residents have falls, in words; then every city, of the services that people use in another one."""
    services = shared(plan)
    found = last_levels(plan)
    if not services or not found:
        return ()
    case = plan.case
    rows = [
        [naming.city(case, i), *(_cell(case.services[s], found.get((s, i))) for s in services)]
        for i in case.cities
        if any((s, i) in found for s in services)
    ]
    heads = ["", *(_head(case, case.services[s]) for s in services)]
    table = Table(heads, rows, "l" + "r" * len(services))
    return (bullets(falls(plan)), (table, Paragraph(NOTE, look="note")))


def falls(plan: Plan) -> list[str]:
    """A sentence for each city and service of which its residents have less with the plan, in the last period."""
    return [
        _phrase(plan.case, s, i, *both) for (s, i), both in last_levels(plan).items() if both[1] < both[0] * (1.0 - FALL)
    ]


def last_levels(plan: Plan) -> Levels:
    """What residents have in the last period; nothing in a plan of an earlier version, which does not say."""
    table = plan.tables["levels"]
    table = table[table["period"] == plan.case.periods[-1].id]
    found = columns(table, "service", "city", "without_plan", "with_plan")
    return {(s, i): (without, with_plan) for s, i, without, with_plan in found}


def shared(plan: Plan) -> list[str]:
    """Services that people use in another city, with the plan or without it, and those that may not fall."""
    table = plan.tables["levels"]
    some = columns(table, "service", "shared_without", "shared_with")
    used = {s for s, without, with_plan in some if without + with_plan > 0}
    return [s for s in plan.case.services if s in used or s in plan.case.no_level_falls]


def _phrase(case: Case, s: str, i: str, without: float, with_plan: float) -> Sentence:
    service = case.services[s]
    words = _("{city}: residents have {figures} {unit} of {service} per 1,000 {people} (standard {standard})")
    name, unit = naming.service(case, s), vocabulary.unit(service.unit)
    if str(name) == str(unit):
        words = _("{city}: residents have {figures} {unit} per 1,000 {people} (standard {standard})")
    return words.format(
        city=naming.city(case, i), figures=_cell(service, (without, with_plan)), unit=unit, service=name,
        people=group(case, service), standard=numbers.number(_standard(service), _decimals(service)),
    )  # fmt: skip


def _standard(service: Service) -> float:
    return list(service.per_1000.values())[-1]


def _decimals(service: Service) -> int:
    return numbers.figure_decimals(_standard(service))


def _cell(service: Service, both: tuple[float, float] | None) -> str:
    return "-" if both is None else numbers.change(*both, _decimals(service))


def _head(case: Case, service: Service) -> str:
    return _("{service}, per 1,000\n{people}, standard {standard}").format(
        service=naming.name_of(service), people=group(case, service),
        standard=numbers.number(_standard(service), _decimals(service)),
    )  # fmt: skip
