"""The report as one web page: the minister's sheet, then map, timeline, gaps, money, assumptions and proof."""

from __future__ import annotations

from collections.abc import Sequence

from planner.case import naming, warnings_of
from planner.case.scenarios import BASE
from planner.documents import built, changes, fairness, money, parks, runs, text, vocabulary, web
from planner.documents.blocks import Picture, Sections, bullets
from planner.documents.briefing import minister, people, worth
from planner.documents.briefing.worth import Answers
from planner.documents.drawings import gaps as gap_drawings
from planner.documents.drawings import maps, timeline
from planner.documents.drawings import money as money_drawings
from planner.documents.goals import audit_words, goals_line, status_words
from planner.plans import totals
from planner.plans.plan import Plan
from planner.words import phrases
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
        ("assumptions", _("What it rests on"), _rests_on(plan)),
        ("proof", _("How it was proved"), [web.facts(proof(plan))]),
    ]
    contents = web.paragraph(
        web.joined(*_between(" · ", [web.link(title, key) for key, title, _ in sections])), kind="note contents"
    )
    body = [web.section(title, *parts, key=key) for key, title, parts in sections]
    return web.page(plan.case.title, [_changed(plan), minister.sheet(plan, answers), contents, *body])


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


def _part(title: str, sections: Sections) -> list[web.Content]:
    """What is said of a plan wherever it is read, under a heading of its own; nothing where there is nothing to say."""
    parts = [part for section in sections for part in web.shown(section)]
    return [web.heading(title), *parts] if parts else []


def _map(plan: Plan) -> list[web.Content]:
    return [web.picture(Picture("map", lambda: maps.plan_map(plan, width=WIDE_PANEL), maps.note(plan)))]


TIMELINE_NOTE = _(
    "Pale: works. Full: in service. Facilities of one service are one bar for each period in which works start; both "
    "halves of a link are one."
)


def _timeline(plan: Plan) -> list[web.Content]:
    left_out = built.left_out(plan)
    return [
        web.picture(Picture("timeline", lambda: timeline.timeline(plan), TIMELINE_NOTE)),
        *(part for section in built.built(plan) for part in web.shown(section)),
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
        *_part(_("Who is worst off"), fairness.worst_off(plan)),
        *_people(plan),
    ]


def _people(plan: Plan) -> list[web.Content]:
    """People by travel time in all periods, and people at standard with what the standard is."""
    rows = [
        [w.period.label, _heads(w.people), *(_pair(pair) for pair in (w.near, w.far, w.reachable))]
        for w in people.within(plan)
    ]
    heads = [
        _("without the plan -> with it"),
        _("people"),
        _("within 60 minutes\nof a core city"),
        _("within 120 minutes\nof a core city"),
    ]
    at = [
        [naming.indicator(plan.case, a.indicator), a.standard, _heads(a.people), _pair(a.met)]
        for a in people.at_standard(plan)
    ]
    last = plan.case.periods[-1].label
    return [
        web.heading(_("People within 60 and 120 minutes")),
        web.table([*heads, _("reachable within\n120 minutes, mean")], rows, "lrrrr"),
        web.heading(_("People at standard in {period}").format(period=last)),
        web.table(["", _("standard"), _("people it is for"), _("at standard,\nwithout -> with")], at, "llrr"),
        web.paragraph(people.DEFINED, kind="note"),
    ]


def _heads(number: float) -> str:
    return phrases.number(number, 0)


def _pair(pair: people.Pair | None) -> str:
    return _("no core city") if pair is None else phrases.change(pair.without, pair.with_plan, 0)


def _money(plan: Plan) -> list[web.Content]:
    by_period = Picture("periods", lambda: money_drawings.money_by_period(plan), _("Paid in each period, by who pays."))
    by_line = Picture("lines", lambda: money_drawings.money_by_line(plan), _("Where the money of each line goes."))
    return [
        web.block(web.picture(by_period), web.picture(by_line)),
        *_part(_("Who pays and who gains"), money.who_pays(plan)),
        *_part(_("Each jurisdiction alone and together"), fairness.alone(plan)),
        *_part(_("Policies by level of the pyramid"), built.pyramid(plan)),
        *_part(_("Money by budget line"), money.lines(plan)),
        *_part(_("Private money, tax, debts and transfers"), money.funding(plan)),
        *_part(_("Where money is left and why"), money.left(plan)),
        *_part(_("Emissions"), parks.emissions(plan)),
    ]


def _answers(plan: Plan, answers: Answers) -> list[web.Content]:
    known = worth.signatures(plan, answers)
    parts: list[web.Content] = []
    if answers.importance is None:
        parts.append(web.paragraph(_("What signatures are worth was not worked out: {why}.").format(why=answers.why_not)))
    elif known:
        rows = [[w.name, w.signed_by, w.said] for w in known]
        parts += [
            web.table(["", _("signed by"), _("lost without it,\n% of the gain")], rows, "llr"),
            web.paragraph(worth.RULE, kind="note"),
        ]
    parts += [
        web.heading(_("The first project left out, and why")),
        web.paragraph(series(worth.first_left_out(plan, answers), " ")),
    ]
    if answers.scores is not None and len(answers.scores):
        parts += [web.heading(_("Projects left out, best first")), _scores(plan, answers)]
    if answers.missing:
        parts += [web.heading(_("Not answered or not proven")), web.bullets(answers.missing)]
    return parts


SCORES_SHOWN = 15


def _scores(plan: Plan, answers: Answers) -> web.Markup:
    """The projects left out with the best scores."""
    assert answers.scores is not None
    rows = [
        [
            worth.name_of(plan.case, measure),
            phrases.join([naming.city(plan.case, i) for i in city.split(";") if i]),
            f"{closes:.5f}",
            phrases.money(cost, 2),
        ]
        for measure, city, closes, cost in totals.columns(
            answers.scores.head(SCORES_SHOWN), "measure", "city", "closes", "money"
        )
    ]
    heads = [
        "", _("where"), _("first goal better by,\nadded beyond all money"),
        _("public money,\n{unit}").format(unit=plan.case.money.unit),
    ]  # fmt: skip
    return web.table(heads, rows, "llrr")


def _rests_on(plan: Plan) -> list[web.Content]:
    warnings = list(warnings_of(plan.case))
    return [
        web.bullets([minister.estimates(plan), *text.unknown(plan)]),
        *([web.heading(_("Assumptions of the case")), web.bullets(plan.case.assumptions)] if plan.case.assumptions else []),
        *([web.heading(_("Warnings")), web.bullets(warnings)] if warnings else []),
    ]


AGAIN = _(
    "planner audit PLAN recomputes every figure from the case and the decisions alone; the bounds are the solver's word, "
    "and planner audit PLAN --prove solves again for them; planner solve with the same case and seed gives the same plan."
)


def proof(plan: Plan) -> list[tuple[str, str]]:
    """What is proven and by what, each with its label: all that is needed to get the plan again."""
    case = plan.case
    found: list[tuple[str, str]] = [
        (_("Status"), status_words(plan)), (_("Goals"), goals_line(plan)), (_("Audit"), audit_words(plan)),
    ]  # fmt: skip
    if plan.broken:
        found.append((_("Promises broken"), series(plan.broken, "; ")))
    if plan.options:
        found.append((_("Options"), runs.options_in_words(plan.options)))
    if plan.seconds:
        found.append((_("Took"), runs.seconds_in_words(plan.seconds)))
    if plan.versions:
        found.append((_("Made with"), runs.versions_in_words(plan.versions)))
    scenario = vocabulary.CELLS["base"] if case.scenario == BASE else naming.scenario(case, case.scenario)
    hashed = _("{case}, scenario {scenario}; what the model sees has the hash {hash}")
    found.append((_("Case"), hashed.format(case=case.name, scenario=scenario, hash=case.content_hash)))
    found.append((_("Again"), AGAIN))
    return found
