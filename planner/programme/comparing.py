"""Results of programmes side by side: who is given how much in each, and what that closes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.documents.blocks import Heading, Paragraph, Said, Section, table
from planner.programme.common_indicators import measure
from planner.programme.result import MemberResult, ProgrammePlan
from planner.programme.shown import given, is_compared, missing, named, of_all
from planner.words import numbers
from planner.words.said import Sentence, _, count, series


def said(found: Sequence[ProgrammePlan], names: Sequence[str]) -> Said:
    """The whole document.

    Parameters
    ----------
    names
        What each of them is called.
    """
    title = Heading(_("{programmes} side by side").format(programmes=count(len(found), "programme")), "title")
    opening = tuple(Paragraph(note) for note in notes(found, names))
    return Said(
        (title, *opening), (_whole(found, names), _members(found, names, money=True), _members(found, names, money=False))
    )


def notes(found: Sequence[ProgrammePlan], names: Sequence[str]) -> list[Sentence]:
    """Why figures of two of them may not be set side by side."""
    said_ = []
    first = found[0]
    for one, name in zip(found[1:], names[1:], strict=True):
        if (one.unit, one.prices_of) != (first.unit, first.prices_of):
            text = _("{other} counts money in {unit} of {prices}, {first} in {unit_of_first} of {prices_of_first}")
            said_.append(text.format(
                other=name, unit=one.unit, prices=str(one.prices_of), first=names[0], unit_of_first=first.unit,
                prices_of_first=str(first.prices_of),
            ))  # fmt: skip
        known = {e: plan.case for e, plan in first.plans.items()}
        differ = [e for e, plan in one.plans.items() if e in known and measure(plan.case) != measure(known[e])]
        if differ:
            text = _(
                "{other} and {first} compare {members} by other indicators or weights: what is missing is not the same thing"
            )
            said_.append(text.format(other=name, first=names[0], members=series(differ)))
        elif not is_compared(one):
            said_.append(_("In {other} members are compared by goals of their own.").format(other=name))
    return said_


def as_rows(found: Sequence[ProgrammePlan], names: Sequence[str]) -> list[dict[str, Any]]:
    """A row a member and programme, for other programs."""
    rows = []
    for one, name in zip(found, names, strict=True):
        for member in one.members:
            without, with_plan = missing(one, member)
            rows.append({
                "programme": name, "member": member.id, "people": member.people, "given": given(member),
                "missing_without": without, "missing_with": with_plan,
            })  # fmt: skip
    return rows


def _whole(found: Sequence[ProgrammePlan], names: Sequence[str]) -> Section:
    """Money, what is closed and how it is proven, a row a programme."""
    rows = []
    alike = _count_alike(found)
    for one, name in zip(found, names, strict=True):
        without, with_plan = of_all(one)
        sums = sum(one.amount.values()), sum(given(member) for member in one.members)
        there, out = (numbers.number(money, 1) if alike else _amount(one, money) for money in sums)
        rows.append([
            name, str(len(one.members)), there, out, numbers.number(100 * without, 1),
            numbers.number(100 * with_plan, 1), numbers.percent((without - with_plan) / without if without > 0 else 0.0),
            numbers.proof(one.gap),
        ])  # fmt: skip
    heads = [
        _("programme"), _("members"), _of_money(_("there is"), found), _of_money(_("given"), found),
        _("missing\nwithout\na plan, %"), _("missing\nwith the\nplans, %"), _("closed"), _("proven\nwithin"),
    ]  # fmt: skip
    return Heading(_("What they come to"), "section"), table(heads, rows, "lrrrrrrr")


def _members(found: Sequence[ProgrammePlan], names: Sequence[str], money: bool) -> Section:
    """What each member is given, or what is missing of its standards with its plan, in each of them."""
    known: dict[str, MemberResult] = {}
    for one in found:
        for member in one.members:
            known.setdefault(member.id, member)
    rows = []
    for e, about in sorted(known.items(), key=lambda item: -max(_given(one, item[0]) or 0.0 for one in found)):
        cells = [_given(one, e) if money else _missing(one, e) for one in found]
        rows.append([named(about.name, about.name_zh), *("" if cell is None else numbers.number(cell, 1) for cell in cells)])
    title = _("Missing with the plan, %")
    if money:
        title = _("Given, {unit}").format(unit=found[0].unit) if _count_alike(found) else _("Given")
        if not _count_alike(found):
            units = [_("{unit},\nprices of {year}").format(unit=one.unit, year=str(one.prices_of)) for one in found]
            names = [series(head, "\n") for head in zip(names, units, strict=True)]
    return Heading(title, "section"), table([_("member"), *names], rows, "l" + "r" * len(found))


def _count_alike(found: Sequence[ProgrammePlan]) -> bool:
    """Whether all count money in one unit, at prices of one year."""
    return len({(one.unit, one.prices_of) for one in found}) == 1


def _of_money(head: str, found: Sequence[ProgrammePlan]) -> str:
    """A heading with the unit, where all have one; else the cells have it."""
    return _("{head},\n{unit}").format(head=head, unit=found[0].unit) if _count_alike(found) else head


def _amount(one: ProgrammePlan, money: float) -> Sentence:
    """Money in the programme's own unit."""
    said = _("{money} {unit} of {year}")
    return said.format(money=numbers.number(money, 1), unit=one.unit, year=str(one.prices_of))


def _given(one: ProgrammePlan, e: str) -> float | None:
    return next((given(member) for member in one.members if member.id == e), None)


def _missing(one: ProgrammePlan, e: str) -> float | None:
    return next((100 * missing(one, member)[1] for member in one.members if member.id == e), None)
