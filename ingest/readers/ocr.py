"""Words read from pictures of pages, with Tesseract where it is installed.

Tesseract is a program of the distribution (`tesseract-ocr` and the packages of its languages) and not a
library of ours: https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL.Image import Image

    from ingest.readers.reader import Tick

_WANTED = ("deu", "eng", "fra", "pol")
_LIMIT_S = 180  # for one page; a dense one takes five to thirty seconds on a slow machine
_TICK_S = 3
RESOLUTION = 300  # dots an inch: what Tesseract is trained for


class Ocr(Protocol):
    """Reads the words of a picture."""

    def __call__(self, picture: Image, tick: Tick) -> str | None:
        """Return the lines of text on `picture`, None where none could be read.

        `tick` is called every few seconds.
        """


def installed_ocr() -> Ocr | None:
    """Return Tesseract with those of our languages that are installed, None without it."""
    return tesseract if _languages() else None


def tesseract(picture: Image, tick: Tick) -> str | None:
    """Return the lines of text that Tesseract reads on `picture`, None if it fails or finds no letter."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    command = ["tesseract", "stdin", "stdout", "-l", "+".join(_languages()), "--dpi", str(RESOLUTION)]
    try:
        # A fixed command; the picture comes through its input.
        with subprocess.Popen(  # noqa: S603 - as above
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "OMP_THREAD_LIMIT": "1",
            },  # its threads cost half as much again, no time gained
        ) as process:
            text = _answer(process, buffer.getvalue(), tick)
    except OSError:
        return None
    return text if any(character.isalpha() for character in text) else None


def _answer(process: subprocess.Popen[bytes], picture: bytes, tick: Tick) -> str:
    todo: bytes | None = picture
    for _ in range(_LIMIT_S // _TICK_S):
        try:
            answer, _errors = process.communicate(todo, timeout=_TICK_S)
            return answer.decode("utf-8", "replace") if process.returncode == 0 else ""
        except subprocess.TimeoutExpired:
            todo = None  # what is left of it is still sent
            tick()
    process.kill()
    return ""


@cache
def _languages() -> tuple[str, ...]:
    if shutil.which("tesseract") is None:
        return ()
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"],  # noqa: S607 - the distribution's
            capture_output=True,
            timeout=_LIMIT_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    there = done.stdout.decode("utf-8", "replace").split()
    return tuple(language for language in _WANTED if language in there)
