"""What is said of a programme: other divisions beside it, what more money would close, and why there is none; by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.case import FrozenDict
from planner.programme import shown
from planner.programme.other_divisions import OtherAmount, OtherDivision
from planner.programme.result import MemberResult, ProgrammePlan
from planner.programme.search import ROUNDS, Round
from planner.words.said import told_in

LINE = "centre"


def given(early: float, late: float) -> FrozenDict[tuple[str, str], float]:
    """Money of the two periods."""
    return FrozenDict({(LINE, "1"): early, (LINE, "2"): late})


def a_round(number: int, best: float) -> Round:
    """A round of prices."""
    return Round(number, 1.0, 1.0, 0.1, best, 0.0, 1)


def member(name: str, money: FrozenDict[tuple[str, str], float]) -> MemberResult:
    """A member of a million people."""
    return MemberResult(name, name, "", 0.5, 1e6, 0.2, 0.1, money)


# 10 of the first period is all given; of 10 of the second 4 are left; a member may be given at most 60 % of the 20
FOUND = ProgrammePlan(
    name="p", title="P", title_zh="", unit="bn", prices_of=2025, periods=FrozenDict({"1": "first", "2": "second"}),
    lines=FrozenDict({LINE: ("Centre", "")}), amount=given(10, 10), carries=frozenset({LINE}),
    shares=FrozenDict({"each_at_most": 0.6, "each_at_least": 0.1, "per_head_at_least": 0.0}), weighs_people=True,
    status="feasible", value=0.2, bound=0.1, asked=0.01, prices=given(0.001, 0.0),
    members=(member("A", given(6, 3)), member("B", given(4, 3))), plans=FrozenDict({}), others=(), amounts=(),
    rounds=(a_round(1, 0.2),), seconds=1.0, versions=FrozenDict({}),
)  # fmt: skip


@pytest.fixture(autouse=True)
def of_which_half_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """0.4 is missing without plans."""
    monkeypatch.setattr(shown, "of_all", lambda found: (0.4, 0.2))


def other(value: float, a: float, b: float) -> str:
    """What is said of another division."""
    division = OtherDivision("by_people", FrozenDict({"A": given(a, 0), "B": given(b, 0)}), value, 0.1)
    return str(shown._beside(FOUND, division))


def test_a_division_that_is_worse_is_less_by_a_share_of_all_that_is_missing():
    """0.22 against 0.2: 0.02 of 0.4 is 5 %."""
    assert other(0.22, 10, 10).endswith("comes to 0.2, 5.00 % of all that is missing less")
    assert other(0.22, 14, 6).endswith("It is not allowed: it gives A 70.0 % of Centre where 60.0 % is allowed")


def test_a_division_that_is_better_says_what_it_gives_that_is_not_allowed():
    """0.18 against 0.2: 5 % more; 14 of 20 is 70 %, and 1 of 20 is 5 %."""
    said = other(0.18, 14, 1)
    assert "closes 5.00 % of all that is missing more than the best division found, but it gives A 70.0 % of Centre" in said
    assert "it gives B 5.0 % of Centre where at least 10.0 % is asked" in said
    assert other(0.18, 10, 10).endswith("keeps all that is asked: what was found is not the best")
    assert "-" not in said


def test_a_division_that_is_as_good_is_said_to_be():
    assert other(0.2, 10, 10).endswith("as good as the best division that was found")
    assert other(0.2, 14, 6).endswith("but it gives A 70.0 % of Centre where 60.0 % is allowed")


def test_what_more_closes_is_in_million_people_times_points_and_nothing_where_money_is_left():
    """A price of 0.001 of the first row: 0.1 points of 2 million people. Of the first period nothing is left, of both 4."""
    assert FOUND.left(LINE, "1") == 0
    assert FOUND.left(LINE, "2") == 4
    said = str(shown._one_more(FOUND, LINE, "1"))
    assert said == "Centre, first: one more bn closes about 0.2 million people x points"
    all_to_one = replace(FOUND, shares=FrozenDict({**FOUND.shares, "each_at_most": 1.0}))
    assert str(shown._one_more(all_to_one, LINE, "2")) == "Centre, second: money is left; more would close nothing"
    half_at_most = replace(FOUND, shares=FrozenDict({**FOUND.shares, "each_at_most": 0.5}))  # more money allows more
    assert str(shown._one_more(half_at_most, LINE, "2")).endswith("what more of it closes is not known")
    by_numbers = str(shown._one_more(replace(FOUND, weighs_people=False), LINE, "1"))
    assert by_numbers == "Centre, first: one more bn takes about 0.1 points off what all come to by their weights"


def test_money_that_is_not_carried_over_is_left_in_its_own_period():
    """10 - 6 in the second; of 10 with 3 given in the first 7, which nobody can draw later."""
    alone = replace(FOUND, carries=frozenset(), members=(member("A", given(3, 6)),))
    assert [alone.left(LINE, t) for t in ("1", "2")] == [7, 4]


@pytest.mark.parametrize(
    ("rounds", "said"),
    [
        ((), "the search ended, by its time limit or by hand, before a programme was found"),
        ((a_round(ROUNDS, float("nan")),), f"all {ROUNDS} rounds are done, and no division of the money fits"),
        ((a_round(2, 0.25),), "before every member had a plan; the division that was found comes to 0.25"),
    ],
)
def test_without_a_programme_it_is_said_why_and_what_is_known(rounds, said):
    none = replace(FOUND, status="no_plan", members=(), rounds=rounds)
    text = " ".join(shown.said(none).text().split())
    assert said in text
    assert "nothing can beat 0.1" in text
    assert "nothing can beat" not in shown.said(replace(none, bound=float("nan"))).text()
    assert "0.1" in told_in("zh", shown._none(none))


def test_an_amount_without_a_division_says_why():
    """That none can be is another thing than that the time was up."""
    nothing = FrozenDict({})
    late = OtherAmount(1.2, nothing, float("nan"), float("nan"))
    assert str(shown._unknown(late)) == "1.2 times the money: no division was found within the time"
    never = str(shown._unknown(replace(late, times=0.1, impossible=True)))
    assert never == "0.1 times the money: no division keeps all that members have to"
