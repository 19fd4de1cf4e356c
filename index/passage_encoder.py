"""The encoder of passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index import bundled_model
from index.encoder import known_stamp, load_encoder

if TYPE_CHECKING:
    from pathlib import Path

    from index.encoder import PassageEncoder


def load_passage_encoder(model: str | None, models: Path) -> PassageEncoder:
    """Return the encoder of passages for KB_MODEL: the bundled model without torch, any other as it comes.

    Both give the same vectors (tests/index/test_bundled_encoder.py); torch takes ten times as long to
    start, which is most of what publishing one change would cost.

    Raises:
        ModelError: the model is missing or damaged; says how to mend it.
    """
    stamp = known_stamp(model)
    if stamp is None:
        return load_encoder(model, models)
    from index.bundled_encoder import BundledEncoder  # noqa: PLC0415 - .3 s that many commands never need

    return BundledEncoder(stamp, bundled_model.unpacked(models))
