"""A list of cities is understood in common words, in UTF-8 or GB18030, and spoken of in its own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.case import Case, CaseInvalid, load_case
from planner.cli import app
from planner.starting import from_cities
from planner.starting.list_of_cities import meaning
from tests.case.small import write_files

CHINESE = "城市,经度,纬度,常住人口,面积（平方公里）\n北京,116.4,39.9,21893095,16410\n天津,117.2,39.1,13866009,11967\n"
ROWS = "North,40,116,5000000\nSouth,38,116,800000\n"


def _made(tmp_path: Path, content: str | bytes, ignore: bool = False) -> tuple[Case, list[str]]:
    """The case made of a list, and what was told."""
    told: list[str] = []
    (tmp_path / "list.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    files = from_cities(tmp_path / "list.csv", "Made", ignore, told.append)
    return load_case(write_files(tmp_path / "made", files)), told


def _refused(tmp_path: Path, content: str) -> list[str]:
    (tmp_path / "list.csv").write_text(content, encoding="utf-8")
    with pytest.raises(CaseInvalid) as caught:
        from_cities(tmp_path / "list.csv", "Made")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("lng", "lon"), ("LONG", "lon"), (" Longitude ", "lon"), ("经度", "lon"), ("lat", "lat"), ("Latitude", "lat"),
        ("纬度", "lat"), ("ＬＡＴ", "lat"), ("pop", "population"), ("Population (heads)", "population"),
        ("人口", "population"), ("人口（人）", "population"), ("Area_km2", "area_km2"), ("面积", "area_km2"), ("GDP", "gdp"),
        ("城市", "city"), ("City", "city"), ("省份", "jurisdiction"), ("mayor", None), ("populous", None),
    ],
)  # fmt: skip
def test_common_headings_are_understood(heading: str, column: str | None) -> None:
    assert meaning(heading) == column


def test_a_chinese_list_becomes_a_case(tmp_path: Path) -> None:
    case, told = _made(tmp_path, CHINESE)
    assert {c.id: (c.lat, c.lon, c.population["today"], c.area_km2) for c in case.cities.values()} == {
        "北京": (39.9, 116.4, 21893095, 16410),
        "天津": (39.1, 117.2, 13866009, 11967),
    }
    assert told == ["list.csv: has no column id, so ids are made of column 城市"]


def test_a_list_in_gb18030_is_read_and_said(tmp_path: Path) -> None:
    case, told = _made(tmp_path, CHINESE.encode("gb18030"))
    assert list(case.cities) == ["北京", "天津"]
    assert told[0].startswith("list.csv is not UTF-8 and was read as GB18030 (城市, 经度, 纬度)")


def test_every_table_of_a_case_may_be_gb18030_and_that_is_a_warning(folder: Path) -> None:
    text = (folder / "cities.csv").read_text(encoding="utf-8").replace("Metro,Metro,", "Metro,北京,")
    (folder / "cities.csv").write_bytes(text.encode("gb18030"))
    case = load_case(folder)
    assert case.cities["Metro"].name == "北京"
    assert [str(doubt) for doubt in case.doubts] == [
        "cities.csv: is not UTF-8 and was read as GB18030 (北京): check the names, or save it as 'CSV UTF-8'"
    ]


@pytest.mark.parametrize("name", ["Zürich", "Orléans", "Århus", "Évian"])
def test_names_of_western_europe_are_not_taken_for_chinese(folder: Path, name: str) -> None:
    text = (folder / "cities.csv").read_text(encoding="utf-8").replace("Metro,Metro,", f"Metro,{name},")
    (folder / "cities.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(CaseInvalid, match=r"cities\.csv:2:1: is not UTF-8 .*, nor for certain GB18030"):
        load_case(folder)


def test_other_columns_are_one_problem(tmp_path: Path) -> None:
    (said,) = _refused(tmp_path, "id,lat,lon,population,mayor,river,populaton_2030\n" + ROWS.replace("\n", ",a,b,1\n"))
    assert said == (
        "list.csv, row 1: mayor, river, populaton_2030: not columns of a case. Did you mean 'population_2030' for "
        "'populaton_2030'? Take them out of the list, or leave them unread with --ignore-other-columns"
    )


def test_other_columns_are_left_unread_where_that_is_asked_and_said(tmp_path: Path) -> None:
    content = "id,lat,lon,population,mayor,river\n" + ROWS.replace("\n", ",a,b\n")
    case, told = _made(tmp_path, content, ignore=True)
    assert (len(case.cities), told) == (2, ["list.csv: not read: mayor, river"])


def test_a_problem_is_told_by_the_heading_that_the_list_has(tmp_path: Path) -> None:
    said = _refused(tmp_path, CHINESE.replace("39.9", "139.9").replace("13866009", "1,5"[:1] + "x"))
    assert said == [
        "list.csv, row 2, column 纬度: must be at most 90, not '139.9'",
        "list.csv, row 3, column 常住人口: must be a number, not '1x'",
    ]


def test_a_doubt_names_the_headings_of_the_list_and_its_rows(tmp_path: Path) -> None:
    """Row 3 is empty: the second city stands in row 4. 14 million people on 119.67 million km2 are 0.116 on each."""
    content = CHINESE.replace("\n天津", "\n,,,,\n天津").replace("11967", "119670000")
    _, told = _made(tmp_path, content)
    (doubt,) = [text for text in told if text.startswith("warning")]
    assert doubt.startswith("warning: list.csv, row 4, column 面积（平方公里）: 119,670,000: 0.116 people per km2")
    assert "check this column and column 常住人口" in doubt


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("人口（万人）", "list.csv, row 1, column 人口（万人）: is in '万人': a case counts heads"),
        ("population (thousands)", "list.csv, row 1, column population (thousands): is in 'thousands': a case counts heads"),
    ],
)
def test_a_heading_in_another_unit_is_refused(tmp_path: Path, heading: str, says: str) -> None:
    assert _refused(tmp_path, f"id,lat,lon,{heading}\nA,40,116,2188.6\nB,39,117,1366\n")[0].startswith(says)


def test_two_columns_of_one_meaning_are_refused(tmp_path: Path) -> None:
    said = _refused(tmp_path, "id,lat,lng,longitude,population\nA,40,116,116,50000\nB,39,117,117,60000\n")
    assert "columns lng, longitude all give the lon: keep one of them" in said[0]


def test_the_newest_full_count_of_people_before_the_plan_is_taken(tmp_path: Path) -> None:
    """2022 has a gap; 2030 and 2035 are periods of the plan."""
    content = (
        "id,lat,lon,population_2010,population_2020,population_2022,population_2030,population_2035\n"
        "A,40,116,1000000,2000000,,2100000,2100000\nB,39,117,1100000,1500000,1600000,1600000,1600000\n"
    )
    case, told = _made(tmp_path, content, ignore=True)
    assert case.cities["A"].population["today"] == 2_000_000
    assert told == [
        "list.csv: not read: population_2010, population_2022",
        "list.csv: the population is column population_2020",
    ]


def test_a_name_may_hold_brackets_but_no_mode_in_them(tmp_path: Path) -> None:
    """In the way of a route modes stand in brackets, so that only they cannot be in a name."""
    content = "city,lat,lon,population\nSuzhou (Anhui),33.6,117.0,5300000\nTaizhou [Jiangsu],32.5,119.9,4500000\n"
    case, _ = _made(tmp_path, content)
    assert {c.id: c.name for c in case.cities.values()} == {
        "Suzhou (Anhui)": "Suzhou (Anhui)",
        "Taizhou Jiangsu": "Taizhou [Jiangsu]",
    }
    (said,) = _refused(tmp_path, content.replace("(Anhui)", "(road)"))
    assert said.startswith("list.csv, row 2, column city: must not hold ' (road)'")


def test_x_and_y_are_longitude_and_latitude(tmp_path: Path) -> None:
    case, _ = _made(tmp_path, "id,x,y,pop\nA,116,40,5000000\nB,117,39,60000\n")
    assert (case.cities["A"].lat, case.cities["A"].lon) == (40, 116)


def test_a_list_with_semicolons_and_decimal_commas_is_read(tmp_path: Path) -> None:
    case, _ = _made(tmp_path, "id;纬度;经度;人口\nA;39,9;116,4;5000000\nB;39,1;117,2;600000\n")
    assert (case.cities["A"].lat, case.cities["B"].lon) == (39.9, 117.2)


def test_what_a_list_lacks_is_told_with_the_words_for_it(tmp_path: Path) -> None:
    said = _refused(tmp_path, "id,lat,lon\nA,40,116\nB,39,117\n")
    assert said == [
        "list.csv, row 1: has no column population (or pop, people, inhabitants); it needs id, lat, lon, population"
    ]


def test_the_command_leaves_other_columns_unread_and_prints_doubts(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "id,lat,lon,population,mayor\nA,40,116,2188.6,x\nB,39,117,1366,y\nC,39.5,116.7,549,z\n"
    )
    wanted = ["init", str(tmp_path / "made"), "--from", str(tmp_path / "list.csv")]
    refused = CliRunner().invoke(app, wanted)
    assert (refused.exit_code, "mayor: not a column of a case" in refused.stderr) == (3, True)
    assert not (tmp_path / "made").exists()
    made = CliRunner().invoke(app, [*wanted, "--ignore-other-columns"])
    assert made.exit_code == 0
    assert "list.csv: not read: mayor" in made.stderr
    assert "warning: list.csv, column population: 2,188.6: fewer people" in made.stderr
