"""Trials kept under KB_DATA: the generation that serves was asked when it was the candidate."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from index.durable import write_atomically
from index.generations import GenerationRecord  # noqa: TC001 - pydantic resolves the annotations
from index.trial import Trial  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A trial with all that its generation says of itself: after a new start the names begin anew."""

    record: GenerationRecord
    trial: Trial


_KEPT: TypeAdapter[_Kept] = TypeAdapter(_Kept)


class KeptTrials:
    """One file a generation in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, record: GenerationRecord, key: str) -> Trial | None:
        """Return the trial of this very generation with this key; None if there is none.

        A generation of an earlier version does not say when it was made, so it is never known again.
        """
        try:
            kept = _KEPT.validate_json(self._path(record.id).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            _LOG.warning("the kept trial of %s is passed over: %r", record.id, error)
            return None
        known = record.made_at is not None and kept.record == record and kept.trial.key == key
        return kept.trial if known else None

    def keep(self, record: GenerationRecord, trial: Trial) -> None:
        """Keep a trial in place of an earlier one of a generation of that name.

        Raises:
            OSError: the folder cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path(record.id), _KEPT.dump_json(_Kept(record, trial)))

    def keep_only(self, generations: Iterable[str]) -> None:
        """Delete the trials of all generations but these.

        Raises:
            OSError: the folder cannot be written.
        """
        wanted = {self._path(name) for name in generations}
        for path in set(self._folder.glob("g*.json")) - wanted:
            path.unlink(missing_ok=True)

    def _path(self, generation: str) -> Path:
        return self._folder / f"{generation}.json"
