"""Rows of work and air, and the rules about jobs and land: what follows from productive jobs."""

from __future__ import annotations

from models.goals import Goal
from models.rules import Rule
from models.work import WorkGap
from tests.models.by_hand import ALWAYS, EVER, THREE, canonical, changed, instance, objective, rows, terms


def with_parks(serving, **fields):
    """An instance with the parks p and q in i, and r in j, and other measures beside them."""
    return instance(
        {"p": ALWAYS, "q": {"35": ("35",)}, "r": {"30": ("35",)}, **serving},
        host={"p": "i", "q": "i", "r": "j"},
        phase_jobs={"p": 20.0, "q": 10.0, "r": 10.0},
        phases=(("p", "30", "30"), ("p", "30", "35"), ("p", "35", "35"), ("q", "35", "35"), ("r", "30", "35")),
        **fields,
    )


class TestWork:
    def test_jobs_bonus_jobs_and_closures_move_the_gap_of_jobs(self):
        """One job takes 0.01 off the gap of i. In 35, half of the bonus of p (in i) and r (in j) is in i: 0.005; all of that
        of p and q, half in each park: 0.01. A closed unit of the mill adds 0.07. j lacks nothing: its base is below 0."""
        per_job = {"p": 0.01, "q": 0.01}
        given = with_parks(
            {"mill": {"30": ("35",), "35": ("35",)}},
            units={"p": 2.0, "q": 1.0, "r": 1.0, "mill": 3.0},
            chain_bonus={"v": 0.1},
            partners={("v", "p", "r", "35"): (1.0, None), ("v", "q", "p", "35"): (1.0, None)},
            work_gap={
                ("jobs", "i", "30"): WorkGap(0.4, per_job, 0.01, {"mill": 0.07}),
                ("jobs", "i", "35"): WorkGap(0.5, per_job, 0.01, {"mill": 0.07}),
                ("jobs", "j", "35"): WorkGap(-0.2, {"r": 0.02}, 0.02, {}),
            },
        )
        assert rows(given, "work_gap_is_what_jobs_leave") == canonical(
            {
                "work_gap_is_what_jobs_leave[jobs,i,30]: +1 Gap[jobs,i,30] +0.01 Jobs[p,30,30] >= 0.4",
                "work_gap_is_what_jobs_leave[jobs,i,35]: +1 Gap[jobs,i,35] +0.01 Jobs[p,30,35] +0.01 Jobs[p,35,35] "
                "+0.01 Jobs[q,35,35] +0.005 Bonus[v,p,r,35] +0.01 Bonus[v,q,p,35] "
                "-0.07 Start[mill,30] -0.07 Start[mill,35] >= 0.5",
                "work_gap_is_what_jobs_leave[jobs,j,35]: "
                "+1 Gap[jobs,j,35] +0.02 Jobs[r,30,35] +0.01 Bonus[v,p,r,35] >= -0.2",
            }
        )

    def test_a_phase_that_could_close_more_than_there_is_closes_all_of_it_only_as_a_whole(self):
        """In 35 a phase of p takes off 20 x 0.01, and 0.01 by half the bonus of two pairs: 0.21, so all of 0.15; one of q
        0.1 + 0.005. In 30 no phase closes all of 0.4; r could, where nothing is lacking."""
        given = with_parks(
            {"mill": {"30": ("35",)}},
            chain_bonus={"v": 0.1},
            partners={("v", "p", "r", "35"): (1.0, None), ("v", "q", "p", "35"): (1.0, None)},
            work_gap={
                ("jobs", "i", "30"): WorkGap(0.4, {"p": 0.01, "q": 0.01}, 0.01, {"mill": 0.07}),
                ("jobs", "i", "35"): WorkGap(0.15, {"p": 0.01, "q": 0.01}, 0.01, {"mill": 0.07}),
                ("jobs", "j", "35"): WorkGap(-0.2, {"r": 0.02}, 0.02, {}),
            },
        )
        assert rows(given, "work_gap_is_what_whole_phases_leave") == canonical(
            {
                "work_gap_is_what_whole_phases_leave[jobs,i,35]: "
                "+1 Gap[jobs,i,35] +0.15 Start[p,30] +0.15 Start[p,35] +0.105 Start[q,35] >= 0.15"
            }
        )
        # half of q has more than half of a bonus that a small partner limits: no row where any park starts in parts
        for part in "pq":
            assert not rows(changed(given, divisible=frozenset({part})), "work_gap_is_what_whole_phases_leave")

    def test_output_follows_productive_jobs_alone(self):
        """Two parks of different output a job; bonus jobs and closures change the output of nobody."""
        given = with_parks(
            {},
            chain_bonus={"v": 0.1},
            partners={("v", "p", "q", "35"): (1.0, None)},
            work_gap={("output", "i", "35"): WorkGap(0.3, {"p": 0.02, "q": 0.05}, 0.0, {})},
        )
        assert rows(given, "work_gap_is_what_jobs_leave") == canonical(
            {
                "work_gap_is_what_jobs_leave[output,i,35]: "
                "+1 Gap[output,i,35] +0.02 Jobs[p,30,35] +0.02 Jobs[p,35,35] +0.05 Jobs[q,35,35] >= 0.3"
            }
        )

    def test_a_gap_of_work_is_a_gap_like_any_other(self):
        """It has a promise, a target, pieces of a tenth, and a place in the order after access and services."""
        given = with_parks(
            {},
            need={("care", "i", "30"): 1.0},
            work_gap={("jobs", "i", "30"): WorkGap(0.3, {}, 0.0, {})},
            gap_limit={("jobs", "i", "30"): 0.3},
            target_gap={("most", "jobs", "i", "30"): 0.2},
        )
        pieces = " ".join(f"-1 GapPiece[jobs,i,30,{k}]" for k in range(10))
        assert given.gaps == (("care", "i", "30"), ("jobs", "i", "30"))
        found = rows(given, "no_city_loses", "target_is_met", "gap_is_the_sum_of_its_pieces")
        assert canonical(
            {
                "no_city_loses[jobs,i,30]: +1 Gap[jobs,i,30] <= 0.3",
                "target_is_met[most,jobs,i,30]: +1 Gap[jobs,i,30] <= 0.2",
                f"gap_is_the_sum_of_its_pieces[jobs,i,30]: +1 Gap[jobs,i,30] {pieces} = 0",
            }
        ) == {row for row in found if "jobs" in row[0]}


class TestAir:
    given = with_parks(
        {"filter": {"30": ("35",), "35": ("35",)}, "mill": ALWAYS},
        units={"p": 1.0, "q": 1.0, "r": 1.0, "filter": 2.0, "mill": 1.0},
        existing_emissions={("plain", "30"): 50.0, ("plain", "35"): 45.0, ("coast", "35"): 8.0},
        emission_cap={("plain", "35"): 40.0},
        emissions_per_job={("plain", "p"): 0.2, ("plain", "r"): 0.5, ("coast", "q"): 0.4},
        lowered={("plain", "filter"): 3.0, ("plain", "mill"): 6.0, ("coast", "filter"): 1.0},
        years={"30": 5, "35": 4},
        emission_scale=10.0,
        goals=(Goal("clean", {"emissions": 2.0}, {}, {}, {"30": 1.0, "35": 1.0}, {"30": 1.0, "35": 1.0}),),
    )

    def test_emissions_follow_jobs_less_abatement_and_closures_that_serve(self):
        """p and r are in the plain though in different cities; the filter cleans both airsheds, a period after its start."""
        assert rows(self.given, "emissions_are_what_is_not_abated") == canonical(
            {
                "emissions_are_what_is_not_abated[plain,30]: "
                "+1 Emissions[plain,30] -0.2 Jobs[p,30,30] +6 Start[mill,30] >= 50",
                "emissions_are_what_is_not_abated[plain,35]: +1 Emissions[plain,35] -0.2 Jobs[p,30,35] -0.2 Jobs[p,35,35] "
                "-0.5 Jobs[r,30,35] +3 Start[filter,30] +3 Start[filter,35] +6 Start[mill,30] +6 Start[mill,35] >= 45",
                "emissions_are_what_is_not_abated[coast,35]: "
                "+1 Emissions[coast,35] -0.4 Jobs[q,35,35] +1 Start[filter,30] +1 Start[filter,35] >= 8",
            }
        )

    def test_a_cap_holds_where_there_is_one(self):
        assert rows(self.given, "within_airshed_cap") == canonical(
            {"within_airshed_cap[plain,35]: +1 Emissions[plain,35] <= 40"}
        )

    def test_the_goal_counts_the_years_of_each_period_in_the_airsheds_own_unit(self):
        """2 x 10 (scale) x 5 years, and x 4 years."""
        assert terms(objective(self.given, ("goal", 0))) == terms(
            "+100 Emissions[plain,30] +80 Emissions[plain,35] +80 Emissions[coast,35]"
        )


class TestRulesOfJobsAndLand:
    def test_jobs_are_those_of_the_last_period_of_the_rule(self):
        """Of 30 and 35 that is 35; the rail is no park, and q has no phase in 30. A share: q less half of (p + q)."""
        given = with_parks(
            {"rail": ALWAYS},
            rules={
                "work": Rule("jobs", ("p", "q", "r", "rail"), ("30", "35"), "at_least", 12.0, None),
                "early": Rule("jobs", ("p", "q"), ("30",), "at_most", 5.0, None),
                "half": Rule("jobs", ("q",), ("35",), "at_most", 0.5, ("p", "q")),
            },
        )
        assert rows(given, "rule_holds") == canonical(
            {
                "rule_holds[work]: "
                "+1 Jobs[p,30,35] +1 Jobs[p,35,35] +1 Jobs[q,35,35] +1 Jobs[r,30,35] >= 12",
                "rule_holds[early]: +1 Jobs[p,30,30] <= 5",
                "rule_holds[half]: +0.5 Jobs[q,35,35] -0.5 Jobs[p,30,35] -0.5 Jobs[p,35,35] <= 0",
            }
        )  # fmt: skip

    def test_land_is_that_of_the_units_started_in_the_periods_of_the_rule(self):
        """p takes 2 km2 a unit, q 3; a rail takes none. A share: 3 of q less 0.25 x (2 of p + 3 of q)."""
        given = instance(
            {"p": EVER, "q": EVER, "rail": EVER},
            periods=THREE,
            area={"p": 2.0, "q": 3.0},
            rules={
                "thrift": Rule("land", ("p", "q"), ("35", "40"), "at_most", 4.0, None),
                "share": Rule("land", ("q",), ("30",), "at_least", 0.25, ("p", "q", "rail")),
            },
        )
        found = rows(given, "rule_holds")
        assert found == canonical(
            {
                "rule_holds[thrift]: +2 Start[p,35] +2 Start[p,40] +3 Start[q,35] +3 Start[q,40] <= 4",
                "rule_holds[share]: +2.25 Start[q,30] -0.5 Start[p,30] >= 0",
            }
        )
