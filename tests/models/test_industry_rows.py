"""Rows of industry: phases that work, links to the origin, bonus jobs, skilled people, land, hosts and closures."""

from __future__ import annotations

from models.network import Consumer
from tests.models.by_hand import ALWAYS, EVER, THREE, canonical, changed, instance, program, rows


def working(*parks, serving=ALWAYS):
    """The phases of parks that can work in every period in which they serve."""
    return tuple((p, u, t) for p in parks for u, served in serving.items() for t in served)


class TestPhases:
    def test_phases_work_with_their_own_jobs_in_the_periods_in_which_they_serve(self):
        """A phase of `p` (20 jobs) opens a period after its start and stays; one of `q` (8 jobs) lasts one period only."""
        given = instance(
            {"p": {"30": ("35", "40"), "35": ("40",)}, "q": {"30": ("30",), "35": ("35",)}},
            periods=THREE,
            units={"p": 2.0, "q": 3.0},
            host={"p": "i", "q": "j"},
            phase_jobs={"p": 20.0, "q": 8.0},
            phases=(("p", "30", "35"), ("p", "30", "40"), ("p", "35", "40"), ("q", "30", "30"), ("q", "35", "35")),
        )
        assert rows(given, "productive_within_phases") == canonical(
            {
                "productive_within_phases[p,30,35]: +1 Jobs[p,30,35] -20 Start[p,30] <= 0",
                "productive_within_phases[p,30,40]: +1 Jobs[p,30,40] -20 Start[p,30] <= 0",
                "productive_within_phases[p,35,40]: +1 Jobs[p,35,40] -20 Start[p,35] <= 0",
                "productive_within_phases[q,30,30]: +1 Jobs[q,30,30] -8 Start[q,30] <= 0",
                "productive_within_phases[q,35,35]: +1 Jobs[q,35,35] -8 Start[q,35] <= 0",
            }
        )

    def test_all_phases_of_a_park_work_together_only_by_a_route_to_the_origin(self):
        """Three units of 20 jobs, so 60 at most. In 35 the rail, or the road with the hub, leads to the origin; in 40 no
        route ever does. In 30 nothing of the park can work yet, and no row is needed."""
        given = instance(
            {"p": {"30": ("35", "40"), "35": ("35", "40")}, "rail": EVER, "road": EVER, "hub": EVER},
            periods=THREE,
            host={"p": "i"},
            phase_jobs={"p": 20.0},
            phases=(("p", "30", "35"), ("p", "35", "35"), ("p", "30", "40"), ("p", "35", "40")),
            consumers={
                "now": Consumer("35", ((1.0, ("rail",)), (1.0, ("road", "hub")))), "never": Consumer("40", ()),
            },
            origin_route={("p", "30"): (60.0, "now"), ("p", "35"): (60.0, "now"), ("p", "40"): (60.0, "never")},
        )  # fmt: skip
        assert rows(given, "productive_where_the_origin_is_reached") == canonical(
            {
                "productive_where_the_origin_is_reached[p,35]: "
                "+1 Jobs[p,30,35] +1 Jobs[p,35,35] -60 Use[now,0] -60 Use[now,1] <= 0",
                "productive_where_the_origin_is_reached[p,40]: +1 Jobs[p,30,40] +1 Jobs[p,35,40] <= 0",
            }
        )
        assert rows(given, "routes_need_what_serves", "at_most_one_route") == canonical(
            {
                "routes_need_what_serves[now,rail]: +1 Use[now,0] -1 Start[rail,30] -1 Start[rail,35] <= 0",
                "routes_need_what_serves[now,road]: +1 Use[now,1] -1 Start[road,30] -1 Start[road,35] <= 0",
                "routes_need_what_serves[now,hub]: +1 Use[now,1] -1 Start[hub,30] -1 Start[hub,35] <= 0",
                "at_most_one_route[now]: +1 Use[now,0] +1 Use[now,1] <= 1",
            }
        )


class TestValueChains:
    """Chain v (bonus 0.1) links p with q and p with s; chain w (bonus 0.3) links r with p. All in 35; p has two phases."""

    given = instance(
        {"p": ALWAYS, "q": {"35": ("35",)}, "r": {"35": ("35",)}, "s": {"35": ("35",)}, "rail": ALWAYS},
        host={"p": "i", "q": "j", "r": "i", "s": "k"},
        phase_jobs={"p": 20.0, "q": 10.0, "r": 10.0, "s": 10.0},
        phases=(("p", "30", "35"), ("p", "35", "35"), ("q", "35", "35"), ("r", "35", "35"), ("s", "35", "35")),
        chain_bonus={"v": 0.1, "w": 0.3},
        consumers={"c": Consumer("35", ((1.0, ("rail",)),))},
        partners={
            ("v", "p", "q", "35"): (1.0, "c"),  # 0.1 x the smaller park's 10
            ("v", "p", "s", "35"): (1.0, None),  # open without anything built
            ("w", "r", "p", "35"): (3.0, None),  # in the same city
        },
    )

    def test_a_park_s_bonus_over_all_partners_of_a_chain_is_a_share_of_its_own_jobs(self):
        """`p` is the first park in v, with two partners, and the second in w: one row a chain, each with its own bonus."""
        assert rows(self.given, "bonus_within_rate") == canonical(
            {
                "bonus_within_rate[v,p,35]: "
                "+1 Bonus[v,p,q,35] +1 Bonus[v,p,s,35] -0.1 Jobs[p,30,35] -0.1 Jobs[p,35,35] <= 0",
                "bonus_within_rate[v,q,35]: +1 Bonus[v,p,q,35] -0.1 Jobs[q,35,35] <= 0",
                "bonus_within_rate[v,s,35]: +1 Bonus[v,p,s,35] -0.1 Jobs[s,35,35] <= 0",
                "bonus_within_rate[w,r,35]: +1 Bonus[w,r,p,35] -0.3 Jobs[r,35,35] <= 0",
                "bonus_within_rate[w,p,35]: +1 Bonus[w,r,p,35] -0.3 Jobs[p,30,35] -0.3 Jobs[p,35,35] <= 0",
            }
        )

    def test_a_bonus_needs_a_route_between_the_hosts_unless_one_is_open_already(self):
        assert rows(self.given, "bonus_where_partners_are_reached") == canonical(
            {"bonus_where_partners_are_reached[v,p,q,35]: +1 Bonus[v,p,q,35] -1 Use[c,0] <= 0"}
        )

    def test_a_bonus_is_never_more_than_the_smaller_park_could_bring(self):
        found = program(self.given)
        bounds = {name[1]: found.upper[k] for name, k in found.columns.items() if name[0] == "Bonus"}
        assert bounds == {("v", "p", "q", "35"): 1.0, ("v", "p", "s", "35"): 1.0, ("w", "r", "p", "35"): 3.0}


class TestSkilledPeople:
    def test_skilled_jobs_are_filled_by_those_who_are_free_and_by_graduates_of_earlier_periods(self):
        """City i, 4 skilled people free. In 40, uni served 10 - Unmet in 30 (0.3 people each) and 12 - Unmet in 35 (0.2),
        and college 5 - Unmet in 35 (0.1): 4 + 3 + 2.4 + 0.5 = 9.9, less the unmet. Graduates of 40 itself come later.

        Half of each bonus is in each host: p's part of the pair p, r (r is in j) counts 0.5 x 0.6 = 0.3; p and q are both
        in i, so that their pair counts 0.5 x 0.6 + 0.5 x 0.2 = 0.4. j has no limit, and h no park.
        """
        given = instance(
            {"p": EVER, "q": {"40": ("40",)}, "r": {"40": ("40",)}},
            periods=THREE,
            host={"p": "i", "q": "i", "r": "j"},
            phase_jobs={"p": 20.0, "q": 10.0, "r": 10.0},
            phases=(*working("p", serving=EVER), ("q", "40", "40"), ("r", "40", "40")),
            chain_bonus={"v": 0.1},
            partners={("v", "r", "p", "40"): (1.0, None), ("v", "p", "q", "40"): (1.0, None)},
            skilled_share={"p": 0.6, "q": 0.2, "r": 1.0},
            skilled={("i", "30"): 3.0, ("i", "40"): 4.0, ("h", "40"): 1.0},
            need={("uni", "i", "30"): 10.0, ("uni", "i", "35"): 12.0, ("uni", "i", "40"): 9.0, ("college", "i", "35"): 5.0},
            graduates={("i", "40"): (("uni", "30", 0.3), ("uni", "35", 0.2), ("college", "35", 0.1))},
        )
        assert rows(given, "skilled_jobs_within_skilled_people") == canonical(
            {
                "skilled_jobs_within_skilled_people[i,30]: +0.6 Jobs[p,30,30] <= 3",
                "skilled_jobs_within_skilled_people[i,40]: +0.6 Jobs[p,30,40] +0.6 Jobs[p,35,40] +0.6 Jobs[p,40,40] "
                "+0.2 Jobs[q,40,40] +0.3 Bonus[v,r,p,40] +0.4 Bonus[v,p,q,40] "
                "+0.3 Unmet[uni,i,30] +0.2 Unmet[uni,i,35] +0.1 Unmet[college,i,35] <= 9.9",
            }
        )
        # at best 3 skilled people are enough for 5 jobs of p in 30, and 9.9 for 16.5 in 40 (of q for 49.5, of its 10)
        assert rows(given, "productive_within_phases") == canonical(
            {
                "productive_within_phases[p,30,30]: +1 Jobs[p,30,30] -5 Start[p,30] <= 0",
                "productive_within_phases[p,30,35]: +1 Jobs[p,30,35] -20 Start[p,30] <= 0",
                "productive_within_phases[p,35,35]: +1 Jobs[p,35,35] -20 Start[p,35] <= 0",
                "productive_within_phases[p,30,40]: +1 Jobs[p,30,40] -16.5 Start[p,30] <= 0",
                "productive_within_phases[p,35,40]: +1 Jobs[p,35,40] -16.5 Start[p,35] <= 0",
                "productive_within_phases[p,40,40]: +1 Jobs[p,40,40] -16.5 Start[p,40] <= 0",
                "productive_within_phases[q,40,40]: +1 Jobs[q,40,40] -10 Start[q,40] <= 0",
                "productive_within_phases[r,40,40]: +1 Jobs[r,40,40] -10 Start[r,40] <= 0",
            }
        )
        in_parts = changed(given, divisible=frozenset({"p"}))  # a quarter of a phase is a phase with 5 jobs
        first = "productive_within_phases[p,30,30]: +1 Jobs[p,30,30] -20 Start[p,30] <= 0"
        assert canonical({first}) <= rows(in_parts, "productive_within_phases")

    def test_a_pair_of_two_chains_counts_half_of_each_bonus(self):
        """p's share is 0.8: half of it, 0.4, for each chain's bonus; its partner in the same city needs no skills."""
        given = instance(
            {"p": ALWAYS, "q": ALWAYS},
            host={"p": "i", "q": "i"},
            phase_jobs={"p": 20.0, "q": 10.0},
            phases=(("p", "30", "30"), ("q", "30", "30")),
            chain_bonus={"v": 0.1, "w": 0.2},
            partners={("v", "p", "q", "30"): (1.0, None), ("w", "q", "p", "30"): (2.0, None)},
            skilled_share={"p": 0.8, "q": 0.0},
            skilled={("i", "30"): 2.0},
        )
        assert rows(given, "skilled_jobs_within_skilled_people") == canonical(
            {"skilled_jobs_within_skilled_people[i,30]: +0.8 Jobs[p,30,30] +0.4 Bonus[v,p,q,30] +0.4 Bonus[w,q,p,30] <= 2"}
        )


class TestLand:
    def test_land_is_used_by_all_starts_so_far_even_of_phases_that_serve_no_more(self):
        """p takes 2 km2 a unit and lasts one period: it still takes them after. q takes 5, r nothing. The zone adds 3 while
        it serves, the later zone 4 from 40 on; the quota grows from 6 to 7. k's quota binds nobody."""
        given = instance(
            {
                "p": {"30": ("30",), "35": ("35",)}, "q": {"35": ("40",)}, "r": EVER,
                "zone": {"30": ("35", "40"), "35": ("40",)}, "later": {"35": ("40",)},
            },
            periods=THREE,
            units={"p": 2.0, "q": 1.0, "r": 1.0, "zone": 1.0, "later": 1.0},
            host={"p": "i", "q": "i", "r": "k"},
            area={"p": 2.0, "q": 5.0, "r": 0.0},
            land={("i", "30"): 6.0, ("i", "35"): 6.0, ("i", "40"): 7.0, ("k", "30"): 1.0, ("h", "30"): 1.0},
            added_land={
                ("i", "30"): (("zone", 3.0), ("later", 4.0)),
                ("i", "35"): (("zone", 3.0),),
                ("i", "40"): (("zone", 3.0), ("later", 4.0)),
            },
        )  # fmt: skip
        assert rows(given, "land_within_quota") == canonical(
            {
                "land_within_quota[i,30]: +2 Start[p,30] <= 6",
                "land_within_quota[i,35]: +2 Start[p,30] +2 Start[p,35] +5 Start[q,35] -3 Start[zone,30] <= 6",
                "land_within_quota[i,40]: +2 Start[p,30] +2 Start[p,35] +5 Start[q,35] "
                "-3 Start[zone,30] -3 Start[zone,35] -4 Start[later,35] <= 7",
            }
        )


class TestHosts:
    given = instance(
        {"p": ALWAYS, "q": ALWAYS, "r": {"30": ("35",)}, "s": ALWAYS},
        units={"p": 3.0, "q": 1.0, "r": 2.0, "s": 1.0},
        host={"p": "i", "q": "i", "r": "j", "s": "i"},
        parks_of={"pharma": ("p", "q", "r"), "steel": ("s",)},
        most_hosts={"pharma": 1, "steel": 0},
    )

    def test_any_phase_of_any_park_makes_its_city_a_host_of_its_industry(self):
        assert rows(self.given, "a_park_makes_a_host") == canonical(
            {
                "a_park_makes_a_host[pharma,p]: +1 Start[p,30] +1 Start[p,35] -3 Hosts[pharma,i] <= 0",
                "a_park_makes_a_host[pharma,q]: +1 Start[q,30] +1 Start[q,35] -1 Hosts[pharma,i] <= 0",
                "a_park_makes_a_host[pharma,r]: +1 Start[r,30] -2 Hosts[pharma,j] <= 0",
                "a_park_makes_a_host[steel,s]: +1 Start[s,30] +1 Start[s,35] -1 Hosts[steel,i] <= 0",
            }
        )

    def test_a_city_with_two_parks_of_an_industry_is_one_host(self):
        assert rows(self.given, "hosts_within_most") == canonical(
            {
                "hosts_within_most[pharma]: +1 Hosts[pharma,i] +1 Hosts[pharma,j] <= 1",
                "hosts_within_most[steel]: +1 Hosts[steel,i] <= 0",
            }
        )

    def test_a_city_is_a_host_or_not(self):
        found = program(self.given)
        assert all(found.integer[k] and found.upper[k] == 1 for name, k in found.columns.items() if name[0] == "Hosts")


class TestClosures:
    def test_closures_of_a_city_are_replaced_by_productive_jobs_of_its_own_parks_together(self):
        """Mill (7 jobs a unit, two units) and forge (4) close in i, where p and q work; the bonus of p and q is no
        replacement. The park r is in j, where the mine closes, but cannot work in 30; k has no park at all."""
        given = instance(
            {"p": ALWAYS, "q": ALWAYS, "r": {"30": ("35",)}, "mill": ALWAYS, "forge": {"30": ("35",)}, "mine": ALWAYS,
             "pit": ALWAYS},
            units={"p": 1.0, "q": 1.0, "r": 1.0, "mill": 2.0, "forge": 1.0, "mine": 1.0, "pit": 1.0},
            host={"p": "i", "q": "i", "r": "j"},
            phase_jobs={"p": 20.0, "q": 10.0, "r": 10.0},
            phases=(*working("p"), ("q", "35", "35"), ("r", "30", "35")),
            chain_bonus={"v": 0.1},
            partners={("v", "p", "q", "35"): (1.0, None)},
            closed_jobs={"mill": 7.0, "forge": 4.0, "mine": 2.0, "pit": 3.0},
            closures_in={"i": ("mill", "forge"), "j": ("mine",), "k": ("pit",)},
        )  # fmt: skip
        assert rows(given, "closed_jobs_are_replaced") == canonical(
            {
                "closed_jobs_are_replaced[i,30]: +7 Start[mill,30] -1 Jobs[p,30,30] <= 0",
                "closed_jobs_are_replaced[i,35]: +7 Start[mill,30] +7 Start[mill,35] +4 Start[forge,30] "
                "-1 Jobs[p,30,35] -1 Jobs[p,35,35] -1 Jobs[q,35,35] <= 0",
                "closed_jobs_are_replaced[j,30]: +2 Start[mine,30] <= 0",
                "closed_jobs_are_replaced[j,35]: +2 Start[mine,30] +2 Start[mine,35] -1 Jobs[r,30,35] <= 0",
                "closed_jobs_are_replaced[k,30]: +3 Start[pit,30] <= 0",
                "closed_jobs_are_replaced[k,35]: +3 Start[pit,30] +3 Start[pit,35] <= 0",
            }
        )
