"""The formats of a folder: what each is called on the web, and what writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search_api.folder.docx import docx
from search_api.folder.mail import mail
from search_api.folder.markdown import markdown
from search_api.folder.pdf import pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from search_api.folder.model import Folder
    from search_api.schemas import FormatName


@dataclass(frozen=True, slots=True)
class Format:
    """A media type and the function that writes a whole file of it."""

    media_type: str
    write: Callable[[Folder], bytes]


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: Mapping[FormatName, Format] = {
    "docx": Format(_WORD, docx),
    "pdf": Format("application/pdf", pdf),
    "md": Format("text/markdown; charset=utf-8", markdown),
    "txt": Format("text/plain; charset=utf-8", mail),
}
