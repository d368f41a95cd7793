"""What a question needs to be asked on a page: its words, and a field for each of its options, read off its command."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from planner.words.said import Sentence

Kind = Literal[
    "whole", "number", "numbers", "switch", "text", "choice", "measure", "measures", "lines", "scenarios", "period", "plan",
    "decisions",
]  # fmt: skip
CASE = "{case}"  # in the words of a question: where the case lies, once it is asked
GIVEN = "{given}"  # the same of a folder with the files that are given with it
BY_METAVAR: Mapping[str, Kind] = {
    "MEASURE": "measure", "LINE": "lines", "PERIOD": "period", "PLAN": "plan", "DECISIONS": "decisions",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One option of a question.

    Attributes
    ----------
    flag
        As it is typed; empty where it is known by its place.
    kind
        What is asked for.
    about
        What it means, as the command's help says it.
    least, most
        Of figures.
    usual
        What holds unless told; None = the question decides.
    needed
        Whether it has to be told.
    choices
        Value -> what it is called, of a choice.
    """

    name: str
    flag: str
    kind: Kind
    about: Sentence
    least: float | None = None
    most: float | None = None
    usual: Any = None
    needed: bool = False
    choices: Mapping[str, Sentence] = field(default_factory=dict)


@dataclass(frozen=True)
class Offered:
    """A question as a page offers it.

    Attributes
    ----------
    asks
        The question.
    takes
        What it tells, and how long that takes.
    choices
        Option -> its values, where it has few.
    hidden
        Options that nobody asks for on a page.
    gives_plan
        Whether what comes of it is a plan, and no answer.
    at_once
        Whether a page answers it by itself while it is looked at, with no run.
    """

    asks: Sentence
    takes: Sentence
    choices: Mapping[str, Mapping[str, Sentence]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    gives_plan: bool = False
    at_once: bool = False

    def of(self, command: Callable[..., None]) -> Callable[..., None]:
        """The command, offered so."""
        command.offered = self  # type: ignore[attr-defined]
        return command


def offered(command: Callable[..., Any]) -> Offered | None:
    """How a command is offered; None of one that is no question."""
    found = getattr(command, "offered", None)
    return found if isinstance(found, Offered) else None


def about_a_plan(command: Callable[..., Any]) -> bool:
    """Whether a question is asked about a plan, and not of a case alone."""
    of = offered(command)
    return (of is not None and of.at_once) or "plan" in inspect.signature(command, eval_str=True).parameters


def begin(command: Callable[..., Any], plan: Path) -> list[str]:
    """The words of a question before its options: the case, or the plan and the case; then the plan that it is about."""
    asked = inspect.signature(command, eval_str=True).parameters
    if _is_place(asked["plan"]) if "plan" in asked else False:
        return [command.__name__, str(plan), "--case", CASE]
    return [command.__name__, CASE, *(["--plan", str(plan)] if "plan" in asked else [])]


def _is_place(one: inspect.Parameter) -> bool:
    return not _flag(_declared(one))


def _flag(declared: Any) -> str:
    """How an option is typed; empty of what is known by its place. In an annotation its first word stands as the default."""
    said = (declared.default, *(declared.param_decls or ()))
    return next((flag for flag in said if isinstance(flag, str) and flag.startswith("--")), "")


def fields_of(command: Callable[..., Any], shared: type[Any] | None = None) -> list[Field]:
    """The fields of a question, but for those that say of what it is asked, and those that all questions share.

    Parameters
    ----------
    shared
        The data class of the options that all questions share.
    """
    of = offered(command) or Offered(Sentence(""), Sentence(""))
    common = () if shared is None else fields(shared)
    left_out = {one.name for one in common} | {"case", "place", "scenario", "plan", *of.hidden}
    return [
        _field(one, of.choices.get(name, {}))
        for name, one in inspect.signature(command, eval_str=True).parameters.items()
        if name not in left_out
    ]


def _field(one: inspect.Parameter, choices: Mapping[str, Sentence]) -> Field:
    declared = _declared(one)
    needed = one.default is inspect.Parameter.empty
    return Field(
        one.name, _flag(declared),
        "choice" if choices else _kind(one.name, one.annotation, declared.metavar or ""),
        Sentence(declared.help or ""), declared.min, declared.max, None if needed else one.default, needed, choices,
    )  # fmt: skip


def _declared(one: inspect.Parameter) -> Any:
    return get_args(one.annotation)[1]


def _kind(name: str, annotation: Any, metavar: str) -> Kind:
    plain = get_args(annotation)[0]
    kinds = set(get_args(plain) if get_origin(plain) in (Union, UnionType) else (plain,)) - {type(None)}
    several = any(get_origin(part) is list for part in kinds)
    word = metavar.strip("[].")
    known = BY_METAVAR.get(word) or ("measure" if name in ("measure", "measures") else None)
    if known is not None:
        return "measures" if known == "measure" and several else known
    if name == "scenarios" and plain is str:
        return "scenarios"
    if bool in kinds:
        return "switch"
    return "whole" if int in kinds else "number" if kinds == {float} else "numbers" if kinds == {list[float]} else "text"
