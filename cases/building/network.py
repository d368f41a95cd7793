"""The network: what exists, what could be built, and who travels where."""

from __future__ import annotations

import json
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from .figures import Figures, Row, short, slug
from .people import census, tier
from .tables import Table

NORM = {"high_speed_rail": "high-speed-rail", "inter_city_rail": "inter-city-rail"}
STEM = {"road": "road", "high_speed_rail": "hsr", "inter_city_rail": "icr"}  # of the ids of links of today
PUBLIC_RAIL, BUILD_YEARS_RAIL = 0.5, 5
LEFT_TO_PAY, LEFT_TO_BUILD = 0.30, 2  # of lines under construction: share of the cost unless the row has one, years
EARTH_KM = 6371.0
NEARLY_STRAIGHT, STATIONS_OFF_KM = 0.8, 10.0  # of the way between the seats; by which a railway may be shorter besides


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Kilometres between two places, given in degrees, as the crow flies."""
    lat_a, lon_a, lat_b, lon_b = (radians(degrees) for degrees in (lat_a, lon_a, lat_b, lon_b))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(h))


def great_circle(f: Figures, a: str, b: str) -> float:
    """Kilometres between two city seats as the crow flies."""
    return distance_km(f.figure(a, "lat"), f.figure(a, "lon"), f.figure(b, "lat"), f.figure(b, "lon"))


def existing(f: Figures) -> Table:
    """Links of today that somebody would use: conventional rail shortens no way."""
    return [row for row in f.tables["links"] if row["mode"] in STEM]


def candidates(f: Figures) -> Table:
    """Links that could be built."""
    return [row for row in f.tables["candidate_links"] if row["id"] not in f.cluster.left_out]


def modes(f: Figures) -> set[str]:
    """Modes of the case."""
    return {row["mode"] for row in [*existing(f), *candidates(f)]}


def crosses(f: Figures, row: dict[str, str]) -> bool:
    """Whether a link joins two jurisdictions."""
    return f.jurisdiction(row["from_city"]) != f.jurisdiction(row["to_city"])


def link_id(f: Figures, row: dict[str, str]) -> str:
    """Readable id of a candidate link; also of its measure, or the stem of its two halves."""
    if row["id"] in f.cluster.renamed:
        return f.cluster.renamed[row["id"]][0]
    return f"rail-{slug(row['from_city'])}-{slug(row['to_city'])}"


def half_id(f: Figures, row: dict[str, str], city: str) -> str:
    """Id of one side's half of a link across a border."""
    return f"{link_id(f, row)}-{slug(f.jurisdiction(city))}"


def needs(f: Figures, row: dict[str, str]) -> list[str]:
    """Measures without which a candidate link does not exist."""
    if not crosses(f, row):
        return [link_id(f, row)]
    return [half_id(f, row, row["from_city"]), half_id(f, row, row["to_city"])]


def _existing(f: Figures, row: dict[str, str]) -> Row:
    ends = f"{slug(row['from_city'])}-{slug(row['to_city'])}"
    out: Row = {"id": f"{STEM[row['mode']]}-{ends}", "from": slug(row["from_city"]), "to": slug(row["to_city"])}
    km = float(row["km"]) if _tells_the_way(f, row) else None
    out |= {"mode": row["mode"], "minutes": float(row["minutes"]), "km": km}
    return out | {"basis": row["minutes_basis"], "source": row["source"], "note": row.get("note", "")}


def _tells_the_way(f: Figures, row: dict[str, str]) -> bool:
    """Whether a length is that of the way between the seats, not only between stations far out on their near sides."""
    crow, km = great_circle(f, row["from_city"], row["to_city"]), float(row["km"])
    return row["mode"] == "road" or km >= NEARLY_STRAIGHT * crow or km >= crow - STATIONS_OFF_KM


def link_rows(f: Figures) -> list[Row]:
    """Rows of links.csv: what exists, then what measures would open."""
    rows = [_existing(f, row) for row in existing(f)]
    for row in candidates(f):
        out: Row = {"id": f"new-{link_id(f, row)}", "from": slug(row["from_city"]), "to": slug(row["to_city"])}
        out |= {"mode": row["mode"], "minutes": float(row["minutes"]), "km": float(row["km"])}
        out |= {"needs": ";".join(needs(f, row)), "basis": row["minutes_basis"], "source": row["source"]}
        rows.append(out | {"note": row["note"]})
    return rows


def _name(f: Figures, row: dict[str, str]) -> tuple[str, str]:
    """Name and Chinese name of a candidate link."""
    if row["id"] in f.cluster.renamed:
        return f.cluster.renamed[row["id"]][1:]
    name = row["name"].replace(" New Area", "")
    return name, f"{f.short_zh(row['from_city'])}—{f.short_zh(row['to_city'])}城际铁路"


def _money_and_time(f: Figures, row: dict[str, str], share: float) -> Row:
    """Cost (of a share of the line) and building time; by norm unless the figures give a total of their own."""
    if row["status"] == "under_construction":
        cost = float(row["cost_bn_cny"]) * PUBLIC_RAIL * float(row.get("left_to_pay") or LEFT_TO_PAY)
        out: Row = {"capital_cost": round(cost * share, 3), "build_years": LEFT_TO_BUILD}
        return out | {"status": "decided", "start_period": "2030"}
    if row["cost_basis"].split(":")[0] in ("sourced", "estimated") or row["cost_basis"].startswith("share by length"):
        cost = float(row["cost_bn_cny"]) * PUBLIC_RAIL * f.cluster.cost_uplift
        return {"capital_cost": round(cost * share, 3), "build_years": BUILD_YEARS_RAIL}
    km = float(row["km"]) * share
    return {"norm": NORM[row["mode"]], "quantity": round(km, 2)}


def _together(f: Figures, row: dict[str, str]) -> str | None:
    """Name of what must start together with a link: the parts of one project, or the halves of one line."""
    project = next((name for name, parts in f.cluster.projects.items() if row["id"] in parts), None)
    return project or (link_id(f, row) if crosses(f, row) else None)


def measure_rows(f: Figures) -> list[Row]:
    """Measures that open links: one each, or two halves across a border that start together."""
    rows: list[Row] = []
    for row in candidates(f):
        name, name_zh = _name(f, row)
        together = _together(f, row)
        about: Row = {
            "reality": row.get("reality"),
            "basis": "estimated",
            "source": row["source"] or "rule N6 of SOURCES.md",
            "note": row["note"],
        }
        if not crosses(f, row):
            ends = f"{slug(row['from_city'])};{slug(row['to_city'])}"
            start: Row = {"id": link_id(f, row), "name": name, "name_zh": name_zh, "kind": "link", "city": ends}
            start |= {"together": together}
            rows.append(start | _money_and_time(f, row, 1.0) | about)
            continue
        for city in (row["from_city"], row["to_city"]):
            start = {"id": half_id(f, row, city), "name": f"{name}, {f.jurisdiction(city)} half", "kind": "link"}
            start |= {"name_zh": f"{name_zh}({f.short_zh(city)}侧)", "city": slug(city), "together": together}
            rows.append(start | _money_and_time(f, row, 0.5) | about)
    return rows


def trip_rows(f: Figures) -> list[Row]:
    """Weights between prefectures that touch, both ways: the residents of the neighbour."""
    pairs = [(row["from_city"], row["to_city"]) for row in f.tables["neighbours"]]
    note = "prefectures that touch; weight = residents of the neighbour in 2020"
    return [
        {"from": slug(a), "to": slug(b), "trips": round(census(f, b)), "basis": "assumed", "note": note}
        for pair in pairs
        for a, b in (pair, pair[::-1])
    ]


def areas(f: Figures, outlines: Path) -> str:
    """Text of boundaries.geojson: the outlines of the case's cities, one a line, each with the id of its city."""
    found = json.loads(outlines.read_text(encoding="utf-8"))
    features = []
    for feature in found["features"]:
        city = feature["properties"]["city"]
        if city in f.cities:
            about = {"type": "Feature", "properties": {"city": slug(city)}, "geometry": feature["geometry"]}
            features.append(json.dumps(about, separators=(",", ":")))
    head = json.dumps({"type": "FeatureCollection", "note": found["note"]})[:-1]
    return f'{head}, "features": [\n' + ",\n".join(features) + "\n]}\n"


def hubs(f: Figures) -> list[str]:
    """Cities with a high-speed railway, today or as a candidate, that are offered a hub."""
    rows = [row for row in [*existing(f), *candidates(f)] if row["mode"] == "high_speed_rail"]
    served = {city for row in rows for city in (row["from_city"], row["to_city"])}
    without = {*f.cluster.hubs_open, *f.cluster.hubs_there}
    return [city for city in f.cities if city in served and city not in without]


def hub_rows(f: Figures) -> list[Row]:
    """Measures that make the way to, through and from a high-speed station shorter: one a city."""
    return [
        {
            "id": f"hub-{slug(city)}",
            "name": f"Rail hub at {short(city)}",
            "name_zh": f"{f.short_zh(city)}高铁枢纽",
            "kind": "hub",
            "city": slug(city),
            "norm": f"hub-{tier(f, city)}",
            "quantity": 1,
            "reality": f.cluster.reality.get("hub"),
            "basis": "estimated",
            "source": "rule N5 of SOURCES.md",
        }
        for city in hubs(f)
    ]
