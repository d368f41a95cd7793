"""What a cluster's own file, cluster.yaml, chooses: all that its rules need beside figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml

from .variants import choices_over

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
    """What a city keeps for its own people, in times their need, and what a need counts that is met elsewhere."""

    keeps: float = 1.0
    away_counts: float = 1.0


@dataclass(frozen=True)
class Instruments:
    """Between whom, or where, each kind of instrument can be signed; those of a kind that is not named do not exist."""

    border: tuple[Pair, ...] = ()
    border_to: float = 0.0  # minutes that stay at a border once it is signed
    insurance: tuple[Pair, ...] = ()
    care: tuple[Pair, ...] = ()
    enrolment: tuple[Pair, ...] = ()
    practice: tuple[str, ...] = ()
    visiting: tuple[Pair, ...] = ()
    sharing: tuple[Pair, ...] = ()
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
        Whether people may use doctors and nurses across borders today.
    at_home
        Services that serve their own city alone: nobody travels for them, unless visiting doctors are agreed on.
    shared
        Service -> what is kept and what counts of it where it is shared.
    border_minutes
        What a border costs today; the key is a mode, and the value a number, or keys `default` and `pairs` as in case.yaml.
    access
        Minutes of the standards.
    boarding_minutes
        Mode -> minutes to, through and from it; of those not named the usual ones, from door to door.
    no_places_in, no_parks_in
        Cities without new university places, and without parks.
    most_units
        Service -> city -> most units in all and in a period.
    new_city
        A city that is being built.
    young
        People of 18 to 22 in each period against those of 2020.
    care_in_use
        Beds that 1,000 people of 65 and over need, by what is in use; then each city has its own density of beds. Without
        it every city has the country's, and needs it.
    hub_years
        Tier -> years of works of a hub; two where nothing is said.
    parks_deliver
        Share of what parks promise that comes: investors, jobs, output, tax; public money is spent all the same.
    hubs_there
        Cities whose station is a hub already, or whose purse for one is not known.
    park_origins
        Cities from which a park is offered to every city that lacks jobs (`offers`); none are without them.
    reality
        Kind of measure -> how real one is of which its figures say nothing; kinds that are left out say nothing.
    access_first, curved
        Whether there are scenarios in which access weighs four times as much, and in which large gaps weigh more.
    most_hypothetical
        Largest share of public money that may go to what nobody has published: of that for `links`, for `parks`, for `all`.
    published_instruments
        Ids of instruments, or stems of ids, that somebody has published or signed in part.
    cost_uplift
        What railways cost in the end, against their estimates.
    students_away_in
        City -> share of its campus places that outsiders use, where it differs from its jurisdiction's.
    trained
        Service -> staff that the country adds a year for 1,000 residents: no jurisdiction hires more.
    roads_added, motorways_added
        Pairs whose road, or motorway that could be built, the figures leave out.
    new_motorways
        Roads of the figures that are motorways by now.
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
    figures_of, reasons
        Of a variant (`variants`): the cluster from which it takes all that it does not hold, and key -> why its choice
        differs from that cluster's, with the source.
    """

    title: str
    title_zh: str
    tiers: Mapping[str, tuple[str, ...]]
    cores: tuple[str, ...]
    jurisdictions: Mapping[str, Jurisdiction]
    cities_left_out: Mapping[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()
    open_services: bool = False
    at_home: tuple[str, ...] = ()
    shared: Mapping[str, Sharing] = field(default_factory=dict)
    border_minutes: Mapping[str, Any] = field(default_factory=dict)
    access: Access = Access()
    boarding_minutes: Mapping[str, float] = field(default_factory=dict)
    no_places_in: tuple[str, ...] = ()
    no_parks_in: tuple[str, ...] = ()
    most_units: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    new_city: NewCity | None = None
    young: tuple[float, ...] = (1.05, 1.12, 1.00)
    care_in_use: float | None = None
    hub_years: Mapping[str, int] = field(default_factory=dict)
    parks_deliver: float = 1.0
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
    roads_added: tuple[Pair, ...] = ()
    motorways_added: tuple[Pair, ...] = ()
    new_motorways: tuple[str, ...] = ()
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
    figures_of: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


def read_choices(file: Path) -> Cluster:
    """The choices of cluster.yaml; of a variant, with those of its cluster below them.

    Raises
    ------
    ValueError
        If a key is unknown or one that is needed is missing, or if a variant is one of a variant or of nothing.
    """
    raw = own_choices(file)
    if raw.get("figures_of"):
        below = file.parent.parent / raw["figures_of"] / file.name
        if not below.is_file() or own_choices(below).get("figures_of"):
            raise ValueError(f"{file}, figures_of: {raw['figures_of']!r} is no cluster with choices and figures of its own")
        raw = choices_over(own_choices(below), raw)
    raw["jurisdictions"] = {name: _made(Jurisdiction, about, file) for name, about in raw["jurisdictions"].items()}
    raw["airsheds"] = {name: _made(Airshed, about, file) for name, about in raw.get("airsheds", {}).items()}
    raw["instruments"] = _made(Instruments, raw.get("instruments", {}), file)
    raw["access"] = _made(Access, raw.get("access", {}), file)
    raw["shared"] = {name: _made(Sharing, about, file) for name, about in raw.get("shared", {}).items()}
    if raw.get("new_city"):
        raw["new_city"] = _made(NewCity, raw["new_city"], file)
    return _made(Cluster, raw, file)


def own_choices(file: Path) -> dict[str, Any]:
    """The keys of one file as they stand there."""
    raw: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return raw


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
