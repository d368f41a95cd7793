"""Promises as they are now, in a planner's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from planner.case import Case, Gate, Rule, Target, naming
from planner.compiling.goals import work_unit
from planner.questions.diagnose.concessions import Promise
from planner.words.plurals import count
from planner.words.said import Sentence, _, counted, series


def label(case: Case, t: str) -> str:
    """A period as people write it."""
    return case.period(t).label


def in_line(case: Case, l: str, t: str) -> Sentence:
    """A period of a budget line: line North, 2026-2030."""
    return _("line {line}, {period}").format(line=naming.line(case, l), period=label(case, t))


def figure(value: float) -> str:
    """A figure as people write it, with as many digits as it needs."""
    return f"{value:,.6g}"


def own_unit(case: Case, x: str) -> str:
    """The unit that limits on an indicator have."""
    if x in case.services:
        return _("{unit} per 1,000").format(unit=case.services[x].unit)
    if x in case.work:
        return work_unit(case, x)
    return _("% of the cluster") if case.access[x].kind == "reach" else _("minutes")


def unit_of_rule(case: Case, rule: Rule) -> str:
    """The unit that the limit of a rule has."""
    if rule.share_of_measures is not None:
        return _("of the total")
    units = {"count": _("measures"), "units": _("units"), "jobs": _("jobs", "unit"), "land": _("km2")}
    return units.get(rule.of, case.money.unit)


def names(case: Case, measures: Sequence[str]) -> str:
    """Names of measures that start together."""
    return series([naming.measure(case, a) for a in measures], " and ")


def in_words(case: Case, promise: Promise) -> str:
    """A promise as it is now, in a planner's words."""
    kind, *ids = promise
    return _SAY[kind](case, *ids)


def _say_decided(case: Case, *group: str) -> str:
    first = case.measures[group[0]]
    if not first.start_period:
        return _("{measures}: decided").format(measures=names(case, group))
    return _("{measures}: decided, starting in {period}").format(
        measures=names(case, group), period=label(case, first.start_period)
    )


def level_now(case: Case, limit: Target | Gate) -> str:
    """What a target or a gate asks for."""
    said, now = _("{indicator} at most {level} {unit}"), limit.at_most or 0.0
    if limit.at_least is not None:
        said, now = _("{indicator} at least {level} {unit}"), limit.at_least
    return said.format(
        indicator=naming.indicator(case, limit.indicator), level=figure(now), unit=own_unit(case, limit.indicator)
    )


def rule_now(case: Case, rule: Rule) -> str:
    """What a rule asks for."""
    said = _("at most {amount}") if rule.sense == "at_most" else _("at least {amount}")
    return said.format(amount=_amount_of(case, rule))


def _amount_of(case: Case, rule: Rule) -> str:
    limit = rule.limit
    if rule.share_of_measures is not None:
        amount = {
            "spending": _("{limit} of the total spent"), "count": _("{limit} of the total started"),
            "units": _("{limit} of the total started"), "land": _("{limit} of the total of new phases"),
        }.get(rule.of, _("{limit} of the total"))  # fmt: skip
    else:
        amount = {
            "count": counted(limit, "{limit} measure started", "{limit} measures started"),
            "units": counted(limit, "{limit} unit started", "{limit} units started"),
            "land": _("{limit} km2 of new phases"), "jobs": _("{limit} jobs"),
        }.get(rule.of, _("{limit} {unit} spent"))  # fmt: skip
    return amount.format(limit=figure(limit), unit=case.money.unit)


def _money(case: Case, l: str, t: str) -> str:
    return _("{line}: {money} {unit}").format(
        line=in_line(case, l, t), money=figure(case.lines[l].amount[t]), unit=case.money.unit
    )


def _minimum(case: Case, l: str, t: str) -> str:
    return _("{line}: at least {money} {unit} spent").format(
        line=in_line(case, l, t), money=figure(case.lines[l].minimum[t]), unit=case.money.unit
    )


def _target(case: Case, key: str) -> str:
    level = level_now(case, next(t for t in case.targets if t.id == key))
    return _("target {target}: {level}").format(target=key, level=level)


def _gate(case: Case, key: str) -> str:
    level = level_now(case, next(g for g in case.gates if g.id == key))
    return _("gate {gate}: {level}").format(gate=key, level=level)


def _rule(case: Case, key: str) -> str:
    limit = rule_now(case, next(r for r in case.rules if r.id == key))
    return _("rule {rule}: {limit}").format(rule=key, limit=limit)


_SAY: Mapping[str, Callable[..., str]] = {
    "money": _money,
    "minimum": _minimum,
    "target": _target,
    "gate": _gate,
    "rule": _rule,
    "decided": _say_decided,
    "largest share": lambda case, l: _("line {line}: pays at most {share:g} of a measure's cost").format(
        line=naming.line(case, l), share=case.lines[l].at_most_share
    ),
    "land": lambda case, i: _("{city}: parks on at most {land:g} km2").format(
        city=naming.city(case, i), land=case.cities[i].land_quota_km2
    ),
    "hosts": lambda case, k: _("industry {industry}: parks in at most {cities}").format(
        industry=naming.industry(case, k), cities=count(case.industries[k].max_hosts, "city", "cities")
    ),
    "airshed": lambda case, h: _("airshed {airshed}: emissions within its cap").format(airshed=naming.airshed(case, h)),
    "level": lambda case, level: _("level {level}: at most {share:g} of all money").format(
        level=naming.as_words(level), share=case.pyramid.at_most_share[level]
    ),
    "barrier": lambda case, b: _("subsidies wait for {measure}").format(measure=naming.measure(case, b)),
    "requirement": lambda case, a, b: _("{measure} requires {other}").format(
        measure=naming.measure(case, a), other=naming.measure(case, b)
    ),
    "group": lambda _case, group: _("group {group}: at most one of its measures starts").format(group=group),
    "subsidy periods": lambda case: _("a city is subsidised in at most {periods}").format(
        periods=count(case.pyramid.subsidy_periods or 0, "period")
    ),
    "no city loses": lambda _case: _("no city loses: no gap is larger than without the plan"),
    "nobody worse off": lambda _case: _("nobody is worse off than with a plan of its own"),
}
