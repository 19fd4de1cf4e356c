"""Drawn pages are read word by word in their order; what the figures in the README rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.golden_pdf import KINDS, golden_pdf
from benchmarks.reading import compared, running_text, words_by_pypdf, words_by_us
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@pytest.fixture(scope="module")
def paragraphs() -> Sequence[str]:
    return running_text(ROOT / "corpus")


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_page_is_found_in_its_order(
    kind: str, seed: int, paragraphs: Sequence[str], tmp_path: Path
) -> None:
    raw, words = golden_pdf(kind, paragraphs, seed)
    path = tmp_path / "a.pdf"
    path.write_bytes(raw)
    found, disordered = compared(words_by_us(path), words)
    assert found >= 0.99
    assert disordered <= 0.01


def test_the_measure_tells_a_page_that_is_read_across_its_columns(
    paragraphs: Sequence[str], tmp_path: Path
) -> None:
    raw, words = golden_pdf("two columns", paragraphs, 1)
    path = tmp_path / "a.pdf"
    path.write_bytes(raw)
    _, disordered = compared(words_by_pypdf(path), words)
    assert disordered > 0.1


def test_lost_and_moved_words_count() -> None:
    assert compared("a b c d".split(), "a b c d".split()) == (1.0, 0.0)
    assert compared("a c d".split(), "a b c d".split()) == (0.75, 0.0)
    assert compared("b c d a".split(), "a b c d".split()) == (1.0, 0.25)
