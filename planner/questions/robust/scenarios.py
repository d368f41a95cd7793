"""Scenarios as futures of one plan: their weights, the criterion over them, and what they have in common at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from planner.case import Case
from planner.case.problems import did_you_mean, listed
from planner.compiling.can_start import offered
from planner.planning.decisions import Decisions
from planner.questions import saying
from planner.solver.criteria import CRITERIA, Criterion, value_of
from planner.words.said import Sentence, _, count, counted

ALONE = _("the best plan for {scenario} alone")
Start = tuple[str, str]  # (measure, start period)


@dataclass(frozen=True)
class Futures:
    """Cases that may come true, with what is to be minimised over them.

    Attributes
    ----------
    weights
        Above 0 and adding to 1.
    """

    cases: tuple[Case, ...]
    weights: tuple[float, ...]
    criterion: Criterion
    share: float

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios."""
        return tuple(case.scenario for case in self.cases)

    def said(self, sentence: Sentence, scenario: str) -> Sentence:
        """A sentence about one of them, which says {scenario}."""
        return sentence.format(scenario=saying.scenario(self.cases[0], scenario))

    def value(self, values: Sequence[float], best: Sequence[float], criterion: Criterion | None = None) -> float:
        """The criterion (or another one) of the first goal's values; `best` as in `planner.solver.criteria.value_of`."""
        return value_of(criterion or self.criterion, values, self.weights, best, self.share)


def futures(cases: Sequence[Case], weights: Sequence[float] | None, criterion: str, share: float) -> Futures:
    """The futures of some cases, checked.

    Raises
    ------
    ValueError
        They cannot be planned for together, or weights, criterion or share make no sense.
    """
    if criterion not in CRITERIA:
        raise ValueError(
            _("'{criterion}' is not a criterion ({criteria}).{hint}").format(
                criterion=criterion, criteria=listed(CRITERIA), hint=did_you_mean(criterion, CRITERIA)
            )
        )
    if not 0 < share <= 1:
        raise ValueError(
            _("the share of the worst futures must be above 0 and at most 1, not {share:g}").format(share=share)
        )
    names = [case.scenario for case in cases]
    if not names:
        raise ValueError(_("there is no scenario to plan for"))
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(_("scenarios may be named once only; twice: {names}").format(names=listed(twice)))
    weights = [1.0] * len(cases) if weights is None else list(weights)
    if len(weights) != len(cases):
        said = counted(
            len(weights), "{weights} does not fit {scenarios} ({names})", "{weights} do not fit {scenarios} ({names})"
        )
        weighed, all_of = count(len(weights), "weight", "weights"), count(len(cases), "scenario", "scenarios")
        raise ValueError(said.format(weights=weighed, scenarios=all_of, names=listed(names)))
    if not all(isfinite(weight) and weight > 0 for weight in weights):
        raise ValueError(
            _("weights must be numbers above 0, not {weights}").format(weights=listed(f"{weight:g}" for weight in weights))
        )
    for case in cases:
        _check_alike(cases[0], case)
    largest = max(weights)  # a sum of large ones may be more than numbers go
    total = sum(weight / largest for weight in weights)
    return Futures(tuple(cases), tuple(weight / largest / total for weight in weights), criterion, share)


def _check_alike(first: Case, case: Case) -> None:
    """Two futures can share first decisions and have their first goals compared."""
    if case.periods != first.periods:
        raise ValueError(
            _("scenario {scenario} has other periods than {other}: no first period is common").format(
                scenario=case.scenario, other=first.scenario
            )
        )
    if case.goals[0].parts != first.goals[0].parts:
        this, that = (listed(c.goals[0].parts) for c in (case, first))
        raise ValueError(
            _(
                "the first goal of scenario {scenario} is made of other parts ({this}) than that of {other} ({that}): their "
                "values are no one figure"
            ).format(scenario=case.scenario, this=this, other=first.scenario, that=that)
        )
    if case.nobody_worse_off:
        raise ValueError(
            _(
                "scenario {scenario} promises that nobody is worse off than alone, which cannot be kept for several "
                "scenarios together: leave that scenario or the key `nobody_worse_off` out"
            ).format(scenario=case.scenario)
        )


@dataclass(frozen=True)
class Common:
    """The starts of the first period that every future offers; no other starts then in any.

    Attributes
    ----------
    starts
        In the order of the first case.
    others
        Starts of the first period that some futures offer, but not all.
    """

    starts: tuple[Start, ...]
    others: tuple[Start, ...]

    def part_of(self, decisions: Decisions) -> Decisions:
        """The common first decisions of a plan: every start of the first period, 0 for what it does not start or may not."""
        return {start: decisions.get(start, 0.0) for start in self.starts} | dict.fromkeys(self.others, 0.0)

    def not_common(self, decisions: Decisions) -> tuple[str, ...]:
        """Measures that a plan starts in the first period and that some future does not offer then."""
        return tuple(a for a, u in self.others if decisions.get((a, u), 0.0) > 0)


def common_starts(cases: Sequence[Case]) -> Common:
    """What all futures offer in the first period.

    Raises
    ------
    ValueError
        A measure that some future has decided for the first period cannot start then in another.
    """
    first = cases[0].period_ids[0]
    starts = [_offered_in(case, first) for case in cases]
    common = {a for a in starts[0] if all(a in others for others in starts)}
    for case in cases:
        for a, measure in case.measures.items():
            forced = measure.status == "decided" and [s.period for s in measure.starts] == [first]
            if forced and a not in common:
                other = next(c.scenario for c, known in zip(cases, starts, strict=True) if a not in known)
                raise ValueError(
                    _(
                        "{measure} was decided to start in {period} in scenario {scenario}, but cannot start then in "
                        "{other}: no first decisions suit both"
                    ).format(measure=a, period=case.periods[0].label, scenario=case.scenario, other=other)
                )
    others = dict.fromkeys(a for known in starts for a in known if a not in common)
    return Common(tuple((a, first) for a in starts[0] if a in common), tuple((a, first) for a in others))


def _offered_in(case: Case, period: str) -> tuple[str, ...]:
    able = offered(case).measures
    return tuple(a for a, m in able.items() if any(start.period == period for start in m.starts))
