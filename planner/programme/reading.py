"""Programmes as they are read: programme.yaml and the case of every member, checked as strictly as a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from models.instance import up_to
from planner.case import Case, FrozenDict, load_case
from planner.case.effects import AllowTransfer
from planner.case.goals import PARTS
from planner.case.keys import read_keys
from planner.case.money import Line
from planner.case.places import each_period
from planner.case.problems import CaseInvalid, Problem, Problems, did_you_mean, listed
from planner.case.raw import RawCase
from planner.case.validating import read_as
from planner.case.values import EVERY_PERIOD, POPULATION
from planner.files.inputs import CASE_FILE, PROGRAMME_FILE
from planner.planning.variants import changed
from planner.programme.common_indicators import against_comparing, compared
from planner.programme.keys import Fairness, ProgrammeKeys, SharedLine
from planner.words.said import _, said_by, series

EMPTY = _("is empty: it needs at least format, money, members and lines")
BY_PEOPLE, BY_NEED = "by_people", "by_need"  # divisions that are always worked out
RESERVED = frozenset({BY_PEOPLE, BY_NEED})
SINGLE = frozenset(part for part, about in PARTS.items() if about.single)
Place = tuple[str, str]  # (shared line, period)


@dataclass(frozen=True)
class Participant:
    """A member with its case.

    Attributes
    ----------
    id
        Its name in the programme.
    case
        The case, in which each shared line has the money of the division by people.
    weight
        What its first goal weighs; those of all add to 1.
    people
        Its people, the mean of its periods.
    """

    id: str
    case: Case
    weight: float
    people: float


@dataclass(frozen=True)
class Programme:
    """Members and what they share; money in the programme's own unit.

    Attributes
    ----------
    amount
        (shared line, period) -> its money.
    carries
        Shared lines that keep what is left for the next period.
    """

    name: str
    keys: ProgrammeKeys
    participants: tuple[Participant, ...]
    amount: FrozenDict[Place, float]
    carries: frozenset[str]

    @property
    def periods(self) -> tuple[str, ...]:
        """Ids of the periods, those of every member."""
        return self.participants[0].case.period_ids

    @property
    def title(self) -> str:
        """What it is headed with."""
        return self.keys.title or self.name

    @property
    def lines(self) -> tuple[str, ...]:
        """The shared lines."""
        return tuple(self.keys.lines)

    def of(self, member: str) -> Participant:
        """A member by its name."""
        return next(one for one in self.participants if one.id == member)

    def until(self, line: str, period: str) -> tuple[str, ...]:
        """The periods whose money may be drawn by the end of one: all up to it, or it alone without carry-over."""
        return up_to(self.periods, period, line in self.carries)

    def there(self, line: str, period: str) -> float:
        """The money of those periods."""
        return sum(self.amount[line, t] for t in self.until(line, period))

    def in_all(self, line: str) -> float:
        """The money of all periods."""
        return sum(self.amount[line, t] for t in self.periods)

    def by_people(self, member: str) -> dict[Place, float]:
        """What a member is given where the money is divided by people."""
        return divided_by({one.id: one.people for one in self.participants}, self.amount)[member]

    def least_and_most(self, member: str, line: str) -> tuple[float, float]:
        """What a member must and may be given of a line in all."""
        asked, money = self.keys.shares, self.in_all(line)
        head = self.of(member).people / sum(one.people for one in self.participants)
        return max(asked.each_at_least, asked.per_head_at_least * head) * money, asked.each_at_most * money


def divided_by(shares: Mapping[str, float], amount: Mapping[Place, float]) -> dict[str, dict[Place, float]]:
    """What each member is given where all money is divided in proportion to something; nothing where that is nothing."""
    total = sum(shares.values())
    return {
        e: {place: money * share / total if total else 0.0 for place, money in amount.items()} for e, share in shares.items()
    }


def load_programme(folder: Path | str, goal: str | None = None) -> Programme:
    """Read a programme from its folder, with the cases of its members.

    Parameters
    ----------
    goal
        `common` or `each`, in the place of what programme.yaml says of its `goal`.

    Raises
    ------
    CaseInvalid
        Something is wrong with programme.yaml, with the case of a member, or with members that do not go together; it
        lists everything that is.
    """
    folder = Path(folder)
    problems, title = Problems(), _("The programme {folder}").format(folder=folder)
    keys, raw = _keys(folder)
    if goal is not None:
        keys = replace(keys, goal=goal)  # type: ignore[arg-type]
    cases = _cases(folder, keys, raw, problems)
    _raise_if_any(problems, title)
    for problem in (*_disagreements(keys, cases, raw), *_about_divisions(keys, raw)):
        problems.add(problem)
    _raise_if_any(problems, title)
    for problem in against_comparing(keys, cases, raw):
        problems.add(problem)
    _raise_if_any(problems, title)
    programme = _programme(folder.resolve().name, keys, compared(keys, cases))
    for problem in _unfair(programme, raw):
        problems.add(problem)
    _raise_if_any(problems, title)
    return programme


def load_keys(folder: Path | str) -> ProgrammeKeys:
    """What a programme's programme.yaml says by itself, whatever the cases of its members say.

    Raises
    ------
    CaseInvalid
        Something is wrong with it; it lists everything that is.
    """
    return _keys(Path(folder))[0]


def _keys(folder: Path) -> tuple[ProgrammeKeys, RawCase]:
    problems = Problems()
    raw = _raw(folder, problems)
    keys = read_as(ProgrammeKeys, raw, problems) if raw.document is not None else None
    _raise_if_any(problems, _("The programme {folder}").format(folder=folder))
    assert keys is not None  # whatever leaves it out is a problem
    return keys, raw


def _raise_if_any(problems: Problems, title: str) -> None:
    found = Problems()
    found.extend(replace(p, file=PROGRAMME_FILE if p.file == CASE_FILE else p.file) for p in problems)
    found.raise_if_any(title)


def _raw(folder: Path, problems: Problems) -> RawCase:
    """The keys of programme.yaml with their places."""
    document, places = None, FrozenDict[tuple[str | int, ...], tuple[int, int]]()
    try:
        text = (folder / PROGRAMME_FILE).read_bytes().decode("utf-8-sig")
        document, places = read_keys(text, problems, EMPTY)
    except OSError as error:
        problems.add(Problem(PROGRAMME_FILE, _("cannot be read: {why}").format(why=error.strerror or said_by(error))))
    except UnicodeDecodeError:
        problems.add(Problem(PROGRAMME_FILE, _("is not UTF-8 text: save it as UTF-8")))
    return RawCase(folder.name, document, places, FrozenDict(), FrozenDict())


def _cases(folder: Path, keys: ProgrammeKeys, raw: RawCase, problems: Problems) -> dict[str, Case]:
    """The case of every member; what is wrong with one is told with the member's name."""
    found = {}
    for name, member in keys.members.items():
        place = folder / member.case
        if not place.exists():
            problems.add(raw.at_key(("members", name, "case"), _("there is no case at {place}").format(place=place)))
            continue
        try:
            found[name] = load_case(place, member.scenario)
        except CaseInvalid as invalid:
            for problem in invalid.problems:
                said = _("the case cannot be used: {problem}").format(problem=problem.said)
                problems.add(raw.at_key(("members", name, "case"), said))
    return found


def _disagreements(keys: ProgrammeKeys, cases: Mapping[str, Case], raw: RawCase) -> Iterator[Problem]:
    """What keeps the members from one purse and one goal."""
    first, known = next(iter(cases.items()))
    for name, case in cases.items():
        here = ("members", name, "case")
        if [(p.id, p.first, p.last) for p in case.periods] != [(p.id, p.first, p.last) for p in known.periods]:
            said = _("its periods are {own}, those of {first} are {others}; all members need the same")
            own, others = (series(p.label for p in each.periods) for each in (case, known))
            yield raw.at_key(here, said.format(own=own, first=first, others=others))
        for key, own_money, all_money in (
            ("unit", case.money.unit, keys.money.unit),
            ("prices", case.money.prices, keys.money.prices),
        ):
            if own_money != all_money:
                said = _("its money.{key} is {own}, that of the programme is {all}")
                yield raw.at_key(here, said.format(key=key, own=own_money, all=all_money))
        for line in keys.lines:
            if line not in case.lines:
                said = _("it has no budget line {line} ({lines}).{hint}")
                hint = did_you_mean(line, case.lines)
                yield raw.at_key(here, said.format(line=line, lines=listed(case.lines), hint=hint))
            else:
                yield from (raw.at_key(here, said) for said in _against_sharing(case, case.lines[line]))
        yield from (raw.at_key(here, said) for said in _against_one_goal(case))
    weights = {name: member.weight == POPULATION for name, member in keys.members.items()}
    if len(set(weights.values())) > 1:
        other = next(name for name, by_people in weights.items() if by_people != next(iter(weights.values())))
        said = _("is by people in some members and a number in others: it must be the same kind in all")
        yield raw.at_key(("members", other, "weight"), said)
    for name, shared in keys.lines.items():
        yield from _about_amounts(name, shared, known, raw)


def _about_divisions(keys: ProgrammeKeys, raw: RawCase) -> Iterator[Problem]:
    """Members of given divisions that there are not."""
    for name, division in keys.divisions.items():
        if name in RESERVED:
            said = _("is the name of a division that is worked out by itself; choose another name")
            yield raw.at_key(("divisions", name), said)
        for member in division.by_member:
            if member not in keys.members:
                said = _("there is no member {member} ({members}).{hint}").format(
                    member=member, members=listed(keys.members), hint=did_you_mean(member, keys.members)
                )
                yield raw.at_key(("divisions", name, "by_member", member), said, member, listed(keys.members))


def _about_amounts(name: str, line: SharedLine, known: Case, raw: RawCase) -> Iterator[Problem]:
    """Amounts of periods that there are not, or the lack of some."""
    said = set(line.amounts)
    if EVERY_PERIOD in said:
        return
    for period in sorted(said - set(known.period_ids)):
        message = _("there is no period {period} ({periods})").format(period=period, periods=listed(known.period_ids))
        yield raw.at_key(("lines", name, "amounts", period), message, period, listed(known.period_ids))
    if lacking := [p for p in known.period_ids if p not in said]:
        yield raw.at_key(("lines", name, "amounts"), _("has no money for {periods}").format(periods=series(lacking)))


def _against_sharing(case: Case, line: Line) -> Iterator[str]:
    """What a line must not do in a member, if it is shared."""
    if line.borrowing is not None and max(line.borrowing.limit.values(), default=0.0) > 0:
        yield _("its line {line} may borrow (lines.{line}.borrow): a shared line has no debts").format(line=line.id)
    if max(line.minimum.values(), default=0.0) > 0:
        yield _("its line {line} has a minimum (budgets.csv): of shared money nothing has to be spent").format(line=line.id)
    if line.after is not None:
        yield _(
            "its line {line} has a limit on what it is left to run (lines.{line}.after), a share of money not yet known"
        ).format(line=line.id)
    if any(isinstance(e, AllowTransfer) and e.from_line == line.id for e in case.effects):
        yield _("its line {line} may send money (effects, allow_transfer), a share of money not yet known").format(
            line=line.id
        )


def _against_one_goal(case: Case) -> Iterator[str]:
    """Why what a member's first goal comes to cannot be added to those of others."""
    parts = set(case.goals[0].parts)
    if not parts <= SINGLE:
        said = _("its first goal is about {parts}: a programme adds up shares, of {allowed}")
        yield said.format(parts=series(sorted(parts)), allowed=series(sorted(SINGLE)))
    if case.nobody_worse_off:
        yield _("it asks that nobody is worse off than alone (nobody_worse_off): with shared money nobody is alone")


def _programme(name: str, keys: ProgrammeKeys, cases: Mapping[str, Case]) -> Programme:
    """The programme, in whose cases the shared lines have the money of the division by people."""
    known = next(iter(cases.values()))
    amount = {
        (l, t): money for l, line in keys.lines.items() for t, money in each_period(line.amounts, known.periods).items()
    }
    people = {e: people_of(case) for e, case in cases.items()}
    weigh = {e: people[e] if member.weight == POPULATION else float(member.weight) for e, member in keys.members.items()}
    by_people, all_weights = divided_by(people, amount), sum(weigh.values())
    carries = frozenset(l for l, line in keys.lines.items() if line.carry_over)
    participants = tuple(
        Participant(
            e,
            with_line_money(case, by_people[e], carries),
            weigh[e] / all_weights,
            people[e],
        )
        for e, case in cases.items()
    )
    return Programme(name, keys, participants, FrozenDict(amount), carries)


def people_of(case: Case) -> float:
    """The people of a case, the mean of its periods."""
    return sum(city.population[t] for city in case.cities.values() for t in case.period_ids) / len(case.period_ids)


def with_line_money(case: Case, amounts: Mapping[Place, float], carries: frozenset[str]) -> Case:
    """A member's case whose shared lines have these amounts, and carry over as the programme says."""
    shared = {l for l, _t in amounts}
    lines = {
        l: replace(line, amount=FrozenDict({t: amounts[l, t] for t in case.period_ids}), carry_over=l in carries)
        if l in shared
        else line
        for l, line in case.lines.items()
    }
    return changed(case, lines=FrozenDict(lines))


def given(case: Case, amounts: Mapping[Place, float], carries: frozenset[str]) -> Case:
    """A member's case with what the division gives it.

    What levels of policies may cost is a share of all the money there is. It stays what it is where the money is divided by
    people: the shares are such that it does.
    """
    found = with_line_money(case, amounts, carries)
    was, now = (sum(sum(line.amount.values()) for line in each.lines.values()) for each in (case, found))
    levels = {
        level: min(1.0, share * was / now) if now > 0 else share for level, share in case.pyramid.at_most_share.items()
    }
    return changed(found, pyramid=replace(found.pyramid, at_most_share=FrozenDict(levels)))


def _unfair(programme: Programme, raw: RawCase) -> Iterator[Problem]:
    """Shares that no division can keep."""
    asked: Fairness = programme.keys.shares
    members = [one.id for one in programme.participants]
    for line in programme.lines:
        money = programme.in_all(line)
        bounds = {e: programme.least_and_most(e, line) for e in members}
        for e, (least, most) in bounds.items():
            if least > most + 1e-9 * money:
                said = _("member {member} must be given at least {least:.3g} of {line} and at most {most:.3g}")
                yield raw.at_key(("shares",), said.format(member=e, least=least, line=line, most=most))
        if sum(least for least, _most in bounds.values()) > money * (1 + 1e-9):
            which = "per_head_at_least" if asked.per_head_at_least else "each_at_least"
            yield raw.at_key(("shares", which), _("all members together must be given more than there is"))
