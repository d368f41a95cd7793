"""A scenario written into the text of case.yaml; every letter outside it stays, comments and order too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from planner.words.said import _

Document = Mapping[str, Any]
Pair = tuple[yaml.Node, yaml.Node]  # a key and what stands there


class NotAdded(ValueError):
    """Nothing can be put among the scenarios of case.yaml with all else left as it is; the message says what to do."""


CANNOT = _(
    "no scenario can be added to case.yaml with all else left as it is: write `scenarios:` on a line of its own, and each "
    "scenario set in below it"
)


def document_of(text: str) -> Document:
    """What case.yaml holds; empty where nothing of it can be read."""
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def written(text: str, name: str, keys: Document) -> str:
    """The text of case.yaml with one scenario more, or with another in place of the one of this name.

    Parameters
    ----------
    name
        Id of the scenario.
    keys
        All that it says.

    Raises
    ------
    NotAdded
        The scenarios are written in a way that nothing can be put among them.
    """
    start, end, put = _change(text, name, keys)
    fresh = text[:start] + put + text[end:]
    before = document_of(text)
    if document_of(fresh) != {**before, "scenarios": {**(before.get("scenarios") or {}), name: keys}}:
        raise NotAdded(CANNOT)
    return fresh


def _change(text: str, name: str, keys: Document) -> tuple[int, int, str]:
    """Which letters give way (none where a scenario is added), and to what."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    scenarios = _named(_top(text), "scenarios")
    if scenarios is None:  # at the end, where the last line may lack its own
        apart = "" if not text or text.endswith("\n") else line_end
        return len(text), len(text), f"{apart}scenarios:{line_end}{_indented({name: keys}, 2, line_end)}"
    key, value = scenarios
    there = _named(value, name)
    if there is not None:
        return _in_place_of(text, there, name, keys, line_end)
    if isinstance(value, yaml.MappingNode) and value.flow_style:
        at, inner = value.start_mark.index + 1, _flow({name: keys})[1:-1]
        return at, at, f"{inner}, " if value.value else inner
    first = value.value[0][0].start_mark.column if isinstance(value, yaml.MappingNode) else 2
    ends = text.find("\n", key.end_mark.index) + 1
    at = ends or len(text)
    return at, at, ("" if ends else line_end) + _indented({name: keys}, first, line_end)


def _in_place_of(text: str, there: Pair, name: str, keys: Document, line_end: str) -> tuple[int, int, str]:
    """A scenario in place of another, written as that one is: in braces, or set in."""
    key, value = there
    if isinstance(value, yaml.MappingNode) and value.flow_style:
        return value.start_mark.index, value.end_mark.index, _flow(keys)
    ends = max(
        leaf.end_mark.index for leaf in _leaves(there)
    )  # a mapping that is set in only ends where the next key begins
    column = key.start_mark.column
    return key.start_mark.index, ends, _indented({name: keys}, column, line_end).lstrip(" ").removesuffix(line_end)


def _leaves(nodes: Pair) -> Iterator[yaml.Node]:
    for node in nodes:
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            for pair in node.value:
                yield from _leaves(pair)
        elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
            for item in node.value:
                yield from _leaves((item, item))
        else:
            yield node


def _top(text: str) -> yaml.Node | None:
    try:
        document = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        raise NotAdded(CANNOT) from None
    if document is not None and not isinstance(document, yaml.MappingNode):
        raise NotAdded(CANNOT)
    return document


def _named(node: yaml.Node | None, name: str) -> Pair | None:
    """A key of a mapping with what stands there; None where there is none."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next(((key, value) for key, value in pairs if key.value == name), None)


def _flow(keys: Document) -> str:
    return _dumped(keys, flow=True).strip()


def _dumped(keys: Document, flow: bool) -> str:
    return yaml.safe_dump(
        dict(keys), allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=True if flow else None
    )


def _indented(keys: Document, by: int, line_end: str) -> str:
    return "".join(f"{' ' * by}{line}{line_end}" for line in _dumped(keys, flow=False).splitlines())
