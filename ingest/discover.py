"""What lies in the corpus, and what of it is new, changed, renamed or gone since last time."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError
from ingest.companions import chapter_files, is_chapter_file, is_transcribed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from index.passage import SourceEntry

DEFAULTS_NAME = "_defaults.yaml"  # metadata of a folder
SIDECAR_SUFFIX = ".meta.yaml"  # metadata of one file, beside it
_CONTROL_FILES = frozenset({"fragen.yaml", "thesaurus.yaml", "README.md"})  # at the corpus's top only
_LITTER = frozenset({"thumbs.db", "desktop.ini"})  # what systems leave behind
_HIDDEN = (".", "_", "~$")  # hidden files, our own files, locks of office programs


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A file of the corpus. `content` is its bytes' sha256; `revision` covers metadata and chapters too."""

    source: str
    path: Path
    content: str
    revision: str
    metadata_files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an ingestion has to do; `renamed` pairs the former path with the source found."""

    new: tuple[FoundSource, ...]
    changed: tuple[FoundSource, ...]
    renamed: tuple[tuple[str, FoundSource], ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def to_read(self) -> tuple[FoundSource, ...]:
        """The sources that have to be read."""
        return (*self.new, *self.changed, *(found for _, found in self.renamed))

    def sizes(self) -> dict[str, int]:
        """Return the length in bytes of each source that has to be read, 0 of one that is out of reach."""
        return {found.source: _size(found.path) for found in self.to_read}

    @property
    def empty(self) -> bool:
        """Whether nothing has to be done."""
        return not (self.to_read or self.removed)


def discover(corpus: Path) -> list[FoundSource]:
    """Return the sources of a corpus, sorted by path.

    Links that lead out of the corpus are not followed and not listed.

    Raises:
        KnowledgeBaseError: there is no such folder, or nothing in it.
    """
    if not corpus.is_dir():
        message = (
            f"Den Ordner {corpus} gibt es nicht. Nennen Sie den Ordner mit Ihren Materialien (KB_CORPUS)."
        )
        raise KnowledgeBaseError(message)
    root = corpus.resolve()
    defaults = _Defaults(root)
    found = [_found(root, path, defaults.of(path.parent)) for path in sorted(_files(root))]
    if not found:
        message = f"Im Ordner {corpus} liegen keine Materialien. Der bisherige Bestand bleibt, wie er ist."
        raise KnowledgeBaseError(message)
    return found


def digest_of(found: Iterable[FoundSource]) -> str:
    """Return a digest of the materials: the same files and metadata give the same one."""
    lines = sorted(f"{each.source}\0{each.revision}" for each in found)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def compare(found: Sequence[FoundSource], catalogue: Sequence[SourceEntry]) -> Plan:
    """Return what has to be done to bring the catalogue to what was found.

    A source is renamed if its content was published under a path that is no longer there.
    """
    known = {entry.source: entry for entry in catalogue}
    here = {each.source for each in found}
    gone = {entry.content: entry.source for entry in catalogue if entry.source not in here}
    new, changed, renamed, unchanged = [], [], [], []
    for each in found:
        entry = known.get(each.source)
        if entry is None and each.content in gone:
            renamed.append((gone.pop(each.content), each))
        elif entry is None:
            new.append(each)
        elif entry.revision != each.revision:
            changed.append(each)
        else:
            unchanged.append(each.source)
    moved = {former for former, _ in renamed}
    removed = sorted(source for source in known if source not in here and source not in moved)
    return Plan(tuple(new), tuple(changed), tuple(renamed), tuple(removed), tuple(unchanged))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _unreadable(error: OSError) -> None:
    """A folder that cannot be listed must not look like one that was emptied."""
    message = (
        f"Der Ordner {error.filename} lässt sich nicht lesen ({error.strerror}). Der bisherige Bestand gilt "
        "weiter. Bitte prüfen Sie Ihre Rechte, und ob ein Netzlaufwerk verbunden ist."
    )
    raise KnowledgeBaseError(message)


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith(_HIDDEN))
        here = Path(folder)
        for name in names:
            path = here / name
            if (
                not _passed_over(name, at_top=here == root)
                and not _belongs_to_another(path)
                and _lies_within(root, path)
            ):
                yield path


def _lies_within(root: Path, path: Path) -> bool:
    """Whether this is a file of the corpus: no link out of it, no loop, no pipe or device.

    The folder of `path` was reached without following a link.
    """
    try:
        inside = not path.is_symlink() or path.resolve(strict=True).is_relative_to(root)
        return inside and path.is_file()
    except (OSError, RuntimeError):
        return False


def _passed_over(name: str, *, at_top: bool) -> bool:
    return (
        name.startswith(_HIDDEN)
        or name.endswith(SIDECAR_SUFFIX)
        or name.lower() in _LITTER
        or (at_top and name in _CONTROL_FILES)
    )


def _belongs_to_another(path: Path) -> bool:
    """Whether what a file holds is read with another: chapters, and recordings that have a transcript."""
    return is_chapter_file(path) or is_transcribed(path)


class _Defaults:
    """The metadata files of folders, each with its digest, looked up once for all files of a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._of: dict[Path, tuple[tuple[Path, str], ...]] = {}

    def of(self, folder: Path) -> tuple[tuple[Path, str], ...]:
        """Return what counts for the files of a folder, the outermost folder's first."""
        if folder not in self._of:
            outer = self.of(folder.parent) if folder != self._root else ()
            own = folder / DEFAULTS_NAME
            self._of[folder] = (*outer, (own, _sha256(own))) if _lies_within(self._root, own) else outer
        return self._of[folder]


def _found(root: Path, path: Path, defaults: tuple[tuple[Path, str], ...]) -> FoundSource:
    sidecar = Path(f"{path}{SIDECAR_SUFFIX}")
    own = ((sidecar, _sha256(sidecar)),) if _lies_within(root, sidecar) else ()
    metadata = (*defaults, *own)  # weakest first
    content = _sha256(path)
    parts = [content, *(digest for _, digest in metadata), *(_sha256(each) for each in chapter_files(path))]
    revision = hashlib.sha256("".join(parts).encode()).hexdigest()
    files = tuple(each for each, _ in metadata)
    return FoundSource(_printable(path.relative_to(root)), path, content, revision, files)


def _printable(path: Path) -> str:
    """Return a path as text; bytes that are no UTF-8 become "?", and reading will refuse the name."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"  # named with its reason when it is read


def former_paths(plan: Plan) -> Mapping[str, str]:
    """Return for each renamed source the path that its passages still have."""
    return {found.source: former for former, found in plan.renamed}
