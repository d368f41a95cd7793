"""What plans of format 2 said in sentences is read as data, once: `planner.plans.versions` and nothing else knows them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from planner.case import load_case
from planner.plans import versions
from planner.plans.ended import Ended, reason
from planner.plans.plan import GoalResult
from tests.kept.test_first import FIRST

ROOT = Path(__file__).parents[2]
GOAL = GoalResult("gaps", 1.0, 0.99, 0.01, 0.01)
SAID = {  # as format 2 wrote them, after 9 s, with the first goal proven within 1 %
    "the time limit of 9 s was hit in goal gaps, proven within 1.00%; not looked at: spending, starts": (
        Ended("unproven", "limit", "gaps", left=("spending", "starts")),
    ),
    "its share of the time limit of 9 s was used up in goal gaps, proven within 1.00%": (
        Ended("unproven", "share", "gaps"),
    ),
    "interrupted in goal gaps + 0.5 worst_city, nothing proven": (
        Ended("unproven", "interrupted", "gaps + 0.5 worst_city"),
    ),
    "the solver failed in goal fair, city 2 of 14, nothing proven": (Ended("unproven", "failed", "fair", 2, 14),),
    "the solver cannot tell gaps below 1.0e-02 from none in goal gaps, proven within 1.00%": (
        Ended("unproven", "optimal", "gaps"),
    ),
    "the time limit of 9 s ended before goal spending": (Ended("not begun", "limit", "spending"),),
    "goal spending ended without a better solution: the time limit was hit": (Ended("no better", "limit", "spending"),),
    "no plan was found within 9 s: the time limit was hit": (Ended("none found", "limit"),),
    "interrupted before any plan was found": (Ended("none found", "interrupted"),),
    "interrupted while finding routes": (Ended("stopped", "interrupted", text="finding routes"),),
    "the time limit of 9 s ended while finding routes": (Ended("stopped", "limit", text="finding routes"),),
    "no plan keeps all targets, rules, limits, decided measures and budget lines at once, with nobody losing": (
        Ended("impossible"),
    ),
    "the stand-alone plan of Hebei is not proven: the solver failed; "
    "rounding the solver's integers breaks a promise by a little; nothing is proven": (
        Ended("alone", text="Hebei", why="the solver failed"),
        Ended("rounding"),
    ),
    "the stand-alone plan of Tianjin is not proven: the time limit of 3 s was hit in goal Tianjin alone, nothing proven": (
        Ended("alone", text="Tianjin", why="the time limit of 3 s was hit in goal Tianjin alone, nothing proven"),
    ),
    "the plan is better than the solver's bound for goal gaps; that bound is taken back; rounding the solver's integers "
    "breaks a promise by a little; nothing is proven": (Ended("bound taken back", goal="gaps"), Ended("rounding")),
    "the audit does not confirm it; interrupted": (Ended("not confirmed"), Ended("stopped", "interrupted")),
    "hand-made: decisions given, figures computed": (Ended("made by hand"),),
    "alternative 2 to the best plan": (Ended("told", text="alternative 2 to the best plan"),),
}


@pytest.mark.parametrize("said", SAID)
def test_why_a_search_ended_is_read_as_data_and_told_as_it_was(said: str) -> None:
    assert versions.ended(said) == SAID[said]
    assert reason(SAID[said], [GOAL], 9.0) == said


def test_a_reason_keeps_its_other_language_where_it_is_only_told() -> None:
    (told,) = versions.ended("alternative 2 to the best plan", {"zh": {"alternative 2 to the best plan": "替代"}})
    assert told.text.in_language("zh") == "替代"  # type: ignore[attr-defined]


def test_a_way_is_read_as_ids() -> None:
    case = load_case(FIRST / "plans" / "tiny" / "case", stored=True)
    names = [city.name for city in case.cities.values()]
    mode, (first, second, *_others) = next(iter(case.modes)), case.cities
    assert versions.way(case, f"{names[0]} ({mode}) {names[1]}") == f"{first};{mode};{second}"
    assert versions.way(case, names[0]) == next(iter(case.cities))


def test_a_sentence_that_is_none_of_this_program_is_kept_as_it_is() -> None:
    case = load_case(FIRST / "plans" / "tiny" / "case", stored=True)
    found = versions.broken(case, "line nowhere, 2026-2030: 1 bn over")
    assert (found.kind, found.ids) == ("", ("line nowhere, 2026-2030: 1 bn over",))


@pytest.mark.slow
def test_no_code_looks_into_a_sentence() -> None:
    """A message, or what tells one, is given to nothing that takes texts apart; only `versions` may, of old plans."""
    found = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for package in ("planner", "ui")
        for file in sorted((ROOT / package).rglob("*.py"))
        if file != Path(str(versions.__file__))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call | ast.Compare) and _looks_into_one(call)
    ]
    assert found == []


SENTENCES = {"reason", "worse_off", "said", "missing"}  # attributes that hold finished sentences
TAKING_APART = {
    "split",
    "partition",
    "rpartition",
    "startswith",
    "endswith",
    "removeprefix",
    "removesuffix",
    "find",
    "index",
}
LOOKING = {"match", "search", "fullmatch", "findall", "finditer", "sub", "split"}


def _looks_into_one(node: ast.Call | ast.Compare) -> bool:
    if isinstance(node, ast.Compare):  # "words" in plan.reason, text == _("words")
        texts = [node.left, *node.comparators]
        within = zip(node.ops, texts[1:], strict=True)
        is_in = any(isinstance(op, ast.In | ast.NotIn) and _is_sentence(of) for op, of in within)
        return is_in or (any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops) and any(map(_is_message, texts)))
    if not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr in LOOKING and any(map(_is_sentence, node.args)):
        return True
    return node.func.attr in TAKING_APART and (_is_sentence(node.func.value) or any(map(_is_message, node.args)))


def _is_message(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"


def _is_sentence(node: ast.AST) -> bool:
    return _is_message(node) or (isinstance(node, ast.Attribute) and node.attr in SENTENCES)
