"""docs/first-real-case.md: what its commands and blocks make is a valid case, solved and audited as the page says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from planner.audit import audit
from planner.plans.store import read_plan

PAGE = (Path(__file__).parents[2] / "docs" / "first-real-case.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([a-z]+\.(?:yaml|csv))`\n\n```[a-z]+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
PRINTED = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [line.split() for line in re.findall(r"^planner .*$", PAGE, re.MULTILINE)]
REPLACED = {"cities.csv", "links.csv", "capacity.csv", "measures.csv", "parks.csv", "budgets.csv", "case.yaml"}


def test_every_block_and_command_of_the_page_is_found() -> None:
    assert set(FILES) == {"list.csv"} | REPLACED
    assert len(PRINTED) == 1
    assert [command[:2] for command in COMMANDS] == [["planner", name] for name in
        ("init", "validate", "validate", "solve", "show", "solve", "compare")]  # fmt: skip


@pytest.mark.slow
def test_the_page_makes_a_case_from_a_list_of_cities_that_is_solved_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    """Its commands in their order, with its files written once the first two have made and read the first case."""
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text(FILES["list.csv"], encoding="utf-8")
    for command in COMMANDS[:2]:
        assert run(*command[1:]).exit_code == 0
    for name in REPLACED:
        Path("shanxi", name).write_text(FILES[name], encoding="utf-8")
    Path("shanxi", "norms.csv").unlink()
    valid, solved, shown, more, compared = [run(*command[1:]) for command in COMMANDS[2:]]
    assert [each.exit_code for each in (valid, solved, shown, more, compared)] == [0] * 5
    assert "The case is valid; 2 warnings." in valid.stdout
    for line in PRINTED[0].splitlines():
        assert line in solved.stdout.splitlines()
    plan = read_plan("plans/shanxi--base")
    assert (plan.status, plan.audit) == ("optimal", "passed")
    assert audit(plan).passed
    started = set(plan.table("decisions")["measure"])
    assert {"rail-luliang-shanxi", "park-jinzhong", "park-luliang", "doctors-luliang"} <= started
    assert "park-xinzhou" not in started
    flows = plan.table("flows").query("service == 'doctors' and period == '2040'")
    away = flows[flows["from"] != flows["to"]]
    assert set(away["to"]) == {"taiyuan"}
    assert {"jinzhong", "xinzhou"} <= set(away["from"])
