"""How an original file may reach a browser: with its media type, and unable to act."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MEDIA_TYPES = {
    ".md": "text/markdown",  # RFC 7763
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".yaml": "application/yaml",  # RFC 9512
    ".yml": "application/yaml",
    ".csv": "text/csv",
}
_SAMPLE = 1_000_000  # bytes are enough to tell UTF-8 from an older encoding
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def media_type(path: Path) -> str:
    """Return the media type of a source's file, for text with its encoding."""
    found = _MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
    return f"{found}; charset={_charset(path)}" if found.startswith("text/") else found


def file_headers(path: Path) -> dict[str, str]:
    """Return the headers that keep a file from being anything but looked at.

    A PDF gets no sandbox: browsers refuse to show one inside.
    """
    headers = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
    if path.suffix.lower() != ".pdf":
        headers["Content-Security-Policy"] = _SANDBOX
    return headers


def _charset(path: Path) -> str:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        sample[: -4 if len(sample) == _SAMPLE else None].decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"
