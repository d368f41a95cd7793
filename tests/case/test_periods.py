"""A period may be named by its years, as people write it, or by its last year."""

from __future__ import annotations

from pathlib import Path

from planner.case import Case, load_case
from planner.case.rows import period_id
from tests.case.small import FILES, cell, swap, write_files

TABLES = ("budgets.csv", "measures.csv")
COLUMNS = ("2030", "2026-2030"), ("2035", "2031-2035")


def test_tables_and_keys_take_a_period_by_its_years(case: Case, tmp_path: Path) -> None:
    """The small case with every period written out asks the same question."""
    files = dict(FILES)
    for short, years in COLUMNS:
        files["budgets.csv"] = files["budgets.csv"].replace(f",{short},", f",{years},")
        files["measures.csv"] = files["measures.csv"].replace(f",{short},", f",{years},")
        for key in (f"{short}: ", f"by: {short}", f"periods: [{short}]"):
            files["case.yaml"] = files["case.yaml"].replace(key, key.replace(short, years))
    assert all(files[name].count("2026-2030") > FILES[name].count("2026-2030") for name in ("case.yaml", *TABLES))
    written = load_case(write_files(tmp_path / "years" / "small", files))
    assert written.content_hash == case.content_hash
    assert load_case(tmp_path / "years" / "small", "higher-standard").lines["capital"].amount.keys() == {"2030", "2035"}


def test_columns_named_after_periods_take_its_years(folder: Path) -> None:
    swap("cities.csv", "growth_per_year,gdp", "population_2026-2030,gdp")(folder)
    swap("cities.csv", "basis,source,note", "basis,source,population_2031-2035")(folder)
    swap("cities.csv", "5000000,0.01,4000,3000000,700000,sourced,census,", "5000000,,4000,3000000,700000,,,")(folder)
    swap("cities.csv", '1000000,-0.01,400,450000,180000,estimated,"a, b",', "1000000,9e5,400,450000,180000,,,8e5")(folder)
    assert load_case(folder).cities["Inland"].population == {"today": 1e6, "2030": 9e5, "2035": 8e5}


def test_a_scenario_selects_and_sets_periods_by_their_years(folder: Path) -> None:
    """Of the capital's budgets of 3 and 3 only the first is doubled; the checkpoint starts later."""
    swap("case.yaml", "{table: budgets, column: amount, multiply: 0.7}",
         "{table: budgets, where: {line: capital, period: 2026-2030}, column: amount, multiply: 2}, "
         "{table: measures, where: {id: checkpoint}, column: start_period, set: 2031-2035}, "
         "{key: targets.0.by, set: 2026-2030}")(folder)  # fmt: skip
    case = load_case(folder, "tight-money")
    assert case.lines["capital"].amount == {"2030": 6.0, "2035": 3.0}
    assert case.measures["checkpoint"].start_period == "2035"
    assert case.targets[0].by == "2030"


def test_names_and_notes_that_look_like_a_period_stay(folder: Path) -> None:
    cell("measures", 4, "name", "2026-2030")(folder)
    swap("case.yaml", "title: Two provinces, three cities", "title: 2026-2030")(folder)
    case = load_case(folder)
    assert (case.title, case.measures["railway"].name) == ("2026-2030", "2026-2030")


def test_the_years_of_a_period_give_its_id(case: Case) -> None:
    assert [period_id(text, case.periods) for text in ("2031-2035", "2035", "2030-2035")] == ["2035", "2035", "2030-2035"]
