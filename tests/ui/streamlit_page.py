"""A page of the Streamlit door in a browser, drawn to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.browser import DESKTOP, settled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Page


def drawn(
    browser: Browser, url: str, parameters: Mapping[str, str], wanted: str, size: tuple[int, int] = DESKTOP
) -> Page:
    """A page that shows what is `wanted` (a selector) and has nothing more to draw."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    draw(page, url, parameters, wanted)
    return page


def draw(page: Page, url: str, parameters: Mapping[str, str], wanted: str) -> None:
    """Open an address in a page, until it shows what is `wanted` and has nothing more to draw."""
    page.goto(f"{url}/?{urlencode(parameters)}")
    page.locator(wanted).first.wait_for()
    settled(page)
