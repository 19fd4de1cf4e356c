"""`python -m benchmarks.reading`: how exactly PDF pages are read, and how fast every format is.

Pages that are drawn for the purpose are read by us and by pypdf alone; their words are known. Then the
whole corpus is read, and as many passages are encoded: readers must never be what ingestion waits for.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from pypdf import PdfReader
from rapidfuzz.distance import LCSseq

from benchmarks.golden_pdf import KINDS, golden_pdf
from benchmarks.record import show, write
from index.encoder import load_encoder
from index.errors import KnowledgeBaseError
from index.settings import read_settings
from ingest.chunking import passages_of
from ingest.discover import discover
from ingest.metadata import metadata_of
from ingest.readers import pdf, read
from ingest.readers.hyphenation import join_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.encoder import PassageEncoder
    from index.passage import Passage

_T = TypeVar("_T")
_FILES = 10  # of each kind of page
_LEAST_LETTERS = 150  # of a paragraph that fills lines
_ENCODED = 64  # passages that the encoder is timed with
_NOT_A_LETTER = re.compile(r"\W+")
# What the drawing font has no shapes for.
_DRAWABLE = str.maketrans({"–": "-", "„": '"', "“": '"', "’": "'", "ł": "l"})


def main() -> int:
    """Measure, print and write `benchmarks/results/reading.json`."""
    settings = read_settings(os.environ)
    try:
        encoder = load_encoder(settings.model, settings.data / "models")
        figures = {"pages": exactness(settings.corpus), "speed": speed(settings.corpus, encoder)}
    except KnowledgeBaseError as error:
        return show([str(error)], code=1)
    path = write("reading", figures)
    rows = [f"{name}: {figure}" for part in figures.values() for name, figure in part.items()]
    return show([*rows, f"geschrieben: {path}"])


def exactness(corpus: Path) -> dict[str, dict[str, float]]:
    """Return for each kind of page the share of words found and of those out of order, for us and pypdf."""
    paragraphs = running_text(corpus)
    return {kind: _exactness(kind, paragraphs) for kind in KINDS}


def running_text(corpus: Path) -> list[str]:
    """Return the longer paragraphs of the corpus' Markdown files that a PDF's standard fonts can draw."""
    found = [each for each in discover(corpus) if each.path.suffix == ".md"]
    texts = [section.text for each in found for section in read(each.path).sections]
    paragraphs = [
        " ".join(part.split()).translate(_DRAWABLE) for text in texts for part in text.split("\n\n")
    ]
    return [
        part
        for part in paragraphs
        if len(part) >= _LEAST_LETTERS and part[0].isalpha() and _has_letters_for(part)
    ]


def _has_letters_for(text: str) -> bool:
    """Whether the letters are among those of WinAnsiEncoding (ISO 32000-1, annex D)."""
    return text.encode("cp1252", "ignore").decode("cp1252") == text


def _exactness(kind: str, paragraphs: Sequence[str]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.pdf")
        for seed in range(_FILES):
            raw, words = golden_pdf(kind, paragraphs, seed)
            path.write_bytes(raw)
            for name, words_of in (("ours", words_by_us), ("pypdf", words_by_pypdf)):
                found, disordered = compared(words_of(path), words)
                sums[f"{name} found"] += found
                sums[f"{name} out of order"] += disordered
    return {name: round(total / _FILES, 4) for name, total in sums.items()}


def words_by_us(path: Path) -> list[str]:
    """Return the words as the PDF reader gives them, each heading where it begins."""
    words: list[str] = []
    former: tuple[str, ...] = ()
    for section in pdf.read(path).sections:
        fresh = [heading for heading in section.heading if heading not in former]
        former = section.heading
        words += " ".join([*fresh, section.text]).split()
    return words


def words_by_pypdf(path: Path) -> list[str]:
    """Return the words as pypdf gives them, with broken words joined by our rules."""
    pages = [page.extract_text().split("\n") for page in PdfReader(path).pages]
    return [word for lines in pages for word in join_lines(lines).split()]


def compared(found: Sequence[str], wanted: Sequence[str]) -> tuple[float, float]:
    """Return the share of wanted words that were found, and the share of those that are out of order.

    Words are compared by letters and digits. In order are those of the longest common subsequence.
    """
    there, right = (
        [bare for word in words if (bare := _NOT_A_LETTER.sub("", word))] for words in (found, wanted)
    )
    both = (Counter(there) & Counter(right)).total()
    return both / len(right), 1 - LCSseq.similarity(there, right) / max(both, 1)


def speed(corpus: Path, encoder: PassageEncoder) -> dict[str, dict[str, float]]:
    """Return by format how many passages a second are read, and that over what the encoder does."""
    seconds: dict[str, float] = defaultdict(float)
    passages: dict[str, list[Passage]] = defaultdict(list)
    for each in discover(corpus):
        document, took_s = _timed(partial(read, each.path))
        made = passages_of(document, each.source, metadata_of(each, document), encoder.count_tokens)
        for name in (each.path.suffix, "all"):
            seconds[name] += took_s
            passages[name] += made
    sample = passages["all"][:: max(1, len(passages["all"]) // _ENCODED)]
    texts = [text for each in sample for text in (f"{each.headline}\n{each.text}", *each.sentence_texts)]
    _, encoding_s = _timed(partial(encoder.encode_passages, sorted(texts, key=len, reverse=True)))
    encoded = len(sample) / encoding_s
    return {
        name: {
            "passages": len(made),
            "passages_per_s": round(len(made) / seconds[name], 1),
            "times_encoder": round(len(made) / seconds[name] / encoded, 1),
        }
        for name, made in sorted(passages.items())
    }


def _timed(work: Callable[[], _T]) -> tuple[_T, float]:
    began = time.perf_counter()
    done = work()
    return done, time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
