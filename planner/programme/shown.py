"""A programme's result in words: who is given how much and when, what it closes, and what other divisions come to."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, isnan, nan

from planner.case import naming
from planner.documents.blocks import Bullet, Heading, Paragraph, Said, Section, table
from planner.plans.totals import columns, gaps_of, spent
from planner.programme.common_indicators import common, counted, measure
from planner.programme.other_divisions import OtherAmount, OtherDivision
from planner.programme.reading import BY_NEED, BY_PEOPLE
from planner.programme.result import MemberResult, ProgrammePlan
from planner.programme.search import ROUNDS
from planner.words import numbers
from planner.words.said import Named, Sentence, _, count, series

OTHERS = {BY_PEOPLE: _("by people"), BY_NEED: _("by need (people times what is missing without a plan)")}
SEEN, ALIKE, ROUNDED = 5e-3, 5e-5, 1e-5  # what is shown as 0.00; as 0.00 % of all that is missing; of money, rounding
STATUS = {
    "optimal": _("proven within {gap} of the best possible, as asked ({asked})"),
    "feasible": _("proven within {gap} of the best possible; {asked} was asked"),
    "interrupted": _("stopped: proven within {gap} of the best possible; {asked} was asked"),
}


def said(found: ProgrammePlan) -> Said:
    """The whole document."""
    title = Heading(named(found.title, found.title_zh), "title")
    if not found.has_plans:
        return Said((title, Paragraph(_none(found), _("Status"))))
    sections = (_who(found), _when(found), _by_indicator(found), _worth(found), _amounts(found), _others(found))
    return Said((title, *_opening(found)), sections, (_headline(found),))


def named(english: str, chinese: str) -> str:
    """A name in both languages."""
    return Named(english, {"zh": chinese} if chinese else {})


def missing(found: ProgrammePlan, one: MemberResult) -> tuple[float, float]:
    """What is missing of the standards of a member's first goal, without its plan and with it."""
    without, with_plan = gaps_of(found.plans[one.id].case, found.plans[one.id].tables["indicators"])
    return nan if without is None else without, nan if with_plan is None else with_plan


def of_all(found: ProgrammePlan) -> tuple[float, float]:
    """The same of all members, by their weights."""
    both = [(one.weight, *missing(found, one)) for one in found.members]
    return sum(w * without for w, without, _with in both), sum(w * with_plan for w, _without, with_plan in both)


def given(one: MemberResult) -> float:
    """All that a member is given."""
    return sum(one.given.values())


def _none(found: ProgrammePlan) -> Sentence:
    """Why there is no programme, and what is known all the same."""
    last = found.rounds[-1] if found.rounds else None
    if last is not None and isfinite(last.best):
        why = _("the search ended before every member had a plan; the division that was found comes to {best}").format(
            best=numbers.figure(last.best)
        )
    elif last is not None and last.number >= ROUNDS:
        why = _("all {rounds} rounds are done, and no division of the money fits what was found of the members").format(
            rounds=ROUNDS
        )
    else:
        why = _("the search ended, by its time limit or by hand, before a programme was found")
    if not isfinite(found.bound):
        return why
    return _("{why}; nothing can beat {bound}").format(why=why, bound=numbers.figure(found.bound))


def _opening(found: ProgrammePlan) -> Section:
    gap = numbers.proof(found.gap) if isfinite(found.gap) else _("nothing known")
    status = STATUS[found.status].format(gap=gap, asked=numbers.proof(found.asked))
    goal = _("{value} of all members by their weights; nothing can beat {bound}").format(
        value=numbers.figure(found.value), bound=numbers.figure(found.bound) if isfinite(found.bound) else "-"
    )
    audits = sum(plan.audit == "passed" for plan in found.plans.values())
    passed = _("{passed} of {plans} passed their audit").format(passed=audits, plans=count(len(found.plans), "plan"))
    return (
        Paragraph(status, _("Status")),
        Paragraph(goal, _("Goal")),
        Paragraph(_counts(found), _("Counted")),
        Paragraph(_headline(found), _("Gaps")),
        Paragraph(_money(found), _("Money")),
        Paragraph(passed, _("Audit")),
    )  # fmt: skip


def is_compared(found: ProgrammePlan) -> bool:
    """Whether the first goals of all members count the same indicators, alike in name, unit, standard and weight."""
    cases = {e: plan.case for e, plan in found.plans.items()}
    alike = common(cases)
    return bool(alike) and len({measure(case) for case in cases.values()}) == 1 and all(
        set(counted(case)) == set(alike) for case in cases.values()
    )  # fmt: skip


def _counts(found: ProgrammePlan) -> Sentence:
    """By which indicators members are compared, and whether those mean the same."""
    cases = {e: plan.case for e, plan in found.plans.items()}
    first, alike = next(iter(cases.values())), common(cases)
    names = series([naming.indicator(first, x) for x in alike])
    if is_compared(found):
        weights = [first.goals[0].weights[x] for x in alike]
        others = {x for case in cases.values() for x in case.indicators} - set(alike)
        said = (
            _("{names}: of the same name, unit and standard in all members")
            if len(set(weights)) == 1
            else _("{names}, by weights of {weights}: of the same name, unit and standard in all members")
        )
        weighed = series([f"{weight:g}" for weight in weights])
        if not others:
            return said.format(names=names, weights=weighed)
        rest = _("{said}; {others} are shown, and steer nothing")
        return rest.format(said=said.format(names=names, weights=weighed), others=count(len(others), "other indicator"))
    everything = {x for case in cases.values() for x in counted(case)}
    said = (
        _("of {all}, {names} mean the same in all members: each is told by the first goal of its own case, so read the sums "
          "with that in mind")
        if alike
        else _("of {all}, none means the same in all members: each is told by the first goal of its own case, so read the "
               "sums with that in mind")
    )  # fmt: skip
    return said.format(all=count(len(everything), "indicator"), names=names)


def _headline(found: ProgrammePlan) -> Sentence:
    without, with_plan = of_all(found)
    return _(
        "{without} of what the standards ask for is missing without the plans, {with_plan} with them: {share} of it closed"
    ).format(
        without=numbers.percent(without, 1),
        with_plan=numbers.percent(with_plan, 1),
        share=numbers.percent((without - with_plan) / without if without > 0 else 0.0),
    )


def _money(found: ProgrammePlan) -> str:
    return series(
        [
            _("{line}: {given} of {there} {unit} given").format(
                line=line_name(found, l),
                given=numbers.number(sum(one.given[l, t] for one in found.members for t in found.periods), 1),
                there=numbers.number(sum(found.amount[l, t] for t in found.periods), 1),
                unit=found.unit,
            )
            for l in found.lines
        ],
        "; ",
    )


def line_name(found: ProgrammePlan, line: str) -> str:
    """What a shared line is called."""
    name, name_zh = found.lines[line]
    return named(name or line, name_zh)


def _who(found: ProgrammePlan) -> Section:
    """Members from the largest sum: money, people, money a head, and what the plan closes."""
    rows = []
    for one in sorted(found.members, key=lambda one: -given(one)):
        money, (without, with_plan) = given(one), missing(found, one)
        closed = without - with_plan
        rows.append([
            named(one.name, one.name_zh), numbers.number(one.people / 1e6, 1), numbers.number(money, 1),
            numbers.number(1e6 * money / one.people, 3), numbers.number(spent(found.plans[one.id]), 1),
            numbers.number(100 * without, 1), numbers.number(100 * with_plan, 1),
            numbers.number(1e2 * one.people / 1e6 * closed / money, 2) if money > 0.05 else "",
        ])  # fmt: skip
    unit = found.unit
    heads = [
        _("member"), _("people,\nmillion"), _("given,\n{unit}").format(unit=unit),
        _("for a million\npeople, {unit}").format(unit=unit), _("its lines pay\nin all, {unit}").format(unit=unit),
        _("missing\nwithout\na plan, %"), _("missing\nwith the\nplan, %"),
        _("million people\nx points closed\na {unit} given").format(unit=unit),
    ]  # fmt: skip
    return Heading(_("Who is given how much"), "section"), table(heads, rows, "lrrrrrrr")


def _when(found: ProgrammePlan) -> Section:
    """The same by period, each line."""
    blocks: list[Heading | object] = []
    for l in found.lines:
        rows = [
            [named(one.name, one.name_zh), *(numbers.number(one.given[l, t], 1) for t in found.periods)]
            for one in sorted(found.members, key=lambda one: -given(one))
        ]
        for label, money in (
            (_("all members"), {t: sum(one.given[l, t] for one in found.members) for t in found.periods}),
            (_("there is"), {t: found.amount[l, t] for t in found.periods}),
        ):
            rows.append([label, *(numbers.number(money[t], 1) for t in found.periods)])
        ends = (_("{period},\n{unit}").format(period=label, unit=found.unit) for label in found.periods.values())
        heads = [line_name(found, l), *ends]
        blocks += [Heading(_("When"), "section"), table(heads, rows, "l" + "r" * len(found.periods))]
    return tuple(blocks)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Known:
    """A member in which an indicator is known: its people, and their mean gap without and with its plan."""

    member: str
    people: float
    without: float
    with_plan: float


def _known(found: ProgrammePlan) -> dict[tuple[str, str], list[_Known]]:
    """(indicator, name) -> the members that have it by that name."""
    about: dict[tuple[str, str], list[_Known]] = {}
    for one in found.members:
        plan = found.plans[one.id]
        gaps: dict[str, list[tuple[float, float, float]]] = {}
        for x, *figures in columns(plan.tables["indicators"], "indicator", "people", "gap_without", "gap_with"):
            gaps.setdefault(x, []).append((figures[0], figures[1], figures[2]))
        for x, rows in gaps.items():
            heads = sum(people for people, _o, _w in rows) or 1.0
            without, with_plan = (sum(row[0] * row[k] for row in rows) / heads for k in (1, 2))
            name = naming.indicator(plan.case, x)
            about.setdefault((x, name), []).append(_Known(one.id, one.people, without, with_plan))
    return about


def _by_indicator(found: ProgrammePlan) -> Section:
    """What each indicator lacks without and with the plans, in the members that have it, and whether it is counted."""
    rows = []
    for (x, name), members in _known(found).items():
        heads = sum(one.people for one in members)
        without = sum(one.people * one.without for one in members) / heads
        with_plan = sum(one.people * one.with_plan for one in members) / heads
        count_it = sum(x in counted(found.plans[one.member].case) for one in members)
        rows.append(
            [name, str(len(members)), str(count_it), numbers.number(100 * without, 1), numbers.number(100 * with_plan, 1)]
        )
    heads_ = [
        _("indicator"), _("members\nthat have it"), _("members that\ncount it"), _("missing\nwithout\na plan, %"),
        _("missing\nwith the\nplans, %"),
    ]  # fmt: skip
    note = _(
        "Means of the members by their people, of all periods alike; an indicator of one name may ask for other standards."
    )
    return Heading(_("What each indicator lacks"), "section"), table(heads_, rows, "lrrrr"), Paragraph(note)


def _amounts(found: ProgrammePlan) -> Section:
    """How the division changes with its amount: one run, with what was found of the members used again."""
    if not found.amounts:
        return ()
    best = {one.id: given(one) for one in found.members}
    sides = [*((other.times, _in_all(other), other.value, other.bound) for other in found.amounts),
             (1.0, best, found.rounds[-1].best, found.bound)]  # fmt: skip
    sides.sort(key=lambda side: side[0])
    rows: list[list[str]] = [
        [
            named(one.name, one.name_zh),
            *(numbers.number(money[one.id], 1) if one.id in money else "-" for _t, money, _v, _b in sides),
        ]
        for one in sorted(found.members, key=lambda one: -given(one))
    ]
    for label, values in (
        (_("all members: goal"), [value for *_rest, value, _b in sides]),
        (_("none can beat"), [bound for *_rest, bound in sides]),
    ):
        rows.append([label, *(numbers.figure(value) if isfinite(value) else "-" for value in values)])
    heads = [
        _("member"),
        *(_("{times} times\nthe money,\n{unit}").format(times=f"{times:g}", unit=found.unit) for times, _m, _v, _b in sides),
    ]
    note = _(
        "Goals of the division, before the later goals of the members; it was not asked what members do with the money."
    )
    return (
        Heading(_("If there were more or less of the shared money"), "section"),
        table(heads, rows, "l" + "r" * len(sides)),
        *(Bullet(_unknown(other)) for other in found.amounts if not other.given),
        Paragraph(note),
    )


def _unknown(other: OtherAmount) -> Sentence:
    """Why there is no division of an amount."""
    said = (
        _("{times} times the money: no division keeps all that members have to")
        if other.impossible
        else _("{times} times the money: no division was found within the time")
    )
    return said.format(times=f"{other.times:g}")


def _in_all(other: OtherAmount) -> dict[str, float]:
    """What each member is given in all."""
    return {e: sum(own.values()) for e, own in other.given.items()}


def _worth(found: ProgrammePlan) -> Section:
    """What one more unit of money would close, by the prices of the bound."""
    if not found.prices:
        return ()
    points = [Bullet(_one_more(found, l, t)) for l in found.lines for t in found.periods]
    return Heading(_("What more would close, at the margin"), "section"), *points


def _one_more(found: ProgrammePlan, line: str, period: str) -> Sentence:
    """In the unit of the table of members where their weights are their people, else in points of what all come to."""
    about = {"line": line_name(found, line), "period": found.periods[period], "unit": found.unit}
    points = 1e2 * found.of_a_draw(line, period)
    closed = points * sum(one.people for one in found.members) / 1e6 if found.weighs_people else points
    if closed < SEEN and found.left(line, period) > SEEN:
        if found.shares["each_at_most"] < 1:  # which is a share of the money there is, so that more of it allows more
            said = _("{line}, {period}: money is left beside what members may be given; what more of it closes is not known")
            return said.format(**about)
        return _("{line}, {period}: money is left; more would close nothing").format(**about)
    if found.weighs_people:
        said = _("{line}, {period}: one more {unit} closes about {closed} million people x points")
    else:
        said = _("{line}, {period}: one more {unit} takes about {closed} points off what all come to by their weights")
    return said.format(closed=numbers.figure(closed), **about)


def _others(found: ProgrammePlan) -> Section:
    """The divisions by people and by need beside the best."""
    if not found.others:
        return ()
    return Heading(_("Other divisions"), "section"), *(Bullet(_beside(found, other)) for other in found.others)


def _beside(found: ProgrammePlan, other: OtherDivision) -> Sentence:
    """What another division comes to, before later goals, as the best one does."""
    division = OTHERS[other.id] if other.id in OTHERS else named(other.name, other.name_zh)
    if other.short:
        who = series([named(one.name, one.name_zh) for one in found.members if one.id in other.short])
        said = _("{division}: cannot be, as {members} could not keep what they have to")
        return said.format(division=division, members=who)
    if isnan(other.value):
        return _("{division}: not worked out within the time").format(division=division)
    best, without = found.rounds[-1].best, of_all(found)[0]
    less = (other.value - best) / without if without > 0 else 0.0
    return _compared(found, other, less).format(
        division=division,
        value=numbers.figure(other.value),
        bound=numbers.figure(other.bound) if isfinite(other.bound) else "-",
        best=numbers.figure(best),
        less=numbers.percent(abs(less), 2),
        broken=series(_broken(found, other), "; "),
    )


def _compared(found: ProgrammePlan, other: OtherDivision, less: float) -> Sentence:
    """Which of the two is better, and whether the other is one of those that are allowed."""
    broken = bool(_broken(found, other))
    if less >= ALIKE:
        said = _(
            "{division}: {value}, and nothing can beat {bound} with it; the best division that was found comes to {best}, "
            "{less} of all that is missing less"
        )
        broken_too = _(
            "{division}: {value}, and nothing can beat {bound} with it; the best division that was found comes to {best}, "
            "{less} of all that is missing less. It is not allowed: {broken}"
        )
        return broken_too if broken else said
    if less > -ALIKE:
        said = _("{division}: {value}, as good as the best division that was found")
        return _("{division}: {value}, as good as the best division that was found, but {broken}") if broken else said
    if broken:
        return _("{division}: {value}, closes {less} of all that is missing more than the best division found, but {broken}")
    return _(
        "{division}: {value}, closes {less} of all that is missing more than the best division found, and keeps all that is "
        "asked: what was found is not the best"
    )


def _broken(found: ProgrammePlan, other: OtherDivision) -> list[Sentence]:
    """Whom another division gives more or less than is asked."""
    said = []
    for l in found.lines:
        whole = sum(found.amount[l, t] for t in found.periods)
        for one in found.members:
            own, (least, most) = sum(other.given[one.id][l, t] for t in found.periods), found.least_and_most(one.id, l)
            if least - ROUNDED * whole <= own <= most + ROUNDED * whole:
                continue
            message = (
                _("it gives {member} {own} of {line} where {allowed} is allowed")
                if own > most
                else _("it gives {member} {own} of {line} where at least {allowed} is asked")
            )
            bound = most if own > most else least
            shares = [numbers.percent(money / whole if whole else 1.0, 1) for money in (own, bound)]
            about = {"member": named(one.name, one.name_zh), "line": line_name(found, l)}
            said.append(message.format(own=shares[0], allowed=shares[1], **about))
    return said
