"""Rows of the first blocks, on instances small enough to write the rows down by hand next to their formulas."""

from __future__ import annotations

from dataclasses import replace

from models.access import AccessGap
from models.goals import Goal
from models.money import Purse
from models.network import Consumer
from models.rules import Rule
from tests.models.by_hand import ALWAYS, canonical, changed, instance, objective, program, rows

NEEDS = {("care", "a", "30"): 4.0, ("care", "a", "35"): 5.0, ("care", "b", "30"): 2.0}


def goal(**parts):
    """A goal with weights on two gaps of city a."""
    weight = {("care", "a", "30"): 0.6, ("care", "a", "35"): 0.4}
    return Goal("g", parts, weight, weight, {"30": 1.0, "35": 0.5}, {"30": 1.0, "35": 0.8})


class TestMeasures:
    def test_a_measure_starts_at_most_its_units_over_all_periods(self):
        given = instance({"rail": ALWAYS, "school": ALWAYS}, units={"rail": 1.0, "school": 3.0})
        assert rows(given, "starts_within_units") == canonical(
            {
                "starts_within_units[rail]: +1 Start[rail,30] +1 Start[rail,35] <= 1",
                "starts_within_units[school]: +1 Start[school,30] +1 Start[school,35] <= 3",
            }
        )

    def test_a_start_lies_between_zero_and_the_most_that_may_start_in_a_period(self):
        given = instance({"school": ALWAYS}, units={"school": 5.0}, max_starts={"school": 2.0})
        found = program(given)
        assert list(found.upper[[found.columns["Start", ("school", "30")]]]) == [2.0]

    def test_only_divisible_measures_start_in_parts(self):
        found = program(instance({"rail": ALWAYS, "staff": ALWAYS}, divisible=frozenset({"staff"})))
        whole = {name[1][0]: bool(found.integer[k]) for name, k in found.columns.items() if name[0] == "Start"}
        assert whole == {"rail": True, "staff": False}

    def test_all_units_of_a_decided_measure_start(self):
        given = instance({"rail": {"30": ("35",)}}, decided=frozenset({"rail"}))
        assert rows(given, "all_decided_units_start") == canonical({"all_decided_units_start[rail]: +1 Start[rail,30] = 1"})

    def test_a_requirement_is_asked_of_any_unit_in_the_period_of_the_start(self):
        """The park has 3 units, so a binary marks any start; the rail serves in 35 only, so a start in 30 is shut."""
        given = instance(
            {"rail": {"30": ("35",)}, "park": ALWAYS}, units={"rail": 1.0, "park": 3.0}, requires=(("park", "rail"),),
            asked_started=frozenset({"park"}),
        )  # fmt: skip
        assert rows(given, "required_serves_at_the_start", "any_start_is_marked") == canonical(
            {
                "required_serves_at_the_start[park,rail,30]: +1 AnyStart[park,30] <= 0",
                "required_serves_at_the_start[park,rail,35]: -1 Start[rail,30] +1 AnyStart[park,35] <= 0",
                "any_start_is_marked[park,30]: +1 Start[park,30] -3 AnyStart[park,30] <= 0",
                "any_start_is_marked[park,35]: +1 Start[park,35] -3 AnyStart[park,35] <= 0",
            }
        )

    def test_a_divisible_measure_is_present_with_one_whole_unit(self):
        given = instance({"staff": ALWAYS}, divisible=frozenset({"staff"}), asked_present=frozenset({"staff"}))
        assert rows(given, "a_whole_unit_serves") == canonical(
            {
                "a_whole_unit_serves[staff,30]: -1 Start[staff,30] +1 WholeUnit[staff,30] <= 0",
                "a_whole_unit_serves[staff,35]: -1 Start[staff,30] -1 Start[staff,35] +1 WholeUnit[staff,35] <= 0",
            }
        )

    def test_at_most_one_measure_of_a_group_ever_starts(self):
        given = instance({"a": ALWAYS, "b": ALWAYS}, units={"a": 1.0, "b": 2.0}, one_of={"site": ("a", "b")})
        assert rows(given, "one_of_a_group", "any_choice_is_marked") == canonical(
            {
                "one_of_a_group[site]: +1 Start[a,30] +1 Start[a,35] +1 AnyChosen[b] <= 1",
                "any_choice_is_marked[b]: +1 Start[b,30] +1 Start[b,35] -2 AnyChosen[b] <= 0",
            }
        )

    def test_measures_that_belong_together_start_alike(self):
        given = instance({"a": ALWAYS, "b": ALWAYS}, together=(("b", "a"),))
        assert rows(given, "starts_together") == canonical(
            {
                "starts_together[b,a,30]: -1 Start[a,30] +1 Start[b,30] = 0",
                "starts_together[b,a,35]: -1 Start[a,35] +1 Start[b,35] = 0",
            }
        )


class TestNetworkAndAccess:
    given = instance(
        {"rail": {"30": ("35",)}, "hub": ALWAYS},
        consumers={"c": Consumer("35", ((0.5, ("rail", "hub")), (0.3, ("rail",)), (0.1, ("hub",))))},
        access_gap={
            ("core", "a", "35"): AccessGap(0.8, ((1.0, "c"),), at_least=False),
            ("reach", "a", "35"): AccessGap(0.4, ((0.7, "c"),), at_least=True),
        },
    )  # fmt: skip

    def test_all_routes_that_need_a_measure_are_summed_in_one_row(self):
        assert rows(self.given, "routes_need_what_serves") == canonical(
            {
                "routes_need_what_serves[c,rail]: -1 Start[rail,30] +1 Use[c,0] +1 Use[c,1] <= 0",
                "routes_need_what_serves[c,hub]: -1 Start[hub,30] -1 Start[hub,35] +1 Use[c,0] +1 Use[c,2] <= 0",
            }
        )

    def test_a_consumer_takes_one_route_at_most(self):
        assert rows(self.given, "at_most_one_route") == canonical(
            {"at_most_one_route[c]: +1 Use[c,0] +1 Use[c,1] +1 Use[c,2] <= 1"}
        )

    def test_an_access_gap_is_what_routes_leave_and_reach_stops_at_zero(self):
        assert rows(self.given, "access_gap_is_what_routes_leave") == canonical(
            {
                "access_gap_is_what_routes_leave[core,a,35]: "
                "+0.5 Use[c,0] +0.3 Use[c,1] +0.1 Use[c,2] +1 Gap[core,a,35] = 0.8",
                "access_gap_is_what_routes_leave[reach,a,35]: "
                "+0.35 Use[c,0] +0.21 Use[c,1] +0.07 Use[c,2] +1 Gap[reach,a,35] >= 0.4",
            }
        )


class TestGaps:
    def test_promises_about_gaps_are_upper_limits(self):
        given = instance(
            {}, need=NEEDS, gap_limit={("care", "a", "30"): 0.25}, target_gap={("goal", "care", "a", "35"): 0.1}
        )  # fmt: skip
        assert rows(given, "no_city_loses", "target_is_met") == canonical(
            {
                "no_city_loses[care,a,30]: +1 Gap[care,a,30] <= 0.25",
                "target_is_met[goal,care,a,35]: +1 Gap[care,a,35] <= 0.1",
            }
        )


class TestServices:
    given = instance(
        {"home": ALWAYS, "bus": ALWAYS},
        need=NEEDS,
        supply={("care", "a", "30"): 1.0, ("care", "b", "30"): 3.0},
        spare={("care", "b", "30"): 1.0, ("care", "a", "30"): 0.0},
        added={("care", "b", "30"): (("home", 2.0),)},
        consumers={"c": Consumer("30", ((1.0, ("bus",)),))},
        pairs={("care", "a", "b", "30"): (3.0, "c")},
    )

    def test_need_is_met_at_home_met_away_or_unmet(self):
        assert rows(self.given, "need_is_met_or_unmet") == canonical(
            {
                "need_is_met_or_unmet[care,a,30]: +1 ServeHome[care,a,30] +1 ServeAway[care,a,b,30] +1 Unmet[care,a,30] = 4",
                "need_is_met_or_unmet[care,a,35]: +1 Unmet[care,a,35] = 5",
                "need_is_met_or_unmet[care,b,30]: +1 ServeHome[care,b,30] +1 Unmet[care,b,30] = 2",
            }
        )

    def test_a_gap_is_the_share_of_the_need_that_is_unmet(self):
        assert rows(self.given, "gap_is_the_share_unmet") == canonical(
            {
                "gap_is_the_share_unmet[care,a,30]: +4 Gap[care,a,30] -1 Unmet[care,a,30] = 0",
                "gap_is_the_share_unmet[care,a,35]: +5 Gap[care,a,35] -1 Unmet[care,a,35] = 0",
                "gap_is_the_share_unmet[care,b,30]: +2 Gap[care,b,30] -1 Unmet[care,b,30] = 0",
            }
        )

    def test_of_what_is_met_elsewhere_a_part_may_be_missing_all_the_same(self):
        """Each post in b counts 0.7 for a: 0.3 is missing, beside what is unmet; at home all counts."""
        assert rows(changed(self.given, away_counts={"care": 0.7}), "gap_is_the_share_unmet") == canonical(
            {
                "gap_is_the_share_unmet[care,a,30]: +4 Gap[care,a,30] -1 Unmet[care,a,30] -0.3 ServeAway[care,a,b,30] = 0",
                "gap_is_the_share_unmet[care,a,35]: +5 Gap[care,a,35] -1 Unmet[care,a,35] = 0",
                "gap_is_the_share_unmet[care,b,30]: +2 Gap[care,b,30] -1 Unmet[care,b,30] = 0",
            }
        )

    def test_capacity_is_what_there_is_and_what_serving_measures_add(self):
        assert rows(self.given, "served_within_capacity") == canonical(
            {
                "served_within_capacity[care,a,30]: +1 ServeHome[care,a,30] <= 1",
                "served_within_capacity[care,b,30]: "
                "-2 Start[home,30] +1 ServeHome[care,b,30] +1 ServeAway[care,a,b,30] <= 3",
            }
        )

    def test_a_whole_unit_larger_than_a_need_serves_that_need_only_as_a_whole(self):
        """Units of 6 where b needs 2 and a needs 4, all shared: b gets 2 a unit, a 4, besides the stock of 3."""
        given = changed(self.given, added={("care", "b", "30"): (("home", 6.0),)}, spare={})
        assert rows(given, "served_within_its_part_of_units") == canonical(
            {
                "served_within_its_part_of_units[care,b,b,30]: -2 Start[home,30] +1 ServeHome[care,b,30] <= 3",
                "served_within_its_part_of_units[care,a,b,30]: -4 Start[home,30] +1 ServeAway[care,a,b,30] <= 3",
            }
        )

    def test_only_what_a_city_can_spare_is_used_from_elsewhere(self):
        assert rows(self.given, "served_elsewhere_within_what_can_be_spared") == canonical(
            {"served_elsewhere_within_what_can_be_spared[care,b,30]: -2 Start[home,30] +1 ServeAway[care,a,b,30] <= 1"}
        )

    def test_what_own_stock_leaves_is_all_that_units_elsewhere_serve(self):
        """Units of 6; a needs 4 and has 1, which nobody else may take: 3 a unit. Where all may be shared, it is all 4."""
        given = changed(self.given, added={("care", "b", "30"): (("home", 6.0),)})
        away = "served_within_its_part_of_units[care,a,b,30]: -{} Start[home,30] +1 ServeAway[care,a,b,30] <= {}"
        assert canonical({away.format(3, 1)}) <= rows(given, "served_within_its_part_of_units")
        shared = changed(given, spare={})
        assert canonical({away.format(4, 3)}) <= rows(shared, "served_within_its_part_of_units")

    def test_cities_that_come_by_the_same_measure_take_no_more_than_all_that_can_be_shared(self):
        """a and c come to b by the bus only, and could take 3 and 2; b shares 1.5 at most, and d comes without the bus."""
        pairs = {
            ("care", "a", "b", "30"): (3.0, "c"),
            ("care", "c", "b", "30"): (2.0, "c"),
            ("care", "d", "b", "30"): (3.0, None),
        }
        need = NEEDS | {("care", i, "30"): 9.0 for i in "cd"}
        given = changed(self.given, pairs=pairs, shared={("care", "b", "30"): 1.5}, need=need)
        assert rows(given, "served_elsewhere_while_what_all_need_serves") == canonical(
            {
                "served_elsewhere_while_what_all_need_serves[care,b,30,bus]: "
                "-1.5 Start[bus,30] +1 ServeAway[care,a,b,30] +1 ServeAway[care,c,b,30] <= 0"
            }
        )
        enough = changed(given, shared={("care", "b", "30"): 5.0})
        assert not rows(enough, "served_elsewhere_while_what_all_need_serves")
        two_ways = changed(given, consumers={"c": Consumer("30", ((1.0, ("bus",)), (1.0, ("home",))))})
        assert not rows(two_ways, "served_elsewhere_while_what_all_need_serves")

    def test_residents_have_what_there_is_less_what_others_use_and_what_they_use_elsewhere(self):
        """a had 1 post and b 3.5; what a uses in b is lost to b, and counts 0.7 for a."""
        given = changed(
            self.given, away_counts={"care": 0.7}, resident_level={("care", "a", "30"): 1.0, ("care", "b", "30"): 3.5}
        )
        assert rows(given, "no_level_falls") == canonical(
            {
                "no_level_falls[care,a,30]: -0.7 ServeAway[care,a,b,30] <= 0",
                "no_level_falls[care,b,30]: -2 Start[home,30] +1 ServeAway[care,a,b,30] <= -0.5",
            }
        )

    def test_another_city_serves_only_by_an_open_route(self):
        assert rows(self.given, "served_away_where_a_route_and_a_right_are_open") == canonical(
            {"served_away_where_a_route_and_a_right_are_open[care,a,b,30]: -3 Use[c,0] +1 ServeAway[care,a,b,30] <= 0"}
        )


class TestMoney:
    given = instance(
        {"rail": ALWAYS, "hub": ALWAYS},
        lines=("town", "state"),
        cost={
            ("rail", "capital", "30", "30"): 6.0, ("rail", "capital", "35", "35"): 6.0, ("rail", "running", "30", "35"): 1.0,
            ("hub", "capital", "30", "30"): 2.0,
        },
        fixed_share={("hub", "capital", "town"): 0.5, ("hub", "capital", "state"): 0.5, ("rail", "running", "town"): 1.0},
        purses={"both": Purse((("rail", "capital"),), {"town": 1.0, "state": 0.6})},
        amount={("town", "30"): 5.0, ("town", "35"): 4.0, ("state", "30"): 3.0, ("state", "35"): 3.0},
        minimum={("state", "35"): 1.0},
        carry_over=frozenset({"town"}),
    )  # fmt: skip

    def test_the_lines_that_share_a_purse_pay_all_of_it(self):
        assert rows(self.given, "every_cost_is_paid") == canonical(
            {
                "every_cost_is_paid[both,30]: -6 Start[rail,30] +1 Pay[both,town,30] +1 Pay[both,state,30] = 0",
                "every_cost_is_paid[both,35]: -6 Start[rail,35] +1 Pay[both,town,35] +1 Pay[both,state,35] = 0",
            }
        )

    def test_a_line_pays_at_most_its_largest_share(self):
        assert rows(self.given, "within_largest_share") == canonical(
            {
                "within_largest_share[both,state,30]: -3.6 Start[rail,30] +1 Pay[both,state,30] <= 0",
                "within_largest_share[both,state,35]: -3.6 Start[rail,35] +1 Pay[both,state,35] <= 0",
            }
        )

    def test_payments_and_money_kept_stay_within_the_amount_and_what_was_kept(self):
        assert rows(self.given, "within_line") == canonical(
            {
                "within_line[town,30]: +1 Start[hub,30] +1 Pay[both,town,30] +1 Carry[town,30] <= 5",
                "within_line[town,35]: +1 Start[rail,30] +1 Pay[both,town,35] -1 Carry[town,30] <= 4",
                "within_line[state,30]: +1 Start[hub,30] +1 Pay[both,state,30] <= 3",
                "within_line[state,35]: +1 Pay[both,state,35] <= 3",
            }
        )

    def test_a_minimum_is_spent_by_payments_alone(self):
        assert rows(self.given, "minimum_is_spent") == canonical({"minimum_is_spent[state,35]: +1 Pay[both,state,35] >= 1"})


class TestRules:
    given = instance(
        {"rail": ALWAYS, "school": ALWAYS},
        units={"rail": 1.0, "school": 3.0},
        cost={("rail", "capital", "30", "30"): 6.0, ("school", "capital", "30", "30"): 2.0},
        rules={
            "half": Rule("spending", ("school",), ("30", "35"), "at_least", 0.5, ("rail", "school")),
            "few": Rule("count", ("rail", "school"), ("30",), "at_most", 1.0, None),
            "some": Rule("units", ("school",), ("35",), "at_least", 2.0, None),
        },
    )

    def test_a_rule_compares_spending_counts_or_units_with_a_limit_or_a_share(self):
        """School's 2 less half of (6 + 2): +1 a school, -3 for the rail."""
        assert rows(self.given, "rule_holds") == canonical(
            {
                "rule_holds[half]: -3 Start[rail,30] +1 Start[school,30] >= 0",
                "rule_holds[few]: +1 Start[rail,30] +1 Counted[few,school] <= 1",
                "rule_holds[some]: +1 Start[school,35] >= 2",
            }
        )

    def test_a_measure_in_units_counts_once_if_any_unit_starts_in_the_rule_s_periods(self):
        assert rows(self.given, "counted_if_started", "started_if_counted") == canonical(
            {
                "counted_if_started[few,school]: +1 Start[school,30] -3 Counted[few,school] <= 0",
                "started_if_counted[few,school]: -1 Start[school,30] +1 Counted[few,school] <= 0",
            }
        )

    def test_a_rule_over_nothing_that_can_start_holds_if_nothing_is_asked(self):
        given = instance({"rail": ALWAYS}, rules={"none": Rule("units", (), ("30",), "at_least", 0.0, None)})
        assert rows(given, "rule_holds") == canonical({"rule_holds[none]:  >= 0"})

    def test_a_rule_over_nothing_that_can_start_is_a_row_that_nothing_can_keep_if_something_is_asked(self):
        given = instance({"rail": ALWAYS}, rules={"none": Rule("units", (), ("30",), "at_least", 1.0, None)})
        assert rows(given, "rule_holds") == canonical({"rule_holds[none]:  >= 1"})


class TestGoals:
    def test_gaps_and_the_worst_city(self):
        given = instance({}, need=NEEDS, goals=(goal(gaps=1.0, worst_city=0.5),))
        assert objective(given, ("goal", 0)) == "+0.6 Gap[care,a,30] +0.4 Gap[care,a,35] +0.5 WorstCity[0]"
        assert rows(given, "worst_city_is_no_better_than_any") == canonical(
            {"worst_city_is_no_better_than_any[0,a]: -0.6 Gap[care,a,30] -0.4 Gap[care,a,35] +1 WorstCity[0] >= 0"}
        )

    def test_spending_is_discounted_starts_are_counted_and_benefit_has_a_minus(self):
        costs = {("rail", "capital", "30", "30"): 6.0, ("rail", "capital", "35", "35"): 6.0}
        given = instance(
            {"rail": ALWAYS},
            cost=costs,
            benefit={"rail": 10.0},
            goals=(goal(spending=1.0), goal(starts=1.0), goal(benefit=1.0)),
        )  # fmt: skip
        assert objective(given, ("goal", 0)) == "+6 Start[rail,30] +4.8 Start[rail,35]"
        assert objective(given, ("goal", 1)) == "+1 Start[rail,30] +1 Start[rail,35]"
        assert objective(given, ("goal", 2)) == "-10 Start[rail,30] -5 Start[rail,35]"

    def test_a_goal_with_a_limit_stays_within_it(self):
        given = instance(
            {"rail": ALWAYS}, benefit={"rail": 10.0}, goals=(goal(starts=1.0), replace(goal(benefit=1.0), most=-8.0))
        )
        assert rows(given, "goal_within_its_limit") == canonical(
            {"goal_within_its_limit[1]: -10 Start[rail,30] -5 Start[rail,35] <= -8"}
        )


class TestEvenness:
    def test_a_gap_is_the_sum_of_ten_pieces_of_which_the_later_weigh_more(self):
        given = instance({}, need={("care", "a", "30"): 4.0}, evenness_weight={("care", "a", "30"): 2.0})
        pieces = " ".join(f"-1 GapPiece[care,a,30,{k}]" for k in range(10))
        assert rows(given, "gap_is_the_sum_of_its_pieces") == canonical(
            {f"gap_is_the_sum_of_its_pieces[care,a,30]: +1 Gap[care,a,30] {pieces} = 0"}
        )
        weights = " ".join(f"+{2 * (2 * k + 1) / 10:g} GapPiece[care,a,30,{k}]" for k in range(10))
        assert objective(given, ("evenness", None)) == weights
