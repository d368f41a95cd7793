"""The first sheet: all that a minister decides on, on one page of A4."""

from __future__ import annotations

from dataclasses import dataclass

from planner.case import naming
from planner.documents import money, text, web
from planner.documents.blocks import Heading, Paragraph, Picture, Section, Table
from planner.documents.briefing import assumptions, first_steps, people, sure, worth
from planner.documents.briefing.worth import Answers
from planner.documents.drawings import maps
from planner.documents.goals import audit_words, nothing_found, status_words, title
from planner.plans.plan import Plan
from planner.promises import broken_in_words
from planner.words import numbers, text_layout
from planner.words.said import _, series

PANEL, TALLEST = 330, 345  # width and height of a map, pixels
SHOWN = (text.GAPS, text.MONEY, text.JOBS)  # of the headline figures


@dataclass(frozen=True)
class Sheet:
    """What stands on the sheet, part by part; whoever shows it says where each stands.

    Attributes
    ----------
    warnings
        What has to be read before all else.
    facts
        What is proven, what it closes and costs, and how sure it is; each with its label.
    """

    title: str
    warnings: Section
    facts: Section
    steps: Section
    picture: Picture
    people: Section
    who: Section
    worth: Section
    left_out: Section
    matters: Section
    estimates: str


def parts(plan: Plan, answers: Answers) -> Sheet:
    """The sheet of a plan."""
    known = worth.signatures(plan, answers)
    status = _("{status}. Audit {audit}.").format(status=status_words(plan), audit=audit_words(plan))
    facts = (Paragraph(said, label) for label, said in text.facts(plan) if label in SHOWN)
    broken = (_("Promise broken: {promise}").format(promise=promise) for promise in broken_in_words(plan.case, plan.broken))
    left_out, *_others = worth.projects_left_out(plan, answers)
    return Sheet(
        title=title(plan.case),
        warnings=tuple(Paragraph(said, look="warning") for said in (nothing_found(plan), *broken) if said),
        facts=(Paragraph(status, _("Proof")), *facts, *_sure(plan, answers)),
        steps=first_steps.section(plan, worth.shares(known)),
        picture=Picture("first-map", lambda: maps.plan_map(plan, width=PANEL, tallest=TALLEST), maps.note(plan)),
        people=_people(plan),
        who=(Heading(_("Who pays and who gains")), *(block for part in money.who_pays(plan) for block in part)),
        worth=_worth(known, answers),
        left_out=left_out,
        matters=assumptions.what_matters_most(plan, answers.sensitivity),
        estimates=text.estimates(plan),
    )


def sheet(plan: Plan, answers: Answers) -> web.Markup:
    """The sheet as a section of the page."""
    said = parts(plan, answers)
    return web.block(
        *web.shown(said.warnings),
        web.heading(said.title, 1),
        *web.shown(said.facts),
        _close(said.steps),
        web.block(web.picture(said.picture), _close(said.people), kind="columns uneven"),
        _close(said.who),
        web.block(
            _close(said.worth),
            web.block(
                _close(said.left_out),
                _close(said.matters, numbered=True),
                web.paragraph(said.estimates, kind="strong"),
            ),
            kind="columns",
        ),
        kind="sheet",
    )


def _sure(plan: Plan, answers: Answers) -> Section:
    """How sure the plan is, what to hold back, and which projects are firm; nothing where nobody asked."""
    said = sure.sentences(plan, answers.risk, answers.priorities)
    return (Paragraph(series(said, " "), _("How sure")),) if said else ()


def _close(section: Section, numbered: bool = False) -> web.Markup:
    """A section set close."""
    return web.block(*web.shown(section, close=True, numbered=numbered))


def _people(plan: Plan) -> Section:
    """Travel times in the last period, then people at standard by indicator, in millions: they fit beside a map."""
    last = people.within(plan)[-1]
    rows = []
    within = _("within {minutes:g} min of a core")
    for pair, said in ((last.near, within.format(minutes=people.NEAR)), (last.far, within.format(minutes=people.FAR))):
        if pair is not None:
            rows.append([said, _million(last.people), _million(pair.without), _million(pair.with_plan)])
    mean = last.reachable
    rows.append([_("reachable in 120 min, mean"), _million(last.people), _million(mean.without), _million(mean.with_plan)])
    rows += [
        [
            _("at standard: {indicator}").format(indicator=naming.indicator(plan.case, a.indicator)),
            _million(a.people),
            _million(a.met.without),
            _million(a.met.with_plan),
        ]
        for a in people.at_standard(plan)
    ]
    heads = [last.period.label, _("of", "people"), _("without\nthe plan"), _("with it")]
    table = Table(heads, rows, "lrrr")
    return (Heading(_("People, million")), table, Paragraph(people.DEFINED, look="note"))


def _million(heads: float) -> str:
    """People in millions, with as many decimals as there is to see."""
    decimals = 1 if heads >= 1e6 or heads == 0 else 2 if heads >= 1e4 else 4
    return numbers.number(heads / 1e6, decimals)


def _worth(known: list[worth.Worth], answers: Answers) -> Section:
    """What each signature is worth, in a narrow column."""
    title = Heading(_("What each signature is worth, % of the plan's gain"))
    if not known:
        return (title, Paragraph(_("The plan needs no signature.")))
    if answers.importance is None:
        names = text_layout.join([w.name for w in known])
        unknown = _("Not worked out: {why}. Signed are: {names}.")
        return (title, Paragraph(unknown.format(why=answers.why_not, names=names)))
    table = Table([_("without it"), _("is lost")], [[w.name, w.said] for w in known], "lr")
    return (title, table, Paragraph(worth.RULE, look="note"))
