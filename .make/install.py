"""`make` runs this before anything is installed: it needs nothing but an old enough Python to complain.

Makes `.venv` and installs what pyproject.toml names in the versions of constraints.txt; does nothing
when that has been done.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
DONE = os.path.join(VENV, "installed")
CONSTRAINTS = os.path.join(ROOT, "constraints.txt")
NEEDED_PYTHON = (3, 11)
NEEDED_BYTES = 4 * 10**9  # 2.6 GB of packages with torch's CPU build, 0.5 GB of model, room to unpack


def main(arguments):
    """Install for running, with --dev for testing, with --lock to write the constraints anew."""
    if "--lock" in arguments:
        return lock()
    extra = "[dev]" if "--dev" in arguments else ""
    wanted = fingerprint(extra)
    if installed() in (wanted, fingerprint("[dev]")):
        return 0
    trouble = obstacle()
    if trouble:
        sys.stderr.write(trouble + "\n")
        return 1
    sys.stderr.write("Richte .venv ein (einmalig, einige Minuten) ...\n")
    code = install(VENV, extra, ["-c", CONSTRAINTS])
    if code:
        sys.stderr.write(
            "Die Installation ist gescheitert; der Grund steht darüber. "
            "Ist das Paketverzeichnis erreichbar? Danach einfach noch einmal aufrufen.\n"
        )
        return 1
    with open(DONE, "w") as file:
        file.write(wanted)
    return 0


def obstacle():
    """Return one sentence about what stands in the way, with its cure, or an empty text."""
    if sys.version_info < NEEDED_PYTHON:
        return "Python {}.{} ist zu alt: nötig ist mindestens 3.11. Zum Beispiel: make start PYTHON=python3.12".format(
            *sys.version_info[:2]
        )
    try:
        tempfile.TemporaryFile(dir=ROOT).close()
    except OSError:
        return f"In {ROOT} fehlt das Schreibrecht. Legen Sie das Projekt in einen Ordner, der Ihnen gehört."
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES:
        return (
            f"Es fehlt Platz: nötig sind {NEEDED_BYTES / 1e9:.0f} GB in {ROOT}, frei sind {free / 1e9:.1f} GB. "
            "Geben Sie Platz frei und rufen Sie noch einmal auf."
        )
    return ""


def install(target, extra, options):
    """Make the environment `target` and install the project with its dependencies; return pip's code."""
    venv.create(target, with_pip=True, clear=not os.path.exists(os.path.join(target, "bin", "python")))
    pip = [os.path.join(target, "bin", "python"), "-m", "pip", "--disable-pip-version-check"]
    index = os.environ.get("TORCH_INDEX")
    if index:
        options = [*options, "--extra-index-url", index]
    return subprocess.call([*pip, "install", "--quiet", *options, "-e", ROOT + extra], cwd=ROOT)


def lock():
    """Write constraints.txt from what pip resolves in an empty environment; return an exit code."""
    with tempfile.TemporaryDirectory() as folder:
        code = install(folder, "[dev]", [])
        if code:
            return code
        freeze = [os.path.join(folder, "bin", "python"), "-m", "pip", "freeze", "--exclude-editable"]
        lines = subprocess.check_output(freeze, text=True).splitlines()
    # "+cpu" names a build of the same version; without it every platform finds its own.
    versions = [line.split("+")[0] for line in lines if not line.startswith("nvidia-")]
    with open(CONSTRAINTS, "w") as file:
        file.write("# The exact versions that this release is tested with. Written by `make lock`.\n")
        file.write("\n".join(versions) + "\n")
    return 0


def fingerprint(extra):
    """Return what `installed` holds after an installation from the files as they are now."""
    digest = hashlib.sha256(extra.encode())
    for name in ("pyproject.toml", "constraints.txt"):
        path = os.path.join(ROOT, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                digest.update(file.read())
    return digest.hexdigest()


def installed():
    """Return the fingerprint of the last complete installation, or an empty text."""
    try:
        with open(DONE) as file:
            return file.read()
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
