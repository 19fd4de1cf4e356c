"""A corpus of any size, on the disk and with its vectors at hand: everything but encoding can be measured.

The texts are those of the real corpus in another order, with words of the dictionary between them: as many
different ones as a real collection of that size has. Their vectors, real ones with some noise, are put into
the cache where the ingestion looks for them.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.synthetic import moved
from index.bundled_model import token_counter
from index.collection import PassageVectors
from index.embedded.collection import EmbeddedCollection
from index.errors import KnowledgeBaseError
from index.lexical import NO_TERMS
from index.payload import fingerprint
from index.word_forms import PlainForms
from ingest.discover import discover
from ingest.read_ahead import read_ahead
from ingest.readers import read
from ingest.vector_cache import FILE_NAME as CACHE
from ingest.vector_cache import VectorCache

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.passage import Passage
    from index.settings import Settings

_PASSAGES_A_SOURCE = 25
_SEED = 1
_WORDS = 150_000  # different ones to draw from: 50 000 passages then have 130 000
_RARE = 6  # words of these in each passage
_BATCH = 500


def make_large(folder: Path, passages: int, settings: Settings) -> None:
    """Make `corpus/` and `data/` below `folder`: the real corpus and so many passages beside it.

    Raises:
        KnowledgeBaseError: no real corpus is published whose vectors could be taken.
    """
    corpus, data = folder / "corpus", folder / "data"
    shutil.copytree(settings.corpus, corpus)
    data.mkdir()
    (data / "models").symlink_to((settings.data / "models").resolve())
    random = np.random.default_rng(_SEED)
    generation = EmbeddedCollection(settings.data / "index").open()
    with closing(generation), closing(VectorCache(data / CACHE, generation.stamp)) as cache:
        texts: list[str] = []
        known: dict[str, PassageVectors] = {}
        for entry in generation.catalogue():
            texts += [passage.text for passage in generation.passages(entry.source)]
            stored = generation.vectors(entry.source).values()
            known |= {each.fingerprint: each.vectors for each in stored}
        vectors = list(known.values())
        _write_sources(corpus / "handbuch" / "viele", texts, passages, random)
        batch: dict[str, PassageVectors] = {}
        for passage in _passages(corpus, settings):
            mark = fingerprint(passage)
            batch[mark] = known.get(mark) or _varied(vectors, len(passage.sentences), random)
            if len(batch) == _BATCH:
                cache.put(batch)
                batch = {}
        cache.put(batch)


def _write_sources(folder: Path, texts: Sequence[str], passages: int, random: np.random.Generator) -> None:
    folder.mkdir()
    words = random.permutation([form for form in PlainForms().forms if form.isalpha()])[:_WORDS]
    for number in range(passages // _PASSAGES_A_SOURCE):
        parts = [f"# Sammlung {number}"]
        for part in range(_PASSAGES_A_SOURCE):
            text = " ".join(texts[int(random.integers(len(texts)))].split())
            rare = ", ".join(random.choice(words, _RARE))
            parts.append(f"## Abschnitt {part}\n\nNummer {number}-{part} ({rare}). {text}")
        (folder / f"{number:05d}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _passages(corpus: Path, settings: Settings) -> Iterator[Passage]:
    """Yield every passage as the ingestion will cut it."""
    count = token_counter(settings.data / "models")
    if count is None:
        message = "Das Modell ist noch nicht ausgepackt; starten Sie zuerst »python -m ingest«."
        raise KnowledgeBaseError(message)
    with read_ahead(discover(corpus), read, count) as reading:
        for each in reading:
            yield from each.passages


def _varied(models: Sequence[PassageVectors], sentences: int, random: np.random.Generator) -> PassageVectors:
    model = models[int(random.integers(len(models)))]
    rows = np.resize(model.sentences, (sentences, len(model.passage)))
    return PassageVectors(moved(model.passage, random), moved(rows, random), NO_TERMS)
