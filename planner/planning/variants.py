"""Cases that differ from another in one thing: what questions beyond one plan solve.

A variant is a case like any other. Here the filled case is changed; `planner.case.with_edits` changes what its files say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from math import inf

from planner.case import Case, FrozenDict, Goal, Line, Measure, Park, Rule, Service
from planner.case.loading import content_hash
from planner.compiling.can_start import barriers_before


def with_goals(case: Case, goals: Sequence[Goal]) -> Case:
    """The case with other goals, in order."""
    return changed(case, goals=tuple(goals))


def with_first_goal(case: Case) -> Case:
    """The case with its first goal alone, and of later ones only those that decide what a plan may be.

    These are goals with a limit, and, where no city may lose, goals about gaps: they settle the world without the plan.
    """

    def decides(goal: Goal) -> bool:
        return goal.at_most is not None or ((case.no_city_loses or bool(case.no_level_falls)) and bool(goal.gap_parts))

    return with_goals(case, [*case.goals[:1], *filter(decides, case.goals[1:])])


def with_money(case: Case, amounts: Mapping[tuple[str, str], float]) -> Case:
    """The case with other amounts of some lines and periods: (line, period) -> money."""
    lines = {
        l: replace(line, amount=FrozenDict({t: amounts.get((l, t), money) for t, money in line.amount.items()}))
        for l, line in case.lines.items()
    }
    return changed(case, lines=FrozenDict(lines))


def with_scaled_money(case: Case, factor: float, lines: Collection[str] | None = None) -> Case:
    """The case with every amount (and minimum) of some lines, or of all, times a factor."""
    scaled = {
        l: line
        if lines is not None and l not in lines
        else replace(
            line,
            amount=FrozenDict({t: factor * money for t, money in line.amount.items()}),
            minimum=FrozenDict({t: factor * money for t, money in line.minimum.items()}),
        )
        for l, line in case.lines.items()
    }
    return changed(case, lines=FrozenDict(scaled))


def with_services(case: Case, services: Mapping[str, Service]) -> Case:
    """The case with some of its services in other words."""
    return changed(case, services=FrozenDict({**case.services, **services}))


def with_factors(case: Case, costs: Mapping[str, float], needs: Mapping[str, float], jobs: Mapping[str, float]) -> Case:
    """The case in which some figures are so many times what they are; see `scaled`."""
    return changed(scaled(case, costs, needs, jobs))


def scaled(case: Case, costs: Mapping[str, float], needs: Mapping[str, float], jobs: Mapping[str, float]) -> Case:
    """The case in which some figures are so many times what they are; its content hash is still to be worked out.

    Parameters
    ----------
    costs
        Measure -> times as much to build and to run.
    needs
        Service -> times as much for each of the people it is for.
    jobs
        Measure with jobs -> times as many; what comes with a job stays as it is.

    Raises
    ------
    ValueError
        There is no such measure, service or park, or a factor is not above 0.
    """
    for factors, known, what in (
        (costs, case.measures, "measure"),
        (needs, case.services, "service"),
        (jobs, case.parks, "park"),
    ):
        _check_factors(factors, known, what)
    return replace(
        case,
        measures=FrozenDict({a: _dearer(m, costs[a]) if a in costs else m for a, m in case.measures.items()}),
        services=FrozenDict({s: scaled_need(r, needs[s]) if s in needs else r for s, r in case.services.items()}),
        parks=FrozenDict({p: _larger(park, jobs[p]) if p in jobs else park for p, park in case.parks.items()}),
    )


def _dearer(measure: Measure, factor: float) -> Measure:
    starts = tuple(
        replace(
            option,
            capital=FrozenDict({t: factor * money for t, money in option.capital.items()}),
            running=FrozenDict({t: factor * money for t, money in option.running.items()}),
        )
        for option in measure.starts
    )
    return replace(
        measure, capital_cost=factor * measure.capital_cost, running_cost=factor * measure.running_cost, starts=starts
    )


def scaled_need(service: Service, factor: float) -> Service:
    """The service of which people need so many times as much."""
    return replace(service, per_1000=FrozenDict({t: factor * n for t, n in service.per_1000.items()}))


def _larger(park: Park, factor: float) -> Park:
    return replace(
        park, jobs=factor * park.jobs, output=factor * park.output, tax=factor * park.tax, emissions=factor * park.emissions
    )


def _check_factors(factors: Mapping[str, float], known: Collection[str], what: str) -> None:
    for name, factor in factors.items():
        if name not in known:
            raise ValueError(f"there is no {what} {name!r} in this case")
        if not 0 < factor < inf:
            raise ValueError(f"{name!r} can be times a number above 0, not {factor!r}")


def companions(case: Case, measure: str) -> tuple[str, ...]:
    """A measure and those that start together with it (both halves of a link), in the case's order."""
    group = case.measures[measure].together
    return tuple(a for a, m in case.measures.items() if a == measure or (group and m.together == group))


def with_dependents(case: Case, measure: str) -> tuple[str, ...]:
    """A measure, its companions, and all that starts only once one of these serves, in the case's order."""
    gone: set[str] = set(companions(case, measure))
    size = 0
    while size != len(gone):
        size = len(gone)
        needing = {a for a, m in case.measures.items() if gone.intersection((*m.requires, *barriers_before(case, m)))}
        gone |= {b for a in needing for b in companions(case, a)}
    return tuple(a for a in case.measures if a in gone)


def alone_decisions(case: Case, measure: str) -> dict[tuple[str, str], float] | None:
    """A unit of a measure as early as can be, with one of all that it requires and starts together with; None if never."""
    needed = _needed(case, measure, frozenset())
    starts: dict[str, str] = {}
    for a in needed:
        m = case.measures[a]
        before = [b for b in (*m.requires, *barriers_before(case, m)) if b in starts]
        for start in m.starts:
            if all(_serves(case, b, starts[b], start.period) for b in before):
                starts[a] = start.period
                break
        else:
            return None
    return {
        (a, u): min(case.measures[a].max_starts, 1.0, case.measures[a].units)
        for a, u in starts.items()
        if case.measures[a].status == "candidate"
    }


def _needed(case: Case, a: str, above: frozenset[str]) -> list[str]:
    """A measure after all that it requires; without those decided before, which start anyway."""
    found: list[str] = []
    for b in companions(case, a):
        m = case.measures[b]
        for c in (*m.requires, *barriers_before(case, m)):
            if c not in above and case.measures[c].status == "candidate":
                found += [d for d in _needed(case, c, above | {a}) if d not in found]
    return [*found, *(b for b in companions(case, a) if b not in found)]


def _serves(case: Case, a: str, start: str, period: str) -> bool:
    return any(option.period == start and period in option.serves for option in case.measures[a].starts)


def without_measures(case: Case, measures: Collection[str]) -> Case:
    """The case with some measures ruled out, and whatever starts only together with them."""
    gone = {b for a in measures for b in companions(case, a)}
    return changed(case, measures=FrozenDict({a: _ruled_out(m) if a in gone else m for a, m in case.measures.items()}))


def _ruled_out(measure: Measure) -> Measure:
    return replace(measure, status="ruled_out", starts=())


def with_measure(case: Case, measure: str) -> Case:
    """The case with a rule that at least one unit of a measure starts (all its units, if it has less than one)."""
    rule = Rule(
        id=f"with {measure}",
        of="units",
        where=FrozenDict({"id": (measure,)}),
        measures=(measure,),
        periods=case.period_ids,
        at_least=min(1.0, case.measures[measure].units),
    )
    return changed(case, rules=(*case.rules, rule))


def with_lines_and_measures(case: Case, lines: Mapping[str, Line], measures: Mapping[str, Measure]) -> Case:
    """The case with other lines and measures of the same ids."""
    return changed(case, lines=FrozenDict(lines), measures=FrozenDict(measures))


def named(case: Case, scenario: str) -> Case:
    """The case under another name where its scenario's would stand, as plans on disk and tables show it."""
    return replace(case, scenario=scenario)


def changed(case: Case, **fields: object) -> Case:
    """The case with other content, and so another hash."""
    changed = replace(case, **fields)  # type: ignore[arg-type]
    return replace(changed, content_hash=content_hash(changed))
