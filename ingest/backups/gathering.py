"""What of a folder goes into a backup: every ordinary file, hidden ones too; what does not is named."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Gathered:
    """Paths are relative to the folder; `folders` are the empty ones. `passed_over` says what and why."""

    files: dict[str, Path]
    folders: tuple[str, ...]
    passed_over: tuple[str, ...]


def gather(folder: Path) -> Gathered:
    """Return what lies below `folder`. Links are followed to files in it and never out of it.

    Raises:
        OSError: a folder below cannot be read; half a backup is none.
    """
    root = folder.resolve()
    files: dict[str, Path] = {}
    empty: list[str] = []
    passed_over: list[str] = []
    for here, folders, names in os.walk(root, onerror=_fail):
        folders.sort()
        linked = [name for name in folders if Path(here, name).is_symlink()]
        for path in (Path(here, name) for name in sorted([*names, *linked])):
            name = path.relative_to(root).as_posix()
            reason = _reason_against(path, name, root)
            if reason is None:
                files[name] = path
            else:
                passed_over.append(f"{_shown(name)}: {reason}")
        if not folders and not names and Path(here) != root:
            empty.append(Path(here).relative_to(root).as_posix())
    return Gathered(files, tuple(each for each in empty if _is_text(each)), tuple(passed_over))


def _reason_against(path: Path, name: str, root: Path) -> str | None:
    """Return why this is no file to back up, None if it is one."""
    try:
        there = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "führt ins Leere oder im Kreis"
    if not there.is_relative_to(root):
        return "führt aus dem Ordner hinaus"
    if not there.is_file():
        return "ist keine gewöhnliche Datei"
    return None if _is_text(name) else "der Name ist kein lesbarer Text; bitte benennen Sie die Datei um"


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _fail(error: OSError) -> None:
    raise error
