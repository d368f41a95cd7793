"""Rows of use at a price: who is served by which right, and what that costs whose lines."""

from __future__ import annotations

from models.goals import Goal
from models.money import Purse
from models.network import Consumer
from models.rules import Rule
from tests.models.by_hand import ALWAYS, canonical, changed, instance, objective, rows, terms

FREE = ("care", "a", "b", "30")
BY_PACT, IN_FORCE = (*FREE, "pact"), (*FREE, "")


class TestPricedUse:
    """a needs 4 posts and has 1; b has 5, needs 2 and shares 3. a comes to b for nothing by the bus; by a pact for 0.2 bn a
    post and period once it is signed; and for 0.5 by what is in force. The pact is of the level `permits`."""

    given = instance(
        {"bus": ALWAYS, "pact": ALWAYS},
        need={("care", "a", "30"): 4.0, ("care", "b", "30"): 2.0},
        supply={("care", "a", "30"): 1.0, ("care", "b", "30"): 5.0},
        spare={("care", "a", "30"): 0.0, ("care", "b", "30"): 3.0},
        shared={("care", "b", "30"): 3.0},
        consumers={"c": Consumer("30", ((1.0, ("bus",)),)), "d": Consumer("30", ((1.0, ("pact",)),))},
        pairs={FREE: (3.0, "c")},
        priced={BY_PACT: (3.0, "d"), IN_FORCE: (3.0, None)},
        away_counts={"care": 0.5},
        lines=("east", "insurance"),
        cost={("pact", "running", "30", "30"): 1.0},
        fixed_share={("pact", "running", "east"): 1.0},
        fee={BY_PACT: 0.2, IN_FORCE: 0.5},
        users={"a": "East"},
        fee_line={"East": "insurance"},
        amount={("east", "30"): 5.0, ("east", "35"): 0.0, ("insurance", "30"): 1.0, ("insurance", "35"): 0.0},
        minimum={("insurance", "30"): 0.3},
        level_limit={"permits": 1.5},
        measures_of_level={"permits": ("pact",)},
        rules={"thrift": Rule("spending", ("pact",), ("30",), "at_most", 7.0, None)},
        goals=(Goal("g", {"spending": 1.0}, {}, {}, {"30": 1.0, "35": 1.0}, {"30": 2.0, "35": 1.0}),),
    )  # fmt: skip

    away = "+1 ServeAway[care,a,b,30] +1 ServePriced[care,a,b,30,pact] +1 ServePriced[care,a,b,30,]"

    def test_each_right_has_its_own_route_and_its_own_column(self):
        assert rows(
            self.given, "served_away_where_a_route_and_a_right_are_open", "served_at_a_price_where_that_is_open"
        ) == canonical(
            {
                "served_away_where_a_route_and_a_right_are_open[care,a,b,30]: -3 Use[c,0] +1 ServeAway[care,a,b,30] <= 0",
                "served_at_a_price_where_that_is_open[care,a,b,30,pact]: -3 Use[d,0] +1 ServePriced[care,a,b,30,pact] <= 0",
            }
        )

    def test_all_of_them_meet_the_need_and_share_what_there_is(self):
        """Half of what is met elsewhere is missing, however it is paid."""
        half = self.away.replace("+1", "-0.5")
        assert rows(
            self.given, "need_is_met_or_unmet", "gap_is_the_share_unmet", "served_within_capacity",
            "served_elsewhere_within_what_can_be_spared",
        ) == canonical(
            {
                f"need_is_met_or_unmet[care,a,30]: +1 ServeHome[care,a,30] {self.away} +1 Unmet[care,a,30] = 4",
                "need_is_met_or_unmet[care,b,30]: +1 ServeHome[care,b,30] +1 Unmet[care,b,30] = 2",
                f"gap_is_the_share_unmet[care,a,30]: +4 Gap[care,a,30] -1 Unmet[care,a,30] {half} = 0",
                "gap_is_the_share_unmet[care,b,30]: +2 Gap[care,b,30] -1 Unmet[care,b,30] = 0",
                "served_within_capacity[care,a,30]: +1 ServeHome[care,a,30] <= 1",
                f"served_within_capacity[care,b,30]: +1 ServeHome[care,b,30] {self.away} <= 5",
                f"served_elsewhere_within_what_can_be_spared[care,b,30]: {self.away} <= 3",
            }
        )  # fmt: skip

    def test_a_measure_is_needed_by_all_only_if_every_right_needs_it(self):
        """Two cities come to b by the pact only, for more than b can share; where another right is in force, none has to."""
        given = changed(self.given, pairs={}, priced={BY_PACT: (3.0, "d"), ("care", "c", "b", "30", "pact"): (2.0, "d")},
                        fee={}, users={}, need={**self.given.blocks[4].need, ("care", "c", "30"): 2.0})  # fmt: skip
        assert rows(given, "served_elsewhere_while_what_all_need_serves") == canonical(
            {
                "served_elsewhere_while_what_all_need_serves[care,b,30,pact]: -3 Start[pact,30] "
                "+1 ServePriced[care,a,b,30,pact] +1 ServePriced[care,c,b,30,pact] <= 0"
            }
        )
        assert not rows(self.given, "served_elsewhere_while_what_all_need_serves")

    def test_the_line_of_the_users_pays_beside_its_other_costs(self):
        fees = "+0.2 ServePriced[care,a,b,30,pact] +0.5 ServePriced[care,a,b,30,]"
        assert rows(self.given, "within_line", "minimum_is_spent") == canonical(
            {
                "within_line[east,30]: +1 Start[pact,30] <= 5",
                "within_line[east,35]:  <= 0",
                f"within_line[insurance,30]: {fees} <= 1",
                "within_line[insurance,35]:  <= 0",
                f"minimum_is_spent[insurance,30]: {fees} >= 0.3",
            }
        )

    def test_where_several_lines_may_pay_they_share_it_like_a_cost(self):
        given = changed(self.given, fee_line={}, purses={"both.": Purse((), {"east": 1.0, "insurance": 1.0}, ("East",))})
        assert rows(given, "every_cost_is_paid") == canonical(
            {
                "every_cost_is_paid[both.,30]: +1 Pay[both.,east,30] +1 Pay[both.,insurance,30] "
                "-0.2 ServePriced[care,a,b,30,pact] -0.5 ServePriced[care,a,b,30,] = 0"
            }
        )
        assert canonical({"within_line[insurance,30]: +1 Pay[both.,insurance,30] <= 1"}) < rows(given, "within_line")

    def test_what_a_policy_opens_counts_as_its_own(self):
        """In the limit of its level, and in rules; what is in force is nobody's, and counts in spending alone."""
        spent = "+1 Start[pact,30] +0.2 ServePriced[care,a,b,30,pact]"
        assert rows(self.given, "level_within_its_share", "rule_holds") == canonical(
            {f"level_within_its_share[permits]: {spent} <= 1.5", f"rule_holds[thrift]: {spent} <= 7"}
        )
        all_spent = "+2 Start[pact,30] +0.4 ServePriced[care,a,b,30,pact] +1 ServePriced[care,a,b,30,]"
        assert terms(objective(self.given, ("goal", 0))) == terms(all_spent)
