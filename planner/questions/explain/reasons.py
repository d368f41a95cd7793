"""Why a measure cannot start at all, and on what its start depends: read off the case, without a solve."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case import Case, Gate, Measure, naming
from planner.compiling.can_start import KINDS, Payers, barriers_before, has_cost, offered
from planner.planning.variants import companions
from planner.plans.plan import Plan
from planner.promises.limits import own_unit
from planner.questions.alternatives.marks import units_of
from planner.words import numbers, text_layout
from planner.words.said import _, count, series

HOW = {
    "requires": _("it requires {measure}, which cannot start: {why}"),
    "barriers first": _("it is a subsidy, and first has to come {measure}, which cannot start: {why}"),
    "together": _("it starts only together with {measure}, which cannot start: {why}"),
}

Reason = tuple[str, str]  # (kind, sentence)


def hindrances(case: Case, a: str) -> tuple[Reason, ...]:
    """Why nothing of a measure can start, whatever else is done; none if it can."""
    if a in offered(case).measures:
        return ()
    return tuple(_hindrances(case, a, frozenset({a})))


def _hindrances(case: Case, a: str, seen: frozenset[str]) -> Iterator[Reason]:
    measure, able = case.measures[a], offered(case).measures
    if measure.status == "ruled_out":
        yield "ruled out", _("it is ruled out by the case (status in measures.csv)")
        return
    if not measure.starts:
        yield "too late", _too_late(case, measure)
    elif not Payers(case).can_pay(measure):
        yield "nobody pays", _unpaid(case, measure)
    for kind, others in (
        ("requires", measure.requires),
        ("barriers first", barriers_before(case, measure)),
        ("together", companions(case, a)),
    ):
        for b in others:
            if b not in able and b not in seen:
                why = series((text for _kind, text in _hindrances(case, b, seen | {b})), "; ")
                yield kind, HOW[kind].format(measure=naming.measure(case, b), why=why)


def _too_late(case: Case, measure: Measure) -> str:
    label = {p.id: p.label for p in case.periods}
    first, last = (label.get(period, period) for period in (measure.earliest, measure.latest))
    window = _("in {period}").format(period=first)
    if first != last:
        window = _("from {first} to {last}").format(first=first, last=last)
    return _(
        "started {when}, with {years} of works, it would serve no period: it has to be open for at least half of the years "
        "of one by {last}"
    ).format(when=window, years=count(measure.build_years, "year"), last=case.periods[-1].last)


def _unpaid(case: Case, measure: Measure) -> str:
    payers, said = Payers(case), []
    for kind in KINDS:
        shares = payers.shares(measure, kind)
        if has_cost(measure, kind) and sum(shares.values()) < 1 - 1e-9:
            lines = [
                _("{line} up to {share}").format(line=naming.line(case, line), share=numbers.percent(share))
                for line, share in shares.items()
            ]
            which = _("of its running cost, {lines} may pay, which is not all of it")
            if kind == "capital":
                which = _("of its capital cost, {lines} may pay, which is not all of it")
            said.append(which.format(lines=series(lines) if lines else _("no line")))
    return _("nobody may pay for it in full: {why}").format(why=series(said, "; "))


def conditions(case: Case, a: str, plan: Plan) -> tuple[Reason, ...]:
    """On what the start of a measure depends, and how the plan stands to it."""
    return tuple(_conditions(case, case.measures[a], plan))


def _conditions(case: Case, measure: Measure, plan: Plan) -> Iterator[Reason]:
    chosen = units_of(_decisions(plan))
    for kind, others in (("requires", measure.requires), ("barriers first", barriers_before(case, measure))):
        for b in others:
            said = _("it starts only once {measure} serves, which is not in the plan, and would have to come too")
            if chosen.get(b):
                said = _("it starts only once {measure} serves, which is in the plan")
            yield kind, said.format(measure=naming.measure(case, b))
    if measure.one_of:
        rivals = [b.id for b in case.measures.values() if b.one_of == measure.one_of and b.id != measure.id]
        names = {b: naming.measure(case, b) for b in rivals}
        taken = [name for b, name in names.items() if chosen.get(b)]
        said = _("it excludes {measures}, none of which is in the plan")
        if taken:
            said = _("it excludes {measures}: the plan has {taken}")
        if rivals:
            yield "one of", said.format(measures=text_layout.join(list(names.values()), 6), taken=series(taken))
    for gate in case.gates:
        if measure.id in gate.measures:
            yield "gate", _gate(case, measure, gate, plan)


def _gate(case: Case, measure: Measure, gate: Gate, plan: Plan) -> str:
    """What a gate asks, and how its cities stand in the plan."""
    table = plan.tables["indicators"]
    rows = zip(table["indicator"], table["city"], table["period"], table["with_plan"], strict=True)
    label = {p.id: p.label for p in case.periods}
    starts = {start.period for start in measure.starts}
    figures = [
        _("{city} {level:.4g} in {period}").format(city=naming.city(case, str(i)), level=level, period=label[str(t)])
        for x, i, t, level in rows
        if x == gate.indicator and i in measure.cities and t in starts
    ]
    said = _("it starts only in a period in which {indicator} of its city is at most {level:g} {unit}")
    if gate.at_least is not None:
        said = _("it starts only in a period in which {indicator} of its city is at least {level:g} {unit}")
    asked = said.format(
        indicator=naming.indicator(case, gate.indicator), unit=own_unit(case, gate.indicator),
        level=gate.at_most if gate.at_least is None else gate.at_least,
    )  # fmt: skip
    return (
        _("{asked}; in the plan: {figures}").format(asked=asked, figures=text_layout.join(figures, 6)) if figures else asked
    )


def _decisions(plan: Plan) -> dict[tuple[str, str], float]:
    table = plan.tables["decisions"]
    rows = zip(table["measure"], table["start_period"], table["units"], strict=True)
    return {(str(a), str(u)): float(units) for a, u, units in rows}
