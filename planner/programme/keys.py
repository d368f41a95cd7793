"""What programme.yaml says: members, the lines that they share, and what is asked of the division."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from planner.case.case import as_format
from planner.case.declared import FrozenDict, Thing, says
from planner.case.places import Named, Section
from planner.case.values import (
    COMMON,
    POPULATION,
    ByPeriod,
    CommonGoal,
    Label,
    Name,
    Positive,
    PositiveShare,
    Share,
    Text,
    Unit,
    Weight,
    Year,
    YesNo,
)


class ProgrammeMoney(Thing, counts_as="ProgrammeMoney"):
    """In what the shared lines are counted; every member counts alike."""

    unit: Unit = says("unit of all money, such as bn CNY; that of every member")
    prices: Year = says("year of the prices; that of every member")


class Member(Named, counts_as="Member"):
    """A case that takes part; `name` empty: the title of its case."""

    case: Text = says("folder of its case, or its workbook, from the folder of programme.yaml")
    scenario: Name | None = says("scenario of the case", default=None, empty="the case as it stands")
    weight: Weight = says(
        "what its first goal weighs among those of all: its people (the mean of its periods), or a number",
        default=POPULATION,
    )


class SharedLine(Named, counts_as="SharedLine"):
    """A budget line of all members that is one: it has the name of a line that each member has, in whose place it stands."""

    amounts: ByPeriod = says("money of each period, or one number for each of them", unit="money", names="a period")
    carry_over: YesNo = says("whether what is left moves to the next period", default=False)


class DivisionGiven(Named, counts_as="DivisionGiven"):
    """A division of the money to be set beside the best one, such as that of the last plan."""

    by_member: Annotated[FrozenDict[Name, Positive], Field(min_length=1)] = says(
        "member -> its part of the money, in any unit; a member left out gets nothing", names="a member"
    )


class Fairness(Thing, counts_as="Fairness"):
    """Asked of the division of each shared line, over all periods: what is given counts, as a share of all there is."""

    each_at_most: PositiveShare = says("largest share of a member", default=1.0, unit="share")
    each_at_least: Share = says("least share of a member", default=0.0, unit="share")
    per_head_at_least: Share = says(
        "least money for each of a member's people, against the mean of all members' people", default=0.0, unit="share"
    )


class ProgrammeKeys(Thing, counts_as="Programme"):
    """Members, what they share, and what is asked of the division."""

    format: Annotated[int, BeforeValidator(as_format)] = says("version of this format: 1", default=1, needed=True)
    title: Label = says("what the programme is headed with", default="", empty="the folder's name")
    title_zh: Label = says("Chinese title", default="", empty="`title`")
    money: ProgrammeMoney = says("the money of the programme")
    members: Annotated[Section[Member], Field(min_length=1)] = says("the cases that take part, by a name of their own")
    lines: Annotated[Section[SharedLine], Field(min_length=1)] = says("the lines that they share, by the name in the cases")
    goal: CommonGoal = says(
        "what members are compared by: common, the indicators that all of them have by the same name, unit and standard, "
        "alike in weight; some of these with weights; or each, every member by the first goal of its own case",
        default=COMMON, names="an indicator",
    )  # fmt: skip
    divisions: Section[DivisionGiven] = says("other divisions to be worked out beside the best one", default=FrozenDict())
    shares: Fairness = says("what is asked of the division", default=Fairness())
