"""Borders: three worlds and the worth of signatures worked out by hand, and what holds of any case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from planner import AskOptions, borders, load_case, read_plan, write_result
from planner.audit import audit
from planner.audit.goals import of_gaps, weights
from planner.case import Case, FrozenDict, Target
from planner.cli import app
from planner.questions.asking import decisions_of, gaps_of
from planner.questions.borders import worlds
from planner.questions.borders.ask import Borders
from planner.questions.borders.shown import text
from tests.oracle.random_cases import case_of
from tests.product.conftest import PROJECT
from tests.solving.folders import case

TINY = PROJECT / "cases" / "tiny"
SURE = AskOptions(gap=1e-9)


@pytest.fixture(scope="module")
def tiny() -> Case:
    return load_case(TINY)


@pytest.fixture(scope="module")
def found(tiny: Case) -> Borders:
    return borders(tiny, options=SURE)


@pytest.mark.slow
def test_each_world_is_worth_what_its_plans_come_to_together(found: Borders) -> None:
    """As in the case's README, a gap of Border or Inland in one period counts 1/12; without a plan they add up to 4.4.

    Alone the north has no gap to close, and half a railway is of no use to the south: it builds a clinic in 2026 for
    3 + 1, keeps 2, and in 2031 runs it for 1 and builds and runs another for 3 + 1: 0.3 + 0.6 of 4.4 are met, for 9.
    Together with closed borders both halves of the railway go ahead in 2026 for 4 and 6 (1.5 of minutes in both periods),
    and the south builds a clinic in 2031 for 4 (0.3); a clinic first and the railway later close 0.3 + 0.3 + 0.75 only.
    With instruments 0.8 are left, for 16. So 3.6 are gained: alone 0.9 and behind closed borders 1.8 of them.
    """
    table = found.table("worlds").set_index("world")
    assert list(table.index) == ["without", "alone", "closed", "open"]
    assert (table["first_goal"] * 12).tolist() == pytest.approx([4.4, 3.5, 2.6, 0.8], abs=1e-5)
    assert table["share_of_gain"].tolist() == pytest.approx([0, 0.25, 0.5, 1], abs=1e-5)
    assert table["cost_at_least"].tolist() == pytest.approx([1, 0.75, 0.5, 0], abs=1e-5)
    assert table["cost_at_most"].tolist() == pytest.approx([1, 0.75, 0.5, 0], abs=1e-5)
    assert table["spending"].tolist() == pytest.approx([0, 9, 14, 16])
    assert table["status"].tolist() == ["", "optimal", "optimal", "optimal"]
    assert found.complete


def test_gaps_people_and_money_of_each_jurisdiction_are_told_in_each_world(found: Borders) -> None:
    """The south's gaps are 8 of equal weight (2 indicators, 2 cities, 2 periods): 4.4 / 8 without a plan.

    In 2031-2035, 50,000 people count with each of its gaps. Alone two clinics take 0.6: 30,000. Behind closed borders the
    railway takes 0.75 and a clinic 0.3: 52,500. With instruments all of 2.2: 110,000. Without a plan Inland lacks 0.75 of
    minutes and 0.6 of posts, on average 0.675, and no city more.
    """
    table = found.table("jurisdictions").set_index(["jurisdiction", "world"])
    south, north = table.loc["South"], table.loc["North"]
    assert (south["gap"] * 8).to_dict() == pytest.approx(
        {"without": 4.4, "alone": 3.5, "closed": 2.6, "open": 0.8}, abs=1e-5
    )
    assert south["people_brought_to_standard"].tolist() == pytest.approx([0, 30_000, 52_500, 110_000], abs=1)
    assert south["worst_city_gap"]["without"] == pytest.approx(0.675)
    assert south["pays"].tolist() == pytest.approx([0, 9, 10, 11.5])
    assert north["gap"].tolist() == pytest.approx([0, 0, 0, 0], abs=1e-9)
    assert north["pays"].tolist() == pytest.approx([0, 0, 4, 4.5])


def test_a_signature_is_worth_what_the_rest_cannot_make_up_for(found: Borders) -> None:
    """Without the insurance: checkpoint (1.0), railway at once (0.5 twice, since Inland is at 70 minutes), clinic in 2031
    (0.3): 4.4 - 2.3 = 2.1 are left, 1.3 more than 0.8. Without the checkpoint, insurance and clinic at once, and then the
    railway: 0.25 + 0.75 + 0.3, and 0.25: 1.55 are left, 0.75 more. All of it is the south's.
    """
    table = found.table("signatures").set_index("measure")
    assert list(table.index) == ["insurance", "checkpoint"]
    assert table["signed_by"].tolist() == ["North;South"] * 2
    assert table["cost"].tolist() == [1, 0]
    for end in ("least", "most"):
        assert (table[f"loss_at_{end}"] * 12).tolist() == pytest.approx([1.3, 0.75], abs=1e-4)
        assert table[f"share_at_{end}"].tolist() == pytest.approx([1.3 / 3.6, 0.75 / 3.6], abs=1e-4)
    gains = found.table("gains").set_index(["measure", "jurisdiction"])
    assert gains["share"].to_dict() == pytest.approx(
        {("insurance", "North"): 0, ("insurance", "South"): 1, ("checkpoint", "North"): 0, ("checkpoint", "South"): 1},
        abs=1e-6,
    )
    assert (gains["part"]["insurance", "South"] * 12) == pytest.approx(1.3, abs=1e-4)


def test_the_text_says_what_non_cooperation_costs(found: Borders) -> None:
    said = " ".join(text(found).split())
    assert "each planning alone loses 75.0 %; planning together behind closed borders loses 50.0 %." in said
    assert "Insurance valid on both sides North, South 1.00 36.1 0.0 36.1" in said


def test_gaps_say_of_when_they_are_and_people_that_they_are_equivalents(found: Borders) -> None:
    """Gaps of jurisdictions are of both periods (4.4 of 8), people those of 2031-2035, of parts of gaps added up."""
    said = " ".join(text(found).split())
    assert "mean gap of all periods, % 55.0" in said
    assert "gap closed in 2031-2035, million person-equivalents 0.00 0.03 0.05 0.11" in said
    assert "not people who cross the line" in said
    assert "brought to standard" not in said


@pytest.mark.slow
def test_a_signature_that_lets_two_sides_gain_is_shared_out_between_them(tmp_path: Path) -> None:
    """A (north) lacks 100 of 400 posts, B (south) 100 of 200; C (north) has 100 to spare beside B, D (south) beside A.

    Own people are out of reach. Once signed, A is served in D and B in C. A quarter of A's half of the people and half of
    B's quarter: 1/8 each, and 100,000 people each.
    """
    yaml = """\
        periods: [2026-2030]
        modes: {road: {boarding_minutes: 0}}
        services: {clinic: {unit: posts, per_1000: 1, catchment_minutes: 60, across_borders: by_policy}}
        effects: {insurance: [{open_service: {services: [clinic], people_of: [North, South], at: [North, South]}}]}
        lines: {north: {holder: North}}
        goals: [{minimise: gaps}, {minimise: starts}]
        """
    asked = case(
        tmp_path, yaml,
        cities="id jurisdiction tier lat lon population\nA North core 30 110 400000\nB South small 31 111 200000\n"
        "C North small 32 112 100000\nD South small 33 113 100000",
        capacity="city service capacity\nA clinic 300\nB clinic 100\nC clinic 200\nD clinic 200",
        links="id from to mode minutes\nad A D road 30\nbc B C road 30\nab A B road 90",
        measures="id kind signed_by\ninsurance policy North;South",
        budgets="line period amount\nnorth 2030 0",
    )  # fmt: skip
    found = borders(asked, options=SURE)
    assert found.table("worlds")["first_goal"].tolist() == pytest.approx([1 / 4, 1 / 4, 1 / 4, 0], abs=1e-6)
    gains = found.table("gains").set_index("jurisdiction")
    assert gains["part"].to_dict() == pytest.approx({"North": 1 / 8, "South": 1 / 8}, abs=1e-6)
    assert gains["share"].to_dict() == pytest.approx({"North": 0.5, "South": 0.5}, abs=1e-6)
    assert gains["people_brought_to_standard"].to_dict() == pytest.approx({"North": 100_000, "South": 100_000}, abs=1)


@pytest.mark.slow
def test_the_worst_citys_part_is_where_that_city_is(tiny: Case) -> None:
    """With the worst city in the goal, the parts of all jurisdictions still add up to what the plan without it loses."""
    goal = replace(tiny.goals[0], parts=FrozenDict({"gaps": 1.0, "worst_city": 0.5}))
    found = borders(replace(tiny, goals=(goal, *tiny.goals[1:])), options=SURE)
    table, gains = found.table("signatures").set_index("measure"), found.table("gains")
    added = gains.groupby("measure")["part"].sum()
    for a, loss in added.items():
        assert loss == pytest.approx(table["loss_at_most"][a], abs=1e-5)
    assert (gains[gains["jurisdiction"] == "North"]["part"].abs() < 1e-7).all()


@pytest.mark.parametrize(
    ("parts", "share", "curve"),
    [
        ({"gaps": 1.0, "worst_city": 0.5}, None, None),
        ({"gaps": 1.0, "worst_share": 0.5}, 0.4, None),
        ({"worst_share": 2.0}, 0.7, 2.0),
        ({"worst_off_first": 1.0}, None, None),
        ({"gaps": 1.0, "worst_city": 0.5}, None, 2.0),
    ],
)
def test_what_jurisdictions_add_makes_the_first_goal_whatever_its_parts(
    tiny: Case, found: Borders, parts: dict[str, float], share: float | None, curve: float | None
) -> None:
    """Each world's gaps, by jurisdiction, against the goal as the audit has it."""
    pieces = None if curve is None else 8
    goal = replace(tiny.goals[0], parts=FrozenDict(parts), worst_share_of=share, curve=curve, pieces=pieces)
    asked = replace(tiny, goals=(goal, *tiny.goals[1:]))
    for column in ("gap_without", "gap_with"):
        gaps = gaps_of(found.plans["open"], column)
        whole = of_gaps(asked, goal, gaps, weights(asked, goal, gaps))
        assert sum(worlds.parts(asked, gaps).values()) == pytest.approx(whole)
        assert worlds.value(asked, gaps) == pytest.approx(whole)


@pytest.mark.slow
def test_where_a_target_needs_a_signature_there_is_no_plan_behind_closed_borders(tiny: Case) -> None:
    """All of Border's and Inland's 120 missing posts by 2035 take more than two clinics: only the insurance brings them."""
    where = FrozenDict({"jurisdiction": ("South",)})
    target = Target(
        id="posts", indicator="clinic", where=where, cities=("border", "inland"), by="2035", periods=("2035",), at_least=2.0
    )
    found = borders(replace(tiny, targets=(target,)), options=SURE)
    assert found.complete
    closed = found.table("worlds").set_index("world").loc["closed"]
    assert closed["status"] == "infeasible"
    assert pd.isna(closed["first_goal"])
    assert sorted(found.plans) == ["alone-North", "alone-South", "open"]
    signatures = found.table("signatures").set_index("measure")
    assert signatures["status"].to_dict() == {"insurance": "infeasible", "checkpoint": "optimal"}
    said = " ".join(text(found).split())
    assert "together, borders closed no plan keeps all promises" in said
    assert "1.00 no plan without it" in said


@pytest.mark.slow
def test_the_plans_of_all_worlds_are_audited_and_read_back_equal(found: Borders, tmp_path: Path) -> None:
    assert sorted(found.plans) == ["alone-North", "alone-South", "closed", "open"]
    assert decisions_of(found.plans["alone-South"]) == {("clinic-inland", "2030"): 1, ("clinic-inland", "2035"): 1}
    folder = write_result(found, tmp_path / "answer")
    for name, plan in found.plans.items():
        assert plan.audit == "passed", name
        back = read_plan(folder / "plans" / name)
        assert back.case.content_hash == plan.case.content_hash
        assert audit(back).passed, name


@pytest.mark.slow
def test_the_answer_is_the_same_with_two_workers(tiny: Case, found: Borders) -> None:
    other = borders(tiny, options=replace(SURE, workers=2))
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])


def test_asked_to_stop_it_keeps_what_is_answered(tiny: Case, found: Borders) -> None:
    ended: list[int] = []

    def listen(event: object) -> None:
        if getattr(event, "message", "").startswith("1 of"):
            ended.append(1)

    part = borders(tiny, plan=found.plans["open"], options=SURE, on_event=listen, cancelled=lambda: bool(ended))
    assert not part.complete
    table = part.table("worlds").set_index("world")
    assert table["first_goal"]["closed"] * 12 == pytest.approx(2.6, abs=1e-5)
    assert pd.isna(table["first_goal"]["alone"])
    assert "South alone: interrupted" in part.missing
    assert "not complete" in text(part)


@pytest.mark.slow
@pytest.mark.parametrize("number", [3, 8, 13, 21])
def test_more_cooperation_never_hurts(number: int) -> None:
    """What is done alone can be done together, and what is done behind closed borders can be done with them open.

    Without rules, targets, least spending and groups, which may forbid together what each may do alone.
    """
    asked = case_of(number)
    apart = FrozenDict({a: replace(measure, one_of=None) for a, measure in asked.measures.items()})
    goal = replace(asked.goals[0], name="gaps", parts=FrozenDict({"gaps": 1.0}), period_weights=None)
    nothing = {l: replace(line, minimum=FrozenDict(dict.fromkeys(line.minimum, 0.0))) for l, line in asked.lines.items()}
    free = replace(asked, measures=apart, lines=FrozenDict(nothing), targets=(), rules=(), goals=(goal,))
    found = borders(replace(free, no_city_loses=False), options=SURE)
    assert found.complete
    assert found.best <= found.closed + 1e-6
    assert found.closed <= found.alone + 1e-6
    assert {plan.audit for plan in found.plans.values()} == {"passed"}


def test_what_cannot_be_asked_is_refused_in_one_sentence(tiny: Case) -> None:
    one = replace(tiny, cities=FrozenDict({i: replace(city, jurisdiction="North") for i, city in tiny.cities.items()}))
    with pytest.raises(ValueError, match="all cities of this case are in North: there is no border to close"):
        borders(one)
    with pytest.raises(ValueError, match=r"the first goal \(spending\) is not about gaps alone"):
        borders(replace(tiny, goals=tiny.goals[1:]))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, ["borders", *(str(word) for word in words)], prog_name="planner")


@pytest.mark.slow
def test_the_command_prints_and_writes(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run(TINY, "--workers", 1, "-q", "-o", "answer")
    assert done.exit_code == 0, done.output
    assert "each planning alone loses 75.0 %" in " ".join(done.stdout.split())
    drawn = {
        f"{name}{end}" for name in ("jurisdictions", "signatures", "worlds") for end in (".svg", ".vl.json", ".zh.vl.json")
    }
    tables = {"gains.csv", "jurisdictions.csv", "signatures.csv", "worlds.csv"}
    assert {p.name for p in (tmp_path / "answer").iterdir()} == {"plans", "result.json"} | tables | drawn


def test_the_command_refuses_a_case_without_borders_with_exit_code_2(run: Callable[..., Result], tmp_path: Path) -> None:
    for file in TINY.glob("*.csv"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    text_of = (TINY / "case.yaml").read_text(encoding="utf-8")
    (tmp_path / "case.yaml").write_text(text_of.replace("  - {minimise: gaps}\n", ""), encoding="utf-8")
    done = run(tmp_path, "--workers", 1, "-q")
    assert done.exit_code == 2
    assert "the first goal (spending) is not about gaps alone" in done.stderr
