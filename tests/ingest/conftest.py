"""What tests of the whole command need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import MODELS

if TYPE_CHECKING:
    from pathlib import Path

    from index.encoder import SentenceEncoder


@pytest.fixture
def data(tmp_path: Path, real_encoder: SentenceEncoder) -> Path:
    """Return a data folder with the unpacked model and nothing else."""
    assert real_encoder.stamp.dimension == 384  # the model is unpacked
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "models").symlink_to(MODELS)
    return folder
