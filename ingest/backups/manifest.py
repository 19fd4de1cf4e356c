"""What an archive says of itself: for each file where it goes, how long it is and its sha256.

The manifest comes out of a file that anybody may have made: nothing in it is believed before it was
looked at here, and nothing is written because of it that a later check could not refuse.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from index.errors import KnowledgeBaseError
from index.generations import GenerationRecord, named
from ingest.publishing.journal import FILE_NAME as JOURNAL
from ingest.vector_cache import FILE_NAME as CACHE

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 1
CORPUS, INDEX, DATA = "corpus", "index", "data"  # the top folders of an archive
_DATABASE = re.compile(r"[^/]+\.(sqlite|db)")
_LONGEST_PATH = 1_000  # characters
_MOST_PARTS = 50  # of a path: making the folders one in another must not go deep
_LONGEST_PART = 255  # bytes: what file systems allow for a name
_LONGEST_ID = 10  # characters, g and nine digits: a longer name of a generation is nobody's
_YEARS = range(1980, 2201)  # with others, times of day in other zones could not be told
_SHOWN = 80  # characters of a path in a message

_Size = Annotated[int, Field(ge=0)]
_Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ArchiveError(KnowledgeBaseError):
    """An archive cannot be made, is damaged, or is not what a backup writes."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Member(_Strict):
    """A file of the archive."""

    path: str
    size: _Size
    sha256: _Sha256


class IndexInside(_Strict):
    """The generation in the archive: which store can adopt it, and what it says of itself."""

    form: str
    record: GenerationRecord


class Manifest(_Strict):
    """Everything in an archive; `folders` are those that are empty."""

    version: Literal[1] = 1
    made_at: AwareDatetime
    index: IndexInside | None
    folders: tuple[str, ...]
    files: tuple[Member, ...]

    def below(self, top: str) -> list[Member]:
        """Return the files below one of the top folders."""
        return [member for member in self.files if member.path.startswith(f"{top}/")]


class _AnyVersion(BaseModel):
    version: int


def parse_manifest(text: bytes) -> Manifest:
    """Return the manifest that was read, with all its paths found harmless.

    Raises:
        ArchiveError: it is of a later version, no manifest, or leads where nothing may be written.
    """
    try:
        version = _AnyVersion.model_validate_json(text).version
        if version != VERSION:
            message = (
                f"Diese Sicherung hat das Format {version}, dieses Programm liest nur {VERSION}. "
                "Bitte stellen Sie sie mit der Programmfassung wieder her, die sie geschrieben hat."
            )
            raise ArchiveError(message)
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise unusable("ihr Inhaltsverzeichnis ist nicht lesbar") from error
    _require_harmless(manifest)
    return manifest


def reason_against(path: str) -> str | None:
    """Return why no archive may hold this path, None if it may: the same is asked when one is made."""
    parts = path.split("/")
    if len(path) > _LONGEST_PATH or len(parts) > _MOST_PARTS:
        return "der Pfad ist zu lang oder liegt zu tief"
    # Control characters, and halves of characters: what a name that is no UTF-8 becomes in Python.
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in path):
        return "der Name ist kein lesbarer Text"
    if any(len(part.encode()) > _LONGEST_PART for part in parts):
        return "der Name ist zu lang"
    return None


def unusable(reason: str) -> ArchiveError:
    """Return the error for an archive that nothing is taken from."""
    return ArchiveError(
        f"Diese Sicherung ist nicht brauchbar: {reason}. Es wurde nichts verändert. Bitte nehmen Sie eine "
        "andere Sicherung oder eine unbeschädigte Kopie von ihr."
    )


def _require_harmless(manifest: Manifest) -> None:
    paths = [*(member.path for member in manifest.files), *manifest.folders]
    for path in paths:
        if not _is_harmless(path):
            raise unusable(f"sie enthält den unzulässigen Pfad {path[:_SHOWN]!r}")
    taken = set(paths)
    if len(taken) < len(paths):
        raise unusable("ein Pfad kommt mehrmals vor")
    # A file or an empty folder that something else lies in.
    if any(above in taken for path in paths for above in _folders_above(path)):
        raise unusable("ein Pfad ist Datei und Ordner zugleich")
    record = manifest.index.record if manifest.index else None
    if record and not (len(record.id) <= _LONGEST_ID and named([record.id])):
        raise unusable("der Name ihres Standes ist unzulässig")
    times = [manifest.made_at, *([record.made_at] if record and record.made_at else [])]
    if any(time.year not in _YEARS for time in times):
        raise unusable("ihr Datum ist unzulässig")


def _is_harmless(path: str) -> bool:
    """Whether a path leads to a place below one of our folders and nowhere else."""
    if reason_against(path):
        return False
    top, *parts = path.split("/")
    if top == DATA:
        name = "/".join(parts)
        return name == JOURNAL or (_DATABASE.fullmatch(name) is not None and name != CACHE)
    return top in {CORPUS, INDEX} and bool(parts) and not any(part in {"", ".", ".."} for part in parts)


def _folders_above(path: str) -> Iterator[str]:
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)
