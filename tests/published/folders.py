"""Writing a case folder from rows and keys."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

Row = Mapping[str, Any]
ONE_YEAR = {"format": 1, "money": {"unit": "one", "prices": 2025}, "periods": ["2026"], "no_city_loses": False}


def write_folder(folder: Path, keys: Mapping[str, Any], tables: Mapping[str, Iterable[Row]], sources: str) -> Path:
    """Write case.yaml (one period of one year unless `keys` says otherwise), the tables and SOURCES.md."""
    folder.mkdir(parents=True)
    text = yaml.safe_dump({**ONE_YEAR, **keys}, sort_keys=False, allow_unicode=True)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    for name, rows in tables.items():
        listed = list(rows)
        columns = list(dict.fromkeys(c for row in listed for c in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(listed)
    (folder / "SOURCES.md").write_text(sources, encoding="utf-8")
    return folder


def city(name: str, population: float = 1000) -> Row:
    """A city without a place: only its people count."""
    return {"id": name, "jurisdiction": "J", "tier": "small", "lat": 0, "lon": 0, "population": population}
