"""Figures on their way out: to the terminal and, with machine and date, to a file."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_RESULTS = Path(__file__).parent / "results"


def write(name: str, figures: Mapping[str, object]) -> Path:
    """Write figures to `benchmarks/results/<name>.json`, with where and when they were measured."""
    record = {
        "command": " ".join(["python", "-m", _module(Path(sys.argv[0])), *sys.argv[1:]]),
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "commit": _commit(),
        **figures,
    }
    _RESULTS.mkdir(exist_ok=True)
    path = _RESULTS / f"{name}.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _module(program: Path) -> str:
    """Return what was started; of a package, its folder's name."""
    return f"benchmarks.{program.parent.name if program.stem == '__main__' else program.stem}"


def show(lines: Iterable[str], code: int = 0) -> int:
    """Print lines, to the error stream if `code` says failure; return the code."""
    stream = sys.stderr if code else sys.stdout
    stream.writelines(f"{line}\n" for line in lines)
    return code


def _commit() -> str:
    asked = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607 - git is wherever PATH has it
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() or "unknown"
