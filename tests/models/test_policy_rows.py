"""Rows of policies and gates: the pyramid of levels, subsidised periods, barriers first, and gaps that open the way."""

from __future__ import annotations

from models.work import WorkGap
from tests.models.by_hand import ALWAYS, EVER, THREE, canonical, instance, program, rows


class TestLevels:
    def test_the_public_cost_of_a_level_stays_within_its_money_over_all_periods(self):
        """Grant and rebate are subsidies: capital 6 and 5, running 1. The policy q brings investors to pay for the grant's
        capital in 30 and 35, which is no public money. The study is of another level; the rail is of none."""
        given = instance(
            {"grant": ALWAYS, "rebate": {"35": ("35",)}, "study": ALWAYS, "rail": ALWAYS, "q": ALWAYS},
            cost={
                ("grant", "capital", "30", "30"): 6.0, ("grant", "capital", "30", "35"): 3.0,
                ("grant", "capital", "35", "35"): 9.0, ("grant", "running", "30", "35"): 1.0,
                ("rebate", "capital", "35", "35"): 5.0, ("study", "capital", "30", "30"): 0.5,
                ("rail", "capital", "30", "30"): 50.0,
            },
            attracts={("grant", "q"): (0.5, {"30": 3.0, "35": 4.5})},
            level_limit={"subsidy": 8.0, "auxiliary": 0.25},
            measures_of_level={"subsidy": ("grant", "rebate"), "auxiliary": ("study",)},
        )  # fmt: skip
        assert rows(given, "level_within_its_share") == canonical(
            {
                "level_within_its_share[subsidy]: +10 Start[grant,30] +9 Start[grant,35] +5 Start[rebate,35] "
                "-1 Attracted[grant,q,30] -1 Attracted[grant,q,35] <= 8",
                "level_within_its_share[auxiliary]: +0.5 Start[study,30] <= 0.25",
            }
        )


class TestSubsidies:
    """The grant is for cities i and j, in three units of which one may start a period; the rebate is for i alone."""

    serving = {"grant": {"30": ("30",), "35": ("35", "40"), "40": ("40",)}, "rebate": {"30": ("30", "35")}}  # noqa: RUF012
    fields = {  # noqa: RUF012
        "periods": THREE,
        "units": {"grant": 3.0, "rebate": 1.0},
        "subsidies_in": {"i": ("grant", "rebate"), "j": ("grant",)},
    }

    def test_a_city_is_subsidised_while_any_of_its_subsidies_serves(self):
        given = instance(self.serving, subsidy_periods=1, **self.fields)
        assert rows(given, "subsidy_is_marked") == canonical(
            {
                "subsidy_is_marked[grant,i,30]: +1 Start[grant,30] -3 Subsidised[i,30] <= 0",
                "subsidy_is_marked[grant,i,35]: +1 Start[grant,35] -3 Subsidised[i,35] <= 0",
                "subsidy_is_marked[grant,i,40]: +1 Start[grant,35] +1 Start[grant,40] -3 Subsidised[i,40] <= 0",
                "subsidy_is_marked[grant,j,30]: +1 Start[grant,30] -3 Subsidised[j,30] <= 0",
                "subsidy_is_marked[grant,j,35]: +1 Start[grant,35] -3 Subsidised[j,35] <= 0",
                "subsidy_is_marked[grant,j,40]: +1 Start[grant,35] +1 Start[grant,40] -3 Subsidised[j,40] <= 0",
                "subsidy_is_marked[rebate,i,30]: +1 Start[rebate,30] -1 Subsidised[i,30] <= 0",
                "subsidy_is_marked[rebate,i,35]: +1 Start[rebate,30] -1 Subsidised[i,35] <= 0",
                "subsidy_is_marked[rebate,i,40]: -1 Subsidised[i,40] <= 0",
            }
        )

    def test_a_city_is_subsidised_in_few_periods(self):
        given = instance(self.serving, subsidy_periods=2, **self.fields)
        assert rows(given, "subsidised_in_few_periods") == canonical(
            {
                "subsidised_in_few_periods[i]: +1 Subsidised[i,30] +1 Subsidised[i,35] +1 Subsidised[i,40] <= 2",
                "subsidised_in_few_periods[j]: +1 Subsidised[j,30] +1 Subsidised[j,35] +1 Subsidised[j,40] <= 2",
            }
        )
        found = program(given)
        assert all(found.integer[k] for name, k in found.columns.items() if name[0] == "Subsidised")

    def test_no_period_at_all_is_a_limit_and_no_limit_is_no_row(self):
        none = instance(self.serving, subsidy_periods=0, **self.fields)
        assert canonical(
            {"subsidised_in_few_periods[j]: +1 Subsidised[j,30] +1 Subsidised[j,35] +1 Subsidised[j,40] <= 0"}
        ) <= rows(none, "subsidised_in_few_periods")
        free = instance(self.serving, **self.fields)
        assert not rows(free, "subsidy_is_marked", "subsidised_in_few_periods")
        assert not [name for name in program(free).columns if name[0] == "Subsidised"]


class TestBarriers:
    def test_a_subsidy_starts_only_while_every_barrier_is_gone(self):
        """The grant has 2 units, so a binary marks any start; the rebate is one yes or no. Customs are gone a period after
        the signature; permits are a divisible programme, of which a whole unit must serve."""
        given = instance(
            {"grant": ALWAYS, "rebate": {"35": ("35",)}, "customs": {"30": ("35",)}, "permits": ALWAYS},
            units={"grant": 2.0, "rebate": 1.0, "customs": 1.0, "permits": 3.0},
            divisible=frozenset({"permits"}),
            asked_started=frozenset({"grant", "rebate"}),
            asked_present=frozenset({"permits"}),
            barriers_first=(("grant", "customs"), ("grant", "permits"), ("rebate", "customs")),
        )
        assert rows(given, "barriers_come_first") == canonical(
            {
                "barriers_come_first[grant,customs,30]: +1 AnyStart[grant,30] <= 0",
                "barriers_come_first[grant,customs,35]: +1 AnyStart[grant,35] -1 Start[customs,30] <= 0",
                "barriers_come_first[grant,permits,30]: +1 AnyStart[grant,30] -1 WholeUnit[permits,30] <= 0",
                "barriers_come_first[grant,permits,35]: +1 AnyStart[grant,35] -1 WholeUnit[permits,35] <= 0",
                "barriers_come_first[rebate,customs,35]: +1 Start[rebate,35] -1 Start[customs,30] <= 0",
            }
        )


class TestGates:
    def test_a_unit_starts_only_where_the_gap_of_that_period_is_small_enough(self):
        """gap + (1 - g) x started <= 1. The school (3 units, a binary) asks about jobs in i; the rail (yes or no) asks in
        both of its cities; g differs by place, and g = 1 asks nothing. In 40 the rail has no gap to ask about."""
        given = instance(
            {"school": {"30": THREE, "40": ("40",)}, "rail": EVER},
            periods=THREE,
            units={"school": 3.0, "rail": 1.0},
            asked_started=frozenset({"school", "rail"}),
            need={("care", "i", "30"): 4.0, ("care", "j", "30"): 2.0, ("care", "j", "35"): 2.0},
            work_gap={("jobs", "i", "30"): WorkGap(0.4, {}, 0.0, {}), ("jobs", "i", "40"): WorkGap(0.4, {}, 0.0, {})},
            gate={
                ("work_first", "school", "jobs", "i", "30"): 0.25,
                ("work_first", "school", "jobs", "i", "40"): 0.1,
                ("care_first", "rail", "care", "i", "30"): 0.0,
                ("care_first", "rail", "care", "j", "30"): 0.6,
                ("care_first", "rail", "care", "j", "35"): 1.0,
            },
        )
        assert rows(given, "gate_is_open") == canonical(
            {
                "gate_is_open[work_first,school,jobs,i,30]: +1 Gap[jobs,i,30] +0.75 AnyStart[school,30] <= 1",
                "gate_is_open[work_first,school,jobs,i,40]: +1 Gap[jobs,i,40] +0.9 AnyStart[school,40] <= 1",
                "gate_is_open[care_first,rail,care,i,30]: +1 Gap[care,i,30] +1 Start[rail,30] <= 1",
                "gate_is_open[care_first,rail,care,j,30]: +1 Gap[care,j,30] +0.4 Start[rail,30] <= 1",
                "gate_is_open[care_first,rail,care,j,35]: +1 Gap[care,j,35] <= 1",
            }
        )
