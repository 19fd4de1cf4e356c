"""What all tests share: settings of the suite, never of the product."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from index.encoder import load_encoder
from index.question_encoder import load_question_encoder
from tests.fake_encoder import WordEncoder

if TYPE_CHECKING:
    from index.encoder import SentenceEncoder
    from index.question_encoder import RememberingEncoder

ROOT = Path(__file__).parent.parent
MODELS = ROOT / "var" / "models"  # where `make start` unpacks it too

SLOWEST = {  # minutes each
    ROOT / "tests" / name
    for name in (
        "benchmarks/test_gate.py",
        "test_house.py",
        "ingest/test_faults.py",
        "ingest/test_interrupt.py",
    )
}

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slowest files, lest one worker be alone with them in the end."""
    items.sort(key=lambda item: item.path not in SLOWEST)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KB_") and not name.startswith("KB_TEST_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def real_encoder() -> SentenceEncoder:
    """The bundled model, unpacked at most once for all runs."""
    return load_encoder(None, MODELS)


@pytest.fixture(scope="session")
def real_questions() -> RememberingEncoder:
    """The encoder that questions go through in the product."""
    return load_question_encoder(None, MODELS)


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()
