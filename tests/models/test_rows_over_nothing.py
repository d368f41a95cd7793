"""Instances of which a part is empty build a model: a row over nothing is a row or is left out, and never an error."""

from __future__ import annotations

import pytest

from models.alone import StandAlone
from models.goals import Goal
from models.network import Consumer
from models.rules import Rule
from models.work import WorkGap
from tests.models.by_hand import ALWAYS, canonical, instance, program, rows

PERIODS = ("30", "35")
PARK = {"host": {"p": "i"}, "phase_jobs": {"p": 10.0}, "skilled_share": {"p": 0.5}, "area": {"p": 0.0}}


class TestAParkThatCanNeverWork:
    """It may start, and be paid, but has no phase in any period: its host never reaches the origin."""

    given = instance(
        {"p": ALWAYS, "mill": {"30": ("35",)}},
        **PARK,
        lines=("town",),
        amount={("town", t): 5.0 for t in PERIODS},
        origin_route={("p", "30"): (10.0, "c")},
        consumers={"c": Consumer("30", ())},
        skilled={("i", t): 3.0 for t in PERIODS},
        graduates={("i", "35"): (("uni", "30", 0.5),)},
        need={("uni", "i", "30"): 4.0},
        land={("i", "30"): 1.0},
        parks_of={"pharma": ("p",)},
        most_hosts={"pharma": 0},
        closed_jobs={"mill": 2.0},
        closures_in={"i": ("mill",)},
        work_gap={("jobs", "i", "30"): WorkGap(0.4, {"p": 0.1}, 0.1, {"mill": 0.2})},
        existing_emissions={("plain", "30"): 4.0},
        emission_cap={("plain", "30"): 3.0},
        emissions_per_job={("plain", "p"): 0.5},
        tax={("p", "30"): 0.5},
        host_line={"p": "town"},
        origin_line={"p": "town"},
        moved_share={"p": 0.5},
        rules={"work": Rule("jobs", ("p",), PERIODS, "at_least", 1.0, None)},
    )

    def test_its_rows_say_that_nobody_works(self):
        """The skilled people of 35 are 3, and half of the 4 in need less the unmet."""
        assert not rows(self.given, "productive_within_phases", "productive_where_the_origin_is_reached")
        assert rows(
            self.given, "skilled_jobs_within_skilled_people", "closed_jobs_are_replaced", "work_gap_is_what_jobs_leave",
            "emissions_are_what_is_not_abated", "within_line", "rule_holds",
        ) == canonical(
            {
                "skilled_jobs_within_skilled_people[i,30]:  <= 3",
                "skilled_jobs_within_skilled_people[i,35]: +0.5 Unmet[uni,i,30] <= 5",
                "closed_jobs_are_replaced[i,30]:  <= 0",
                "closed_jobs_are_replaced[i,35]: +2 Start[mill,30] <= 0",
                "work_gap_is_what_jobs_leave[jobs,i,30]: +1 Gap[jobs,i,30] >= 0.4",
                "emissions_are_what_is_not_abated[plain,30]: +1 Emissions[plain,30] >= 4",
                "within_line[town,30]:  <= 5",
                "within_line[town,35]:  <= 5",
                "rule_holds[work]:  >= 1",
            }
        )  # fmt: skip

    def test_land_that_nothing_takes_is_no_row(self):
        assert not rows(self.given, "land_within_quota")


class TestNothingToLimit:
    def test_a_closure_in_a_city_without_parks_can_close_nothing(self):
        """It serves from 35 on; in 30 the row has no decision at all."""
        given = instance({"mill": {"30": ("35",)}}, closed_jobs={"mill": 2.0}, closures_in={"i": ("mill",)})
        assert rows(given, "closed_jobs_are_replaced") == canonical(
            {"closed_jobs_are_replaced[i,30]:  <= 0", "closed_jobs_are_replaced[i,35]: +2 Start[mill,30] <= 0"}
        )

    def test_a_level_without_measures_or_of_measures_without_cost_spends_nothing(self):
        given = instance(
            {"signature": ALWAYS},
            level_limit={"subsidy": 0.0, "barrier_removal": 2.0},
            measures_of_level={"subsidy": (), "barrier_removal": ("signature",)},
        )
        assert rows(given, "level_within_its_share") == canonical(
            {"level_within_its_share[subsidy]:  <= 0", "level_within_its_share[barrier_removal]:  <= 2"}
        )

    @pytest.mark.parametrize("subsidies_in", [{}, {"i": ()}])
    def test_few_periods_of_subsidies_without_any_subsidy(self, subsidies_in):
        given = instance({"rail": ALWAYS}, subsidy_periods=1, subsidies_in=subsidies_in)
        assert not rows(given, "subsidy_is_marked")
        assert len(rows(given, "subsidised_in_few_periods")) == len(subsidies_in)

    def test_land_before_any_start_and_land_of_a_city_without_parks(self):
        """p can start in 35 only: in 30 the row has no decision, but the zone's land if it serves."""
        given = instance(
            {"p": {"35": ("35",)}, "zone": ALWAYS},
            host={"p": "i"},
            area={"p": 2.0},
            land={("i", "30"): 1.0, ("i", "35"): 1.0, ("j", "30"): 1.0},
            added_land={("i", "35"): (("zone", 3.0),), ("j", "30"): (("zone", 1.0),)},
        )
        assert rows(given, "land_within_quota") == canonical(
            {
                "land_within_quota[i,30]:  <= 1",
                "land_within_quota[i,35]: +2 Start[p,35] -3 Start[zone,30] -3 Start[zone,35] <= 1",
            }
        )

    def test_an_airshed_without_parks_or_abatement_still_has_its_cap(self):
        given = instance({}, existing_emissions={("plain", "30"): 4.0}, emission_cap={("plain", "30"): 3.0})
        assert rows(given, "emissions_are_what_is_not_abated", "within_airshed_cap") == canonical(
            {
                "emissions_are_what_is_not_abated[plain,30]: +1 Emissions[plain,30] >= 4",
                "within_airshed_cap[plain,30]: +1 Emissions[plain,30] <= 3",
            }
        )

    def test_a_jurisdiction_without_gaps_is_as_well_off_as_alone(self):
        given = instance({}, alone={"north": StandAlone(0.0, 1.0, 1.0, {}, {}), "south": StandAlone(0.0, 0.0, 0.0, {}, {})})
        assert rows(given, "nobody_is_worse_off_than_alone") == canonical(
            {
                "nobody_is_worse_off_than_alone[north]: +1 WorstOwn[north] <= 0",
                "nobody_is_worse_off_than_alone[south]:  <= 0",
            }
        )

    def test_a_line_that_pays_nothing_can_receive_nothing(self):
        given = instance(
            {"treaty": ALWAYS},
            lines=("town", "core"),
            amount={(l, t): 5.0 for l in ("town", "core") for t in PERIODS},
            transfer_limit={("treaty", "town", "core", "30"): 0.0},
        )
        assert rows(given, "sent_only_while_permitted", "received_money_is_spent") == canonical(
            {
                "sent_only_while_permitted[treaty,town,core,30]: +1 Sent[treaty,town,core,30] <= 0",
                "received_money_is_spent[core,30]: +1 Sent[treaty,town,core,30] <= 0",
            }
        )

    def test_a_policy_attracts_nothing_for_what_costs_nothing(self):
        given = instance({"hub": ALWAYS, "q": ALWAYS}, attracts={("hub", "q"): (0.5, {"30": 1.0})})
        assert not rows(given, "attracted_within_its_share", "attracted_only_while_in_force")

    @pytest.mark.parametrize(
        "part", ["gaps", "worst_share", "worst_off_first", "spending", "starts", "benefit", "emissions"]
    )
    def test_a_goal_about_nothing_is_a_goal(self, part):
        ones = dict.fromkeys(PERIODS, 1.0)
        found = program(instance({}, goals=(Goal("g", {part: 1.0}, {}, {}, ones, ones),)))
        assert not found.objectives["goal", 0].cost.any()

    @pytest.mark.parametrize("of", ["jobs", "land"])
    @pytest.mark.parametrize("share_of", [None, ()])
    def test_a_rule_about_jobs_or_land_of_no_park_is_a_row(self, of, share_of):
        given = instance({"rail": ALWAYS}, rules={"none": Rule(of, ("rail",), PERIODS, "at_most", 0.0, share_of)})
        assert rows(given, "rule_holds") == canonical({"rule_holds[none]:  <= 0"})
