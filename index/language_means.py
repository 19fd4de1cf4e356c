"""Questions in other languages, moved to where the same question would lie in the home language.

A multilingual encoder puts every language into a region of its own: a French question lies nearer
to French texts about anything than to the German text that answers it. The difference between the
mean vectors of two languages, each taken over the same neutral questions, leads from one region to
the other (Libovický et al., "On the Language Neutrality of Pre-trained Multilingual
Representations", 2020, section 3: centering).
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import yaml

from index.language import HOME_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from index.encoder import QuestionEncoder

_QUESTIONS = files("index") / "neutral_questions.yaml"
_SHARE = 0.9  # of the difference; .75 to 1 differ by half a point on the sets


class LanguageMeans:
    """The mean vector of each language's neutral questions."""

    def __init__(self, means: Mapping[str, NDArray[np.float32]]) -> None:
        self._means = means

    def at_home(self, question: NDArray[np.float32], language: str) -> NDArray[np.float32]:
        """Return a question's vector as if it had been asked in the home language, length 1."""
        if language == HOME_LANGUAGE or language not in self._means:
            return question
        moved = question + _SHARE * (self._means[HOME_LANGUAGE] - self._means[language])
        length = float(np.linalg.norm(moved))
        home: NDArray[np.float32] = (moved / length).astype(np.float32)
        return home


def load_language_means(encoder: QuestionEncoder, folder: Path) -> LanguageMeans:
    """Return the means for an encoder, kept in `folder`: taking them needs some seconds, once."""
    text = _QUESTIONS.read_text(encoding="utf-8")
    identity = f"{encoder.stamp}{encoder.questions_revision}{text}"
    path = folder / f"languages-{hashlib.sha256(identity.encode()).hexdigest()[:16]}.npz"
    if path.exists():
        with np.load(path, allow_pickle=False) as stored:
            return LanguageMeans({language: stored[language] for language in stored.files})
    questions: Mapping[str, list[str]] = yaml.safe_load(text)
    means = {language: encoder.encode_queries(asked).mean(axis=0) for language, asked in questions.items()}
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        np.savez(file, **means)
    unfinished.replace(path)
    return LanguageMeans(means)
