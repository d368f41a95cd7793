"""programme.yaml is read as strictly as a case: what does not go together is said with file, line, key and member."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case.problems import CaseInvalid
from planner.programme.reading import given, load_programme
from tests.programme.small import City, Clinic, Drawn, write

TWO = Drawn((City(100_000, 20, (Clinic(50, 3),)), City(50_000, 0, (Clinic(40, 2),))), (6, 3), True, 0.8, 0.1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound programme of two members."""
    return write(TWO, tmp_path / "p")


def changed(file: Path, old: str, new: str) -> None:
    """A file with a text in the place of another that it holds once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def problems(folder: Path) -> list[str]:
    """What is wrong, as people are told."""
    with pytest.raises(CaseInvalid) as raised:
        load_programme(folder)
    return [str(problem.said) for problem in raised.value.problems]


def test_members_weigh_what_they_have_of_people_and_get_the_money_by_people_until_it_is_divided(folder):
    """100,000 and 50,000 people; 6 and 3 of money; a tenth to four fifths of 9 for each."""
    found = load_programme(folder)
    assert [one.weight for one in found.participants] == pytest.approx([2 / 3, 1 / 3])
    assert found.by_people("m0") == {("centre", "2030"): pytest.approx(4), ("centre", "2035"): pytest.approx(2)}
    assert found.of("m1").case.lines["centre"].amount == {"2030": pytest.approx(2), "2035": pytest.approx(1)}
    assert found.of("m1").case.lines["centre"].carry_over
    assert found.there("centre", "2035") == 9
    assert found.least_and_most("m0", "centre") == (pytest.approx(0.9), pytest.approx(7.2))


def test_money_a_head_is_at_least_a_share_of_the_mean(folder):
    """Half of the mean of 9 for 150,000 people: 3 for the first, 1.5 for the second."""
    changed(folder / "programme.yaml", "each_at_least: 0.1", "per_head_at_least: 0.5")
    found = load_programme(folder)
    assert [found.least_and_most(e, "centre")[0] for e in ("m0", "m1")] == pytest.approx([3, 1.5])


def test_weights_may_be_numbers(folder):
    changed(folder / "programme.yaml", "{case: m0}", "{case: m0, weight: 3}")
    changed(folder / "programme.yaml", "{case: m1}", "{case: m1, weight: 1}")
    assert [one.weight for one in load_programme(folder).participants] == [0.75, 0.25]


PROGRAMME, CASE = "programme.yaml", "m1/case.yaml"
WRONG = [
    (PROGRAMME, "shares:", "share:", "'share' is not a key here"),
    (PROGRAMME, "{case: m1}", "{case: m2}", "members.m1.case: there is no case at"),
    (PROGRAMME, "{case: m1}", "{case: m1, scenario: dry}", "members.m1.case: the case cannot be used"),
    (PROGRAMME, "{case: m1}", "{case: m1, weight: -1}", "members.m1.weight: must be a number above 0, or population"),
    (PROGRAMME, "{case: m1}", "{case: m1, weight: 2}", "members.m1.weight: is by people in some members"),
    (PROGRAMME, "2035: 3}", "2036: 3}", "lines.centre.amounts.2036: there is no period 2036 (2030, 2035)"),
    (PROGRAMME, ", 2035: 3}", "}", "lines.centre.amounts: has no money for 2035"),
    (PROGRAMME, "2030: 6", "2030: -6", "lines.centre.amounts.2030: must be at least 0"),
    (PROGRAMME, "each_at_most: 0.8", "each_at_most: 0.05", "shares: member m0 must be given at least 0.9"),
    (PROGRAMME, "each_at_least: 0.1", "each_at_least: 0.6", "shares.each_at_least: all members together must be given more"),
    (PROGRAMME, "prices: 2025", "prices: 2024", "members.m0.case: its money.prices is 2025, that of the programme is 2024"),
    (CASE, "unit: bn", "unit: mn", "members.m1.case: its money.unit is mn, that of the programme is bn"),
    (CASE, "2031-2035", "2031-2036", "m1.case: its periods are 2026-2030, 2031-2036, those of m0"),
    (CASE, "holder: central,", "holder: central, borrow: {limit: 1, interest: 0.03},", "its line centre may borrow"),
    (CASE, "holder: central,", "holder: central, after: {at_most_share: 0.5},", "its line centre has a limit on"),
    (CASE, "minimise: gaps, tolerance: 0", "minimise: spending", "its first goal is about spending"),
    (CASE, "minimise: gaps, tolerance: 0", "minimise: worst_off_first", "its first goal is about worst_off_first"),
    (PROGRAMME, "members:", "goal: {beds: 1}\nmembers:", "goal.beds: m0 has no indicator beds (clinic)"),
    (PROGRAMME, "members:", "goal: {clinic: 0}\nmembers:", "goal: clinic must weigh a number above 0"),
    (PROGRAMME, "members:", "goal: all\nmembers:", "goal: must be common, each, or indicators with weights"),
    (CASE, "per_1000: 2", "per_1000: 3", "goal: no indicator has the same name, unit and standard in all members"),
    (CASE, "gaps, tolerance: 0", "gaps, tolerance: 0, weigh_by: equally", "its first goal says other weigh_by than that of"),
    (PROGRAMME, "shares:", "divisions: {last: {by_member: {m7: 1}}}\nshares:", "last.by_member.m7: there is no member m7"),
    (PROGRAMME, "shares:", "divisions: {by_need: {by_member: {m1: 1}}}\nshares:", "divisions.by_need: is the name of a"),
    (CASE, "services:", "nobody_worse_off: true\nservices:", "it asks that nobody is worse off than alone"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), WRONG, ids=[said for *_, said in WRONG])
def test_what_does_not_go_together_is_refused_with_member_and_key(folder, file, old, new, said):
    if "2031-2036" in new:
        for table in ("budgets.csv",):
            path = folder / "m1" / table
            path.write_text(path.read_text(encoding="utf-8").replace("2035", "2036"), encoding="utf-8")
    changed(folder / file, old, new)
    found = problems(folder)
    assert any(said in each for each in found), found
    assert all(each.startswith("programme.yaml") for each in found)
    assert any(each.startswith("programme.yaml:") for each in found)


def test_a_member_without_the_shared_line_is_named(folder):
    changed(folder / "m1" / "case.yaml", "  centre: {name", "  center: {name")
    budgets = folder / "m1" / "budgets.csv"
    budgets.write_text(budgets.read_text(encoding="utf-8").replace("centre", "center"), encoding="utf-8")
    (said,) = problems(folder)
    assert "members.m1.case: it has no budget line centre (center). Did you mean 'center'?" in said


def test_what_is_no_yaml_is_told_with_its_file(folder):
    (folder / "programme.yaml").write_text("members: [", encoding="utf-8")
    assert all(each.startswith("programme.yaml") for each in problems(folder))
    (folder / "programme.yaml").write_bytes(b"title: \xff")
    assert problems(folder) == ["programme.yaml: is not UTF-8 text: save it as UTF-8"]
    (folder / "programme.yaml").write_bytes(b"")
    assert problems(folder) == ["programme.yaml: is empty: it needs at least format, money, members and lines"]


def test_what_levels_may_cost_stays_what_it_is_however_much_a_member_is_given(folder):
    """A tenth of 4 + 2 by people: 0.6; of 1 + 2, a fifth is as much."""
    changed(folder / "m0" / "case.yaml", "lines:", "pyramid: {at_most_share: {subsidy: 0.1}}\nlines:")
    case = load_programme(folder).of("m0").case
    less = given(case, {("centre", "2030"): 1.0, ("centre", "2035"): 2.0}, frozenset())
    assert less.pyramid.at_most_share == {"subsidy": pytest.approx(0.2)}
    assert not less.lines["centre"].carry_over


def test_only_what_means_the_same_in_all_members_counts_unless_each_is_asked_for(folder):
    """Beds ask for 3 in one member and for 4 in the other: clinics alone are common, and weigh 1 whatever a case says."""
    for member, standard in (("m0", 3), ("m1", 4)):
        file = folder / member / "case.yaml"
        changed(file, "services:\n", f"services:\n  bed: {{name: beds, unit: beds, per_1000: {standard}}}\n")
        changed(file, "{minimise: gaps, tolerance: 0}", "{minimise: gaps, tolerance: 0, weights: {clinic: 5, bed: 2}}")
        table = folder / member / "capacity.csv"
        table.write_text(table.read_text(encoding="utf-8") + "town,bed,1,assumed\n", encoding="utf-8")
    found = load_programme(folder)
    assert [dict(one.case.goals[0].weights) for one in found.participants] == [{"clinic": 1.0}] * 2
    own = load_programme(folder, "each")
    assert [dict(one.case.goals[0].weights) for one in own.participants] == [{"clinic": 5.0, "bed": 2.0}] * 2
    changed(folder / "programme.yaml", "members:", "goal: {clinic: 2, bed: 1}\nmembers:")
    assert problems(folder) == ["programme.yaml:3:19: goal.bed: means something else in m1 than in m0: its standard"]
    changed(folder / "m1" / "case.yaml", "per_1000: 4", "per_1000: 3")
    assert [dict(one.case.goals[0].weights) for one in load_programme(folder).participants] == [
        {"clinic": 2.0, "bed": 1.0}
    ] * 2
