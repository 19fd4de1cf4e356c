"""What a browser makes of the HTML that the view draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def seen(markup: str) -> HtmlElement:
    return html.fromstring(markup)
