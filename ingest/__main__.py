"""`python -m ingest [CORPUS] [--dry-run] [--json]`: bring the index to the state of the corpus."""

from __future__ import annotations

import argparse
import json
import os
import sys
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.encoder import known_stamp, load_encoder
from index.errors import IngestionRunningError, KnowledgeBaseError
from index.settings import Settings, SettingsError, read_settings
from index.store import connect_store
from ingest.pipeline import Ingestion
from ingest.progress import RichProgress
from ingest.report import EXIT_NOTHING_PUBLISHED, EXIT_USAGE, Report

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Run the job; return its exit code (0 fine, 1 nothing published, 2 usage, 3 some failed)."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        return _refuse(str(error), EXIT_USAGE, as_json=options.json)
    if options.corpus is not None and not options.corpus.is_dir():
        return _refuse(f"Den Ordner {options.corpus} gibt es nicht.", EXIT_USAGE, as_json=options.json)
    try:
        report = _ingest(options.corpus or settings.corpus, settings, dry_run=options.dry_run)
    except (KnowledgeBaseError, OSError) as error:
        reason = f"Nichts veröffentlicht: {error}"
    except KeyboardInterrupt:
        reason = "Abgebrochen. Der bisherige Bestand bleibt, wie er ist."
    else:
        _show(report, as_json=options.json)
        return report.exit_code
    return _refuse(reason, EXIT_NOTHING_PUBLISHED, as_json=options.json)


def _refuse(reason: str, code: int, *, as_json: bool) -> int:
    print(reason, file=sys.stderr)
    if as_json:
        print(json.dumps({"published": None, "error": reason}, ensure_ascii=False))
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest", description="Nimmt die Materialien eines Ordners in den Bestand auf."
    )
    parser.add_argument("corpus", nargs="?", type=Path, help="Ordner mit den Materialien (sonst KB_CORPUS)")
    parser.add_argument("--dry-run", action="store_true", help="nur zeigen, was sich ändern würde")
    parser.add_argument("--json", action="store_true", help="Bericht als JSON in der letzten Zeile")
    return parser


def _ingest(corpus: Path, settings: Settings, *, dry_run: bool) -> Report:
    settings.data.mkdir(parents=True, exist_ok=True)
    load = cache(partial(load_encoder, settings.model, settings.data / "models"))
    stamp = known_stamp(settings.model) or load().stamp
    try:
        with FileLock(settings.data / "ingest.lock", timeout=0), RichProgress() as progress:
            return Ingestion(corpus, connect_store(settings), stamp, load, progress).run(dry_run=dry_run)
    except Timeout as error:
        raise IngestionRunningError from error


def _show(report: Report, *, as_json: bool) -> None:
    for line in report.lines():
        print(line, file=sys.stderr if as_json else sys.stdout)
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
