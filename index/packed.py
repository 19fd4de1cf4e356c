"""What libraries take long to read, kept as they use it, beside the installed packages.

`python -m index`, a step of the installation, writes these files; where that was not done, or a file is
damaged or of another release, what it holds is read as it comes.
"""

from __future__ import annotations

import io
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.durable import write_atomically

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

FOLDER = Path(sys.prefix) / "share" / "partnerschaftslotse"
_RELEASE = "release"
_LOG = logging.getLogger(__name__)


def read_packed(path: Path, release: str, names: Collection[str]) -> dict[str, NDArray[Any]] | None:
    """Return the arrays `names` that `write_packed` wrote.

    None if the file is not there, damaged, of another release or without one of them.
    """
    try:
        content = io.BytesIO(path.read_bytes())
        with np.load(content, allow_pickle=False) as stored:  # reading compares the archive's checksums
            written = str(stored[_RELEASE])
            parts = {name: stored[name] for name in names} if written == release else None
    except FileNotFoundError:
        return None
    except Exception as error:  # noqa: BLE001 - a flipped bit makes zipfile and numpy raise nearly anything
        _LOG.warning("%s is damaged, a new installation mends it: %r", path.name, error)
        return None
    return parts


def write_packed(path: Path, release: str, parts: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays of one release, which says all that they depend on.

    Raises:
        OSError: the folder cannot be written.
    """
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **{_RELEASE: np.array(release), **parts})
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content.getvalue())
