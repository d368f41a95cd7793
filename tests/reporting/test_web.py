"""One-file pages: whatever a case says is text, and nothing is fetched."""

from __future__ import annotations

from html.parser import HTMLParser

import altair as alt
import pandas as pd
import pytest

from planner.documents import web
from planner.documents.drawings import rendering, theme

EVIL = "<script>alert('1')</script> & \"x\" <img src=http://example.org/a.png>"


class Tags(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [f"{k}={v}" for k, v in attrs if k in ("src", "href", "xlink:href", "srcset", "action")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_text_is_escaped_wherever_it_stands() -> None:
    parts = [
        EVIL,
        web.section(EVIL, web.paragraph(EVIL, kind=EVIL), web.bullets([EVIL]), key=EVIL, kind=EVIL),
        web.heading(EVIL),
        web.table([EVIL, "a\nb"], [[EVIL, EVIL]], "lr", total=[EVIL, EVIL], caption=EVIL, kind=EVIL),
        web.facts([(EVIL, EVIL)]),
        web.joined(web.strong(EVIL), EVIL),
    ]
    page = Tags(web.page(EVIL, parts))
    assert not {"script", "img"} & set(page.tags)
    assert page.addresses == []
    assert page.text.count(EVIL) == 16


def test_a_page_forbids_all_that_it_does_not_need() -> None:
    page = web.page("t", [])
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page
    assert "://" not in page
    assert "@import" not in page


def _chart(name: str) -> alt.Chart:
    data = pd.DataFrame({"x": [1.0], "y": [name]})
    return alt.Chart(data, title=name).mark_bar(clip=True).encode(x="x", y="y", tooltip="y")


@pytest.mark.slow
def test_a_name_in_a_drawing_is_text_too() -> None:
    drawn = web.drawing(rendering.svg(theme.themed(_chart(EVIL))), caption=EVIL, name="one")
    page = Tags(web.page("t", [drawn]))
    assert not {"script", "img"} & set(page.tags)
    assert page.addresses == []
    assert EVIL in page.text


def test_drawings_of_one_page_do_not_share_what_they_refer_to() -> None:
    """Two pictures with a clip of the same name keep each their own."""
    svg = '<svg width="1" height="2"><clipPath id="clip0"/><g clip-path="url(#clip0)"/></svg>'
    assert web.drawing(svg, name="a").text.count("a-clip0") == 2


@pytest.mark.parametrize(
    "inside",
    [
        "<script/>", "<image/>", '<a href="x"/>', '<g onclick="x"/>', '<g style="fill:url(http://example.org)"/>',
        "<foreignObject/>", '<use href="x"/>',
    ],
)  # fmt: skip
def test_a_drawing_that_reaches_outside_is_refused(inside: str) -> None:
    with pytest.raises(ValueError, match="outside itself"):
        web.drawing(f"<svg>{inside}</svg>")


def test_a_drawing_fetches_nothing() -> None:
    chart = alt.Chart("http://127.0.0.1:9/data.json").mark_bar().encode(x="a:Q")
    with pytest.raises(ValueError, match="not allowed"):
        rendering.svg(chart)


def test_pictures_are_png() -> None:
    assert rendering.png(theme.themed(_chart("a"))).startswith(b"\x89PNG")


def test_colours_are_given_by_the_case_and_not_by_the_drawing() -> None:
    assert len(set(theme.SERIES)) == len(theme.SERIES)
