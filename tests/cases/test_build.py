"""The shipped cases are what their rules make of their figures, and the figures are plausible."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cases.building.choices import read_choices
from planner.audit import audit
from planner.case import in_scenario, load_case, warnings_of
from planner.planning.search import SolveOptions, solve
from planner.programme.reading import load_programme
from tests.tiers import one_of

CASES = Path(__file__).resolve().parents[2] / "cases"


def build(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What `python cases/build.py` answers."""
    command = [sys.executable, str(CASES / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_building_the_shipped_cases_again_changes_nothing() -> None:
    """Their files are those that the rules make now."""
    done = build("all", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def known(cluster: str) -> dict[str, dict[str, str]]:
    """Indicator -> row of coverage.csv, which the test above compares with the figures."""
    with (CASES / "figures" / "coverage.csv").open(encoding="utf-8", newline="") as file:
        return {row["indicator"]: row for row in csv.DictReader(file) if row["cluster"] == cluster}


def test_coverage_counts_cities_and_their_people() -> None:
    """Hong Kong and Macao (7.41 and 0.68 of 86.04 million people) lack doctors; of the delta only Shanghai and Nanjing have
    students."""
    bay = known("pearl-river-delta")
    assert (bay["doctors"]["cities_known"], bay["doctors"]["of_cities"]) == ("9", "11")
    assert float(bay["doctors"]["share_of_people"]) == pytest.approx(1 - (7.41 + 0.68) / 86.04, abs=1e-3)
    assert (known("yangtze-river-delta")["students of the city"]["cities_known"]) == "2"


def test_xiongan_lies_inside_baoding_and_is_counted_once() -> None:
    """Xiong'an (1.205 million) has no wage of its own: that is all that is missing of the 110.37 million people."""
    wages = known("jing-jin-ji")["wages"]
    assert wages["cities_known"] == "13"
    assert float(wages["share_of_people"]) == pytest.approx(1 - 1.205 / 110.37, abs=6e-4)


CLUSTERS = sorted(file.parent.name for file in CASES.glob("figures/*/cluster.yaml"))
OTHERS = [name for name in CLUSTERS if name != "jing-jin-ji"]
INDICATORS = {
    "doctors": ["doctors"],
    "nurses": ["nurses"],
    "health": ["health workers"],
    "university": ["students of the city", "students of the province"],
    "care": ["care beds of the city"],
}


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_case_has_only_services_that_are_known_for_four_fifths_of_its_people(cluster: str) -> None:
    chosen, about = read_choices(CASES / "figures" / cluster / "cluster.yaml"), known(cluster)
    for service in chosen.services:
        assert any(about[name]["enough"] == "yes" for name in INDICATORS[service]), service
    assert not chosen.airsheds or float(about["steel and its emissions"]["share_of_people"]) > 0


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of cases/ in which every cluster has been built."""
    copy = tmp_path_factory.mktemp("cases")
    for name in ("building", "figures"):
        shutil.copytree(CASES / name, copy / name)
    shutil.copy(CASES / "build.py", copy)
    done = subprocess.run([sys.executable, str(copy / "build.py"), "all"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return copy


def folder_of(built: Path, cluster: str) -> Path:
    """Where the case of a cluster was built to: a shipped one beside the others, else apart."""
    return built / cluster if (built / cluster).is_dir() else built / "built" / cluster


ON_DEMAND = [name for name in CLUSTERS if not (CASES / name / "case.yaml").is_file()]


def test_nineteen_clusters_have_choices_and_fourteen_are_built_on_demand() -> None:
    """As many as the figures hold."""
    assert len(CLUSTERS) == len(list(CASES.glob("figures/*/cities.csv"))) == 19
    assert len(ON_DEMAND) == 14


@pytest.mark.parametrize("cluster", one_of(5, ON_DEMAND))
@pytest.mark.slow
def test_every_cluster_that_is_not_shipped_gives_a_case_that_is_read_with_all_its_scenarios(
    built: Path, cluster: str
) -> None:
    """And no selection of it is empty: what a cluster does not have leaves no clause behind."""
    folder = folder_of(built, cluster)
    base = load_case(folder)
    assert not [said for said in warnings_of(base) if "no row" in str(said) or "fits no" in str(said)]
    assert len(base.cities) == int(known(cluster)["doctors"]["of_cities"])
    for scenario in base.scenarios:
        assert in_scenario(base, scenario).content_hash != base.content_hash


@pytest.mark.parametrize("cluster", ON_DEMAND)
@pytest.mark.proof
def test_a_cluster_that_is_not_shipped_has_a_plan_within_a_hundredth_of_the_best_that_passes_its_audit(
    built: Path, cluster: str
) -> None:
    plan = solve(load_case(folder_of(built, cluster)), options=SolveOptions(gap=1e-2))
    assert plan.status == "optimal"
    assert audit(plan).passed


@pytest.mark.slow
def test_the_programme_of_china_has_all_clusters_and_the_money_of_their_centres(built: Path, tmp_path: Path) -> None:
    """As much as the budgets of the nineteen cases say together, each rounded to a tenth."""
    asked = (CASES / "china" / "programme.yaml").read_text(encoding="utf-8")
    place = tmp_path / "china"
    place.mkdir()
    for cluster in CLUSTERS:
        asked = re.sub(rf"case: \S*/{cluster}\}}", f"case: '{folder_of(built, cluster)}'}}", asked)
    (place / "programme.yaml").write_text(asked, encoding="utf-8")
    found = load_programme(place)
    assert sorted(one.id for one in found.participants) == CLUSTERS
    money = dict.fromkeys(found.periods, 0.0)
    for cluster in CLUSTERS:
        with (folder_of(built, cluster) / "budgets.csv").open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened):
                money[row["period"]] += float(row["amount"]) if row["line"] == "central" else 0.0
    assert {t: found.amount["central", t] for t in found.periods} == pytest.approx(money)


@pytest.mark.slow
@pytest.mark.parametrize("cluster", OTHERS)
def test_nothing_of_another_cluster_is_said_in_a_case(built: Path, cluster: str) -> None:
    """Hebei's wages are the yardstick of costs, which SOURCES.md says; no table or sentence names it, but for what its own
    figures are about: a railway may lead there."""
    known = "".join(file.read_text(encoding="utf-8") for file in (built / "figures" / cluster).glob("*.csv"))
    names = [name for name in ("Hebei", "Beijing", "Tianjin", "Xiong'an", "Tangshan") if name not in known]
    assert "Hebei" in names
    for file in folder_of(built, cluster).glob("*.*"):
        if file.name != "SOURCES.md":
            text = file.read_text(encoding="utf-8")
            assert not [name for name in names if name in text], file


def test_a_figure_that_cannot_be_stops_the_builder(built: Path, tmp_path: Path) -> None:
    """Nothing is written, and the problem is printed with its file."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "chengdu-chongqing")
    file = tmp_path / "figures" / "chengdu-chongqing" / "cities.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count(",29.56,106.56,") == 1  # Chongqing
    file.write_text(text.replace(",29.56,106.56,", ",30.81,108.41,"), encoding="utf-8")
    command = [sys.executable, str(tmp_path / "build.py"), "chengdu-chongqing"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cases/figures/chengdu-chongqing/cities.csv: the seat of Chongqing is 226 km" in done.stdout
    assert not (tmp_path / "chengdu-chongqing").exists()


def test_money_of_a_line_is_one_per_cent_of_what_its_own_cities_spend(built: Path) -> None:
    """Chengdu, whose purse is its own, spent 243.5 bn CNY in 2022: 12.2 in five years; Sichuan's line does not hold it."""
    with (folder_of(built, "chengdu-chongqing") / "budgets.csv").open(encoding="utf-8", newline="") as opened:
        first = {row["line"]: float(row["amount"]) for row in csv.DictReader(opened) if row["period"] == "2030"}
    others = [256.86, 458.71, 350.34, 501.08, 285.72, 258.57, 315.12, 493.15, 310.71, 610.13, 324.02, 482.7, 185.2, 251.52]
    assert first["chengdu"] == pytest.approx(2435.01 / 10 * 0.01 * 5, abs=0.05)
    assert first["sichuan"] == pytest.approx(sum(others) / 10 * 0.01 * 5, abs=0.05)


def test_doctors_are_those_who_were_counted_not_the_rate_for_more_people(built: Path) -> None:
    """Chengdu: 4.1 per 1,000 of 16.581 million people in 2019, and the country's rise from 2.77 to 3.40."""
    with (folder_of(built, "chengdu-chongqing") / "capacity.csv").open(encoding="utf-8", newline="") as opened:
        (row,) = (r for r in csv.DictReader(opened) if (r["city"], r["service"]) == ("chengdu", "doctors"))
    assert float(row["capacity"]) == pytest.approx(4.1 * 16581 * 3.40 / 2.77, abs=1)


def test_no_jurisdiction_hires_more_than_are_trained_for_its_people(built: Path) -> None:
    """Chongqing, 32.054 million people: 0.18 doctors a year for 1,000 of them are 28,849 in five years, 57.7 units of 500.
    Chengdu has doctors enough, is offered none and needs no rule about them."""
    rules = {rule.id: rule for rule in load_case(folder_of(built, "chengdu-chongqing")).rules}
    limited = [("doctors", "chongqing"), ("doctors", "sichuan")]
    limited += [("nurses", side) for side in ("chongqing", "chengdu", "sichuan")]
    named = {f"trained-{service}-{side}-{t}" for service, side in limited for t in (2030, 2035, 2040)}
    assert {name for name in rules if name.startswith("trained")} == named
    rule = rules["trained-doctors-chongqing-2035"]
    assert rule.at_most == pytest.approx(0.18 * 32054.159 * 5 / 500, abs=0.05)
    assert (rule.of, tuple(rule.periods)) == ("units", ("2035",))


def test_railways_cost_what_they_come_to_in_the_end(built: Path) -> None:
    """Suining-Neijiang: 25.71 bn CNY x 1.306, half of it public; what is under way costs what is published."""
    with (folder_of(built, "chengdu-chongqing") / "norms.csv").open(encoding="utf-8", newline="") as opened:
        norms = {row["id"]: float(row["capital_cost"]) for row in csv.DictReader(opened)}
    assert norms["inter-city-rail"] == pytest.approx(0.1909 * 1.306 / 2, rel=2e-3)
    with (folder_of(built, "chengdu-chongqing") / "measures.csv").open(encoding="utf-8", newline="") as opened:
        costs = {row["id"]: row["capital_cost"] for row in csv.DictReader(opened)}
    assert float(costs["suining-neijiang-rail"]) == pytest.approx(25.71 * 1.306 / 2, abs=1e-3)
    assert float(costs["mianyang-suining-rail"]) == pytest.approx(32.852 / 2 * 0.3, abs=1e-3)
