"""The shipped cases are what their rules make of their figures, and the figures are plausible."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

CASES = Path(__file__).resolve().parents[2] / "cases"


def build(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What `python cases/build.py` answers."""
    command = [sys.executable, str(CASES / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


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


INDICATORS = {
    "doctors": ["doctors"],
    "nurses": ["nurses"],
    "university": ["students of the city", "students of the province"],
}


@pytest.mark.parametrize("cluster", sorted(file.parent.name for file in CASES.glob("figures/*/cluster.yaml")))
def test_a_case_has_only_services_that_are_known_for_four_fifths_of_its_people(cluster: str) -> None:
    """Beds for the elderly are known nowhere; only jing-jin-ji, which is shipped so, spreads the national density."""
    chosen = yaml.safe_load((CASES / "figures" / cluster / "cluster.yaml").read_text(encoding="utf-8"))
    services = set(chosen.get("services", [])) - ({"care"} if cluster == "jing-jin-ji" else set())
    about = known(cluster)
    for service in services:
        assert any(about[name]["enough"] == "yes" for name in INDICATORS[service]), service
    assert not chosen.get("airsheds") or float(about["steel and its emissions"]["share_of_people"]) > 0
