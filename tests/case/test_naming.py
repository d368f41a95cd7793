"""Things are called by their names where people read, and names change nothing that is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from planner.case import Case, City, FrozenDict, Mode, load_case, naming, write_case, write_workbook
from planner.case.loading import case_of_texts
from planner.compiling import compile_case
from tests.case.small import FILES
from tests.case.small_work import FILES as WORK_FILES

NAMES = (
    ("  road: {", "  road: {name: Motorways & roads, name_zh: 公路, "),
    ("  care: {", "  care: {name: '=1+1', name_zh: 养老床位, "),
    ("  pairs: {", "  pairs: {name: '<b>To all</b>', "),
    ("  capital: {holder", "  capital: {name: Capital's purse, name_zh: 首都财政, holder"),
    ("  tight-money: {", "  tight-money: {name: Less money, name_zh: 资金紧张, "),
    (
        "modes:\n",
        "names: {Province: {name_zh: 省}, central: {name: The centre}, people_65: {name: aged, name_zh: 老人}}\nmodes:\n",
    ),
)
WORK_NAMES = (
    ("airsheds:\n  plain: {", "airsheds:\n  plain: {name: The plain, name_zh: 平原, "),
    ("  machinery: {", "  machinery: {name: Machines, name_zh: 机械, "),
    ("  drug-supply: {", "  drug-supply: {name: Drugs and tools, name_zh: 药械, "),
    ("  lag: {", "  lag: {name: Behind the core, name_zh: 落后程度, "),
)


def with_names(files: Mapping[str, str], names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The files of a case with names in its keys."""
    text = files["case.yaml"]
    for plain, named in names:
        assert text.count(plain) == 1, plain
        text = text.replace(plain, named)
    return {**files, "case.yaml": text}


@pytest.fixture
def named() -> Case:
    return case_of_texts("small", with_names(FILES, NAMES))


@pytest.fixture
def industrial() -> Case:
    return case_of_texts("work", with_names(WORK_FILES, WORK_NAMES))


def test_names_are_shown_in_both_languages(named: Case, industrial: Case) -> None:
    assert naming.mode(named, "road") == "Motorways & roads"
    assert naming.mode(named, "road", chinese=True) == "公路"
    assert naming.indicator(named, "care") == "=1+1"
    assert naming.service(named, "care", chinese=True) == "养老床位"
    assert naming.line(named, "capital", chinese=True) == "首都财政"
    assert naming.scenario(named, "tight-money", chinese=True) == "资金紧张"
    assert naming.people(named, "people_65") == "aged"
    assert naming.airshed(industrial, "plain", chinese=True) == "平原"
    assert naming.industry(industrial, "machinery") == "Machines"
    assert naming.chain(industrial, "drug-supply", chinese=True) == "药械"
    assert naming.indicator(industrial, "lag", chinese=True) == "落后程度"


def test_without_a_name_an_id_is_read_as_words_and_a_jurisdiction_as_it_stands(named: Case) -> None:
    assert naming.scenario(named, "no-signatures", chinese=True) == "no signatures"
    assert naming.name_of(Mode(id="high-speed_rail", boarding_minutes=0.0, border_minutes=0.0)) == "high speed rail"
    assert naming.indicator(named, "not-of_this case") == "not of this case"
    assert naming.jurisdiction(named, "Province") == "Province"
    assert naming.jurisdiction(named, "Île-de-France") == "Île-de-France"
    assert naming.people(named, "population") == "people"


def test_a_name_in_one_language_alone_serves_both_or_leaves_the_id(named: Case) -> None:
    """An English name alone is shown in Chinese, too; a Chinese one alone leaves the id in English."""
    assert naming.indicator(named, "pairs", chinese=True) == "<b>To all</b>"
    assert naming.jurisdiction(named, "central", chinese=True) == "The centre"
    assert naming.jurisdiction(named, "Province", chinese=True) == "省"


def test_of_several_cases_the_first_that_has_a_name_gives_it(named: Case) -> None:
    plain = case_of_texts("small", FILES)
    assert naming.in_any(naming.line, [plain, named], "capital") == "Capital's purse"
    assert naming.in_any(naming.line, [plain, plain], "capital") == "capital"
    assert naming.in_any(naming.jurisdiction, [plain], "Île-de-France") == "Île-de-France"


def test_every_city_has_a_name(named: Case) -> None:
    city: City = named.cities["Metro"]
    assert naming.city(named, "Metro", chinese=True) == naming.name_of(city) == "Metro"


@pytest.mark.parametrize(("files", "names"), [(FILES, NAMES), (WORK_FILES, WORK_NAMES)], ids=["small", "work"])
def test_names_change_nothing_that_is_worked_out(files: Mapping[str, str], names: tuple[tuple[str, str], ...]) -> None:
    """The same case with and without names is the same question, and compiles to the same sets and parameters."""
    plain, named = (case_of_texts("same", texts) for texts in (files, with_names(files, names)))
    assert plain != named
    assert plain.content_hash == named.content_hash
    assert compile_case(plain) == compile_case(named)


@pytest.mark.parametrize("filled", [False, True])
def test_names_are_written_and_read_back(named: Case, industrial: Case, filled: bool, tmp_path: Path) -> None:
    for case in (named, industrial):
        write_case(case, tmp_path / case.name, filled=filled)
        again = load_case(tmp_path / case.name)
        assert again == (replace(case, scenarios=again.scenarios) if filled else case)


def test_names_go_through_a_workbook(named: Case, industrial: Case, tmp_path: Path) -> None:
    for case in (named, industrial):
        file = tmp_path / f"{case.name}.xlsx"
        write_workbook(case, file)
        assert load_case(file) == case


def test_a_scenario_may_change_a_name(tmp_path: Path) -> None:
    texts = with_names(
        FILES, (("  tight-money: {", "  renamed: {edits: [{key: lines.capital.name, set: Purse}]}\n  tight-money: {"),)
    )
    named = with_names(texts, (("  capital: {holder", "  capital: {name: Wallet, holder"),))
    assert naming.line(case_of_texts("small", named, "renamed"), "capital") == "Purse"


def test_names_of_what_a_case_has_no_more_are_not_written(named: Case, tmp_path: Path) -> None:
    """A case that was made of another one and has lost the line of the centre can be read back."""
    lines = FrozenDict({l: line for l, line in named.lines.items() if l != "centre"})
    write_case(replace(named, lines=lines), tmp_path / "less", filled=True)
    assert set(load_case(tmp_path / "less").names) == {"Province", "people_65"}


def test_a_goal_with_a_curve_says_so(case: Case) -> None:
    goal = case.goals[0]
    assert naming.with_curve("mean gap", goal) == "mean gap"
    curved = replace(goal, curve=1.5, pieces=8)
    assert naming.with_curve("mean gap", curved) == "mean gap, large gaps weighing more (curve 1.5)"
