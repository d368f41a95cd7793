"""What moves from one city to another: it is there to move, and not so much that gaps would no longer say what they say."""

from __future__ import annotations

from collections.abc import Callable

from planner.case.case import Case
from planner.case.checks.findings import Findings
from planner.case.effects import Relocate, Settle
from planner.case.moves import MOST_MOVED, Move, moved_need
from planner.case.problems import listed
from planner.case.validating import Contents
from planner.words.said import _

ROUNDING = 1e-9  # relative


def check_move_keys(contents: Contents, found: Findings) -> None:
    """Note moves that move nothing, to nowhere, or of a measure that is no relocation."""
    kinds = {m.row.id: m.row.kind for m in contents.measures}
    for path, effect in contents.file.placed_effects():
        if isinstance(effect, Relocate):
            kind = kinds.get(effect.measure)
            if kind is not None and kind != "relocation":
                message = _("only a relocation moves people, jobs or capacity, not a {kind}").format(kind=kind)
                found.key(path, message, effect.measure, _("a relocation"))
            elif not (effect.people or effect.jobs or effect.capacity):
                found.key(path, _("moves nothing: it needs people, jobs or capacity"))
        elif isinstance(effect, Settle):
            if effect.from_city == effect.to_city:
                found.key((*path, "to"), _("must name another city than `from`"), effect.to_city, _("another city"))
            elif not (effect.people or effect.entitled):
                found.key(path, _("settles nobody: it needs people, or entitled ones"))
            elif bool(effect.entitled) != bool(effect.gives):
                message = _("entitled people and the services that they are given go together")
                found.key((*path, "gives"), message, listed(effect.gives) or None)


def check_moves(case: Case, contents: Contents, found: Findings) -> None:
    """Note more moves than there is to move, or than a city of the size of either could see."""
    notes = _Notes(case, contents, found)
    for t in case.period_ids:
        for city in case.cities:
            _check_people(notes, city, t)
            _check_jobs(notes, city, t)
            for service in case.services:
                _check_need(notes, service, city, t)
                _check_capacity(notes, service, city, t)


class _Notes:
    """Notes each problem once, at the first effect that moves anything of the kind."""

    def __init__(self, case: Case, contents: Contents, found: Findings) -> None:
        self.case = case
        self.moves = [move for move in case.moves if case.measures[move.measure].starts]
        moving = ((path, e) for path, e in contents.file.placed_effects() if isinstance(e, Relocate | Settle))
        self._places = {effect.measure: path for path, effect in moving}
        self._noted: set[tuple[str, ...]] = set()
        self._found = found

    def most(self, t: str, amount: Callable[[Move], float]) -> float:
        """What all moves together could come to in a period, of those of which there is more than nothing."""
        return sum(max(0.0, amount(move)) * self.case.measures[move.measure].most_serving(t) for move in self.moves)

    def add(self, key: tuple[str, ...], amount: Callable[[Move], float], message: str, value: float, allowed: str) -> None:
        """A problem, once for all periods, with the first move that it is about."""
        first = next((move.measure for move in self.moves if amount(move) > 0), "")
        if key not in self._noted and first in self._places:
            self._noted.add(key)
            self._found.key(self._places[first], message, f"{value:,.6g}", allowed)


def _at_most(most: float) -> str:
    return _("at most {most}").format(most=f"{most:,.6g}")


def _check_people(notes: _Notes, city: str, t: str) -> None:
    """No more people than a fifth of those of either city."""
    people = notes.case.cities[city].population[t]
    for sign, words in (
        (-1.0, _("{moved:,.0f} people could leave {city}: at most {share:g} % of its {people:,.0f} may")),
        (1.0, _("{moved:,.0f} people could move into {city}: at most {share:g} % of its {people:,.0f} may")),
    ):

        def amount(move: Move, sign: float = sign) -> float:
            return sign * move.sign(city) * move.people

        moved = notes.most(t, amount)
        if moved > MOST_MOVED * people * (1 + ROUNDING):
            message = words.format(moved=moved, city=city, share=100 * MOST_MOVED, people=people)
            notes.add(("people", city), amount, message, moved, _at_most(MOST_MOVED * people))


def _check_jobs(notes: _Notes, city: str, t: str) -> None:
    """No more jobs than there are."""

    def amount(move: Move) -> float:
        return -move.sign(city) * move.jobs

    leaving, jobs = notes.most(t, amount), notes.case.cities[city].jobs or 0.0
    if leaving > jobs * (1 + ROUNDING):
        message = _("{leaving:,.0f} jobs could leave {city}, which has {jobs:,.0f} (column jobs of cities.csv)").format(
            leaving=leaving, city=city, jobs=jobs
        )
        notes.add(("jobs", city), amount, message, leaving, _at_most(jobs))


def _check_need(notes: _Notes, service: str, city: str, t: str) -> None:
    """Need moves to where there is such a need, and changes it by a fifth at most."""
    need = notes.case.need(service, city, t)
    for sign in (1.0, -1.0):

        def amount(move: Move, sign: float = sign) -> float:
            return sign * moved_need(notes.case, move, service, city, t)

        moved = notes.most(t, amount)
        if moved > 0 and need <= 0:
            message = _("people who need {service} would move into {city}, where nobody does: no gap is a share of that")
            notes.add(
                (service, city), amount, message.format(service=service, city=city), moved, _("a city with such people")
            )
        elif moved > MOST_MOVED * need * (1 + ROUNDING):
            message = _(
                "moves could change what {city} needs of {service} by {moved}: at most {share:g} % of {need}"
            ).format(city=city, service=service, moved=f"{moved:,.6g}", share=100 * MOST_MOVED, need=f"{need:,.6g}")
            notes.add((service, city), amount, message, moved, _at_most(MOST_MOVED * need))


def _check_capacity(notes: _Notes, service: str, city: str, t: str) -> None:
    """Capacity moves between cities whose capacity is known, and no more of it than there is."""

    def amount(move: Move) -> float:
        return abs(move.sign(city)) * (move.capacity or {}).get(service, 0.0)

    def leaves(move: Move) -> float:
        return amount(move) if move.sign(city) < 0 else 0.0

    stock, key = notes.case.capacity[city, service], ("capacity", service, city)
    if stock.amount is None:
        if (moved := notes.most(t, amount)) > 0:
            message = _("capacity of {service} cannot move from or to {city}: what it has is unknown")
            notes.add(key, amount, message.format(service=service, city=city), moved, _("cities whose capacity is known"))
        return
    leaving, there = notes.most(t, leaves), stock.amount[t] * (1.0 - stock.outsiders)
    if leaving > there * (1 + ROUNDING):
        message = _(
            "{service}: a capacity of {leaving} could leave {city}, which has {there} for the cluster's people (column "
            "{column} of {file})"
        ).format(
            leaving=f"{leaving:,.6g}", service=service, city=city, there=f"{there:,.6g}", column="capacity",
            file="capacity.csv",
        )  # fmt: skip
        notes.add(key, leaves, message, leaving, _at_most(there))


def check_crowding(case: Case, contents: Contents, found: Findings) -> None:
    """Note indicators of crowding that no city has, or that end below what cities could hold."""
    notes = _Notes(case, contents, found)
    for x, crowding in case.crowding.items():
        if not crowding.cities:
            message = _("no city that it selects says what it is meant for: column meant_for of cities.csv")
            found.key(("crowding", x), message)
        for i in crowding.cities:
            city, meant = case.cities[i], case.cities[i].meant_for or 1.0

            def arrive(move: Move, i: str = i) -> float:
                return move.sign(i) * move.people

            most = max(city.population[t] + notes.most(t, arrive) for t in case.period_ids)
            if most > crowding.worst * meant * (1 + ROUNDING):
                message = _(
                    "{city} could have {most:,.0f} people, more than {worst:g} times the {meant:,.0f} it is meant for"
                )
                said = message.format(city=i, most=most, worst=crowding.worst, meant=meant)
                found.key(
                    ("crowding", x, "worst"), said, crowding.worst, _("at least {least:.4g}").format(least=most / meant)
                )
                break
