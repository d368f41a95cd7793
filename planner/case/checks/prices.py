"""Prices of services that are used across borders: somebody pays them, and no use has two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from planner.case.case import Case
from planner.case.checks.findings import Findings
from planner.case.effects import OpenService
from planner.case.problems import listed
from planner.case.raw import Path
from planner.case.selecting import payers_of_use
from planner.case.validating import Contents
from planner.words.said import _


def check_price_keys(contents: Contents, found: Findings) -> None:
    """Note prices of what nobody may use, and lines that cannot pay for use."""
    for service, said in contents.file.services.items():
        if said.price and said.across_borders == "never":
            message = _("nobody may use it in another jurisdiction (`across_borders: never`), so a price counts nowhere")
            found.key(("services", service, "price"), message, said.price, "nothing")
    jurisdictions = found.raw.ids("cities", "jurisdiction")
    for line, keys in contents.file.lines.items():
        path: Path = ("lines", line, "pays_use")
        if keys.pays_use and keys.cost == "capital":
            message = _("what people use is running cost, and the line may pay capital cost only (`cost: capital`)")
            found.key(path, message, "true", "false")
        elif keys.pays_use and jurisdictions and keys.holder not in jurisdictions:
            message = _("only a line held by a jurisdiction pays what its people use ({jurisdictions}), not by '{holder}'")
            said_so = message.format(jurisdictions=listed(jurisdictions), holder=keys.holder)
            found.key(path, said_so, "true", "false")


def check_prices(case: Case, found: Findings) -> None:
    """Note use at a price that nobody pays, and two prices of one right."""
    payers = payers_of_use(case)
    known: dict[tuple[str, str, str, str], float] = {}
    unpaid: dict[Path, list[str]] = {}
    for path, measure, service, home, place, price in priced(case):
        before = known.setdefault((measure, service, home, place), price)
        if before != price:
            message = _("opens {service} for people of {home} in {place} at {price:g} and, above, at {before:g}: one price")
            said = message.format(service=service, home=home, place=place, price=price, before=before)
            found.key((*path, "price"), said, price, f"{before:g}")
        if price > 0 and not payers[home] and home not in unpaid.setdefault(path, []):
            unpaid[path].append(home)
    for path, homes in unpaid.items():
        if homes:
            message = _(
                "has a price, and no budget line of {homes} pays it: a line that its users' jurisdiction holds and that may "
                "pay any running cost, or one with `pays_use: true`"
            )
            lines = listed(line.id for line in case.lines.values() if line.holder in homes)
            found.key((*path, "price"), message.format(homes=listed(homes)), lines or None)


def priced(case: Case) -> Iterator[tuple[Path, str, str, str, str, float]]:
    """(where it is said, policy or nothing, service, home, place, price) of every right to use a service across a border."""
    for service in case.services.values():
        if service.across_borders == "always":
            for home, place in product(case.jurisdictions, repeat=2):
                if home != place:
                    yield ("services", service.id), "", service.id, home, place, service.price_by(None)
    for path, effect in (*case.placed_in_force(), *case.placed_effects()):
        if isinstance(effect, OpenService):
            for s, home, place in product(effect.services, effect.people_of, effect.at):
                if home != place and case.services[s].across_borders == "by_policy":
                    yield path, effect.measure, s, home, place, case.services[s].price_by(effect.price)
