"""How much is known of each cluster: indicators x cities, as a share of its cities and of its people.

A kind or an indicator with figures for less than 80 % of a cluster's people is left out of its case.
"""

from __future__ import annotations

import json
from pathlib import Path

from .figures import FOLDER, Row, own_figures, read_figures
from .tables import read_table

ENOUGH = 0.8  # of a cluster's people
FIGURES = {  # indicator of the table -> figure of a city that it takes
    "doctors": "doctors_per_1000_2019",
    "nurses": "nurses_per_1000_2019",
    "health workers": "employed_health_social_work_per_1000_2020",
    "health beds": "health_beds_per_1000_2019",
    "students of the city": "students_in_higher_education",
    "students of the province": "he_students_per_100k_province",
    "people of 65 and over": "age65_share_2020_pct",
    "people of 15 to 24": "population_15_24_2020",
    "graduates": "tertiary_attainment_per_100k_2020",
    "budget expenditure": "fiscal_expenditure_2022_100m_cny",
    "product": "gdp_2023_100m_cny",
    "wages": "avg_wage_2020_cny",
    "care beds of the city": "care_home_beds_per_1000_aged_65",
}
FAST = ("high_speed_rail", "inter_city_rail")


def known_cities(folder: Path) -> dict[str, set[str]]:
    """Indicator -> cities of which something is known."""
    own = own_figures(folder)
    known = {name: {city for city, indicator in own if indicator == figure} for name, figure in FIGURES.items()}
    known["steel and its emissions"] = {city for city, indicator in own if indicator == "steel_mt"}
    if (folder / "links.csv").is_file():  # else nothing of the network has been brought here yet
        links = read_table(folder / "links.csv")
        known["roads of today"] = _ends([row for row in links if row["mode"] == "road"])
        known["fast trains of today"] = _ends([row for row in links if row["mode"] in FAST])
        known["neighbours"] = _ends(read_table(folder / "neighbours.csv"))
        known["outline"] = _outlined(folder / "outlines.geojson")
    return known


def _ends(rows: list[dict[str, str]]) -> set[str]:
    return {city for row in rows for city in (row["from_city"], row["to_city"])}


def _outlined(file: Path) -> set[str]:
    if not file.is_file():
        return set()
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {str(each["properties"]["city"]) for each in features if "city" in each["properties"]}


def coverage_rows() -> list[Row]:
    """Rows of coverage.csv: every cluster with figures, and every indicator of which something was looked for."""
    rows: list[Row] = []
    for file in sorted(FOLDER.glob("*/cities.csv")):
        folder = file.parent
        cities = [row["city"] for row in read_table(file)]
        has_choices = (folder / "cluster.yaml").is_file()
        figures = own_figures(folder) | dict(read_figures(folder.name).values if has_choices else {})
        people = {city: value for (city, indicator), value in figures.items() if indicator == "population_2020"}
        everyone = sum(people[city] for city in cities)
        for indicator, known in known_cities(folder).items():
            there = [city for city in cities if city in known]
            share = sum(people[city] for city in there) / everyone
            row: Row = {"cluster": folder.name, "indicator": indicator, "cities_known": len(there), "of_cities": len(cities)}
            row |= {"share_of_cities": f"{len(there) / len(cities):.3f}", "share_of_people": f"{share:.3f}"}
            rows.append(row | {"enough": "yes" if share >= ENOUGH else "no"})
    return rows
