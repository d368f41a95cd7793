"""The letters of text files: UTF-8, or GB18030, as spreadsheets in China save text."""

from __future__ import annotations

import re
from dataclasses import dataclass

FOREIGN = re.compile(r"(?<![^\x00-\x7f])[^\x00-\x7f](?=[a-z])")  # one letter alone before small Latin ones: M黱chen
LONE = re.compile(rb"(?<![\x80-\xff])[\xc0-\xff][A-Za-z](?![\x80-\xff])")  # an accented letter and the next: S鉶 Paulo
COMMON = range(0xB0, 0xD8)  # first bytes of the 3,755 signs that most of any Chinese text is made of
SHOWN = 3  # words that a reader may check


@dataclass(frozen=True)
class Decoded:
    """A text, and what should be known of how it was read; empty for UTF-8."""

    text: str
    note: str = ""


def decoded(content: bytes) -> Decoded:
    """The text of a file, without its byte order mark.

    Raises
    ------
    UnicodeDecodeError
        It is no UTF-8, and not for certain GB18030: in a text of Western Europe an accented letter and the next would
        make one Chinese letter within a Latin word, and most letters of another script make seldom ones.
    """
    try:
        return Decoded(content.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise wrong from None
        foreign = LONE.search(content) or FOREIGN.search(text) or not _is_common(text)
        if foreign or not all(c.isprintable() or c.isspace() for c in text):
            raise wrong from None
        words = list(dict.fromkeys(re.findall(r"[^\x00-\x7f]+", text)))[:SHOWN]
        note = f"is not UTF-8 and was read as GB18030 ({', '.join(words)}): check the names, or save it as 'CSV UTF-8'"
        return Decoded(text, note)


def _is_common(text: str) -> bool:
    """Whether at least half of the letters beyond ASCII are common Chinese ones; signs of punctuation do not count."""
    letters = [c for c in text if c > "\x7f" and c.isalpha()]
    common = sum((c.encode("gb2312", "ignore") or b"\0")[0] in COMMON for c in letters)
    return 2 * common >= len(letters)
