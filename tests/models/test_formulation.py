"""Every row states its formula and is held by a test that names it; every symbol of a formula has a meaning on the page."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pyomo.environ as pyo
import pytest

from docs.formulation import formulation_markdown, records
from models import program as contents
from models.instance import Instance, Parameters
from planner.promises import BOUNDS, PROMISES

STATED = [
    (block.__name__, name)
    for block in contents.EVERY
    for name in inspect.getsource(block).replace("(", " ").replace(",", " ").split("m.state ")[1:]
    for name in [name.split()[0]]
]
TESTS_OF_ROWS = "".join(
    file.read_text(encoding="utf-8")
    for file in sorted(Path(__file__).parent.glob("test_*rows*.py"))
    if file.name != "test_rows_over_nothing.py"
)
PAGE = formulation_markdown()

# what a formula writes shorter -> the function, decision or field that it stands for
SHORTER = {
    "Started": "started", "Chosen": "chosen", "Serve": "ServeHome", "Away": "away", "Received": "received",
    "start": "max_starts", "gap": "gap_limit", "target": "target_gap", "capacity": "added", "bound": "pairs",
    "consumer": "consumers", "jobs": "phase_jobs", "bonus": "chain_bonus", "closed": "closed_jobs",
    "existing": "existing_emissions", "cap": "emission_cap", "moved": "moved_share",
    "largest": "lines", "quantity": "of", "share": "fixed_share",
    "most": "origin_route", "saved": "routes", "needs": "routes",
}  # fmt: skip


def symbols(function):
    """The symbols of more than one letter in a function's formula."""
    _, _, formula = (function.__doc__ or "").partition(".. math::")
    return {symbol.replace("\\_", "_") for symbol in re.findall(r"\\mathit\{([^}]*)\}", formula)}


FORMULAS = [
    (f"{block.__name__}.{name}", symbols(function))
    for block in contents.EVERY
    for name, function in inspect.getmembers(block, inspect.isfunction)
    if function.__module__ == block.__name__ and symbols(function)
]


def meanings():
    """Every name that the page, or the code beside a formula, gives a meaning."""
    model = contents.build(Instance(), blocks=contents.EVERY)
    named = {c.local_name for kind in (pyo.Var, pyo.Expression) for c in model.component_objects(kind)}
    named |= {field.name for block in contents.EVERY for owner in records(block) for field in fields(owner)}
    return named | {name for block in contents.EVERY for name, _ in inspect.getmembers(block, inspect.isfunction)}


MEANINGS = meanings()


@pytest.mark.parametrize(("block", "row"), STATED)
def test_every_row_states_its_formula_and_is_held_by_a_test_of_its_rows(block, row):
    function = next(getattr(b, row) for b in contents.EVERY if b.__name__ == block)
    assert ".. math::" in (function.__doc__ or "")
    assert f'"{row}"' in TESTS_OF_ROWS  # asked for
    assert f'"{row}[' in TESTS_OF_ROWS  # and written by hand


@pytest.mark.parametrize(("formula", "used"), FORMULAS, ids=[name for name, _ in FORMULAS])
def test_every_symbol_of_a_formula_is_a_name_of_the_code(formula, used):
    assert not {symbol for symbol in used if SHORTER.get(symbol, symbol) not in MEANINGS}


def test_every_shorter_symbol_stands_for_something():
    assert set(SHORTER.values()) <= MEANINGS


def test_every_constraint_of_a_model_is_a_row_of_its_own_name():
    model = contents.build(Instance(), blocks=contents.EVERY)
    assert {c.local_name for c in model.component_objects(pyo.Constraint)} == {row for _, row in STATED}


def test_the_page_of_formulas_names_every_row_and_gives_every_symbol_a_meaning():
    assert all(f"### `{row}`" in PAGE for _, row in STATED)
    assert "| - |" not in PAGE
    assert "| None |" not in PAGE
    assert not [c for c in PAGE if ord(c) < 32 and c != "\n"]


def test_no_two_records_have_a_field_of_the_same_name():
    """So that a name on the page, and in instances made by hand, says whose it is."""
    given = [kind for block in contents.EVERY for kind in records(block) if issubclass(kind, Parameters)]
    names = [field.name for kind in given for field in fields(kind)]
    assert sorted(names) == sorted(set(names))


def test_everything_that_a_block_is_given_is_told_on_the_page():
    given = [kind for block in contents.EVERY for kind in records(block) if issubclass(kind, Parameters)]
    assert not [field.name for kind in given for field in fields(kind) if f"| `{field.name}` | " not in PAGE]


def test_every_row_that_is_a_rule_of_the_case_belongs_to_exactly_one_declared_promise():
    promises = contents.build(Instance(), blocks=contents.EVERY).promises
    assert Counter(promise.row for promise in PROMISES) == Counter(promises)
    assert len(promises) == len(set(promises)) > 0


def test_every_bound_that_may_give_way_is_one_of_the_columns_of_a_model():
    columns = {c.local_name for c in contents.build(Instance(), blocks=contents.EVERY).component_objects(pyo.Var)}
    assert {column for bound in BOUNDS for column in bound.rows} <= columns
