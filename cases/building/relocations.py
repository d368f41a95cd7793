"""Relocations: hospitals, universities and offices that could move from one city to another, as the figures list them."""

from __future__ import annotations

from .figures import Figures, Row, plain, slug

TAKEN = ("name", "name_zh", "units", "capital_cost", "build_years", "reality", "basis", "source", "note")


def measure_rows(f: Figures) -> list[Row]:
    """Rows of measures.csv; both jurisdictions sign."""
    rows: list[Row] = []
    for each in f.tables["relocations"]:
        ends = each["host_city"], each["origin_city"]
        signed = ";".join(f.in_order(f.jurisdiction(city) for city in ends))
        row: Row = {"id": each["id"], "kind": "relocation", "city": slug(ends[0]), "from_city": slug(ends[1])}
        rows.append(row | {column: each[column] for column in TAKEN} | {"signed_by": signed})
    return rows


def effects(f: Figures) -> list[str]:
    """What a unit of each moves, as lines of case.yaml."""
    lines = []
    for each in f.tables["relocations"]:
        capacity = [f"{service}: {plain(float(each[service]))}" for service in f.cluster.services if each.get(service)]
        parts = [f"{what}: {plain(float(each[what]))}" for what in ("people", "jobs") if each[what]]
        parts += [f"capacity: {{{', '.join(capacity)}}}"] * bool(capacity)
        lines.append(f"  {each['id']}: [{{relocate: {{{', '.join(parts)}}}}}]")
    return lines
