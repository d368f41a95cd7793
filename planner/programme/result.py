"""What a programme comes to: who is given how much and when, with the plan of every member, and what is proven of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan
from time import perf_counter
from typing import Literal

from planner.case import FrozenDict
from planner.case.values import POPULATION
from planner.comparing.ranking import EQUAL
from planner.planning.variants import changed
from planner.plans.plan import Plan, versions
from planner.programme.keys import Fairness
from planner.programme.members import Place
from planner.programme.other_divisions import OtherAmount, OtherDivision, other_amount, other_divisions
from planner.programme.prices import Market
from planner.programme.reading import Participant, Programme, given
from planner.programme.search import (
    Found,
    ProgrammeOptions,
    Proven,
    Round,
    begun,
    given_to_each,
    members_plans,
    search,
)  # fmt: skip
from planner.solver.highs import relative_gap
from planner.work.stopping import Cancelled, Listener

Status = Literal["optimal", "feasible", "interrupted", "no_plan"]
ASKED = 1e-6  # of the asked gap: by so much it may be missed
SAME = 9  # decimals of shares and weights that are equal, however they were worked out


@dataclass(frozen=True)
class MemberResult:
    """A member in a programme.

    Attributes
    ----------
    weight
        What its first goal weighs; all add to 1.
    people
        The mean of its periods.
    value
        Its first goal in its plan.
    bound
        What is proven of its goal by its weight and its draws by the prices together.
    given
        (line, period) -> money that it is given.
    """

    id: str
    name: str
    name_zh: str
    weight: float
    people: float
    value: float
    bound: float
    given: FrozenDict[Place, float]


@dataclass(frozen=True)
class ProgrammePlan:
    """A programme solved: immutable data that needs nothing else to be read or audited.

    Attributes
    ----------
    amount
        (line, period) -> shared money.
    prices
        (line, period) -> price of a unit of money that is there by then, at which the bound was proven.
    value, bound
        What all members' first goals come to by their weights, and what no division and no plans can beat.
    asked
        The gap that was asked for.
    """

    name: str
    title: str
    title_zh: str
    unit: str
    prices_of: int
    periods: FrozenDict[str, str]  # id -> label
    lines: FrozenDict[str, tuple[str, str]]  # id -> name, Chinese name
    amount: FrozenDict[Place, float]
    carries: frozenset[str]
    shares: FrozenDict[str, float]
    weighs_people: bool
    status: Status
    value: float
    bound: float
    asked: float
    prices: FrozenDict[Place, float]
    members: tuple[MemberResult, ...]
    plans: FrozenDict[str, Plan]
    others: tuple[OtherDivision, ...]
    amounts: tuple[OtherAmount, ...]
    rounds: tuple[Round, ...]
    seconds: float
    versions: FrozenDict[str, str]

    @property
    def gap(self) -> float:
        """Relative distance of value and bound."""
        return relative_gap(self.value, self.bound)

    @property
    def has_plans(self) -> bool:
        """Whether there is a programme at all."""
        return bool(self.members)

    def beats(self, other: ProgrammePlan) -> bool:
        """Whether it is the better answer to the same question, and vouched for."""
        asked = ("unit", "prices_of", "periods", "lines", "amount", "carries", "shares")
        same = all(getattr(self, name) == getattr(other, name) for name in asked)
        if not (
            same and self._of_members() == other._of_members() and all(p.audit == "passed" for p in self.plans.values())
        ):
            return False
        return other.value - self.value > EQUAL * max(abs(self.value), abs(other.value))

    def _of_members(self) -> dict[str, tuple[float, str]]:
        """Weight of each member, and its case without what it is given."""
        nothing, found = dict.fromkeys(self.amount, 0.0), {}
        for one in self.members:
            case = given(self.plans[one.id].case, nothing, self.carries)
            levels = {level: round(share, SAME) for level, share in case.pyramid.at_most_share.items()}
            case = changed(case, pyramid=replace(case.pyramid, at_most_share=FrozenDict(levels)))
            found[one.id] = round(one.weight, SAME), case.content_hash
        return found

    def left(self, line: str, period: str) -> float:
        """Money of a period that nobody is given, neither in it nor, where money is carried over, later."""
        periods = list(self.periods)
        free = {t: self.amount[line, t] - sum(one.given[line, t] for one in self.members) for t in periods}
        if line not in self.carries:
            return free[period]
        n = periods.index(period)
        return min(sum(free[u] for u in periods[: k + 1]) for k in range(n, len(periods)))

    def least_and_most(self, member: str, line: str) -> tuple[float, float]:
        """What a member must and may be given of a line in all, as was asked."""
        people = {one.id: one.people for one in self.members}
        whole = sum(self.amount[line, t] for t in self.periods)
        head = self.shares["per_head_at_least"] * people[member] / sum(people.values())
        return max(self.shares["each_at_least"], head) * whole, self.shares["each_at_most"] * whole

    def of_a_draw(self, line: str, period: str) -> float:
        """What a unit of money drawn in a period costs at the prices: what one more of it would close, at the margin."""
        return Market(tuple(self.periods), self.amount, self.carries).of_a_draw(self.prices)[line, period]


def solve_programme(
    programme: Programme,
    *,
    options: ProgrammeOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
    others: bool = True,
    amounts: Sequence[float] = (),
) -> ProgrammePlan:
    """The best division of a programme's money and the plans of its members, as far as the limits allow.

    Parameters
    ----------
    options
        Time limit, gap, workers, seed.
    on_event
        Told of stages, and of plan and bound after every round.
    cancelled
        Asked again and again; once it says True, the best programme so far is kept.
    others
        Whether the divisions by people and by need, and those that the programme names, are worked out beside it, where
        there is time.
    amounts
        Times the shared money, each above 0: how it would be divided if there were so much of it. What was found of the
        members is used again.

    Raises
    ------
    Stopped
        The time was up, or somebody asked to stop, before the members were built.
    Impossible
        No division keeps all that the members have to.
    """
    options = options or ProgrammeOptions()
    began = perf_counter()
    with begun(programme, options, on_event, cancelled) as at:
        sizes = at.build(max((1.0, *amounts)))
        found = search(at, sizes)
        given = {} if found.taken is None else given_to_each(found.taken)
        plans = members_plans(at, found, given, sizes) if found.taken is not None else {}
        whole = len(plans) == len(given) > 0 and all(plan.has_decisions for plan in plans.values())
        beside = other_divisions(at, plans, sizes) if whole and others and at.until.why is None else ()
        elsewhere = tuple(
            other_amount(at, found, sizes, times, len(amounts) - n) for n, times in enumerate(amounts if whole else ())
        )
        why = at.until.why
    return _result(
        programme, options, found, given, plans if whole else {}, beside, elsewhere, why == "interrupted",
        perf_counter() - began,
    )  # fmt: skip


def _result(
    programme: Programme,
    options: ProgrammeOptions,
    found: Found,
    amounts: Mapping[str, Mapping[Place, float]],
    plans: Mapping[str, Plan],
    others: tuple[OtherDivision, ...],
    elsewhere: tuple[OtherAmount, ...],
    interrupted: bool,
    seconds: float,
) -> ProgrammePlan:
    """Goal and gap are those of the members' plans as they stand: later goals may have taken a little of the first."""
    best = found.bound
    value = sum(one.weight * plans[one.id].goals[0].value for one in programme.participants) if plans else nan
    bound = nan if best is None else best.value
    called = _called(programme)
    members = tuple(
        _member(one, called[one.id], plans[one.id], best, amounts[one.id])
        for one in (programme.participants if plans else ())
    )
    proven = relative_gap(value, bound) <= options.gap * (1.0 + ASKED)
    status: Status = "no_plan" if not plans else "optimal" if proven else "interrupted" if interrupted else "feasible"
    keys, first = programme.keys, programme.participants[0].case
    return ProgrammePlan(
        name=programme.name, title=programme.title, title_zh=keys.title_zh, unit=keys.money.unit,
        prices_of=keys.money.prices, periods=FrozenDict({p.id: str(p.label) for p in first.periods}),
        lines=FrozenDict({l: (line.name, line.name_zh) for l, line in keys.lines.items()}), amount=programme.amount,
        carries=programme.carries,
        shares=FrozenDict({name: getattr(keys.shares, name) for name in Fairness.declares()}),
        weighs_people=all(member.weight == POPULATION for member in keys.members.values()),
        status=status, value=value, bound=bound, asked=options.gap,
        prices=FrozenDict({} if best is None else best.prices), members=members, plans=FrozenDict(plans), others=others,
        amounts=elsewhere, rounds=tuple(found.rounds), seconds=seconds, versions=FrozenDict(versions()),
    )  # fmt: skip


def _member(
    one: Participant, called: tuple[str, str], plan: Plan, best: Proven | None, given: Mapping[Place, float]
) -> MemberResult:
    name, name_zh = called
    return MemberResult(
        id=one.id,
        name=name,
        name_zh=name_zh,
        weight=one.weight,
        people=one.people,
        value=plan.goals[0].value,
        bound=nan if best is None else best.bounds[one.id],
        given=FrozenDict(given),
    )


def _called(programme: Programme) -> dict[str, tuple[str, str]]:
    """What members are called, and in Chinese: as the programme says, else as their cases are; with the id where alike."""
    names: dict[str, tuple[str, str]] = {}
    for one in programme.participants:
        about = programme.keys.members[one.id]
        names[one.id] = (about.name, about.name_zh) if about.name else (one.case.title, one.case.title_zh)
    times = [Counter(words) for words in zip(*names.values(), strict=True)]

    def apart(e: str, n: int) -> str:
        word = names[e][n]
        return f"{word} ({e})" if word and times[n][word] > 1 else word

    return {e: (apart(e, 0), apart(e, 1)) for e in names}
