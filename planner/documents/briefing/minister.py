"""The first sheet: all that a minister decides on, on one page of A4."""

from __future__ import annotations

from planner.case import naming
from planner.documents import money, text, web
from planner.documents.blocks import Heading, Paragraph, Picture, Section, Table
from planner.documents.briefing import assumptions, first_steps, people, sure, worth
from planner.documents.briefing.worth import Answers
from planner.documents.drawings import maps
from planner.documents.goals import audit_words, nothing_found, status_words, title
from planner.plans.plan import Plan
from planner.promises import broken_in_words
from planner.words import numbers, phrases
from planner.words.said import _, series

PANEL, TALLEST = 330, 345  # width and height of a map, pixels
SHOWN = (text.GAPS, text.MONEY, text.JOBS)  # of the headline figures


def sheet(plan: Plan, answers: Answers) -> web.Markup:
    """The sheet as a section of the page."""
    known = worth.signatures(plan, answers)
    status = _("{status}. Audit {audit}.").format(status=status_words(plan), audit=audit_words(plan))
    facts = [Paragraph(said, label) for label, said in text.facts(plan) if label in SHOWN]
    left_out, *_others = worth.projects_left_out(plan, answers)
    return web.block(
        *(web.paragraph(said, kind="warning") for said in [nothing_found(plan)] if said),
        web.heading(title(plan.case), 1),
        *web.shown((Paragraph(status, _("Proof")), *facts)),
        *(
            web.paragraph(_("Promise broken: {promise}").format(promise=promise), kind="warning")
            for promise in broken_in_words(plan.case, plan.broken)
        ),
        *web.shown(_sure(plan, answers)),
        _first_steps(plan, known),
        web.block(_map(plan), _people(plan), kind="columns uneven"),
        _close((Heading(_("Who pays and who gains")), *(block for part in money.who_pays(plan) for block in part))),
        web.block(
            _worth(known, answers),
            web.block(
                _close(left_out),
                _close(assumptions.what_matters_most(plan, answers.sensitivity), numbered=True),
                web.paragraph(text.estimates(plan), kind="strong"),
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


def _first_steps(plan: Plan, known: list[worth.Worth]) -> web.Markup:
    every = first_steps.first_steps(plan)
    shown = first_steps.most_telling(every, worth.shares(known))
    said: str = _("Projects and signatures that start in {period}").format(period=plan.case.periods[0].label)
    if len(shown) < len(every):
        by = _("worth most") if worth.shares(known) else _("dearest")
        said = _("{title} ({shown} of {all}: dearest projects, signatures {by})").format(
            title=said, shown=len(shown), all=len(every), by=by
        )
    if not shown:
        return _close((Heading(said), Paragraph(_("Nothing starts by the plan's own choice."))))
    return _close((Heading(said), first_steps.table(plan, shown)))


def _map(plan: Plan) -> web.Markup:
    return web.picture(
        Picture("first-map", lambda: maps.plan_map(plan, width=PANEL, tallest=TALLEST), maps.note(plan))
    )  # fmt: skip


def _people(plan: Plan) -> web.Markup:
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
    return _close((Heading(_("People, million")), table, Paragraph(people.DEFINED, look="note")))


def _million(heads: float) -> str:
    """People in millions, with as many decimals as there is to see."""
    decimals = 1 if heads >= 1e6 or heads == 0 else 2 if heads >= 1e4 else 4
    return numbers.number(heads / 1e6, decimals)


def _worth(known: list[worth.Worth], answers: Answers) -> web.Markup:
    """What each signature is worth, in a narrow column."""
    title = Heading(_("What each signature is worth, % of the plan's gain"))
    if not known:
        return _close((title, Paragraph(_("The plan needs no signature."))))
    if answers.importance is None:
        names = phrases.join([w.name for w in known])
        unknown = _("Not worked out: {why}. Signed are: {names}.")
        return _close((title, Paragraph(unknown.format(why=answers.why_not, names=names))))
    table = Table([_("without it"), _("is lost")], [[w.name, w.said] for w in known], "lr")
    return _close((title, table, Paragraph(worth.RULE, look="note")))
