"""What every question needs besides the published generation; opened once, used by all."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError
from index.thesaurus import FILE_NAME, Thesaurus, read_thesaurus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.encoder import QuestionEncoder
    from index.language_means import LanguageMeans
    from search_api.verdict import Calibration

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """`thesaurus` returns the one that staff saved last; `calibration` fits the encoder or is None."""

    encoder: QuestionEncoder
    language_means: LanguageMeans
    thesaurus: Callable[[], Thesaurus]
    calibration: Calibration | None


class ThesaurusOf:
    """The thesaurus of a corpus, read again when staff have changed the file."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._seen: tuple[int, int] | None = None
        self._thesaurus = Thesaurus()

    def __call__(self) -> Thesaurus:
        """Return the newest valid thesaurus; while the file is wrong, the one before."""
        seen = self._state()
        if seen != self._seen:
            try:
                self._thesaurus = read_thesaurus(self._corpus)
            except KnowledgeBaseError as error:
                _LOG.warning("the former thesaurus stays: %s", error)
            self._seen = seen  # last: meanwhile other threads read the file, too, and not the former one
        return self._thesaurus

    def _state(self) -> tuple[int, int] | None:
        try:
            status = (self._corpus / FILE_NAME).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size
