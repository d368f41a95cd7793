"""What lines keep free beside their payments, and what they are left with to run: worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.audit import audit
from planner.case import After, Case, CaseInvalid, FrozenDict, load_case, with_edits
from planner.documents import text
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.plans.totals import money_kept_free, running_after
from planner.promises import broken_in_words
from planner.promises.binding import binding
from tests.audit import hand
from tests.solving.folders import case

CITIES = """\
    id jurisdiction tier lat lon population
    A North core 30 110 100000
    B North small 31 111 100000
    C North small 29 111 100000
    D North small 28 111 100000
    """
LINKS = """\
    id from to mode minutes needs
    ab A B road 100 -
    ac A C road 100 -
    ad A D road 100 -
    new-ab A B road 40 to-b
    new-ac A C road 60 to-c
    new-ad A D road 80 to-d
    """
YAML = """\
    periods: {periods}
    modes: {{road: {{boarding_minutes: 0}}}}
    access: {{core: {{kind: nearest, from: {{tier: small}}, to: {{tier: core}}, standard_minutes: 40, worst_minutes: 100}}}}
    lines: {{{lines}}}
    goals: [{{minimise: gaps}}, {{minimise: spending}}]
    """
FIRST = {("to-b", "2030"), ("to-c", "2030")}
ALL = {*FIRST, ("to-d", "2030")}


def roads(
    folder: Path,
    lines: str,
    budgets: str = "fund 2030 10",
    costs: tuple[float, float] = (4.0, 0.0),
    periods: str = "[2026-2030]",
    more: str = "",
) -> Case:
    """Three new roads of the same cost, capital and running: without them every gap is 1; with them 0, 1/3 and 2/3."""
    capital, running = costs
    measures = "id kind city capital_cost running_cost life_years\n" + "\n".join(
        f"to-{to} link - {capital} {running} {more or '-'}" for to in "bcd"
    )
    tables = {"cities": CITIES, "links": LINKS, "measures": measures, "budgets": f"line period amount\n{budgets}"}
    return case(folder, YAML.format(periods=periods, lines=lines), **tables)


def solved(asked: Case) -> Plan:
    """The plan, proven exactly and audited."""
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    assert audit(plan).violations == ()
    return plan


def chosen(plan: Plan) -> set[tuple[str, str]]:
    table = plan.tables["decisions"]
    return set(zip(table["measure"], table["start_period"], strict=True))


# --- the reserve


@pytest.mark.parametrize(("reserve", "roads_built"), [("0.25", FIRST), ("0.3", {("to-b", "2030")}), ("0", FIRST)])
def test_what_is_kept_free_is_not_spent(tmp_path: Path, reserve: str, roads_built: set[tuple[str, str]]) -> None:
    """Of 10, two roads take 8 and a quarter of it: just all. With three tenths it would be 10.4."""
    plan = solved(roads(tmp_path, f"fund: {{holder: North, reserve: {reserve}}}"))
    assert chosen(plan) == roads_built
    assert money_kept_free(plan).get(("fund", "2030"), 0.0) == pytest.approx(4 * len(roads_built) * float(reserve))


@pytest.mark.parametrize(
    ("reserve", "built"),
    [
        ("{share: 0.5, cost: running}", 2),  # 2 x (4 + 0.2 x 5 x 1.5) = 11 of 11; three: 16.5
        ("{share: 0.5}", 1),  # 2 x (4 x 1.5 + 1) = 14
        ("{share: 0.5, cost: all}", 1),  # 2 x 5 x 1.5 = 15
        ("{share: 9, where: {kind: hub}}", 2),  # there is no hub
        ("{share: 0.01}, {share: 0.1, where: {kind: link}}", 2),  # 2 x (4 x 1.11 + 1) = 10.88
        ("{share: 0.1}, {share: 0.05, where: {kind: link}}", 1),  # 2 x (4 x 1.15 + 1) = 11.2
    ],
)
def test_reserves_are_for_a_kind_of_cost_and_a_selection_and_add_up(tmp_path: Path, reserve: str, built: int) -> None:
    """Each road costs 4, and 0.2 a year of five; the line has 11."""
    lines = f"fund: {{holder: North, reserve: [{reserve}]}}"
    assert len(chosen(solved(roads(tmp_path, lines, "fund 2030 11", (4.0, 0.2))))) == built


@pytest.mark.slow
def test_what_is_kept_free_is_not_carried_on(tmp_path: Path) -> None:
    """A road of 6 now keeps 3 of 10 free and leaves 1 for the next period, in which another needs 6 and 3 free."""
    periods, budgets = "[2026-2030, 2031-2035]", "fund 2030 10\nfund 2035 {later}"
    lines = "fund: {{holder: North, carry_over: true, reserve: [{{share: {{2026-2030: {now}, 2031-2035: 0.5}}}}]}}"
    for now, later, built in ((0.5, 8, 2), (0.5, 7.9, 1), (0, 5, 2), (0, 4.9, 1)):
        here, money = lines.format(now=now), budgets.format(later=later)
        plan = solved(roads(tmp_path / f"{now} {later}", here, money, (6.0, 0.0), periods))
        assert len(chosen(plan)) == built, (now, later)


@pytest.mark.slow
def test_another_line_pays_where_it_keeps_less_free(tmp_path: Path) -> None:
    """A road of 8: the plain line pays its 4, the careful one 4 and half of that free, just its 6; not three fifths."""
    for share, built in ((0.5, 1), (0.6, 0)):
        lines = f"plain: {{holder: North}}, careful: {{holder: North, reserve: {share}}}"
        plan = solved(roads(tmp_path / str(share), lines, "plain 2030 4\ncareful 2030 6", (8.0, 0.0)))
        assert len(chosen(plan)) == built


def test_a_plan_by_hand_that_keeps_too_little_free_says_so(tmp_path: Path) -> None:
    """Two roads of 4 with half of it free are 2 more than 10."""
    asked = roads(tmp_path, "fund: {holder: North, reserve: 0.5}")
    plan = evaluate(asked, dict.fromkeys(FIRST, 1.0))
    assert [(b.kind, b.ids) for b in plan.broken] == [("money", ("fund", "2030"))]
    assert plan.broken[0].amount == pytest.approx(2.0)
    assert "2 bn over, with what it is to keep free" in broken_in_words(asked, plan.broken)[0]
    report = audit(plan)
    assert report.passed
    assert len(report.broken) == 1


def test_the_audit_finds_a_reserve_that_is_carried_on_or_spent(tmp_path: Path) -> None:
    """Of 10, a road takes 4, 2 are kept free, 4 carried on: not 6; and with 7 kept free 4 are too much."""
    lines = "fund: {holder: North, carry_over: true, reserve: 0.5}"
    budgets = "fund 2030 10\nfund 2035 0"
    plan = solved(roads(tmp_path, lines, budgets, periods="[2026-2030, 2031-2035]"))
    forged = hand.with_cells(plan, "money", 0, carried_out=6.0, unspent=0.0)
    assert hand.finds(audit(forged), "lines", "line fund, 2030", "carried_out 6", "4")
    careful = plan.case.lines["fund"].reserve[0]
    dearer = replace(careful, share=FrozenDict({"2030": 1.75, "2035": 1.75}))
    other = hand.with_case(plan, lines=FrozenDict({"fund": replace(plan.case.lines["fund"], reserve=(dearer,))}))
    assert hand.finds(audit(other), "within budget", "line fund, 2030", "paid 4", "at most 3")


@pytest.mark.slow
def test_more_reserve_never_closes_more() -> None:
    """Of the tiny case, for every line alike."""
    tiny = load_case(Path(__file__).parents[2] / "cases" / "tiny")
    before = -1.0
    for share in (0.0, 0.1, 0.25, 0.5, 1.0, 2.0):
        edits: list[dict[str, Any]] = [{"key": f"lines.{line}.reserve", "set": share} for line in ("north", "south")]
        value = solved(with_edits(tiny, f"reserve-{round(100 * share)}", edits)).goals[0].value
        assert value >= before - 1e-9
        before = value


# --- what is left to run


@pytest.mark.parametrize(("share", "built"), [(0.3, 2), (0.29, 1), (0.45, 3), (0.0, 0)])
def test_what_is_left_to_run_stays_within_its_share(tmp_path: Path, share: float, built: int) -> None:
    """The line has 10 in five years, 2 a year; each road costs 0.3 a year from then on."""
    lines = f"fund: {{holder: North, after: {{at_most_share: {share}}}}}"
    assert len(chosen(solved(roads(tmp_path, lines, costs=(0.1, 0.3))))) == built


def test_what_closes_before_is_not_left(tmp_path: Path) -> None:
    """Roads that open in 2026 and stay for five years are gone in 2031; those of six years are not."""
    for life, built in (("5", 3), ("6", 0)):
        lines = "fund: {holder: North, after: {at_most_share: 0.1}}"
        assert len(chosen(solved(roads(tmp_path / life, lines, costs=(0.1, 0.3), more=life)))) == built


@pytest.mark.slow
def test_several_lines_share_what_is_left_each_within_its_share_of_a_cost(tmp_path: Path) -> None:
    """Both may pay; one has room for 0.3 a year of 0.6, the other pays at most half of a cost and has room for all."""
    lines = "narrow: {{holder: North, after: {{at_most_share: {share}}}}}, wide: {{holder: North, at_most_share: 0.5}}"
    budgets = "narrow 2030 5\nwide 2030 5"
    for share, built in ((0.3, 2), (0.29, 1), (0.14, 0)):
        asked = roads(tmp_path / str(share), lines.format(share=share), budgets, (0.1, 0.3))
        assert len(chosen(solved(asked))) == built


def test_a_plan_by_hand_that_leaves_too_much_to_run_says_so(tmp_path: Path) -> None:
    """Three roads are 0.9 a year where 0.4 may be left."""
    asked = roads(tmp_path, "fund: {holder: North, after: {at_most_share: 0.2}}", costs=(0.1, 0.3))
    plan = evaluate(asked, dict.fromkeys(ALL, 1.0))
    assert [(b.kind, b.ids) for b in plan.broken] == [("after", ("fund",))]
    assert plan.broken[0].amount == pytest.approx(0.5)
    assert "running costs of 0.5 bn a year over its share (20%)" in broken_in_words(asked, plan.broken)[0]
    assert audit(plan).passed
    assert hand.finds(audit(replace(plan, broken=())), "running costs after", "line fund, after 2030", "0.9", "0.4")
    wrong = (replace(plan.broken[0], amount=0.7),)
    assert not audit(replace(plan, broken=wrong)).passed


def test_the_audit_finds_more_left_to_run_than_the_case_allows(tmp_path: Path) -> None:
    """Two roads cost 0.6 a year: too much for 0.25 of 2."""
    plan = solved(roads(tmp_path, "fund: {holder: North, after: {at_most_share: 0.3}}", costs=(0.1, 0.3)))
    line = replace(plan.case.lines["fund"], after=After(at_most_share=0.25))
    other = hand.with_case(plan, lines=FrozenDict({"fund": line}))
    assert hand.finds(audit(other), "running costs after", "line fund, after 2030", "0.6", "at most 0.5")


def test_what_is_told_to_be_left_is_split_within_the_limits(tmp_path: Path) -> None:
    """Either line may pay; the one with a limit of 0.1 a year is told to be left with no more, in either order."""
    lines = ("careful: {holder: North, after: {at_most_share: 0.1}}", "free: {holder: North}")
    for k, both in enumerate((lines, lines[::-1])):
        plan = solved(roads(tmp_path / str(k), ", ".join(both), "careful 2030 5\nfree 2030 5", (0.1, 0.3)))
        left = running_after(plan)
        assert left.get("careful", 0.0) <= 0.1 + 1e-9
        assert sum(left.values()) == pytest.approx(0.3 * len(chosen(plan)))
        assert not [one for one in binding(plan) if one.kind == "after"]  # the other pays it all as well


def test_alone_what_decided_works_leave_to_run_counts_against_the_limit(tmp_path: Path) -> None:
    """Of 1 a year half may be left; decided works leave 0.4, so no road of 0.2: not alone, and not together."""
    yaml = YAML + "nobody_worse_off: true\n    "
    measures = """\
        id kind city capital_cost running_cost status
        to-b link - 0 0.2 candidate
        old hub A 0 0.4 decided
        """
    asked = case(
        tmp_path, yaml.format(periods="[2026-2030]", lines="fund: {holder: North, after: {at_most_share: 0.5}}"),
        cities=CITIES, links=LINKS.replace("to-c", "to-b").replace("to-d", "to-b"), measures=measures,
        budgets="line period amount\nfund 2030 5",
    )  # fmt: skip
    plan = solved(asked)
    assert {a for a, _ in chosen(plan)} == {"old"}


# --- words, and what a file may say


def test_the_account_shows_what_is_kept_free_and_what_binds(tmp_path: Path) -> None:
    """Two roads of 4 keep 2 free; that is all that is left."""
    said = text.report(solved(roads(tmp_path, "fund: {holder: North, reserve: 0.25}")))
    assert "kept free" in said
    assert "fund is to keep free up to 25 % of what it pays" in " ".join(said.split())


@pytest.mark.parametrize(
    ("keys", "path", "message"),
    [
        ("reserve: -0.1", "lines.fund.reserve", "at least 0"),
        ("reserve: lots", "lines.fund.reserve", ""),
        ("reserve: [{share: {2040: 0.1}}]", "lines.fund.reserve.0.share", "2040"),
        ("reserve: [{share: 0.1, where: {kin: link}}]", "lines.fund.reserve.0.where", "kin"),
        ("reserve: [{share: 0.1, cost: interest}]", "lines.fund.reserve.0.cost", "capital"),
        ("after: 0.5", "lines.fund.after", ""),
        ("after: {at_most_share: -1}", "lines.fund.after.at_most_share", "0"),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_stands(tmp_path: Path, keys: str, path: str, message: str) -> None:
    with pytest.raises(CaseInvalid) as refused:
        roads(tmp_path, f"fund: {{holder: North, {keys}}}")
    problems = [p for p in refused.value.problems if message in f"{p} {p.allowed}"]
    assert any((p.key or "").startswith(path) for p in problems), refused.value
