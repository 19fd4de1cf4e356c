"""A virtual environment for each peer that brings a library, made once for each state of its requirements."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from typing import TYPE_CHECKING

from benchmarks.peers.failure import PeerFailedError, reason

if TYPE_CHECKING:
    from pathlib import Path

_LIMIT_S = 1800  # txtai brings torch: a gigabyte to load and unpack


def prepare(requirements: Path, folder: Path) -> Path:
    """Return the Python of an environment in `folder` that holds exactly these requirements.

    Raises:
        PeerFailedError: they cannot be installed.
    """
    python, done = folder / "bin" / "python", folder / "installed"
    wanted = _fingerprint(requirements)
    if done.exists() and done.read_text(encoding="ascii") == wanted:
        return python
    sys.stderr.write(f"Richte {folder} ein ...\n")
    try:
        venv.create(folder, clear=True)  # anew: nothing of an older state may stay
    except OSError as error:
        message = f"keine Python-Umgebung in {folder}: {error}"
        raise PeerFailedError(message) from error
    _install(requirements, python)
    done.write_text(wanted, encoding="ascii")
    return python


def _install(requirements: Path, python: Path) -> None:
    # Our pip installs into the other environment, which saves it a pip of its own.
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    index = os.environ.get("TORCH_INDEX")  # as in the Makefile: an index of CPU wheels
    options = ["--extra-index-url", index] if index else []
    try:
        done = subprocess.run(  # noqa: S603 - pip, with our own file
            [*pip, "install", "--quiet", *options, "-r", str(requirements)],
            capture_output=True,
            text=True,
            check=False,
            timeout=_LIMIT_S,
        )
    except subprocess.TimeoutExpired:
        message = f"Installation nach {_LIMIT_S} s nicht fertig"
        raise PeerFailedError(message) from None
    if done.returncode:
        message = f"Installation gescheitert: {reason(done.stderr)}"
        raise PeerFailedError(message)


def _fingerprint(requirements: Path) -> str:
    """Return what `installed` holds after an installation from this very file for this Python."""
    return hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
