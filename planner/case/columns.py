"""The columns of the tables and the keys of case.yaml as forms need them: meaning, unit, limits, choices, what they name.

All of it follows from the schema, so that a spreadsheet, a page and the documentation say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from planner.case import values
from planner.case.case import Case, CaseKeys
from planner.case.declared import Key, Thing, things_in
from planner.case.describing import default_words, figure_of, value_words
from planner.case.places import TODAY
from planner.case.rows import TABLES, NamesOfCase
from planner.case.values import as_stock
from planner.words.said import _, altered, series

YES_NO = ("yes", "no")


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name, meaning, unit
        As in the documentation; money and other units of the case are filled in.
    allowed, default
        What may stand in a cell, and what an empty one means, in words.
    needed
        Whether the table must have it.
    options
        The only texts that may stand there; empty where there are others.
    is_number, least, most, above, below
        Whether cells are numbers, and their limits (`above` and `below` exclude the limit); None = no limit.
    or_text
        Whether a number may also be a word (unknown).
    whole
        Whether the number must be whole.
    names
        What its cells name, such as "a city"; None where they name nothing.
    several
        Whether a cell may hold several names with ';' between.
    """

    name: str
    meaning: str
    unit: str
    allowed: str
    default: str
    needed: bool
    options: tuple[str, ...]
    is_number: bool
    least: float | None
    most: float | None
    above: float | None
    below: float | None
    or_text: bool
    whole: bool
    names: str | None
    several: bool

    @property
    def note(self) -> str:
        """Everything a reader should know about it, in lines."""
        unit = [_("Unit: {unit}").format(unit=self.unit)] if self.unit else []
        allowed = _("Allowed: {allowed}").format(allowed=self.allowed)
        empty = _("Needed.") if self.needed else _("Empty: {default}").format(default=self.default)
        return series((self.meaning, *unit, allowed, empty), "\n")

    @property
    def short(self) -> str:
        """The same in one short text."""
        said = _("{meaning} ({unit}). Allowed: {allowed}.") if self.unit else _("{meaning}. Allowed: {allowed}.")
        return altered(said.format(meaning=self.meaning, unit=self.unit, allowed=self.allowed), as_excel_takes_it)

    @property
    def between(self) -> dict[str, Any]:
        """Its limits as spreadsheets take them."""
        low = self.least if self.least is not None else self.above
        high = self.most if self.most is not None else self.below
        if low is not None and high is not None:
            return {"criteria": "between", "minimum": low, "maximum": high}
        if high is not None:
            return {"criteria": "<=" if self.below is None else "<", "value": high}
        if low is not None:
            return {"criteria": ">=" if self.above is None else ">", "value": low}
        return {"criteria": "between", "minimum": -values.LARGEST, "maximum": values.LARGEST}


def columns_of(table: str, case: Case) -> dict[str, Column]:
    """All columns that a table of a case may have, by name, in the order of the documentation."""
    return columns_for(table, {"periods": case.period_ids, "people": case.people}, case.money.unit)


def columns_for(table: str, known: NamesOfCase, money: str) -> dict[str, Column]:
    """The same of a case that cannot be read yet.

    Parameters
    ----------
    known
        Its periods and people, after which columns are named.
    money
        Its unit of money.
    """
    kind = TABLES[table]
    found = {name: _column(name, kind.by_name[name], money) for name in kind.columns}
    return found | {name: _column(name, key, money, place[-1]) for name, (key, place) in kind.of_case(known).items()}


def _column(name: str, key: Key, money: str, when: str = "") -> Column:
    """What is declared of a column; `when`: the period that one of several is for, or today."""
    kind, notes = _unfolded(figure_of(key), [])
    converters = {n.func for n in notes if isinstance(n, BeforeValidator)}
    is_stock = as_stock in converters
    options = tuple(str(o) for o in get_args(kind)) if get_origin(kind) is Literal else ()
    limit = {
        attribute: next((float(getattr(n, attribute)) for n in notes if isinstance(n, mark)), None)
        for mark, attribute in ((Ge, "ge"), (Le, "le"), (Gt, "gt"), (Lt, "lt"))
    }
    return Column(
        name=name,
        meaning=key.by_period if when not in ("", TODAY) else key.description,
        unit=_unit(key.unit, money),
        allowed=altered(value_words(key), _plain),
        default=_("none") if when else altered(default_words(key), _plain),
        needed=key.needed,
        options=YES_NO if values.as_yes_no in converters else options,
        is_number=bool(converters & {values.as_number, values.as_whole}) or is_stock,
        least=0.0 if is_stock else limit["ge"],
        most=limit["le"],
        above=limit["gt"],
        below=limit["lt"],
        or_text=is_stock,
        whole=values.as_whole in converters,
        names=key.names or None,
        several=bool(converters & {values.as_list, values.as_shares}),
    )


def _unfolded(annotation: Any, notes: list[Any]) -> tuple[Any, list[Any]]:
    """The kind of a value without None, and all that is noted of it."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *inner = get_args(annotation)
            notes = [*inner, *notes]
        elif get_origin(annotation) in (Union, UnionType):
            options = [a for a in get_args(annotation) if a is not type(None)]
            if len(options) != 1:
                break
            annotation = options[0]
        else:
            break
    flat = [part for n in notes for part in (n.metadata if isinstance(n, FieldInfo) else [n])]
    return annotation, flat


def _unit(unit: str, money: str) -> str:
    """The unit of a column in a case: `money` is the case's money."""
    if unit == "money":
        return money
    return _("{money} a year").format(money=money) if unit == "money a year" else unit


def _plain(text: str) -> str:
    """A text without the signs of Markdown."""
    return text.replace("`", "").replace("**", "")


def as_excel_takes_it(text: str) -> str:
    """As much of a text as Excel shows beside a cell."""
    return text[:255]


def meanings_of_keys() -> Callable[[str], tuple[str, str]]:
    """A function from a dotted key of case.yaml, such as services.care.unit, to its unit and meaning."""

    def look(key: str) -> tuple[str, str]:
        thing: type[Thing] | None = CaseKeys
        found: Key | None = None
        for part in key.split("."):
            name = part.partition("[")[0]
            if thing is None:
                break
            known = next((k for k in thing.declares().values() if k.name == name), None)
            if known is not None:
                found = known
                kinds = things_in(known.kind)
                thing = kinds[0] if len(kinds) == 1 else None
        return ("", "") if found is None else (found.unit, found.description)

    return look
