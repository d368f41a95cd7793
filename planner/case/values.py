"""The kinds of values that a cell of a table or a key of case.yaml may hold, each with its limits.

A cell is always text; a key holds what YAML gives. Both go through the same converters, so that a number means the
same in either place. The converters raise ValueError with a whole sentence; pydantic adds the place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from planner.case.declared import FrozenDict
from planner.case.units import in_words
from planner.words import unprintable
from planner.words.said import _, said_by

MOST_PEOPLE = 1e10  # heads of a city
LARGEST = 1e12  # of any number in a case: more is a slip, and no solver takes it
LONGEST_NAME = 80
LONGEST_TITLE = 60  # of a name that people read: it heads columns
LONGEST_LABEL = 500  # of a name or a unit that stands in rows and on maps
LONGEST_TEXT = 20_000

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋", "0123456789.,-+")  # as Chinese keyboards write them
WIDE_SIGNS = str.maketrans("；：", ";:")  # no name may have these signs, in either width, where it stands in a list
LIKE_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)  # 50.000: fifty, or fifty thousand
GROUPED = re.compile(r"[+-]?\d[\d.,'’ \u00a0\u2009\u202f_]*", re.ASCII)  # digits with any sign between thousands
NOT_IN_NAMES = frozenset(';:,.|/\\"{}[]#*')  # lists, shares and dotted keys need these signs
YES = frozenset({"yes", "true", "1", "是"})
NO = frozenset({"no", "false", "0", "否"})


def as_number(value: object) -> float:
    """A finite number from a cell or a key."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(_("must be a number"))
    if isinstance(value, str):
        value = _number_in(value)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if math.isnan(number):
        raise ValueError(_("must be a number, not NaN"))
    if abs(number) > LARGEST:
        raise ValueError(_("is too large: at most {largest:g}").format(largest=LARGEST))
    return number + 0.0  # -0, as programs write it, is 0: no file says which one it was


def _number_in(text: str) -> float:
    if not text.isascii():
        text = text.translate(FULL_WIDTH)
    if NUMBER.fullmatch(text):
        return float(text)
    if text.lower().lstrip("+-.") in {"nan", "inf", "infinity"}:
        raise ValueError(_("must be a finite number"))
    if text.endswith(("%", "％")):
        said = text[:-1].strip()
        typed, share = (said, float(said) / 100) if NUMBER.fullmatch(said) else ("50", 0.5)
        raise ValueError(_("must be a number: write {typed} % as {share:.10g}").format(typed=typed, share=share))
    if GROUPED.fullmatch(text):
        raise ValueError(
            _("must be a number: a point for decimals, nothing between thousands{hint}").format(hint=_instead(text))
        )
    counted = text.removesuffix("人").removesuffix("元")
    for sign, times in (("万", 10_000), ("亿", 100_000_000)):
        if counted.endswith(sign) and NUMBER.fullmatch(counted[:-1].strip()):
            said = _("must be a number without {sign}: write {number:.10g}, or what that is in the unit of this column")
            raise ValueError(said.format(sign=sign, number=float(counted[:-1]) * times))
    raise ValueError(_("must be a number"))


def _instead(text: str) -> str:
    """What to write for digits with signs between them, where that can be told."""
    plain = re.sub(r"[^\d.,+-]", "", text, flags=re.ASCII)
    points, commas = plain.count("."), plain.count(",")
    if points and commas:  # the last of them stands before decimals
        last = max(plain.rfind("."), plain.rfind(","))
        plain = re.sub("[.,]", "", plain[:last]) + "." + re.sub("[.,]", "", plain[last + 1 :])
    elif commas == 1:
        grouped, decimal = plain.replace(",", ""), plain.replace(",", ".")
        return (
            _(" (write {decimal})").format(decimal=decimal)
            if not LIKE_THOUSANDS.fullmatch(plain)
            else _(" (write {grouped}, or {decimal})").format(grouped=grouped, decimal=decimal)
        )
    elif re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", plain) and points != 1:
        plain = re.sub("[.,]", "", plain)
    return _(" (write {plain})").format(plain=plain) if NUMBER.fullmatch(plain) else ""


def as_whole(value: object) -> int:
    """A whole number from a cell or a key; 2.0, as spreadsheets write it, is 2."""
    number = as_number(value)
    if number != int(number):
        raise ValueError(_("must be a whole number"))
    return int(number)


def as_yes_no(value: object) -> bool:
    """Yes or no from a cell, true or false from a key."""
    if isinstance(value, bool):
        return value
    text = value.lower() if isinstance(value, str) else ""
    if text in YES:
        return True
    if text in NO:
        return False
    raise ValueError(_("must be yes or no (in case.yaml: true or false)"))


def as_name(value: object) -> str:
    """An id or the name of a column or value; a whole number counts as its text."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError(_("must be a name"))
    if not value or value != unprintable.stripped(value):
        raise ValueError(_("must be a name that is not empty and has no space at either end"))
    if len(value) > LONGEST_NAME:
        raise ValueError(_("must be a name of at most {longest_name} characters").format(longest_name=LONGEST_NAME))
    if not value.isprintable() or not NOT_IN_NAMES.isdisjoint(value):
        unfit = next(c for c in value if c in NOT_IN_NAMES or not c.isprintable())
        raise ValueError(
            _("must be a name without {unfit!r}").format(unfit=unfit) if unfit.isprintable() else _without(unfit)
        )
    return value


def as_text(value: object) -> str:
    """Free text; a number counts as its text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError(_("must be text"))
    if len(value) > LONGEST_TEXT:
        raise ValueError(_("must be text of at most {longest_text} characters").format(longest_text=LONGEST_TEXT))
    if (unfit := unprintable.forbidden(value)) is not None:
        raise ValueError(_without(unfit))
    return value


def as_label(value: object) -> str:
    """A name or a unit that people read, in one line; a number counts as its text."""
    return _in_a_line(value, LONGEST_LABEL)


def as_title(value: object) -> str:
    """A name that heads columns, in one line; a number counts as its text."""
    return _in_a_line(value, LONGEST_TITLE)


def _in_a_line(value: object, longest: int) -> str:
    """A text without blanks at its ends, whose blanks are all alike, of signs that people see."""
    text = unprintable.in_a_line(as_text(value))
    if (unfit := unprintable.not_in_a_line(text)) is not None:
        raise ValueError(_without(unfit, in_a_line=True))
    if len(text) > longest:
        raise ValueError(_("must be a name of at most {longest} characters").format(longest=longest))
    return text


def _without(sign: str, in_a_line: bool = False) -> str:
    return (
        _("must be text in one line, without the sign {sign}") if in_a_line else _("must be text without the sign {sign}")
    ).format(sign=unprintable.named(sign))


def as_list(value: object) -> object:
    """Several names: in a cell with ';' between, in case.yaml a list."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.translate(WIDE_SIGNS).split(";") if part.strip())
    if isinstance(value, list | tuple):
        return tuple(value)
    raise ValueError(_("must be a list"))


def as_shares(value: object) -> object:
    """Payers in a cell: line:share;line:share."""
    if not isinstance(value, str):
        raise ValueError(_("must be line:share;line:share"))
    shares: dict[str, str] = {}
    for part in value.translate(WIDE_SIGNS).split(";"):
        line, colon, share = (piece.strip() for piece in part.partition(":"))
        if not (line and colon and share):
            raise ValueError(_("must be line:share;line:share, such as capital:0.6;centre:0.4"))
        if line in shares:
            raise ValueError(_("names the line '{line}' twice").format(line=line))
        shares[line] = share
    return shares


def as_selection(value: object) -> object:
    """A selection: column -> value or list of values; all columns must hold, {} selects everything."""
    if not isinstance(value, Mapping):
        raise ValueError(_("must be a selection such as {kind: link, tier: [small, secondary]}"))
    return {column: tuple(wanted) if isinstance(wanted, list | tuple) else (wanted,) for column, wanted in value.items()}


def _without_repeats(names: tuple[str, ...]) -> tuple[str, ...]:
    repeated = next((n for i, n in enumerate(names) if n in names[:i]), None)
    if repeated is not None:
        raise ValueError(_("names '{repeated}' twice").format(repeated=repeated))
    return names


def _wanted(value: object) -> str:
    """A value in a selection; the empty text stands for an empty cell."""
    return "" if value == "" else as_name_or_text(value)


def as_name_or_text(value: object) -> str:
    """What a selection compares with: any text in one line."""
    text = as_text(value)
    if not text.strip():
        raise ValueError(_("must be a name or a text in one line"))
    if (unfit := unprintable.not_in_a_line(text)) is not None:
        raise ValueError(_without(unfit, in_a_line=True))
    return text


POPULATION = "population"
COMMON, EACH = "common", "each"  # what members of a programme are compared by
EVERY_PERIOD = "every period"  # key under which a figure stands that does not change over the periods
UNKNOWN: Literal["unknown"] = "unknown"


def by_period(value: object) -> object:
    """A figure for each period, or one for all of them."""
    return dict(value) if isinstance(value, Mapping) else {EVERY_PERIOD: value}


def as_year(value: object) -> int:
    """A calendar year."""
    year = as_whole(value)
    if not 1900 <= year <= 2300:
        raise ValueError(_("must be a year between 1900 and 2300"))
    return year


def as_stock(value: object) -> float | str:
    """A capacity, or `unknown`."""
    if isinstance(value, str) and value.lower() == UNKNOWN:
        return UNKNOWN
    try:
        number = as_number(value)
    except ValueError as wrong:
        raise ValueError(_("{wrong}, or {unknown}").format(wrong=said_by(wrong), unknown=UNKNOWN)) from None
    if number < 0:
        raise ValueError(_("must be at least 0, or {unknown}").format(unknown=UNKNOWN))
    return number


def as_weight(value: object) -> float | str:
    """What a member of a programme weighs: a number, or `population`."""
    if value == POPULATION:
        return POPULATION
    try:
        number = as_number(value)
    except ValueError:
        number = 0.0
    if number <= 0:
        raise ValueError(_("must be a number above 0, or {word}").format(word=POPULATION))
    return number


def as_common_goal(value: object) -> object:
    """What members of a programme are compared by: `common`, `each`, or weights of indicators."""
    if value in (COMMON, EACH):
        return value
    if not isinstance(value, Mapping) or not value:
        raise ValueError(
            _("must be {common}, {each}, or indicators with weights such as {{jobs: 1, doctors: 2}}").format(
                common=COMMON, each=EACH
            )
        )
    found = {}
    for indicator, weight in value.items():
        try:
            found[as_name(indicator)] = as_number(weight)
        except ValueError:
            found[str(indicator)] = 0.0
        if found[str(indicator)] <= 0:
            raise ValueError(_("{indicator} must weigh a number above 0").format(indicator=indicator))
    return found


Number = Annotated[float, BeforeValidator(as_number)]
Amount = Annotated[float, BeforeValidator(as_number), Field(ge=0)]
Positive = Annotated[float, BeforeValidator(as_number), Field(gt=0)]
Share = Annotated[float, BeforeValidator(as_number), Field(ge=0, le=1)]
PositiveShare = Annotated[float, BeforeValidator(as_number), Field(gt=0, le=1)]
Minutes = Annotated[float, BeforeValidator(as_number), Field(ge=0, le=10_000)]
Heads = Annotated[float, BeforeValidator(as_number), Field(ge=0, le=MOST_PEOPLE)]
Years = Annotated[int, BeforeValidator(as_whole), Field(ge=0, le=100)]
WholePositive = Annotated[int, BeforeValidator(as_whole), Field(ge=1, le=1000)]
WholeNumber = Annotated[int, BeforeValidator(as_whole), Field(ge=0, le=1000)]
LifeYears = Annotated[int, BeforeValidator(as_whole), Field(ge=1, le=200)]
YesNo = Annotated[bool, BeforeValidator(as_yes_no)]
Name = Annotated[str, BeforeValidator(as_name)]
Text = Annotated[str, BeforeValidator(as_text)]
Label = Annotated[str, BeforeValidator(as_label)]
Title = Annotated[str, BeforeValidator(as_title)]
Names = Annotated[tuple[Name, ...], BeforeValidator(as_list), AfterValidator(_without_repeats)]
TwoNames = Annotated[tuple[Name, ...], BeforeValidator(as_list), Field(min_length=2, max_length=2)]  # may be alike
SomeNames = Annotated[Names, Field(min_length=1)]
SomeLabel = Annotated[Label, Field(min_length=1)]
Unit = Annotated[Label, Field(min_length=1), AfterValidator(in_words)]
Year = Annotated[int, BeforeValidator(as_year)]
Shares = Annotated[FrozenDict[Name, PositiveShare], BeforeValidator(as_shares)]
Where = Annotated[
    FrozenDict[str, Annotated[tuple[Annotated[str, BeforeValidator(_wanted)], ...], Field(min_length=1)]],
    BeforeValidator(as_selection),
]
ByPeriod = Annotated[FrozenDict[Name, Amount], BeforeValidator(by_period)]
Stock = Annotated[float | Literal["unknown"], BeforeValidator(as_stock)]
Weight = Annotated[float | Literal["population"], BeforeValidator(as_weight)]
CommonGoal = Annotated[Literal["common", "each"] | FrozenDict[Name, Positive], BeforeValidator(as_common_goal)]
