"""A scenario, or an edit of one, put into the text of case.yaml or cut out of it: every other letter stays, comments too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml

from planner.words.said import _

Document = Mapping[str, Any]
Pair = tuple[yaml.Node, yaml.Node]  # a key and what stands there


class NotAdded(ValueError):
    """Nothing can be put among the scenarios of case.yaml with all else left as it is; the message says what to do."""


CANNOT = _(
    "case.yaml cannot be changed so with all else left as it is: write `scenarios:` on a line of its own, each scenario set "
    "in below it, and its edits as a list"
)


def document_of(text: str) -> Document:
    """What case.yaml holds; empty where nothing of it can be read."""
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def with_scenario(text: str, name: str, keys: Document) -> str:
    """The text of case.yaml with one scenario more.

    Parameters
    ----------
    name
        Id of the scenario, which no other has.
    keys
        All that it says.

    Raises
    ------
    NotAdded
        The scenarios are written in a way that nothing can be put among them, or there is one of this name.
    """
    before = document_of(text)
    there = before.get("scenarios") or {}
    if name in there:
        raise NotAdded(CANNOT)
    return _checked(_scenario_put(text, name, keys), {**before, "scenarios": {**there, name: keys}})


def with_edit(text: str, name: str, edit: Document) -> str:
    """The text of case.yaml with one edit more at the end of a scenario.

    Raises
    ------
    NotAdded
        There is no such scenario, or its edits are written in a way that nothing can be put among them.
    """
    return _edited(text, name, _edit_put(text, name, edit), lambda edits: [*edits, dict(edit)])


def without_edit(text: str, name: str, number: int) -> str:
    """The text of case.yaml without one edit of a scenario, counted from 0; the scenario stays, also without any edit.

    Raises
    ------
    NotAdded
        As in `with_edit`.
    """
    return _edited(text, name, _edit_cut(text, name, number), lambda edits: [e for n, e in enumerate(edits) if n != number])


def _edited(text: str, name: str, fresh: str, edit: Callable[[list[Any]], list[Any]]) -> str:
    before = document_of(text)
    scenario = before["scenarios"][name]
    changed = {**scenario, "edits": edit(scenario.get("edits") or [])}
    return _checked(fresh, {**before, "scenarios": {**before["scenarios"], name: changed}})


def _checked(fresh: str, wanted: Document) -> str:
    """A text that says what it should; whatever was not foreseen is refused rather than written."""
    if document_of(fresh) != wanted:
        raise NotAdded(CANNOT)
    return fresh


def _scenario_put(text: str, name: str, keys: Document) -> str:
    end = _line_end(text)
    scenarios = _named(_top(text), "scenarios")
    if scenarios is None:  # at the end, where the last line may lack its own
        apart = "" if not text or text.endswith("\n") else end
        return f"{text}{apart}scenarios:{end}{_indented({name: keys}, 2, end)}"
    key, value = scenarios
    if isinstance(value, yaml.MappingNode) and value.flow_style:
        inner = _flow({name: keys})[1:-1]
        return _spliced(text, value.start_mark.index + 1, f"{inner}, " if value.value else inner)
    first = value.value[0][0].start_mark.column if isinstance(value, yaml.MappingNode) else 2
    at = text.find("\n", key.end_mark.index) + 1
    return _spliced(text, at or len(text), ("" if at else end) + _indented({name: keys}, first, end))


def _edit_put(text: str, name: str, edit: Document) -> str:
    scenario, edits = _edits(text, name)
    end, put = _line_end(text), _flow(edit)
    if edits is None:  # the scenario has none yet: a key of its own, below what it says
        first = scenario.value[0][0].start_mark.column
        lines = f"{end}{' ' * first}edits:{end}{' ' * (first + 2)}- {put}"
        return _spliced(text, _end_of_line(text, _last_letter(text, scenario)), lines)
    if edits.flow_style:
        return _spliced(text, edits.end_mark.index - 1, f", {put}" if edits.value else put)
    dash = edits.start_mark.column
    return _spliced(text, _end_of_line(text, _last_letter(text, edits)), f"{end}{' ' * dash}- {put}")


def _edit_cut(text: str, name: str, number: int) -> str:
    _scenario, edits = _edits(text, name)
    if edits is None or not 0 <= number < len(edits.value):
        raise NotAdded(CANNOT)
    items = edits.value
    if edits.flow_style:
        start, end = items[number].start_mark.index, items[number].end_mark.index
        if number + 1 < len(items):
            end = items[number + 1].start_mark.index
        elif number:
            start = items[number - 1].end_mark.index
        return text[:start] + text[end:]
    start = text.rfind("\n", 0, items[number].start_mark.index) + 1
    end = _end_of_line(text, _last_letter(text, items[number]))
    if len(items) == 1:  # a key with nothing below it would say that nothing is known
        return f"{text[:start]}{' ' * (edits.start_mark.column + 2)}[]{text[end:]}"
    return text[:start] + text[text.find("\n", end) + 1 or len(text) :]


def _edits(text: str, name: str) -> tuple[yaml.MappingNode, yaml.SequenceNode | None]:
    """A scenario and its edits, as they are written; None where it has no such key."""
    scenario = _named((_named(_top(text), "scenarios") or (None, None))[1], name)
    if scenario is None or not isinstance(scenario[1], yaml.MappingNode) or not scenario[1].value:
        raise NotAdded(CANNOT)
    edits = _named(scenario[1], "edits")
    if edits is None and not scenario[1].flow_style:
        return scenario[1], None
    if edits is None or not isinstance(edits[1], yaml.SequenceNode):
        raise NotAdded(CANNOT)
    return scenario[1], edits[1]


def _last_letter(text: str, node: yaml.Node) -> int:
    """Where what a node says ends: a mapping that is set in ends for YAML only where the next key begins."""
    return len(text[: max(leaf.end_mark.index for leaf in _leaves(node))].rstrip())


def _leaves(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        for pair in node.value:
            for each in pair:
                yield from _leaves(each)
    elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
        for item in node.value:
            yield from _leaves(item)
    else:
        yield node


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _end_of_line(text: str, at: int) -> int:
    """Where the line of a letter ends, with the comment behind it and without its line end."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found - (text[found - 1] == "\r")


def _spliced(text: str, at: int, put: str) -> str:
    return text[:at] + put + text[at:]


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
