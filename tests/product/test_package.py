"""What the tree shows is what is imported; layers hold when the program runs; the documentation follows the code."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import models
import planner
import ui
from tests.product.conftest import PROJECT


def test_the_three_packages_stand_side_by_side() -> None:
    """Another package named models or ui in site-packages would win silently."""
    homes = {Path(package.__file__ or "").parent.parent.resolve() for package in (planner, models, ui)}
    assert len(homes) == 1


@pytest.mark.parametrize("name", ["models", "ui"])
@pytest.mark.parametrize("kind", ["package", "folder", "file"])
def test_a_package_of_the_same_name_in_the_way_is_named(name: str, kind: str, tmp_path: Path) -> None:
    """As `python -m planner` meets it in somebody's project that has a package, a folder or a file called models."""
    match kind:
        case "file":
            (tmp_path / f"{name}.py").touch()
        case _:
            (tmp_path / name).mkdir()
    if kind == "package":
        (tmp_path / name / "__init__.py").touch()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(PROJECT)])}
    done = subprocess.run(
        [sys.executable, "-c", "import planner"], capture_output=True, text=True, env=environment, check=False, cwd=tmp_path
    )
    if kind == "folder":  # without __init__.py it is no package as long as there is a real one
        assert (done.returncode, done.stderr) == (0, "")
    else:
        assert f"package '{name}'" in done.stderr
        assert str(tmp_path) in done.stderr
        assert done.returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "module",
    [
        "planner", "planner.case", "planner.plans.plan", "planner.audit", "planner.plans.store", "planner.documents.text",
        "models.instance", "models.routes",
    ],
)  # fmt: skip
def test_what_needs_no_solver_loads_none(module: str) -> None:
    program = f"import sys, {module}; sys.exit(' '.join({{'pyomo', 'highspy'}} & set(sys.modules)) or None)"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("first", ["from planner.audit import audit", "import planner.audit", "pass"])
def test_audit_is_a_room_and_a_public_function_whoever_imports_it_first(first: str) -> None:
    program = (
        f"{first}\nimport planner\nfrom planner import audit_plan\nfrom planner.audit import AuditReport\n"
        "assert callable(audit_plan) and planner.audit.AuditReport is AuditReport\n"
        "try:\n    audit_plan(None)\nexcept AttributeError as problem:\n    assert 'NoneType' in str(problem)"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_public_name_is_there() -> None:
    for name in planner.__all__:
        assert callable(getattr(planner, name))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        planner.nothing  # noqa: B018


@pytest.mark.slow
def test_the_generated_pages_are_up_to_date() -> None:
    pages = runpy.run_path(str(PROJECT / "docs" / "generate.py"))
    assert pages["outdated"]() == [], "run python -m docs.generate"


def test_pins_name_no_address() -> None:
    text = (PROJECT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--" not in text
    assert all("==" in line for line in text.splitlines())


PINS = re.compile(
    r"^([A-Za-z0-9._-]+)==(\S+?)(?: ; [^\\\n]*)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


def hashed(name: str) -> dict[tuple[str, str], int]:
    """The pins of a file with the number of their hashes; nothing else may stand there."""
    text = (PROJECT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert PINS.sub("", text) == "", "no more than pins with hashes, and no address"
    return {(found[1], found[2]): found[3].count("--hash") for found in PINS.finditer(text)}


def test_every_pin_has_hashes() -> None:
    lines = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {tuple(line.split(" ")[0].split("==")) for line in lines}
    everything = hashed("all")
    assert pins <= set(everything)
    names = {name for name, _ in everything}
    assert {"hatchling", "editables"} <= names
    for part, needed in (("planner", {"pyomo", "highspy"}), ("page", {"pyomo", "streamlit"})):
        assert set(hashed(part)) <= set(everything)
        assert needed <= {name for name, _ in hashed(part)}


def test_make_installs_with_hashes_alone() -> None:
    """What is installed without them has no dependencies to be looked up, and is built with what has them."""
    for line in (PROJECT / "Makefile").read_text(encoding="utf-8").splitlines():
        if "pip install" in line and "uv" not in line:
            assert "--require-hashes" in line or "--no-deps --no-build-isolation" in line, line


def test_the_demo_ends_with_the_line_that_puts_planner_on_the_path() -> None:
    recipe = (PROJECT / "Makefile").read_text(encoding="utf-8").split("\ndemo:")[1].split("\n\n")[0]
    assert recipe.splitlines()[-1].endswith('. $(BIN)/activate"')


def test_the_page_of_the_command_line_tells_the_keys_of_the_written_event() -> None:
    page = (PROJECT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert "kind `written`, has other keys: schema, kind, status, audit, folder" in page
