"""The block, the column and the kind of docs/adding-a-block.md: the page's own code makes a tree that plans with them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from tests.product.conftest import PROJECT

pytestmark = pytest.mark.slow

PAGE = PROJECT / "docs" / "adding-a-block.md"
STEP = re.compile(r"^\*\*`(?P<file>[^`]+)`\*\*|^```(?P<kind>python|diff)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
COPIED = ("docs", "models", "planner", "ui", "cases/tiny", "tests", "pyproject.toml")

# What the page promises of the shipped case `tiny`: its best plan starts the clinic of Inland in the first period and the
# railway's half there in the second, so that Inland would have to rest.
PLANS = """
from pathlib import Path
from planner.audit import audit
from planner.case import load_case
from planner.planning.handmade import evaluate
from planner.planning.search import solve
from planner.promises import broken_in_words

case = load_case(Path("cases/tiny"))
plan = solve(case)
report = audit(plan)
assert plan.status == "optimal" and report.passed, (plan.status, plan.reason, str(report))
assert report.checks["rest"] > 0
starts = set(zip(plan.tables["decisions"]["measure"], plan.tables["decisions"]["start_period"]))
busy = {t for a, t in starts if case.measures[a].cities == ("inland",)}
assert starts and len(busy) < 2, starts
print("first goal", plan.goals[0].value)

made = evaluate(case, {("clinic-inland", "2030"): 1.0, ("rail-north", "2035"): 1.0, ("rail-south", "2035"): 1.0})
report = audit(made)
broken = broken_in_words(case, made.broken)
assert broken == ("Inland, 2031-2035: 1 period of works too many, without a rest",), broken
assert report.passed and [breach.check for breach in report.broken] == ["rest"], str(report)
"""

FIRST_GOAL = """
from pathlib import Path
from planner.case import load_case
from planner.planning.search import solve

plan = solve(load_case(Path("cases/tiny")))
decisions = plan.tables["decisions"]
assert set(decisions["start_period"][decisions["city"] == "inland"]) == {"2030", "2035"}, decisions
print("no plan without it beats", plan.goals[0].bound)
"""


COLUMN = """
from pathlib import Path
from shutil import copytree
from planner.audit import audit
from planner.case import load_case
from docs.case_format import case_format_markdown
from planner.case.problems import CaseInvalid
from planner.case.writing import write_case
from planner.planning.search import solve

def case_with(name, rests):
    folder = Path(copytree("cases/tiny", name))
    header, *cities = (folder / "cities.csv").read_text(encoding="utf-8").splitlines()
    said = [f"{city},{rests.get(city.split(',')[0], '')}" for city in cities]
    (folder / "cities.csv").write_text("\\n".join([f"{header},rests", *said, ""]), encoding="utf-8")
    return load_case(folder)

plain, free = load_case(Path("cases/tiny")), case_with("free", {"inland": "no"})
assert case_with("silent", {}).content_hash == plain.content_hash != free.content_hash
plan = solve(free)
decisions = plan.tables["decisions"]
assert set(decisions["start_period"][decisions["city"] == "inland"]) == {"2030", "2035"} and audit(plan).passed
write_case(free, Path("written"))
assert load_case(Path("written")).cities["inland"].rests is False
assert "| `rests` |" in case_format_markdown()
try:
    case_with("wrong", {"inland": "perhaps"})
except CaseInvalid as invalid:
    (problem,) = invalid.problems
    assert (problem.file, problem.row, problem.column, problem.value) == ("cities.csv", 4, "rests", "perhaps"), problem
    print("refused:", problem)
"""

# The case with parks of tests/product/industrial.py: half of the jobs of the plant in s need skilled people, of whom s has
# 600, and its chain brings it 20 bonus jobs, so that 0.5 x (jobs + 20) = 600. Three units of training make 900 of them.
KIND = """
from pathlib import Path
from dataclasses import replace
from planner.audit import audit
from planner.case import KINDS, FrozenDict, load_case
from docs.case_format import case_format_markdown
from planner.case.effects import TrainPeople
from planner.case.problems import CaseInvalid
from planner.case.writing import write_case
from planner.documents import built
from planner.documents.drawings import theme, timeline
from planner.planning.handmade import evaluate
from planner.planning.search import solve
from planner.words.said import speaking, told
from tests.product.industrial import DECISIONS, write_files

def case_with(name, units, effect="{city: s, people: 100}"):
    folder = write_files(Path(name))
    with (folder / "measures.csv").open("a", encoding="utf-8") as table:
        table.write(f"school,School of cars,training,s,0.05,0.001,{units},0,,,,,\\n")
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    text = text.replace("effects:\\n", "effects:\\n  school: [{train_people: " + effect + "}]\\n")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return load_case(folder)

case = case_with("kind-training", 3)
assert TrainPeople(measure="school", city="s", people=100) in case.effects
write_case(case, Path("kind-written"))
assert load_case(Path("kind-written")).content_hash == case.content_hash
assert "`training`" in case_format_markdown() and "`train_people`" in case_format_markdown()

without, plan = solve(load_case(write_files(Path("kind-plain")))), solve(case)
report = audit(plan)
assert plan.status == "optimal" and report.passed, (plan.status, plan.reason, str(report))
skills = plan.tables["skills"].set_index("period").loc["2040"]
assert all(abs(skills[x] - people) < 1e-3 for x, people in (("free", 600), ("graduates", 300), ("used", 900))), skills
assert plan.goals[0].value < without.goals[0].bound, (plan.goals[0], without.goals[0])

table = plan.tables["skills"].assign(graduates=0.0)
wrong = audit(replace(plan, tables=FrozenDict({**plan.tables, "skills": table})))
assert not wrong.passed and {violation.check for violation in wrong.violations} == {"skills"}, str(wrong)

made = evaluate(case, {**DECISIONS, ("school", "2030"): 1.0})
jobs = made.tables["parks"].set_index(["measure", "period"])["jobs"]["plant", "2030"]
assert abs(jobs - (2 * 700 - 20)) < 1e-3 and audit(made).passed, (jobs, str(audit(made)))

titles = [str(title) for title, _ in built.grids(plan)]
assert "Training (1)" in titles and titles.index("Parks (2)") < titles.index("Training (1)"), titles
assert theme.KINDS["training"] == theme.YELLOW and "training centres" in set(timeline.bars(plan)["kind"])
with speaking("zh"):
    said = [told(title) for title, _ in built.grids(plan)]
    assert "培训（1）" in said or "培训 (1)" in said, said
    assert told(KINDS["training"].counted(3)) == "3 个培训中心"
try:
    case_with("kind-wrong", 1, "{city: nowhere, people: 100}")
except CaseInvalid as invalid:
    (problem,) = invalid.problems
    assert problem.file == "case.yaml" and "nowhere" in str(problem), problem
    print("refused:", problem)
"""


def steps(page: str) -> list[tuple[str, str, str]]:
    """(file, kind, code) of each piece of code that the page shows under a file's name, in order."""
    found, file = [], ""
    for step in STEP.finditer(page):
        file = step["file"] or file
        if step["code"]:
            found.append((file, step["kind"], step["code"]))
    return found


def put(tree: Path, file: str, kind: str, code: str) -> None:
    """A new file, or lines of one that are changed: those without a sign, or with a minus, stand in it once."""
    at = tree / file
    if kind == "python":
        assert not at.exists(), f"{file} is there already"
        at.write_text(code, encoding="utf-8")
        return
    lines = [(line[:1] or " ", line[1:]) for line in code.splitlines()]
    before = "".join(f"{line}\n" for sign, line in lines if sign in " -")
    after = "".join(f"{line}\n" for sign, line in lines if sign in " +")
    text = at.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{file} has {text.count(before)} times:\n{before}"
    at.write_text(text.replace(before, after), encoding="utf-8")


def run(tree: Path, *command: str) -> str:
    """What a Python of the tree prints."""
    environment = {"PYTHONPATH": str(tree), "PATH": ""}
    done = subprocess.run([sys.executable, *command], cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with what the page adds."""
    made = tmp_path_factory.mktemp("block")
    for name in COPIED:
        if (PROJECT / name).is_dir():
            copytree(PROJECT / name, made / name)  # with what is compiled, which holds for files that stay as they are
        else:
            (made / name).write_bytes((PROJECT / name).read_bytes())
    for file, kind, code in steps(PAGE.read_text(encoding="utf-8")):
        put(made, file, kind, code)
    return made


def test_the_page_touches_what_it_says() -> None:
    block, kind = PAGE.read_text(encoding="utf-8").split("## A kind of measure")
    assert list(dict.fromkeys(file for file, _, _ in steps(block))) == [
        "models/rest.py", "models/program.py", "planner/compiling/rest.py", "planner/compiling/__init__.py",
        "planner/promises/rest.py", "planner/promises/__init__.py", "planner/audit/rest.py", "planner/audit/report.py",
        "planner/audit/__init__.py", "tests/models/test_rest_rows.py", "planner/case/places.py",
    ]  # fmt: skip
    assert list(dict.fromkeys(file for file, _, _ in steps(kind))) == [
        "planner/case/kinds.py", "planner/words/zh/case.po", "planner/case/effects.py", "models/industry.py",
        "planner/compiling/industry.py", "planner/planning/figures/industry.py", "planner/audit/parks.py",
        "planner/case/warnings/industry.py", "tests/models/test_training_rows.py",
    ]  # fmt: skip


def test_the_block_has_its_rows_its_formulas_and_its_place_on_the_page_of_formulas(tree: Path) -> None:
    new = ("tests/models/test_rest_rows.py", "tests/models/test_training_rows.py")
    run(tree, "-m", "pytest", "-q", "-p", "no:cacheprovider", *new, "tests/models/test_formulation.py")
    code = "from docs.formulation import formulation_markdown; print(formulation_markdown())"
    assert "### `a_small_city_rests`" in run(tree, "-c", code)


def test_a_plan_keeps_the_block_and_a_hand_made_one_says_that_it_breaks_it(tree: Path) -> None:
    """The law of every further row: with it, no first goal is better than what is proven without."""
    with_it, without = (float(run(where, "-c", code).split()[-1]) for where, code in ((tree, PLANS), (PROJECT, FIRST_GOAL)))
    assert with_it >= without - 1e-9


def test_the_column_is_read_written_described_kept_by_plans_and_refused_where_it_says_nothing(tree: Path) -> None:
    assert "refused:" in run(tree, "-c", COLUMN)


def test_the_kind_is_read_written_planned_with_audited_drawn_and_said_in_both_languages(tree: Path) -> None:
    assert "refused:" in run(tree, "-c", KIND)


def test_the_new_rooms_are_as_strict_as_all_others(tree: Path) -> None:
    new = [file for file, kind, _ in steps(PAGE.read_text(encoding="utf-8")) if kind == "python"]
    run(tree, "-m", "ruff", "check", *new)
    run(tree, "-m", "ruff", "format", "--check", *new)
