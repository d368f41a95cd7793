"""A sentence is said once: a message with its arguments, which a catalogue says in other languages.

A `Sentence` is its English text, so that whoever compares, sorts or writes it needs no more; beside that it keeps what it
was made of. Where people read, `told` gives it in the language of now: the catalogue's message, filled with the arguments,
each of them told likewise. Names of the case are arguments (`Named`), never parsed and never translated.

    _("{line} is over by {money}").format(line=naming.line(case, l), money=numbers.money(over, 1))

Only a literal message is found when the catalogues are made (`python -m docs.words`). An f-string, `+` or `str.join` makes
a plain text again, which stays English: pieces of a sentence are arguments, lists are a `series`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass, replace
from importlib import resources
from typing import Any, Self, TypeVar, cast

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "中文"}
SEPARATORS: Mapping[str, Mapping[str, str]] = {  # what stands between the parts of a list, in Chinese
    "zh": {
        ", ": "、",
        "; ": "；",
        ". ": "。",
        " ": "",
        ": ": "：",
        " and ": "和",
        " or ": "或",
        " + ": " + ",
        " -> ": " → ",
        ", then ": "，然后",
        " / ": " / ",
        "\n": "\n",
    },
}
T = TypeVar("T")
_now: ContextVar[str] = ContextVar("language", default="en")


def language() -> str:
    """The language of now: `en` or `zh`."""
    return _now.get()


def speak(wanted: str) -> None:
    """Say everything in a language from now on, in this thread."""
    _now.set(wanted if wanted in LANGUAGES else "en")


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Say everything in a language for a while."""
    token = _now.set(wanted if wanted in LANGUAGES else "en")
    try:
        yield
    finally:
        _now.reset(token)


class Text(str):
    """A text that knows how it reads in other languages; as a text it is English."""

    def in_language(self, wanted: str) -> str:
        """The text in a language."""
        return str(self)


class Sentence(Text):
    """A message, filled with arguments.

    Attributes
    ----------
    message
        In English, with `{name}` where an argument stands; what a catalogue knows it by.
    arguments
        What stands there; None = nothing was filled in yet.
    context
        Tells messages apart that are the same in English only.
    """

    message: str
    context: str
    arguments: Mapping[str, object] | None

    def __new__(cls, text: str, message: str = "", context: str = "", arguments: Mapping[str, object] | None = None) -> Self:
        made = super().__new__(cls, text)
        made.message, made.context, made.arguments = message or text, context, arguments
        return made

    def format(self, *_: object, **arguments: object) -> Sentence:
        """The message filled with arguments; format specifications hold in every language."""
        return Sentence(str.format(self, **arguments), self.message, self.context, arguments)

    def shown_as(self, text: str) -> Sentence:
        """The same in all other languages; in English this text."""
        return Sentence(text, self.message, self.context, self.arguments)

    def but(self, **arguments: object) -> Sentence:
        """The same with other arguments in place of some of its own."""
        return Sentence(self.message, self.message, self.context).format(**{**(self.arguments or {}), **arguments})

    def in_language(self, wanted: str) -> str:
        if wanted == "en":
            return str(self)
        message = _in_catalogue(wanted, self.message, self.context)
        if message is None:  # no such message: at least its arguments
            message = self.message
        if self.arguments is None:
            return message
        return message.format(**{name: told_in(wanted, value) for name, value in self.arguments.items()})


class Named(Text):
    """A name, or a text that came with its other languages.

    Attributes
    ----------
    others
        Language -> the same in it; a language that is not there has the English one.
    """

    others: Mapping[str, str]

    def __new__(cls, text: str, others: Mapping[str, str] | None = None) -> Self:
        made = super().__new__(cls, text)
        made.others = others or {}
        return made

    def in_language(self, wanted: str) -> str:
        return self.others.get(wanted) or str(self)


class Series(Text):
    """Texts one behind the other, with what stands between them in each language."""

    parts: tuple[str, ...]
    between: str
    last: str

    def __new__(cls, text: str, parts: Sequence[str] = (), between: str = "", last: str = "") -> Self:
        made = super().__new__(cls, text)
        made.parts, made.between, made.last = tuple(parts), between, last
        return made

    def in_language(self, wanted: str) -> str:
        signs = SEPARATORS.get(wanted, {})
        return _joined([told_in(wanted, part) for part in self.parts],
                       *(signs.get(sign, sign) for sign in (self.between, self.last)))  # fmt: skip


def _(message: str, context: str = "") -> Sentence:
    """A message of the product, to be filled by `format`; `context` tells apart what is the same in English only."""
    return Sentence(message, message, context)


def counted(number: float, one: str, several: str) -> Sentence:
    """The message for one or for several, to be filled by `format`; catalogues know it by the one for several."""
    return Sentence(one if number == 1 else several, several)


def series(parts: Iterable[str], between: str = ", ", last: str = "") -> Series:
    """A list as one text: a, b, c; with `last` " and " it is a, b and c.

    Where a part has a comma of its own, such as the name of a section of a railway, semicolons stand between parts.
    """
    found = list(parts)
    if between == ", " and len(found) > 1 and any(between in part for part in found):
        between, last = "; ", last or "; "
    return Series(_joined(found, between, last or between), found, between, last or between)


class Capital(Text):
    """A text whose first letter is a capital, where its language has such."""

    text: str

    def __new__(cls, shown: str, text: str = "") -> Self:
        made = super().__new__(cls, shown)
        made.text = text or shown
        return made

    def in_language(self, wanted: str) -> str:
        said = str(told_in(wanted, self.text))
        return said[:1].upper() + said[1:]


class Altered(Text):
    """A text of which some signs or names are shown in another way, in every language alike.

    Attributes
    ----------
    text
        As it was.
    how
        Gives it as it is shown, in the language of now; a function of a module, so that what holds the text can be handed
        to another process.
    """

    text: str
    how: Callable[[str], str]

    def __new__(cls, shown: str, text: str = "", how: Callable[[str], str] = str) -> Self:
        made = super().__new__(cls, shown)
        made.text, made.how = text or shown, how
        return made

    def in_language(self, wanted: str) -> str:
        with speaking(wanted):
            return self.how(str(told_in(wanted, self.text)))


def altered(text: str, how: Callable[[str], str]) -> str:
    """A text as `how` shows it, which leaves its message alone: escapes for signs, sheets for files."""
    with speaking("en"):
        shown = how(text)
    return Altered(shown, text, how) if isinstance(text, Text) else shown


def with_names(text: str, names: Mapping[str, str]) -> str:
    """A text in which arguments and parts that are ids are names, which in English read as the ids do.

    Parameters
    ----------
    names
        Id -> what stands for it; as an English text it is the id.
    """
    if isinstance(text, Sentence):
        arguments = {n: with_names(v, names) if isinstance(v, str) else v for n, v in (text.arguments or {}).items()}
        return Sentence(text, text.message, text.context, text.arguments and arguments)
    if isinstance(text, Series):
        return Series(text, [with_names(part, names) for part in text.parts], text.between, text.last)
    if isinstance(text, Altered):
        return Altered(text, with_names(text.text, names), text.how)
    return text if isinstance(text, Text) else names.get(text, text)


def said_by(problem: BaseException) -> str:
    """What an exception says, with its other languages where it has them: `str(problem)` is in English only."""
    said = problem.args[0] if problem.args else ""
    return said if isinstance(said, Text) else str(problem)


def capital(text: str) -> Capital:
    """A text as a sentence begins."""
    return Capital(text[:1].upper() + text[1:], text)


def told(text: str) -> str:
    """A text in the language of now; one that is no `Text` stays as it is."""
    return text.in_language(_now.get()) if isinstance(text, Text) else text


def told_all(value: T) -> T:
    """Data in the language of now: every text in it, through tuples, lists, mappings and data classes."""
    said: Any = value
    if isinstance(value, str):
        said = told(value)
    elif isinstance(value, tuple | list):
        said = type(value)(*map(told_all, value)) if hasattr(value, "_fields") else type(value)(map(told_all, value))
    elif isinstance(value, dict):
        said = {told_all(name): told_all(held) for name, held in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        said = replace(value, **{f.name: told_all(getattr(value, f.name)) for f in fields(value) if f.init})
    return cast(T, said)


def told_in(wanted: str, value: object) -> Any:
    """An argument in a language: figures stay figures."""
    return value.in_language(wanted) if isinstance(value, Text) else value


def in_languages(text: str, languages: Mapping[str, Mapping[str, str]]) -> str:
    """A text with how it reads in other languages, as `others_of` found them."""
    others = {language: said[text] for language, said in languages.items() if text in said}
    return Named(text, others) if others else text


def others_of(texts: Iterable[str]) -> dict[str, dict[str, str]]:
    """Language -> English text -> the same in it, of those that have one: what is written beside a text that is kept."""
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        for wanted in LANGUAGES:
            said = text.in_language(wanted) if isinstance(text, Text) else text
            if said != text:
                found.setdefault(wanted, {})[str(text)] = said
    return found


def _joined(parts: Sequence[str], between: str, last: str) -> str:
    return last.join([between.join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def count(number: float, one: str, several: str = "") -> Sentence:
    """A count with its noun in the number that fits: 1 link, 1,200 links, 0.5 links."""
    said = f"{number:,}" if isinstance(number, int) else f"{number:,.4g}"
    return counted(number, "{number} " + one, "{number} " + (several or one + "s")).format(number=said)


def _in_catalogue(language: str, message: str, context: str = "") -> str | None:
    """A message in a language; None if no catalogue has it."""
    return _messages(language).get((message, context))


@functools.cache
def _messages(language: str) -> Mapping[tuple[str, str], str]:
    from babel.messages.pofile import read_po  # only where another language than English is read

    found = {}
    folder = resources.files("planner.words").joinpath(language)
    for file in sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else ():
        if file.name.endswith(".po"):
            with file.open("rb") as content:
                for entry in read_po(content, locale=language):
                    if entry.id and entry.string:
                        found[str(entry.id), entry.context or ""] = str(entry.string)
    return found
