"""Vectors of questions that are asked again and again, kept in a file: judged ones, never a visitor's.

So whoever asks them needs no model as long as no wording is new.
"""

from __future__ import annotations

import hashlib
import io
import logging
import threading
import zipfile
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

from index import question_adapter
from index.durable import write_atomically
from index.encoder import encoder_name, known_stamp
from index.question_encoder import load_question_encoder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.encoder import QuestionEncoder, Vectors
    from index.stamp import Stamp

_LOG = logging.getLogger(__name__)
_UNIT = 1e-3  # how far from 1 the length of a whole vector may be


class LateEncoder:
    """An encoder that is loaded when it is first asked; what it is called is known before."""

    def __init__(self, stamp: Stamp, questions_revision: str, load: Callable[[], QuestionEncoder]) -> None:
        self.stamp = stamp
        self.questions_revision = questions_revision
        self._loaded = cache(load)

    @property
    def loaded(self) -> bool:
        """Whether it was asked before."""
        return self._loaded.cache_info().currsize > 0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each question, shape (questions, dimension)."""
        return self._loaded().encode_queries(texts)


class KeptVectors:
    """An encoder that looks into its file first; safe to use from several threads.

    Every wording is encoded by itself: its vector must not depend on what else is asked beside it.
    """

    def __init__(self, encoder: QuestionEncoder, folder: Path) -> None:
        self.plain = encoder  # keeps nothing
        name = encoder_name(encoder)
        self._path = folder / f"questions-{hashlib.sha256(name.encode()).hexdigest()[:16]}.npz"
        self._kept = _read(self._path, encoder.stamp.dimension)
        self._asked: dict[str, NDArray[np.float32]] = {}
        self._turn = threading.Lock()

    @property
    def stamp(self) -> Stamp:
        """What must be equal for two vectors to be comparable."""
        return self.plain.stamp

    @property
    def questions_revision(self) -> str:
        """Which encoder of questions this is."""
        return self.plain.questions_revision

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each question, shape (questions, dimension)."""
        rows = [self._vector(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, self.stamp.dimension), dtype=np.float32)

    def asked(self) -> dict[str, list[float] | None]:
        """Return every wording that was asked since this was opened; with its vector if none was kept."""
        return {text: None if text in self._kept else vector.tolist() for text, vector in self._asked.items()}

    def learn(self, asked: Mapping[str, Sequence[float] | None]) -> None:
        """Take over what `asked` said in a process that had the same file."""
        for text, vector in asked.items():
            known = self._kept[text] if vector is None else np.asarray(vector, dtype=np.float32)
            self._asked.setdefault(text, known)

    @property
    def may_fork(self) -> bool:
        """Whether a fork could encode what is not kept: threads of a loaded model would be missing there."""
        return isinstance(self.plain, LateEncoder) and not self.plain.loaded

    def keep(self) -> None:
        """Write down what was asked since this was opened, in place of what was kept before.

        Raises:
            OSError: the folder cannot be written.
        """
        if not self._asked or self._asked.keys() == self._kept.keys():
            return
        wordings = sorted(self._asked)
        content = io.BytesIO()
        np.savez(content, wordings=np.array(wordings), vectors=np.stack([self._asked[w] for w in wordings]))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path, content.getvalue())

    def _vector(self, text: str) -> NDArray[np.float32]:
        with self._turn:
            vector = self._asked.get(text)
            if vector is None:
                vector = self._kept[text] if text in self._kept else self.plain.encode_queries([text])[0]
                self._asked[text] = vector
            return vector


def encoder_when_needed(model: str | None, models: Path) -> QuestionEncoder:
    """Return the encoder of questions for KB_MODEL, the bundled one not loaded yet.

    Raises:
        ModelError: another model is missing or damaged.
    """
    load = partial(load_question_encoder, model, models)
    stamp = known_stamp(model)
    return load() if stamp is None else LateEncoder(stamp, question_adapter.revision(), load)


def _read(path: Path, dimension: int) -> dict[str, NDArray[np.float32]]:
    """Return what is kept; nothing if the file is missing or damaged: then all is encoded anew."""
    try:
        content = io.BytesIO(path.read_bytes())  # of a damaged file, numpy would keep the handle
        with np.load(
            content, allow_pickle=False
        ) as stored:  # the archive's checksums are compared on reading
            wordings, vectors = stored["wordings"], stored["vectors"]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        _LOG.warning("the kept vectors of the judged questions are encoded anew: %r", error)
        return {}
    if not _whole(wordings, vectors, dimension):
        _LOG.warning("the kept vectors of the judged questions are damaged and encoded anew")
        return {}
    return dict(zip(wordings.tolist(), vectors, strict=True))


def _whole(wordings: np.ndarray, vectors: np.ndarray, dimension: int) -> bool:
    if wordings.dtype.kind != "U" or vectors.dtype != np.float32:
        return False
    if vectors.shape != (len(wordings), dimension):
        return False
    return bool(np.all(np.abs(np.linalg.norm(vectors, axis=1) - 1) < _UNIT))
