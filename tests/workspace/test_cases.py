"""Cases of a workspace: shipped ones are never changed, and nobody's work is overwritten without a word."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from planner.case import load_case
from planner.files.folders import HoldsMore
from planner.starting import example
from planner.workspace.cases import (
    Changed,
    OpenCase,
    Taken,
    check,
    delete_case,
    find_case,
    list_cases,
    open_case,
    save_case,
)
from planner.workspace.places import BadName, Workspace, workspace


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return workspace(tmp_path / "mine")


def test_an_empty_workspace_lists_the_shipped_cases(place: Workspace) -> None:
    names = ["chengdu-chongqing", "jing-jin-ji", "middle-yangtze", "pearl-river-delta", "tiny", "yangtze-river-delta"]
    assert [(entry.name, entry.own) for entry in list_cases(place)] == [(name, False) for name in names]
    assert not place.root.exists()


def test_a_shipped_case_is_copied_by_saving_it_under_a_name(place: Workspace) -> None:
    entry = find_case(place, "tiny", own=False)
    assert entry is not None
    opened = open_case(entry)
    saved = save_case(place, "my tiny", opened.texts, None)
    assert saved.own
    assert load_case(place.cases / "my tiny").content_hash == load_case(entry.folder).content_hash
    first = list_cases(place)[0]
    assert (first.name, first.own) == ("my tiny", True)


def test_texts_are_checked_without_being_saved(place: Workspace) -> None:
    texts = example()
    good = check("mine", texts)
    assert good.case is not None
    assert good.problems == ()
    bad = check("mine", {**texts, "cities.csv": texts["cities.csv"].replace("small", "tiny")})
    assert bad.case is None
    assert any(p.file == "cities.csv" and p.column == "tier" for p in bad.problems)
    assert any(p.file == "case.yaml" for p in check("mine", {"cities.csv": texts["cities.csv"]}).problems)


def test_a_case_with_mistakes_can_be_saved_and_opened_again(place: Workspace) -> None:
    texts = {**example(), "cities.csv": "id\nx\n"}
    save_case(place, "half done", texts, None)
    entry = find_case(place, "half done", own=True)
    assert entry is not None
    assert open_case(entry).texts["cities.csv"] == "id\nx\n"


def test_the_last_of_two_writers_is_told_and_nothing_is_overwritten(place: Workspace) -> None:
    first = save_case(place, "ours", example(), None)
    title = {**example(), "case.yaml": example()["case.yaml"].replace("title:", "title: A -")}
    save_case(place, "ours", title, first.version)
    with pytest.raises(Changed):
        save_case(place, "ours", example(), first.version)
    entry = find_case(place, "ours", own=True)
    assert entry is not None
    assert open_case(entry).texts["case.yaml"] == title["case.yaml"]


def test_a_name_that_is_taken_and_one_that_leads_elsewhere_are_refused(place: Workspace) -> None:
    save_case(place, "ours", example(), None)
    with pytest.raises(Taken):
        save_case(place, "ours", example(), None)
    with pytest.raises(BadName):
        save_case(place, "../ours", example(), None)


def test_a_name_is_taken_however_its_accents_are_written(place: Workspace) -> None:
    assert save_case(place, "Besanc\u0327on", example(), None).name == "Besan\u00e7on"
    with pytest.raises(Taken):
        save_case(place, "Besan\u00e7on", example(), None)


def test_a_deleted_case_is_gone_and_saving_over_it_is_refused(place: Workspace) -> None:
    saved = save_case(place, "ours", example(), None)
    delete_case(place, "ours")
    assert find_case(place, "ours", own=True) is None
    with pytest.raises(Changed):
        save_case(place, "ours", example(), saved.version)


def test_a_case_beside_which_something_else_lies_is_not_deleted(place: Workspace) -> None:
    save_case(place, "ours", example(), None)
    (place.cases / "ours" / "letter.txt").write_text("mine", encoding="utf-8")
    (place.cases / "ours" / ".DS_Store").write_bytes(b"the system's")
    with pytest.raises(HoldsMore, match=r"more than a case \(letter.txt\); nothing is deleted"):
        delete_case(place, "ours")
    assert find_case(place, "ours", own=True) is not None
    (place.cases / "ours" / "letter.txt").unlink()
    delete_case(place, "ours")
    assert not (place.cases / "ours").exists()


def test_of_many_who_save_over_the_same_version_one_wins_and_all_others_are_told(place: Workspace) -> None:
    opened = save_case(place, "ours", example(), None)
    outcomes: list[str] = []

    def save(n: int) -> None:
        texts = {**example(), "SOURCES.md": f"of writer {n}\n"}
        try:
            save_case(place, "ours", texts, opened.version)
            outcomes.append(f"of writer {n}\n")
        except Changed:
            outcomes.append("")

    writers = [threading.Thread(target=save, args=(n,)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    entry = find_case(place, "ours", own=True)
    assert entry is not None
    assert [text for text in outcomes if text] == [open_case(entry).texts["SOURCES.md"]]


# --- files that are not UTF-8


def put(place: Workspace, **contents: bytes) -> Path:
    """A case whose folder somebody put there by hand; table=content."""
    folder = place.cases / "brought"
    folder.mkdir(parents=True)
    for file, text in example().items():
        (folder / file).write_bytes(contents.get(file.removesuffix(".csv"), text.encode()))
    return folder


def opened_from(place: Workspace) -> OpenCase:
    entry = find_case(place, "brought", own=True)
    assert entry is not None
    return open_case(entry)


def test_letters_that_cannot_be_read_are_a_problem_at_their_cell_and_the_rest_can_be_edited(place: Workspace) -> None:
    header, first, *others = example()["cities.csv"].split("\n")
    name = header.split(",").index("name")
    cells = first.split(",")
    cells[name] = "Besan\u00e7on"
    content = "\n".join([header, ",".join(cells), *others]).encode("latin-1", "replace")  # no Chinese names
    folder = put(place, cities=content)
    opened = opened_from(place)
    (problem,) = check("brought", opened.texts).problems
    assert (problem.file, problem.row, problem.column, problem.value) == ("cities.csv", 2, "name", "Besan\ufffdon")
    saved = save_case(place, "brought", {**opened.texts, "SOURCES.md": "new\n"}, opened.version)
    assert (folder / "cities.csv").read_bytes() == content
    assert (folder / "SOURCES.md").read_text(encoding="utf-8") == "new\n"
    mended = opened.texts["cities.csv"].replace("\ufffd", "\u00e7")
    save_case(place, "brought", {**saved.texts, "cities.csv": mended}, saved.version)
    assert check("brought", opened_from(place).texts).problems == ()
    assert "Besan\u00e7on" in (folder / "cities.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", sorted(example()))
@pytest.mark.parametrize("content", [b"\xff\xfei\x00d\x00\n\x00", b"Besan\xe7on\n", b"\x80\x00\xff"])
def test_no_content_of_a_file_keeps_a_case_from_being_opened(place: Workspace, file: str, content: bytes) -> None:
    folder = put(place)
    (folder / file).write_bytes(content)
    found = check("brought", opened_from(place).texts)
    assert found.case is None
    assert any(p.file == file and "\ufffd" in p.message for p in found.problems) or file == "case.yaml"
    assert {p.file for p in found.problems} >= {file}


def test_a_case_read_as_gb18030_says_so_until_it_is_saved_as_utf_8(place: Workspace) -> None:
    header, first, *others = example()["cities.csv"].split("\n")
    cells = first.split(",")
    cells[header.split(",").index("name")] = "北京"
    put(place, cities="\n".join([header, ",".join(cells), *others]).encode("gb18030"))
    opened = opened_from(place)
    found = check("brought", opened.texts, notes=opened.notes)
    assert found.case is not None
    assert [w for w in found.warnings if "GB18030" in w and "cities.csv" in w and "北京" in w] == [found.warnings[0]]
    changed = {**opened.texts, "SOURCES.md": "new\n"}
    assert save_case(place, "brought", changed, opened.version).notes == opened_from(place).notes == ()
