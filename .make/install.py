"""`make` runs this before anything is installed; it needs nothing but a Python old enough to complain.

Makes `.venv` and installs what pyproject.toml names in the versions of constraints.txt; does nothing
when that has been done.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
DONE = VENV / "installed"
CONSTRAINTS = ROOT / "constraints.txt"
NEEDED_PYTHON = (3, 11)
NEEDED_BYTES = 4 * 10**9  # 2.5 GB of packages with torch's CPU build, 0.5 GB of model, room to unpack


def main(arguments: list[str]) -> int:
    """Install for running, with --dev for testing, with --lock to write the constraints anew."""
    if "--lock" in arguments:
        return lock()
    extra = "[dev]" if "--dev" in arguments else ""
    if _installed() in {_fingerprint(extra), _fingerprint("[dev]")}:
        return 0
    trouble = obstacle()
    if trouble:
        sys.stderr.write(trouble + "\n")
        return 1
    sys.stderr.write("Richte .venv ein (einmalig, einige Minuten) ...\n")
    if _install(VENV, extra, ["-c", str(CONSTRAINTS)]):
        sys.stderr.write(
            "Die Installation ist gescheitert; der Grund steht darüber. "
            "Ist das Paketverzeichnis erreichbar? Danach einfach noch einmal aufrufen.\n"
        )
        return 1
    DONE.write_text(_fingerprint(extra))
    return 0


def obstacle() -> str:
    """Return one sentence about what stands in the way, with its cure, or an empty text."""
    if sys.version_info < NEEDED_PYTHON:
        version = ".".join(str(number) for number in sys.version_info[:2])
        return (
            f"Python {version} ist zu alt: nötig ist 3.11 oder neuer, etwa mit: make start PYTHON=python3.12"
        )
    try:
        tempfile.TemporaryFile(dir=ROOT).close()
    except OSError:
        return f"In {ROOT} fehlt das Schreibrecht. Legen Sie das Projekt in einen Ordner, der Ihnen gehört."
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES and not DONE.exists():
        return (
            f"Es fehlt Platz: nötig sind {NEEDED_BYTES / 1e9:.0f} GB in {ROOT}, frei {free / 1e9:.1f} GB. "
            "Geben Sie Platz frei und rufen Sie noch einmal auf."
        )
    return ""


def lock() -> int:
    """Write constraints.txt from what pip resolves in an empty environment; return an exit code."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        code = _install(target, "[dev]", [])
        if code:
            return code
        freeze = [str(_python(target)), "-m", "pip", "freeze", "--exclude-editable"]
        lines = subprocess.check_output(freeze, text=True).splitlines()
    # "+cpu" names a build of the same version; without it every platform finds its own.
    versions = [line.split("+")[0] for line in lines if not line.startswith("nvidia-")]
    head = "# The exact versions that this release is tested with. Written by `make lock`."
    CONSTRAINTS.write_text("\n".join([head, *versions]) + "\n")
    return 0


def _install(target: Path, extra: str, options: list[str]) -> int:
    """Make the environment `target`, install and pack what the project reads; return the exit code."""
    try:
        venv.create(target, with_pip=True, clear=not _python(target).exists())
    except (subprocess.CalledProcessError, OSError) as error:
        sys.stderr.write(f"Eine Python-Umgebung lässt sich nicht anlegen ({error}).\n")
        sys.stderr.write("Unter Debian und Ubuntu hilft: sudo apt install python3-venv\n")
        return 1
    index = os.environ.get("TORCH_INDEX")
    if index:
        options = [*options, "--extra-index-url", index]
    pip = [str(_python(target)), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    code = subprocess.call([*pip, *options, "-e", f"{ROOT}{extra}"], cwd=ROOT)
    return code or subprocess.call([str(_python(target)), "-m", "index"], cwd=ROOT)


def _python(target: Path) -> Path:
    return target / "bin" / "python"


def _fingerprint(extra: str) -> str:
    """Return what `installed` holds after an installation from the files as they are now."""
    digest = hashlib.sha256(extra.encode())
    for path in (ROOT / "pyproject.toml", CONSTRAINTS):
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _installed() -> str:
    return DONE.read_text() if DONE.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
