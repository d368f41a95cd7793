"""Every text of a page that somebody reads, whatever element it stands in, but what drawings say of their data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pandas as pd
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from tests.chinese import drawn

READ = {  # what is read of what a browser gets; all else are names of elements, looks, and files
    "label", "help", "body", "placeholder", "options", "content", "delta", "alt", "text", "caption",
}  # fmt: skip
OWN = {"multiselect", "selectbox"}  # what says in English that something is to be chosen, unless told otherwise


def texts(page: AppTest) -> Iterator[str]:
    """All texts, in their order."""
    for node in _nodes(page._tree):
        proto = getattr(node, "proto", None)
        if proto is None:
            continue
        if node.type == "html":
            yield from (cell for table in _written(proto.body) for cell in [*table.columns, *table.to_numpy().ravel()])
            continue
        content = MessageToDict(proto)
        yield from _read(content)
        if node.type in OWN and "default" not in content and not content.get("placeholder"):
            yield f"Choose: {content['label']}"
        if "spec" in content:
            yield from drawn({**json.loads(content["spec"]), "datasets": {}})
        if "columns" in content:
            yield from _read(list(json.loads(content["columns"]).values()))
        if node.type == "dataframe" and content.get("editingMode") is None:
            yield from _cells(node.value)


def tables(page: AppTest) -> list[pd.DataFrame]:
    """The tables that are shown whole: what stands in each, with its last row of totals, under headings in one line."""
    return [table for node in page.get("html") for table in _written(node.proto.body)]


def _written(markup: str) -> list[pd.DataFrame]:
    """The tables of a piece of markup."""
    found = _Tables()
    found.feed(markup)
    return [pd.DataFrame(rows, columns=heads) for heads, *rows in found.tables]


class _Tables(HTMLParser):
    """Rows of cells, as a browser takes them from markup."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
            self._in_cell = True
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.tables[-1][-1][-1] += data


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def _read(content: Any, key: str = "") -> Iterator[str]:
    if isinstance(content, str):
        if key in READ:
            yield content
    elif isinstance(content, list):
        for part in content:
            yield from _read(part, key)
    elif isinstance(content, dict):
        for name, part in content.items():
            yield from _read(part, name)


def _cells(table: Any) -> Iterator[str]:
    """Headings and cells of a table that is only looked at."""
    yield from map(str, table.columns)
    yield from (cell for cell in table.to_numpy().ravel() if isinstance(cell, str) and not cell.startswith("?page="))
