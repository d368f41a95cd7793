"""What parks, taxes and credit come to in a plan, read from the last linear program and added up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.credit import Credit
from models.industry import Industry
from models.instance import Instance
from models.money import Money
from models.taxes import Taxes
from models.transfers import Transfers
from planner.case import Case, LowerEmissions
from planner.case.moves import moved_jobs
from planner.solver.linear import LinearProgram, Vector

Phase = tuple[str, str, str]  # (park, start, period)
Place = tuple[str, str, str]  # (indicator, city, period)
Units = Mapping[str, Mapping[str, float]]  # period -> measure -> units serving
DUST = 1e-9  # of what is possible: smaller amounts are rounding
SPECK = 1e-6  # of a debt: what tolerances leave of it, or make where there is none, would else be owed for years


@dataclass(frozen=True)
class Working:
    """Jobs, taxes and credit of one plan (or of none), in the case's own units.

    Attributes
    ----------
    units
        Period -> measure -> units serving.
    jobs, shared_tax
        (park, start, period) -> productive jobs of those phases, and what the origin gets of their tax of the period.
    bonus
        (chain, park, partner, period) -> bonus jobs, half in each host.
    attracted
        (measure, policy, period) -> capital that the policy brings investors to pay.
    borrowed, repaid, debt
        (line, period) -> money; debt at the end of the period.
    sent
        (policy, from, to, period) -> money.
    """

    units: Units
    jobs: Mapping[Phase, float]
    shared_tax: Mapping[Phase, float]
    bonus: Mapping[tuple[str, str, str, str], float]
    attracted: Mapping[tuple[str, str, str], float]
    borrowed: Mapping[tuple[str, str], float]
    repaid: Mapping[tuple[str, str], float]
    debt: Mapping[tuple[str, str], float]
    sent: Mapping[tuple[str, str, str, str], float]

    @classmethod
    def of(cls, case: Case, instance: Instance, program: LinearProgram, columns: Vector, units: Units) -> Working:
        """Read the columns; rounding is swept away."""
        read = _Reader(program, columns)
        industry, taxes = instance[Industry], instance[Taxes]
        money_scale, job_scale = instance[Money].money_scale, industry.job_scale
        jobs = {
            phase: job_scale * amount
            for phase in industry.phases
            if (amount := read.swept("Jobs", phase, industry.phase_jobs[phase[0]] * read.value("Start", phase[:2]))) > 0
        }
        shared = {
            phase: share * taxes.tax[phase[0], phase[2]] * jobs[phase] / job_scale * money_scale
            for phase, (q, share, _) in taxes.sharing.items()
            if phase in jobs and units[phase[2]].get(q, 0.0) > 0.5
        }
        bonus = _within_rate(
            case,
            jobs,
            {
                pair: job_scale * amount
                for pair, (most, _) in industry.partners.items()
                if (amount := read.swept("Bonus", pair, most)) > 0
            },
        )
        attracted = {
            (a, q, t): money_scale * amount
            for (a, q), (_, most) in instance[Money].attracts.items()
            for t in case.period_ids
            if (amount := read.swept("Attracted", (a, q, t), most.get(t, 0.0))) > 0
        }
        sent = {
            place: money_scale * amount
            for place, most in instance[Transfers].transfer_limit.items()
            if (amount := read.swept("Sent", place, most)) > 0
        }
        return cls(units, jobs, shared, bonus, attracted, *_credit(instance, read), sent)

    def jobs_of(self, park: str, t: str) -> float:
        """Productive jobs of a park in a period."""
        return sum(jobs for (p, _, e), jobs in self.jobs.items() if (p, e) == (park, t))

    def bonus_of(self, park: str, t: str) -> float:
        """The half of the bonus jobs of a park's pairs that is in its host."""
        return sum(jobs for (_, p, q, e), jobs in self.bonus.items() if e == t and park in (p, q)) / 2

    def level(self, case: Case, indicator: str, city: str, t: str) -> float:
        """Jobs (or output) of a city in a period, as an amount."""
        place = case.cities[city]
        here = [p for p in case.parks if case.measures[p].cities[0] == city]
        parks = [p for p in here if case.measures[p].is_park]
        if case.work[indicator].of == "output":
            made = sum(case.parks[p].output * self.jobs_of(p, t) / case.parks[p].jobs for p in parks)
            return (place.gdp or 0.0) + made
        moved = sum(moved_jobs(case, move, indicator, city) * self.units[t].get(move.measure, 0.0) for move in case.moves)
        working = moved + sum(self.jobs_of(p, t) + self.bonus_of(p, t) for p in parks)
        closed = sum(case.parks[c].jobs * self.units[t].get(c, 0.0) for c in here if case.measures[c].closes_plant)
        return (place.jobs or 0.0) + working - closed

    def tax_of(self, case: Case, park: str, t: str) -> float:
        """What a park earns the lines in a period."""
        return case.parks[park].tax / case.parks[park].jobs * case.period(t).years * self.jobs_of(park, t)

    def emissions(self, case: Case, airshed: str, t: str) -> tuple[float, float, float, float]:
        """A year's emissions of an airshed: those of parks, abated, closed, and what is left."""
        here = [p for p in case.parks if case.cities[case.measures[p].cities[0]].airshed == airshed]
        working = (p for p in here if case.measures[p].is_park)
        parks = sum(case.parks[p].emissions / case.parks[p].jobs * self.jobs_of(p, t) for p in working)
        closed = sum(case.parks[c].emissions * self.units[t].get(c, 0.0) for c in here if case.measures[c].closes_plant)
        abated = sum(
            e.by * self.units[t].get(e.measure, 0.0)
            for e in case.effects
            if isinstance(e, LowerEmissions) and e.airshed == airshed
        )
        return parks, abated, closed, max(0.0, case.airsheds[airshed].existing[t] + parks - abated - closed)


def _within_rate(
    case: Case, jobs: Mapping[Phase, float], bonus: Mapping[tuple[str, str, str, str], float]
) -> dict[tuple[str, str, str, str], float]:
    """Bonus jobs, less what rounding has put above the rate of either park."""
    total: dict[tuple[str, str, str], float] = {}
    for (v, p, q, t), amount in bonus.items():
        for park in (p, q):
            total[v, park, t] = total.get((v, park, t), 0.0) + amount
    most = {
        (v, park, t): case.chains[v].bonus * sum(j for (p, _, e), j in jobs.items() if (p, e) == (park, t))
        for v, park, t in total
    }
    return {
        (v, p, q, t): amount * min(1.0, *(most[v, park, t] / total[v, park, t] for park in (p, q)))
        for (v, p, q, t), amount in bonus.items()
    }


class _Reader:
    """Values of columns by name; 0 where a column does not exist."""

    def __init__(self, program: LinearProgram, columns: Vector) -> None:
        self._program = program
        self._columns = columns

    def value(self, component: str, index: tuple[str, ...]) -> float:
        """A column's value."""
        at = self._program.columns.get((component, index))
        return 0.0 if at is None else float(self._columns[at])

    def swept(self, component: str, index: tuple[str, ...], most: float) -> float:
        """A column's value; what is nearly nothing is nothing, and nearly all that is possible is all."""
        value, dust = self.value(component, index), DUST * max(1.0, most)
        if value <= dust:
            return 0.0
        return most if abs(value - most) <= dust else value


def _credit(
    instance: Instance, read: _Reader
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """Borrowed, repaid and owed; borrowing and repaying at once is neither, and the debt adds up exactly."""
    borrowed: dict[tuple[str, str], float] = {}
    repaid: dict[tuple[str, str], float] = {}
    debt: dict[tuple[str, str], float] = {}
    for l in dict.fromkeys(l for l, _ in instance[Credit].debt_limit):
        owed = 0.0
        for t in instance.periods:
            grown = owed * instance[Credit].debt_growth[l, t]
            net = read.value("Borrowed", (l, t)) - read.value("Repaid", (l, t))
            owed = grown + net
            if owed <= SPECK * max(1.0, grown, abs(net)):
                net, owed = -grown, 0.0
            if abs(net) > SPECK * max(1.0, grown):
                (borrowed if net > 0 else repaid)[l, t] = abs(net) * instance[Money].money_scale
            else:
                owed = grown
            if owed:
                debt[l, t] = owed * instance[Money].money_scale
    return borrowed, repaid, debt
