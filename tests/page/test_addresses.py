"""What an address says and what is shown for it: pure functions, without a page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest

from ui import addresses
from ui.addresses import (
    PARAMETERS,
    Address,
    Pick,
    keep_memory,
    link,
    one,
    query_of,
    read,
    read_memory,
    remembered,
    several,
    with_address,
)  # fmt: skip


def test_an_address_is_read_as_it_was_written() -> None:
    address = Address("plan", "zh", {"plan": ("a plan",), "room": ("map",), "city": ("市",), "period": ("2030",)})
    assert read(parse_qs(link(address)[1:])) == address


def test_several_things_of_one_kind_stay_in_their_order() -> None:
    address = Address("compare", "en", {"plans": ("b", "a")})
    assert link(address) == "?page=compare&plans=b&plans=a&lang=en"
    assert read(parse_qs(link(address)[1:])) == address


def test_an_address_holds_what_its_page_declares_and_nothing_else() -> None:
    assert read({"page": ["solve"], "case": ["own/x"], "city": ["y"], "token": ["z"]}).values == {"case": ("own/x",)}
    assert query_of(Address("solve", "", {"city": ("y",), "run": ("r",)})) == {"page": ["solve"], "run": ["r"]}


def test_an_address_without_a_page_is_of_the_first_and_of_a_case_that_of_cases() -> None:
    assert read({}) == Address("", "", {})
    assert read({"case": ["own/x"]}) == Address("cases", "", {"case": ("own/x",)})


@pytest.mark.parametrize(
    ("page", "inner", "outer"),
    [("solve", "scenario", "case"), ("plan", "city", "plan"), ("plan", "period", "plan"), ("compare", "period", "plans")],
)
def test_what_lay_within_another_thing_is_named_no_more(page: str, inner: str, outer: str) -> None:
    address = Address(page, "en", {outer: ("old",), inner: ("x",)})
    assert address.having(**{outer: "new"}).values == {outer: ("new",)}
    assert address.having(**{inner: "y"}).values == {outer: ("old",), inner: ("y",)}


# --- picks


def test_what_the_address_names_comes_first_then_what_was_looked_at_then_the_default() -> None:
    options = ("a", "b", "c")
    assert one(options, ("b",), ("c",), "a") == Pick(("b",))
    assert one(options, (), ("c",), "a") == Pick(("c",))
    assert one(options, (), ("gone",), "b") == Pick(("b",))
    assert one(options, (), (), None) == Pick(("a",))
    assert one((), (), ("a",)) == Pick(())


def test_what_is_not_there_is_said_and_is_no_other_thing_unless_that_is_wanted() -> None:
    options = ("a", "b")
    assert one(options, ("nope",), ("b",), otherwise=False) == Pick((), ("nope",))
    assert one(options, ("nope",), ("b",)) == Pick(("b",), ("nope",))
    assert one((), ("nope",), otherwise=False) == Pick((), ("nope",))


def test_of_several_those_that_are_there_are_shown_once() -> None:
    assert several(("a", "b", "c"), ("c", "nope", "a", "c")) == Pick(("c", "a"), ("nope",))
    assert several(("a", "b"), (), ("b", "gone")) == Pick(("b",))
    assert several(("a", "b"), ()) == Pick(())


def test_a_plan_looked_at_on_one_page_is_remembered_on_the_other_and_a_room_is_not() -> None:
    memory = with_address({}, Address("plan", "en", {"plan": ("p",), "room": ("money",), "city": ("x",)}))
    assert remembered(memory, "explore", "plan") == ("p",)
    assert remembered(memory, "plan", "room") == ("money",)
    assert remembered(memory, "compare", "room") == ()
    after = with_address(memory, Address("plan", "en", {"plan": ("q",)}))
    assert (remembered(after, "plan", "plan"), remembered(after, "plan", "city")) == (("q",), ("x",))


def test_what_was_looked_at_outlives_the_server_but_a_run_does_not(tmp_path: Path) -> None:
    file = tmp_path / "browser" / "looked-at.json"
    keep_memory(file, {"case": ("own/市",), "compare.plans": ("a", "b"), "solve.run": ("r",)})
    assert read_memory(file) == {"case": ("own/市",), "compare.plans": ("a", "b")}
    file.write_text("{", encoding="utf-8")
    assert read_memory(file) == {}
    assert read_memory(tmp_path / "none") == {}


def test_a_full_disk_is_no_reason_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, *given: object, **also: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    keep_memory(tmp_path / "looked-at.json", {"case": ("own/x",)})
    assert read_memory(tmp_path / "looked-at.json") == {}


def test_what_is_shared_is_a_parameter_of_a_page() -> None:
    known = {name for names in PARAMETERS.values() for name in names}
    assert {*addresses.SHARED, *addresses.FLEETING} <= known
