"""A selection that nothing fits yet is a warning; a value that there cannot be, or that something needs, is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import CaseInvalid, load_case, warnings_of
from tests.case.small import Change, cell, measures_where, swap

CENTRE = "[{kind: link}, {kind: facility, tier: small}]"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (swap("case.yaml", CENTRE, "[{kind: link}, {kind: park}]"), "lines.centre.pays_for.1.kind: no row has kind 'park'"),
        (
            swap("case.yaml", CENTRE, "[{kind: link}, {kind: facility, tier: secondary}]"),
            "lines.centre.pays_for.1.tier: no row has tier 'secondary'",
        ),
        (
            swap("case.yaml", CENTRE, "[{kind: link}, {one_of: right}]"),
            "no row has one_of 'right' (rights). Did you mean 'rights'?",
        ),
        (
            swap("case.yaml", "where: {kind: facility, city: Border}", "where: {kind: hub, city: Border}"),
            "rules.1.where: no row of measures.csv fits all of this selection",
        ),
        (
            swap("case.yaml", "where: {jurisdiction: Province}, by", "where: {tier: secondary}, by"),
            "effects.practice.0.raise_capacity.where.tier: no row has tier 'secondary' (core, small)",
        ),
    ],
)
def test_a_selection_that_a_row_could_fit_is_a_warning_with_its_place(folder: Path, change: Change, says: str) -> None:
    change(folder)
    warnings = warnings_of(load_case(folder))
    assert any(text.startswith("case.yaml:") and says in text for text in warnings), warnings


def test_a_list_of_values_selects_those_that_there_are(folder: Path) -> None:
    """No city is secondary: those that are small are reached from all the same."""
    swap("case.yaml", "from: {tier: small}", "from: {tier: [secondary, small]}")(folder)
    case = load_case(folder)
    assert case.access["core"].origins == ("Border", "Inland")
    assert [str(d).partition(": ")[2][:50] for d in case.doubts] == ["access.core.from.tier: no row has tier 'secondary'"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (swap("case.yaml", CENTRE, "[{kind: link}, {kind: parc}]"), "no row has kind 'parc'"),
        (swap("case.yaml", CENTRE, "[{kind: link}, {city: Bordr}]"), "Did you mean 'Border'?"),
        (swap("case.yaml", CENTRE, "[{kind: link}, {service: doctor}]"), "Did you mean 'doctors'?"),
        (swap("case.yaml", "from: {tier: small}", "from: {tier: secondary}"), "access.core.from.tier: no row has tier"),
        (  # a minimum share of all for nothing would forbid all spending
            swap("case.yaml", "of: spending, where: {tier: small}", "of: spending, where: {tier: secondary}"),
            "rules.0.where.tier: no row has tier 'secondary'",
        ),
    ],
)
def test_what_there_cannot_be_and_what_is_needed_are_errors(folder: Path, change: Change, says: str) -> None:
    change(folder)
    with pytest.raises(CaseInvalid) as caught:
        load_case(folder)
    assert any(says in str(problem) for problem in caught.value.problems)


def test_a_selection_without_rows_selects_nothing_for_the_plan(folder: Path) -> None:
    """The centre may still pay for links, and for nothing else."""
    swap("case.yaml", CENTRE, "[{kind: link}, {kind: park}]")(folder)
    case = load_case(folder)
    assert measures_where(case, case.lines["centre"].pays_for[1]) == ()


def test_a_scenario_that_edits_no_row_is_an_error(folder: Path) -> None:
    cell("measures", 5, "kind", "facility")(folder)
    swap("case.yaml", "where: {kind: policy}", "where: {kind: hub}")(folder)
    with pytest.raises(CaseInvalid, match="no row has kind 'hub'"):
        load_case(folder)
