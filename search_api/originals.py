"""How an original file may reach a browser: with its media type, and unable to act."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MEDIA_TYPES = {
    ".md": "text/markdown",  # RFC 7763
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".ttml": "application/ttml+xml",
    ".dfxp": "application/ttml+xml",
    ".json3": "application/json",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".webm": "video/webm",
    ".yaml": "application/yaml",  # RFC 9512
    ".yml": "application/yaml",
    ".csv": "text/csv",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".eml": "message/rfc822",
}
_SAMPLE = 1_000_000  # bytes are enough to tell UTF-8 from an older encoding
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=", re.IGNORECASE)
_HEAD = 1024  # bytes in which browsers look for it (HTML Standard, 13.2.3.2)
_SHOWN_BY_PLAYERS = ("application/pdf", "audio/", "video/")  # of the browser; no script of a file runs there
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def media_type(path: Path) -> str:
    """Return the media type of a source's file, for text with its encoding.

    A page that declares its encoding itself is left to the browser, which reads the declaration.
    """
    found = MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
    if not found.startswith("text/"):
        return found
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if found == "text/html" and _DECLARED.search(sample[:_HEAD]):
        return found
    return f"{found}; charset={_charset(sample)}"


def file_headers(path: Path) -> dict[str, str]:
    """Return the headers that keep a file from being anything but looked at.

    A PDF or a recording gets no sandbox: browsers refuse to show or play one inside.
    """
    headers = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
    if not MEDIA_TYPES.get(path.suffix.lower(), "").startswith(_SHOWN_BY_PLAYERS):
        headers["Content-Security-Policy"] = _SANDBOX
    return headers


def _charset(sample: bytes) -> str:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=len(sample) < _SAMPLE)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"
