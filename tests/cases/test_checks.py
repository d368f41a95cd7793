"""The checks of the figures find the mistakes that were made once, and say where."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from cases.building.checks import problems
from cases.building.figures import FOLDER, Figures, read_figures

CLUSTERS = sorted(file.parent.name for file in FOLDER.glob("*/cluster.yaml"))


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_the_figures_that_cases_are_built_from_have_no_problem(cluster: str) -> None:
    assert problems(read_figures(cluster)) == []


def changed(folder: Path, cluster: str, table: str, key: dict[str, str], **values: object) -> Figures:
    """The figures of a cluster with one row of a table changed."""
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    file = folder / cluster / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    (row,) = (row for row in rows if key.items() <= row.items())
    row.update({column: str(value) for column, value in values.items()})
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return read_figures(cluster, folder)


def test_a_seat_226_km_off_is_found(tmp_path: Path) -> None:
    """Chongqing's row once held Wanzhou: 30.81 N, 108.41 E."""
    found = problems(changed(tmp_path, "chengdu-chongqing", "cities", {"city": "Chongqing"}, lat=30.81, lon=108.41))
    assert any("the seat of Chongqing is 226 km from 29.5603 N, 106.558 E" in said for said in found)


def test_a_seat_within_its_city_is_none(tmp_path: Path) -> None:
    """0.09 degrees of latitude are 10 km."""
    moved = changed(tmp_path, "chengdu-chongqing", "cities", {"city": "Chengdu"}, lat=30.67 + 0.09)
    assert not [said for said in problems(moved) if "seat" in said]


def test_a_seat_that_the_gazetteer_lacks_must_be_excused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    choices = tmp_path / "jing-jin-ji" / "cluster.yaml"
    text = choices.read_text(encoding="utf-8")
    start = text.index("seats_unchecked")
    choices.write_text(text[:start] + text[text.index("\n", start) + 1 :], encoding="utf-8")
    (said,) = problems(read_figures("jing-jin-ji", tmp_path))
    assert "Xiong'an New Area is not in common/seats.csv" in said


@pytest.mark.parametrize("times", [1e5, 1e4, 1e-4])
def test_a_product_of_another_unit_is_found(tmp_path: Path, times: float) -> None:
    """Suining makes 1,715 of 100 million CNY; in yuan, in 10,000 CNY and in bn CNY another number stands there."""
    wrong = changed(tmp_path, "chengdu-chongqing", "cities", {"city": "Suining"}, gdp_2023_100m_cny=1715 * times)
    (said,) = problems(wrong)
    assert "cases/figures/chengdu-chongqing/cities.csv: gdp_2023_100m_cny of Suining" in said


def test_people_in_ten_thousands_are_found(tmp_path: Path) -> None:
    found = problems(changed(tmp_path, "chengdu-chongqing", "cities", {"city": "Suining"}, population_2020=281.4))
    assert any("Suining has 281 residents" in said and "ten-thousands" in said for said in found)
    assert any("gdp_2023_100m_cny of Suining" in said for said in found)


def test_a_whole_column_of_people_in_ten_thousands_is_found_too(tmp_path: Path) -> None:
    """Per head nothing stands out then: the land and the least size of a prefecture show it."""
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "chengdu-chongqing" / "cities.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"population_2020": str(float(row["population_2020"]) / 1e4)} for row in rows)
    found = problems(read_figures("chengdu-chongqing", tmp_path))
    assert sum("residents" in said for said in found) == 16


@pytest.mark.parametrize(("column", "value"), [("doctors_per_1000_2019", 23.0), ("avg_wage_2020_cny", 6.8)])
def test_a_rate_of_another_magnitude_is_found(tmp_path: Path, column: str, value: float) -> None:
    """2.3 doctors per 1,000 as 23 per 10,000; 68,000 yuan as 6.8 of 10,000."""
    (said,) = problems(changed(tmp_path, "chengdu-chongqing", "cities", {"city": "Suining"}, **{column: value}))
    assert f"{column} of Suining is {value:g} " in said


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"km": 20, "minutes": 12}, "is 20 km long"),  # Zigong and Neijiang are 33 km apart
        ({"km": 90, "minutes": 60}, "is 90 km long"),
        ({"minutes": 2.4}, "985 km/h"),  # hours written as tenths of minutes
        ({"minutes": 236}, "10 km/h"),
    ],
)
def test_a_road_that_cannot_be_driven_is_found(tmp_path: Path, values: dict[str, float], expected: str) -> None:
    """The figures have 39.4 km and 23.6 minutes."""
    found = problems(changed(tmp_path, "chengdu-chongqing", "links", {"id": "road-Zigong-Neijiang"}, **values))
    assert any("road-Zigong-Neijiang" in said and expected in said for said in found)


def test_the_times_printed_for_the_motorways_of_2021_would_be_refused(tmp_path: Path) -> None:
    """An hour from seat to seat of Beijing and Xiong'an was hoped for: 129.9 km in 48 minutes are 162 km/h."""
    found = problems(changed(tmp_path, "jing-jin-ji", "links", {"id": "road-Beijing-Xiong'an New Area"}, minutes=48))
    assert any("162 km/h" in said and "40 to 120 are expected of road" in said for said in found)
