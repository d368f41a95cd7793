"""Every name that stands somewhere exists where it should: cities, services, periods, measures, lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.case.checks.findings import Findings
from planner.case.problems import listed, not_one_of
from planner.case.raw import Path, RawCase
from planner.case.rows import TABLES, missing_columns
from planner.case.schema import AccessKeys, CaseFile, GoalKeys, ServiceKeys
from planner.case.schema_base import EVERY_PERIOD
from planner.case.schema_effects import (
    AllowTransferKeys,
    BoardingKeys,
    BorderKeys,
    EffectKeys,
    InCities,
    LowerEmissionsKeys,
    OpenOutsidersKeys,
    OpenServiceKeys,
    RaiseCapacityKeys,
)
from planner.case.validating import Contents, period_ids

OFFERS = "offers"
NAMED_ELSEWHERE = "a jurisdiction, a holder of a line or a head count"  # what `names` may name
CITY_WEIGHTS = ("population", "equally", "trips", "gdp", "jobs", "area_km2")


@dataclass(frozen=True)
class Known:
    """The names of a case, by what they name; what is not known, since its table cannot be read, is not there."""

    names: Mapping[str, tuple[str, ...]]

    def lacks(self, name: str, what: str) -> bool:
        """Whether it is certain that there is no such name."""
        return what in self.names and name not in self.names[what]

    @classmethod
    def as_read(cls, raw: RawCase, contents: Contents) -> Known:
        """All names that were read, also of rows and keys with something else wrong: they are not misspelt."""
        services, access = raw.keys("services"), raw.keys("access")
        needed = {"cities", "measures"}  # tables that are noted if they are missing
        absent = {t for t in TABLES if t not in raw.tables or (t == "cities" and not raw.tables[t].rows)}
        unread = {t for t in absent if t in needed or t in contents.broken}
        unread |= {t for t, table in raw.tables.items() if missing_columns(table)}
        tables = {"a city": "cities", "a jurisdiction": "cities", "a measure": "measures", "a norm": "norms"}
        tables[NAMED_ELSEWHERE] = "cities"
        names = {
            "a city": raw.ids("cities"),
            "a jurisdiction": raw.ids("cities", "jurisdiction"),
            "a measure": raw.ids("measures"),
            "a norm": raw.ids("norms"),
            "a service": services,
            "a mode": raw.keys("modes"),
            "a budget line": raw.keys("lines"),
            "an indicator": (*access, *services, *raw.keys("work")),
            "an industry": raw.keys("industries"),
            "an airshed": raw.keys("airsheds"),
            "a period": period_ids(raw),
            "a head count": ("population", *contents.file.people),
            NAMED_ELSEWHERE: (*raw.ids("cities", "jurisdiction"), *_holders(raw), *contents.file.people),
        }
        return cls({what: found for what, found in names.items() if tables.get(what) not in unread})

    @classmethod
    def as_valid(cls, contents: Contents) -> Known:
        """Names of what is left."""
        file = contents.file
        return cls(
            {
                "a city": tuple(c.row.id for c in contents.cities),
                "a jurisdiction": tuple(dict.fromkeys(c.row.jurisdiction for c in contents.cities)),
                "a measure": tuple(m.row.id for m in contents.measures),
                "a norm": tuple(n.row.id for n in contents.norms),
                "a service": tuple(file.services),
                "a mode": tuple(file.modes),
                "a budget line": tuple(file.lines),
                "an indicator": (*file.access, *file.services, *file.work),
                "an industry": tuple(file.industries),
                "an airshed": tuple(file.airsheds),
                "a period": tuple(p.split("-")[1] for p in file.periods),
                "a head count": ("population", *file.people),
            }
        )


TABLE_NAMES: Mapping[str, Mapping[str, tuple[str, str]]] = {  # table -> column -> (field of the row, what it names)
    "cities": {"airshed": ("airshed", "an airshed")},
    "capacity": {"city": ("city", "a city"), "service": ("service", "a service")},
    "links": {
        "from": ("from_city", "a city"),
        "to": ("to_city", "a city"),
        "mode": ("mode", "a mode"),
        "needs": ("needs", "a measure"),
    },
    "measures": {
        "city": ("city", "a city"),
        "service": ("service", "a service"),
        "norm": ("norm", "a norm"),
        "earliest": ("earliest", "a period"),
        "latest": ("latest", "a period"),
        "start_period": ("start_period", "a period"),
        "requires": ("requires", "a measure"),
        "payers": ("payers", "a budget line"),
        "signed_by": ("signed_by", "a jurisdiction"),
    },
    "parks": {
        "measure": ("measure", "a measure"),
        "origin": ("origin", "a city"),
        "industry": ("industry", "an industry"),
    },
    "budgets": {"line": ("line", "a budget line"), "period": ("period", "a period")},
    "trips": {"from": ("from_city", "a city"), "to": ("to_city", "a city")},
}


def check_references(contents: Contents, known: Known, found: Findings) -> None:
    """Note every name that does not exist."""
    for table, columns in TABLE_NAMES.items():
        for numbered in getattr(contents, table):
            for column, (field, what) in columns.items():
                given = getattr(numbered.row, field)
                for name in _several(given):
                    if known.lacks(name, what):
                        at = found.raw.at_cell(table, numbered.number, column, "", name)
                        found.unknown(at, (table, numbered.number), what, known.names[what])
    check = _Keys(known, found)
    for service, service_keys in contents.file.services.items():
        check.service(("services", service), service_keys)
    for standard, access_keys in contents.file.access.items():
        check.access(("access", standard), access_keys)
    for measure, effects in contents.file.effects.items():
        check.names([measure], "a measure", ("effects", measure))
        for i, effect in enumerate(effects):
            check.effect(("effects", measure, i), effect)
    check.work(contents.file)
    for name in contents.file.names:
        check.names([name], NAMED_ELSEWHERE, ("names", name))
    for i, target in enumerate(contents.file.targets):
        check.names([target.indicator], "an indicator", ("targets", i, "indicator"))
        check.names(_several(target.by), "a period", ("targets", i, "by"))
    for i, rule in enumerate(contents.file.rules):
        check.names(rule.periods, "a period", ("rules", i, "periods"))
    for i, goal in enumerate(contents.file.goals):
        check.goal(("goals", i), goal, contents.file.people)


def _holders(raw: RawCase) -> tuple[str, ...]:
    """Who holds lines, also those with something else wrong."""
    lines = raw.document.get("lines") if raw.document is not None else None
    every = lines.values() if isinstance(lines, Mapping) else ()
    held = (keys["holder"] for keys in every if isinstance(keys, Mapping) and "holder" in keys)
    return tuple(dict.fromkeys(holder for holder in held if isinstance(holder, str)))


def _several(given: str | Iterable[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


class _Keys:
    """Checks the names in the keys of case.yaml."""

    def __init__(self, known: Known, found: Findings) -> None:
        self._known = known
        self._found = found

    def names(self, given: Iterable[str], what: str, path: Path) -> None:
        for name in given:
            if self._known.lacks(name, what):
                self._found.unknown(self._found.raw.at_key(path, "", name), path[:2], what, self._known.names[what])

    def service(self, path: Path, keys: ServiceKeys) -> None:
        self.names([keys.of], "a head count", (*path, "of"))
        self.each_period(keys.per_1000, (*path, "per_1000"))

    def each_period(self, figures: Mapping[str, float], path: Path) -> None:
        """One figure for all periods, or one for each."""
        if EVERY_PERIOD in figures:
            return
        for period in figures:
            self.names([period], "a period", (*path, period))
        missing = [p for p in self._known.names["a period"] if p not in figures]
        if missing:
            self._found.key(path, f"has no figure for {listed(missing)}", allowed=listed(self._known.names["a period"]))

    def work(self, file: CaseFile) -> None:
        """Names in the keys of industry, emissions, policy and debt."""
        for chain, chain_keys in file.chains.items():
            self.names(dict.fromkeys(chain_keys.industries), "an industry", ("chains", chain, "industries"))
        for airshed, airshed_keys in file.airsheds.items():
            self.each_period(airshed_keys.existing, ("airsheds", airshed, "existing"))
            self.each_period(airshed_keys.cap or {EVERY_PERIOD: 0.0}, ("airsheds", airshed, "cap"))
        for line, line_keys in file.lines.items():
            if line_keys.borrow is not None:
                self.each_period(line_keys.borrow.limit, ("lines", line, "borrow", "limit"))
        self.names(file.pyramid.barriers_first, "a measure", ("pyramid", "barriers_first"))
        for i, gate in enumerate(file.gates):
            self.names([gate.indicator], "an indicator", ("gates", i, "indicator"))

    def access(self, path: Path, keys: AccessKeys) -> None:
        self.names(keys.modes, "a mode", (*path, "modes"))
        if OFFERS in keys.to_where:
            self.names(keys.to_where[OFFERS], "a service", (*path, "to", OFFERS))

    def effect(self, path: Path, effect: EffectKeys) -> None:
        path = (*path, effect.name)
        match effect.chosen:
            case BorderKeys() as keys:
                self.names(keys.between, "a jurisdiction", (*path, "between"))
                self.names(keys.modes, "a mode", (*path, "modes"))
            case BoardingKeys() as keys:
                self.names([keys.city], "a city", (*path, "city"))
                self.names(keys.modes, "a mode", (*path, "modes"))
            case OpenServiceKeys() as keys:
                self.names(keys.services, "a service", (*path, "services"))
                self.names(keys.people_of, "a jurisdiction", (*path, "people_of"))
                self.names(keys.at, "a jurisdiction", (*path, "at"))
            case AllowTransferKeys() as keys:
                self.names([keys.from_line], "a budget line", (*path, "from"))
                self.names([keys.to_line], "a budget line", (*path, "to"))
            case LowerEmissionsKeys() as keys:
                self.names([keys.airshed], "an airshed", (*path, "airshed"))
            case InCities() as keys:
                if isinstance(keys, RaiseCapacityKeys | OpenOutsidersKeys):
                    self.names(keys.services, "a service", (*path, "services"))
                self.names(keys.cities or (), "a city", (*path, "cities"))

    def goal(self, path: Path, keys: GoalKeys, people: tuple[str, ...]) -> None:
        for indicator in keys.weights or ():
            self.names([indicator], "an indicator", (*path, "weights", indicator))
        if keys.period_weights is not None:
            self.each_period(keys.period_weights, (*path, "period_weights"))
        weights = (*CITY_WEIGHTS, *people)
        if keys.weigh_by not in weights:
            message = not_one_of(keys.weigh_by, "a weight of cities", weights)
            self._found.key((*path, "weigh_by"), message, keys.weigh_by, listed(weights))
