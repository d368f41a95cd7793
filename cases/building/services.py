"""Services: what each city has and needs, and what more staff, places and beds would cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor
from statistics import mean

from .figures import PERIODS, Figures, Row, short, slug
from .people import aged, aged_2020, census, growth, population, young, young_2020


@dataclass(frozen=True)
class Rules:
    """Everything the rules say about one service; money in thousand CNY."""

    name: str
    name_zh: str
    per_1000: tuple[float, float, float]
    unit: int  # of a facility, in the service's own unit
    norm: str
    a_period: float  # most starts a period, as a share of the stock
    running_of_wage: float = 0.0  # a year, as a share of the city's average wage
    running: float = 0.0  # a year, otherwise
    whole: bool = False  # only whole units can be built


SERVICES = {
    "doctors": Rules("Doctors", "医生", (3.7, 3.8, 3.9), 500, "doctors", 0.25, running_of_wage=0.45),
    "nurses": Rules("Nurses", "护士", (5.1, 5.5, 5.9), 1500, "nurses", 0.30, running_of_wage=0.30),
    "university": Rules("Campus", "大学校区", (650, 650, 650), 12000, "university-places", 0.25, running=6, whole=True),
    "health": Rules("Health workers", "卫生人员", (0, 0, 0), 1000, "health-workers", 0.27, running_of_wage=0.37),
    "care": Rules("Elderly-care beds", "养老床位", (38, 38, 38), 3000, "care-beds", 0.15, running=12),
}
STAFF = {  # service -> the rate that the figures have of it
    "doctors": "doctors_per_1000_2019",
    "nurses": "nurses_per_1000_2019",
    "health": "employed_health_social_work_per_1000_2020",
}
RATES = {**STAFF, "care": "care_home_beds_per_1000_aged_65"}
AGED_SINCE_2020 = 1.137  # national number of people aged 65 and over, 2023 over 2020


def called(service: str) -> str:
    """A service in a sentence."""
    return SERVICES[service].name.lower()


def rules_of(f: Figures) -> dict[str, Rules]:
    """The services of the case, in their order."""
    beds = f.cluster.care_in_use
    care = replace(SERVICES["care"], per_1000=(beds, beds, beds)) if beds is not None else SERVICES["care"]
    own = {"care": care, "health": replace(SERVICES["health"], per_1000=health_need(f))}
    return {service: own.get(service, SERVICES[service]) for service in f.cluster.services}


def health_need(f: Figures) -> tuple[float, float, float]:
    """What the cities of the country's clusters had in 2020, raised as doctors and nurses together are to be."""
    then = f.standard("doctors_per_1000", 2019) + f.standard("nurses_per_1000", 2019)
    had = f.standard("health_workers_per_1000", 2020)
    both = zip(SERVICES["doctors"].per_1000, SERVICES["nurses"].per_1000, strict=True)
    first, second, third = (round(had * (doctors + nurses) / then, 1) for doctors, nurses in both)
    return first, second, third


def outsiders(f: Figures, city: str, service: str) -> float:
    """Share of a stock that people from outside the cluster use."""
    about = f.cluster.jurisdictions[f.jurisdiction(city)]
    students = f.cluster.students_away_in.get(city, about.students_away)
    return {"university": students, "care": 0.0}.get(service, about.staff_away)


def wage(f: Figures, city: str) -> float:
    """Average wage of 2020, CNY a year."""
    return f.figure(city, "avg_wage_2020_cny")


def cost_index(f: Figures, city: str) -> float:
    """Price of building in a jurisdiction against Hebei, the yardstick of all cases: half of it follows wages."""
    known = (("avg_wage_2020_cny", c) for c in f.cities_of(f.jurisdiction(city)))
    there = mean(f.own[c, indicator] for indicator, c in known if (c, indicator) in f.own)
    return round(0.5 + 0.5 * there / f.known("yardstick_wage"), 2)


def price(f: Figures, jurisdiction: str, service: str) -> float | None:
    """Billion CNY a unit and year that others pay for staff of a jurisdiction: what the public pays there; None: nothing."""
    if service not in f.cluster.shared or not f.cluster.shared[service].priced:
        return None
    wages = [wage(f, city) for city in f.cities_of(jurisdiction) if f.has(city, "avg_wage_2020_cny")]
    return SERVICES[service].running_of_wage * mean(wages) / 1e9


def staff_stock(f: Figures, city: str, service: str) -> float:
    """Rate of 2025 x residents where it is known; else that of 2019 x the people it was counted for (the census where they
    are not known) x the national rise to 2023.

    Health workers were counted by the census itself; they are taken to have risen like doctors and nurses together.
    """
    if f.has(city, f"{service}_per_1000_2025"):
        return f.figure(city, f"{service}_per_1000_2025") * census(f, city) / 1000
    counted = ("doctors", "nurses") if service == "health" else (service,)
    rise = sum(f.standard(f"{each}_per_1000", 2023) for each in counted)
    rise /= sum(f.standard(f"{each}_per_1000", 2019) for each in counted)
    counted_for = "population_2019_source"
    by_census = service == "health" or not f.has(city, counted_for)
    people = census(f, city) if by_census else f.figure(city, counted_for)
    return f.figure(city, STAFF[service]) * people / 1000 * rise


def university_stock(f: Figures, city: str) -> float:
    """The jurisdiction's students, spread by the number of graduates who live in each city."""
    province = f.jurisdiction(city)
    rate = "tertiary_attainment_per_100k_2020"
    graduates = {c: census(f, c) * f.figure(c, rate) for c in f.cities_of(province)}
    people = sum(census(f, c) for c in graduates)
    since = f.cluster.jurisdictions[province].students_since
    students = f.figure(city, "he_students_per_100k_province") / 1e5 * people * since
    return students * graduates[city] / sum(graduates.values())


def stock_of_periods(f: Figures, city: str, service: str) -> list[float]:
    """What a city has of a service in each period: the stock of today, and what is under way as it arrives (or leaves)."""
    indicator = f"{service}_under_way"
    under_way = f.figure(city, indicator) if f.has(city, indicator) else 0.0
    shares = f.cluster.arrives.get(service, (1.0,) * len(PERIODS))
    return [stock(f, city, service) + under_way * share for share in shares]


def has_stock(f: Figures, city: str, service: str) -> bool:
    """Whether enough is known of a city to say what it has."""
    return service not in STAFF or f.has(city, STAFF[service])


def stock(f: Figures, city: str, service: str) -> float:
    """What a city has of a service today, in the service's unit."""
    if service == "university":
        return university_stock(f, city)
    if service == "care":
        return aged_2020(f, city) * AGED_SINCE_2020 * f.figure(city, RATES["care"]) / 1000
    return staff_stock(f, city, service)


def need(f: Figures, city: str, service: str) -> list[float]:
    """What a city needs of a service in each period."""
    heads = {"university": young, "care": aged}.get(service, population)(f, city)
    return [people * rate / 1000 for people, rate in zip(heads, rules_of(f)[service].per_1000, strict=True)]


def capacity_rows(f: Figures) -> list[Row]:
    """Rows of capacity.csv."""
    notes = {"university": "the province's students spread by graduates"}
    own_rate = "the city's own rate"
    own_rates = {"care": "the city's own density of beds in homes"}
    rules = {"university": "rule S3 of SOURCES.md", "care": "rule S4 of SOURCES.md", "health": "rule S8 of SOURCES.md"}
    unknown = {
        "capacity": "unknown",
        "basis": None,
        "source": None,
        "note": "no figure: the city is left out of the service",
    }
    return [
        {
            "city": slug(city),
            "service": service,
            "capacity": round(stock(f, city, service)),
            **_arriving(f, city, service),
            "outsiders": outsiders(f, city, service),
            "used": _used(f, city, service),
            "basis": "estimated",
            "source": rules.get(service, "rule S2 of SOURCES.md"),
            "note": notes.get(service) or f.rests_on.get((city, RATES[service]), own_rates.get(service, own_rate)),
        }
        if has_stock(f, city, service)
        else {"city": slug(city), "service": service} | unknown
        for city in f.cities
        for service in f.cluster.services
    ]


def _arriving(f: Figures, city: str, service: str) -> Row:
    """Columns of the stock in each period, where something of it is under way."""
    if not f.has(city, f"{service}_under_way"):
        return {}
    return {f"capacity_{p}": round(v) for p, v in zip(PERIODS, stock_of_periods(f, city, service), strict=True)}


def _used(f: Figures, city: str, service: str) -> int | None:
    """How much of the stock is in use today, where it is known."""
    share = f"{service}_used_share"
    return round(f.figure(city, share) * stock(f, city, service)) if f.has(city, share) else None


def shortfall(f: Figures, city: str, service: str) -> float:
    """The most that a city's own stock leaves short in a period.

    Of a service whose need shrinks after the last period it is what is short then: what stands for decades is for those who
    come after, too.
    """
    short_of = [
        needed - (1 - outsiders(f, city, service)) * there
        for needed, there in zip(need(f, city, service), stock_of_periods(f, city, service), strict=True)
    ]
    if service == "university" and f.cluster.young_after is not None:
        after = f.cluster.young_after * young_2020(f, city) * growth(f, city)[-1] * rules_of(f)[service].per_1000[-1] / 1000
        return min(max(short_of), after - (1 - outsiders(f, city, service)) * stock_of_periods(f, city, service)[-1])
    return max(short_of)


def units(f: Figures, city: str, service: str) -> tuple[int, int]:
    """Most units in all (125 % of the shortfall) and in a period (a share of the stock, as the city grows)."""
    rules = SERVICES[service]
    chosen = f.cluster.most_units.get(service, {})
    if city in chosen:
        return chosen[city]
    short_of = shortfall(f, city, service)
    if short_of <= 0:
        return 0, 0
    if rules.whole and f.cluster.young_after is not None:
        most = floor(short_of / rules.unit)  # what would not be filled is not offered
    else:
        most = max(2, ceil(1.25 * short_of / rules.unit))
    grown = stock(f, city, service) * max(1.0, *growth(f, city))
    return most, min(most, ceil(rules.a_period * grown / rules.unit))


def facility_rows(f: Figures) -> list[Row]:
    """Measures that add capacity: one a city and service, where any is offered."""
    return [
        facility(f, city, service) for service in f.cluster.services for city in f.cities if is_offered(f, city, service)
    ]


def is_offered(f: Figures, city: str, service: str) -> bool:
    """Whether a plan may add to a service in a city: where it is short of it, and more is wanted there."""
    if not has_stock(f, city, service) or (service == "university" and city in f.cluster.no_places_in):
        return False
    return units(f, city, service)[0] > 0


def facility(f: Figures, city: str, service: str) -> Row:
    """One facility measure; its cost is thousands of units x cost index x norm."""
    rules = SERVICES[service]
    yearly = rules.running_of_wage * wage(f, city) / 1000 + rules.running
    most, a_period = units(f, city, service)
    return {
        "id": f"{service}-{slug(city)}",
        "name": f"{rules.name} for {short(city)}",
        "name_zh": f"{f.short_zh(city)}{rules.name_zh}",
        "kind": "facility",
        "city": slug(city),
        "service": service,
        "capacity": rules.unit,
        "norm": rules.norm,
        "quantity": round(rules.unit / 1000 * cost_index(f, city), 4),
        "running_cost": round(rules.unit * yearly / 1e6, 4),
        "units": most,
        "divisible": "no" if rules.whole else "yes",
        "max_starts": a_period,
        "reality": f.cluster.reality.get("facility"),
        "basis": "estimated",
        "source": "rules C1-C3 of SOURCES.md",
    }
