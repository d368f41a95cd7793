"""The columns of the tables and the keys of case.yaml as forms need them: meaning, unit, limits, choices, what they name.

All of it follows from the schema, so that a spreadsheet, a page and the documentation say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from planner.case import values
from planner.case.case import Case, CaseKeys, as_format
from planner.case.declared import FrozenDict, Key, Thing, things_in
from planner.case.goals import as_parts
from planner.case.money import as_reserves
from planner.case.places import TODAY, as_period, by_border
from planner.case.rows import PEOPLE, TABLES, NamesOfCase
from planner.case.values import as_stock
from planner.words.said import _, altered, series

YES_NO = ("yes", "no")
KINDS: Mapping[Any, str] = {  # what a converter takes, in words
    values.as_number: _("number"),
    values.as_whole: _("whole number"),
    values.as_yes_no: _("yes or no"),
    values.as_name: _("name"),
    values.as_text: _("text"),
    values.as_label: _("text in one line, at most {most} characters").format(most=values.LONGEST_LABEL),
    values.as_title: _("text in one line, at most {most} characters").format(most=values.LONGEST_TITLE),
    values.as_list: _("names"),
    values.as_shares: "line:share;line:share",
    values.as_selection: _("selection"),
    values.by_period: _("number, or one for each period"),
    by_border: _("number at least 0, or keys, see below"),
    as_reserves: _("share at least 0, or a list of keys, see below"),
    values.as_year: _("year"),
    values.as_stock: _("number at least 0, or unknown"),
    values.as_weight: _("number above 0, or population"),
    values.as_common_goal: _("common, each, or indicators with weights above 0"),
    as_parts: _("part, or parts with weights"),
    as_period: _("period"),
    as_format: "1",
}
PLAIN: Mapping[Any, str] = {
    float: _("number"),
    int: _("whole number"),
    bool: _("yes or no"),
    str: _("text"),
    Any: _("any value"),
}
LIMITS = ((Ge, "ge", _("at least")), (Gt, "gt", _("more than")), (Le, "le", _("at most")), (Lt, "lt", _("less than")))


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
        for mark, attribute, __ in LIMITS
    }
    return Column(
        name=name,
        meaning=key.by_period if when not in ("", TODAY) else key.description,
        unit=_unit(key.unit, money),
        allowed=altered(value_words(key), _without_signs),
        default=_("none") if when else altered(default_words(key), _without_signs),
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


def _without_signs(text: str) -> str:
    """A text without the signs of Markdown."""
    return text.replace("`", "").replace("**", "")


def default_words(key: Key) -> str:
    """What an empty cell, or a key that is not there, means."""
    if key.empty:
        return key.empty
    if key.needed:
        return _("**needed**")
    if isinstance(key.default, bool):
        return _("yes") if key.default else _("no")
    if isinstance(key.default, float | int):
        return f"{key.default:g}"
    return f"`{key.default}`" if isinstance(key.default, str) and key.default else _("none")


def value_words(key: Key) -> str:
    """What may stand in a cell, or under a key."""
    return _kind(figure_of(key))


def figure_of(key: Key) -> Any:
    """The type of one figure, also where a column has others beside it by period."""
    kind = key.kind
    for __ in range(bool(key.by_period) + (key.name == PEOPLE)):
        kind = get_args(kind)[1]
    return kind


def _kind(annotation: Any) -> str:
    """What may stand there, in words: kind and limits."""
    kind, notes = _unfolded(annotation, [])
    converters = [n.func for n in notes if isinstance(n, BeforeValidator)]
    words = KINDS[converters[0]] if converters else _plain(kind)
    limits = [
        _("{phrase} {limit:g}").format(phrase=phrase, limit=getattr(n, attribute))
        for mark, attribute, phrase in LIMITS
        for n in notes
        if isinstance(n, mark)
    ]
    return series([words, *limits], ", ") if limits else words


def _plain(annotation: Any) -> str:
    """The kind of a value without a converter."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return code(inner)
    if origin is FrozenDict:
        return _("table of {kind}").format(kind=_kind(inner[1]))
    if origin is tuple:
        return _("list of {kind}").format(kind=_kind(inner[0]))
    if things_in(annotation):
        return _("keys, see below")
    return PLAIN[annotation]


def code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{n}`" for n in names)


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
