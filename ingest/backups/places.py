"""Where a backup is put back to: what may not lie there already, and the room aside to unpack it in."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.disk_space import require_room
from ingest.backups.backup import require_apart
from ingest.backups.databases import find_databases
from ingest.backups.manifest import CORPUS, DATA, INDEX, ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from index.collection import Collection
    from ingest.backups.manifest import Manifest

_ADVICE = "Es wurde nichts verändert. Schaffen Sie dort Platz, und stellen Sie dann noch einmal wieder her."


@dataclass(frozen=True, slots=True)
class Places:
    """The final places, both absolute, and the folders on the same disks to unpack into."""

    corpus: Path
    data: Path
    began: datetime

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
        return path.with_name(f"{path.name}.vor-{self.began:%Y-%m-%d-%H%M%S}")

    @contextmanager
    def prepared(self) -> Iterator[None]:
        """Make sure that there is nothing aside, neither before nor afterwards."""
        self._clear()
        self.data.mkdir(parents=True, exist_ok=True)
        self.corpus.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield
        finally:
            self._clear(ignore_errors=True)  # what was done is done

    def _clear(self, *, ignore_errors: bool = False) -> None:
        for aside in (self.new_corpus, self.new_data):
            if aside.exists():
                shutil.rmtree(aside, ignore_errors=ignore_errors)


def places_of(corpus: Path, data: Path, now: datetime) -> Places:
    """Return where a backup goes.

    Raises:
        ArchiveError: the corpus cannot be replaced as a whole.
    """
    require_apart(corpus, data)
    places = Places(corpus.resolve(), data.resolve(), now)
    if os.path.ismount(places.corpus):
        message = (
            f"Der Ordner {corpus} ist ein eigener Datenträger oder in einen Container eingehängt und lässt "
            "sich deshalb nicht in einem Schritt austauschen. Stellen Sie außerhalb des Containers wieder "
            "her, oder nennen Sie mit KB_CORPUS einen Ordner darin."
        )
        raise ArchiveError(message)
    return places


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
    needed = [(places.corpus.parent, sizes[CORPUS]), (places.data, sizes[INDEX] + sizes[DATA])]
    for folder, _ in needed:
        device = folder.stat().st_dev
        require_room(folder, sum(size for other, size in needed if other.stat().st_dev == device), _ADVICE)
