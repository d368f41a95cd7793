"""The report of a programme as one web page: what `show` says, with pictures, and of each member what its plan builds."""

from __future__ import annotations

from planner.documents import web
from planner.documents.blocks import Heading
from planner.documents.built import built
from planner.documents.changes import gains
from planner.programme.pictures import pictures
from planner.programme.result import ProgrammePlan
from planner.programme.shown import given, named, said
from planner.words import numbers
from planner.words.said import _


def report(found: ProgrammePlan) -> str:
    """The whole page as the text of its one file.

    Parameters
    ----------
    found
        A result with the plans of its members.
    """
    drawn = {name: web.picture(picture) for name, picture in pictures(found).items()}
    whole = said(found)
    parts: list[web.Content] = [*web.shown(whole.opening), drawn["members"]]
    sections = [section for section in whole.sections if section]
    who, rest = sections[0], sections[1:]
    assert isinstance(who[0], Heading)
    parts.append(web.section(who[0].text, *web.shown(who[1:]), web.block(drawn["given"], drawn["closed"])))
    for section in rest:
        head = section[0]
        assert isinstance(head, Heading)
        parts.append(web.section(head.text, *web.shown(section[1:])))
    if "rounds" in drawn:
        parts.append(web.section(_("How it was proven"), drawn["rounds"]))
    order = sorted(found.members, key=lambda one: -given(one))
    for one in order:
        plan = found.plans[one.id]
        title = _("{member}: {money} {unit} given").format(
            member=named(one.name, one.name_zh), money=numbers.number(given(one), 1), unit=found.unit
        )
        last = plan.case.periods[-1].label
        inside: list[web.Content] = [
            web.heading(_("Largest gains in {period} (without the plan -> with it)").format(period=last))
        ]
        inside += [part for section in gains(plan) for part in web.shown(section)]
        inside += [part for section in built(plan) for part in web.shown(section)]
        parts.append(web.section(title, *inside, key=one.id))
    return web.page(named(found.title, found.title_zh), parts)
