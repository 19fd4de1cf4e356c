"""Where things lie: what a backup and a restoration ask of places before they begin."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from index.disk_space import require_room
from ingest.backups.databases import find_databases, with_its_files
from ingest.backups.manifest import CORPUS, DATA, INDEX, ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from index.collection import Collection
    from ingest.backups.manifest import Manifest

_ADVICE = "Es wurde nichts verändert. Schaffen Sie dort Platz, und stellen Sie dann noch einmal wieder her."
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, `docker stop`, a closed window
_KEPT = ".vor-"  # and the time: behind the names of what a restoration kept


@dataclass(frozen=True, slots=True)
class Places:
    """The final places, both absolute, and the folders on the same disks to unpack into.

    `mark` is what stands behind the names of the former things that are kept.
    """

    corpus: Path
    data: Path
    mark: str

    @property
    def new_corpus(self) -> Path:
        """Beside the corpus, hidden."""
        return self.corpus.with_name(f".{self.corpus.name}.neu")

    @property
    def new_data(self) -> Path:
        """Holds the folders `index` and `data`."""
        return self.data / "restore.neu"

    def former(self, path: Path) -> Path:
        """Return the name under which what lies at `path` is kept."""
        return path.with_name(path.name + self.mark)

    @contextmanager
    def prepared(self) -> Iterator[None]:
        """Make sure that there is nothing aside, neither before nor afterwards."""
        self._clear()
        self.data.mkdir(parents=True, exist_ok=True)
        self.corpus.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield
        finally:
            with undisturbed():
                self._clear()

    def _clear(self) -> None:
        for aside in (self.new_corpus, self.new_data):
            shutil.rmtree(
                aside, ignore_errors=True
            )  # before, unpacking says what is wrong; afterwards all is done


def places_of(corpus: Path, data: Path, now: datetime) -> Places:
    """Return where a backup goes.

    Raises:
        ArchiveError: the corpus cannot be replaced as a whole, or something was kept this very second.
    """
    require_apart(corpus, data)
    places = Places(corpus.resolve(), data.resolve(), f"{_KEPT}{now:%Y-%m-%d-%H%M%S}")
    if os.path.ismount(places.corpus):
        message = (
            f"Der Ordner {corpus} ist ein eigener Datenträger oder in einen Container eingehängt und lässt "
            "sich deshalb nicht austauschen. Nennen Sie mit KB_CORPUS einen Ordner darin; mit Docker nehmen "
            "Sie »docker compose run --rm upkeep python -m ingest restore /haus/DATEI«."
        )
        raise ArchiveError(message)
    kept = [path for folder in (places.corpus.parent, places.data) for path in folder.glob(f"*{places.mark}")]
    if kept:
        message = f"Es gibt schon {kept[0]}. Bitte stellen Sie in einer Sekunde noch einmal wieder her."
        raise ArchiveError(message)
    return places


def require_apart(corpus: Path, data: Path) -> None:
    """Refuse settings by which the index lies among the materials: one would be part of the other.

    Raises:
        ArchiveError: it does.
    """
    if data.resolve().is_relative_to(corpus.resolve()):
        message = (
            f"KB_DATA ({data}) liegt im Ordner der Materialien ({corpus}). Bitte nennen Sie mit KB_DATA "
            "einen Ordner außerhalb davon."
        )
        raise ArchiveError(message)


def broken_off(corpus: Path) -> str | None:
    """Return what to do if a restoration broke off between the two renames of the materials; else None."""
    place = corpus.resolve()
    if place.exists():
        return None
    kept = place.parent.glob(f"{escape(place.name)}{_KEPT}*")
    latest = max((path.name for path in kept), default=None)
    return latest and (
        f"Eine Wiederherstellung brach ab: Den Ordner {corpus} gibt es nicht, und was darin war, liegt "
        f"daneben als »{latest}«. Es ist nichts verloren. Holen Sie dieselbe Sicherung noch einmal zurück, "
        "mit »python -m ingest restore DATEI --replace«."
    )


def has_content(folder: Path) -> bool:
    """Whether anything lies in a folder, if there is one."""
    return folder.exists() and any(folder.iterdir())


def require_free(places: Places, collection: Collection) -> None:
    """Refuse to restore over anything.

    Raises:
        ArchiveError: names what there is, and what `--replace` would do.
    """
    found = [f"Materialien im Ordner {places.corpus}"] if has_content(places.corpus) else []
    found += [f"die Datenbank {path.name}" for path in find_databases(places.data)]
    if published := collection.published():
        found.append(f"der veröffentlichte Stand {published}")
    if found:
        message = (
            f"Hier gibt es schon etwas: {', '.join(found)}. Mit --replace tritt die Sicherung an dessen "
            f"Stelle; Dateien bleiben daneben erhalten (»{places.former(places.corpus).name}«), und zum "
            "bisherigen Stand führt »python -m ingest rollback« zurück. Es wurde nichts verändert."
        )
        raise ArchiveError(message)


def require_rooms(places: Places, manifest: Manifest) -> None:
    """Refuse to unpack what there is no room for; holes in files count, since nobody vouches for them.

    Raises:
        StoreFullError: says how much there is and how much is needed.
    """
    sizes = {top: sum(member.size for member in manifest.below(top)) for top in (CORPUS, INDEX, DATA)}
    existing = sum(
        path.stat().st_size
        for member in manifest.below(DATA)
        for path in with_its_files(places.data / Path(member.path).name)
        if path.is_file()
    )
    # Of databases there are for a while: the unpacked one, the one in place, the former one that is kept,
    # and what SQLite writes down of it in order to go back.
    needed = [(places.corpus.parent, sizes[CORPUS])]
    needed += [(places.data, sizes[INDEX] + 2 * sizes[DATA] + 2 * existing)]
    for folder, _ in needed:
        device = folder.stat().st_dev
        require_room(folder, sum(size for other, size in needed if other.stat().st_dev == device), _ADVICE)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ignore what else would end it while something is tidied up: who presses Ctrl-C twice gets no half."""
    former = {each: signal.signal(each, signal.SIG_IGN) for each in _ENDINGS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler or signal.SIG_DFL)
