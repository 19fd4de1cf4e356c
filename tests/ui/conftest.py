from collections.abc import Iterator

import pytest

from tests.ui.fake_api import FakeApi, running_fake_api


@pytest.fixture
def api() -> Iterator[FakeApi]:
    with running_fake_api() as fake:
        yield fake
