"""What each limit that binds costs the first goal: worked out by hand, one kind of limit after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import Case
from planner.planning.search import SolveOptions, solve
from planner.promises.binding import binding
from planner.questions.asking import AskOptions
from planner.questions.value.ask import loosened, value
from planner.questions.value.shown import pictures, text
from planner.words.said import told_in
from tests.solving.folders import case
from tests.solving.test_reserve_by_hand import CITIES, LINKS

OPTIONS = AskOptions(gap=1e-7, workers=1)
YAML = """\
    periods: [2026-2030]
    modes: {{road: {{boarding_minutes: 0}}}}
    access: {{core: {{kind: nearest, from: {{tier: small}}, to: {{tier: core}}, standard_minutes: 40, worst_minutes: 100}}}}
    lines: {{{lines}}}
    goals: [{{minimise: gaps}}, {{minimise: spending}}]
    {more}
    """
MEASURES = """\
    id kind city capital_cost level status start_period
    to-b link - 4 - candidate -
    to-c link - 4 - candidate -
    to-d link - 4 - candidate -
    pact policy - 0 {level} decided 2026-2030
    """
# what the limits are, money, the kind that binds, by how much it is loosened, what that gains of the gaps' sum of 1
# without roads every gap is 1; the first brings one to 0, the second another to 1/3, the third the last to 2/3
SECOND, THIRD = 2 / 9, 1 / 9


def roads(folder: Path, lines: str, budgets: str, more: str = "", measures: str = MEASURES) -> Case:
    """Three new roads that cost 4 each."""
    tables = {"cities": CITIES, "links": LINKS, "measures": measures.format(level="supportive")}
    return case(folder, YAML.format(lines=lines, more=more), **tables, budgets=f"line period amount\n{budgets}")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "lines", "budgets", "more", "by", "gains"),
    [
        # of three roads (the pact counts, too) one more
        ("rule", "fund: {holder: North}", "fund 2030 20", "rules: [{id: few, of: count, at_most: 3}]", 0.1, THIRD),
        # 8 of 12 may be spent; with 12 all three
        ("rule", "fund: {holder: North}", "fund 2030 20", "rules: [{id: thrift, of: spending, at_most: 8}]", 0.5, THIRD),
        # 8 and half of it are the 12; without a reserve all three
        ("reserve", "fund: {holder: North, reserve: 0.5}", "fund 2030 12", "", 1.0, THIRD),
        # each pays half of 8; the rich one has money left, and could pay three quarters of 12
        ("largest share", "poor: {holder: North}, rich: {holder: North, at_most_share: 0.5}", "poor 2030 4\nrich 2030 20",
         "", 0.5, THIRD),
        # may send 4 of its 20 to the one that may pay for roads; 8 would be two
        ("transfer", "rich: {holder: North, pays_for: [{kind: policy}]}, poor: {holder: North, pays_for: [{kind: link}]}",
         "rich 2030 20\npoor 2030 0", "effects: {pact: [{allow_transfer: {from: rich, to: poor, at_most_share: 0.2}}]}", 1.0,
         SECOND),
        # the rich one may pay for no road
        ("earmark", "rich: {holder: North, pays_for: [{kind: policy}]}, poor: {holder: North}", "rich 2030 20\npoor 2030 8",
         "", 0.1, THIRD),
    ],
)  # fmt: skip
def test_each_kind_of_limit_binds_and_its_value_is_known(
    tmp_path: Path, kind: str, lines: str, budgets: str, more: str, by: float, gains: float
) -> None:
    """The gain is known as an interval around what was worked out."""
    answer = value(roads(tmp_path, lines, budgets, more), lines=None, by=(by,), options=OPTIONS)
    table = answer.table("limits")
    row = table[table["kind"] == kind].iloc[0]
    assert row["gain_at_least"] == pytest.approx(gains, abs=1e-5)
    assert row["gain_at_most"] == pytest.approx(gains, abs=1e-5)
    assert row["used"] >= 0.95
    assert (row["by"] != row["by"]) == (kind == "earmark")
    assert not row["gain_is_noise"]
    said = " ".join(text(answer).split())
    assert "WHAT BINDS BESIDE MONEY" in said
    assert str(row["limit"]).split(" (")[0] in said
    assert "limits" in pictures(answer)


@pytest.mark.slow
def test_a_limit_of_debt_that_differs_by_period_is_said_with_each(tmp_path: Path) -> None:
    """Two roads of 8 in all where 4 may be owed first and 6 then, and money comes last: half as much more is 6 and 9."""
    yaml = YAML.replace("periods: [2026-2030]", "periods: [2026-2030, 2031-2035, 2036-2040]")
    lines = "fund: {holder: North, borrow: {limit: {2030: 4, 2035: 6, 2040: 0}, interest: 0}}"
    tables = {"cities": CITIES, "links": LINKS, "measures": MEASURES.format(level="supportive")}
    budgets = "line period amount\nfund 2030 0\nfund 2035 0\nfund 2040 20"
    asked = case(tmp_path, yaml.format(lines=lines, more=""), **tables, budgets=budgets)
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    (limit,) = [one for one in binding(plan) if one.kind == "debt"]
    assert limit.said == "fund may owe at most 4 bn in 2026-2030 and 6 bn in 2031-2035"
    answer = value(asked, lines=None, by=(0.5,), plan=plan, options=OPTIONS)
    assert "50 % 6 bn in 2026-2030 and 9 bn in 2031-2035" in " ".join(text(answer).split())


@pytest.mark.slow
def test_units_of_a_kind_bind_together(tmp_path: Path) -> None:
    """Clinics of 100 people's need each in two cities, one and two of them: half as many more are a whole one more each."""
    yaml = """\
        periods: [2026-2030]
        modes: {road: {}}
        services: {clinic: {name: clinics, unit: posts, per_1000: 10}}
        lines: {fund: {holder: North}}
        goals: [{minimise: gaps}, {minimise: spending}]
        """
    tables = {
        "cities": "id jurisdiction tier lat lon population\nA North core 30 110 1000\nB North small 31 111 1000",
        "links": "id from to mode minutes\nab A B road 100",
        "capacity": "city service capacity\nA clinic 0\nB clinic 0",
        "measures": "id kind city service capacity capital_cost units\na facility A clinic 1 1 2\nb facility B clinic 1 1 4",
        "budgets": "line period amount\nfund 2030 100",
    }
    asked = case(tmp_path, yaml, **tables)
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    (limit,) = [one for one in binding(plan) if one.kind == "units"]
    assert (limit.now, limit.used) == (6.0, 1.0)
    assert limit.said == "facilities of clinics: 6 units in all"
    assert "facilities" not in told_in("zh", limit.said)
    answer = value(asked, by=(0.5, 1.0), plan=plan, options=OPTIONS)
    found = answer.table("limits").set_index("by")["gain_at_least"]
    # half as many: 3 and 6 of 10 each, where it was 2 and 4: (0.1 + 0.2) / 2; twice as many: 4 and 8
    assert found[0.5] == pytest.approx(0.15, abs=1e-5)
    assert found[1.0] == pytest.approx(0.3, abs=1e-5)


@pytest.mark.slow
def test_what_leaves_room_does_not_bind(tmp_path: Path) -> None:
    """Two roads of the three that the rule allows, for want of money; half of what the line may send is sent."""
    asked = roads(tmp_path, "fund: {holder: North}", "fund 2030 8", "rules: [{id: few, of: count, at_most: 4}]")
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert binding(plan) == ()
    assert loosened(plan, (0.1,)) == ()
    answer = value(asked, by=(0.1,), plan=plan, options=OPTIONS)
    assert len(answer.table("limits")) == 0
    assert "No limit but money binds" in text(answer)


def test_shares_that_are_none_are_refused(tmp_path: Path) -> None:
    asked = roads(tmp_path, "fund: {holder: North}", "fund 2030 8")
    for wrong in (0.0, -0.1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="above zero"):
            value(asked, by=(wrong,), options=OPTIONS)


def test_a_count_that_must_be_reached_gives_way_by_whole_measures(tmp_path: Path) -> None:
    """At least two of three by a tenth is at least one, and not 1.8; what is told is what is solved."""
    asked = roads(tmp_path, "fund: {holder: North}", "fund 2030 8", "rules: [{id: many, of: count, at_least: 3}]")
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    (rule,) = [one for one in loosened(plan, (0.1,)) if one.limit.kind == "rule"]
    assert rule.figure == 2.0


def test_units_are_told_as_they_are_rounded(tmp_path: Path) -> None:
    """Two of two and four of four: a tenth more is 3 and 5, eight in all and not 6.6."""
    yaml = """\
        periods: [2026-2030]
        modes: {road: {}}
        services: {clinic: {name: clinics, unit: posts, per_1000: 10}}
        lines: {fund: {holder: North}}
        goals: [{minimise: gaps}]
        """
    tables = {
        "cities": "id jurisdiction tier lat lon population\nA North core 30 110 1000\nB North small 31 111 1000",
        "links": "id from to mode minutes\nab A B road 100",
        "capacity": "city service capacity\nA clinic 0\nB clinic 0",
        "measures": "id kind city service capacity capital_cost units\na facility A clinic 1 1 2\nb facility B clinic 1 1 4",
        "budgets": "line period amount\nfund 2030 100",
    }
    plan = solve(case(tmp_path, yaml, **tables), options=SolveOptions(gap=1e-9))
    (units,) = [one for one in loosened(plan, (0.1,)) if one.limit.kind == "units"]
    assert units.figure == 8.0
    measures = dict(units.limit.wider(units.asked))["measures"]
    assert sum(m.units for m in measures.values()) == 8.0  # type: ignore[attr-defined]
