"""Remakes the binary files of the starter corpus from their Markdown sources in `corpus/_vorlagen`.

A source names its binary in its front matter, `target: handbuch/x.pdf`, relative to the corpus.
"""

from collections.abc import Callable
from pathlib import Path

from tests.materials.docx import write_docx
from tests.materials.markdown import read_manuscript
from tests.materials.pdf import write_pdf

CORPUS = Path(__file__).parents[2] / "corpus"
_WRITERS: dict[str, Callable[[str, Path], None]] = {".docx": write_docx, ".pdf": write_pdf}


def sources(corpus: Path) -> list[Path]:
    """Return the Markdown sources of the corpus, by name."""
    return sorted((corpus / "_vorlagen").glob("*.md"))


def target_of(source: Path) -> str:
    """Return where the binary of a source goes, relative to the corpus."""
    return read_manuscript(source.read_text(encoding="utf-8")).front_matter["target"]


def remake(source: Path, corpus: Path) -> Path:
    """Write the binary of `source` into its folder of `corpus` and return its path."""
    target = corpus / target_of(source)
    _WRITERS[target.suffix](source.read_text(encoding="utf-8"), target)
    return target
