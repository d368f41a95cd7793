"""Industry: parks, what a phase of them brings and costs, closures of steel mills, and cleaner transport."""

from __future__ import annotations

from dataclasses import dataclass

from .figures import Figures, Row, sharing_id, slug
from .tables import Table
from .work import airshed

PHASE, PHASE_INCUBATOR = 10.0, 2.0  # billion CNY of investment
PHASES, PHASES_INCUBATOR = 2, 1
MINUTES = {"incubation": 90.0, "duplication": 105.0, "enclave": 150.0}
MOVED = {"enclave": 0.5}
PUBLIC_EQUITY, PUBLIC_INCUBATOR = 0.15, 0.5
KEPT_BY_LINE = 0.5  # of the local tax; the rest serves those who come to work there
LOCAL_TAX = 0.45
NOX_OF_MEAN = 0.25  # nitrogen oxides of a phase for each yuan of output, against the country's mean
BUILD_YEARS, BUILD_YEARS_INCUBATOR = 2, 1
STEEL_MT = 1.0  # that one closure ends
TRANSPORT_SHARE, TRANSPORT_COST, PUBLIC_TRANSPORT = 0.1, 0.1, 0.3  # of a city's steel; bn CNY a Mt; public share
STEEL = "steel_mt"  # figure of a city, Mt a year


@dataclass(frozen=True)
class Industry:
    """An industry that governments build together."""

    name: str
    name_zh: str
    skilled: float
    max_hosts: int
    known_as: str = ""  # park of the figures that says how much one job costs


INDUSTRIES = {
    "electric-vehicles": Industry("Electric vehicles", "电动汽车", 0.3, 3, "hyundai-cangzhou"),
    "biopharma": Industry("Biopharmaceuticals", "生物医药", 0.5, 2, "cspc-shijiazhuang"),
    "hydrogen": Industry("Hydrogen", "氢能", 0.4, 2),
    "industrial-internet": Industry("Industrial internet", "工业互联网", 0.7, 4, "zhangbei-cloud"),
    "machinery": Industry("Industrial machinery", "工业装备", 0.3, 3),
    "robotics": Industry("Robotics", "机器人", 0.5, 3, "harbin-robot-town"),
}
CHAINS = {  # suppliers: name, Chinese name, the two industries, bonus
    "car-parts": ("car parts", "汽车零部件", ("electric-vehicles", "machinery"), 0.1),
    "robot-parts": ("robot parts", "机器人零部件", ("robotics", "machinery"), 0.1),
    "plant-networks": ("plant networks", "工厂联网", ("industrial-internet", "machinery"), 0.05),
}
STUDENTS_FIRST = ("biopharma", "robotics")  # plants that need many engineers
SKILLED_INCUBATOR = 0.7


def industries(f: Figures, parks: Table) -> dict[str, Industry]:
    """Industries of which there is a park."""
    found = {row["industry"] for row in parks}
    return {name: about for name, about in INDUSTRIES.items() if name in found}


def _real(f: Figures, name: str) -> dict[str, str]:
    """A real park of the figures."""
    return next(row for row in f.tables["parks"] if row["id"] == name)


def sales_a_job(f: Figures) -> float:
    """Million CNY a year in the high-tech industry of the national zones."""
    return f.known("zone_sales_high_tech") / f.known("zone_jobs_high_tech") / 1e3


def investment_a_job(f: Figures, industry: str) -> float:
    """Million CNY: as a park of the industry says (by the sales of a job where it names no jobs), or Hebei's projects."""
    name = INDUSTRIES[industry].known_as
    if not name:
        return f.known("hebei_upgrade_investment") / f.known("hebei_upgrade_sales") * sales_a_job(f)
    park = _real(f, name)
    investment = float(park["investment_bn_cny"]) * 1e3
    if park["jobs"]:
        return investment / float(park["jobs"])
    return investment / (float(park["sales_bn_cny"]) * 1e3) * sales_a_job(f)


def incubator_a_job(f: Figures) -> float:
    """Million CNY for each job in the innovation centre of Baoding."""
    park = _real(f, "baoding-zhongguancun")
    return float(park["investment_bn_cny"]) * 1e3 / float(park["jobs"])


def investment_a_km2(f: Figures, form: str) -> float:
    """Billion CNY for each km2 that was built."""
    names = {"incubation": "baoding-zhongguancun", "enclave": "bohai-biomedical"}
    park = _real(f, names.get(form, "yizhuang-yongqing"))
    return float(park["investment_bn_cny"]) / float(park["built_km2"])


def land_cost(f: Figures) -> float:
    """Billion CNY a km2: land formation and utilities."""
    norms = [row for row in f.tables["costs"] if row["item"] == "industrial_park_km2"]
    return sum(float(row["unit_cost"]) for row in norms if float(row["unit_cost"]) < 1000) / 1e3


def investment(form: str) -> float:
    """Billion CNY of one phase."""
    return PHASE_INCUBATOR if form == "incubation" else PHASE


def jobs(f: Figures, industry: str, form: str) -> float:
    """Jobs of one phase."""
    each = incubator_a_job(f) if form == "incubation" else investment_a_job(f, industry)
    return round(f.cluster.parks_deliver * investment(form) * 1e3 / each, -2)


def area(f: Figures, form: str) -> float:
    """Land of one phase, km2."""
    return round(investment(form) / investment_a_km2(f, form), 3)


def private_share(f: Figures, form: str) -> float:
    """What is not public: an incubator's rooms by half; else the plants without land, utilities and a part of the equity."""
    return round(1 - public_money(f, form) / capital_cost(f, form), 3)


def public_money(f: Figures, form: str) -> float:
    """Billion CNY of one phase: half of an incubator's rooms, else land and utilities and a part of the equity."""
    if form == "incubation":
        return PUBLIC_INCUBATOR * PHASE_INCUBATOR
    return PHASE * (PUBLIC_EQUITY + land_cost(f) / investment_a_km2(f, form))


def capital_cost(f: Figures, form: str) -> float:
    """Billion CNY of one phase: the public part in full, and as much of the private part as comes."""
    return round(public_money(f, form) + f.cluster.parks_deliver * (investment(form) - public_money(f, form)), 3)


def tax_a_job(f: Figures) -> float:
    """Billion CNY a year that reaches budget lines."""
    paid = f.known("zone_tax_high_tech") / (f.known("zone_jobs_high_tech") * 1e6)
    return paid * LOCAL_TAX * KEPT_BY_LINE


def output_a_job(f: Figures) -> float:
    """Thousand CNY a year."""
    return f.known("zone_gdp") * 1e6 / (f.known("zone_jobs_all") * 1e6)


def emissions_a_job(f: Figures) -> float:
    """Kilotonnes of nitrogen oxides a year."""
    mean = f.known("national_nox") * 1e3 / f.known("national_gdp")  # kt a billion CNY
    return NOX_OF_MEAN * mean * output_a_job(f) / 1e6


def _money(f: Figures, row: dict[str, str]) -> Row:
    """Who signs and pays: the host alone, or host and origin by half."""
    origin = {f.jurisdiction(row["origin_city"])} if row["origin_city"] else set()
    both = f.in_order({f.jurisdiction(row["host_city"])} | origin)
    if len(both) == 1:
        return {}
    out: Row = {"signed_by": ";".join(both), "payers": ";".join(f"{slug(side)}:0.5" for side in both)}
    needs = [row["requires"]] if row["requires"] else []
    agreement = sharing_id(f, both[0], both[1])
    moved = row["form"] == "enclave" and any(set(both) == set(pair) for pair in f.cluster.instruments.sharing_in_force)
    if row["form"] != "incubation" and not moved and agreement:
        needs.append(agreement)
    return out | {"requires": ";".join(needs)}


def measure_rows(f: Figures, parks: Table) -> list[Row]:
    """Measures of kind park: further phases of parks, and parks that nobody has published."""
    rows: list[Row] = []
    for row in parks:
        form = row["form"]
        out: Row = {"id": f"park-{row['id']}", "name": row["name"], "name_zh": row["name_zh"], "kind": "park"}
        out |= {
            "city": slug(row["host_city"]),
            "capital_cost": capital_cost(f, form),
            "private_share": private_share(f, form),
        }
        out |= {
            "units": PHASES_INCUBATOR if form == "incubation" else PHASES,
            "max_starts": 1,
            "one_of": f"site-{row['site']}" if row["site"] else None,
        }
        out |= {"build_years": BUILD_YEARS_INCUBATOR if form == "incubation" else BUILD_YEARS}
        out |= {"requires": row["requires"]} | _money(f, row)
        note = "; ".join(part for part in (row["note"], "amounts by rules J2-J6") if part)
        real = row.get("reality") or f.cluster.reality.get("park")
        rows.append(out | {"reality": real, "basis": "estimated", "source": row["source"], "note": note})
    return rows


def park_minutes(f: Figures) -> dict[str, float]:
    """Form -> how near its origin must be."""
    return MINUTES | dict(f.cluster.park_minutes)


def _park(f: Figures, row: dict[str, str]) -> Row:
    form, industry = row["form"], row["industry"]
    count = jobs(f, industry, form)
    skilled = INDUSTRIES[industry].skilled
    out: Row = {"measure": f"park-{row['id']}", "origin": slug(row["origin_city"]) if row["origin_city"] else None}
    out |= {"form": form, "industry": industry, "area_km2": area(f, form), "jobs": count}
    out |= {"skilled_share": max(skilled, SKILLED_INCUBATOR) if form == "incubation" else skilled}
    out |= {"output": round(count * output_a_job(f)), "tax": round(count * tax_a_job(f), 4)}
    out |= {"emissions": round(count * emissions_a_job(f), 4) if airshed(f, row["host_city"]) else None}
    if row["origin_city"]:
        out |= {"origin_minutes": park_minutes(f)[form], "moved_share": MOVED.get(form)}
    return out | {"basis": "estimated", "source": "rules J2-J6 of SOURCES.md", "note": row["note"]}


def steel_jobs(f: Figures) -> float:
    """Jobs that end with a million tonnes of steel."""
    cut = (f.known("steel_capacity_cut_low") + f.known("steel_capacity_cut_high")) / 2
    return f.known("steel_workers_laid_off") * 1e3 / cut


def steel_nox(f: Figures) -> float:
    """Kilotonnes of nitrogen oxides a year of a million tonnes of steel, with transport."""
    return f.known("steel_nox") * (1 + f.known("steel_transport_nox_share"))


def airsheds(f: Figures) -> dict[str, float]:
    """Nitrogen oxides of steel in each airshed today, kt a year."""
    makes_steel = [city for city in f.cities if f.has(city, STEEL)]
    return {
        name: round(sum(f.figure(city, STEEL) * steel_nox(f) for city in makes_steel if city in shed.cities), 2)
        for name, shed in f.cluster.airsheds.items()
    }


def park_rows(f: Figures, parks: Table) -> list[Row]:
    """Rows of parks.csv: parks, then closures."""
    rows = [_park(f, row) for row in parks]
    for city in f.cluster.closures:
        ends: Row = {"measure": f"closure-{slug(city)}", "jobs": round(STEEL_MT * steel_jobs(f))}
        ends |= {"emissions": round(STEEL_MT * steel_nox(f), 3), "basis": "computed"}
        rows.append(ends | {"source": "rule A2 of SOURCES.md", "note": f"{STEEL_MT:g} Mt of steel a year"})
    return rows


def air_rows(f: Figures) -> list[Row]:
    """Measures that clean the air: mills that close, and steel that goes by rail and battery."""
    real = f.cluster.reality
    resettled = f.known("resettlement_fund") / (f.known("resettled_workers") * 1e6)
    rows: list[Row] = []
    for city, most in f.cluster.closures.items():
        row: Row = {"id": f"closure-{slug(city)}", "name": f"{city} steel mills closed", "kind": "closure"}
        row |= {"name_zh": f"{f.short_zh(city)}钢铁产能退出", "city": slug(city), "build_years": 1, "units": most}
        row |= {"capital_cost": round(STEEL_MT * steel_jobs(f) * resettled, 3), "reality": real.get("closure")}
        rows.append(row | {"basis": "estimated", "source": "rule A2 of SOURCES.md"})
    for city in f.cluster.cleaner:
        row = {"id": f"transport-{slug(city)}", "name": f"Clean transport of steel in {city}", "kind": "abatement"}
        row |= {"name_zh": f"{f.short_zh(city)}钢铁清洁运输", "city": slug(city), "build_years": 2}
        cost = round(TRANSPORT_SHARE * f.figure(city, STEEL) * TRANSPORT_COST, 2)
        row |= {"capital_cost": cost, "private_share": 1 - PUBLIC_TRANSPORT, "reality": real.get("abatement")}
        rows.append(row | {"basis": "estimated", "source": "rule A3 of SOURCES.md"})
    return rows


def cleaner(f: Figures, city: str) -> float:
    """Nitrogen oxides that cleaner transport takes away in a city, kt a year."""
    return round(TRANSPORT_SHARE * f.figure(city, STEEL) * f.known("steel_nox") * f.known("steel_transport_nox_share"), 3)
