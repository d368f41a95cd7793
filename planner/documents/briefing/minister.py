"""The first sheet: all that a minister decides on, on one page of A4."""

from __future__ import annotations

from planner.case import naming
from planner.documents import money, web
from planner.documents.blocks import Picture
from planner.documents.briefing import assumptions, first_steps, people, worth
from planner.documents.briefing.worth import Answers
from planner.documents.drawings import maps
from planner.documents.goals import audit_words, nothing_found, status_words, title
from planner.documents.text import GAPS, JOBS, MONEY, by_basis, facts
from planner.plans import totals
from planner.plans.plan import Plan
from planner.words import phrases
from planner.words.said import Sentence, _, series

COLON = _(": ")
PANEL, TALLEST = 330, 345  # width and height of a map, pixels
MATTER = (
    _("Assumptions that matter most"), _("The assumption that matters most"), _("The two assumptions that matter most"),
    _("The three assumptions that matter most"), _("The four assumptions that matter most"),
    _("The five assumptions that matter most"),
)  # fmt: skip
SHOWN = (GAPS, MONEY, JOBS)  # of the headline figures


def sheet(plan: Plan, answers: Answers) -> web.Markup:
    """The sheet as a section of the page."""
    case = plan.case
    known = worth.signatures(plan, answers)
    headline = [(label, said) for label, said in facts(plan) if label in SHOWN]
    status = _("{status}. Audit {audit}.").format(status=status_words(plan), audit=audit_words(plan))
    return web.block(
        *(web.paragraph(said, kind="warning") for said in [nothing_found(plan)] if said),
        web.heading(title(case), 1),
        web.facts([(_("Proof"), status), *headline]),
        *(web.paragraph(_("Promise broken: {promise}").format(promise=promise), kind="warning") for promise in plan.broken),
        _first_steps(plan, known),
        web.block(_map(plan), _people(plan), kind="columns uneven"),
        _who(plan),
        web.block(
            _worth(known, answers),
            web.block(_left_out(plan, answers), _assumptions(plan, answers), web.paragraph(estimates(plan), kind="strong")),
            kind="columns",
        ),
        kind="sheet",
    )


def _first_steps(plan: Plan, known: list[worth.Worth]) -> web.Markup:
    every = first_steps.first_steps(plan)
    shown = first_steps.most_telling(every, worth.shares(known))
    first, last = plan.case.periods[0], plan.case.periods[-1]
    unit = plan.case.money.unit
    said: str = _("Projects and signatures that start in {period}").format(period=first.label)
    if len(shown) < len(every):
        by = _("worth most") if worth.shares(known) else _("dearest")
        said = _("{title} ({shown} of {all}: dearest projects, signatures {by})").format(
            title=said, shown=len(shown), all=len(every), by=by
        )
    heading = web.heading(said)
    if not shown:
        return web.block(heading, web.paragraph(_("Nothing starts by the plan's own choice.")))
    costs = [s.public for s in shown]
    decimals = phrases.money_decimals(costs)
    has_private = any(s.private > totals.NOTHING for s in shown)
    rows = [
        [
            _("Sign: {name}").format(name=s.name) if s.is_signature else s.name,
            s.place,
            str(s.opens),
            phrases.money(s.public, decimals) if s.public else "0",
            *([phrases.money(s.private, decimals) if s.private else ""] if has_private else []),
            first_steps.payers(plan.case, s),
        ]
        for s in shown
    ]
    private = [_("private,\n{unit}").format(unit=unit)] if has_private else []
    heads = [
        "",
        _("where, or who signs"),
        _("open\nfrom"),
        _("public cost\nto {year}, {unit}").format(year=last.last, unit=unit),
        *private,
        _("public cost paid by"),
    ]
    return web.block(heading, web.table(heads, rows, "llrr" + "r" * has_private + "l", kind="close"))


def _map(plan: Plan) -> web.Markup:
    return web.picture(
        Picture("first-map", lambda: maps.plan_map(plan, width=PANEL, tallest=TALLEST), maps.note(plan))
    )  # fmt: skip


def _people(plan: Plan) -> web.Markup:
    """Travel times in the last period, then people at standard by indicator."""
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
    return web.block(
        web.heading(_("People, million")),
        web.table(heads, rows, "lrrr", kind="close"),
        web.paragraph(people.DEFINED, kind="note"),
    )


def _million(heads: float) -> str:
    """People in millions, with as many decimals as there is to see."""
    decimals = 1 if heads >= 1e6 or heads == 0 else 2 if heads >= 1e4 else 4
    return phrases.number(heads / 1e6, decimals)


def _who(plan: Plan) -> web.Markup:
    parts = [part for section in money.who_pays(plan) for part in web.shown(section, close=True)]
    return web.block(web.heading(_("Who pays and who gains")), *parts)


def _worth(known: list[worth.Worth], answers: Answers) -> web.Markup:
    title = web.heading(_("What each signature is worth, % of the plan's gain"))
    if not known:
        return web.block(title, web.paragraph(_("The plan needs no signature.")))
    if answers.importance is None:
        names = phrases.join([w.name for w in known])
        unknown = _("Not worked out: {why}. Signed are: {names}.")
        return web.block(title, web.paragraph(unknown.format(why=answers.why_not, names=names)))
    rows = [[w.name, w.said] for w in known]
    return web.block(
        title, web.table([_("without it"), _("is lost")], rows, "lr", kind="close"), web.paragraph(worth.RULE, kind="note")
    )


def _left_out(plan: Plan, answers: Answers) -> web.Markup:
    said = worth.first_left_out(plan, answers)
    return web.block(web.heading(_("The first project left out, and why")), web.paragraph(series(said, " ")))


def _assumptions(plan: Plan, answers: Answers) -> web.Markup:
    found, rule = assumptions.most_important(plan, answers.sensitivity)
    title = web.heading(MATTER[len(found)])
    if not found:
        return web.block(title, web.paragraph(_("No figure of the plan is known to be estimated or assumed.")))
    items = [web.joined(a.what, COLON, web.strong(a.said)) for a in found]
    return web.block(title, web.bullets(items, numbered=True), web.paragraph(rule, kind="note"))


def estimates(plan: Plan) -> Sentence:
    """What share of the money rests on estimates, as a sentence."""
    found = totals.money_by_basis(plan)
    if not found:
        return _("No public money is spent.")
    guessed = sum(share for basis, share in found.items() if basis in assumptions.GUESSED)
    return _("{share} of the public money rests on costs that are estimated, assumed or not stated ({each}).").format(
        share=phrases.percent(guessed), each=by_basis(found)
    )
