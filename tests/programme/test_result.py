"""A programme's result: read back equal, audited, and no forged figure of it stays unseen; the same with more workers."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from planner.case import Case, FrozenDict
from planner.cli import app
from planner.plans.store import PlanDamaged
from planner.programme import search
from planner.programme.audit import audit_programme
from planner.programme.comparing import notes
from planner.programme.prices import Impossible
from planner.programme.reading import load_programme
from planner.programme.result import ProgrammePlan, solve_programme
from planner.programme.search import ProgrammeOptions
from planner.programme.shown import is_compared
from planner.programme.store import ProgrammeDamaged, ProgrammeUnreadable, as_json, read_programme, write_programme
from planner.terminal.progress import Interrupt
from tests.programme.small import City, Clinic, Drawn, drawn, write

pytestmark = pytest.mark.slow

CITIES = City(100_000, 20, (Clinic(50, 3), Clinic(90, 4))), City(50_000, 0, (Clinic(40, 2), Clinic(30, 3)))
TWO = Drawn(CITIES, (6, 3), True, 0.8, 0.1)
AMOUNTS = (0.5, 1.5)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> ProgrammePlan:
    """Two cities, solved, with the divisions by people, by need and of the last plan beside it, and two other amounts."""
    folder = write(TWO, tmp_path_factory.mktemp("programme") / "p")
    file = folder / "programme.yaml"
    last = "divisions: {last: {name: last plan, name_zh: 上期规划, by_member: {m0: 10, m1: 5}}}\nshares:"
    file.write_text(file.read_text(encoding="utf-8").replace("shares:", last), encoding="utf-8")
    return solve_programme(load_programme(folder), options=ProgrammeOptions(gap=1e-6), amounts=AMOUNTS)


@pytest.fixture(scope="module")
def kept(solved: ProgrammePlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a folder."""
    return write_programme(solved, tmp_path_factory.mktemp("result") / "r")


def test_it_is_the_best_that_enumeration_finds(solved):
    assert solved.rounds[-1].best == pytest.approx(TWO.best(), abs=1e-6)
    assert solved.bound <= TWO.best() + 1e-6


def test_members_of_one_title_are_told_apart(solved):
    """Their cases are called alike, and the programme names none of them."""
    assert [m.name for m in solved.members] == [f"{solved.plans[m.id].case.title} ({m.id})" for m in solved.members]


def test_other_divisions_are_no_better(solved):
    """Each is one of those among which the best was looked for, but for the shares that are asked."""
    assert [other.id for other in solved.others] == ["by_people", "by_need", "last"]
    by_people, _by_need, last = solved.others  # two thirds and one third of the money in both
    assert last.value == pytest.approx(by_people.value, abs=1e-6)
    for other in solved.others:
        money = {t: sum(own["centre", t] for own in other.given.values()) for t in ("2030", "2035")}
        assert money == {"2030": pytest.approx(6), "2035": pytest.approx(3)}
        assert other.bound <= other.value + 1e-9
        assert other.value >= solved.bound - 1e-9


@pytest.mark.parametrize("number", range(len(AMOUNTS)))
def test_other_amounts_of_the_money_are_divided_as_if_there_were_so_much(solved, number):
    """Half of the money and half as much again: each the best that enumeration finds with it."""
    found, times = solved.amounts[number], AMOUNTS[number]
    first, second = TWO.amounts
    best = replace(TWO, amounts=(times * first, times * second)).best()
    assert found.times == times
    assert found.value == pytest.approx(best, abs=2e-6)
    assert found.bound <= best + 1e-6
    assert sum(money for own in found.given.values() for money in own.values()) <= times * (first + second) + 1e-9


def test_amounts_are_told_also_where_the_time_is_up_and_less_money_is_proven_by_what_more_of_it_was(tmp_path):
    """The offers that are known are put together; what nothing can beat with all the money, nothing can with less."""
    found = solve_programme(
        load_programme(write(replace(TWO, at_least=0.0), tmp_path / "p")),
        options=ProgrammeOptions(gap=0.0, time_limit=2.0), others=False, amounts=(0.5, 1.5),
    )  # fmt: skip
    less, more = found.amounts
    assert less.given
    assert more.given
    assert more.value <= found.rounds[-1].best + 1e-9  # with more money what was found before can still be had
    assert less.bound >= found.bound - 1e-9


def test_what_is_proven_with_all_the_money_says_nothing_of_less_where_everybody_is_given_a_share(tmp_path):
    """Of 60 drawn programmes this one: a fifth of less is less, so that more is left for plans than with all the money."""
    what = drawn(40)
    assert what.at_least > 0
    programme = load_programme(write(what, tmp_path / "p"))
    (less,) = solve_programme(programme, options=ProgrammeOptions(gap=1e-6), others=False, amounts=(0.4,)).amounts
    best = replace(what, amounts=tuple(0.4 * money for money in what.amounts)).best()
    assert less.bound <= best + 1e-6
    assert less.value >= best - 1e-6


def test_what_members_are_compared_by_is_more_than_weights(solved):
    """Weights of 2 and 2 are those of 1 and 1; a goal about the worst city, or one that weighs cities alike, is another."""
    assert is_compared(solved)

    def with_goal(**fields: Any) -> ProgrammePlan:
        plan = solved.plans["m1"]
        goal = replace(plan.case.goals[0], **fields)
        other = replace(plan, case=replace(plan.case, goals=(goal, *plan.case.goals[1:])))
        return replace(solved, plans=FrozenDict({**solved.plans, "m1": other}))

    assert is_compared(with_goal(weights=FrozenDict({"clinic": 2.0})))
    assert not is_compared(with_goal(parts=FrozenDict({"worst_city": 1.0})))
    assert not is_compared(with_goal(weigh_by="equally"))
    assert notes([solved, with_goal(weigh_by="equally")], ["a", "b"]) != []


def test_a_result_reads_back_equal_and_needs_nothing_else(solved, kept, tmp_path):
    elsewhere = shutil.copytree(kept, tmp_path / "mailed")
    again = read_programme(elsewhere)
    assert as_json(again) == as_json(solved)
    assert audit_programme(again).passed


def test_one_and_two_workers_find_the_same(solved, tmp_path):
    folder = write(TWO, tmp_path / "p")
    again = solve_programme(load_programme(folder), options=ProgrammeOptions(gap=1e-6, workers=2), others=False)
    assert (again.value, again.bound, [one.given for one in again.members]) == (
        solved.value, solved.bound, [one.given for one in solved.members],
    )  # fmt: skip


def test_who_asks_to_stop_keeps_the_best_so_far_with_its_bound(tmp_path):
    """After the first round that has a plan; the members' plans are made all the same, for their first goals."""
    rounds = []
    found = solve_programme(
        load_programme(write(TWO, tmp_path / "p")),
        options=ProgrammeOptions(gap=0.0),
        on_event=lambda event: rounds.append(event) if event.best is not None else None,
        cancelled=lambda: bool(rounds),
    )
    assert len(rounds) == 1
    assert found.status in ("interrupted", "optimal")
    assert found.bound <= TWO.best() + 1e-6
    assert found.value >= TWO.best() - 1e-6
    assert audit_programme(found).passed


def test_a_second_ctrl_c_ends_also_the_members_plans_that_are_made_whatever_the_clock_says(tmp_path, monkeypatch):
    """The first one, before any of them, keeps what was found: they are begun all the same."""
    begun = []

    def stopped(file: Path, case: Case, *_: object, **__: object) -> None:
        begun.append(case)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(search, "plan_within", stopped)
    with Interrupt() as interrupt, pytest.raises(KeyboardInterrupt):
        solve_programme(
            load_programme(write(TWO, tmp_path / "p")),
            options=ProgrammeOptions(gap=1e-3),
            on_event=lambda event: signal.raise_signal(signal.SIGINT) if event.message == search.MAKING else None,
            cancelled=interrupt,
        )
    assert interrupt.requested
    assert len(begun) == 1


def test_what_no_division_can_keep_is_told_with_the_member(tmp_path):
    """20 posts and clinics of 50 and 90 do not make 190 for 100,000 people; and no clinic is half a one."""
    folder = write(TWO, tmp_path / "p")
    case = folder / "m0" / "case.yaml"
    text = case.read_text(encoding="utf-8")
    case.write_text(text + "targets: [{id: all, indicator: clinic, at_least: 1.9}]\n", encoding="utf-8")
    with pytest.raises(Impossible, match="no division of the money keeps what all members have to") as of_all:
        solve_programme(load_programme(folder), options=ProgrammeOptions(gap=1e-3))
    assert not of_all.value.member
    halves = "rules: [{id: some, of: units, at_least: 0.5}, {id: few, of: units, at_most: 0.5}]\n"
    case.write_text(text + halves, encoding="utf-8")
    with pytest.raises(Impossible, match="member m0 cannot keep all that it has to") as of_one:
        solve_programme(load_programme(folder), options=ProgrammeOptions(gap=1e-3))
    assert of_one.value.member == "m0"


Change = Callable[[dict[str, Any]], None]


def _price(said: dict[str, Any]) -> None:
    said["lines"]["centre"]["prices"]["2030"] += 1e-3


def _bound(said: dict[str, Any]) -> None:
    said["bound"] += 1e-4


def _member_bound(said: dict[str, Any]) -> None:
    said["members"]["m0"]["bound"] += 0.5
    said["bound"] += 0.5


def _value(said: dict[str, Any]) -> None:
    said["value"] -= 1e-4


def _member_value(said: dict[str, Any]) -> None:
    said["members"]["m1"]["value"] -= 1e-4


def _given(said: dict[str, Any]) -> None:
    said["members"]["m0"]["given"]["centre"]["2030"] += 0.01


def _amount(said: dict[str, Any]) -> None:
    said["lines"]["centre"]["amounts"]["2030"] = 1.0


def _weight(said: dict[str, Any]) -> None:
    said["members"]["m0"]["weight"] -= 0.1
    said["members"]["m1"]["weight"] += 0.1


def _people(said: dict[str, Any]) -> None:
    said["members"]["m0"]["people"] *= 1.5


def _carry(said: dict[str, Any]) -> None:
    said["lines"]["centre"]["carry_over"] = False


def _unit(said: dict[str, Any]) -> None:
    said["unit"] = "mn"


def _share(said: dict[str, Any]) -> None:
    said["shares"]["each_at_most"] = 0.2


def _other_given(said: dict[str, Any]) -> None:
    said["others"][0]["given"]["m0"]["centre"]["2035"] += 1.0


def _other_bound(said: dict[str, Any]) -> None:
    said["others"][0]["bound"] = said["others"][0]["value"] + 0.1


def _other_amount(said: dict[str, Any]) -> None:
    said["amounts"][0]["given"]["m0"]["centre"]["2030"] += 9.0


FORGED = [_price, _bound, _member_bound, _value, _member_value, _given, _amount, _weight, _people, _carry, _unit, _share,
          _other_given, _other_bound, _other_amount]  # fmt: skip


@pytest.mark.parametrize("forge", FORGED, ids=[forge.__name__ for forge in FORGED])
def test_the_audit_finds_a_forged_figure(kept, tmp_path, forge: Change):
    folder = shutil.copytree(kept, tmp_path / "forged")
    said = json.loads((folder / "programme.json").read_text(encoding="utf-8"))
    forge(said)
    (folder / "programme.json").write_text(json.dumps(said), encoding="utf-8")
    assert not audit_programme(read_programme(folder)).passed


def test_the_audit_finds_a_status_that_is_not_reached_and_a_plan_that_was_edited(solved, kept, tmp_path):
    assert not audit_programme(replace(solved, status="optimal", asked=-1.0)).passed
    folder = shutil.copytree(kept, tmp_path / "edited")
    table = folder / "plans" / "m0" / "decisions.csv"
    text = table.read_text(encoding="utf-8")
    assert "by the plan" in text
    table.write_text(text.replace("by the plan", "before", 1), encoding="utf-8")
    assert not audit_programme(read_programme(folder)).passed
    assert not audit_programme(replace(solved, plans=FrozenDict({"m0": solved.plans["m0"]}))).passed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", r"programme\.json cannot be read: it is cut short or damaged\. Put it back from a copy, or solve"),
        ('{"format": 9}', "not of a format"),
        ('{"format": 1}', "missing or makes no sense"),
    ],
)
def test_a_result_that_makes_no_sense_is_told_with_its_file(kept, tmp_path, text, said):
    folder = shutil.copytree(kept, tmp_path / "broken")
    (folder / "programme.json").write_text(text, encoding="utf-8")
    with pytest.raises(ProgrammeUnreadable, match=said):
        read_programme(folder)


BROKEN = [
    ("members.m0.given.centre.2035", "members", "m0", "given", "centre", "2035"),
    ("members.m0.given.centre", "members", "m0", "given", "centre"),
    ("lines.centre.prices.2030", "lines", "centre", "prices", "2030"),
    ("lines.centre.amounts.2030", "lines", "centre", "amounts", "2030"),
    ("shares.per_head_at_least", "shares", "per_head_at_least"),
    ("others.0.given.m1", "others", "0", "given", "m1"),
    ("amounts.1.times", "amounts", "1", "times"),
    ("periods.2035", "periods", "2035"),
]


@pytest.mark.parametrize(("key", "path"), [(key, path) for key, *path in BROKEN], ids=[key for key, *_ in BROKEN])
def test_what_is_missing_is_told_with_its_key(kept, tmp_path, key, path):
    """Of a period that is missing, what is said of it elsewhere makes no sense."""
    said = json.loads((kept / "programme.json").read_text(encoding="utf-8"))
    at = said
    for name in path[:-1]:
        at = at[int(name)] if isinstance(at, list) else at[name]
    del at[path[-1]]
    key = "2035" if path[0] == "periods" else key
    with pytest.raises(ProgrammeDamaged, match=f"{key} is missing or makes no sense"):
        read_programme(_having(kept, said, tmp_path))


SENSELESS: list[tuple[str, Any]] = [
    ("status", "splendid"), ("status", "no_plan"), ("rounds", []), ("rounds", {}), ("members", []), ("members", {}),
    ("lines", {}), ("members.m0.people", 0), ("members.m0.people", "many"), ("members.m1.weight", -0.5),
    ("members.m1.value", None), ("members.m0.given.centre.2030", True), ("others.0.division", "by_luck"),
    ("others.0.short", ["m7"]),
    ("amounts.0.times", 0), ("shares.each_at_most", None), ("value", float("nan")), ("bound", float("inf")),
    ("weighs_people", 1), ("prices_of", 2025.5), ("title", None),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), SENSELESS, ids=[f"{key}={value}" for key, value in SENSELESS])
def test_what_makes_no_sense_is_told_with_its_key(kept, tmp_path, key, value):
    said = json.loads((kept / "programme.json").read_text(encoding="utf-8"))
    at, names = said, key.split(".")
    for name in names[:-1]:
        at = at[int(name)] if isinstance(at, list) else at[name]
    at[names[-1]] = value
    first = "status" if key == "members" and value == {} else key  # without members it is no such status
    with pytest.raises(ProgrammeDamaged, match=rf"{first}(\.\d)? is missing or makes no sense"):
        read_programme(_having(kept, said, tmp_path))


def _having(kept: Path, said: dict[str, Any], tmp_path: Path) -> Path:
    """A result of which programme.json says something else."""
    folder = shutil.copytree(kept, tmp_path / "broken")
    (folder / "programme.json").write_text(json.dumps(said), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("part", "said"), [("", "there is no plan at"), ("plan.json", "is not a plan")])
def test_without_a_members_plan_the_whole_is_damaged(solved, kept, tmp_path, part, said):
    folder = shutil.copytree(kept, tmp_path / "broken")
    gone = folder / "plans" / solved.members[0].id / part
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    with pytest.raises(PlanDamaged, match=said):
        read_programme(folder)


@pytest.mark.parametrize(
    "asked", [["show"], ["report", "-o", "page.html"], ["compare"], ["audit"]], ids=lambda asked: asked[0]
)
def test_a_damaged_result_ends_with_one_and_none_with_two(kept, tmp_path, monkeypatch, asked):
    monkeypatch.chdir(tmp_path)
    broken, command = shutil.copytree(kept, tmp_path / "broken"), asked[0]
    (broken / "programme.json").write_text('{"format": 1', encoding="utf-8")
    others = [str(kept)] if command == "compare" else []
    for place, code, said in (
        (broken, 1, "programme.json cannot be read"),
        (tmp_path / "none", 2, "there is no programme at"),
    ):
        ended = CliRunner().invoke(app, ["programme", command, str(place), *others, *asked[1:]], prog_name="planner")
        assert (ended.exit_code, said in ended.output) == (code, True)
    assert not (tmp_path / "page.html").exists()


def test_where_there_is_none_it_says_so(tmp_path):
    with pytest.raises(ProgrammeUnreadable, match="there is no programme at"):
        read_programme(tmp_path / "nothing")
