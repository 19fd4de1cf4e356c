"""What an archive says of itself: for each file where it goes, how long it is and its sha256.

The manifest comes out of a file that anybody may have made: nothing in it is believed before it was
looked at here, and nothing is written because of it that a later check could not refuse.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from index.errors import KnowledgeBaseError
from index.generations import GenerationRecord, named
from ingest.vector_cache import FILE_NAME as CACHE

VERSION = 1
CORPUS, INDEX, DATA = "corpus", "index", "data"  # the top folders of an archive
_DATA_NAMES = re.compile(r"report\.json|publications\.jsonl|[^/]+\.(sqlite|db)")
_LONGEST_ID = 20  # characters; a longer name of a generation is nobody's

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

    @property
    def size(self) -> int:
        """How many bytes all files have together."""
        return sum(member.size for member in self.files)

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


def unusable(reason: str) -> ArchiveError:
    """Return the error for an archive that nothing is taken from."""
    return ArchiveError(
        f"Diese Sicherung ist nicht brauchbar: {reason}. Es wurde nichts verändert. Bitte nehmen Sie eine "
        "andere Sicherung oder eine unbeschädigte Kopie von ihr."
    )


def _require_harmless(manifest: Manifest) -> None:
    files = [member.path for member in manifest.files]
    for path in (*files, *manifest.folders):
        if not _is_harmless(path):
            raise unusable(f"sie enthält den unzulässigen Pfad {path!r}")
    taken = {*files, *manifest.folders}
    if len(taken) < len(files) + len(manifest.folders):
        raise unusable("ein Pfad kommt mehrmals vor")
    # A file or an empty folder that something else lies in.
    if any(str(above) in taken for path in taken for above in PurePosixPath(path).parents):
        raise unusable("ein Pfad ist Datei und Ordner zugleich")
    if manifest.index is not None and not _is_generation(manifest.index.record.id):
        raise unusable("der Name ihres Standes ist unzulässig")


def _is_harmless(path: str) -> bool:
    """Whether a path leads to a place below one of our folders and nowhere else."""
    top, *parts = path.split("/")
    if top not in {CORPUS, INDEX, DATA} or not parts or not _is_text(path):
        return False
    if top == DATA and (not _DATA_NAMES.fullmatch("/".join(parts)) or parts[-1] == CACHE):
        return False
    return not any(part in {"", ".", ".."} or "\0" in part for part in parts)


def _is_text(path: str) -> bool:
    return not any(0xD800 <= ord(letter) <= 0xDFFF for letter in path)  # halves of characters: no file name


def _is_generation(name: str) -> bool:
    return len(name) <= _LONGEST_ID and bool(named([name]))
