"""The report as one web page: the minister's sheet, then map, timeline, gaps, money, assumptions and proof."""

from __future__ import annotations

from collections.abc import Sequence

from planner.case import naming
from planner.documents import (
    bought,
    built,
    changes,
    fairness,
    levels,
    money,
    moves,
    parks,
    priced,
    reality,
    runs,
    scored,
    use,
    web,
)
from planner.documents.blocks import Heading, Paragraph, Picture, Section, Sections, bullets
from planner.documents.briefing import assumptions, minister, people, sure, worth
from planner.documents.briefing.worth import Answers
from planner.documents.drawings import gaps as gap_drawings
from planner.documents.drawings import maps, offered, timeline
from planner.documents.drawings import money as money_drawings
from planner.documents.drawings.flows import flows as flows_of
from planner.documents.goals import audit_words, goals_line, status_words
from planner.plans.plan import Plan
from planner.promises import broken_in_words
from planner.words.said import _, series

WIDE_PANEL = 430  # of a map, pixels


def report(plan: Plan, answers: Answers | None = None) -> str:
    """The whole page as the text of its one file.

    Parameters
    ----------
    plan
        A plan with decisions.
    answers
        What questions beyond the plan found out; None = none were asked.
    """
    answers = answers or Answers()
    sections: list[tuple[str, str, Sequence[web.Content]]] = [
        ("map", _("Map"), _map(plan)),
        ("timeline", _("What is built and signed, and when"), _timeline(plan)),
        ("gaps", _("Gaps before and after"), _gaps(plan)),
        ("money", _("Money"), _money(plan)),
        ("signatures", _("Signatures, and the first project left out"), _answers(plan, answers)),
        (
            "assumptions",
            _("What it rests on"),
            [*_shown(assumptions.of_the_case(plan)), *_part(_("What is used today"), use.used(plan.case))],
        ),
        ("proof", _("How it was proved"), web.shown(proof(plan))),
    ]
    sections.insert(-2, ("standing", _("Where the cluster stands"), standing(plan)))
    if sections_of_it := sure.sections(plan, answers.risk, answers.priorities):
        sections.insert(-2, ("sure", _("How sure the plan is"), _shown(sections_of_it)))
    contents = web.paragraph(
        web.joined(*_between(" · ", [web.link(title, key) for key, title, _ in sections])), kind="note contents"
    )
    body = [web.section(title, *parts, key=key) for key, title, parts in sections]
    return web.page(naming.title(plan.case), [_changed(plan), minister.sheet(plan, answers), contents, *body])


def _between(mark: str, parts: list[web.Markup]) -> list[web.Content]:
    pieces: list[web.Content] = []
    for part in parts:
        pieces += [mark, part] if pieces else [part]
    return pieces


def _changed(plan: Plan) -> web.Markup:
    """A plan that the audit does not vouch for says so before all else."""
    if plan.audit in ("passed", "not run"):
        return web.Markup("")
    return web.paragraph(_("Audit {audit}.").format(audit=audit_words(plan)), kind="warning")


def _shown(sections: Sections) -> list[web.Content]:
    return [part for section in sections for part in web.shown(section)]


def lowered(sections: Sections) -> Sections:
    """Sections of a document within another: their headings stand one step lower."""
    low = lambda block: Heading(block.text) if isinstance(block, Heading) else block  # noqa: E731
    return tuple(tuple(map(low, section)) for section in sections)


def _part(title: str, sections: Sections) -> list[web.Content]:
    """What is said of a plan wherever it is read, under a heading of its own; nothing where there is nothing to say."""
    parts = _shown(sections)
    return [web.heading(title), *parts] if parts else []


def _map(plan: Plan) -> list[web.Content]:
    closed = _("What the plan closes, a gap less the gap with it. Pale: nothing.")
    flows = _("Flows in {period}, the largest of each.").format(period=plan.case.periods[-1].label)
    return [
        web.picture(Picture("map", lambda: maps.plan_map(plan, width=WIDE_PANEL), maps.note(plan))),
        web.picture(Picture("closed", lambda: offered.closed(plan), closed)),
        *([web.picture(Picture("flows", lambda: maps.flow_maps(plan), flows))] if flows_of(plan) else []),
    ]


TIMELINE_NOTE = _(
    "Pale: works. Full: in service; of a plant that closes, closed. Dotted: a period begins. Facilities of one service are "
    "one bar for each period in which works start; both halves of a link are one."
)


def _timeline(plan: Plan) -> list[web.Content]:
    left_out = built.left_out(plan)
    return [
        web.picture(Picture("timeline", lambda: timeline.timeline(plan), TIMELINE_NOTE)),
        *_shown(built.built(plan)),
        *_part(_("How real it is"), reality.reality(plan)),
        *_part(_("Parks and their jobs"), parks.parks(plan)),
        *([web.paragraph(_("Not chosen: {kinds}").format(kinds=left_out))] if left_out else []),
    ]


def _gaps(plan: Plan) -> list[web.Content]:
    last = plan.case.periods[-1].label
    by_city = changes.city_table(plan)
    if not by_city:
        return [web.paragraph(_("The case has no indicators."))]
    steps = _("Gap of each city in {period}, without the plan and with it.").format(period=last)
    table = _("Gaps in {period}: share of the standard that is missing.").format(period=last)
    return [
        web.picture(Picture("steps", lambda: gap_drawings.gap_steps(plan), steps)),
        web.picture(Picture("table", lambda: gap_drawings.gap_table(plan), table)),
        *_part(_("Largest gains in {period} (without the plan -> with it)").format(period=last), changes.gains(plan)),
        *_part(_("Worse off with the plan"), (bullets(plan.worse_off),)),
        *_part(_("City by city in {period} (without the plan -> with it)").format(period=last), by_city),
        *_part(_("What residents have in {period} (without the plan -> with it)").format(period=last), levels.levels(plan)),
        *_part(_("Who moves in {period}").format(period=last), moves.moved(plan)),
        *_part(_("Who is worst off"), fairness.worst_off(plan)),
        *_people(plan),
    ]


def _people(plan: Plan) -> list[web.Content]:
    """People by travel time in all periods, and people at standard with what the standard is."""
    last = plan.case.periods[-1].label
    return [
        *_part(_("People within 60 and 120 minutes"), ((people.travel_table(plan),),)),
        *_part(_("People at standard in {period}").format(period=last), ((people.standard_table(plan),),)),
        web.paragraph(people.DEFINED, kind="note"),
    ]


def _money(plan: Plan) -> list[web.Content]:
    by_period = Picture("periods", lambda: money_drawings.money_by_period(plan), _("Paid in each period, by who pays."))
    by_line = Picture("lines", lambda: money_drawings.money_by_line(plan), _("Where the money of each line goes."))
    return [
        web.block(web.picture(by_period), web.picture(by_line)),
        *_part(_("Who pays and who gains"), money.who_pays(plan)),
        *_part(_("Each jurisdiction alone and together"), fairness.alone(plan)),
        *_part(_("Policies by level of the pyramid"), built.pyramid(plan)),
        *_part(_("Money by budget line"), money.lines(plan)),
        *_part(_("What each line's money buys"), bought.bought(plan)),
        *_part(_("Private money, tax, debts and transfers"), money.funding(plan)),
        *_part(_("Use across borders at a price"), priced.used(plan)),
        *_part(_("Where money is left and why"), money.left(plan)),
        *_part(_("Emissions"), parks.emissions(plan)),
    ]


def _answers(plan: Plan, answers: Answers) -> list[web.Content]:
    return _shown(
        (
            worth.what_signatures_are_worth(plan, answers),
            *worth.projects_left_out(plan, answers),
            worth.not_answered(answers),
        )
    )


def standing(plan: Plan) -> list[web.Content]:
    """The scorecard, with the chart of it beside other clusters."""
    document = scored.said(scored.of_plan(plan))
    return [*web.shown(document.opening[1:]), *_shown(lowered(document.sections))]


AGAIN = _(
    "planner audit PLAN recomputes every figure from the case and the decisions alone; the bounds are the solver's word, "
    "and planner audit PLAN --prove solves again for them; planner solve with the same case and seed gives the same plan."
)


def proof(plan: Plan) -> Section:
    """What is proven and by what, each with its label: all that is needed to get the plan again."""
    case = plan.case
    hashed = _("{case}, scenario {scenario}; what the model sees has the hash {hash}")
    scenario = naming.scenario(case, case.scenario)
    found = (
        (_("Status"), status_words(plan)),
        (_("Goals"), goals_line(plan)),
        (_("Audit"), audit_words(plan)),
        (_("Promises broken"), series(broken_in_words(plan.case, plan.broken), "; ")),
        (_("Options"), runs.options_in_words(plan.options)),
        (_("Took"), runs.seconds_in_words(plan.seconds)),
        (_("Made with"), runs.versions_in_words(plan.versions)),
        (_("Case"), hashed.format(case=case.name, scenario=scenario, hash=case.content_hash)),
        (_("Again"), AGAIN),
    )
    return tuple(Paragraph(said, label) for label, said in found if said)
