"""The houses that the tests of the search API ask."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.browser import chromium
from tests.search_api import materials
from tests.search_api.house import House

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a window, for the tests of one file."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A published corpus with every kind of location; the tests only read it."""
    folder = tmp_path_factory.mktemp("library")
    house = House(folder)
    for source, content in materials.files().items():
        house.write(source, content)
    house.publish()
    yield house
    shutil.rmtree(folder)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty corpus, nothing published; its index is cleared away, it may take 200 MB."""
    yield House(tmp_path)
    shutil.rmtree(tmp_path / "index", ignore_errors=True)
