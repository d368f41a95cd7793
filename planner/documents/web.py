"""One-file web pages: no script, nothing from another host, readable on a narrow screen and printed on A4.

Every text is escaped, so that a name in a case is never markup: only the functions of this module make `Markup`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from xml.etree import ElementTree

from planner.case.csv_cells import harmless
from planner.documents.blocks import Block, Bullet, Chart, Heading, Paragraph, Picture, Said, Section, Table
from planner.documents.drawings.rendering import NotDrawn, svg
from planner.words.said import _, capital, language, told
from planner.words.unprintable import cleaned

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True)
class Markup:
    """A piece of a page that is escaped already."""

    text: str


Content = str | Markup


def page(title: str, parts: Sequence[Content]) -> str:
    """A whole page as the text of its one file.

    Parameters
    ----------
    title
        Shown by the browser.
    parts
        In their order; plain texts are escaped.
    """
    style = resources.files("planner.documents").joinpath("web.css").read_text(encoding="utf-8")
    return cleaned(
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light">\n'
        f"<title>{html.escape(told(title))}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"{_all(parts)}\n</main>\n</body>\n</html>\n"
    )


def section(title: Content, *parts: Content, key: str = "", kind: str = "") -> Markup:
    """A section with its heading; `key` is what links within the page lead to, `kind` a class of the style."""
    attributes = (f' id="{html.escape(key)}"' if key else "") + (f' class="{html.escape(kind)}"' if kind else "")
    return Markup(f"<section{attributes}>\n<h2>{_one(title)}</h2>\n{_all(parts)}\n</section>")


def heading(text: Content, level: int = 3) -> Markup:
    """A heading: 1 of the page, 2 of a section, 3 within one."""
    return Markup(f"<h{level}>{_one(text)}</h{level}>")


def paragraph(text: Content, kind: str = "") -> Markup:
    """A paragraph; of kind `note` small and faint, `warning` set apart."""
    return Markup(f"<p{_class(kind)}>{_one(text)}</p>")


def bullets(items: Sequence[Content], numbered: bool = False) -> Markup:
    """A list."""
    tag = "ol" if numbered else "ul"
    return Markup(f"<{tag}>\n" + "\n".join(f"<li>{_one(item)}</li>" for item in items) + f"\n</{tag}>")


def block(*parts: Content, kind: str = "") -> Markup:
    """Some parts in one box; of kind `columns` side by side where there is room."""
    return Markup(f"<div{_class(kind)}>\n{_all(parts)}\n</div>")


def strong(text: Content) -> Markup:
    """A text that stands out."""
    return Markup(f"<strong>{_one(text)}</strong>")


def joined(*parts: Content) -> Markup:
    """Texts and markup in one line."""
    return Markup("".join(_one(part) for part in parts))


def link(text: Content, key: str) -> Markup:
    """A link to a section of the same page."""
    return Markup(f'<a href="#{html.escape(key)}">{_one(text)}</a>')


def table(
    heads: Sequence[Content],
    rows: Sequence[Sequence[Content]],
    align: str,
    *,
    total: Sequence[Content] | None = None,
    caption: Content = "",
    kind: str = "",
    widths: Sequence[float] = (),
) -> Markup:
    """A table; on a narrow screen it scrolls by itself, by keys as well.

    Parameters
    ----------
    heads
        A heading a column, with its unit; a line end breaks it.
    rows
        Cells, as text.
    align
        A letter a column: `l` text, `r` figures.
    total
        A last row, set apart.
    widths
        How narrow each column may become, in widths of a letter m; none by default.
    """
    out = [f"<table{_class(kind)}>"]
    if caption:
        out.append(f"<caption>{_one(caption)}</caption>")
    out.append("<thead><tr>" + "".join(map(_head, heads, align, widths or [0.0] * len(heads))) + "</tr></thead>")
    out.append("<tbody>")
    out += [_row(row, align) for row in rows]
    out.append("</tbody>")
    if total is not None:
        out.append(f"<tfoot>{_row(total, align)}</tfoot>")
    out.append("</table>")
    return Markup('<div class="scroll" tabindex="0">' + "\n".join(out) + "</div>")


def shown(section: Section, close: bool = False, numbered: bool = False) -> list[Content]:
    """Blocks of a document as a page has them; points that follow each other are one list, as are facts with labels.

    Parameters
    ----------
    close
        Whether tables are set close, for a sheet that has to hold much.
    numbered
        Whether points are numbered.
    """
    parts: list[Content] = []
    for kind, some in groupby(section, _group):
        if kind is Bullet:
            parts.append(bullets([block.whole for block in some if isinstance(block, Bullet)], numbered))
        elif kind is Paragraph:
            parts.append(facts([(block.label, block.text) for block in some if isinstance(block, Paragraph)]))
        else:
            parts += [_shown(block, "close" if close else "") for block in some if not isinstance(block, Chart)]
    return parts


def _group(block: Block) -> type[Bullet | Paragraph] | None:
    """What is shown as one: points of a list, and what has labels."""
    if isinstance(block, Bullet):
        return Bullet
    return Paragraph if isinstance(block, Paragraph) and block.label else None


def document(said: Said) -> list[Content]:
    """A whole document: each titled part a section of its own."""
    parts: list[Content] = shown(said.opening)
    title: str = ""
    held: list[Content] = []
    for some in (*said.sections, (Heading("", "section"),)):
        first = some[0] if some else None
        if isinstance(first, Heading) and first.rank == "section":
            if held:
                parts.append(section(title, *held) if title else block(*held))
            title, held = first.text, []
            some = some[1:]
        held += shown(some)
    return parts


def _shown(block: Block, kind: str) -> Markup:
    if isinstance(block, Heading):
        return heading(block.text, {"title": 1, "section": 2, "lead": 3}[block.rank])
    if isinstance(block, Table):
        return table(block.heads, block.texts(), block.align, total=block.total, kind=kind)
    if isinstance(block, Picture):
        return picture(block)
    assert isinstance(block, Paragraph)
    return paragraph(block.text, block.look)


def picture(block: Picture) -> Markup:
    """A drawing with its caption; one that cannot be drawn does not cost the page."""
    try:
        return drawing(svg(block.draw()), caption=block.caption, name=block.name)
    except NotDrawn as problem:
        return paragraph(told(_("{problem}.").format(problem=capital(str(problem)))), kind="warning")


def facts(pairs: Sequence[tuple[Content, Content]]) -> Markup:
    """Labels, each with what there is to say."""
    return Markup("<dl>\n" + "\n".join(f"<dt>{_one(a)}</dt><dd>{_one(b)}</dd>" for a, b in pairs) + "\n</dl>")


def drawing(svg: str, caption: Content = "", name: str = "drawing") -> Markup:
    """A picture in the page.

    Parameters
    ----------
    svg
        Text of an SVG picture, as `planner.documents.drawings.rendering` makes it.
    name
        Told apart from the other pictures of the page, for what a picture refers to in itself.

    Raises
    ------
    ValueError
        The picture holds a script or refers to something outside itself.
    """
    body = re.sub(r"\s(?:xmlns(?::xlink)?|version)=\"[^\"]*\"", "", svg)
    if not _keeps_to_itself(svg):
        raise ValueError("the picture holds a script or refers to something outside itself")
    body = re.sub(r'(\sid=")', rf"\1{name}-", body)
    body = re.sub(r"url\(#", f"url(#{name}-", body)
    body = re.sub(r'<svg([^>]*?) width="([\d.]+)" height="([\d.]+)"', r'<svg\1 style="width:\2px"', body, count=1)
    below = f"\n<figcaption>{_one(caption)}</figcaption>" if caption else ""
    return Markup(f"<figure>{body}{below}</figure>")


DRAWN = frozenset(
    {"svg", "g", "path", "rect", "line", "text", "tspan", "circle", "defs", "clipPath", "linearGradient", "stop"}
)


def _keeps_to_itself(svg: str) -> bool:
    """Whether a picture holds shapes and texts only, and refers to nothing but its own parts."""
    for element in ElementTree.fromstring(svg).iter():
        if element.tag.rpartition("}")[2] not in DRAWN:
            return False
        if any(_leads_out(key.rpartition("}")[2].lower(), value) for key, value in element.attrib.items()):
            return False
    return True


def _leads_out(name: str, value: str) -> bool:
    """Whether an attribute of a picture does something, or refers to anything but a part of the picture."""
    if name in ("href", "src") or name.startswith("on"):
        return True
    return "url(" in value and not name.startswith("aria-") and not OWN_PART.fullmatch(value)


OWN_PART = re.compile(r"url\(#[\w-]+\)")


def _head(text: Content, align: str, width: float) -> str:
    style = f' style="min-width: {width:.1f}em"' if width else ""
    return f'<th scope="col"{_class(_kind(text, align))}{style}>{_broken(text)}</th>'


def _row(cells: Sequence[Content], align: str) -> str:
    return "<tr>" + "".join(_cell(c, a, n) for n, (c, a) in enumerate(zip(cells, align, strict=True))) + "</tr>"


def _cell(text: Content, align: str, n: int) -> str:
    if n == 0 and align == "l":
        return f'<th scope="row"{_class(_kind(text, align))}>{_broken(text)}</th>'
    return f"<td{_class(_kind(text, align))}>{_broken(text)}</td>"


def _kind(text: Content, align: str) -> str:
    """How a cell is styled; a spreadsheet that opens the page must not take a text for a formula."""
    is_live = isinstance(text, str) and harmless(text) != text
    return " ".join(kind for kind, holds in (("figure", align == "r"), ("letters", is_live)) if holds)


def _broken(text: Content) -> str:
    return _one(text).replace("\n", "<br>")


def _class(kind: str) -> str:
    return f' class="{html.escape(kind)}"' if kind else ""


def _one(part: Content) -> str:
    return part.text if isinstance(part, Markup) else html.escape(told(part))


def _all(parts: Sequence[Content]) -> str:
    return "\n".join(_one(part) for part in parts)
