"""What is spent is the same everywhere: what the lines pay for measures, and the fees for use in other jurisdictions."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner import AskOptions, alternatives, borders, compare, rank
from planner.case import Case
from planner.documents import bought, built, text
from planner.documents.blocks import lines as in_lines
from planner.documents.briefing import overview
from planner.documents.briefing.worth import Answers
from planner.documents.compared import document
from planner.plans.totals import spent, spent_by_line, spent_on, totals
from planner.questions.rank import shown as rank_shown
from tests.product.test_parks_report import row
from tests.solving.test_price_by_hand import RIGHT, solved, two

SURE = AskOptions(gap=1e-9)


@pytest.fixture
def in_force(tmp_path: Path) -> Case:
    """Use at 0.01 is in force: without any plan the health line pays 2 for 40 posts for five years. The fund has 2, half of
    it for the people of each side, and 20 posts in B cost 1. Another opening is too dear to be of use.
    """
    return two(tmp_path / "case", (2, 0, 2), in_force=RIGHT, other=", price: 1")


def test_a_plan_spends_its_measures_and_its_fees(in_force: Case) -> None:
    """The building for 1, and 2 of fees, which no measure opens."""
    plan = solved(in_force)
    assert spent(plan) == pytest.approx(3)
    assert totals(plan)["spending"] == pytest.approx(3)
    assert spent_by_line(plan) == pytest.approx({"fund": 1, "north": 0, "south": 0, "health": 2})
    assert spent_on(plan) == pytest.approx({"build": 1, "": 2})
    assert dict(text.facts(plan))["Money"].startswith("3.00 of 4.00 bn")
    assert "Of the public money spent: health 67 %, fund 33 %." in in_lines((overview.sentences(plan, Answers()),))


def test_what_each_line_buys_adds_up_to_what_is_spent(in_force: Case) -> None:
    """The fund's building is of the clinic's; health pays for use; what pays nothing has no row."""
    shown = in_lines(bought.bought(solved(in_force)))
    assert [head for head in ("clinic", "use at", "together") if head not in shown] == []
    assert row(shown, "fund") == ["fund", "2026-2030", "1.00", "0.00", "1.00"]
    assert row(shown, "health") == ["health", "2026-2030", "0.00", "2.00", "2.00"]
    assert row(shown, "all") == ["all", "1.00", "2.00", "3.00"]
    assert "south" not in shown


def test_fees_are_spent_in_a_ranked_list_and_in_alternatives(in_force: Case) -> None:
    """Both build for 1 and pay 2 of fees, which stand by themselves among the kinds; the list signs for 0.6 besides, for
    nothing.
    """
    found = rank(in_force, options=SURE)
    assert found.table("comparison")["spending"].tolist() == pytest.approx([3.6, 3])
    kinds = found.table("kinds").set_index("kind")
    assert kinds["best"].to_dict() == pytest.approx({"policy": 0, "facility": 1, "in_force": 2})
    assert row(rank_shown.text(found), "use at a price, in force") == ["use at a price, in force", "2.00", "2.00"]
    others = alternatives(in_force, within=0.5, count=1, options=SURE).table("alternatives").set_index("plan")
    assert others["spending"]["best"] == pytest.approx(3)


def test_fees_are_paid_without_a_plan_too_but_not_behind_closed_borders(in_force: Case) -> None:
    """Without a plan the south pays 2. Alone it builds with its half of the fund, and nobody of its people goes abroad.

    What is in force needs no signature and stays where instruments are closed: 3, as together.
    """
    found = borders(in_force, options=SURE)
    worlds = found.table("worlds").set_index("world")
    assert worlds["spending"].to_dict() == pytest.approx({"without": 2, "alone": 1, "closed": 3, "open": 3})
    pays = found.table("jurisdictions").set_index(["jurisdiction", "world"])["pays"]
    assert pays["South"].to_dict() == pytest.approx({"without": 2, "alone": 0, "closed": 2, "open": 2})
    assert pays["North"].to_dict() == pytest.approx(dict.fromkeys(worlds.index, 0))


def test_what_a_signature_opens_is_part_of_what_it_and_its_level_cost(tmp_path: Path) -> None:
    """The pact for 0.1 opens 40 posts for 2: the level's limit counts both, and so does what is said of either."""
    asked = two(tmp_path / "case", (0.1, 0, 2), more="pyramid: {at_most_share: {auxiliary: 1}}")
    signed = borders(asked, options=SURE).table("signatures").set_index("measure")
    assert signed["cost"].to_dict() == pytest.approx({"pact": 2.1})
    plan = solved(asked)
    assert row(in_lines(built.pyramid(plan)), "auxiliary")[:4] == ["auxiliary", "1", "2.10", "2.10"]


def test_plans_side_by_side_spend_what_each_spends(in_force: Case, tmp_path: Path) -> None:
    """By line 1 of the fund and 2 of health; with less in the fund nothing is built, and 2 are spent."""
    poorer = two(tmp_path / "poorer", (0, 0, 2), in_force=RIGHT, other=", price: 1")
    found = compare([solved(in_force), solved(poorer)], names=["one", "other"])
    table = document.money_table(found, "spent")
    assert table is not None
    said = {line: cells for line, *cells in table.rows}
    assert (said["fund"][:2], said["health"][:2]) == (["1.00", "0.00"], ["2.00", "2.00"])
    assert table.total is not None
    assert list(table.total[1:3]) == ["3.00", "2.00"]
