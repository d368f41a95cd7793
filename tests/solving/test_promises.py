"""Promises: each kind is declared once, with all its parts, and each part is asked of a case in which the promise binds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import isnan
from pathlib import Path

import pytest

from planner.case import Case
from planner.planning.handmade import evaluate
from planner.planning.settling import Settler
from planner.plans import versions
from planner.promises import (
    BOUNDS,
    PROMISES,
    Promise,
    broken_in_words,
    called,
    exceeded,
    listed,
    mended_by_more,
    now,
    tried_alone,
)
from planner.questions.diagnose.loosened import Loosened, loosened
from planner.words.said import Text
from tests.questions import impossible as hand
from tests.solving.folders import case

NEVER = {  # what gives way to nobody, and why
    "closed jobs": "they are owed to those who had them",
    "goal limit": "whoever asks for the goals sets it",
}
NEWER = {"no level falls", "after", "housing"}  # no earlier version wrote a sentence of them
KINDS = {promise.kind: promise for promise in PROMISES}
WAYS = {one.kind: one.gives_way for one in (*PROMISES, *BOUNDS) if one.gives_way is not None}
ROWS = {**{kind: {promise.row} for kind, promise in KINDS.items()}, **{b.kind: {*b.rows.values()} for b in BOUNDS}}
CLOSING = """\
    periods: [2026-2030]
    work: {jobs: {kind: target}}
    industries: {cars: {}}
    lines: {town: {holder: Town}}
    goals: [{minimise: gaps}, {minimise: spending, at_most: 3}]
    """
CLOSING_CITIES = "id jurisdiction tier lat lon population jobs jobs_target\nA Town core 30 110 10000 8000 9000"
CLOSING_MEASURES = "id kind city capital_cost\nshut closure A 1\nplant park A 1"
CLOSING_PARKS = "measure jobs industry\nshut 500 cars\nplant 1000 cars"


def closing(folder: Path) -> Case:
    """A plant of 500 jobs that may close, once a park replaces them; the second goal may come to 3 at most."""
    return case(
        folder, CLOSING, cities=CLOSING_CITIES, capacity="city service capacity", measures=CLOSING_MEASURES,
        parks=CLOSING_PARKS, budgets=hand.money(town=5),
    )  # fmt: skip


CASES: dict[str, Callable[[Path], Case]] = {
    "target": lambda folder: hand.whole_units(folder, hand.TARGET),
    "shared": lambda folder: hand.shared(folder, town=10, centre=1, town_2035=10, centre_2035=3),
    "plants": lambda folder: hand.plants(folder, ("cap: 20", "cap: 14"), hand.FULL + "nobody_worse_off: true\n"),
    "hosts": lambda folder: hand.plants(folder, ("max_hosts: 2", "max_hosts: 1"), hand.FULL),
    "requirement": hand.requirement, "group": hand.group, "gate": hand.gate, "level": hand.level, "minimum": hand.minimum,
    "barrier": hand.barrier, "subsidies": hand.subsidies, "closing": closing, "residents": hand.residents, "left": hand.left,
    "housing": hand.housing,
    "borrowing": lambda folder: hand.borrowing(folder, town=5, town_2035=10, town_2040=0),
}  # fmt: skip


@pytest.fixture(scope="module")
def settlers(tmp_path_factory: pytest.TempPathFactory) -> list[Settler]:
    return [Settler.of(make(tmp_path_factory.mktemp(name))) for name, make in CASES.items()]


@pytest.fixture(scope="module")
def loose(settlers: list[Settler]) -> list[tuple[Case, Loosened]]:
    return [(settler.case, loosened(settler)) for settler in settlers]


def is_told(text: str) -> bool:
    """Whether a text says something, in both languages."""
    return isinstance(text, Text) and bool(text) and text.in_language("zh") != str(text)


def test_a_kind_is_declared_once() -> None:
    assert len(KINDS) == len(PROMISES) == len({promise.row for promise in PROMISES})


def test_what_gives_way_to_nobody_is_known() -> None:
    assert {promise.kind for promise in PROMISES if promise.gives_way is None} == set(NEVER)


def rows_of(settlers: list[Settler], promise: Promise) -> Iterator[tuple[Settler, tuple[str, object]]]:
    return ((s, name) for s in settlers for name in s.built.program.rows if name[0] == promise.row)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_promise_says_what_is_broken_and_by_how_much(kind: str, settlers: list[Settler]) -> None:
    found = [(s.case, exceeded(s.case, s.built.instance, name, 2.0)) for s, name in rows_of(settlers, KINDS[kind])]
    assert found, "no case here in which it binds"
    assert {broken.kind for _case, broken in found} == {kind}
    assert all(broken.amount > 0 for _case, broken in found)
    assert all(is_told(words) for case, broken in found for words in broken_in_words(case, [broken]))
    assert all(isinstance(id_, str) for _case, broken in found for id_ in broken.ids)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in NEWER])
def test_a_broken_promise_is_known_by_the_sentence_that_earlier_versions_wrote(kind: str, settlers: list[Settler]) -> None:
    """The sentences are those of format 2 still; where they change, they have to be written down here."""
    for s, name in rows_of(settlers, KINDS[kind]):
        broken = exceeded(s.case, s.built.instance, name, 2.0)
        (words,) = broken_in_words(s.case, [broken])
        known = versions.broken(s.case, str(words))
        assert (known.kind, known.ids) == (broken.kind, broken.ids), words
        assert isnan(known.amount) or abs(known.amount - broken.amount) <= known.rounded, words


@pytest.mark.parametrize("kind", WAYS)
def test_a_promise_that_gives_way_says_what_it_is_and_can_change(kind: str, loose: list[tuple[Case, Loosened]]) -> None:
    way = WAYS[kind]
    found = [(case, one) for case, model in loose for one in model.concessions if one.promise[0] == kind]
    assert {one.kind for _case, one in found} == set(way.changes)
    assert all(is_told(now(case, one.promise)) for case, one in found)
    for asked, one in found:
        single = tried_alone(one.promise)
        assert (single is None) == (way.called is None)
        assert single is None or is_told(called(asked, single))


def test_a_concession_loosens_the_row_of_its_own_promise(loose: list[tuple[Case, Loosened]]) -> None:
    """But for money, with which grows what levels may cost; and what was decided, whose rows the loosened model parts."""
    others = {"money": {"level_within_its_share"}, "decided": {"decided_late", "decided_dropped"}}
    for _case, model in loose:
        for one in model.concessions:
            kind = one.promise[0]
            assert {row for row, _index in one.loosens} <= {*ROWS[kind], *others.get(kind, set())}


def test_what_a_case_asks_for_is_listed_by_every_promise_that_lists(settlers: list[Settler]) -> None:
    for promise in PROMISES:
        if promise.listed is not None:
            own = [name for settler in settlers for name in promise.listed(settler.case)]
            assert own, promise.kind
            assert all(is_told(name) for name in own)
            assert set(own) <= {name for settler in settlers for name in listed(settler.case)}


def test_broken_promises_are_data_beside_their_words(tmp_path: Path) -> None:
    """Three wards of 2 are 6, and there are 5: 1 over. One ward of 2 where 3 must be spent: 1 short."""
    case = hand.whole_units(tmp_path / "a", hand.TARGET)
    (over,) = evaluate(case, {("ward", "2030"): 3.0}).broken
    assert (over.kind, over.ids, mended_by_more(case, over)) == ("money", ("town", "2030"), False)
    assert over.amount == pytest.approx(1)
    assert broken_in_words(case, [over]) == ("line town, 2026-2030: 1 bn over",)
    case = hand.minimum(tmp_path / "b")
    (short,) = evaluate(case, {("ward", "2030"): 1.0}).broken
    assert (short.kind, short.ids, mended_by_more(case, short)) == ("minimum", ("town", "2030"), True)
    assert short.amount == pytest.approx(1)


def test_more_starts_mend_what_asks_for_more_and_nothing_else(settlers: list[Settler]) -> None:
    mended = {
        promise.kind
        for promise in PROMISES
        for s, name in rows_of(settlers, promise)
        if mended_by_more(s.case, exceeded(s.case, s.built.instance, name, 1.0))
    }
    assert mended == {"target", "minimum", "rule", "nobody worse off"}
    annex = next(s.case for s in settlers if [rule.id for rule in s.case.rules] == ["annex"])
    none = replace(annex, rules=(replace(annex.rules[0], at_least=None, at_most=0.0),))
    assert [KINDS["rule"].mended_by_more(asked, ("annex",)) for asked in (annex, none)] == [True, False]
