"""`python -m ingest`: bring the index to the state of the corpus, or look after what is published."""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import TYPE_CHECKING

from index.errors import IngestionRunningError, KnowledgeBaseError, StoreUnavailableError
from index.settings import SettingsError, read_settings
from ingest.arguments import UPKEEP, ingestion_parser, upkeep_parser
from ingest.job import Order, ingest, plan, show
from ingest.progress import JsonProgress, RichProgress
from ingest.report import EXIT_FINE, EXIT_NOTHING_PUBLISHED, EXIT_USAGE
from ingest.signature import force_of
from ingest.watching.watch import watch_corpus

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from index.settings import Settings


def main(arguments: Sequence[str]) -> int:
    """Run the command; return its exit code (0 fine, 1 nothing was done, 2 usage, 3 some sources failed)."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # `docker stop` is Ctrl-C
    upkeep = bool(arguments) and arguments[0] in UPKEEP
    options = (upkeep_parser() if upkeep else ingestion_parser()).parse_args(arguments)
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        return _refuse(str(error), EXIT_USAGE, as_json=options.json)
    if not upkeep and options.corpus is not None and not options.corpus.is_dir():
        return _refuse(f"Den Ordner {options.corpus} gibt es nicht.", EXIT_USAGE, as_json=options.json)
    act = _looked_after if upkeep else (_watched if options.watch else _ingested)
    try:
        return act(options, settings)
    except (KnowledgeBaseError, OSError) as error:
        reason = str(error) if upkeep else f"Nichts veröffentlicht: {error}"
        later = isinstance(error, IngestionRunningError | StoreUnavailableError)
    except KeyboardInterrupt:
        reason, later = "Abgebrochen. Der bisherige Bestand bleibt, wie er ist.", False
    return _refuse(reason, EXIT_NOTHING_PUBLISHED, as_json=options.json, later=later)


def _ingested(options: Namespace, settings: Settings) -> int:
    force = force_of(options.why) if options.force else None
    watcher = JsonProgress(sys.stdout) if options.progress else RichProgress()
    order = Order(options.corpus or settings.corpus, settings, force)
    with watcher as progress:
        report = plan(order, progress) if options.dry_run else ingest(order, progress)
    show(report, as_json=options.json)
    return report.exit_code


def _watched(options: Namespace, settings: Settings) -> int:
    """Watch the corpus; what else was said holds for every ingestion."""
    corpus = [str(options.corpus)] if options.corpus else []
    return watch_corpus(options.corpus or settings.corpus, corpus)


def _looked_after(options: Namespace, settings: Settings) -> int:
    outcome = options.run(settings, options)
    print(*outcome.lines, sep="\n", file=sys.stderr if options.json else sys.stdout)
    if options.json:
        print(json.dumps(outcome.report, ensure_ascii=False))
    return EXIT_FINE if outcome.fine else EXIT_NOTHING_PUBLISHED


def _refuse(reason: str, code: int, *, as_json: bool, later: bool = False) -> int:
    print(reason, file=sys.stderr)
    if as_json:
        print(json.dumps({"published": None, "error": reason, "try_again": later}, ensure_ascii=False))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
