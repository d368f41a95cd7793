"""Names that cannot lead out of the workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.workspace.places import VARIABLE, BadName, checked_name, name_from, within, workspace


@pytest.mark.parametrize("name", ["mine", "My case 2", "京津冀", "a.b", "x-1_2 (3)", "a+b"])
def test_names_that_people_give_are_fine(name: str, tmp_path: Path) -> None:
    assert within(tmp_path, name) == tmp_path / name


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "../x", "a/b", "a\\b", "/etc", "C:\\x", ".hidden", "a..b", "x\0y", "x\ny", "con", "NUL.txt",
     "-rf", "a" * 101, "~root", "$HOME", "a|b", "<b>", "a\u202eb", "a.", "a "],
)  # fmt: skip
def test_names_that_lead_elsewhere_or_confuse_are_refused(name: str, tmp_path: Path) -> None:
    if name == "a ":
        assert checked_name(name) == "a"
        return
    with pytest.raises(BadName):
        within(tmp_path, name)


def test_a_link_that_leads_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "out").symlink_to(tmp_path.parent)
    with pytest.raises(BadName, match="another folder"):
        within(tmp_path / "cases", "out")


def test_the_workspace_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "there"))
    assert workspace().root == tmp_path / "there"
    monkeypatch.delenv(VARIABLE)
    monkeypatch.chdir(tmp_path)
    assert workspace().root == tmp_path / "workspace"
    assert {p.name for p in workspace().shipped} == {
        "chengdu-chongqing", "jing-jin-ji", "middle-yangtze", "pearl-river-delta", "tiny", "yangtze-river-delta",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "name"),
    [("_draft", "draft"), ("-v2", "v2"), ("con", "case con"), ("NUL", "case NUL"), ("mycase-", "mycase"), ("", "case"),
     ("a" * 39 + "-b", "a" * 39), ("a.b/c", "a b c"), ("नई दिल्ली", "नई दिल्ली"),
     ("Besanc\u0327on", "Besançon"), ("\u0301a", "a"),
     ("北京——方案", "北京  方案"), ("...", "case"), ("_-_", "case")],
)  # fmt: skip
def test_the_name_of_any_file_makes_a_name_of_a_case(file: str, name: str) -> None:
    assert name_from(file) == name
    assert checked_name(name) == name


def test_marks_of_letters_are_part_of_a_name_and_none_begins_with_one() -> None:
    assert checked_name("नई दिल्ली") == "नई दिल्ली"
    with pytest.raises(BadName):
        checked_name("\u0301a")
