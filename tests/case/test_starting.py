"""First cases, the example and those made from a list of cities, can be read, and mark every guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import CaseInvalid, load_case, write_case
from planner.starting import MONEY_NOTE, example, from_cities
from tests.case.small import write_files

LIST = """\
id,lat,lon,population
North,40,116,5000000
South,38,116,800000
East,39,118,700000
"""


def test_the_example_and_its_scenarios_can_be_read(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "example", example())
    base = load_case(folder)
    hashes = {load_case(folder, scenario).content_hash for scenario in (None, *base.scenarios)}
    assert len(hashes) == 1 + len(base.scenarios) > 1


def test_a_list_of_cities_becomes_a_case_that_reads_back(tmp_path: Path) -> None:
    """Of three cities in a wide triangle all pairs are neighbours: three roads and three motorways by norm."""
    (tmp_path / "list.csv").write_text(LIST)
    case = load_case(write_files(tmp_path / "made", from_cities(tmp_path / "list.csv", "Made")))
    assert len(case.links) == 6
    assert len(case.measures) == 3
    assert case.cities["North"].tier == "core"
    write_case(case, tmp_path / "filled", filled=True)
    assert load_case(tmp_path / "filled").content_hash == case.content_hash


def test_every_guess_of_a_first_case_is_marked_assumed(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    case = load_case(write_files(tmp_path / "made", from_cities(tmp_path / "list.csv", "Made")))
    guessed = [*case.measures.values(), *case.norms.values(), *case.links.values(), *case.capacity.values()]
    assert {row.basis for row in guessed} == {"assumed"}


def test_a_list_that_cannot_be_a_case_is_refused_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST.replace("38,116", "380,116"))
    with pytest.raises(CaseInvalid, match=r"row 3, column lat"):
        from_cities(tmp_path / "list.csv", "Made")


@pytest.mark.parametrize(
    ("header", "row", "says"),
    [
        ("", "West,39,114", "bad.csv, row 5, column population: must not be empty"),
        ("", "West,39,114,0", "bad.csv, row 5, column population: must be at least 1, not '0'"),
        ("", 'West,"39,5",114,1', "bad.csv, row 5, column lat: must be a number: a point for decimals, nothing between "),
        (
            "",
            "West,39,114,1.000.000",
            "column population: must be a number: a point for decimals, nothing between thousands",
        ),
        ("", "West,40,116,1", "bad.csv, row 5, column lat: 'West' has the same coordinates as 'North' in row 2"),
        ("", "West,114,39,1", "bad.csv, row 5, column lat: must be at most 90, not '114'; are lat and lon swapped?"),
        (
            ",gdp",
            "West,39,114,1,3e13",
            "bad.csv, row 5, column gdp: '3e13' is too large: at most 1e+12; give it in a larger unit, in millions",
        ),
        ("", "East,39,114,1", "bad.csv, row 5, column id: 'East' stands in row 4 already"),
        (
            ",人口",
            "West,39,114,1,1",
            "bad.csv, row 1: 人口: not a column of a case. '人口' means population, which another column is already",
        ),
        (",mayor", "West,39,114,1,Li", "bad.csv, row 1: mayor: not a column of a case. Take it out"),
        (",tier", "West,39,114,1,large", "bad.csv, row 5, column tier: must be one of core, secondary, small, not 'large'"),
        (
            ",growth_per_year,population_2030,population_2035",
            "West,39,114,1,0.1,1,1",
            "bad.csv, row 5, column growth_per_year: ",
        ),
    ],
)
def test_the_list_is_read_as_strictly_as_a_case_and_named(tmp_path: Path, header: str, row: str, says: str) -> None:
    text = LIST.replace("population\n", f"population{header}\n").replace("000\n", "000" + "," * header.count(",") + "\n")
    cells = header.count(",") + 4 - row.replace('"39,5"', "39.5").count(",") - 1
    (tmp_path / "bad.csv").write_text(text + row + "," * cells + "\n")
    with pytest.raises(CaseInvalid) as caught:
        from_cities(tmp_path / "bad.csv", "Made")
    said = str(caught.value)
    assert says in said
    assert "cities.csv" not in said
    assert "case.yaml" not in said


def _list(folder: Path, *rows: str) -> Path:
    (folder / "list.csv").write_text("\n".join(("name,lat,lon,population", *rows)) + "\n", encoding="utf-8")
    return folder / "list.csv"


def test_cities_on_two_continents_are_told_by_their_names(tmp_path: Path) -> None:
    """Wuhan and London lie 8,900 km apart, on a great circle."""
    file = _list(tmp_path, "Wuhan,30.6,114.3,12000000", "London,51.5,-0.1,9000000")
    with pytest.raises(CaseInvalid, match=r"'London' lies 8,[89]\d\d km from 'Wuhan'"):
        from_cities(file, "t")


def test_names_with_hyphens_make_no_two_ways_of_one_name(tmp_path: Path) -> None:
    """a-b to b, and a to b-b, are neighbours here."""
    cities = ("a-b,30,114,1000000", "b,30.5,114.5,2000000", "a,31,115,500000", "b-b,30.3,115,400000")
    write_files(tmp_path / "made", from_cities(_list(tmp_path, *cities), "t"))
    measures = load_case(tmp_path / "made").measures
    assert {"motorway-a-b--b", "motorway-a--b-b"} <= {*measures}


def test_a_list_without_a_core_is_told_so(tmp_path: Path) -> None:
    text = "id,lat,lon,population,tier\nA,40,116,5,small\n\nB,38,116,4,small\n"
    (tmp_path / "bad.csv").write_text(text)
    with pytest.raises(CaseInvalid, match=r"bad\.csv, column tier: no city is of tier core"):
        from_cities(tmp_path / "bad.csv", "Made")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("合计,39,114,1", "list.csv, row 5, column id: '合计' is called like a sum: if it is no city"),
        ("TOTAL ,39,114,1", "list.csv, row 5, column id: 'TOTAL' is called like a sum"),
        ("All,39,114,6500000", "list.csv, row 5, column population: 6,500,000 is the sum of all other rows"),
        ("Totalia,39,114,6400000", None),
    ],
)
def test_a_row_that_is_the_sum_of_the_others_is_doubted(tmp_path: Path, row: str, says: str | None) -> None:
    """The others have 5,000,000 + 800,000 + 700,000 people."""
    told: list[str] = []
    (tmp_path / "list.csv").write_text(LIST + row + "\n", encoding="utf-8")
    from_cities(tmp_path / "list.csv", "Made", tell=told.append)
    found = [text.removeprefix("warning: ") for text in told if "sum" in text]
    assert [says is not None and text.startswith(says) for text in found] == ([True] if says else [])


def test_what_only_the_whole_case_shows_is_told_by_the_rows_of_the_list(tmp_path: Path) -> None:
    """An empty row 3 is passed over: B, whose population grows tenfold, stands in row 4 of the list."""
    text = "id,lat,lon,population,population_2030,population_2035\nA,40,116,5,5,5\n,,,,,\nB,38,116,4,40,40\n"
    (tmp_path / "bad.csv").write_text(text)
    with pytest.raises(CaseInvalid, match=r"bad\.csv, row 4, column population_2030: .* more than a factor 3"):
        from_cities(tmp_path / "bad.csv", "Made")


def test_a_first_case_says_that_its_money_is_an_average_of_china(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    made = from_cities(tmp_path / "list.csv", "Made")
    assert MONEY_NOTE in made["SOURCES.md"]
    assert "bn CNY" in MONEY_NOTE
    assert "average of China" in MONEY_NOTE
