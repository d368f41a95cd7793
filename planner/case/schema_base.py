"""What the keys of case.yaml have in common, in whichever room they are described."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from planner.case.values import Amount, Name, Title, described

EVERY_PERIOD = "every period"  # key under which a figure stands that does not change over the periods


class Keys(BaseModel):
    """Base of everything read from files: unknown keys are errors, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NamedKeys(Keys):
    """What people read instead of an id."""

    name: Title = described(
        "name in texts, tables and drawings, short enough for the head of a column and without a unit", "",
        default_text="its key as words",
    )  # fmt: skip
    name_zh: Title = described("Chinese name", "", default_text="`name`")


def by_period(value: object) -> object:
    """A figure for each period, or one for all of them."""
    return dict(value) if isinstance(value, Mapping) else {EVERY_PERIOD: value}


def exactly_one(model: BaseModel, first: str, second: str) -> None:
    """Refuse a model in which both of two keys are given, or neither."""
    if (getattr(model, first) is None) == (getattr(model, second) is None):
        raise ValueError(f"needs {first} or {second}, one of the two")


ByPeriod = Annotated[dict[Name, Amount], BeforeValidator(by_period)]
