"""Who is worst off, and who is better off together: cities of a goal, the worst share of people, each jurisdiction alone."""

from __future__ import annotations

import math

from planner.case import Goal, naming
from planner.compiling.goals import among_the_worst, city_gaps, counted, people_shares, weights
from planner.documents.blocks import Paragraph, Section, Sections, Table
from planner.documents.goals import parts_in_words
from planner.plans.plan import GoalResult, Plan
from planner.plans.totals import columns
from planner.words import numbers, text_layout
from planner.words.said import Sentence, _

SHOWN = 8  # cities of the worst share
ALL = 1 - 1e-6  # of a city's people


def worst_off(plan: Plan) -> Sections:
    """A paragraph or a table for each goal about those who are worst off; nothing where there is none."""
    found: list[Section] = []
    for goal, result in zip(plan.case.goals, plan.goals, strict=False):
        if goal.is_about_worst_people:
            found.append(_worst_people(plan, goal))
        elif result.cities:
            found.append(_in_order(plan, goal, result))
    return tuple(section for section in found if section)


def _by_city(plan: Plan, goal: Goal, column: str) -> dict[str, float]:
    """Each city's gap as the goal counts it, from one of the columns of gaps."""
    gaps = {(x, i, t): gap for x, i, t, gap in columns(plan.tables["indicators"], "indicator", "city", "period", column)}
    return city_gaps(weights(plan.case, goal, gaps), counted(goal, gaps))


def _worst_people(plan: Plan, goal: Goal) -> Section:
    """The mean gap of the worst share of people, without and with the plan, and who they are."""
    share = goal.worst_people
    means = []
    for column in ("gap_without", "gap_with"):
        by_city = _by_city(plan, goal, column)
        people = people_shares(plan.case, goal, by_city)
        worst = among_the_worst(people, by_city, share)
        means.append(sum(part * by_city[i] for i, part in worst.items()) / share)
    if not by_city:
        return ()
    named = [_part(naming.city(plan.case, i), part / people[i]) for i, part in worst.items()]
    without, with_plan = (numbers.percent(mean, 1) for mean in means)
    worst_people = _(
        "The worst {people} by gaps as the goal weighs them, large ones more: {without} of the most there can be without "
        "the plan, {with_plan} with it. With the plan these are the people of {cities}."
    ) if goal.is_curved else _(
        "The worst {people}: {without} of what the standards ask for is missing without the plan, {with_plan} with it. With "
        "the plan these are the people of {cities}."
    )  # fmt: skip
    said = worst_people.format(
        people=numbers.percent_of_people(share), without=without, with_plan=with_plan, cities=text_layout.join(named, SHOWN)
    )
    return (Paragraph(said),)


def _part(city: str, share: float) -> str:
    return city if share >= ALL else _("{city} ({share} of them)").format(city=city, share=numbers.percent(share))


def _in_order(plan: Plan, goal: Goal, result: GoalResult) -> Section:
    """Every city, the worst off first."""
    without = _by_city(plan, goal, "gap_without")
    rows = []
    for n, city in enumerate(result.cities, start=1):
        change = numbers.change(100 * without[city.city], 100 * city.gap, 1)
        bound = "" if not math.isfinite(city.bound) else _percent(max(0.0, city.bound))
        rows.append([str(n), naming.city(plan.case, city.city), change, _percent(city.mean), bound])
    missing = _("weighed gap, %\nwithout -> with") if goal.is_curved else _("missing, %\nwithout -> with")
    heads = ["", _("city"), missing, _("mean of these\nso far, %"), _("nothing can\nbeat, %")]
    note = _(
        "Missing: weighted mean of a city's gaps in all periods. The worst city comes first, then the second worst, and so "
        "on: each mean is as small as it can be without making an earlier one larger, but for what later goals may give up."
    )
    if goal.is_curved:
        curved = _("Weighed gap: the larger a gap is, the more of it counts, as the goal's curve says; 100 % is everything.")
        return Table(heads, rows, "rlrrr", keys=2), Paragraph(note, look="note"), Paragraph(curved, look="note")
    return Table(heads, rows, "rlrrr", keys=2), Paragraph(note, look="note")


def _percent(share: float) -> str:
    return numbers.number(100 * share, 2)


# --- each jurisdiction's own gaps in its stand-alone plan and in the common one: nobody is to be worse off

NAMED = 6  # jurisdictions in the headline
SAME = 1e-6  # values that differ by less are equal


def alone_headline(plan: Plan) -> str:
    """Alone -> together of every jurisdiction; empty where the case does not promise it."""
    rows = _rows(plan)
    each = _("{name} {change}")
    said = [each.format(name=name, change=_change(value, together)) for name, value, _bound, together in rows]
    if not rows:
        return ""
    return _("each jurisdiction's own {gap}, alone -> together (lower is better): {each}").format(
        gap=_label(plan), each=text_layout.join(said, NAMED)
    )


def alone(plan: Plan) -> Sections:
    """What each jurisdiction could do for its own cities alone, and what the common plan does for them."""
    found = _rows(plan)
    if not found:
        return ()
    unproven = [
        _("{name} (nothing can beat {bound})").format(name=name, bound=_figure(bound)) if math.isfinite(bound) else name
        for name, value, bound, _together in found
        if not value - bound <= plan.asked_gap(0) * max(abs(value), 1e-3) + SAME
    ]
    rows = [[name, _change(value, together), _in_words(value, together)] for name, value, _bound, together in found]
    heads = ["", _("{gap}\nalone -> together").format(gap=_label(plan)), _("of what is missing alone")]
    note = _(
        "Lower is better. Alone: the best that a jurisdiction could do for the gaps of its own cities with what it alone "
        "signs and pays, and its people's share of money that no jurisdiction holds."
    )
    parts: Section = (Table(heads, rows, "lrl"), Paragraph(note, look="note"))
    if unproven:
        parts += (Paragraph(_("Not proven to be the best plan alone: {names}.").format(names=text_layout.join(unproven))),)
    return (parts,)


def _rows(plan: Plan) -> list[tuple[str, float, float, float]]:
    rows = columns(plan.tables["alone"], "jurisdiction", "value_alone", "bound_alone", "value_with")
    return [(naming.jurisdiction(plan.case, who), *values) for who, *values in rows]


def _in_words(value: float, together: float) -> Sentence:
    """What planning together does to a jurisdiction's own gap."""
    if abs(value - together) <= SAME:
        return _("nothing is missing") if value <= SAME else _("the same is missing together")
    if value <= SAME:
        return _("worse off together")
    share = abs(value - together) / value
    said = numbers.percent(share, 0 if share >= 0.1 else 1)
    if together < value:
        return _("{share} closes together").format(share=said)
    return _("{share} more is missing together: worse off").format(share=said)


def _label(plan: Plan) -> str:
    """The parts of the first goal about gaps, as they count here."""
    goal = next((g for g in plan.case.goals if g.gap_parts), plan.case.goals[0])
    parts = {"worst_city" if part == "worst_off_first" else part: weight for part, weight in goal.gap_parts.items()}
    return parts_in_words(plan.case, goal, parts or {"gaps": 1.0})


def _change(value: float, together: float) -> str:
    before, after = _figure(value), _figure(together)
    return after if before == after else _("{before} -> {after}").format(before=before, after=after)


def _figure(value: float) -> str:
    return numbers.number(value, 4) if abs(value) > SAME else "0"
