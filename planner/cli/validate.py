"""planner validate: everything that is wrong with a case at once, or what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from planner.terminal import common
from planner.terminal.common import ExitCode
from planner.words.said import _, count, series

if TYPE_CHECKING:
    from planner.case import Case
    from planner.case.naming import Thing
    from planner.case.problems import CaseInvalid


def validate(
    case: common.CaseArgument,
    scenario: common.ScenarioOption = None,
    as_json: common.JsonOption = False,
) -> None:
    """Check a case: list every problem with file, row and column, or say what the case holds.

    Warnings do not stop a solve; they name what is probably not meant. Without --scenario, every scenario is tried too.

    \b
    Example:
      planner validate cases/jing-jin-ji --scenario no-signatures
    """
    from planner.case import warnings_of
    from planner.case.problems import CaseInvalid

    try:
        found = common.read_case(case, scenario)
    except CaseInvalid as invalid:
        _print_problems(invalid, as_json)
        raise typer.Exit(ExitCode.INVALID) from None
    warnings = (*warnings_of(found), *(_scenario_warnings(case, found) if scenario is None else ()))
    if as_json:
        content = {"valid": True, "problems": [], "warnings": list(warnings), "sizes": sizes(found)}
        common.print_json("validate", content)
        return
    common.echo(summary(found))
    for warning in warnings:
        common.echo(_("warning: {warning}").format(warning=warning))
    number = count(len(warnings), "warning") if warnings else _("no warnings")
    common.echo(_("The case is valid; {warnings}.").format(warnings=number))


def _scenario_warnings(folder: Path, base: Case) -> Iterator[str]:
    """The scenarios that could not be solved, each with its first problem."""
    from planner.case.problems import CaseInvalid

    for scenario in base.scenarios:
        try:
            common.read_scenario(folder, base, scenario)
        except CaseInvalid as invalid:
            first, more = invalid.problems[0], len(invalid.problems) - 1
            said = (
                _("scenario {scenario} cannot be used: {problem} (and {number} more)")
                if more
                else _("scenario {scenario} cannot be used: {problem}")
            )
            yield said.format(scenario=_with_id(base, scenario), problem=first.said, number=more)


def sizes(case: Case) -> dict[str, int]:
    """How much of everything a case holds."""
    return {
        "cities": len(case.cities),
        "jurisdictions": len(case.jurisdictions),
        "periods": len(case.periods),
        "services": len(case.services),
        "access_standards": len(case.access),
        "links": len(case.links),
        "links_today": sum(1 for link in case.links.values() if not link.needs),
        "measures": len(case.measures),
        "measures_that_can_start": sum(1 for m in case.measures.values() if m.starts),
        "decided": sum(1 for m in case.measures.values() if m.status == "decided"),
        "parks": sum(1 for m in case.measures.values() if m.is_park),
        "industries": len(case.industries),
        "chains": len(case.chains),
        "work": len(case.work),
        "crowding": len(case.crowding),
        "airsheds": len(case.airsheds),
        "gates": len(case.gates),
        "budget_lines": len(case.lines),
        "targets": len(case.targets),
        "rules": len(case.rules),
        "scenarios": len(case.scenarios),
    }


def summary(case: Case) -> str:
    """What a case holds, in a few lines."""
    from planner.case import KINDS, naming

    n = sizes(case)
    kinds: Counter[str] = Counter(m.kind for m in case.measures.values())
    who = series(naming.jurisdiction(case, j) for j in case.jurisdictions)
    by_kind = [what.counted(kinds[kind]) for kind, what in KINDS.items() if kinds[kind]]
    money = sum(amount for line in case.lines.values() for amount in line.amount.values())
    none = _("none")
    rows: list[tuple[str, str]] = [
        (
            _("Case"),
            _("{title} ({case}, scenario {scenario})").format(
                title=naming.title(case), case=case.name, scenario=_with_id(case, case.scenario)
            ),
        ),
        (_("Periods"), series(p.label for p in case.periods)),
        (
            _("Cities"),
            _("{cities} in {jurisdictions} ({who})").format(
                cities=n["cities"], jurisdictions=count(n["jurisdictions"], "jurisdiction"), who=who
            ),
        ),
        (_("Services"), _named(case.services.values()) or none),
        (_("Access"), _named(case.access.values()) or none),
        *([(_("Work"), _named(case.work.values()))] if case.work else []),
        *([(_("Crowding"), _named(case.crowding.values()))] if case.crowding else []),
        *([(_("Industry"), _named(case.industries.values()))] if case.industries else []),
        *([(_("Airsheds"), _named(case.airsheds.values()))] if case.airsheds else []),
        (_("Links"), _("{number}, of which {today} exist today").format(number=n["links"], today=n["links_today"])),
        (
            _("Measures"),
            _("{number} ({kinds}), of which {decided} decided before").format(
                number=n["measures"], kinds=series(by_kind), decided=n["decided"]
            )
            if by_kind
            else none,
        ),
        (
            _("Money"),
            _("{money:,.1f} {unit} in {lines}").format(
                money=money, unit=case.money.unit, lines=count(n["budget_lines"], "budget line")
            ),
        ),
        (
            _("Limits"),
            series(
                (
                    count(n["targets"], "target"),
                    count(n["rules"], "rule"),
                    *([count(n["gates"], "gate")] if n["gates"] else []),
                )
            ),
        ),
        (_("Goals"), series((naming.with_curve(naming.goal(goal.name), goal) for goal in case.goals), ", then ")),
        (_("Scenarios"), series(_with_id(case, scenario) for scenario in case.scenarios) or none),
    ]
    return series((_("{label:<10} {text}").format(label=label, text=text) for label, text in rows), "\n")


def _with_id(case: Case, scenario: str) -> str:
    """The name of a scenario, with the id where that is not the name in other signs."""
    from planner.case import naming

    name = naming.scenario(case, scenario) if scenario in (naming.BASE, *case.scenarios) else scenario
    return (
        name
        if naming.as_words(name) == naming.as_words(scenario)
        else _("{name} ({scenario})").format(name=name, scenario=scenario)
    )


def _named(things: Iterable[Thing]) -> str:
    from planner.case import naming

    return series(naming.name_of(thing) for thing in things)


def _print_problems(invalid: CaseInvalid, as_json: bool) -> None:
    if as_json:
        problems = common.problems_of(invalid)
        common.print_json("validate", {"valid": False, "problems": problems, "warnings": [], "sizes": {}})
        return
    for problem in invalid.problems:
        common.echo(problem.said)
    common.echo(_("The case has {problems}.").format(problems=count(len(invalid.problems), "problem")))
