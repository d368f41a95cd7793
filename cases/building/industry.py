"""Industry: parks, what a phase of them brings and costs, closures of steel mills, and cleaner transport."""

from __future__ import annotations

from dataclasses import dataclass

from .figures import Row, jurisdiction, known, read, short_zh, slug
from .instruments import sharing_id
from .work import airshed

PHASE, PHASE_INCUBATOR = 10.0, 2.0  # billion CNY of investment
PHASES, PHASES_INCUBATOR = 2, 1
MINUTES = {"incubation": 90, "duplication": 105, "enclave": 150}
MOVED = {"enclave": 0.5}
PUBLIC_EQUITY, PUBLIC_INCUBATOR = 0.15, 0.5
KEPT_BY_LINE = 0.5  # of the local tax; the rest serves those who come to work there
LOCAL_TAX = 0.45
NOX_OF_MEAN = 0.25  # nitrogen oxides of a phase for each yuan of output, against the country's mean
BUILD_YEARS, BUILD_YEARS_INCUBATOR = 2, 1
STEEL_MT = 1.0  # that one closure ends
TRANSPORT_SHARE, TRANSPORT_COST, PUBLIC_TRANSPORT = 0.1, 0.1, 0.3  # of a city's steel; bn CNY a Mt; public share
CLOSURES = {"Tangshan": 3, "Handan": 3}  # most closures
CLEANER = ("Tangshan", "Handan", "Tianjin")


@dataclass(frozen=True)
class Industry:
    """One of the six chains that the three governments build together."""

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
SKILLED_INCUBATOR = 0.7
PARKS = {row["id"]: row for row in read("parks.csv")}


def sales_a_job() -> float:
    """Million CNY a year in the high-tech industry of the national zones."""
    return known("zone_sales_high_tech") / known("zone_jobs_high_tech") / 1e3


def investment_a_job(industry: str) -> float:
    """Million CNY: as a park of the industry says (by the sales of a job where it names no jobs), or Hebei's projects."""
    name = INDUSTRIES[industry].known_as
    if not name:
        return known("hebei_upgrade_investment") / known("hebei_upgrade_sales") * sales_a_job()
    park = PARKS[name]
    investment = float(park["investment_bn_cny"]) * 1e3
    if park["jobs"]:
        return investment / float(park["jobs"])
    return investment / (float(park["sales_bn_cny"]) * 1e3) * sales_a_job()


def incubator_a_job() -> float:
    """Million CNY for each job in the innovation centre of Baoding."""
    park = PARKS["baoding-zhongguancun"]
    return float(park["investment_bn_cny"]) * 1e3 / float(park["jobs"])


def investment_a_km2(form: str) -> float:
    """Billion CNY for each km2 that was built."""
    names = {"incubation": "baoding-zhongguancun", "enclave": "bohai-biomedical"}
    park = PARKS[names.get(form, "yizhuang-yongqing")]
    return float(park["investment_bn_cny"]) / float(park["built_km2"])


def land_cost() -> float:
    """Billion CNY a km2: land formation and utilities."""
    norms = [row for row in read("costs.csv") if row["item"] == "industrial_park_km2"]
    return sum(float(row["unit_cost"]) for row in norms if float(row["unit_cost"]) < 1000) / 1e3


def investment(form: str) -> float:
    """Billion CNY of one phase."""
    return PHASE_INCUBATOR if form == "incubation" else PHASE


def jobs(industry: str, form: str) -> float:
    """Jobs of one phase."""
    each = incubator_a_job() if form == "incubation" else investment_a_job(industry)
    return round(investment(form) * 1e3 / each, -2)


def area(form: str) -> float:
    """Land of one phase, km2."""
    return round(investment(form) / investment_a_km2(form), 3)


def private_share(form: str) -> float:
    """What is not public: an incubator's rooms by half; else the plants without land, utilities and a part of the equity."""
    if form == "incubation":
        return 1 - PUBLIC_INCUBATOR
    return round(1 - PUBLIC_EQUITY - land_cost() / investment_a_km2(form), 3)


def tax_a_job() -> float:
    """Billion CNY a year that reaches budget lines."""
    paid = known("zone_tax_high_tech") / (known("zone_jobs_high_tech") * 1e6)
    return paid * LOCAL_TAX * KEPT_BY_LINE


def output_a_job() -> float:
    """Thousand CNY a year."""
    return known("zone_gdp") * 1e6 / (known("zone_jobs_all") * 1e6)


def emissions_a_job() -> float:
    """Kilotonnes of nitrogen oxides a year."""
    mean = known("national_nox") * 1e3 / known("national_gdp")  # kt a billion CNY
    return NOX_OF_MEAN * mean * output_a_job() / 1e6


def _money(row: dict[str, str]) -> Row:
    """Who signs and pays: the host alone, or host and origin by half."""
    sides = {jurisdiction(row["host_city"])} | ({jurisdiction(row["origin_city"])} if row["origin_city"] else set())
    if len(sides) == 1:
        return {}
    both = [side for side in ("Beijing", "Tianjin", "Hebei") if side in sides]
    out: Row = {"signed_by": ";".join(both), "payers": ";".join(f"{side.lower()}:0.5" for side in both)}
    needs = [row["requires"]] if row["requires"] else []
    if row["form"] != "incubation":
        needs.append(sharing_id(both[0], both[1]))
    return out | {"requires": ";".join(needs)}


def measure_rows() -> list[Row]:
    """Measures of kind park: further phases of parks, and parks that nobody has published."""
    rows: list[Row] = []
    for row in read("candidate_parks.csv"):
        form = row["form"]
        out: Row = {"id": f"park-{row['id']}", "name": row["name"], "name_zh": row["name_zh"], "kind": "park"}
        out |= {"city": slug(row["host_city"]), "capital_cost": investment(form), "private_share": private_share(form)}
        out |= {
            "units": PHASES_INCUBATOR if form == "incubation" else PHASES,
            "max_starts": 1,
            "one_of": f"site-{row['site']}" if row["site"] else None,
        }
        out |= {"build_years": BUILD_YEARS_INCUBATOR if form == "incubation" else BUILD_YEARS}
        out |= {"requires": row["requires"]} | _money(row)
        note = "; ".join(part for part in (row["note"], "amounts by rules J2-J6") if part)
        rows.append(out | {"basis": "estimated", "source": row["source"], "note": note})
    return rows


def _park(row: dict[str, str]) -> Row:
    form, industry = row["form"], row["industry"]
    count = jobs(industry, form)
    skilled = INDUSTRIES[industry].skilled
    out: Row = {"measure": f"park-{row['id']}", "origin": slug(row["origin_city"]) if row["origin_city"] else None}
    out |= {"form": form, "industry": industry, "area_km2": area(form), "jobs": count}
    out |= {"skilled_share": max(skilled, SKILLED_INCUBATOR) if form == "incubation" else skilled}
    out |= {"output": round(count * output_a_job()), "tax": round(count * tax_a_job(), 4)}
    out |= {"emissions": round(count * emissions_a_job(), 4) if airshed(row["host_city"]) else None}
    if row["origin_city"]:
        out |= {"origin_minutes": MINUTES[form], "moved_share": MOVED.get(form)}
    return out | {"basis": "estimated", "source": "rules J2-J6 of SOURCES.md", "note": row["note"]}


def steel_jobs() -> float:
    """Jobs that end with a million tonnes of steel."""
    cut = (known("steel_capacity_cut_low") + known("steel_capacity_cut_high")) / 2
    return known("steel_workers_laid_off") * 1e3 / cut


def steel_nox() -> float:
    """Kilotonnes of nitrogen oxides a year of a million tonnes of steel, with transport."""
    return known("steel_nox") * (1 + known("steel_transport_nox_share"))


def steel() -> dict[str, float]:
    """Million tonnes of steel a year by city: capacity in Hebei, output in Tianjin."""
    hebei = {city: known(f"steel_capacity_{city.lower()}") for city in ("Tangshan", "Handan", "Shijiazhuang", "Xingtai")}
    return hebei | {"Tianjin": known("steel_output_tianjin")}


def airsheds() -> dict[str, float]:
    """Nitrogen oxides of steel in each airshed today, kt a year."""
    sums: dict[str, float] = {"plain": 0.0, "taihang": 0.0}
    for city, megatonnes in steel().items():
        sums[str(airshed(city))] += megatonnes * steel_nox()
    return {name: round(total, 2) for name, total in sums.items()}


def park_rows() -> list[Row]:
    """Rows of parks.csv: parks, then closures."""
    rows = [_park(row) for row in read("candidate_parks.csv")]
    for city in CLOSURES:
        ends: Row = {"measure": f"closure-{slug(city)}", "jobs": round(STEEL_MT * steel_jobs())}
        ends |= {"emissions": round(STEEL_MT * steel_nox(), 3), "basis": "computed"}
        rows.append(ends | {"source": "rule A2 of SOURCES.md", "note": f"{STEEL_MT:g} Mt of steel a year"})
    return rows


def air_rows() -> list[Row]:
    """Measures that clean the air: mills that close, and steel that goes by rail and battery."""
    resettled = known("resettlement_fund") / (known("resettled_workers") * 1e6)
    rows: list[Row] = []
    for city, most in CLOSURES.items():
        row: Row = {"id": f"closure-{slug(city)}", "name": f"{city} steel mills closed", "kind": "closure"}
        row |= {"name_zh": f"{short_zh(city)}钢铁产能退出", "city": slug(city), "build_years": 1, "units": most}
        row |= {"capital_cost": round(STEEL_MT * steel_jobs() * resettled, 3)}
        rows.append(row | {"basis": "estimated", "source": "rule A2 of SOURCES.md"})
    for city in CLEANER:
        row = {"id": f"transport-{slug(city)}", "name": f"Clean transport of steel in {city}", "kind": "abatement"}
        row |= {"name_zh": f"{short_zh(city)}钢铁清洁运输", "city": slug(city), "build_years": 2}
        cost = round(TRANSPORT_SHARE * steel()[city] * TRANSPORT_COST, 2)
        row |= {"capital_cost": cost, "private_share": 1 - PUBLIC_TRANSPORT}
        rows.append(row | {"basis": "estimated", "source": "rule A3 of SOURCES.md"})
    return rows


def cleaner(city: str) -> float:
    """Nitrogen oxides that cleaner transport takes away in a city, kt a year."""
    return round(TRANSPORT_SHARE * steel()[city] * known("steel_nox") * known("steel_transport_nox_share"), 3)
