"""Plans whose case lost letters before it was stored: what was no letter in a file stands as a mark in names for ever."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

from planner.audit import audit
from planner.case import CaseInvalid, load_case
from planner.plans.plan import Plan
from planner.plans.store import checksums, read_plan, write_plan

Run = Callable[..., Result]
LOST = "In\ufffdand"


def lose(folder: Path) -> Path:
    """A plan as an earlier version wrote it: a letter of a city's name is lost, and every digest fits."""
    names = {city.id: city.name for city in load_case(folder / "case", stored=True).cities.values()}
    routes = pd.read_csv(folder / "routes.csv", dtype=str, keep_default_na=False)
    routes["via"] = [_with_names(via.split(";"), names) for via in routes["via"]]
    routes.to_csv(folder / "routes.csv", index=False, lineterminator="\r\n")
    for file in (folder / "case" / "cities.csv", folder / "routes.csv"):
        text = file.read_text(encoding="utf-8")
        assert "Inland" in text
        file.write_text(text.replace("Inland", LOST), encoding="utf-8", newline="")
    content = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    del content["ended"]
    content |= {"format": 2, "reason": "", "worse_off": []}
    content["case"]["hash"] = load_case(folder / "case", stored=True).content_hash
    content["sha256"] = checksums(folder, content)
    (folder / "plan.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def _with_names(way: list[str], names: dict[str, str]) -> str:
    """A way as format 2 had it: City (mode) City."""
    return " ".join(f"({part})" if n % 2 else names[part] for n, part in enumerate(way))


@pytest.fixture
def old(plan: Plan, tmp_path: Path) -> Path:
    return lose(write_plan(plan, tmp_path / "old"))


@pytest.mark.slow
def test_a_plan_whose_case_lost_letters_is_read_with_them_and_passes_its_audit(old: Path, tmp_path: Path) -> None:
    found = read_plan(old)
    assert found.case.cities["inland"].name == LOST
    assert found.audit == "passed"
    assert audit(found).passed
    assert any("holds \ufffd" in str(doubt) for doubt in found.case.doubts), "it is doubted, and not silent"
    again = read_plan(write_plan(found, tmp_path / "again"))
    assert again.case.content_hash == found.case.content_hash


@pytest.mark.slow
@pytest.mark.parametrize("words", [
    ("show", "{old}"), ("show", "{old}", "--json"), ("audit", "{old}"), ("runs", "show", "{old}"), ("runs", "list", "."),
    ("export", "{old}", "-o", "tables"), ("export", "{old}", "--xlsx", "plan.xlsx"), ("compare", "{old}", "{other}"),
    ("report", "{old}", "--quick", "-o", "plan.html"), ("report", "{old}", "-o", "map.svg"),
    ("replan", "{old}", "--from", "2031-2035"),
])  # fmt: skip
def test_every_command_takes_such_a_plan(run: Run, plan: Plan, old: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    other = write_plan(plan, tmp_path / "other")
    done = run(*(word.format(old=old, other=other) for word in words))
    assert done.exit_code == 0, done.output


def test_a_case_that_is_still_to_be_planned_is_refused_as_before(old: Path, run: Run) -> None:
    """Who edits it can write the letters anew."""
    with pytest.raises(CaseInvalid, match="where a letter could not be read"):
        load_case(old / "case")
    done = run("validate", old / "case")
    assert done.exit_code == 3
    assert "cities.csv, row 4, column name" in done.stdout
