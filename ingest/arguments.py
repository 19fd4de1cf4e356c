"""What can be said on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from index.generations import KEPT
from ingest import generation_list, left_open, upkeep, wholeness

if TYPE_CHECKING:
    from collections.abc import Sequence

_INGESTION = "Nimmt die Materialien eines Ordners in den Bestand auf."
_EPILOG = (
    "Außerdem: »python -m ingest generations | rollback [STAND] | verify [STAND] | prune | backup DATEI | "
    "restore DATEI | questions«, je mit --help. Ein Ordner, der so heißt, wird mit »./« davor genannt."
)
UPKEEP = ("generations", "rollback", "verify", "prune", "backup", "restore", "questions")


def parsed_ingestion(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what was said to `python -m ingest` alone; exit with 2 if it is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m ingest", description=_INGESTION, epilog=_EPILOG, allow_abbrev=False
    )
    parser.add_argument("corpus", nargs="?", type=Path, help="Ordner mit den Materialien (sonst KB_CORPUS)")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--dry-run", action="store_true", help="lesen und zeigen, was sich ändern würde")
    mode.add_argument("--watch", action="store_true", help="bleiben und jede Änderung veröffentlichen")
    mode.add_argument(
        "--force", action="store_true", help="auch veröffentlichen, was die Suche verschlechtert"
    )
    parser.add_argument("--why", metavar="GRUND", help="warum --force; steht dann bei »generations«")
    parser.add_argument("--json", action="store_true", help="Bericht als JSON in der letzten Zeile")
    parser.add_argument("--progress", action="store_true", help="davor je halbe Sekunde eine Zeile JSON")
    options = parser.parse_args(arguments)
    if options.watch and (options.json or options.progress):
        parser.error("--watch berichtet selbst, ohne --json und --progress")
    if options.why and not options.force:
        parser.error("--why gehört zu --force")
    return options


def parsed_upkeep(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what was said to `python -m ingest generations` and the others; exit with 2 if it is wrong."""
    parser = argparse.ArgumentParser(prog="python -m ingest")
    commands = parser.add_subparsers(required=True)
    generations = _command(commands, "generations", "Zeigt die Stände, die es gibt.")
    generations.set_defaults(run=generation_list.generations)
    rollback = _command(commands, "rollback", "Geht zu einem früheren Stand zurück, sonst zum vorigen.")
    rollback.add_argument("generation", nargs="?", metavar="STAND")
    rollback.add_argument("--why", metavar="GRUND", help="warum; steht dann bei »generations«")
    rollback.set_defaults(run=upkeep.rollback)
    verify = _command(commands, "verify", "Prüft, ob ein Stand vollständig und unversehrt ist, sonst alle.")
    verify.add_argument("generation", nargs="?", metavar="STAND")
    verify.set_defaults(run=wholeness.verify)
    prune = _command(commands, "prune", "Löscht ältere Stände und was abgebrochene Aufnahmen übrig ließen.")
    prune.add_argument("--keep", type=int, default=KEPT, metavar="N", help=f"so viele bleiben (sonst {KEPT})")
    prune.set_defaults(run=upkeep.prune)
    backup = _command(commands, "backup", "Sichert Materialien, Stand und Datenbank in eine Datei.")
    backup.add_argument("file", type=Path, metavar="DATEI")
    backup.set_defaults(run=upkeep.backup)
    restore = _command(commands, "restore", "Holt eine Sicherung zurück.")
    restore.add_argument("file", type=Path, metavar="DATEI")
    restore.add_argument(
        "--replace", action="store_true", help="auch wo schon etwas ist; das Bisherige bleibt daneben liegen"
    )
    restore.set_defaults(run=upkeep.restore)
    questions = _command(commands, "questions", "Zeigt die Fragen, die jemand dagelassen hat.")
    questions.add_argument("--clear", action="store_true", help="und löscht sie danach")
    questions.set_defaults(run=left_open.questions)
    return parser.parse_args(arguments)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, description=what, help=what)
    parser.add_argument("--json", action="store_true", help="Ergebnis als JSON in der letzten Zeile")
    return parser
