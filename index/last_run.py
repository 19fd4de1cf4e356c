"""What the last ingestion could not take in: kept in a file beside the index, for whoever asks later."""

from __future__ import annotations

import logging
from collections.abc import Mapping  # noqa: TC003 - pydantic resolves the annotations at run time
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - as above
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from index.durable import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "report.json"  # under KB_DATA

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LastRun:
    """When it ended, the sources that failed with their reasons, and how many passages it encoded a second.

    The rate is the last one known: a run that encodes almost nothing says nothing about it.
    """

    as_of: datetime
    failed: Mapping[str, str]
    passages_per_s: float | None = None


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
