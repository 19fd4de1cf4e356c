"""Remakes the binary files of the starter corpus from their text sources in `corpus/_vorlagen`.

A source is Markdown, or YAML with questions and answers. It names its binary, `target: handbuch/x.pdf`,
relative to the corpus.
"""

from collections.abc import Callable
from pathlib import Path

import yaml

from tests.materials.docx import write_docx
from tests.materials.markdown import read_manuscript
from tests.materials.pdf import write_pdf
from tests.materials.pptx import write_pptx
from tests.materials.xlsx import write_xlsx

CORPUS = Path(__file__).parents[2] / "corpus"
_WRITERS: dict[str, Callable[[str, Path], None]] = {
    ".docx": write_docx,
    ".pdf": write_pdf,
    ".pptx": write_pptx,
    ".xlsx": write_xlsx,
}
_SUFFIXES = {".md", ".yaml"}


def sources(corpus: Path) -> list[Path]:
    """Return the text sources of the corpus' binaries, by name."""
    return sorted(path for path in (corpus / "_vorlagen").iterdir() if path.suffix in _SUFFIXES)


def target_of(source: Path) -> str:
    """Return where the binary of a source goes, relative to the corpus."""
    text = source.read_text(encoding="utf-8")
    named = yaml.safe_load(text) if source.suffix == ".yaml" else read_manuscript(text).front_matter
    target: str = named["target"]
    return target


def remake(source: Path, corpus: Path) -> Path:
    """Write the binary of `source` into its folder of `corpus` and return its path."""
    target = corpus / target_of(source)
    _WRITERS[target.suffix](source.read_text(encoding="utf-8"), target)
    return target
