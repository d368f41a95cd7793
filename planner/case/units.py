"""Units that cases write in English and that other languages have words for; any other unit is said as it is written."""

from __future__ import annotations

from collections.abc import Mapping

from planner.words.said import Sentence, _

WORDS: Mapping[str, Sentence] = {
    "CNY": _("CNY", "unit"),
    "m CNY": _("m CNY", "unit"),
    "million CNY": _("million CNY", "unit"),
    "bn CNY": _("bn CNY", "unit"),
    "billion CNY": _("billion CNY", "unit"),
    "bn": _("bn", "unit"),
    "kt NOx": _("kt NOx", "unit"),
    "kt SO2": _("kt SO2", "unit"),
    "kt CO2": _("kt CO2", "unit"),
    "Mt CO2": _("Mt CO2", "unit"),
    "doctors": _("doctors", "unit"),
    "nurses": _("nurses", "unit"),
    "posts": _("posts", "unit"),
    "places": _("places", "unit"),
    "beds": _("beds", "unit"),
    "workers": _("workers", "unit"),
}


def in_words(unit: str) -> str:
    """A unit that is also said in other languages, where it is one of those that have words."""
    number, blank, one = unit.partition(" ")
    if blank and number.isdecimal() and one in WORDS:  # 200 beds
        return _("{number} {unit}").format(number=number, unit=WORDS[one])
    return WORDS.get(unit, unit)
