from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.ui.fake_api import FakeApi, running_fake_api


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a window, for the tests of one file."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def api() -> Iterator[FakeApi]:
    with running_fake_api() as fake:
        yield fake
