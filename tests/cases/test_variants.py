"""A variant holds only what differs from its cluster; jing-jin-ji-now differs in what it says, and in nothing else."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import yaml

from cases.building.checks import problems
from cases.building.figures import FOLDER, Figures, read_figures
from cases.building.network import great_circle
from planner.case import load_case
from tests.cases.test_building import CANDIDATES, CHOICES, CITIES, LINKS

CASES = FOLDER.parent
SHIPPED = CASES / "jing-jin-ji"
Rows = dict[str, dict[str, str]]

VARIANT_CHOICES = """
figures_of: three
title: Three cities now
young: [1.0, 1.0, 1.0]
jurisdictions: {Rest: {staff_away: 0.1}}
services: [doctors]
border_minutes: # none
reasons: {young: counted, jurisdictions: counted, services: no nurses, border_minutes: gone}
"""
VARIANT_LINKS = """id,from_city,to_city,mode,km,minutes,minutes_basis,status,source,reason
road-1,,,,,65,sourced,,a map,driven
road-2,Great,Inside Middle,road,130,80,estimated,,a map,opened
"""
VARIANT_CANDIDATES = """id,status,note,source,reason
fast,left_out,,a page,opened
"""


def write(folder: Path, **texts: str) -> None:
    """Files of a folder of figures."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.{'yaml' if name == 'cluster' else 'csv'}").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Figures of three cities, and a variant of them."""
    shutil.copytree(FOLDER / "common", tmp_path / "common")
    seats = ", ".join(f"{city}: made up" for city in ("Great", "Middle", "Inside Middle"))
    border = f"{CHOICES}border_minutes: {{road: 15}}\nseats_unchecked: {{{seats}}}\n"
    write(tmp_path / "three", cluster=border, cities=CITIES, links=LINKS.replace(",by rule,", ",by rule,old"))
    write(tmp_path / "three", candidate_links=CANDIDATES)
    write(tmp_path / "now", cluster=VARIANT_CHOICES, links=VARIANT_LINKS, candidate_links=VARIANT_CANDIDATES)
    return tmp_path


def test_what_a_variant_does_not_hold_is_that_of_its_cluster(folder: Path) -> None:
    three, now = read_figures("three", folder), read_figures("now", folder)
    assert (now.cities, now.own) == (three.cities, three.own)
    assert now.file("cities.csv") == folder / "three" / "cities.csv"
    assert now.file("links.csv") == folder / "now" / "links.csv"
    assert now.cluster.tiers == three.cluster.tiers


def test_a_row_changes_the_cells_that_it_fills_is_added_or_taken_away(folder: Path) -> None:
    tables = read_figures("now", folder).tables
    changed, added = tables["links"]
    assert changed | {"status": ""} == {
        "id": "road-1", "from_city": "Great", "to_city": "Middle", "mode": "road", "km": "116", "minutes": "65",
        "minutes_basis": "sourced", "source": "a map", "note": "old", "status": "",
    }  # fmt: skip
    assert (added["to_city"], added["km"], added["note"]) == ("Inside Middle", "130", "")
    assert tables["candidate_links"] == []


def test_a_dash_empties_a_cell(folder: Path) -> None:
    write(folder / "now", candidate_links=VARIANT_CANDIDATES.replace("left_out,,", ",-,"))
    text = CANDIDATES.replace(",a page,", ",a page,hoped for")
    write(folder / "three", candidate_links=text)
    (row,) = read_figures("now", folder).tables["candidate_links"]
    assert (row["note"], row["minutes"]) == ("", "30")


def test_choices_are_laid_over_key_by_key_and_an_empty_one_is_gone(folder: Path) -> None:
    three, now = read_figures("three", folder).cluster, read_figures("now", folder).cluster
    assert (three.border_minutes, now.border_minutes) == ({"road": 15}, {})
    assert (now.title, now.services, now.young) == ("Three cities now", ("doctors",), (1.0, 1.0, 1.0))
    rest = now.jurisdictions["Rest"]
    assert (rest.staff_away, rest.borrows, rest.name_zh) == (0.1, True, "余省")
    assert list(now.jurisdictions) == list(three.jurisdictions)


def test_a_variant_without_a_fault_has_no_problem(folder: Path) -> None:
    assert [said for said in problems(read_figures("now", folder)) if "/now/" in said and "km long" not in said] == []


@pytest.mark.parametrize(
    ("table", "was", "made", "said"),
    [
        ("links", "65,sourced,,a map,driven", "70,,,by rule,driven", "links.csv: road-1 is as in three/links.csv"),
        ("links", "a map,driven", "a map,", "links.csv: road-1 differs from three/links.csv without a reason or a source"),
        ("links", "a map,opened", ",opened", "links.csv: road-2 differs from three/links.csv without a reason or a source"),
        ("candidate_links", "fast,", "fats,", "fats is left out and not in three/candidate_links.csv"),
        ("cluster", "young: counted, ", "", "reasons does not say why young differs from three/cluster.yaml"),
        ("cluster", "{young: ", "{cleaner: by mistake, young: ", "why cleaner differs, which the variant does not choose"),
        ("cluster", "[doctors]", "[doctors, nurses]", "services is as in three/cluster.yaml; leave it out"),
    ],
)
def test_what_does_not_differ_or_has_no_reason_is_a_problem(
    folder: Path, table: str, was: str, made: str, said: str
) -> None:
    texts = {"links": VARIANT_LINKS, "candidate_links": VARIANT_CANDIDATES, "cluster": VARIANT_CHOICES}
    assert texts[table].count(was) == 1
    write(folder / "now", **{table: texts[table].replace(was, made)})
    assert [each for each in problems(read_figures("now", folder)) if said in each and "cases/figures/now/" in each]


@pytest.mark.parametrize("base", ["nowhere", "now"])
def test_a_variant_is_one_of_a_cluster_that_has_its_own_figures(folder: Path, base: str) -> None:
    write(folder / "then", cluster=f"figures_of: {base}\n")
    with pytest.raises(ValueError, match=f"figures_of: '{base}' is no cluster"):
        read_figures("then", folder)


# The variant of jing-jin-ji


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case jing-jin-ji-now, built as a user builds it."""
    copy = tmp_path_factory.mktemp("cases")
    for name in ("building", "figures"):
        shutil.copytree(CASES / name, copy / name)
    shutil.copy(CASES / "build.py", copy)
    command = [sys.executable, str(copy / "build.py"), "jing-jin-ji-now"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return copy / "built" / "jing-jin-ji-now"


@cache
def figures() -> Figures:
    """Its figures."""
    return read_figures("jing-jin-ji-now")


def rows(file: Path, *key: str) -> Rows:
    """Rows of a table by their key."""
    with file.open(encoding="utf-8", newline="") as opened:
        return {" ".join(row[column] for column in key): row for row in csv.DictReader(opened)}


@pytest.mark.slow
def test_it_is_built_beside_the_shipped_case_and_is_valid(built: Path) -> None:
    """It is not shipped, and nobody who reads a plan takes one for the other."""
    now, shipped = load_case(built), load_case(SHIPPED)
    assert now.title != shipped.title
    assert set(now.cities) == set(shipped.cities)
    assert not (CASES / "jing-jin-ji-now").exists()


def test_what_it_says_nothing_about_is_as_shipped(built: Path) -> None:
    """Money, neighbours, the map; of the cities all but the young; of the parks all but one note."""
    for name in ("budgets.csv", "trips.csv", "boundaries.geojson"):
        assert (built / name).read_text(encoding="utf-8") == (SHIPPED / name).read_text(encoding="utf-8"), name
    for name, key, but in (("cities.csv", "id", "people_18_22"), ("parks.csv", "measure", "note")):
        was, now = rows(SHIPPED / name, key), rows(built / name, key)
        assert list(was) == list(now)
        changed = {column for each in was for column in was[each] if was[each][column] != now[each][column]}
        assert changed
        assert all(column.startswith(but) for column in changed), (name, changed)


def test_only_the_measures_that_it_speaks_of_come_or_go(built: Path) -> None:
    """Motorway upgrades, the Tongzhou line, three lines of no rule and the barriers go; two lines come."""
    was, now = rows(SHIPPED / "measures.csv", "id"), rows(built / "measures.csv", "id")
    gone, come = set(was) - set(now), set(now) - set(was)
    roads = {name for name in gone if name.startswith("motorway-")}
    assert roads == {name for name in was if name.startswith("motorway-")}
    pairs = ("beijing-hebei", "tianjin-hebei", "beijing-tianjin")
    signed = {f"{kind}-{pair}" for kind in ("border", "insurance") for pair in pairs} | {"care-beijing-hebei"}
    lines = {"beijing-tangshan-upgrade-beijing", "beijing-tangshan-upgrade-hebei"}
    lines |= {"rail-xingtai-hengshui", "rail-baoding-hengshui", "rail-cangzhou-xiongan"}
    assert gone == roads | signed | lines
    assert come == {"shijiazhuang-xiongan-rail", "tianjin-xiongan-rail-tianjin", "tianjin-xiongan-rail-hebei"}
    assert now["shijiazhuang-xiongan-rail"]["status"] == "decided"
    assert not [name for name, row in now.items() if "motorway" in f"{name} {row['requires']}"]


def test_roads_are_motorways_at_100_km_an_hour_wherever_they_run(built: Path) -> None:
    """Great circle x 1.2, but two tenths of a minute; no border costs time."""
    f = figures()
    roads = {each["id"]: each for each in f.tables["links"] if each["mode"] == "road"}
    assert len(roads) == 24 - 2 + 12 - 2 + 2
    for each in roads.values():
        km = great_circle(f, each["from_city"], each["to_city"]) * 1.2
        assert float(each["km"]) == pytest.approx(km, abs=0.15), each["id"]
        assert float(each["minutes"]) == pytest.approx(km * 60 / 100, abs=0.15), each["id"]
    assert "border_minutes" not in (built / "case.yaml").read_text(encoding="utf-8")


def test_staff_places_and_beds_are_those_that_are_counted(built: Path) -> None:
    """Worked out from the figures: Tianjin's doctors are a rate of 15.6183 million people, of whom the census found 13.87;
    103,000 places move to Xiong'an; Beijing's beds are 31.72 for 1,000 of its people of 65 and over."""
    was, now = rows(SHIPPED / "capacity.csv", "city", "service"), rows(built / "capacity.csv", "city", "service")

    def capacity(table: Rows, key: str) -> float:
        return float(table[key]["capacity"])

    census = figures().figure("Tianjin", "population_2020")
    for service in ("doctors", "nurses"):
        more = capacity(now, f"tianjin {service}") / capacity(was, f"tianjin {service}")
        assert more == pytest.approx(15_618_300 / census, rel=1e-4)
        assert capacity(now, f"baoding {service}") == capacity(was, f"baoding {service}")
    for city, moved in {"beijing": -103_000, "xiongan": 103_000}.items():
        assert capacity(now, f"{city} university") - capacity(was, f"{city} university") == moved
    assert float(now["xiongan university"]["outsiders"]) == 0.5
    assert float(now["beijing doctors"]["outsiders"]) == 0.24
    aged = figures().figure("Beijing", "population_2020") * figures().figure("Beijing", "age65_share_2020_pct") / 100
    assert capacity(now, "beijing care") == pytest.approx(31.72 * aged * 1.137 / 1000, abs=1)
    assert all(figures().has(city, "care_home_beds_per_1000_aged_65") for city in figures().cities)


def test_services_cross_borders_need_what_is_used_and_hire_what_is_trained(built: Path) -> None:
    """17 beds for 1,000; care and doctors open; nobody travels for a nurse. Tianjin: 0.18 x 13,866 x 5 / 500 doctors."""
    raw = yaml.safe_load((built / "case.yaml").read_text(encoding="utf-8"))
    services = raw["services"]
    assert set(services["care"]["per_1000"].values()) == {17}
    assert [services[name].get("across_borders") for name in ("doctors", "care", "university", "nurses")] == [
        "by_policy", "by_policy", "by_policy", None,
    ]  # fmt: skip
    sides = ["Beijing", "Tianjin", "Hebei"]  # what is in force needs no signature
    assert raw["in_force"] == [{"open_service": {"services": ["doctors", "care"], "people_of": sides, "at": sides}}]
    assert "catchment_minutes" not in services["nurses"]
    (most,) = (rule["at_most"] for rule in raw["rules"] if rule["id"] == "trained-doctors-tianjin-2030")
    assert most == pytest.approx(0.18 * figures().figure("Tianjin", "population_2020") / 1000 * 5 / 500, abs=0.05)
    assert "barriers_first" not in raw["pyramid"]


def test_railways_cost_what_they_come_to_in_the_end(built: Path) -> None:
    was, now = rows(SHIPPED / "norms.csv", "id"), rows(built / "norms.csv", "id")
    for norm in was:
        times = 1.306 if norm in ("high-speed-rail", "inter-city-rail") else 1.0
        if norm in now:
            cost = times * float(was[norm]["capital_cost"])
            assert float(now[norm]["capital_cost"]) == pytest.approx(cost, rel=2e-3), norm


def test_its_sources_say_first_what_differs_and_why(built: Path) -> None:
    """Every row and every choice of the variant; the rules of its cluster follow."""
    head, _, below = (built / "SOURCES.md").read_text(encoding="utf-8").partition("\n# ")
    assert head.startswith("# Where the figures of jing-jin-ji-now come from")
    assert f"# {below}" == (SHIPPED / "SOURCES.md").read_text(encoding="utf-8")
    for each in figures().differs:
        assert each.key in head, each.key
        assert each.reason in head, each.key
    chosen = yaml.safe_load((FOLDER / "jing-jin-ji-now" / "cluster.yaml").read_text(encoding="utf-8"))
    assert all(f"| `{key}` | " in head for key in set(chosen) - {"figures_of", "title", "title_zh", "says", "reasons"})
    assert json.loads((built / "boundaries.geojson").read_text(encoding="utf-8"))["features"]
