"""Names that come from paths, so that any text can hold them, and names that become paths, so that any disk takes them."""

from __future__ import annotations

import os
import re

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
REFUSED = re.compile(r'[<>:"/\\|?*]')  # by one system or another
LONGEST = 200  # bytes of a name; a file system takes 255, of which those beside it take some more


def readable(name: str) -> str:
    """A name from a path in signs that can be written and shown.

    A name that is not UTF-8 is read as what Chinese systems write, if it is that; else what cannot be read is an underscore.

    >>> readable("caf\\udce9"), readable("two\\nlines")
    ('caf_', 'two lines')
    """
    signs = (sign if sign.isprintable() else " " if sign.isspace() else "_" for sign in _decoded(name))
    return "".join(signs).strip()


def _decoded(name: str) -> str:
    """A name without the marks that stand for bytes which the system could not decode."""
    if not any("\ud800" <= sign <= "\udfff" for sign in name):
        return name
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            found = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if found.isprintable():
            return found
    return raw.decode("utf-8", "replace").replace("\N{REPLACEMENT CHARACTER}", "_")


def file_name(*parts: str) -> str:
    """A name for a file or folder that every system takes, made of parts with -- between; long parts are cut.

    >>> file_name("mine", "base"), file_name(".a/b"), file_name("con")
    ('mine--base', 'a-b', 'con_')
    """
    most = (LONGEST - 2 * (len(parts) - 1)) // len(parts)
    fitting = [part.encode("utf-8", "replace")[:most].decode("utf-8", "ignore") for part in map(readable, parts)]
    name = REFUSED.sub("-", "--".join(fitting)).lstrip(".").strip(" ").rstrip(". ") or "unnamed"
    begin, dot, rest = name.partition(".")
    return f"{begin}_{dot}{rest}" if begin.lower() in RESERVED else name
