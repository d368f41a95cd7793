"""Makes the catalogues agree with the code: python -m docs.words; --check only compares, --missing lists what is unsaid.

A message is what stands in `_("...")`, `counted(number, "one", "several")` and `count(number, "noun", "nouns")`; what `says`
declares of a column or key; and the docstring of a command, which has click's mark \\b before its example. What is new in
the code gets an empty entry to be filled in; what the code says no more is dropped.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh",)
Message = tuple[str, str]  # in English, and its context


def messages() -> dict[str, dict[Message, set[str]]]:
    """Room -> message -> files that say it."""
    found: dict[str, dict[Message, set[str]]] = {}
    for package in ("models", "planner", "ui"):
        for file in sorted((ROOT / package).rglob("*.py")):
            for message in _of(ast.parse(file.read_text(encoding="utf-8"))):
                name = file.relative_to(ROOT).as_posix()
                found.setdefault(_room(name), {}).setdefault(message, set()).add(name)
    return found


def outdated() -> list[Path]:
    """Catalogues that are not as the code says."""
    wanted = _files()
    there = {file for language in LANGUAGES for file in _folder(language).glob("*.po")}
    return sorted(file for file in {*wanted, *there} if not file.is_file() or wanted.get(file) != file.read_bytes())


def missing() -> list[str]:
    """Messages that a catalogue does not say yet."""
    return [f"{file.name}: {entry.id}" for file in sorted(_files()) if file.is_file() for entry in _read(file)
            if entry.id and not entry.string]  # fmt: skip


def write() -> list[Path]:
    """Write the catalogues that are out of date."""
    files, names = _files(), outdated()
    for file in names:
        if file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(files[file])
        else:
            file.unlink()
    return names


def main() -> int:
    """Write, or with --check only compare, or with --missing list what is to be said."""
    if "--check" in sys.argv[1:]:
        print("".join(f"{file.name} is out of date: run python -m docs.words\n" for file in outdated()), end="")
        return 1 if outdated() else 0
    if "--missing" not in sys.argv[1:]:
        print("".join(f"{file.name} written\n" for file in write()), end="")
    print("\n".join(missing()) or "every message is said")
    return 0


def _files() -> dict[Path, bytes]:
    found = {}
    for language in LANGUAGES:
        catalogs = {file.stem: _read(file) for file in sorted(_folder(language).glob("*.po"))}
        for room, said in messages().items():
            file = _folder(language) / f"{room}.po"
            own = [catalogs[room]] if room in catalogs else []
            old = {  # what another room says already is said alike
                (entry.id, entry.context or ""): entry.string
                for catalog in (*catalogs.values(), *own)
                for entry in catalog
                if entry.string
            }
            catalog = Catalog(locale=language)
            for (message, context), places in sorted(said.items()):
                known = old.get((message, context), "")
                catalog.add(message, known, [(place, 1) for place in sorted(places)], context=context or None)
            out = io.BytesIO()
            write_po(out, catalog, width=120, omit_header=True, sort_output=True, include_lineno=False)
            found[file] = out.getvalue()
    return found


def _read(file: Path) -> Catalog:
    with file.open("rb") as content:
        return read_po(content, locale=file.parent.name)


def _folder(language: str) -> Path:
    return ROOT / "planner" / "words" / language


def _room(file: str) -> str:
    first, second, *_ = [*file.removesuffix(".py").split("/"), ""]
    return second if first == "planner" and second != "__init__" else first


def _of(tree: ast.Module) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and "\b" in (help_ := ast.get_docstring(node) or ""):
            yield help_, ""
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None for a in node.args]
        if name == "_" and texts and texts[0]:
            yield texts[0], (texts[1] if len(texts) > 1 and texts[1] else "")
        shown = [k.value for k in node.keywords if k.arg in ("help", "short_help", "show_default")]  # by the command line
        yield from ((n.value, "") for n in shown if isinstance(n, ast.Constant) and isinstance(n.value, str))
        if name == "says":
            named = [k.value for k in node.keywords if k.arg in ("unit", "empty", "names", "by_period")]
            yield from ((str(n.value), "") for n in [*node.args, *named] if isinstance(n, ast.Constant) and n.value)
        elif name == "counted" and len(texts) == 3 and texts[2]:
            yield texts[2], ""
        elif name == "count" and len(texts) in (2, 3) and texts[1]:
            yield "{number} " + (texts[2] if len(texts) == 3 and texts[2] else texts[1] + "s"), ""


if __name__ == "__main__":
    sys.exit(main())
