"""The first sheet: all that a minister decides on, on one page of A4."""

from __future__ import annotations

from planner.case import naming
from planner.documents import money, web
from planner.documents.briefing import people, resting, steps, worth
from planner.documents.briefing.answers import Answers
from planner.documents.drawings import maps
from planner.documents.goals import nothing_found, status_words
from planner.documents.pictures import picture
from planner.documents.text import audit_words, facts
from planner.plans import totals
from planner.plans.plan import Plan
from planner.words import phrases
from planner.words.plurals import noun

PANEL, TALLEST = 330, 345  # width and height of a map, pixels
NUMBERS = ("", "assumption", "two assumptions", "three assumptions", "four assumptions", "five assumptions")
SHOWN = ("Gaps", "Money", "Jobs")  # of the headline figures


def sheet(plan: Plan, answers: Answers, chinese: bool = False) -> web.Markup:
    """The sheet as a section of the page."""
    case = plan.case
    scenario = "" if case.scenario == "base" else f", scenario {naming.scenario(case, case.scenario)}"
    known = worth.signatures(plan, answers)
    headline = [(label, said) for label, said in facts(plan) if label in SHOWN]
    status = f"{status_words(plan)}. Audit {audit_words(plan)}."
    return web.block(
        *(web.paragraph(said, kind="warning") for said in [nothing_found(plan)] if said),
        web.heading(f"{case.title}{scenario}", 1),
        web.facts([("Proof", status), *headline]),
        *(web.paragraph(f"Promise broken: {promise}", kind="warning") for promise in plan.broken),
        _first_steps(plan, known),
        web.block(_map(plan, chinese), _people(plan), kind="columns uneven"),
        _who(plan),
        web.block(
            _worth(known, answers),
            web.block(_left_out(plan, answers), _assumptions(plan, answers), web.paragraph(estimates(plan), kind="strong")),
            kind="columns",
        ),
        kind="sheet",
    )


def _first_steps(plan: Plan, known: list[worth.Worth]) -> web.Markup:
    every = steps.first_steps(plan)
    shown = steps.most_telling(every, worth.shares(known))
    first, last = plan.case.periods[0], plan.case.periods[-1]
    unit = plan.case.money.unit
    by = "worth most" if worth.shares(known) else "dearest"
    of = f" ({len(shown)} of {len(every)}: dearest projects, signatures {by})" if len(shown) < len(every) else ""
    title = web.heading(f"Projects and signatures that start in {first.label}{of}")
    if not shown:
        return web.block(title, web.paragraph("Nothing starts by the plan's own choice."))
    costs = [s.public for s in shown]
    decimals = phrases.money_decimals(costs)
    has_private = any(s.private > totals.NOTHING for s in shown)
    rows = [
        [
            ("Sign: " if s.is_signature else "") + s.name,
            s.place,
            str(s.opens),
            phrases.money(s.public, decimals) if s.public else "0",
            *([phrases.money(s.private, decimals) if s.private else ""] if has_private else []),
            steps.payers(plan.case, s),
        ]
        for s in shown
    ]
    private = [f"private,\n{unit}"] if has_private else []
    heads = [
        "",
        "where, or who signs",
        "open\nfrom",
        f"public cost\nto {last.last}, {unit}",
        *private,
        "public cost paid by",
    ]
    return web.block(title, web.table(heads, rows, "llrr" + "r" * has_private + "l", kind="close"))


def _map(plan: Plan, chinese: bool) -> web.Markup:
    drawn = maps.plan_map(plan, chinese=chinese, width=PANEL, tallest=TALLEST)
    return picture(drawn, caption=maps.note(plan), name="first-map")


def _people(plan: Plan) -> web.Markup:
    """Travel times in the last period, then people at standard by indicator."""
    last = people.within(plan)[-1]
    rows = []
    for pair, said in (
        (last.near, f"within {people.NEAR:g} min of a core"),
        (last.far, f"within {people.FAR:g} min of a core"),
    ):
        if pair is not None:
            rows.append([said, _million(last.people), _million(pair.without), _million(pair.with_plan)])
    mean = last.reachable
    rows.append(["reachable in 120 min, mean", _million(last.people), _million(mean.without), _million(mean.with_plan)])
    rows += [
        [
            f"at standard: {naming.indicator(plan.case, a.indicator)}",
            _million(a.people),
            _million(a.met.without),
            _million(a.met.with_plan),
        ]
        for a in people.at_standard(plan)
    ]
    heads = [last.period.label, "of", "without\nthe plan", "with it"]
    return web.block(
        web.heading("People, million"),
        web.table(heads, rows, "lrrr", kind="close"),
        web.paragraph(people.DEFINED, kind="note"),
    )


def _million(heads: float) -> str:
    """People in millions, with as many decimals as there is to see."""
    decimals = 1 if heads >= 1e6 or heads == 0 else 2 if heads >= 1e4 else 4
    return phrases.number(heads / 1e6, decimals)


def _who(plan: Plan) -> web.Markup:
    grid, note = money.payers_and_gainers(plan)
    return web.block(web.heading("Who pays and who gains"), web.grid(grid, kind="close"), web.paragraph(note, kind="note"))


def _worth(known: list[worth.Worth], answers: Answers) -> web.Markup:
    title = web.heading("What each signature is worth, % of the plan's gain")
    if not known:
        return web.block(title, web.paragraph("The plan needs no signature."))
    if answers.importance is None:
        names = phrases.join([w.name for w in known])
        return web.block(title, web.paragraph(f"Not worked out: {answers.why_not}. Signed are: {names}."))
    rows = [[w.name, w.said] for w in known]
    return web.block(
        title, web.table(["without it", "is lost"], rows, "lr", kind="close"), web.paragraph(worth.RULE, kind="note")
    )


def _left_out(plan: Plan, answers: Answers) -> web.Markup:
    said = worth.first_left_out(plan, answers)
    return web.block(web.heading("The first project left out, and why"), web.paragraph(" ".join(said)))


def _assumptions(plan: Plan, answers: Answers) -> web.Markup:
    found, rule = resting.most_important(plan, answers.sensitivity)
    title = web.heading(
        f"The {NUMBERS[len(found)]} that {noun(len(found), 'matters', 'matter')} most"
        if found
        else "Assumptions that matter most"
    )
    if not found:
        return web.block(title, web.paragraph("No figure of the plan is known to be estimated or assumed."))
    items = [web.joined(a.what, ": ", web.strong(a.said)) for a in found]
    return web.block(title, web.bullets(items, numbered=True), web.paragraph(rule, kind="note"))


def estimates(plan: Plan) -> str:
    """What share of the money rests on estimates, as a sentence."""
    found = totals.money_by_basis(plan)
    if not found:
        return "No public money is spent."
    guessed = sum(share for basis, share in found.items() if basis in resting.GUESSED)
    each = phrases.join([f"{basis} {phrases.percent(share)}" for basis, share in found.items()])
    return (
        f"{phrases.percent(guessed)} of the public money rests on costs that are estimated, assumed or not stated ({each})."
    )
