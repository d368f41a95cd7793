"""One selection, `where`, for lines, rules, targets, access standards and scenarios.

A selection names columns and, for each, the values that may stand there: {kind: link, tier: [small, secondary]}. All
columns must hold; {} selects everything. A city or measure is seen as its *facts*: column -> the values it has there
(a measure in two cities has two jurisdictions, and fits either). The empty text fits a column without a value.

Rows as read have facts too, so that a scenario's `where` selects by the same columns: their cells, with defaults where they
are empty, and what follows from their cities and links. A column or a value that there cannot be is an error. A value that a
row could have, and none has, is a doubt: a line that pays for hubs is right in a case that has no hubs yet. Where something
is needed (destinations, cities of a goal, what a rule asks a minimum of) nothing is an error too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from planner.case import selecting
from planner.case.case import Case
from planner.case.kinds import Kind
from planner.case.measures import Form, Level, Measure, Park, Status
from planner.case.money import Line
from planner.case.places import Basis, City, Link, Reality, Tier
from planner.case.problems import Problem, Problems, did_you_mean, listed
from planner.case.raw import Path, RawCase, RawRow, RawTable
from planner.case.rows import TABLES, missing_columns
from planner.case.validating import names_of_case
from planner.words.said import Text, _

Facts = Mapping[str, tuple[str, ...]]
Where = Mapping[str, tuple[str, ...]]

CITY_COLUMNS = ("id", "city", "name", "jurisdiction", "tier", "airshed")
MEASURE_COLUMNS = (
    "id", "name", "kind", "level", "city", "jurisdiction", "tier", "service", "industry", "form", "origin", "mode", "norm",
    "status", "one_of", "together", "signed_by", "basis", "reality",
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
            message = _("'{column}' is not a column to select by ({columns}).{column_2}").format(
                column=column, columns=listed(columns, 40), column_2=did_you_mean(column, columns)
            )
            yield Complaint(column, column, message, listed(columns, 40))
            continue
        have = tuple(dict.fromkeys(v for row in rows for v in row.get(column, ())))
        empty = any(not row.get(column, ()) for row in rows)
        for value in values:  # told as it is written, whatever is called so in the case
            if value not in have and not (value == "" and empty):
                message = _("no row has {column} '{value}' ({have}).{value_2}").format(
                    column=Text(column), value=Text(value), have=listed(map(Text, have)), value_2=did_you_mean(value, have)
                )
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
        "reality": _one(measure.reality),
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


def cities_with(case: Case, indicator: str) -> frozenset[str]:
    """Ids of the cities that have an indicator."""
    if indicator in case.access:
        return frozenset(case.access[indicator].origins)
    if indicator in case.work:
        return frozenset(case.work[indicator].cities)
    if indicator in case.crowding:
        return frozenset(case.crowding[indicator].cities)
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


def payers_of(case: Case, measures: Collection[Measure] | None = None) -> dict[tuple[str, str], tuple[str, ...]]:
    """Lines that may pay for each measure (all by default) and kind of cost (`capital`, `running`)."""
    measures = case.measures.values() if measures is None else measures
    facts = facts_of_measures(measures, case.links.values(), case.parks)
    return {
        (m.id, kind): tuple(line.id for line in case.lines.values() if may_pay(line, m, facts[m.id], kind))
        for m in measures
        for kind in ("capital", "running")
    }


def payers_of_use(case: Case) -> dict[str, tuple[str, ...]]:
    """Jurisdiction -> its lines that pay the price of what its people use in others."""
    found = {}
    for who in case.jurisdictions:
        own = [line for line in case.lines.values() if line.holder == who]
        said = [line for line in own if line.pays_use]
        by_itself = [line for line in own if line.pays_use is None and line.cost != "capital" and not line.pays_for]
        found[who] = tuple(line.id for line in said or by_itself)
    return found


LISTS = frozenset({"city", "needs", "requires", "signed_by"})  # columns that take several names


def columns_to_select(raw: RawCase, table: str) -> tuple[str, ...]:
    """Columns by which rows of a table can be selected."""
    own = TABLES[table].columns_of(names_of_case(raw))
    return tuple(dict.fromkeys((*own, *_FOLLOWING.get(table, ()))))


_OF_PARKS = ("industry", "form", "origin")  # columns of parks.csv by which measures are selected
_OF_MEASURES = (
    "name",
    "kind",
    "city",
    "jurisdiction",
    "tier",
    "norm",
    "status",
    "one_of",
    "together",
    "signed_by",
    "reality",
)
_FOLLOWING = {
    "cities": ("city",),
    "capacity": ("jurisdiction", "tier"),
    "measures": ("jurisdiction", "tier", "mode", *_OF_PARKS),
    "parks": _OF_MEASURES,
}
FOLLOWED = {  # tables from which such columns follow
    "capacity": ("cities",),
    "measures": ("cities", "links", "parks"),
    "parks": ("measures", "cities", "links"),
}


def facts_of_rows(raw: RawCase, table: RawTable) -> dict[int, Facts]:
    """The facts of each row of a table, by the row's number."""
    defaults = _defaults(table.name)
    cities = {row.cells["id"]: row for row in _rows(raw, "cities") if "id" in row.cells}
    opened = _opened(raw) if table.name == "measures" else {}
    parks = {row.cells["measure"]: row for row in _rows(raw, "parks") if "measure" in row.cells}
    measures = _facts_by_id(raw) if table.name == "parks" else {}
    facts: dict[int, Facts] = {}
    for row in (*table.rows, *table.astray):
        own: dict[str, tuple[str, ...]] = defaults | {c: _values(c, cell) for c, cell in row.cells.items()}
        if table.name in ("cities", "measures"):
            own.setdefault("name", own.get("id", ()))
        if table.name == "cities":
            own["city"] = own.get("id", ())
        elif table.name == "capacity":
            own |= _places(own.get("city", ()), cities)
        elif table.name == "measures":
            own |= _measure_facts(own, opened.get(row.cells.get("id", ""), []), cities)
            park = parks.get(row.cells.get("id", ""))
            own |= {c: (park.cells[c],) for c in _OF_PARKS if park is not None and c in park.cells}
            said = {link.cells["reality"] for link in opened.get(row.cells.get("id", ""), []) if link.cells.get("reality")}
            if not own.get("reality") and len(said) == 1:
                own["reality"] = (said.pop(),)
        elif table.name == "parks":
            of_measure = measures.get(row.cells.get("measure", ""), {})
            own |= {c: of_measure[c] for c in _OF_MEASURES if c in of_measure}
        facts[row.number] = own
    return facts


def _facts_by_id(raw: RawCase) -> dict[str, Facts]:
    """The facts of measures, by id."""
    table = raw.tables.get("measures")
    facts = facts_of_rows(raw, table) if table is not None else {}
    return {own["id"][0]: own for own in facts.values() if own.get("id")}


def _rows(raw: RawCase, table: str) -> tuple[RawRow, ...]:
    found = raw.tables.get(table)
    return (*found.rows, *found.astray) if found else ()


def _values(column: str, cell: str) -> tuple[str, ...]:
    """The values of a cell: several in a column that takes lists."""
    return _parts(cell) if column in LISTS else (cell,)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _defaults(table: str) -> dict[str, tuple[str, ...]]:
    """Defaults of the columns that have one, as a cell would say them."""
    found: dict[str, tuple[str, ...]] = {}
    for name, key in TABLES[table].by_name.items():
        if key.empty:
            continue  # it has no value to select by
        if isinstance(key.default, bool):
            found[name] = ("yes" if key.default else "no",)
        elif isinstance(key.default, int | float):
            found[name] = (f"{key.default:g}",)
        elif isinstance(key.default, str) and key.default:
            found[name] = (key.default,)
    return found


def _opened(raw: RawCase) -> dict[str, list[RawRow]]:
    """The links that each measure opens."""
    opened: dict[str, list[RawRow]] = {}
    for link in _rows(raw, "links"):
        for measure in _parts(link.cells.get("needs", "")):
            opened.setdefault(measure, []).append(link)
    return opened


def _places(names: tuple[str, ...], cities: dict[str, RawRow]) -> dict[str, tuple[str, ...]]:
    """Jurisdictions and tiers of cities."""
    rows = [cities[name].cells for name in names if name in cities]
    return {
        column: tuple(dict.fromkeys(cells[column] for cells in rows if column in cells))
        for column in ("jurisdiction", "tier")
    }


def _measure_facts(
    own: dict[str, tuple[str, ...]], opened: list[RawRow], cities: dict[str, RawRow]
) -> dict[str, tuple[str, ...]]:
    where = own.get("city", ())
    if not where and own.get("kind") == ("link",):
        where = tuple(dict.fromkeys(link.cells.get(end, "") for link in opened for end in ("from", "to")))
    places = _places(where, cities)
    return {
        "city": where,
        "jurisdiction": tuple(dict.fromkeys((*places["jurisdiction"], *own.get("signed_by", ())))),
        "tier": places["tier"],
        "mode": tuple(dict.fromkeys(link.cells["mode"] for link in opened if "mode" in link.cells)),
    }


CLOSED: Mapping[str, Collection[str]] = {  # columns that take one of a few words
    "tier": get_args(Tier), "kind": get_args(Kind), "status": get_args(Status), "level": get_args(Level),
    "form": get_args(Form), "basis": get_args(Basis), "reality": get_args(Reality),
}  # fmt: skip


class _Anything(tuple[str, ...]):
    """All texts: the values of columns in which a planner writes what he likes."""

    def __contains__(self, value: object) -> bool:
        return True


FREE = ("name", "one_of", "together")


class Resolver:
    """Works out selections of cities and measures, and notes those that select nothing.

    Rows that were left out for another problem still count as there: a selection that names them is not wrong.

    Attributes
    ----------
    doubts
        Selections that nothing fits, though something could.
    """

    def __init__(
        self,
        raw: RawCase,
        problems: Problems,
        broken: frozenset[str],
        cities: Mapping[str, Facts],
        measures: Mapping[str, Facts],
    ) -> None:
        self.doubts: list[Problem] = []
        self._raw = raw
        self._problems = problems
        self._broken = broken
        self._facts = {"cities": cities, "measures": measures}
        self._as_read = {
            table: tuple(facts_of_rows(raw, raw.tables[table]).values()) if table in raw.tables else ()
            for table in self._facts
        }
        places, jurisdictions = raw.ids("cities"), raw.ids("cities", "jurisdiction")
        self._known: Mapping[str, Collection[str]] = {
            **CLOSED, **dict.fromkeys(FREE, _Anything()), "city": places, "origin": places,
            "jurisdiction": jurisdictions, "signed_by": jurisdictions, "norm": raw.ids("norms"),
            "service": raw.keys("services"), "mode": raw.keys("modes"), "industry": raw.keys("industries"),
            "airshed": raw.keys("airsheds"),
        }  # fmt: skip

    def cities(self, where: Where, path: Path, needed: bool = False) -> tuple[str, ...]:
        return self._resolve(where, path, "cities", CITY_COLUMNS, needed)

    def measures(self, where: Where, path: Path, needed: bool = False) -> tuple[str, ...]:
        return self._resolve(where, path, "measures", MEASURE_COLUMNS, needed)

    def _resolve(self, where: Where, path: Path, table: str, columns: tuple[str, ...], needed: bool) -> tuple[str, ...]:
        facts = self._facts[table]
        if table not in self._raw.tables or missing_columns(self._raw.tables[table]):
            return ()  # what is missing is noted
        found = selecting.select(where, facts)
        complete = not self._broken & {"cities", "links", "measures"}
        wrong = tuple(selecting.complaints(where, (*facts.values(), *self._as_read[table]), columns, self._known))
        for complaint in wrong:
            place = (*path, complaint.column)
            problem = self._raw.at_key(place, complaint.message, complaint.value, complaint.allowed)
            self._note(problem, needed=not complaint.may_be or (needed and not found))
        ruled_out = "status" in where and selecting.select({**where, "status": ("ruled_out",)}, facts)  # by a scenario
        if where and not found and not wrong and complete and not ruled_out:
            self._note(
                self._raw.at_key(path, _("no row of {table}.csv fits all of this selection").format(table=table)), needed
            )
        return found

    def _note(self, problem: Problem, needed: bool) -> None:
        if needed:
            self._problems.add(problem)
        elif problem not in self.doubts:
            self.doubts.append(problem)
