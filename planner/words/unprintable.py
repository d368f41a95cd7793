"""Signs that no text of a case may hold, and how a text that holds them is shown all the same.

What XML forbids ends the drawing library and makes files that nobody can open; an escape sign steers a terminal; a sign
that turns the order of letters shows another name than the one that is there. Reading refuses them; whatever shows a text
that was refused, or that comes from elsewhere, passes it through `shown` (terminals, messages) or `cleaned` (drawings, web
pages).
"""

from __future__ import annotations

import re
import unicodedata

from planner.words.said import _

CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # all but tab and the ends of lines
NO_SIGNS = "\ud800-\udfff\ufffe\uffff"  # halves of signs, and what is none in any text
TURNS = "\u202a-\u202e\u2066-\u2069"  # turn the order of letters
FORBIDDEN = re.compile(f"[{CONTROLS}{NO_SIGNS}{TURNS}]")
NOT_SHOWN = re.compile(f"[\r\u2028\u2029{CONTROLS}{NO_SIGNS}{TURNS}]")
BLANKS = " \t\r\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
NOT_IN_A_LINE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, invisible signs, ends of lines and paragraphs
JOINERS = "\u200c\u200d"  # within words of several scripts, and between the parts of a picture
PASTED = re.compile("[\u00ad\u061c\u200e\u200f\u2060\ufeff]")  # signs that nobody sees and that come along with pasting
INSTEAD = "\N{REPLACEMENT CHARACTER}"
KNOWN = {
    "\t": _("tab"), "\n": _("end of a line"), "\r": _("end of a line"), "\x0b": _("end of a line in Word"),
    "\x1b": _("escape"), "\x07": _("bell"), "\x7f": _("delete"), "\u2028": _("end of a line"),
    "\u2029": _("end of a paragraph"),
}  # fmt: skip


def forbidden(text: str) -> str | None:
    """The first sign that no text may hold; None if there is none."""
    found = None if text.isprintable() else FORBIDDEN.search(text)
    return found[0] if found else None


def not_in_a_line(text: str) -> str | None:
    """The first sign that a text in one line may not hold: also tabs, ends of lines, and signs that nobody sees."""
    if text.isprintable():  # no sign of those kinds is: nearly every text, and told at once
        return None
    return next((sign for sign in text if sign not in JOINERS and _is_out_of_line(sign)), None)


def _is_out_of_line(sign: str) -> bool:
    return unicodedata.category(sign) in NOT_IN_A_LINE or FORBIDDEN.match(sign) is not None


def named(sign: str) -> str:
    """A sign that cannot be shown, for a message.

    >>> named(chr(11))
    'U+000B (end of a line in Word)'
    """
    name = KNOWN.get(sign) or unicodedata.name(sign, "").lower() or _("a sign that cannot be printed")
    return _("{code} ({name})").format(code=f"U+{ord(sign):04X}", name=name)


def stripped(text: str) -> str:
    """A text without blanks of any kind at its ends; signs that are no blanks are not lost."""
    return text.strip(BLANKS)


def in_a_line(text: str) -> str:
    """A name as it is kept: no blanks at its ends, each blank within it a plain one, but for tabs and ends of lines, and
    nothing that came along with pasting."""
    if text.isprintable():  # of all blanks only the plain one is
        return stripped(text)
    return "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in stripped(PASTED.sub("", text)))


def lines(text: str) -> str:
    """A text whose ends of lines are all alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shown(text: str) -> str:
    r"""A text as a terminal may show it: signs that would steer it stand as escapes.

    >>> shown("Peking" + chr(27) + "[31m")
    'Peking\\x1b[31m'
    """
    return NOT_SHOWN.sub(lambda found: ascii(found[0])[1:-1], text.replace("\r\n", "\n"))


def visible(text: str) -> str:
    """A value as a message quotes it: every sign that nobody sees stands as an escape, also tabs and ends of lines."""
    return "".join(ascii(sign)[1:-1] if not_in_a_line(sign) else sign for sign in text)


def cleaned(text: str) -> str:
    """A text with a mark in place of each sign that XML forbids."""
    return FORBIDDEN.sub(INSTEAD, text)
