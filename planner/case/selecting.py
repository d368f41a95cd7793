"""One selection, `where`, for lines, rules, targets, access standards and scenarios.

A selection names columns and, for each, the values that may stand there: {kind: link, tier: [small, secondary]}. All
columns must hold; {} selects everything. A city or measure is seen as its *facts*: column -> the values it has there
(a measure in two cities has two jurisdictions, and fits either). The empty text fits a column without a value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from planner.case.nouns import Case, City, Line, Link, Measure, Park
from planner.case.problems import did_you_mean, listed

Facts = Mapping[str, tuple[str, ...]]
Where = Mapping[str, tuple[str, ...]]

CITY_COLUMNS = ("id", "city", "name", "jurisdiction", "tier", "airshed")
MEASURE_COLUMNS = (
    "id", "name", "kind", "level", "city", "jurisdiction", "tier", "service", "industry", "form", "origin", "mode", "norm",
    "status", "one_of", "together", "signed_by", "basis",
)  # fmt: skip


def fits(where: Where, facts: Facts) -> bool:
    """Whether something with these facts is selected."""
    return all(any(_has(facts.get(column, ()), value) for value in values) for column, values in where.items())


def _has(found: tuple[str, ...], value: str) -> bool:
    return value in found if value else not found


def select(where: Where, facts: Mapping[str, Facts]) -> tuple[str, ...]:
    """Ids of what is selected, in the order of the facts."""
    return tuple(name for name, known in facts.items() if fits(where, known))


@dataclass(frozen=True)
class Complaint:
    """What is wrong with a selection: a column that there is not, or a value that no row has.

    `may_be` says that nothing else is wrong with the value: it is one that a row could have.
    """

    column: str
    value: str
    message: str
    allowed: str
    may_be: bool = False


def complaints(
    where: Where, facts: Iterable[Facts], columns: tuple[str, ...], known: Mapping[str, Collection[str]] | None = None
) -> Iterator[Complaint]:
    """What is wrong with a selection.

    Parameters
    ----------
    known
        Values that a column may have beside those that stand in the rows.
    """
    rows = tuple(facts)
    for column, values in where.items():
        if column not in columns:
            message = f"'{column}' is not a column to select by ({listed(columns, 40)}).{did_you_mean(column, columns)}"
            yield Complaint(column, column, message, listed(columns, 40))
            continue
        have = tuple(dict.fromkeys(v for row in rows for v in row.get(column, ())))
        empty = any(not row.get(column, ()) for row in rows)
        for value in values:
            if value not in have and not (value == "" and empty):
                message = f"no row has {column} '{value}' ({listed(have)}).{did_you_mean(value, have)}"
                may_be = value == "" or value in (known or {}).get(column, ())
                yield Complaint(column, value, message, listed(have), may_be)


def city_facts(city: City) -> Facts:
    """The facts of a city."""
    return {
        "id": (city.id,),
        "city": (city.id,),
        "name": (city.name,),
        "jurisdiction": (city.jurisdiction,),
        "tier": (city.tier,),
        "airshed": _one(city.airshed),
    }


def measure_facts(measure: Measure, links: Iterable[Link], park: Park | None = None) -> Facts:
    """The facts of a measure; `links` are those that it opens, `park` its row of parks.csv."""
    return {
        "id": (measure.id,),
        "name": (measure.name,),
        "kind": (measure.kind,),
        "level": _one(measure.level),
        "city": measure.cities,
        "jurisdiction": measure.jurisdictions,
        "tier": measure.tiers,
        "service": _one(measure.service),
        "industry": _one(park.industry if park else None),
        "form": _one(park.form if park else None),
        "origin": _one(park.origin if park else None),
        "mode": tuple(dict.fromkeys(link.mode for link in links)),
        "norm": _one(measure.norm),
        "status": (measure.status,),
        "one_of": _one(measure.one_of),
        "together": _one(measure.together),
        "signed_by": measure.signed_by,
        "basis": _one(measure.basis),
    }


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def facts_of_cities(cities: Iterable[City]) -> dict[str, Facts]:
    """The facts of cities, by id."""
    return {city.id: city_facts(city) for city in cities}


def facts_of_measures(measures: Iterable[Measure], links: Iterable[Link], parks: Mapping[str, Park]) -> dict[str, Facts]:
    """The facts of measures, by id; `links` are all links of the case, `parks` its parks by measure."""
    opened: dict[str, list[Link]] = {}
    for link in links:
        for needed in link.needs:
            opened.setdefault(needed, []).append(link)
    return {m.id: measure_facts(m, opened.get(m.id, ()), parks.get(m.id)) for m in measures}


def cities_where(case: Case, where: Where) -> tuple[str, ...]:
    """Ids of the cities selected."""
    return select(where, facts_of_cities(case.cities.values()))


def measures_where(case: Case, where: Where) -> tuple[str, ...]:
    """Ids of the measures selected."""
    return select(where, facts_of_measures(case.measures.values(), case.links.values(), case.parks))


def cities_with(case: Case, indicator: str) -> frozenset[str]:
    """Ids of the cities that have an indicator."""
    if indicator in case.access:
        return frozenset(case.access[indicator].origins)
    if indicator in case.work:
        return frozenset(case.work[indicator].cities)
    return frozenset(
        city for (city, service), stock in case.capacity.items() if service == indicator and stock.amount is not None
    )


def may_pay(line: Line, measure: Measure, facts: Facts, kind: str) -> bool:
    """Whether a line may pay for a measure's `capital` or `running` cost; `facts` are those of the measure."""
    if line.cost not in ("all", kind):
        return False
    if measure.payers:
        return line.id in measure.payers
    return not line.pays_for or any(fits(where, facts) for where in line.pays_for)


def payers_of(case: Case) -> dict[tuple[str, str], tuple[str, ...]]:
    """Lines that may pay for each measure and kind of cost (`capital`, `running`)."""
    facts = facts_of_measures(case.measures.values(), case.links.values(), case.parks)
    return {
        (m.id, kind): tuple(line.id for line in case.lines.values() if may_pay(line, m, facts[m.id], kind))
        for m in case.measures.values()
        for kind in ("capital", "running")
    }
