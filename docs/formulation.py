"""The formulas as a page: notation from the instance and the decisions, one section a block, from the docstrings."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import textwrap
from collections.abc import Iterator
from types import FunctionType, ModuleType

import models
from models import goals, program
from models.instance import Instance, Parameters
from models.measures import Made
from models.modelling import pyo

HEADER = """\
# The formulation

<!-- made by python docs/generate.py from the docstrings in models/: change them there -->

What a plan's model says, block by block; the last two blocks, division and dual, are those of a programme, over all of its
members. Every row below is a function in `models/` of the same name, and a row of the model (and of its LP file) under that
name.
"""


def formulation_markdown() -> str:
    """The whole page."""
    letters = inspect.cleandoc(models.__doc__ or "").split("Index letters: ")[1]
    parts = [HEADER, f"Index letters: {' '.join(letters.split())}\n", *_notation()]
    for block in program.EVERY:
        parts += _section(block)
    return "\n".join(parts).rstrip() + "\n"


def _notation() -> Iterator[str]:
    yield "## Notation\n\n### Sets and parameters\n\n| block | name | meaning |\n|---|---|---|"
    yield "| all | `periods` | planning periods t, in order |"
    for block in program.EVERY:
        for record in records(block):
            for name, meaning in _fields(record) if issubclass(record, Parameters) else ():
                yield f"| `{_name(block)}` | `{name}` | {meaning} |"
    yield "\n### Records\n"
    for block in program.EVERY:
        for record in records(block):
            if not issubclass(record, Parameters) and record is not Made:
                yield f"**{record.__name__}.** {inspect.cleandoc(record.__doc__ or '')}\n"
    yield "\n### Decisions\n\n| name | meaning |\n|---|---|"
    for variable in program.build(Instance(), blocks=program.EVERY).component_objects(pyo.Var):
        yield f"| `{variable.local_name}` | {variable.doc} |"
    yield ""


def records(block: ModuleType) -> tuple[type, ...]:
    """The dataclasses of a block: what it is given, and what that is made of."""
    found = [kind for _, kind in inspect.getmembers(block, inspect.isclass) if kind.__module__ == block.__name__]
    return tuple(sorted(filter(dataclasses.is_dataclass, found), key=lambda kind: inspect.getsourcelines(kind)[1]))


def _name(block: ModuleType) -> str:
    return block.__name__.split(".")[-1]


def _fields(described: type) -> Iterator[tuple[str, str]]:
    """Fields of a dataclass with the comment beside each."""
    for line in inspect.getsource(described).partition("@property")[0].partition("@cached_property")[0].splitlines():
        field, _, comment = line.strip().partition("  # ")
        if ":" in field and comment and not field.startswith(("#", "class", '"""', "def", "return", "@")):
            yield field.split(":")[0], comment.replace("|", "or")


def _section(block: ModuleType) -> Iterator[str]:
    """A block: its sentence, then its expressions, rows and goals in the order of the file."""
    yield f"## {_name(block).capitalize()}\n\n{inspect.cleandoc(block.__doc__ or '')}\n"
    for function in _functions(block):
        doc = inspect.cleandoc(function.__doc__ or "")
        if ".. math::" in doc:
            words, formula = doc.split(".. math::")
            yield f"### `{function.__name__}`\n\n{words.strip()}\n\n$$\n{textwrap.dedent(formula).strip()}\n$$\n"
    if block is goals:
        yield "Parts of a goal:\n"
        for part, rule in goals.PARTS.items():
            yield f"- `{part}`: {inspect.cleandoc(rule.__doc__ or '')}"
        yield ""


def _functions(block: ModuleType) -> Iterator[FunctionType]:
    """A block's own functions, in the order of its file."""
    for node in ast.parse(inspect.getsource(block)).body:
        if isinstance(node, ast.FunctionDef):
            function: FunctionType = getattr(block, node.name)
            yield function
