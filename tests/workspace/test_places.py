"""Names that cannot lead out of the workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.workspace.places import VARIABLE, BadName, checked_name, within, workspace


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
    assert {p.name for p in workspace().shipped} == {"jing-jin-ji", "tiny"}
