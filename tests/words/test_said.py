"""A sentence is said once: in English it is a text like any other, in another language its catalogue says it."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass

import pytest

from planner.words import said, text_layout
from planner.words.said import (
    Named,
    Sentence,
    _,
    capital,
    count,
    counted,
    in_languages,
    language,
    others_of,
    series,
    speaking,
    told,
    told_all,
)  # fmt: skip

ZH = {
    ("{line} is over by {money:.1f} in {period}", ""): "{period}，{line}超支{money:.1f}",
    ("{number} cities", ""): "{number}个城市",
    ("closed", "a border"): "封闭",
    ("closed", "a gap"): "缩小",
    ("not proven", ""): "未证明",
}


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(said, "_messages", lambda language: ZH if language == "zh" else {})


def over() -> Sentence:
    line = Named("the centre's fund", {"zh": "中央资金"})
    return _("{line} is over by {money:.1f} in {period}").format(line=line, money=2.25, period="2026-2030")


def test_in_english_it_is_a_text_like_any_other() -> None:
    assert over() == "the centre's fund is over by 2.2 in 2026-2030"
    assert {over(): 1}["the centre's fund is over by 2.2 in 2026-2030"] == 1
    assert told(over()) == over()


def test_another_language_has_its_own_order_and_the_names_in_it() -> None:
    with speaking("zh"):
        assert told(over()) == "2026-2030，中央资金超支2.2"
    assert language() == "en"


def test_a_name_is_never_looked_up_in_a_catalogue_nor_taken_for_a_message() -> None:
    """A city called `not proven`, and one with a blank of a message in its name."""
    said = _("{line} is over by {money:.1f} in {period}").format(line="not proven", money=1, period="{money}")
    assert said.in_language("zh") == "{money}，not proven超支1.0"


def test_arguments_are_told_in_the_same_language() -> None:
    inner = _("{number} cities").format(number=3)
    outer = _("{line} is over by {money:.1f} in {period}").format(line=inner, money=1, period=_("not proven"))
    assert outer.in_language("zh") == "未证明，3个城市超支1.0"


def test_what_is_the_same_in_english_only_is_told_apart_by_its_context() -> None:
    assert [_("closed", which).in_language("zh") for which in ("a border", "a gap")] == ["封闭", "缩小"]


def test_what_no_catalogue_says_stays_english_but_its_arguments() -> None:
    assert _("worth {what}").format(what=_("not proven")).in_language("zh") == "worth 未证明"


def test_one_and_several_are_told_apart_in_english_alone() -> None:
    assert [str(count(n, "city", "cities")) for n in (1, 2, 1200)] == ["1 city", "2 cities", "1,200 cities"]
    assert [count(n, "city", "cities").in_language("zh") for n in (1, 1200)] == ["1个城市", "1,200个城市"]
    assert counted(1, "it closes", "they close") == "it closes"


def test_lists_have_the_signs_of_their_language() -> None:
    names = [Named("North", {"zh": "北"}), "South", _("not proven")]
    assert series(names, ", ", " and ") == "North, South and not proven"
    assert series(names, ", ", " and ").in_language("zh") == "北、South和未证明"
    assert [series([]), series(["a"])] == ["", "a"]


def test_a_list_of_what_has_commas_has_semicolons() -> None:
    names = ["Line, first half", "Line, second half", "Hub"]
    assert series(names) == "Line, first half; Line, second half; Hub"
    assert series(names).in_language("zh") == "Line, first half；Line, second half；Hub"
    assert series(names, ", ", " and ") == "Line, first half; Line, second half and Hub"
    assert series(["10,000", "Hub"]) == "10,000, Hub"


def test_a_sentence_begins_with_a_capital_where_there_are_such() -> None:
    assert capital(_("not proven")) == "Not proven"
    assert capital(_("not proven")).in_language("zh") == "未证明"


@dataclass(frozen=True)
class Block:
    text: str
    rows: tuple[tuple[str, ...], ...]
    width: float = 1.0


def test_data_is_told_as_a_whole() -> None:
    block = Block(over(), ((_("not proven"), "x"),))
    with speaking("zh"):
        assert told_all((block,)) == (Block("2026-2030，中央资金超支2.2", (("未证明", "x"),)),)
    assert told_all(block) == block


def test_it_is_the_same_after_a_copy_and_in_another_process() -> None:
    for again in (copy.deepcopy(over()), pickle.loads(pickle.dumps(over()))):
        assert (again, again.in_language("zh")) == (over(), "2026-2030，中央资金超支2.2")


def test_what_is_kept_has_its_other_languages_beside_it() -> None:
    assert others_of([over(), "a city", _("not proven")]) == {
        "zh": {over(): "2026-2030，中央资金超支2.2", "not proven": "未证明"}
    }


def test_chinese_is_broken_after_any_sign_but_before_none_that_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """60 columns: a label of 10, then 25 signs of two columns a line."""
    monkeypatch.setenv("COLUMNS", "60")
    text = "缩" * 25 + "，" + "小" * 3
    assert text_layout.paragraph(text, "Gaps").split("\n") == ["Gaps      " + "缩" * 25 + "，", " " * 10 + "小" * 3]


def test_a_sentence_with_another_argument_is_the_same_otherwise_in_every_language() -> None:
    said = _("{line} is over by {money:.1f} in {period}").format(line="North", money=1, period="2026-2030")
    assert said.but(money=2) == "North is over by 2.0 in 2026-2030"
    assert said.but(money=2).in_language("zh") == "2026-2030，North超支2.0"


def test_what_was_kept_with_its_languages_is_told_again() -> None:
    text = _("not proven")
    kept = in_languages(str(text), others_of([text]))
    assert (kept, kept.in_language("zh")) == ("not proven", "未证明")  # type: ignore[attr-defined]
    assert type(in_languages("North", {"zh": {}})) is str
