"""Help, and complaints about what was typed, in the language of now; in English all of it is the library's own.

The library turns help into plain text, so that it is looked up by its whole message (`python -m docs.words` finds docstrings
of commands, and what stands behind `help`, `short_help` and `show_default`). Words of the library's own have messages here.
"""

from __future__ import annotations

import sys
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import typer.core
from typer.core import TyperCommand, TyperGroup

from planner.words.said import Sentence, _, language, series, told

OF_THE_LIBRARY = (  # what it says by `gettext`
    _("Arguments"), _("Options"), _("Commands"), _("default: {default}"), _("required"), _("Missing command."),
    _("Show this message and exit."),
)  # fmt: skip
KINDS_OF_VALUES: Mapping[str, Sentence] = {  # as the library shows them behind an option -> in people's words
    "<float range>": _("<number>"),
    "<float>": _("<number>"),
    "<int range>": _("<whole number>"),
    "<int>": _("<whole number>"),
    "<str>": _("<text>"),
    "<path>": _("<path>"),
    "<list[str]>": _("<text>"),
    "<list[Path]>": _("<path>"),
}
WRONG_VALUES: Mapping[str, Sentence] = {  # kind of what is wrong with a value -> message, filled with its details
    "greater_than_equal": _("must be at least {ge:g}"),
    "less_than_equal": _("must be at most {le:g}"),
    "float_parsing": _("must be a number"),
    "int_parsing": _("must be a whole number"),
    "int_from_float": _("must be a whole number"),
}
FULL_WIDTH = frozenset("WF")
TOLD = ("help", "short_help", "show_default")  # of a command and its options
DECLARED = "told_from"  # where these are kept as they were declared


def _of_the_library(message: str) -> str:
    """In place of `gettext`, which would look for catalogues of its own; English stays as it is."""
    return told(Sentence(message))


def _range(least: float | None, most: float | None) -> str | None:
    """Between what a number must be, in words and not as x>=1."""
    if least is None and most is None:
        return None
    if most is None:
        return told(_("at least {least:g}").format(least=least))
    if least is None:
        return told(_("at most {most:g}").format(most=most))
    return told(_("{least} to {most}").format(least=f"{least:.10g}", most=f"{most:.10g}"))


setattr(typer.core, "_", _of_the_library)  # noqa: B010 (names of the library's that no type tells of)
setattr(typer.core, "describe_number_range", _range)  # noqa: B010

_Context: Any = TyperGroup.context_class
_Formatter: Any = _Context.formatter_class


class Formatter(_Formatter):  # type: ignore[misc]
    """Writes help; signs of East Asia are two columns wide, and a line of them may end behind any of them."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how a command is called."""
        if language() != "en":
            for said in (_("[OPTIONS]"), _("COMMAND [ARGS]...")):
                args = args.replace(said, told(said))
        super().write_usage(prog, args, prefix if prefix is not None or language() == "en" else told(_("Usage: ")))

    def write_heading(self, heading: str) -> None:
        """A heading."""
        if language() == "en":
            super().write_heading(heading)
        else:
            self.write(f"{'':>{self.current_indent}}{told(_('{heading}:').format(heading=heading))}\n")

    def write_text(self, text: str) -> None:
        """Paragraphs; those marked by \\b stay as they are."""
        if language() == "en":
            super().write_text(text)
        else:
            indent = " " * self.current_indent
            lines = _wrapped(text, self.width - self.current_indent)
            self.write("".join(f"{indent}{line}".rstrip() + "\n" for line in lines))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names, and what they mean beside them."""
        rows = [(_in_words(first), second) for first, second in rows]
        if language() == "en":
            super().write_dl(rows, col_max, col_spacing)
            return
        column = min(max((_columns(first) for first, _second in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for first, second in rows:
            lines = list(_wrapped(second, max(self.width - column - 2, 20)))
            fits = _columns(first) <= column - col_spacing
            head = f"{first}{' ' * (column - _columns(first))}{lines[0] if lines else ''}" if fits else first
            rest = lines[1:] if fits else lines
            self.write("".join(f"{indent}{line}".rstrip() + "\n" for line in (head, *(" " * column + r for r in rest))))


def _in_words(name: str) -> str:
    """A name with the kind of its value."""
    for shown, said in KINDS_OF_VALUES.items():
        name = name.replace(shown, told(said))
    return name


class Context(_Context):  # type: ignore[misc]
    """What is known while a command is read."""

    formatter_class = Formatter


class ToldCommand(TyperCommand):
    """A command that complains in the language of now of more words than it takes."""

    context_class = Context
    ends = True  # by itself

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed."""
        if language() == "en":
            return super().parse_args(ctx, args)
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            ctx.fail(told(_("Too many words: {words}").format(words=" ".join(rest))))
        return rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command; on a terminal it says that it is at work, unless it is asked to be quiet."""
        if sys.stderr is None or not sys.stderr.isatty() or ctx.params.get("quiet") or not self.ends:
            return super().invoke(ctx)
        from planner.terminal.progress import at_work

        with at_work(ctx.command_path):
            return super().invoke(ctx)


class Serving(ToldCommand):
    """One that goes on until somebody stops it."""

    ends = False


class ToldGroup(TyperGroup):
    """A group of commands whose help, and complaints about what was typed, are in the language of now."""

    context_class = Context

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Read what was typed."""
        return _complaining(super().make_context, *args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        return _complaining(super().invoke, ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command, its help in the language of now."""
        return _in_language(super().get_command(ctx, cmd_name), ctx)

    def get_help(self, ctx: Any) -> str:
        """The help in the language of now."""
        _in_language(self, ctx.parent)
        return str(super().get_help(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Which command is meant; one that there is not is told with the nearest name."""
        if language() == "en" or not args or args[0].startswith("-") or self.get_command(ctx, args[0]) is not None:
            return super().resolve_command(ctx, args)
        from planner.case.problems import did_you_mean

        said = _("No such command '{name}'.{hint}").format(name=args[0], hint=did_you_mean(args[0], self.list_commands(ctx)))
        return ctx.fail(told(said))


def _in_language(command: Any, parent: Any) -> Any:
    """A command with its help and that of its options in the language of now; `parent`: what is known of its group.

    What was declared is kept beside it, so that a command that lives on may be told in one language after the other.
    """
    if command is None or (language() == "en" and not hasattr(command, DECLARED)):
        return command
    context = Context(command, parent=parent, **command.context_settings)
    for thing in (command, *command.get_params(context)):
        declared = vars(thing).setdefault(DECLARED, {kind: getattr(thing, kind, None) for kind in TOLD})
        for kind, text in declared.items():
            if isinstance(text, str) and text:
                setattr(thing, kind, told(_(text)))
    return command


def _complaining(read: Any, *args: Any, **kwargs: Any) -> Any:
    """Let a complaint of the library be shown in the language of now."""
    try:
        return read(*args, **kwargs)
    except Exception as problem:
        if language() != "en" and hasattr(problem, "format_message") and not _is_help(problem):
            setattr(problem, "show", partial(_show, problem))  # noqa: B010 (of this one problem)
        raise


def _is_help(problem: Any) -> bool:
    return type(problem).__name__ == "NoArgsIsHelpError"


def _show(problem: Any, file: object = None) -> None:
    """Print a complaint as the library does, in the language of now."""
    from planner.terminal.common import tell

    context = getattr(problem, "ctx", None)
    if context is not None:
        hint = _("Try '{command} {option}' for help.").format(
            command=context.command_path, option=context.help_option_names[0]
        )
        tell(f"{context.get_usage()}\n{told(hint)}\n")
    tell(_("Error: {problem}").format(problem=_complaint(problem)))


def _complaint(problem: Any) -> str:
    """What is wrong with what was typed; what has no message here stays in the library's words."""
    kind = type(problem).__name__
    param, given = getattr(problem, "param", None), getattr(problem, "param_hint", None)
    if param is not None and given is None:
        given = param.get_error_hint()
    where = given if isinstance(given, str) or given is None else series(map(repr, given), " / ")
    if kind == "MissingParameter":
        is_option = getattr(param, "param_type_name", "") == "option"
        return (_("Missing option {name}.") if is_option else _("Missing argument {name}.")).format(name=where or "")
    if kind == "NoSuchOption":
        said = _("No such option: {name}").format(name=problem.option_name)
        near = series(sorted(problem.possibilities or ()))
        return _("{problem} (Possible options: {names})").format(problem=said, names=near) if near else said
    if kind == "BadParameter" and where is not None:
        return _("Invalid value for {name}: {why}").format(name=where, why=_why_wrong(problem))
    return str(problem.format_message())


def _why_wrong(problem: Any) -> str:
    """What is wrong with the value of an option, by what the library's reader of values found."""
    details = problem.__cause__.errors()[0] if hasattr(problem.__cause__, "errors") else {}
    message = WRONG_VALUES.get(details.get("type", ""))
    return str(problem.message) if message is None else message.format(**details.get("ctx", {}))


def _columns(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in FULL_WIDTH else 1 for sign in text)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of paragraphs within a width; those marked by \\b stay as they are."""
    for number, paragraph in enumerate(textwrap.dedent(text).strip("\n").split("\n\n")):
        if number:
            yield ""
        if paragraph.startswith("\b"):
            yield from paragraph.removeprefix("\b").strip("\n").split("\n")
        else:
            yield from _lines(paragraph, width)


def _lines(paragraph: str, width: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(_joined(paragraph)):
        if line and _columns(line) + _columns(piece.rstrip()) > width:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        yield line.rstrip()


CLOSING = frozenset("，。；：、）”？！」》")  # no line begins with one of them


def _joined(paragraph: str) -> str:
    """The lines of a paragraph as one, without blanks between signs of East Asia."""
    one, *rest = paragraph.split("\n")
    for line in rest:
        apart = one[-1:] < "\u2e80" and line[:1] < "\u2e80"
        one += f"{' ' if apart else ''}{line.strip()}"
    return one


def _pieces(text: str) -> Iterator[str]:
    """What no line may end within: words with the blanks behind them, and signs of East Asia with the stops behind them."""
    piece = ""
    for sign in text:
        wide = [unicodedata.east_asian_width(one) in FULL_WIDTH for one in (piece[-1:] or "a", sign)]
        begins = any(wide) or (piece[-1:] == " " and sign != " ")
        if piece and begins and sign not in CLOSING and sign != " ":
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece
