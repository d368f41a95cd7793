"""The network: what exists, what could be built, and who travels where."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from .figures import CITIES, XIONGAN, Row, figure, jurisdiction, read, short, short_zh, slug
from .people import census, tier

# A driver who leaves an upgraded motorway for an older road does not board anything: one mode.
MODE = {"motorway": "road"}
NORM = {"high_speed_rail": "high-speed-rail", "inter_city_rail": "inter-city-rail", "motorway": "motorway"}
PUBLIC_RAIL, BUILD_YEARS_RAIL = 0.5, 5
LEFT_TO_PAY, LEFT_TO_BUILD = 0.30, 2  # of lines under construction: share of the cost, years
DETOUR_ROAD, ROAD_KMH, DETOUR_MOTORWAY, MOTORWAY_KMH = 1.25, 90.0, 1.12, 105.0
EARTH_KM = 6371.0
# Pairs of prefectures that touch and that the figures leave without a road, or without a motorway that could be
# built, though it would be the fastest way between them; the other such pairs are faster by train.
ROADS_ADDED = (("Baoding", "Langfang"), ("Baoding", "Cangzhou"))
MOTORWAYS_ADDED = (*ROADS_ADDED, ("Qinhuangdao", "Chengde"))
# Serves Yanjiao and nothing at Langfang's seat, to which the network's times are measured.
LEFT_OUT = {"m22-pinggu"}
# Motorways opened in 2021; the times printed then (162 km/h from seat to seat) cannot be driven.
NEW_MOTORWAYS = {f"road-{city}-{XIONGAN}" for city in ("Beijing", "Tianjin", "Shijiazhuang")}
SECOND_QINHUANGDAO = "京秦第二城际铁路遵化—秦皇岛段"
# id in the figures -> (id, name, Chinese name) of the published projects
PROJECTS = {
    "huaixing-full": ("huairou-daxing-rail", "Huairou-Langfang-Daxing inter-city railway", "怀柔—大兴城际铁路"),
    "shihengcanggang": ("hengshui-cangzhou-rail", "Hengshui-Cangzhou railway", "石衡沧港城际铁路衡水—沧州段"),
    "xiongshang-hsr": ("xiongan-hengshui-rail", "Xiong'an-Shangqiu railway to Hengshui", "雄商高铁雄安—衡水段"),
    "xiongxin-hsr": ("xiongan-baoding-rail", "Xiong'an-Xinzhou railway to Baoding", "雄忻高铁雄安—保定段"),
    "jincheng-icr": ("tianjin-chengde-rail", "Tianjin-Chengde railway", "津承城际铁路"),
    "langzhuo": ("langfang-baoding-rail", "Langfang-Zhuozhou inter-city railway to Baoding", "廊涿城际铁路"),
    "jingshi-icr": ("beijing-shijiazhuang-rail", "Beijing-Shijiazhuang inter-city railway", "京石城际铁路"),
    "jincang-icr": ("tianjin-cangzhou-rail", "Tianjin-Cangzhou inter-city railway", "津沧城际铁路"),
    "shihan-icr": ("shijiazhuang-handan-rail", "Shijiazhuang-Handan inter-city railway", "石邯城际铁路"),
    "bahen-icr": ("langfang-hengshui-rail", "Bazhou-Hengshui inter-city railway", "霸州—衡水城际铁路"),
    "zunqin-icr": ("tangshan-qinhuangdao-rail", "Zunhua-Qinhuangdao inter-city railway", SECOND_QINHUANGDAO),
    "jingxiong-upgrade": ("beijing-xiongan-upgrade", "Beijing-Xiong'an railway upgrade", "京雄城际铁路既有北京段提速"),
    "jingtang-upgrade": ("beijing-tangshan-upgrade", "Beijing-Tangshan railway upgrade", "京唐城际铁路通州全线运营"),
}


def great_circle(a: str, b: str) -> float:
    """Kilometres between two city seats as the crow flies."""
    lat_a, lon_a, lat_b, lon_b = (radians(figure(city, key)) for city in (a, b) for key in ("lat", "lon"))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(h))


def _added(a: str, b: str, mode: str, detour: float, kmh: float) -> dict[str, str]:
    """A road or motorway by norm, shaped like a row of the figures."""
    km = round(great_circle(a, b) * detour, 1)
    row = {"id": f"{mode}-{a}-{b}", "from_city": a, "to_city": b, "mode": mode, "name": f"{a}-{b} motorway upgrade"}
    row |= {
        "km": str(km),
        "minutes": str(round(km / kmh * 60, 1)),
        "minutes_basis": "estimated",
        "status": "hypothetical",
    }
    return row | {"source": "rule N2 of SOURCES.md", "note": f"great circle x {detour}; {kmh:g} km/h"}


def existing() -> list[dict[str, str]]:
    """Links of today."""
    return read("links.csv") + [_added(a, b, "road", DETOUR_ROAD, ROAD_KMH) for a, b in ROADS_ADDED]


def candidates() -> list[dict[str, str]]:
    """Links that could be built."""
    added = [_added(a, b, "motorway", DETOUR_MOTORWAY, MOTORWAY_KMH) for a, b in MOTORWAYS_ADDED]
    return [row for row in read("candidate_links.csv") if row["id"] not in LEFT_OUT] + added


def crosses(row: dict[str, str]) -> bool:
    """Whether a link joins two jurisdictions."""
    return jurisdiction(row["from_city"]) != jurisdiction(row["to_city"])


def link_id(row: dict[str, str]) -> str:
    """Readable id of a candidate link; also of its measure, or the stem of its two halves."""
    if row["id"] in PROJECTS:
        return PROJECTS[row["id"]][0]
    kind = "motorway" if row["mode"] == "motorway" else "rail"
    return f"{kind}-{slug(row['from_city'])}-{slug(row['to_city'])}"


def half_id(row: dict[str, str], city: str) -> str:
    """Id of one side's half of a link across a border."""
    return f"{link_id(row)}-{jurisdiction(city).lower()}"


def needs(row: dict[str, str]) -> list[str]:
    """Measures without which a candidate link does not exist."""
    if not crosses(row):
        return [link_id(row)]
    return [half_id(row, row["from_city"]), half_id(row, row["to_city"])]


def _existing(row: dict[str, str]) -> Row:
    km, minutes = float(row["km"]), float(row["minutes"])
    basis, note = row["minutes_basis"], row.get("note", "")
    if row["id"] in NEW_MOTORWAYS:
        km = round(km / DETOUR_ROAD * DETOUR_MOTORWAY, 1)
        minutes = round(km / MOTORWAY_KMH * 60, 1)
        basis, note = "estimated", "motorway of 2021: great circle x 1.12 at 105 km/h (rule N3)"
    ends = f"{slug(row['from_city'])}-{slug(row['to_city'])}"
    stem = "road" if row["mode"] == "road" else "hsr"
    out: Row = {"id": f"{stem}-{ends}", "from": slug(row["from_city"]), "to": slug(row["to_city"]), "mode": row["mode"]}
    return out | {"minutes": minutes, "km": km, "basis": basis, "source": row["source"], "note": note}


def link_rows() -> list[Row]:
    """Rows of links.csv: what exists, then what measures would open."""
    rows = [_existing(row) for row in existing()]
    for row in candidates():
        out: Row = {"id": f"new-{link_id(row)}", "from": slug(row["from_city"]), "to": slug(row["to_city"])}
        out |= {"mode": MODE.get(row["mode"], row["mode"]), "minutes": float(row["minutes"]), "km": float(row["km"])}
        out |= {"needs": ";".join(needs(row)), "basis": row["minutes_basis"], "source": row["source"]}
        rows.append(out | {"note": row["note"]})
    return rows


def _name(row: dict[str, str]) -> tuple[str, str]:
    """Name and Chinese name of a candidate link."""
    if row["id"] in PROJECTS:
        return PROJECTS[row["id"]][1:]
    name = row["name"].replace(" New Area", "")
    kind = "高速公路改造" if row["mode"] == "motorway" else "城际铁路"
    return name, f"{short_zh(row['from_city'])}—{short_zh(row['to_city'])}{kind}"


def _money_and_time(row: dict[str, str], share: float) -> Row:
    """Cost (of a share of the line) and building time; by norm unless the figures give a total of their own."""
    if row["status"] == "under_construction":
        cost = float(row["cost_bn_cny"]) * PUBLIC_RAIL * LEFT_TO_PAY
        out: Row = {"capital_cost": round(cost * share, 3), "build_years": LEFT_TO_BUILD}
        return out | {"status": "decided", "start_period": "2030"}
    if row["id"].endswith("-upgrade"):
        cost = float(row["cost_bn_cny"]) * PUBLIC_RAIL
        return {"capital_cost": round(cost * share, 3), "build_years": BUILD_YEARS_RAIL}
    km = float(row["km"]) * share
    return {"norm": NORM[row["mode"]], "quantity": round(km, 2)}


def measure_rows() -> list[Row]:
    """Measures that open links: one each, or two halves across a border that start together."""
    rows: list[Row] = []
    for row in candidates():
        name, name_zh = _name(row)
        about: Row = {"basis": "estimated", "source": row["source"] or "rule N6 of SOURCES.md", "note": row["note"]}
        if not crosses(row):
            ends = f"{slug(row['from_city'])};{slug(row['to_city'])}"
            start: Row = {"id": link_id(row), "name": name, "name_zh": name_zh, "kind": "link", "city": ends}
            rows.append(start | _money_and_time(row, 1.0) | about)
            continue
        for city in (row["from_city"], row["to_city"]):
            start = {"id": half_id(row, city), "name": f"{name}, {jurisdiction(city)} half", "kind": "link"}
            start |= {"name_zh": f"{name_zh}({short_zh(city)}侧)", "city": slug(city), "together": link_id(row)}
            rows.append(start | _money_and_time(row, 0.5) | about)
    return rows


def trip_rows() -> list[Row]:
    """Weights between prefectures that touch, both ways: the residents of the neighbour."""
    pairs = [(row["from_city"], row["to_city"]) for row in read("neighbours.csv")]
    note = "prefectures that touch; weight = residents of the neighbour in 2020"
    return [
        {"from": slug(a), "to": slug(b), "trips": round(census(b)), "basis": "assumed", "note": note}
        for pair in pairs
        for a, b in (pair, pair[::-1])
    ]


def hub_rows() -> list[Row]:
    """Measures that make the way to, through and from a high-speed station shorter: one a city."""
    return [
        {
            "id": f"hub-{slug(city)}",
            "name": f"Rail hub at {short(city)}",
            "name_zh": f"{short_zh(city)}高铁枢纽",
            "kind": "hub",
            "city": slug(city),
            "norm": f"hub-{tier(city)}",
            "quantity": 1,
            "basis": "estimated",
            "source": "rule N5 of SOURCES.md",
        }
        for city in CITIES
    ]
