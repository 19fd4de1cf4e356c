"""A peer's script as a process of its own: the export goes in, rankings come out."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.peers.failure import PeerFailedError, reason

_ROOT = Path(__file__).parent.parent.parent
_LIMIT_S = 600
_ALONE = {
    "PYTHONPATH": str(_ROOT),  # where the script and `exchange` lie
    "PYTHONWARNINGS": "ignore",
    "HF_HUB_OFFLINE": "1",  # vectors come from us, so no model may be fetched
    "HAYSTACK_TELEMETRY_ENABLED": "false",
}


def run(module: str, python: Path, export: Path, limit_s: float = _LIMIT_S) -> str:
    """Run a module of `scripts/` with `python` on the export in a folder; return the JSON that it wrote.

    Raises:
        PeerFailedError: it fails, writes nothing or takes too long.
    """
    with TemporaryDirectory() as folder:
        target = Path(folder) / "rankings.json"
        command = [str(python), "-m", f"benchmarks.peers.scripts.{module}", str(export), str(target)]
        try:
            done = subprocess.run(  # noqa: S603 - our own scripts
                command,
                cwd=folder,  # what a library leaves behind goes with it
                env={**os.environ, **_ALONE},
                capture_output=True,
                text=True,
                check=False,
                timeout=limit_s,
            )
        except subprocess.TimeoutExpired:
            message = f"nach {limit_s:g} s nicht fertig"
            raise PeerFailedError(message) from None
        except OSError as error:
            message = f"lässt sich nicht starten: {error}"
            raise PeerFailedError(message) from error
        if done.returncode:
            raise PeerFailedError(reason(done.stderr))
        if not target.exists():
            message = "hat nichts geschrieben"
            raise PeerFailedError(message)
        return target.read_text(encoding="utf-8")
