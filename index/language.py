"""Which language a text is in, among those that partners of German towns write."""

from __future__ import annotations

from functools import cache

from index.language_model import LANGUAGES, language_model

__all__ = ["HOME_LANGUAGE", "LANGUAGES", "detect_language"]

HOME_LANGUAGE = "de"
_CERTAIN = (
    0.7  # below it a short question ("europa schecks nrw") counts as German; .6 to .8 are alike on the sets
)
_model = cache(language_model)


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the text's language; German where it is not clearly another.

    The library is py3langid, a Naive Bayes over byte n-grams (Lui and Baldwin, 2012).
    """
    language, probability = _model().classify(text)
    return str(language) if probability >= _CERTAIN else HOME_LANGUAGE
