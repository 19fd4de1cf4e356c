"""`python -m ingest [CORPUS] [--dry-run] [--json]`: bring the index to the state of the corpus."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.encoder import known_stamp, load_encoder
from index.errors import IngestionRunningError, KnowledgeBaseError
from index.last_run import LastRun, write_last_run
from index.settings import Settings, SettingsError, read_settings
from index.store import connect_store
from ingest.health_table import show_health
from ingest.isolation import IsolatedReader
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
    parser.add_argument("--dry-run", action="store_true", help="lesen und zeigen, was sich ändern würde")
    parser.add_argument("--json", action="store_true", help="Bericht als JSON in der letzten Zeile")
    return parser


def _ingest(corpus: Path, settings: Settings, *, dry_run: bool) -> Report:
    settings.data.mkdir(parents=True, exist_ok=True)
    load = cache(partial(load_encoder, settings.model, settings.data / "models"))
    stamp = known_stamp(settings.model) or load().stamp
    try:
        with (
            FileLock(settings.data / "ingest.lock", timeout=0),
            RichProgress() as progress,
            _reader(settings.data / "models" / "transcription") as reader,
        ):
            store = connect_store(settings)
            report = Ingestion(corpus, store, stamp, load, progress, read=reader.read).run(dry_run=dry_run)
            if not dry_run:
                _keep(report, settings.data)
            return report
    except Timeout as error:
        raise IngestionRunningError from error


def _reader(speech_model: Path) -> IsolatedReader:
    """Return the reader; where staff have put a speech model, it also listens to recordings."""
    return IsolatedReader.listening(speech_model) if speech_model.is_dir() else IsolatedReader()


def _keep(report: Report, data: Path) -> None:
    """Write down what failed, for the API; what is published stays so, even if that is impossible."""
    failed = {each.source: each.reason for each in report.failed}
    try:
        write_last_run(data, LastRun(datetime.now(UTC), failed))
    except OSError as error:
        print(
            f"Der Bericht in {data} ließ sich nicht schreiben ({error.strerror}); GET /sources/health nennt "
            "deshalb nicht, was misslang. Bitte prüfen Sie dort den freien Platz und Ihre Rechte.",
            file=sys.stderr,
        )


def _show(report: Report, *, as_json: bool) -> None:
    today = date.today()  # noqa: DTZ011 - the day where the materials are kept
    output = sys.stderr if as_json else sys.stdout
    print(*report.changes(), sep="\n", file=output)
    show_health(report.health(today), output)
    print(report.outcome(), file=output)
    if as_json:
        print(json.dumps(report.as_json(today), ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
