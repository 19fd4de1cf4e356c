"""The encoder of questions, which remembers what was asked."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from index import bundled_model, question_adapter
from index.encoder import known_stamp, load_encoder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.encoder import QuestionEncoder, Vectors
    from index.stamp import Stamp

REMEMBERED = 512  # questions, some 800 kB


class RememberingEncoder:
    """Keeps the vectors of the last questions, in memory only: people ask again with another filter."""

    def __init__(self, encoder: QuestionEncoder, most: int) -> None:
        self._encoder = encoder
        self._most = most
        self._recent: dict[str, NDArray[np.float32]] = {}
        self._turn = threading.Lock()

    @property
    def stamp(self) -> Stamp:
        """What must be equal for two vectors to be comparable."""
        return self._encoder.stamp

    @property
    def questions_revision(self) -> str:
        """Which encoder of questions this is."""
        return self._encoder.questions_revision

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each question, shape (questions, dimension)."""
        with self._turn:
            known = {text: self._recent[text] for text in texts if text in self._recent}
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if new:
            made = dict(zip(new, self._encoder.encode_queries(new), strict=True))
            known |= made
            self._remember(made)
        rows = [known[text] for text in texts]
        return np.stack(rows) if rows else np.empty((0, self.stamp.dimension), dtype=np.float32)

    def _remember(self, made: dict[str, NDArray[np.float32]]) -> None:
        with self._turn:
            self._recent |= made
            for text in list(self._recent)[: max(0, len(self._recent) - self._most)]:
                del self._recent[text]


def load_question_encoder(
    model: str | None, models: Path, *, share: float = question_adapter.SHARE, remembered: int = REMEMBERED
) -> RememberingEncoder:
    """Return the encoder of questions for KB_MODEL, see `load_encoder`.

    The bundled model's questions go through a share of what was learned about them; 0 is the plain
    model. The vectors of the last `remembered` questions are kept.

    Raises:
        ModelError: the model is missing or damaged; says how to mend it.
    """
    stamp = known_stamp(model)
    if stamp is None:
        return RememberingEncoder(load_encoder(model, models), remembered)
    from index.bundled_encoder import BundledEncoder  # noqa: PLC0415 - .3 s that many commands never need

    questions = BundledEncoder(stamp, bundled_model.unpacked(models), share)
    return RememberingEncoder(questions, remembered)
