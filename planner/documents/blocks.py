"""What every document is made of: headings, paragraphs, bullets, tables and pictures; built once, shown by each renderer.

Plans, comparisons and answers are such documents. A terminal (`Said.text`), a web page (`web.shown`), the page (`ui.blocks`)
and a workbook (`workbook.content`) show them; only these choose a language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from typing import Any, Literal

from planner.words import numbers, text_layout
from planner.words.said import in_languages, others_of, series, told

Rank = Literal["title", "section", "lead"]
Look = Literal["", "note", "warning", "strong"]
Format = Literal["text", "whole", "money", "figure", "fine", "exact", "share", "year"]  # of the figures of a column
Cell = str | float | None  # None, as NaN, is nothing
DUST = 1e-9  # what is left of rounding in a table


@dataclass(frozen=True)
class Heading:
    """A heading: the title of a document, a section in capitals, or a line that leads a list in."""

    text: str
    rank: Rank = "lead"

    def lines(self, bold: bool) -> str:
        """As it stands in a terminal."""
        text = told(self.text).upper() if self.rank == "section" else self.text
        return text_layout.bold(text_layout.paragraph(text), bold and self.rank != "lead")


@dataclass(frozen=True)
class Paragraph:
    """Sentences; a label stands in a column of its own, and a note or a warning is set apart where there is room for it."""

    text: str
    label: str = ""
    look: Look = ""

    def lines(self, bold: bool) -> str:
        """As it stands in a terminal."""
        return text_layout.paragraph(self.text, self.label)


@dataclass(frozen=True)
class Bullet:
    """A point of a list; of a long one `lead` is what it is about, which can be read alone."""

    text: str
    lead: str = ""

    @property
    def whole(self) -> str:
        """The point with what it is about."""
        return series((self.lead, self.text), ": ") if self.lead else self.text

    def lines(self, bold: bool) -> str:
        """As it stands in a terminal."""
        return text_layout.bullet(self.whole)


@dataclass(frozen=True)
class Table:
    """A table of texts, or of figures with all their digits.

    Attributes
    ----------
    heads
        A heading a column, with its unit; they break at line ends.
    rows
        Texts as they are read, or figures as they are, which each renderer shows as its readers count on.
    align
        A letter a column: `l` text, `r` figures.
    total
        A last row, set apart.
    keys
        Leading columns that name a row.
    formats
        A format a column, where cells are figures.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    align: str
    total: Sequence[str] | None = None
    keys: int = 1
    formats: Sequence[Format] = ()

    def texts(self) -> list[list[str]]:
        """The rows as texts."""
        if not self.formats:
            return [[cell if isinstance(cell, str) else text_of(cell, "exact") for cell in row] for row in self.rows]
        columns = [_texts_of(cells, of) for cells, of in zip(zip(*self.rows, strict=True), self.formats, strict=False)]
        return [list(row) for row in zip(*columns, strict=True)]

    def lines(self, bold: bool = False) -> str:
        """As it stands in a terminal."""
        return text_layout.table(self.heads, self.texts(), self.align, self.total, self.keys)


def _texts_of(cells: Sequence[Cell], of: Format) -> list[str]:
    """A column as texts."""
    decimals = numbers.money_decimals([cell for cell in cells if isinstance(cell, int | float)]) if of == "money" else 2
    return [cell if isinstance(cell, str) else text_of(cell, of, decimals) for cell in cells]


def text_of(cell: float | None, of: Format, decimals: int = 2) -> str:
    """A figure as it is read, with the digits that tell; nothing where there is none.

    Parameters
    ----------
    decimals
        Of money.
    """
    if cell is None or cell != cell:
        return ""
    if of == "year":
        return f"{cell:.0f}"
    if of == "share":
        return numbers.percent(cell, 1)
    if of == "money":
        return numbers.money(cell, decimals)
    if of == "whole":
        return numbers.number(cell, 0)
    if isinstance(cell, int) or abs(cell) < DUST:
        return str(int(cell))
    return f"{cell:,.6g}" if abs(cell) < 1e6 else f"{cell:,.0f}"


@dataclass(frozen=True)
class Picture:
    """A drawing, made only where it is shown, in the language that is spoken there; a terminal has none.

    Attributes
    ----------
    name
        Tells the pictures of a document apart.
    """

    name: str
    draw: Callable[[], Any]
    caption: str = ""

    def lines(self, bold: bool) -> str:
        """Nothing: a terminal shows no pictures."""
        return ""


@dataclass(frozen=True)
class Chart:
    """A chart that a workbook draws from columns of the table above it; others have pictures.

    Attributes
    ----------
    categories
        Heading of the column that names the bars.
    values
        Headings of the columns drawn, one series each.
    unit
        Of the values, beside the axis.
    first, last
        Rows drawn, counted from 0; by default all.
    """

    title: str
    categories: str
    values: tuple[str, ...]
    unit: str
    kind: Literal["column", "bar", "line"] = "column"
    stacked: bool = False
    first: int = 0
    last: int | None = None

    def lines(self, bold: bool) -> str:
        """Nothing: a terminal draws nothing."""
        return ""


Block = Heading | Paragraph | Bullet | Table | Picture | Chart
Section = tuple[Block, ...]  # blocks that stand together; sections stand apart
Sections = tuple[Section, ...]
KINDS: Mapping[str, type[Heading] | type[Paragraph] | type[Bullet] | type[Table]] = {
    "heading": Heading, "paragraph": Paragraph, "bullet": Bullet, "table": Table,
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A plan, a comparison or an answer in a planner's words.

    Attributes
    ----------
    opening
        What it is about, in short: of an answer what was asked of which case, and what is not answered.
    sections
        The rest of it.
    headline
        The sentences that somebody reads who reads no more; they may stand in the sections, too.
    """

    opening: Section
    sections: tuple[Section, ...] = ()
    headline: tuple[str, ...] = ()

    def text(self, bold: bool = False) -> str:
        """The document as lines for a terminal."""
        return lines((self.opening, *self.sections), bold)

    def plain(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "opening": _written(self.opening),
            "sections": [_written(section) for section in self.sections],
            "headline": list(self.headline),
            "languages": others_of(_texts([self.opening, *self.sections, self.headline])),
        }


def lines(sections: Sections, bold: bool = False) -> str:
    """Sections as lines for a terminal, apart from each other."""
    shown = (tuple(filter(None, (block.lines(bold) for block in section))) for section in sections)
    return "\n\n".join("\n".join(some) for some in shown if some)


def titled(title: str, sections: Sections) -> Sections:
    """Sections with a title over the first; none where there is nothing to say."""
    first, *rest = [section for section in sections if section] or [()]
    return ((Heading(title, "section"), *first), *rest) if first else ()


def bullets(texts: Iterable[str]) -> Section:
    """Points of a list."""
    return tuple(map(Bullet, texts))


def read(content: Mapping[str, Any]) -> Said:
    """An answer from its JSON values.

    Raises
    ------
    ValueError
        These are not the values of an answer.
    """
    try:
        said = partial(_in_all_languages, content.get("languages", {}))
        found = Said(
            _read(said(content["opening"])),
            tuple(_read(said(section)) for section in content["sections"]),
            tuple(said(sentence) for sentence in content["headline"]),
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"not an answer in words: {problem!r}") from None
    blocks = [block for section in (found.opening, *found.sections) for block in section]
    if not found.opening or not _are_texts(found.headline) or not all(map(_is_sound, blocks)):
        raise ValueError("not an answer in words: something else than a text, or a row without a cell for each heading")
    return found


def _is_sound(block: Block) -> bool:
    """Whether a block that was read can be shown: files may be edited by hand, or damaged."""
    if not isinstance(block, Table):
        return _are_texts([getattr(block, f.name) for f in fields(block)])
    rows = [*block.rows, *([] if block.total is None else [block.total])]
    return (
        _are_texts([*block.heads, *(block.total or ()), *block.formats, block.align])
        and isinstance(block.keys, int)
        and len(block.align) == len(block.heads)
        and all(len(row) == len(block.heads) for row in rows)
        and all(cell is None or isinstance(cell, str | int | float) for row in rows for cell in row)
        and (len(block.formats) == len(block.heads) or all(isinstance(cell, str) for row in rows for cell in row))
    )


def _are_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _texts(content: Any) -> Iterator[str]:
    """Every text in blocks, and in lists of them."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list | tuple):
        for part in content:
            yield from _texts(part)
    elif isinstance(content, Heading | Paragraph | Bullet | Table):
        yield from _texts([getattr(content, f.name) for f in fields(content)])


def _in_all_languages(languages: Mapping[str, Mapping[str, str]], content: Any) -> Any:
    """JSON values whose texts know how they read in the languages that were kept beside them."""
    if isinstance(content, str):
        return in_languages(content, languages)
    if isinstance(content, list):
        return [_in_all_languages(languages, part) for part in content]
    if isinstance(content, dict):
        return {key: value if key == "kind" else _in_all_languages(languages, value) for key, value in content.items()}
    return content


def _written(section: Section) -> list[dict[str, Any]]:
    names = {kind: name for name, kind in KINDS.items()}
    return [{"kind": names[type(block)], **_fields(block)} for block in section if not isinstance(block, Picture | Chart)]


def _fields(block: Heading | Paragraph | Bullet | Table) -> dict[str, Any]:
    """What a block says, less what it says by default."""
    return {f.name: asdict(block)[f.name] for f in fields(block) if getattr(block, f.name) != f.default}


def _read(section: Sequence[Mapping[str, Any]]) -> Section:
    return tuple(_block(**block) for block in section)


def _block(kind: str, **fields: Any) -> Block:
    if kind == "table":
        fields |= {name: tuple(fields[name]) for name in ("heads", "total") if fields.get(name) is not None}
        fields["rows"] = tuple(tuple(row) for row in fields["rows"])
    return KINDS[kind](**fields)


def table(heads: Sequence[str], rows: Sequence[Sequence[Cell]], align: str, keys: int = 1) -> Table:
    """A table of texts, see `Table`."""
    return Table(tuple(heads), tuple(tuple(row) for row in rows), align, None, keys)


def of_figures(heads: Sequence[str], rows: Iterable[Sequence[Cell]], formats: Sequence[Format], keys: int = 1) -> Table:
    """A table whose cells are figures, but in columns of texts; see `Table`."""
    align = "".join("l" if of == "text" else "r" for of in formats)
    return Table(tuple(heads), tuple(tuple(row) for row in rows), align, None, keys, tuple(formats))
