"""Why a measure cannot start at all, and on what its start depends: read off the case, without a solve."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case import naming
from planner.case.nouns import Case, Gate, Measure
from planner.compiling.ground import KINDS, Payers, barriers_before, has_cost, offered
from planner.planning.variants import companions
from planner.plans.plan import Plan
from planner.questions.diagnose.wording import own_unit
from planner.questions.marks import units_of
from planner.words import phrases
from planner.words.plurals import count

HOW = {
    "requires": "it requires",
    "barriers first": "it is a subsidy, and first has to come",
    "together": "it starts only together with",
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
        yield "ruled out", "it is ruled out by the case (status in measures.csv)"
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
                why = "; ".join(text for _, text in _hindrances(case, b, seen | {b}))
                yield kind, f"{HOW[kind]} {case.measures[b].name}, which cannot start: {why}"


def _too_late(case: Case, measure: Measure) -> str:
    label = {p.id: p.label for p in case.periods}
    years = f"{count(measure.build_years, 'year')} of works"
    first, last = (label.get(period, period) for period in (measure.earliest, measure.latest))
    window = f"in {first}" if first == last else f"from {first} to {last}"
    return (
        f"started {window}, with {years}, it would serve no period: it has to be open for at least half of the years of one "
        f"by {case.periods[-1].last}"
    )


def _unpaid(case: Case, measure: Measure) -> str:
    payers, said = Payers(case), []
    for kind in KINDS:
        shares = payers.shares(measure, kind)
        if has_cost(measure, kind) and sum(shares.values()) < 1 - 1e-9:
            lines = phrases.join(
                [f"{naming.line(case, line)} up to {phrases.percent(share)}" for line, share in shares.items()]
            )
            said.append(f"of its {kind} cost, {lines or 'no line'} may pay, which is not all of it")
    return "nobody may pay for it in full: " + "; ".join(said)


def conditions(case: Case, a: str, plan: Plan) -> tuple[Reason, ...]:
    """On what the start of a measure depends, and how the plan stands to it."""
    return tuple(_conditions(case, case.measures[a], plan))


def _conditions(case: Case, measure: Measure, plan: Plan) -> Iterator[Reason]:
    chosen = units_of(_decisions(plan))
    for kind, others in (("requires", measure.requires), ("barriers first", barriers_before(case, measure))):
        for b in others:
            state = "is in the plan" if chosen.get(b) else "is not in the plan, and would have to come too"
            yield kind, f"it starts only once {case.measures[b].name} serves, which {state}"
    if measure.one_of:
        rivals = [b.id for b in case.measures.values() if b.one_of == measure.one_of and b.id != measure.id]
        taken = [case.measures[b].name for b in rivals if chosen.get(b)]
        names = phrases.join([case.measures[b].name for b in rivals], 6)
        state = f": the plan has {phrases.join(taken)}" if taken else ", none of which is in the plan"
        if rivals:
            yield "one of", f"it excludes {names}{state}"
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
        f"{case.cities[str(i)].name} {level:.4g} in {label[str(t)]}"
        for x, i, t, level in rows
        if x == gate.indicator and i in measure.cities and t in starts
    ]
    asked = f"at least {gate.at_least:g}" if gate.at_least is not None else f"at most {gate.at_most:g}"
    state = f"; in the plan: {phrases.join(figures, 6)}" if figures else ""
    name = naming.indicator(case, gate.indicator)
    return f"it starts only in a period in which {name} of its city is {asked} {own_unit(case, gate.indicator)}{state}"


def _decisions(plan: Plan) -> dict[tuple[str, str], float]:
    table = plan.tables["decisions"]
    rows = zip(table["measure"], table["start_period"], table["units"], strict=True)
    return {(str(a), str(u)): float(units) for a, u, units in rows}
