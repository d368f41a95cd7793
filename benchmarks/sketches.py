"""Sketches of two more clusters, for timing: python -m benchmarks.sketches FIGURES, a folder with one for each cluster.

Reads ``FIGURES/<cluster>/{cities,links,candidate_links}.csv`` and writes ``benchmarks/cases/<name>``, by the rules of the
case jing-jin-ji made short: the networks, people, money and staff of the cities are theirs; norms, standards, parks,
closures and instruments are those of jing-jin-ji, dealt out one after the other. So a sketch is like that case in kind and
in size for each city. It is no plan for anybody: no figure of it was checked, and no park in it exists.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from itertools import cycle
from math import asin, ceil, cos, radians, sin, sqrt
from pathlib import Path
from statistics import mean

import yaml

from benchmarks.clusters import write_table

Row = dict[str, str]

CASES = Path(__file__).parent / "cases"
MODEL = CASES / "jing-jin-ji"  # the case whose figures are dealt out
PERIODS = ("2030", "2035", "2040")
PUBLIC_RAIL, LEFT_TO_PAY = 0.5, 0.3  # of a railway; of one under construction
DETOUR_MOTORWAY, MOTORWAY_KMH = 1.12, 105.0
BORDER, BOARDING_LESS = 15, 10  # minutes
POPULATION, AGED, YOUNG, GROWTH = (1.0, 0.985, 0.97), (1.35, 1.65, 1.85), (1.05, 1.12, 1.0), (1.0, 1.1, 1.2)
RISE = {"doctors": 3.4 / 2.77, "nurses": 4.0 / 3.18}  # of the country since 2019
PLACES_A_GRADUATE = 0.15
LOOKING, LAND_SHARE, LEAST_LAND, OPENED = 0.01, 0.00025, 2.0, 0.05
BUDGET_SHARE, CENTRAL_A_HEAD = 0.01, 15 / 110e6  # of expenditure; bn CNY a period
DEBT_SHARE, INTEREST = 0.3, 0.0328
AIRSHED_CITIES = 5  # of a jurisdiction
# service: per 1,000 in each period, whose, unit, norm, most starts of the stock, running cost of a wage and beside, whole
SERVICES = {
    "doctors": ((3.7, 3.8, 3.9), "population", 500, "doctors", 0.25, 0.45, 0, False),
    "nurses": ((5.1, 5.5, 5.9), "population", 1500, "nurses", 0.30, 0.30, 0, False),
    "university": ((650, 650, 650), "people_18_22", 12000, "university-places", 0.25, 0, 6, True),
    "care": ((38, 38, 38), "people_65", 3000, "care-beds", 0.15, 0, 12, False),
}
HEAD = [
    "id", "kind", "city", "service", "capacity", "norm", "quantity", "capital_cost", "private_share", "running_cost",
    "units", "divisible", "max_starts", "build_years", "life_years", "status", "start_period", "requires", "one_of",
    "together", "payers", "level", "signed_by",
]  # fmt: skip


@dataclass(frozen=True)
class Sketch:
    """What the tables of a cluster do not say."""

    name: str
    title: str
    cluster: str
    cores: tuple[str, ...]


SKETCHES = (
    Sketch("yangtze", "Yangtze River Delta", "yangtze-river-delta", ("Shanghai", "Nanjing", "Hangzhou", "Hefei")),
    Sketch("middle-yangtze", "Middle Yangtze", "middle-yangtze", ("Wuhan", "Changsha", "Nanchang")),
)


def slug(name: str) -> str:
    """Id of a city or jurisdiction."""
    return name.lower().replace("'", "").replace(" (", "-").replace(")", "").replace(" ", "-")


def _read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


class _Plain(yaml.SafeDumper):
    """Writes every value out: a case refers to no other place of itself."""

    def ignore_aliases(self, data: object) -> bool:
        return True


class Cluster:
    """The figures of one cluster."""

    def __init__(self, figures: Path, sketch: Sketch) -> None:
        self.sketch = sketch
        tables = (_read(figures / sketch.cluster / f"{name}.csv") for name in ("cities", "links", "candidate_links"))
        cities, links, candidates = tables
        self.cities = {row["city"]: row for row in cities}
        self.links = [row for row in links if row["mode"] != "conventional_rail"]
        joined = {frozenset(self.ends(row)) for row in self.links + candidates if row["mode"] != "road"}
        self.roads = [row for row in self.links if row["mode"] == "road"]
        self.upgrades = [row for row in self.roads if frozenset(self.ends(row)) not in joined]
        self.candidates = candidates
        self.jurisdictions = list(dict.fromkeys(row["province"] for row in cities))
        across = {frozenset(map(self.of, self.ends(row))) for row in self.roads}
        self.pairs = [
            (a, b) for k, a in enumerate(self.jurisdictions) for b in self.jurisdictions[k + 1 :] if {a, b} in across
        ]

    @staticmethod
    def ends(row: Row) -> tuple[str, str]:
        """The cities that a link joins."""
        return row["from_city"], row["to_city"]

    def of(self, city: str) -> str:
        """Its jurisdiction."""
        return self.cities[city]["province"]

    def figure(self, city: str, name: str) -> float:
        """A figure of a city, or the mean of the others where the tables have none."""
        value = self.cities[city][name]
        return float(value) if value else mean(float(row[name]) for row in self.cities.values() if row[name])

    def people(self, city: str) -> float:
        """Residents at the census."""
        return self.figure(city, "population_2020")

    def heads(self, city: str, group: str) -> tuple[float, ...]:
        """People of a group at the census and in each period."""
        if group == "people_65":
            count, factors = self.people(city) * self.figure(city, "age65_share_2020_pct") / 100, AGED
        elif group == "people_18_22":
            count, factors = self.figure(city, "population_15_24_2020") / 2, YOUNG
        else:
            count, factors = self.people(city), POPULATION
        return (count, *(count * factor for factor in factors))

    def graduates(self, city: str) -> float:
        """Residents with higher education."""
        return self.people(city) * self.figure(city, "tertiary_attainment_per_100k_2020") / 1e5

    def stock(self, city: str, service: str) -> float:
        """What a city has of a service today."""
        if service == "university":
            return PLACES_A_GRADUATE * self.graduates(city)
        if service == "care":
            return self.heads(city, "people_65")[0] * 1.137 * 38 / 1000
        return self.figure(city, f"{service}_per_1000_2019") * self.people(city) / 1000 * RISE[service]

    def outsiders(self, city: str, service: str) -> float:
        """Share of the stock that serves people from elsewhere."""
        core = city in self.sketch.cores
        return {"university": 0.4 if core else 0.1, "care": 0.0}.get(service, 0.15 if core else 0.0)

    def km(self, a: str, b: str) -> float:
        """As the crow flies."""
        lat_a, lon_a, lat_b, lon_b = (radians(self.figure(city, key)) for city in (a, b) for key in ("lat", "lon"))
        h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
        return 2 * 6371 * asin(sqrt(h))

    def tier(self, city: str) -> str:
        """Core, secondary (over four million people) or small."""
        return "core" if city in self.sketch.cores else "secondary" if self.people(city) > 4e6 else "small"

    def origin(self, city: str) -> str:
        """The nearest core city that is not this one."""
        return min((core for core in self.sketch.cores if core != city), key=lambda core: self.km(city, core))

    def airsheds(self) -> dict[str, str]:
        """City -> airshed: the largest cities of two jurisdictions but for the cores."""
        found = {}
        for side in self.jurisdictions[-2:]:
            cities = [city for city in self.cities if self.of(city) == side and city not in self.sketch.cores]
            for city in sorted(cities, key=self.people, reverse=True)[:AIRSHED_CITIES]:
                found[city] = slug(side)
        return found

    def closing(self) -> list[str]:
        """The largest city of each airshed, where mills may close and transport may become cleaner."""
        airsheds = self.airsheds()
        return [next(city for city in airsheds if airsheds[city] == name) for name in dict.fromkeys(airsheds.values())]

    def pair(self, a: str, b: str) -> tuple[str, str] | None:
        """The two sides as instruments name them, if they touch."""
        return next((pair for pair in self.pairs if set(pair) == {a, b}), None)


def write_sketch(figures: Path, sketch: Sketch, cases: Path = CASES) -> Path:
    """Write the case of a sketch."""
    cluster, folder = Cluster(figures, sketch), cases / sketch.name
    folder.mkdir(parents=True, exist_ok=True)
    links, measures = _links(cluster)
    parks, sites = _parks(cluster)
    measures += [*_hubs(cluster), *_facilities(cluster), *sites, *_policies(cluster)]
    _cities(folder, cluster)
    write_table(folder, "capacity.csv", ["city", "service", "capacity", "outsiders"], [
        [slug(city), service, round(cluster.stock(city, service)), cluster.outsiders(city, service)]
        for city in cluster.cities for service in SERVICES
    ])  # fmt: skip
    write_table(folder, "links.csv", ["id", "from", "to", "mode", "minutes", "km", "needs"], links)
    write_table(folder, "measures.csv", HEAD, [[row.get(key, "") for key in HEAD] for row in measures])
    write_table(folder, "parks.csv", list(parks[0]), [list(row.values()) for row in parks])
    norms = _read(MODEL / "norms.csv")
    write_table(folder, "norms.csv", ["id", "capital_cost", "build_years"], [
        [row["id"], row["capital_cost"], row["build_years"]] for row in norms
    ])  # fmt: skip
    budgets = _budgets(cluster)
    write_table(folder, "budgets.csv", ["line", "period", "amount"], [[*key, value] for key, value in budgets.items()])
    write_table(folder, "trips.csv", ["from", "to", "trips"], [
        [slug(a), slug(b), round(cluster.people(b))]
        for row in cluster.roads for a, b in (cluster.ends(row), cluster.ends(row)[::-1])
    ])  # fmt: skip
    text = yaml.dump(
        _case(cluster, budgets), Dumper=_Plain, sort_keys=False, allow_unicode=True, default_flow_style=None, width=125
    )
    head = "# A sketch for timing, made by benchmarks/sketches.py: its figures serve no plan.\n"
    (folder / "case.yaml").write_text(head + text, encoding="utf-8")
    return folder


def _cities(folder: Path, cluster: Cluster) -> None:
    groups = ("population", "people_65", "people_18_22")
    head = ["id", "name", "jurisdiction", "tier", "lat", "lon", "area_km2"]
    head += [f"{group}{end}" for group in groups for end in ("", *(f"_{p}" for p in PERIODS))]
    head += ["gdp", "jobs", *(f"jobs_target_{p}" for p in PERIODS), "skilled", "land_quota_km2", "airshed"]
    modern = 0.11  # jobs of modern industry for each graduate
    target = modern * sum(map(cluster.graduates, cluster.cities)) / sum(map(cluster.people, cluster.cities))
    airsheds, rows = cluster.airsheds(), []
    for city, row in cluster.cities.items():
        numbers = [round(n) for group in groups for n in cluster.heads(city, group)]
        graduates, area = cluster.graduates(city), float(row["area_km2"])
        rows.append([
            slug(city), city.replace("(", "").replace(")", ""), row["province"], cluster.tier(city),
            *(row[key] for key in ("lat", "lon", "area_km2")), *numbers,
            round(cluster.figure(city, "gdp_2023_100m_cny") * 1e5), round(modern * graduates),
            *(round(n * target) for n in cluster.heads(city, "population")[1:]),
            round(LOOKING * graduates), max(LEAST_LAND, round(LAND_SHARE * area, 2)), airsheds.get(city, ""),
        ])  # fmt: skip
    write_table(folder, "cities.csv", head, rows)


def _links(cluster: Cluster) -> tuple[list[list[object]], list[dict[str, object]]]:
    """Links of today and those that could be, with their measures: two halves where a border is crossed."""
    stem = {"road": "road", "high_speed_rail": "hsr", "inter_city_rail": "icr"}
    links: list[list[object]] = []
    for row in cluster.links:
        a, b = map(slug, cluster.ends(row))
        links.append([f"{stem[row['mode']]}-{a}-{b}", a, b, row["mode"], row["minutes"], row["km"], ""])
    measures: list[dict[str, object]] = []

    def offer(id_: str, ends: tuple[str, str], mode: str, km: float, minutes: float, money: dict[str, float | str]) -> None:
        sides = list(dict.fromkeys(map(cluster.of, ends)))
        halves = [f"{id_}-{slug(side)}" for side in sides] if len(sides) > 1 else [id_]
        links.append([f"new-{id_}", *map(slug, ends), mode, minutes, km, ";".join(halves)])
        for half, city in zip(halves, ends, strict=False):
            part: dict[str, object] = {
                key: round(value / len(halves), 3) if key in ("capital_cost", "quantity") else value  # type: ignore[operator]
                for key, value in money.items()
            }
            where = slug(city) if len(halves) > 1 else ";".join(map(slug, ends))
            measures.append({"id": half, "kind": "link", "city": where, **part, "together": id_ if len(halves) > 1 else ""})

    for row in cluster.candidates:
        cost = float(row["cost_bn_cny"]) * PUBLIC_RAIL
        money: dict[str, float | str] = {"capital_cost": cost, "build_years": 5}
        if row["status"] == "under_construction":
            money = {"capital_cost": cost * LEFT_TO_PAY, "build_years": 2, "status": "decided", "start_period": PERIODS[0]}
        offer(f"rail-{slug(row['id'])}", cluster.ends(row), row["mode"], float(row["km"]), float(row["minutes"]), money)
    for row in cluster.upgrades:
        km = round(cluster.km(*cluster.ends(row)) * DETOUR_MOTORWAY, 1)
        id_ = f"motorway-{'-'.join(map(slug, cluster.ends(row)))}"
        offer(id_, cluster.ends(row), "road", km, round(km / MOTORWAY_KMH * 60, 1), {"norm": "motorway", "quantity": km})
    return links, measures


def _hub_cities(cluster: Cluster) -> list[str]:
    fast = {
        city for row in cluster.links + cluster.candidates if row["mode"] == "high_speed_rail" for city in cluster.ends(row)
    }
    return [city for city in cluster.cities if city in fast]


def _hubs(cluster: Cluster) -> list[dict[str, object]]:
    return [
        {"id": f"hub-{slug(city)}", "kind": "hub", "city": slug(city), "norm": f"hub-{cluster.tier(city)}", "quantity": 1}
        for city in _hub_cities(cluster)
    ]


def _facilities(cluster: Cluster) -> list[dict[str, object]]:
    """One measure a city and service; no new university places in the first core city."""
    wages = {city: cluster.figure(city, "avg_wage_2020_cny") for city in cluster.cities}
    usual = mean(wages[city] for city in cluster.cities if city not in cluster.sketch.cores)
    rows: list[dict[str, object]] = []
    for service, (per_1000, group, unit, norm, a_period, of_wage, running, whole) in SERVICES.items():
        for city in cluster.cities:
            if (city, service) == (cluster.sketch.cores[0], "university"):
                continue
            stock = cluster.stock(city, service)
            need = max(n * rate / 1000 for n, rate in zip(cluster.heads(city, group)[1:], per_1000, strict=True))
            most = max(2, ceil(1.25 * (need - stock * (1 - cluster.outsiders(city, service))) / unit))
            rows.append({
                "id": f"{service}-{slug(city)}", "kind": "facility", "city": slug(city), "service": service,
                "capacity": unit, "norm": norm, "quantity": round(unit / 1000 * (0.5 + 0.5 * wages[city] / usual), 4),
                "running_cost": round(unit * (of_wage * wages[city] / 1000 + running) / 1e6, 4), "units": most,
                "divisible": "no" if whole else "yes", "max_starts": min(most, ceil(a_period * stock / unit)),
            })  # fmt: skip
    return rows


def _parks(cluster: Cluster) -> tuple[list[Row], list[dict[str, object]]]:
    """Two parks in every city but the first core, like those of jing-jin-ji one after the other; mills that may close."""
    measures = {row["id"]: row for row in _read(MODEL / "measures.csv")}
    models = [row for row in _read(MODEL / "parks.csv") if measures[row["measure"]]["kind"] == "park"]
    dealt, airsheds = cycle(models), cluster.airsheds()
    copied = ("form", "industry", "area_km2", "jobs", "skilled_share", "output", "tax")
    parks: list[Row] = []
    rows: list[dict[str, object]] = []
    hosts = [city for city in cluster.cities if city != cluster.sketch.cores[0] for _ in range(2)]
    for number, city in enumerate(hosts):
        model = next(dealt)
        like, id_, origin = measures[model["measure"]], f"park-{slug(city)}-{number % 2 + 1}", cluster.origin(city)
        sides = cluster.pair(cluster.of(city), cluster.of(origin)) if model["origin"] else None
        comes = bool(model["origin"]) and (sides is not None or cluster.of(city) == cluster.of(origin))
        park = {"measure": id_, "origin": slug(origin) if comes else ""} | {key: model[key] for key in copied}
        park |= {"emissions": f"{float(model['jobs']) * 0.3647 / 13800:.4f}" if city in airsheds else ""}
        parks.append(park | {key: model[key] if comes else "" for key in ("origin_minutes", "moved_share")})
        row: dict[str, object] = {
            key: like[key] for key in ("capital_cost", "private_share", "units", "max_starts", "build_years")
        }
        row |= {"id": id_, "kind": "park", "city": slug(city), "one_of": f"site-{slug(city)}" if number % 6 < 2 else ""}
        if comes and sides is not None:
            a, b = map(slug, sides)
            row |= {"signed_by": ";".join(sides), "payers": f"{a}:0.5;{b}:0.5"}
            row |= {"requires": f"sharing-{a}-{b}" if model["form"] != "incubation" else ""}
        rows.append(row)
    for city in cluster.closing():
        closure = next(row for row in _read(MODEL / "parks.csv") if measures[row["measure"]]["kind"] == "closure")
        parks.append(
            dict.fromkeys(parks[0], "")
            | {"measure": f"closure-{slug(city)}"}
            | {k: closure[k] for k in ("jobs", "emissions")}
        )
        rows.append({"id": f"closure-{slug(city)}", "kind": "closure", "city": slug(city), "capital_cost": 0.222, "units": 3,
                     "build_years": 1})  # fmt: skip
        rows.append({"id": f"transport-{slug(city)}", "kind": "abatement", "city": slug(city), "capital_cost": 0.7,
                     "private_share": 0.7, "build_years": 2})  # fmt: skip
    return parks, rows


def _moves(cluster: Cluster, sides: tuple[str, str]) -> dict[str, list[str]]:
    """Origins of plants that come from one of two sides to the other, with the cities they come to."""
    hosts = {str(row["id"]): str(row["city"]) for row in _parks(cluster)[1] if row.get("signed_by") == ";".join(sides)}
    found: dict[str, list[str]] = {}
    for park in _parks(cluster)[0]:
        if park["measure"] in hosts and park["form"] != "incubation":
            found.setdefault(park["origin"], []).append(hosts[park["measure"]])
    return {origin: list(dict.fromkeys(cities)) for origin, cities in found.items()}


def _poorest(cluster: Cluster, count: int) -> list[str]:
    return sorted(cluster.cities, key=lambda city: cluster.figure(city, "gdp_2023_100m_cny"))[:count]


def _policies(cluster: Cluster) -> list[dict[str, object]]:
    """Instruments of jing-jin-ji for each two jurisdictions that touch, and for each jurisdiction but the first."""
    rows: list[dict[str, object]] = []

    def sign(id_: str, level: str, cost: float, yearly: float, *sides: str, **more: object) -> None:
        payers = ";".join(f"{slug(side)}:{1 / len(sides):g}" for side in sides)
        rows.append({"id": id_, "kind": "policy", "capital_cost": cost, "running_cost": yearly, "build_years": 1,
                     "payers": payers, "level": level, "signed_by": ";".join(sides), **more})  # fmt: skip

    for a, b in cluster.pairs:
        ends = f"{slug(a)}-{slug(b)}"
        sign(f"border-{ends}", "barrier_removal", 0.5, 0.05, a, b)
        sign(f"insurance-{ends}", "barrier_removal", 2.0, 0.2, a, b)
        sign(f"visiting-{ends}", "auxiliary", 1.5, 0.4, a, b)
        if _moves(cluster, (a, b)):
            sign(f"sharing-{ends}", "supportive", 0.2, 0.02, a, b)
    first, second = cluster.pairs[0]
    sign("care", "barrier_removal", 2.0, 0.2, first, second)
    sign("enrolment", "barrier_removal", 4.0, 0.4, first, second)
    sign("transfer", "supportive", 0.5, 0.05, first, second)
    for side in cluster.jurisdictions[1:]:
        cities = sum(1 for city in cluster.cities if cluster.of(city) == side)
        sign(f"multi-site-{slug(side)}", "auxiliary", 3.0, 0.4, side)
        sign(f"land-{slug(side)}", "supportive", round(0.15 * cities, 2), 0.0, side)
        sign(f"guarantee-{slug(side)}", "incentive", 1.0, 0.1, side)
        sign(f"station-land-{slug(side)}", "incentive", 0.5, 0.05, side)
    for city in _poorest(cluster, 2):
        sign(f"grants-{slug(city)}", "subsidy", 0.3, 0.0, cluster.of(city), city=slug(city), life_years=5)
    for city in _poorest(cluster, 1):
        sign(f"bonus-{slug(city)}", "subsidy", 0.1, 0.1, cluster.of(city), city=slug(city), life_years=5)
    return rows


def _effects(cluster: Cluster) -> dict[str, list[dict[str, dict[str, object]]]]:
    found: dict[str, list[dict[str, dict[str, object]]]] = {}
    for city in _hub_cities(cluster):
        found[f"hub-{slug(city)}"] = [
            {"boarding_minutes": {"city": slug(city), "modes": ["high_speed_rail"], "minus": BOARDING_LESS}}
        ]

    def opened(services: list[str], *sides: str) -> dict[str, dict[str, object]]:
        return {"open_service": {"services": services, "people_of": [*sides], "at": [*sides]}}

    plants: dict[str, object] = {"form": ["duplication", "enclave"]}
    for a, b in cluster.pairs:
        ends = f"{slug(a)}-{slug(b)}"
        found[f"border-{ends}"] = [{"border_minutes": {"between": [a, b], "modes": ["road"], "set": 0}}]
        found[f"insurance-{ends}"] = [opened(["doctors", "nurses"], a, b)]
        visit = opened(["doctors"], a, b)
        visit["open_service"]["minutes"] = 120
        found[f"visiting-{ends}"] = [visit]
        found[f"sharing-{ends}"] = [
            {"share_tax": {"where": plants | {"origin": origin, "city": hosts}, "share": 0.5, "periods": 1}}
            for origin, hosts in _moves(cluster, (a, b)).items()
        ]
    first, second = cluster.pairs[0]
    found["care"] = [opened(["care"], first, second)]
    core = {"services": ["university"], "cities": [slug(cluster.sketch.cores[0])], "share": OPENED}
    found["enrolment"] = [opened(["university"], first, second), {"open_outsiders_share": core}]
    found["transfer"] = [{"allow_transfer": {"from": slug(first), "to": slug(second), "at_most_share": 0.3}}]
    for side in cluster.jurisdictions[1:]:
        name, cities = slug(side), [slug(city) for city in cluster.cities if cluster.of(city) == side]
        found[f"multi-site-{name}"] = [
            {"raise_capacity": {"services": ["doctors", "nurses"], "where": {"jurisdiction": side}, "by": 0.03}}
        ]
        found[f"land-{name}"] = [{"add_land": {"where": {"jurisdiction": side}, "km2": 1}}]
        found[f"guarantee-{name}"] = [{"private_share": {"where": plants | {"city": cities}, "plus": 0.03}}]
        found[f"station-land-{name}"] = [{"private_share": {"where": {"kind": "hub", "jurisdiction": side}, "plus": 0.15}}]
    for city in map(slug, _poorest(cluster, 2)):
        found[f"grants-{city}"] = [{"private_share": {"where": {"kind": "park", "city": city}, "plus": 0.05}}]
    for city in map(slug, _poorest(cluster, 1)):
        found[f"bonus-{city}"] = [{"raise_capacity": {"services": ["doctors", "nurses"], "cities": [city], "by": 0.05}}]
    for city in cluster.closing():
        found[f"transport-{slug(city)}"] = [{"lower_emissions": {"airshed": cluster.airsheds()[city], "by": 0.5}}]
    return {measure: effects for measure, effects in found.items() if effects}


def _budgets(cluster: Cluster) -> dict[tuple[str, str], float]:
    """Line and period -> money: a share of the cities' expenditure, and so much a head from the centre."""
    yearly = {
        slug(side): sum(
            cluster.figure(city, "fiscal_expenditure_2022_100m_cny") for city in cluster.cities if cluster.of(city) == side
        )
        / 10
        for side in cluster.jurisdictions
    }
    amounts = {line: amount * BUDGET_SHARE * 5 for line, amount in yearly.items()}
    amounts["central"] = CENTRAL_A_HEAD * sum(map(cluster.people, cluster.cities))
    return {(line, p): round(n * grown, 1) for line, n in amounts.items() for p, grown in zip(PERIODS, GROWTH, strict=True)}


def _lines(cluster: Cluster, budgets: dict[tuple[str, str], float]) -> dict[str, dict[str, object]]:
    lines: dict[str, dict[str, object]] = {}
    for side in cluster.jurisdictions:
        line: dict[str, object] = {
            "holder": side,
            "pays_for": [{"jurisdiction": side}],
            "carry_over": True,
            "gets_tax": True,
        }
        if side != cluster.jurisdictions[0]:
            limit = {int(p): round(DEBT_SHARE * budgets[slug(side), p], 1) for p in PERIODS[:-1]} | {int(PERIODS[-1]): 0}
            line["borrow"] = {"limit": limit, "interest": INTEREST}
        lines[slug(side)] = line
    paid: list[dict[str, object]] = [{"kind": ["link", "hub", "closure", "abatement"]}]
    paid.append({"kind": "facility", "service": "university", "jurisdiction": cluster.jurisdictions[-1]})
    return lines | {"central": {"holder": "central", "pays_for": paid, "at_most_share": 0.6, "carry_over": True}}


def _case(cluster: Cluster, budgets: dict[tuple[str, str], float]) -> dict[str, object]:
    model = yaml.safe_load((MODEL / "case.yaml").read_text(encoding="utf-8"))
    services = {
        name: {key: value for key, value in about.items() if key not in ("name", "name_zh")}
        for name, about in model["services"].items()
    }
    nearest = {"kind": "nearest", "from": {}, "to": {"city": [slug(core) for core in cluster.sketch.cores]}}
    airsheds = {name: {"unit": "kt NOx", "existing": 30, "cap": 30} for name in dict.fromkeys(cluster.airsheds().values())}
    return {
        "format": 1,
        "title": f"Sketch for timing: {cluster.sketch.title}",
        **{key: model[key] for key in ("money", "periods", "people")},
        "modes": {
            "high_speed_rail": {"boarding_minutes": 60},
            "inter_city_rail": {"boarding_minutes": 40},
            "road": {"boarding_minutes": 10, "border_minutes": BORDER},
        },
        "services": services,
        "access": model["access"] | {"core": nearest | {"standard_minutes": 60, "worst_minutes": 150}},
        **{key: model[key] for key in ("work", "industries", "chains")},
        "airsheds": airsheds,
        "effects": _effects(cluster),
        "lines": _lines(cluster, budgets),
        "pyramid": model["pyramid"] | {"barriers_first": [f"border-{slug(a)}-{slug(b)}" for a, b in cluster.pairs[:2]]},
        **{key: model[key] for key in ("gates", "no_city_loses", "goals")},
    }


def main() -> None:
    """Write both sketches."""
    if len(sys.argv) != 2:
        sys.exit("python -m benchmarks.sketches FIGURES, a folder with a folder of tables for each cluster")
    for sketch in SKETCHES:
        print(f"wrote {write_sketch(Path(sys.argv[1]), sketch)}")


if __name__ == "__main__":
    main()
