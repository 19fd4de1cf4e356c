"""What came of the last ingestion: kept in a file beside the index, for whoever asks later."""

from __future__ import annotations

import logging
from collections.abc import Mapping  # noqa: TC003 - pydantic resolves the annotations at run time
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - as above
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from index.durable import write_atomically

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE_NAME = "report.json"  # under KB_DATA
_MOST_LINES = 20
_LONGEST_LINE = 500  # characters

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unpublished:
    """An ingestion that ended `at` this time and published nothing; `reasons` are lines in German."""

    at: datetime
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastRun:
    """When it ended, which sources failed and why, how fast it was, and why nothing was published if so.

    `as_of` and `failed` are those of the last run that came to its end; `as_of` is None if none did.
    `passages_per_s` is how fast it read and encoded, `fixed_s` how long everything else took. Both are the
    last known: a run that encodes almost nothing, or publishes nothing, says nothing about them.
    `unpublished` is None again after a run that had nothing to complain of.
    """

    as_of: datetime | None
    failed: Mapping[str, str]
    passages_per_s: float | None = None
    fixed_s: float | None = None
    unpublished: Unpublished | None = None


_LAST_RUN: TypeAdapter[LastRun] = TypeAdapter(LastRun)


def write_last_run(data: Path, run: LastRun) -> None:
    """Keep `run` in place of the one before."""
    write_atomically(data / FILE_NAME, _LAST_RUN.dump_json(run, indent=1).decode("utf-8"))


def read_last_run(data: Path) -> LastRun | None:
    """Return the last run, None if there is no account of it or none that can be read."""
    try:
        return _LAST_RUN.validate_json((data / FILE_NAME).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        _LOG.warning("the account of the last ingestion is unreadable: %r", error)
        return None


def bounded(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines as they are kept: not too long, at most 20, the last one always among them.

    The last one says what is to be done.
    """
    kept = [_shortened(line) for line in lines]
    if len(kept) <= _MOST_LINES:
        return tuple(kept)
    left_out = len(kept) - _MOST_LINES + 1
    return (*kept[: _MOST_LINES - 2], f"… und {left_out} weitere Zeilen", kept[-1])


def _shortened(line: str) -> str:
    whole = line.encode("utf-8", "replace").decode("utf-8")  # names of files may have half letters
    return whole if len(whole) <= _LONGEST_LINE else f"{whole[: _LONGEST_LINE - 2]} …"
