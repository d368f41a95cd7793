"""What a cluster's own file, cluster.yaml, chooses: all that its rules need beside figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml

Pair = tuple[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class Jurisdiction:
    """A government with a purse of its own.

    Attributes
    ----------
    name_zh, sign_zh, line_zh
        Chinese name, its one sign (京 of 北京), and the name of its budget line.
    people
        Residents of each period against the census.
    staff_away, students_away
        Share of its doctors and nurses, and of its campus places, that people from outside the cluster use.
    students_since
        Students today against those of the figures.
    borrows
        Whether its line may borrow.
    cities
        Cities that have a purse apart from their province's; empty: all cities of the province of this name that no
        other jurisdiction has.
    """

    name_zh: str
    sign_zh: str
    line_zh: str
    people: tuple[float, ...] = (1.0, 1.0, 1.0)
    staff_away: float = 0.0
    students_away: float = 0.0
    students_since: float = 1.0
    borrows: bool = False
    cities: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewCity:
    """A city that is being built: its people of each period, and those if it grows slowly."""

    city: str
    people: tuple[float, ...]
    slow: tuple[float, ...]


@dataclass(frozen=True)
class Airshed:
    """Cities that share a part of the sky; what steel emits there must not rise."""

    name: str
    name_zh: str
    cities: tuple[str, ...]


@dataclass(frozen=True)
class Access:
    """Minutes of the three standards: that of the standard and that at which the gap is full; for `reach` the share of the
    cluster's people who are to be within its minutes. `core_kind` says which core city counts: nearest, or all of them."""

    core: tuple[float, float] = (60, 150)
    neighbours: tuple[float, float] = (90, 180)
    reach: tuple[float, float] = (120, 0.6)
    core_kind: str = "nearest"


@dataclass(frozen=True)
class Sharing:
    """What a city keeps for its own people, in times their need, what a need counts that is met elsewhere, and whether those
    who use staff of another jurisdiction pay what the public pays for it there."""

    keeps: float = 1.0
    away_counts: float = 1.0
    priced: bool = False


@dataclass(frozen=True)
class Instruments:
    """Between whom, or where, each kind of instrument can be signed; those of a kind that is not named do not exist.

    `sharing_in_force` names pairs among whom the rule of 2015 about the tax of firms that move holds already: it is
    decided, and what is left to sign (`sharing`) is about what it leaves out.
    """

    border: tuple[Pair, ...] = ()
    border_to: float = 0.0  # minutes that stay at a border once it is signed
    insurance: tuple[Pair, ...] = ()
    care: tuple[Pair, ...] = ()
    enrolment: tuple[Pair, ...] = ()
    practice: tuple[str, ...] = ()
    visiting: tuple[Pair, ...] = ()
    sharing: tuple[Pair, ...] = ()
    sharing_in_force: tuple[Pair, ...] = ()
    transfer: tuple[Pair, ...] = ()
    land: tuple[str, ...] = ()
    guarantee: tuple[str, ...] = ()
    station_land: tuple[str, ...] = ()
    grants: tuple[str, ...] = ()
    bonus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cluster:
    """The choices of one cluster; `cluster.yaml` beside its figures, key by key.

    Attributes
    ----------
    title, title_zh
        What plans are headed with, in English and Chinese.
    tiers
        Tier -> cities; those of no tier are small.
    cores
        Cities to the nearest of which the way is measured.
    jurisdictions
        In the order of lines and signatures.
    cities_left_out
        City of the figures -> why it is not in the case.
    services
        Those of which enough is known.
    open_services
        Whether people may use doctors, nurses and care homes across borders today: it is in force.
    opened_to
        Service -> pairs of whose people may use it in which jurisdiction today, where that is not everybody everywhere.
    at_home
        Services that serve their own city alone: nobody travels for them, unless visiting doctors are agreed on.
    shared
        Service -> what is kept and what counts of it where it is shared.
    catchments
        Service -> how far people go for it, in minutes.
    boarding_minutes
        Mode -> minutes to, through and from it, where journeys are not counted from door to door (`ways`).
    park_minutes
        Form of a park -> how near its origin must be.
    border_minutes
        What a border costs today; the key is a mode, and the value a number, or keys `default` and `pairs` as in case.yaml.
    access
        Minutes of the standards.
    no_places_in, no_parks_in
        Cities without new university places, and without parks.
    most_units
        Service -> city -> most units in all and in a period.
    new_city
        A city that is being built.
    young, young_after
        People of 18 to 22 in each period, and after the last one, against those of 2020. Where it is said what is after, no
        more campuses are offered than will be full then.
    arrives
        Service -> share of what is under way (`SERVICE_under_way` of the figures) that is there in each period.
    care_in_use
        Beds in homes that 1,000 people of 65 and over need, by what is in use.
    hub_years
        Tier -> years of works of a hub; two where nothing is said.
    parks_deliver
        Share of what parks promise that comes: investors, jobs, output, tax; public money is spent all the same.
    hubs_open, hubs_there
        Cities whose station is a hub already, which is in force; and others that are offered none.
    park_origins
        Cities from which a park is offered to every city that lacks jobs (`offers`); none are without them.
    reality
        Kind of measure -> how real one is of which its figures say nothing; kinds that are left out say nothing.
    access_first, curved
        Whether there are scenarios in which access weighs four times as much, and in which large gaps weigh more.
    most_hypothetical
        Largest share of all public money there is that may go to `links`, `parks` or `all` that nobody has published.
    published_instruments
        Ids of instruments, or stems of ids, that somebody has published or signed in part.
    cost_uplift
        What railways cost in the end, against their estimates.
    students_away_in
        City -> share of its campus places that outsiders use, where it differs from its jurisdiction's.
    trained
        Service -> staff that the country adds a year for 1,000 residents: no jurisdiction hires more.
    left_out
        Candidate links of the figures that stay out.
    renamed
        Candidate link -> id, name and Chinese name in the case.
    projects
        Project -> candidate links that are decided together.
    barriers_first
        Borders that must be open before a city is subsidised.
    staff_by_centre
        Jurisdictions in which the centre pays for staff.
    university_by_centre
        Jurisdictions in which the centre pays for campuses.
    airsheds, closures, cleaner
        Parts of the sky; most closures of steel mills by city; cities whose steel can be carried more cleanly.
    seats_unchecked
        City -> why the gazetteer has no seat of it.
    says
        Sentences about these choices, among the assumptions: key -> sentence.
    """

    title: str
    title_zh: str
    tiers: Mapping[str, tuple[str, ...]]
    cores: tuple[str, ...]
    jurisdictions: Mapping[str, Jurisdiction]
    cities_left_out: Mapping[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()
    open_services: bool = False
    opened_to: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)
    at_home: tuple[str, ...] = ()
    shared: Mapping[str, Sharing] = field(default_factory=dict)
    catchments: Mapping[str, float] = field(default_factory=dict)
    boarding_minutes: Mapping[str, float] = field(default_factory=dict)
    park_minutes: Mapping[str, float] = field(default_factory=dict)
    border_minutes: Mapping[str, Any] = field(default_factory=dict)
    access: Access = Access()
    no_places_in: tuple[str, ...] = ()
    no_parks_in: tuple[str, ...] = ()
    most_units: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    new_city: NewCity | None = None
    young: tuple[float, ...] = (1.05, 1.12, 1.00)
    young_after: float | None = None
    arrives: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    care_in_use: float | None = None
    hub_years: Mapping[str, int] = field(default_factory=dict)
    parks_deliver: float = 1.0
    hubs_open: tuple[str, ...] = ()
    hubs_there: tuple[str, ...] = ()
    park_origins: tuple[str, ...] = ()
    reality: Mapping[str, str] = field(default_factory=dict)
    access_first: bool = False
    curved: bool = False
    most_hypothetical: Mapping[str, float] = field(default_factory=dict)
    published_instruments: tuple[str, ...] = ()
    cost_uplift: float = 1.0
    students_away_in: Mapping[str, float] = field(default_factory=dict)
    trained: Mapping[str, float] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    renamed: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    projects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    instruments: Instruments = Instruments()
    barriers_first: tuple[Pair, ...] = ()
    staff_by_centre: tuple[str, ...] = ()
    university_by_centre: tuple[str, ...] = ()
    airsheds: Mapping[str, Airshed] = field(default_factory=dict)
    closures: Mapping[str, int] = field(default_factory=dict)
    cleaner: tuple[str, ...] = ()
    seats_unchecked: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, str] = field(default_factory=dict)


def read_choices(file: Path) -> Cluster:
    """The choices of cluster.yaml.

    Raises
    ------
    ValueError
        If a key is unknown or one that is needed is missing.
    """
    raw: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    raw["jurisdictions"] = {name: _made(Jurisdiction, about, file) for name, about in raw["jurisdictions"].items()}
    raw["airsheds"] = {name: _made(Airshed, about, file) for name, about in raw.get("airsheds", {}).items()}
    raw["instruments"] = _made(Instruments, raw.get("instruments", {}), file)
    raw["access"] = _made(Access, raw.get("access", {}), file)
    raw["shared"] = {name: _made(Sharing, about, file) for name, about in raw.get("shared", {}).items()}
    if raw.get("new_city"):
        raw["new_city"] = _made(NewCity, raw["new_city"], file)
    return _made(Cluster, raw, file)


def _made(kind: type[T], raw: Mapping[str, Any], file: Path) -> T:
    """One of the classes above from its keys; lists become tuples."""
    named = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    needed = {name for name, f in named.items() if f.default is MISSING and f.default_factory is MISSING}
    if set(raw) - set(named) or needed - set(raw):
        unknown, missing = sorted(set(raw) - set(named)), sorted(needed - set(raw))
        raise ValueError(f"{file}, {kind.__name__}: unknown {unknown}, missing {missing}")
    return kind(**{key: _frozen(value) for key, value in raw.items()})


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    return {key: _frozen(each) for key, each in value.items()} if isinstance(value, dict) else value
