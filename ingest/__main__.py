"""`python -m ingest`: bring the index to the state of the corpus, or look after what is published."""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import TYPE_CHECKING

from index.errors import IngestionRunningError, KnowledgeBaseError, StoreUnavailableError
from index.settings import SettingsError, read_settings
from index.store import connect_store
from ingest.account import keep_failure
from ingest.arguments import UPKEEP, parsed_ingestion, parsed_upkeep
from ingest.backups.places import broken_off
from ingest.endings import end_like_ctrl_c
from ingest.job import Order, ingest, plan, show
from ingest.progress import JsonProgress, RichProgress
from ingest.report import EXIT_NOTHING_PUBLISHED, EXIT_SOME_FAILED, EXIT_USAGE
from ingest.signature import force_of
from ingest.watching.watch import watch_corpus

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.settings import Settings

_NOBODY_READS = "Die Ausgabe ist geschlossen, niemand könnte die Liste lesen. Es wurde nichts gelöscht."
_ENDED = "Abgebrochen."
_AWAY = "?"  # no generation's name: what is served cannot be asked


def main(arguments: Sequence[str]) -> int:
    """Run the command; return its exit code (0 fine, 1 nothing was done, 2 usage, 3 some sources failed)."""
    end_like_ctrl_c()
    upkeep = bool(arguments) and arguments[0] in UPKEEP
    options = parsed_upkeep(arguments) if upkeep else parsed_ingestion(arguments)
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        return _refuse(str(error), EXIT_USAGE, as_json=options.json)
    if not upkeep and options.corpus is not None and not options.corpus.is_dir():
        missing = f"Den Ordner {options.corpus} gibt es nicht."
        return _refuse(broken_off(options.corpus) or missing, EXIT_USAGE, as_json=options.json)
    _log_to(settings.data / "log" / "ingest.log")
    if upkeep:
        return _tried(_looked_after, options, settings)
    return _tried(_watched if options.watch else _ingested, options, settings)


def _tried(act: Callable[[Namespace, Settings], int], options: Namespace, settings: Settings) -> int:
    """Return the exit code of what was to be done, also if it could not be."""
    before, later, busy = _published(settings), False, False
    try:
        return act(options, settings)
    except KnowledgeBaseError as error:
        reason = str(error)
        busy = isinstance(error, IngestionRunningError)
        later = busy or isinstance(error, StoreUnavailableError)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        reason = f"{error.strerror or error}{where}. Bitte prüfen Sie dort den freien Platz und Ihre Rechte."
    except KeyboardInterrupt:
        reason = _ENDED
    after = _published(settings)
    if _AWAY not in (before, after) and after != before:  # what failed came after the swap
        reason = f"Jetzt gilt Stand {after}; danach ging etwas schief: {reason}"
        return _refuse(reason, EXIT_SOME_FAILED, as_json=options.json, published=after)
    if act is _ingested and not options.dry_run and not busy and reason != _ENDED:
        keep_failure(reason, settings, options.corpus or settings.corpus)
    reason = f"{reason} Der bisherige Bestand bleibt, wie er ist." if reason == _ENDED else reason
    return _refuse(reason, EXIT_NOTHING_PUBLISHED, as_json=options.json, later=later)


def _published(settings: Settings) -> str | None:
    try:
        return connect_store(settings).published()
    except KnowledgeBaseError:
        return _AWAY


def _log_to(path: Path) -> None:
    """Keep what is for us away from what is for the person at the terminal."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:  # it will be said when something is to be written that matters
        handler = logging.NullHandler()
    logging.basicConfig(
        handlers=[handler], format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )


def _ingested(options: Namespace, settings: Settings) -> int:
    force = force_of(options.why) if options.force else None
    watcher = JsonProgress(sys.stdout) if options.progress else RichProgress()
    order = Order(options.corpus or settings.corpus, settings, force)
    with watcher as progress:
        report = plan(order, progress) if options.dry_run else ingest(order, progress)
    show(report, as_json=options.json)
    return report.exit_code


def _watched(options: Namespace, settings: Settings) -> int:
    corpus = [str(options.corpus.absolute())] if options.corpus else []
    return watch_corpus(options.corpus or settings.corpus, corpus)


def _looked_after(options: Namespace, settings: Settings) -> int:
    outcome = options.run(settings, options)
    told = sys.stderr if options.json else sys.stdout
    print(*outcome.lines, sep="\n", file=told)
    if options.json:
        print(json.dumps(outcome.report, ensure_ascii=False))
    if outcome.then is not None:
        _require_written()
        print(*outcome.then(), sep="\n", file=told)
    return int(outcome.code)


def _require_written() -> None:
    """Write out what was printed; raise if nobody can have got it."""
    if sys.stdout is None:  # closed before the start: `print` says nothing to that
        raise KnowledgeBaseError(_NOBODY_READS)
    sys.stdout.flush()


def _refuse(
    reason: str, code: int, *, as_json: bool, later: bool = False, published: str | None = None
) -> int:
    print(reason, file=sys.stderr)
    if as_json:
        report = {"published": published, "error": reason, "try_again": later}
        print(json.dumps(report, ensure_ascii=False))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
