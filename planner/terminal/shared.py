"""Options that several commands share: declared once, and added behind each command's own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import wraps
from typing import Any, get_type_hints

from planner.terminal import common

Command = Callable[..., None]


def with_options(kind: type[Any], usual: Mapping[str, Any] | None = None, **annotated: Any) -> Callable[[Command], Command]:
    """Makes a command of a function: its own options, then those that are fields of a data class, handed over as `shared`.

    Parameters
    ----------
    kind
        The data class; its fields are annotated as options are.
    usual
        Field -> where this command takes another value, unless told.
    annotated
        Field -> what it is for this command, where it says something of its own.
    """
    kinds = get_type_hints(kind, include_extras=True) | annotated
    shared = [
        inspect.Parameter(
            one.name, inspect.Parameter.KEYWORD_ONLY, default=(usual or {}).get(one.name, one.default),
            annotation=kinds[one.name],
        )
        for one in fields(kind)
    ]  # fmt: skip

    def made(does: Command) -> Command:
        own = [one for one in inspect.signature(does, eval_str=True).parameters.values() if one.name != "shared"]

        @wraps(does)
        def command(**given: Any) -> None:
            does(shared=kind(**{one.name: given.pop(one.name) for one in shared}), **given)

        parameters = [*(one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own), *shared]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {one.name: one.annotation for one in parameters}
        return command

    return made


@dataclass(frozen=True)
class Searching:
    """What every search for one plan is asked with."""

    replace: common.ReplaceOption = False
    time_limit: common.TimeLimitOption = None
    gap: common.GapOption = None
    later_gap: common.LaterGapOption = None
    threads: common.ThreadsOption = 2
    seed: common.SeedOption = 0
    events: common.EventsOption = None
    as_json: common.JsonOption = False
    quiet: common.QuietOption = False
    verbose: common.VerboseOption = False

    def limits(self) -> dict[str, Any]:
        """What the search itself is asked with: by the names of its options."""
        return {name: getattr(self, name) for name in ("time_limit", "gap", "later_gap", "threads", "seed")}
