"""The report as one web page: the minister's sheet, then map, timeline, gaps, money, assumptions and proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.case import naming, warnings_of
from planner.documents import built, changes, funding, left, limits, money, parks, text, web
from planner.documents.briefing import minister, people, proof, worth
from planner.documents.briefing.answers import Answers
from planner.documents.drawings import gaps as gap_drawings
from planner.documents.drawings import maps, timeline
from planner.documents.drawings import money as money_drawings
from planner.documents.pictures import picture
from planner.plans import totals
from planner.plans.plan import Plan
from planner.words import phrases

WIDE_PANEL = 430  # of a map, pixels


def report(plan: Plan, answers: Answers | None = None, chinese: bool = False) -> str:
    """The whole page as the text of its one file.

    Parameters
    ----------
    plan
        A plan with decisions.
    answers
        What questions beyond the plan found out; None = none were asked.
    chinese
        Whether drawings name things in Chinese, where the case knows the names.
    """
    answers = answers or Answers()
    sections: list[tuple[str, str, Sequence[web.Content]]] = [
        ("map", "Map", _map(plan, chinese)),
        ("timeline", "What is built and signed, and when", _timeline(plan, chinese)),
        ("gaps", "Gaps before and after", _gaps(plan, chinese)),
        ("money", "Money", _money(plan, chinese)),
        ("signatures", "Signatures, and the first project left out", _answers(plan, answers)),
        ("assumptions", "What it rests on", _rests_on(plan)),
        ("proof", "How it was proved", [web.facts(proof.proof(plan))]),
    ]
    contents = web.paragraph(
        web.joined(*_between(" · ", [web.link(title, key) for key, title, _ in sections])), kind="note contents"
    )
    body = [web.section(title, *parts, key=key) for key, title, parts in sections]
    return web.page(plan.case.title, [_changed(plan), minister.sheet(plan, answers, chinese), contents, *body])


def _between(mark: str, parts: list[web.Markup]) -> list[web.Content]:
    pieces: list[web.Content] = []
    for part in parts:
        pieces += [mark, part] if pieces else [part]
    return pieces


def _changed(plan: Plan) -> web.Markup:
    """A plan that the audit does not vouch for says so before all else."""
    if plan.audit in ("passed", "not run"):
        return web.Markup("")
    return web.paragraph(f"Audit {text.audit_words(plan)}.", kind="warning")


def _drawn(chart: Any, name: str, caption: str = "") -> web.Markup:
    return picture(chart, caption=caption, name=name)


def _map(plan: Plan, chinese: bool) -> list[web.Content]:
    return [_drawn(maps.plan_map(plan, chinese=chinese, width=WIDE_PANEL), "map", maps.note(plan))]


def _timeline(plan: Plan, chinese: bool) -> list[web.Content]:
    caption = (
        "Pale: works. Full: in service. Facilities of one service are one bar for each period in which works start; both "
        "halves of a link are one."
    )
    tables: list[web.Content] = []
    for title, grid in built.grids(plan):
        tables += [web.heading(title), web.grid(grid)]
    if any(c.before for c in totals.chosen_measures(plan)):
        tables.append(web.paragraph(built.BEFORE, kind="note"))
    years = limits.park_years(plan)
    if years:
        tables += [web.heading("Parks and their jobs"), web.grid(parks.jobs_grid(plan.case, years))]
    left_out = text.not_chosen(plan)
    tables += [web.paragraph(f"Not chosen: {left_out}")] if left_out else []
    return [_drawn(timeline.timeline(plan, chinese), "timeline", caption), *tables]


def _gaps(plan: Plan, chinese: bool) -> list[web.Content]:
    last = plan.case.periods[-1].label
    grid, notes = changes.city_grid(plan)
    gains = changes.largest_gains(plan)
    if not grid.rows:
        return [web.paragraph("The case has no indicators.")]
    return [
        _drawn(
            gap_drawings.gap_steps(plan, chinese=chinese),
            "steps",
            f"Gap of each city in {last}, without the plan and with it.",
        ),
        _drawn(
            gap_drawings.gap_table(plan, chinese=chinese), "table", f"Gaps in {last}: share of the standard that is missing."
        ),
        *([web.heading(f"Largest gains in {last} (without the plan -> with it)"), web.bullets(gains)] if gains else []),
        *([web.heading("Worse off with the plan"), web.bullets(plan.worse_off)] if plan.worse_off else []),
        web.heading(f"City by city in {last} (without the plan -> with it)"),
        web.grid(grid),
        *(web.paragraph(note, kind="note") for note in notes),
        *_people(plan),
    ]


def _people(plan: Plan) -> list[web.Content]:
    """People by travel time in all periods, and people at standard with what the standard is."""
    rows = [
        [w.period.label, _heads(w.people), *(_pair(pair) for pair in (w.near, w.far, w.reachable))]
        for w in people.within(plan)
    ]
    heads = [
        "without the plan -> with it",
        "people",
        "within 60 minutes\nof a core city",
        "within 120 minutes\nof a core city",
    ]
    at = [
        [naming.indicator(plan.case, a.indicator), a.standard, _heads(a.people), _pair(a.met)]
        for a in people.at_standard(plan)
    ]
    last = plan.case.periods[-1].label
    return [
        web.heading("People within 60 and 120 minutes"),
        web.table([*heads, "reachable within\n120 minutes, mean"], rows, "lrrrr"),
        web.heading(f"People at standard in {last}"),
        web.table(["", "standard", "people it is for", "at standard,\nwithout -> with"], at, "llrr"),
        web.paragraph(people.DEFINED, kind="note"),
    ]


def _heads(number: float) -> str:
    return phrases.number(number, 0)


def _pair(pair: people.Pair | None) -> str:
    return "no core city" if pair is None else phrases.change(pair.without, pair.with_plan, 0)


def _money(plan: Plan, chinese: bool) -> list[web.Content]:
    case = plan.case
    who, note = money.payers_and_gainers(plan)
    tax = funding.tax_grid(plan)
    rest = left.sentences(plan)
    return [
        web.block(
            _drawn(money_drawings.money_by_period(plan, chinese=chinese), "periods", "Paid in each period, by who pays."),
            _drawn(money_drawings.money_by_line(plan, chinese=chinese), "lines", "Where the money of each line goes."),
        ),
        web.heading("Who pays and who gains"),
        web.grid(who),
        web.paragraph(note, kind="note"),
        web.heading(f"Money by budget line, {case.money.unit}, prices of {case.money.prices}"),
        web.grid(money.accounts(plan)),
        web.paragraph(money.running_left(plan)),
        *([web.bullets(funding.sentences(plan))] if funding.sentences(plan) else []),
        *([web.heading("Tax"), web.grid(tax), web.paragraph(funding.TAX_NOTE, kind="note")] if tax is not None else []),
        *(
            [web.heading("Where money is left and why"), web.bullets(rest), web.paragraph(left.NOTE, kind="note")]
            if rest
            else []
        ),
    ]


def _answers(plan: Plan, answers: Answers) -> list[web.Content]:
    known = worth.signatures(plan, answers)
    parts: list[web.Content] = []
    if answers.importance is None:
        parts.append(web.paragraph(f"What signatures are worth was not worked out: {answers.why_not}."))
    elif known:
        rows = [[w.name, w.signed_by, w.said] for w in known]
        parts += [
            web.table(["", "signed by", "lost without it,\n% of the gain"], rows, "llr"),
            web.paragraph(worth.RULE, kind="note"),
        ]
    parts += [
        web.heading("The first project left out, and why"),
        web.paragraph(" ".join(worth.first_left_out(plan, answers))),
    ]
    if answers.scores is not None and len(answers.scores):
        parts += [web.heading("Projects left out, best first"), _scores(plan, answers)]
    if answers.missing:
        parts += [web.heading("Not answered or not proven"), web.bullets(answers.missing)]
    return parts


SCORES_SHOWN = 15


def _scores(plan: Plan, answers: Answers) -> web.Markup:
    """The projects left out with the best scores."""
    assert answers.scores is not None
    rows = [
        [
            name,
            phrases.join([plan.case.cities[i].name for i in city.split(";") if i]),
            f"{closes:.5f}",
            phrases.money(cost, 2),
        ]
        for name, city, closes, cost in totals.columns(answers.scores.head(SCORES_SHOWN), "name", "city", "closes", "money")
    ]
    heads = ["", "where", "first goal better by,\nadded beyond all money", f"public money,\n{plan.case.money.unit}"]
    return web.table(heads, rows, "llrr")


def _rests_on(plan: Plan) -> list[web.Content]:
    warnings = list(warnings_of(plan.case))
    return [
        web.bullets([minister.estimates(plan), *text.basis(plan)[1:]]),
        *([web.heading("Assumptions of the case"), web.bullets(plan.case.assumptions)] if plan.case.assumptions else []),
        *([web.heading("Warnings"), web.bullets(warnings)] if warnings else []),
    ]
