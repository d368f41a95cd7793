"""Rows of money beside payments: capital that policies attract, taxes and their sharing, debt and transfers."""

from __future__ import annotations

from models.goals import Goal
from models.measures import Measures
from models.money import Purse
from models.rules import Rule
from models.taxes import Taxes
from models.transfers import Transfers
from tests.models.by_hand import ALWAYS, EVER, THREE, canonical, changed, instance, objective, program, rows, terms


def goal(discount, **parts):
    """A goal about money."""
    return Goal("g", parts, {}, {}, dict.fromkeys(discount, 1.0), discount)


class TestAttractedCapital:
    """Two policies bring investors to the park: 0.25 and 0.1 of its capital, 4 (start in 30: 4 in 30, 2 in 35; start in 35:
    6 in 35). The fund attracts nothing after 30. The hub's whole capital has fixed payers; nothing attracts running cost."""

    given = instance(
        {"park": ALWAYS, "hub": {"30": ("30", "35")}, "tax_break": ALWAYS, "fund": {"30": ("35",)}},
        units={"park": 2.0, "hub": 1.0, "tax_break": 1.0, "fund": 1.0},
        lines=("town", "state"),
        cost={
            ("park", "capital", "30", "30"): 4.0, ("park", "capital", "30", "35"): 2.0, ("park", "capital", "35", "35"): 6.0,
            ("park", "running", "30", "35"): 1.0, ("hub", "capital", "30", "30"): 3.0,
        },
        attracts={
            ("park", "tax_break"): (0.25, {"30": 2.0, "35": 3.0}),
            ("park", "fund"): (0.1, {"30": 0.8}),
            ("hub", "fund"): (0.5, {"30": 1.5, "35": 9.0}),
        },
        fixed_share={
            ("hub", "capital", "town"): 0.5, ("hub", "capital", "state"): 0.5, ("park", "running", "town"): 1.0,
        },
        purses={"both": Purse((("park", "capital"),), {"town": 1.0, "state": 0.5})},
        amount={("town", "30"): 5.0, ("town", "35"): 4.0, ("state", "30"): 3.0, ("state", "35"): 3.0},
        minimum={("town", "30"): 1.0},
        rules={"thrift": Rule("spending", ("park",), ("30",), "at_most", 7.0, None)},
        goals=(goal({"30": 1.0, "35": 0.5}, spending=1.0),),
    )  # fmt: skip

    def test_each_policy_attracts_its_share_of_the_whole_price_of_a_period(self):
        """0.25 x 4 = 1, 0.25 x 2 = 0.5, 0.25 x 6 = 1.5; 0.1 of the same; half of the hub's 3, which is due in 30."""
        assert rows(self.given, "attracted_within_its_share") == canonical(
            {
                "attracted_within_its_share[park,tax_break,30]: +1 Attracted[park,tax_break,30] -1 Start[park,30] <= 0",
                "attracted_within_its_share[park,tax_break,35]: "
                "+1 Attracted[park,tax_break,35] -0.5 Start[park,30] -1.5 Start[park,35] <= 0",
                "attracted_within_its_share[park,fund,30]: +1 Attracted[park,fund,30] -0.4 Start[park,30] <= 0",
                "attracted_within_its_share[park,fund,35]: "
                "+1 Attracted[park,fund,35] -0.2 Start[park,30] -0.6 Start[park,35] <= 0",
                "attracted_within_its_share[hub,fund,30]: +1 Attracted[hub,fund,30] -1.5 Start[hub,30] <= 0",
            }
        )

    def test_a_policy_attracts_only_while_it_serves(self):
        """The fund serves from 35 on, where it may attract nothing for the park."""
        assert rows(self.given, "attracted_only_while_in_force") == canonical(
            {
                "attracted_only_while_in_force[park,tax_break,30]: "
                "+1 Attracted[park,tax_break,30] -2 Start[tax_break,30] <= 0",
                "attracted_only_while_in_force[park,tax_break,35]: "
                "+1 Attracted[park,tax_break,35] -3 Start[tax_break,30] -3 Start[tax_break,35] <= 0",
                "attracted_only_while_in_force[park,fund,30]: +1 Attracted[park,fund,30] <= 0",
                "attracted_only_while_in_force[park,fund,35]: +1 Attracted[park,fund,35] <= 0",
                "attracted_only_while_in_force[hub,fund,30]: +1 Attracted[hub,fund,30] <= 0",
            }
        )

    def test_lines_pay_what_is_left(self):
        """A purse, and largest shares of it: cost = price - attracted, by both policies together."""
        assert rows(self.given, "every_cost_is_paid", "within_largest_share") == canonical(
            {
                "every_cost_is_paid[both,30]: +1 Pay[both,town,30] +1 Pay[both,state,30] "
                "-4 Start[park,30] +1 Attracted[park,tax_break,30] +1 Attracted[park,fund,30] = 0",
                "every_cost_is_paid[both,35]: +1 Pay[both,town,35] +1 Pay[both,state,35] "
                "-2 Start[park,30] -6 Start[park,35] +1 Attracted[park,tax_break,35] +1 Attracted[park,fund,35] = 0",
                "within_largest_share[both,state,30]: +1 Pay[both,state,30] "
                "-2 Start[park,30] +0.5 Attracted[park,tax_break,30] +0.5 Attracted[park,fund,30] <= 0",
                "within_largest_share[both,state,35]: +1 Pay[both,state,35] -1 Start[park,30] -3 Start[park,35] "
                "+0.5 Attracted[park,tax_break,35] +0.5 Attracted[park,fund,35] <= 0",
            }
        )

    def test_fixed_payers_share_what_is_left_and_all_of_the_running_cost(self):
        """Half of the hub's 3 less half of what the fund attracts; the running cost of 1 in full; a minimum alike."""
        assert rows(self.given, "within_line", "minimum_is_spent") == canonical(
            {
                "within_line[town,30]: +1.5 Start[hub,30] -0.5 Attracted[hub,fund,30] +1 Pay[both,town,30] <= 5",
                "within_line[state,30]: +1.5 Start[hub,30] -0.5 Attracted[hub,fund,30] +1 Pay[both,state,30] <= 3",
                "within_line[town,35]: +1 Start[park,30] +1 Pay[both,town,35] <= 4",
                "within_line[state,35]: +1 Pay[both,state,35] <= 3",
                "minimum_is_spent[town,30]: +1.5 Start[hub,30] -0.5 Attracted[hub,fund,30] +1 Pay[both,town,30] >= 1",
            }
        )

    def test_what_is_kept_free_stands_beside_what_is_paid(self):
        """The state keeps half free of what it pays of the park's capital, and a tenth of the hub's in 30; 0.1 x 0.5 x 3."""
        reserve = {("park", "capital", "state", t): 0.5 for t in ("30", "35")} | {("hub", "capital", "state", "30"): 0.1}
        assert canonical(
            {
                "within_line[town,30]: +1.5 Start[hub,30] -0.5 Attracted[hub,fund,30] +1 Pay[both,town,30] <= 5",
                "within_line[state,30]: +1.65 Start[hub,30] -0.55 Attracted[hub,fund,30] +1.5 Pay[both,state,30] <= 3",
                "within_line[state,35]: +1.5 Pay[both,state,35] <= 3",
            }
        ) <= rows(changed(self.given, reserve=reserve), "within_line")

    def test_rules_and_goals_about_spending_mean_public_money(self):
        """Discounted: 4 + 0.5 x (2 + 1) = 5.5 for the park started in 30, 0.5 x 6 in 35."""
        assert rows(self.given, "rule_holds") == canonical(
            {"rule_holds[thrift]: +4 Start[park,30] -1 Attracted[park,tax_break,30] -1 Attracted[park,fund,30] <= 7"}
        )
        assert terms(objective(self.given, ("goal", 0))) == terms(
            "+5.5 Start[park,30] +3 Start[park,35] +3 Start[hub,30] -1 Attracted[hub,fund,30] "
            "-1 Attracted[park,tax_break,30] -0.5 Attracted[park,tax_break,35] "
            "-1 Attracted[park,fund,30] -0.5 Attracted[park,fund,35]"
        )


PHASES = tuple(("p", u, t) for u, served in EVER.items() for t in served)
MONEY = {(l, t): 5.0 for l in ("town", "core", "fund") for t in THREE}


class TestTaxes:
    """A job of p pays 0.2 in 30 and in 35, 0.3 in 40 (a longer period). The pact gives the origin half of it, in the first
    two periods of each start: that of 30 in 30 and 35, that of 35 in 35 and 40, that of 40 in 40. Ten jobs a phase."""

    given = instance(
        {"p": EVER, "pact": {"30": ("35", "40"), "35": ("40",)}},
        periods=THREE,
        lines=("town", "core", "fund"),
        amount=MONEY,
        host={"p": "i"},
        phase_jobs={"p": 10.0},
        phases=PHASES,
        tax={("p", "30"): 0.2, ("p", "35"): 0.2, ("p", "40"): 0.3},
        host_line={"p": "town"},
        origin_line={"p": "core"},
        sharing={
            ("p", "30", "30"): ("pact", 0.5, 1.0), ("p", "30", "35"): ("pact", 0.5, 1.0),
            ("p", "35", "35"): ("pact", 0.5, 1.0), ("p", "35", "40"): ("pact", 0.5, 1.5),
            ("p", "40", "40"): ("pact", 0.5, 1.5),
        },
    )  # fmt: skip

    def test_the_origin_gets_no_more_than_the_agreed_share_of_phases_in_their_window(self):
        """0.5 x 0.2 = 0.1 a job, 0.15 in 40. The phases started in 30 are past their window in 40."""
        assert rows(self.given, "shared_tax_is_the_agreed_share") == canonical(
            {
                "shared_tax_is_the_agreed_share[p,30,30]: +1 SharedTax[p,30,30] -0.1 Jobs[p,30,30] <= 0",
                "shared_tax_is_the_agreed_share[p,30,35]: +1 SharedTax[p,30,35] -0.1 Jobs[p,30,35] <= 0",
                "shared_tax_is_the_agreed_share[p,35,35]: +1 SharedTax[p,35,35] -0.1 Jobs[p,35,35] <= 0",
                "shared_tax_is_the_agreed_share[p,35,40]: +1 SharedTax[p,35,40] -0.15 Jobs[p,35,40] <= 0",
                "shared_tax_is_the_agreed_share[p,40,40]: +1 SharedTax[p,40,40] -0.15 Jobs[p,40,40] <= 0",
            }
        )

    def test_nothing_is_shared_while_no_pact_serves(self):
        """0.1 x 10 jobs at most, 0.15 x 10 in 40; no pact serves in 30 whatever is decided."""
        assert rows(self.given, "tax_is_shared_only_while_agreed") == canonical(
            {
                "tax_is_shared_only_while_agreed[p,30,30]: +1 SharedTax[p,30,30] <= 0",
                "tax_is_shared_only_while_agreed[p,30,35]: +1 SharedTax[p,30,35] -1 Start[pact,30] <= 0",
                "tax_is_shared_only_while_agreed[p,35,35]: +1 SharedTax[p,35,35] -1 Start[pact,30] <= 0",
                "tax_is_shared_only_while_agreed[p,35,40]: "
                "+1 SharedTax[p,35,40] -1.5 Start[pact,30] -1.5 Start[pact,35] <= 0",
                "tax_is_shared_only_while_agreed[p,40,40]: "
                "+1 SharedTax[p,40,40] -1.5 Start[pact,30] -1.5 Start[pact,35] <= 0",
            }
        )

    def test_the_whole_share_is_paid_while_the_pact_serves(self):
        """shared >= 0.1 jobs - 1 + served, and shared >= 0.15 jobs - 1.5 + 1.5 served in 40."""
        assert rows(self.given, "tax_is_shared_in_full_while_agreed") == canonical(
            {
                "tax_is_shared_in_full_while_agreed[p,30,30]: +1 SharedTax[p,30,30] -0.1 Jobs[p,30,30] >= -1",
                "tax_is_shared_in_full_while_agreed[p,30,35]: "
                "+1 SharedTax[p,30,35] -0.1 Jobs[p,30,35] -1 Start[pact,30] >= -1",
                "tax_is_shared_in_full_while_agreed[p,35,35]: "
                "+1 SharedTax[p,35,35] -0.1 Jobs[p,35,35] -1 Start[pact,30] >= -1",
                "tax_is_shared_in_full_while_agreed[p,35,40]: "
                "+1 SharedTax[p,35,40] -0.15 Jobs[p,35,40] -1.5 Start[pact,30] -1.5 Start[pact,35] >= -1.5",
                "tax_is_shared_in_full_while_agreed[p,40,40]: "
                "+1 SharedTax[p,40,40] -0.15 Jobs[p,40,40] -1.5 Start[pact,30] -1.5 Start[pact,35] >= -1.5",
            }
        )

    def test_tax_reaches_the_lines_a_period_later(self):
        """The host gets tax less what is shared, the origin what is shared; that of 40 comes after the horizon."""
        assert rows(self.given, "within_line") == canonical(
            {
                "within_line[town,30]:  <= 5",
                "within_line[town,35]: -0.2 Jobs[p,30,30] +1 SharedTax[p,30,30] <= 5",
                "within_line[town,40]: -0.2 Jobs[p,30,35] -0.2 Jobs[p,35,35] "
                "+1 SharedTax[p,30,35] +1 SharedTax[p,35,35] <= 5",
                "within_line[core,30]:  <= 5",
                "within_line[core,35]: -1 SharedTax[p,30,30] <= 5",
                "within_line[core,40]: -1 SharedTax[p,30,35] -1 SharedTax[p,35,35] <= 5",
                "within_line[fund,30]:  <= 5",
                "within_line[fund,35]:  <= 5",
                "within_line[fund,40]:  <= 5",
            }
        )

    def test_the_origin_loses_the_tax_of_firms_that_moved(self):
        """A quarter of the firms came from the origin: 0.25 x 0.2 = 0.05 a job less for its line, shared or not."""
        given = changed(self.given, moved_share={"p": 0.25})
        assert canonical(
            {
                "within_line[town,35]: -0.2 Jobs[p,30,30] +1 SharedTax[p,30,30] <= 5",
                "within_line[core,35]: +0.05 Jobs[p,30,30] -1 SharedTax[p,30,30] <= 5",
                "within_line[core,40]: +0.05 Jobs[p,30,35] +0.05 Jobs[p,35,35] "
                "-1 SharedTax[p,30,35] -1 SharedTax[p,35,35] <= 5",
            }
        ) <= rows(given, "within_line")

    def test_moved_tax_goes_out_of_and_into_the_line_that_host_and_origin_have_in_common(self):
        """0.2 - 0.25 x 0.2 = 0.15 a job; nothing is shared within a jurisdiction, and would come to the same."""
        alone = changed(self.given, origin_line={"p": "town"}, moved_share={"p": 0.25}, sharing={})
        same = changed(alone, sharing=self.given[Taxes].sharing)
        for given in (alone, same):
            assert canonical(
                {
                    "within_line[town,35]: -0.15 Jobs[p,30,30] <= 5",
                    "within_line[town,40]: -0.15 Jobs[p,30,35] -0.15 Jobs[p,35,35] <= 5",
                    "within_line[core,40]:  <= 5",
                }
            ) <= rows(given, "within_line")

    def test_two_parks_of_a_line_add_up_and_a_host_without_a_line_keeps_nobody_from_losing(self):
        """q is hosted where no line gets tax, from the town: the town loses 0.5 x 0.4. r pays no tax at all."""
        given = changed(
            self.given,
            measures=("p", "q", "r", "pact"),
            starts=(*self.given[Measures].starts, ("q", "30"), ("r", "30")),
            starts_of={**self.given[Measures].starts_of, "q": ("30",), "r": ("30",)},
            serving_starts={
                **self.given[Measures].serving_starts, **{(p, t): ("30",) for p in ("q", "r") for t in THREE},
            },
            units=dict.fromkeys(("p", "q", "r", "pact"), 1.0),
            max_starts=dict.fromkeys(("p", "q", "r", "pact"), 1.0),
            benefit=dict.fromkeys(("p", "q", "r", "pact"), 0.0),
            host={"p": "i", "q": "j", "r": "i"},
            phase_jobs={"p": 10.0, "q": 10.0, "r": 10.0},
            phases=(*PHASES, ("q", "30", "30"), ("r", "30", "30")),
            tax={**self.given[Taxes].tax, ("q", "30"): 0.4},
            origin_line={"p": "core", "q": "town"},
            host_line={"p": "town", "r": "town"},
            moved_share={"q": 0.5},
        )  # fmt: skip
        assert canonical(
            {
                "within_line[town,35]: -0.2 Jobs[p,30,30] +1 SharedTax[p,30,30] +0.2 Jobs[q,30,30] <= 5",
                "within_line[core,35]: -1 SharedTax[p,30,30] <= 5",
            }
        ) <= rows(given, "within_line")


class TestDebt:
    """The town may owe 8 after 30 and 6 after 35, and nothing at the end; debt grows by half in 30 (where there is none
    yet), by a tenth in 35, by 0.21 in 40. The rail costs 10 in 30. The town keeps money; the core may neither."""

    given = instance(
        {"rail": {"30": THREE}},
        periods=THREE,
        lines=("town", "core"),
        cost={("rail", "capital", "30", "30"): 10.0},
        fixed_share={("rail", "capital", "town"): 1.0},
        amount={(l, t): 5.0 for l in ("town", "core") for t in THREE},
        carry_over=frozenset({"town"}),
        debt_limit={("town", "30"): 8.0, ("town", "35"): 6.0, ("town", "40"): 0.0},
        debt_growth={("town", "30"): 1.5, ("town", "35"): 1.1, ("town", "40"): 1.21},
        goals=(goal({"30": 1.0, "35": 0.5, "40": 0.25}, spending=2.0),),
    )

    def test_debt_grows_with_interest_from_period_to_period(self):
        assert rows(self.given, "debt_carries_interest") == canonical(
            {
                "debt_carries_interest[town,30]: +1 Debt[town,30] -1 Borrowed[town,30] +1 Repaid[town,30] = 0",
                "debt_carries_interest[town,35]: "
                "+1 Debt[town,35] -1.1 Debt[town,30] -1 Borrowed[town,35] +1 Repaid[town,35] = 0",
                "debt_carries_interest[town,40]: "
                "+1 Debt[town,40] -1.21 Debt[town,35] -1 Borrowed[town,40] +1 Repaid[town,40] = 0",
            }
        )

    def test_debt_and_what_is_borrowed_stay_within_the_limit_and_nothing_is_owed_at_the_end(self):
        found = program(self.given)
        bounds = {name: found.upper[k] for name, k in found.columns.items() if name[0] in ("Debt", "Borrowed")}
        limits = {"30": 8.0, "35": 6.0, "40": 0.0}
        assert bounds == {(of, ("town", t)): most for of in ("Debt", "Borrowed") for t, most in limits.items()}
        assert all(found.lower[found.columns[name]] == 0 for name in bounds)

    def test_what_is_borrowed_is_there_to_spend_or_keep_and_what_is_repaid_is_not(self):
        assert rows(self.given, "within_line") == canonical(
            {
                "within_line[town,30]: "
                "+10 Start[rail,30] +1 Carry[town,30] -1 Borrowed[town,30] +1 Repaid[town,30] <= 5",
                "within_line[town,35]: "
                "-1 Carry[town,30] +1 Carry[town,35] -1 Borrowed[town,35] +1 Repaid[town,35] <= 5",
                "within_line[town,40]: -1 Carry[town,35] -1 Borrowed[town,40] +1 Repaid[town,40] <= 5",
                "within_line[core,30]:  <= 5",
                "within_line[core,35]:  <= 5",
                "within_line[core,40]:  <= 5",
            }
        )  # fmt: skip

    def test_interest_is_spending_and_a_debt_repaid_is_not(self):
        """2 x 10 for the rail; 2 x 0.5 x 0.1 on the debt of 30, 2 x 0.25 x 0.21 on that of 35."""
        found = dict(terms(objective(self.given, ("goal", 0))))
        assert {name: round(value, 12) for name, value in found.items()} == {
            "Start[rail,30]": 20.0, "Debt[town,30]": 0.1, "Debt[town,35]": 0.105,
        }  # fmt: skip


class TestTransfers:
    """By the treaty the town sends the core up to 2 and the fund up to 1 a period; by the pool, from 35 on, the core sends
    the fund up to 3. The school costs 4, and the core pays a fixed 3 of it; the rest and the hall are the fund's."""

    given = instance(
        {"school": ALWAYS, "hall": {"35": ("35",)}, "treaty": ALWAYS, "pool": {"30": ("35",)}},
        lines=("town", "core", "fund"),
        cost={("school", "capital", "30", "30"): 4.0, ("hall", "capital", "35", "35"): 2.0},
        fixed_share={
            ("school", "capital", "core"): 0.75, ("school", "capital", "fund"): 0.25, ("hall", "capital", "fund"): 1.0,
        },
        amount={(l, t): 5.0 for l in ("town", "core", "fund") for t in ("30", "35")},
        transfer_limit={
            ("treaty", "town", "core", "30"): 2.0, ("treaty", "town", "core", "35"): 2.0,
            ("treaty", "town", "fund", "35"): 1.0, ("pool", "core", "fund", "35"): 3.0,
        },
    )  # fmt: skip

    def test_money_is_sent_only_while_the_policy_serves(self):
        assert rows(self.given, "sent_only_while_permitted") == canonical(
            {
                "sent_only_while_permitted[treaty,town,core,30]: +1 Sent[treaty,town,core,30] -2 Start[treaty,30] <= 0",
                "sent_only_while_permitted[treaty,town,core,35]: "
                "+1 Sent[treaty,town,core,35] -2 Start[treaty,30] -2 Start[treaty,35] <= 0",
                "sent_only_while_permitted[treaty,town,fund,35]: "
                "+1 Sent[treaty,town,fund,35] -1 Start[treaty,30] -1 Start[treaty,35] <= 0",
                "sent_only_while_permitted[pool,core,fund,35]: +1 Sent[pool,core,fund,35] -3 Start[pool,30] <= 0",
            }
        )

    def test_all_that_a_line_receives_is_paid_out_at_once(self):
        """The fund receives from two lines by two policies; the core, that pays nothing in 35, can receive nothing then."""
        assert rows(self.given, "received_money_is_spent") == canonical(
            {
                "received_money_is_spent[core,30]: +1 Sent[treaty,town,core,30] -3 Start[school,30] <= 0",
                "received_money_is_spent[core,35]: +1 Sent[treaty,town,core,35] <= 0",
                "received_money_is_spent[fund,35]: "
                "+1 Sent[treaty,town,fund,35] +1 Sent[pool,core,fund,35] -2 Start[hall,35] <= 0",
            }
        )

    def test_transfers_leave_one_line_and_reach_the_other(self):
        assert rows(self.given, "within_line") == canonical(
            {
                "within_line[town,30]: +1 Sent[treaty,town,core,30] <= 5",
                "within_line[town,35]: +1 Sent[treaty,town,core,35] +1 Sent[treaty,town,fund,35] <= 5",
                "within_line[core,30]: +3 Start[school,30] -1 Sent[treaty,town,core,30] <= 5",
                "within_line[core,35]: -1 Sent[treaty,town,core,35] +1 Sent[pool,core,fund,35] <= 5",
                "within_line[fund,30]: +1 Start[school,30] <= 5",
                "within_line[fund,35]: +2 Start[hall,35] -1 Sent[treaty,town,fund,35] -1 Sent[pool,core,fund,35] <= 5",
            }
        )

    def test_a_transfer_is_at_most_its_limit(self):
        found = program(self.given)
        bounds = {name[1]: found.upper[k] for name, k in found.columns.items() if name[0] == "Sent"}
        assert bounds == self.given[Transfers].transfer_limit


class TestAfter:
    """Of a park in two halves, and a hub: 0.2 and 0.3 a year to run once the horizon is over; what starts in 30 is
    gone then. The park is run by a purse of two lines, the hub by the town and the state, half each."""

    given = instance(
        {"park": ALWAYS, "hub": ALWAYS},
        lines=("town", "state"),
        cost={("park", "running", "35", "35"): 1.0, ("hub", "running", "35", "35"): 1.5},
        fixed_share={("hub", "running", "town"): 0.5, ("hub", "running", "state"): 0.5},
        purses={"both": Purse((("park", "running"),), {"town": 1.0, "state": 0.5})},
        amount={(l, t): 5.0 for l in ("town", "state") for t in ("30", "35")},
        running_after={("park", "35"): 0.2, ("hub", "35"): 0.3},
        after_limit={"town": 0.25},
    )

    def test_all_of_it_is_paid_for_within_shares_and_limits(self):
        """The state pays at most half of the park's, and has no limit of its own."""
        names = "every_cost_after_is_paid", "after_within_largest_share", "after_within_its_share"
        assert rows(self.given, *names) == canonical(
            {
                "every_cost_after_is_paid[both]: +1 PayAfter[both,town] +1 PayAfter[both,state] -0.2 Start[park,35] = 0",
                "after_within_largest_share[both,state]: +1 PayAfter[both,state] -0.1 Start[park,35] <= 0",
                "after_within_its_share[town]: +1 PayAfter[both,town] +0.15 Start[hub,35] <= 0.25",
            }
        )

    def test_where_no_line_has_a_limit_nothing_is_asked(self):
        """No column and no row."""
        given = changed(self.given, after_limit={}, running_after={})
        assert not any("After" in name[0] or "after" in name[0] for name in (*program(given).rows, *program(given).columns))
