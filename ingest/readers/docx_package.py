"""Opening Word files with python-docx; what is checked before stands in `office_archive`."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import docx as python_docx
from docx.opc.exceptions import OpcError

from ingest.readers.office_archive import OfficeFormat, check_archive, guarded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document as WordDocument

WORD = OfficeFormat("Das Word-Dokument", "Word", ".docx")


@contextmanager
def opened_word(path: Path) -> Iterator[WordDocument]:
    """Yield the opened Word file; pictures and linked files are not loaded from elsewhere.

    Raises:
        UnreadableSourceError: for a damaged or locked file, and for one that unpacks to absurd size; also
            where damage shows only while the document is read.
    """
    check_archive(path, WORD)
    with guarded(WORD, OpcError):
        yield python_docx.Document(str(path))
