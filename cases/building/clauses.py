"""What the text of case.yaml takes from the rules of industry, instruments and money."""

from __future__ import annotations

from . import industry, instruments, work
from .figures import CITIES, PERIODS, jurisdiction, known, read, slug
from .money import budget_rows

AIRSHED_NAMES = {"plain": ("northern plain", "北部平原"), "taihang": ("Taihang foothills", "太行山前")}
DEBT_SHARE = 0.3  # of a period's money


def values() -> dict[str, str]:
    """Name in the text -> value."""
    hebei = ", ".join(slug(city) for city in CITIES if jurisdiction(city) == "Hebei")
    found = {
        "graduates": work.GRADUATES_A_YEAR,
        "stay_share": work.STAY_SHARE,
        "transfer_share": instruments.TRANSFER_SHARE,
        "land_km2": instruments.LAND_KM2,
        "guarantee": instruments.GUARANTEE,
        "station_land": instruments.STATION_LAND,
        "interest": known("bond_interest_15_years"),
    }
    out = {name: f"{value:g}" for name, value in found.items()}
    out |= {"industries": _industries(), "airsheds": _airsheds(), "sharing": _sharing(), "hebei_cities": f"[{hebei}]"}
    return out | {"grants": _grants(), "cleaner": _cleaner(), "debt_tianjin": _debt("tianjin"), "debt_hebei": _debt("hebei")}


def _industries() -> str:
    line = "  {0}: {{name: {1}, name_zh: {2}, max_hosts: {3}}}"
    return "\n".join(line.format(key, i.name, i.name_zh, i.max_hosts) for key, i in industry.INDUSTRIES.items())


def _airsheds() -> str:
    line = "  {0}: {{name: {1[0]}, name_zh: {1[1]}, unit: kt NOx, existing: {2:g}, cap: {2:g}}}"
    return "\n".join(line.format(key, AIRSHED_NAMES[key], today) for key, today in industry.airsheds().items())


def _sharing() -> str:
    line = "  {0}: [{{share_tax: {{where: {{form: [duplication, enclave], origin: {1}, city: [{2}]}}, {3}}}}}]"
    terms = f"share: {known('tax_sharing'):g}, periods: 1"
    out = []
    for a, b in instruments.PAIRS:
        rows = read("candidate_parks.csv")
        moves = [row for row in rows if row["origin_city"] == a and jurisdiction(row["host_city"]) == b]
        hosts = dict.fromkeys(slug(row["host_city"]) for row in moves if row["form"] != "incubation")
        out.append(line.format(instruments.sharing_id(a, b), slug(a), ", ".join(hosts), terms))
    return "\n".join(out)


def _grants() -> str:
    grant = "  grants-{0}: [{{private_share: {{where: {{kind: park, city: {0}}}, plus: {1:g}}}}}]"
    bonus = "  bonus-{0}: [{{raise_capacity: {{services: [doctors, nurses], cities: [{0}], by: {1:g}}}}}]"
    lines = [grant.format(city, instruments.FIRST_PLANTS) for city in instruments.FIRST_CITIES]
    return "\n".join(lines + [bonus.format(city, instruments.BONUS) for city in instruments.BONUS_CITIES])


def _cleaner() -> str:
    line = "  transport-{0}: [{{lower_emissions: {{airshed: {1}, by: {2:g}}}}}]"
    return "\n".join(line.format(slug(city), work.airshed(city), industry.cleaner(city)) for city in industry.CLEANER)


def _debt(line: str) -> str:
    amounts = [float(str(row["amount"])) for row in budget_rows() if row["line"] == line]
    limits = [round(DEBT_SHARE * amount, 1) for amount in amounts[:-1]] + [0]
    return "{" + ", ".join(f"{p}: {limit:g}" for p, limit in zip(PERIODS, limits, strict=True)) + "}"
