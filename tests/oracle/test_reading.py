"""What the planner reads from a folder is what these tests build: defaults and calendar, worked out twice."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
from planner.case import Case, Measure
from planner.case.problems import CaseInvalid

from .random_cases import case_of

Figures = list[tuple[str, int, tuple[str, ...], dict[str, float], dict[str, float]]]


def starts(measure: Measure) -> Figures:
    """The offered starts, with costs rounded to what floating point leaves alone."""
    return [
        (o.period, o.opens, o.serves, *({p: round(x, 9) for p, x in kind.items()} for kind in (o.capital, o.running)))
        for o in measure.starts
    ]


def read_unless_a_selection_fits_no_row(folder: Path) -> Case | None:
    """The case of a folder; None where the only problem is a selection that fits no row."""
    try:
        return planner.load_case(folder)
    except CaseInvalid as refused:
        if all("no row has" in str(problem) for problem in refused.problems):
            return None
        raise


@pytest.mark.slow
def test_written_and_read_again_a_case_offers_the_same_starts_to_the_same_measures(tmp_path: Path) -> None:
    """Of 60 random cases those without a selection that fits no row, which a reader refuses: at least 25."""
    compared = 0
    for number in range(60):
        case = case_of(number)
        planner.write_case(case, tmp_path / str(number), filled=True)
        read = read_unless_a_selection_fits_no_row(tmp_path / str(number))
        if read is None:
            continue
        compared += 1
        assert {m: starts(x) for m, x in read.measures.items()} == {m: starts(x) for m, x in case.measures.items()}
        for part in ("periods", "cities", "capacity", "links", "effects", "services", "lines", "targets", "trips"):
            assert getattr(read, part) == getattr(case, part), (number, part)
        assert [(r.measures, r.limit, r.share_of_measures) for r in read.rules] == [
            (r.measures, r.limit, r.share_of_measures) for r in case.rules
        ]
    assert compared >= 25


def test_a_case_needs_no_more_than_its_number() -> None:
    """The same number makes the same case."""
    assert case_of(4711) == case_of(4711)
    with pytest.raises(TypeError):
        case_of(1).measures["x"] = None  # type: ignore[index]
