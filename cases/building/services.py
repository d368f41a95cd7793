"""Services: what each city has and needs, and what more staff, places and beds would cost."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from statistics import mean

from .figures import BAODING, CITIES, XIONGAN, Row, cities_of, figure, jurisdiction, short, short_zh, slug, standard
from .people import aged, aged_2020, census, growth, population, rate_apart, young


@dataclass(frozen=True)
class Rules:
    """Everything the rules say about one service; money in thousand CNY."""

    name: str
    name_zh: str
    per_1000: tuple[float, float, float]
    outsiders: dict[str, float]
    unit: int  # of a facility, in the service's own unit
    norm: str
    a_period: float  # most starts a period, as a share of the stock
    running_of_wage: float = 0.0  # a year, as a share of the city's average wage
    running: float = 0.0  # a year, otherwise
    whole: bool = False  # only whole units can be built


STAFF_AWAY = {"Beijing": 0.20, "Tianjin": 0.10, "Hebei": 0.0}
STUDENTS_AWAY = {"Beijing": 0.50, "Tianjin": 0.40, "Hebei": 0.10}
NOBODY_AWAY = {"Beijing": 0.0, "Tianjin": 0.0, "Hebei": 0.0}
SERVICES = {
    "doctors": Rules("Doctors", "医生", (3.7, 3.8, 3.9), STAFF_AWAY, 500, "doctors", 0.25, running_of_wage=0.45),
    "nurses": Rules("Nurses", "护士", (5.1, 5.5, 5.9), STAFF_AWAY, 1500, "nurses", 0.30, running_of_wage=0.30),
    "university": Rules(
        "Campus", "大学校区", (650, 650, 650), STUDENTS_AWAY, 12000, "university-places", 0.25, running=6, whole=True
    ),
    "care": Rules("Elderly-care beds", "养老床位", (38, 38, 38), NOBODY_AWAY, 3000, "care-beds", 0.15, running=12),
}
STUDENTS_SINCE = {"Beijing": 1.0, "Tianjin": 1.1, "Hebei": 1.2}  # today's places over those of about 2015
AGED_SINCE_2020 = 1.137  # national number of people aged 65 and over, 2023 over 2020
XIONGAN_CAMPUSES, XIONGAN_CAMPUSES_A_PERIOD = 8, 3


def wage(city: str) -> float:
    """Average wage of 2020, CNY a year; Xiong'an as Baoding."""
    return figure(BAODING if city == XIONGAN else city, "avg_wage_2020_cny")


def cost_index(city: str) -> float:
    """Price of building against Hebei: half of it follows wages."""
    if jurisdiction(city) == "Hebei":
        return 1.0
    hebei = mean(wage(other) for other in cities_of("Hebei") if other != XIONGAN)
    return round(0.5 + 0.5 * wage(city) / hebei, 2)


def staff_rate(city: str, indicator: str) -> tuple[float, str]:
    """Doctors or nurses per 1,000 of 2019, and what it rests on."""
    if city == XIONGAN:
        return figure(BAODING, indicator), "Baoding's rate"
    try:
        return figure(city, indicator), "the city's own rate"
    except KeyError:
        known = [c for c in cities_of("Hebei") if c not in (city, XIONGAN)]
        return mean(figure(c, indicator) for c in known), "no sound figure: mean rate of Hebei's other cities"


def staff_stock(city: str, service: str) -> float:
    """Rate of 2019 x census x the national rise to 2023."""
    rise = standard(f"{service}_per_1000", 2023) / standard(f"{service}_per_1000", 2019)
    return staff_rate(city, f"{service}_per_1000_2019")[0] * census(city) / 1000 * rise


def university_stock(city: str) -> float:
    """The province's students, spread by the number of graduates who live in each city."""
    province = jurisdiction(city)
    graduates = {c: census(c) * rate_apart(c, "tertiary_attainment_per_100k_2020") for c in cities_of(province)}
    people = sum(census(c) for c in graduates)
    students = figure(city, "he_students_per_100k_province") / 1e5 * people * STUDENTS_SINCE[province]
    return students * graduates[city] / sum(graduates.values())


def stock(city: str, service: str) -> float:
    """What a city has of a service today, in the service's unit."""
    if service == "university":
        return university_stock(city)
    if service == "care":
        return aged_2020(city) * AGED_SINCE_2020 * standard("elderly_care_beds_per_1000_aged_65", 2023) / 1000
    return staff_stock(city, service)


def need(city: str, service: str) -> list[float]:
    """What a city needs of a service in each period."""
    heads = {"university": young, "care": aged}.get(service, population)(city)
    return [people * rate / 1000 for people, rate in zip(heads, SERVICES[service].per_1000, strict=True)]


def capacity_rows() -> list[Row]:
    """Rows of capacity.csv."""
    notes = {"university": "the province's students spread by graduates", "care": "national density of 2023"}
    return [
        {
            "city": slug(city),
            "service": service,
            "capacity": round(stock(city, service)),
            "outsiders": rules.outsiders[jurisdiction(city)],
            "basis": "estimated",
            "source": {"university": "rule S3 of SOURCES.md", "care": "rule S4 of SOURCES.md"}.get(
                service, "rule S2 of SOURCES.md"
            ),
            "note": notes.get(service) or staff_rate(city, f"{service}_per_1000_2019")[1],
        }
        for city in CITIES
        for service, rules in SERVICES.items()
    ]


def units(city: str, service: str) -> tuple[int, int]:
    """Most units in all (125 % of the largest shortfall) and in a period (a share of the stock, as the city grows)."""
    rules = SERVICES[service]
    if service == "university" and city == XIONGAN:
        return XIONGAN_CAMPUSES, XIONGAN_CAMPUSES_A_PERIOD
    own = stock(city, service) * (1 - rules.outsiders[jurisdiction(city)])
    shortfall = max(need(city, service)) - own
    most = max(2, ceil(1.25 * shortfall / rules.unit))
    grown = stock(city, service) * max(1.0, *growth(city))
    return most, min(most, ceil(rules.a_period * grown / rules.unit))


def facility_rows() -> list[Row]:
    """Measures that add capacity: one a city and service; no new university places in Beijing."""
    return [
        facility(city, service) for service in SERVICES for city in CITIES if (city, service) != ("Beijing", "university")
    ]


def facility(city: str, service: str) -> Row:
    """One facility measure; its cost is thousands of units x cost index x norm."""
    rules = SERVICES[service]
    yearly = rules.running_of_wage * wage(city) / 1000 + rules.running
    most, a_period = units(city, service)
    return {
        "id": f"{service}-{slug(city)}",
        "name": f"{rules.name} for {short(city)}",
        "name_zh": f"{short_zh(city)}{rules.name_zh}",
        "kind": "facility",
        "city": slug(city),
        "service": service,
        "capacity": rules.unit,
        "norm": rules.norm,
        "quantity": round(rules.unit / 1000 * cost_index(city), 4),
        "running_cost": round(rules.unit * yearly / 1e6, 4),
        "units": most,
        "divisible": "no" if rules.whole else "yes",
        "max_starts": a_period,
        "basis": "estimated",
        "source": "rules C1-C3 of SOURCES.md",
    }
