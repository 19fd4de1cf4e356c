"""`python -m ingest questions`: what people asked in vain and left for the staff."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from index.open_questions import FILE_NAME, OpenQuestions
from ingest.upkeep import Outcome

if TYPE_CHECKING:
    from argparse import Namespace

    from index.open_questions import OpenQuestion
    from index.settings import Settings

_VERDICTS = {"answered": "beantwortet", "partial": "vielleicht", "none": "nichts gefunden"}
_NONE = "Es gibt keine offenen Fragen."
_NOT_WIPED = (
    "Achtung: Die gelöschten Fragen stehen vielleicht noch als Reste in der Datei. Bitte prüfen Sie den "
    "freien Platz; das nächste Löschen räumt sie weg."
)
_HEAD = "Tag         Mal  Urteil           Frage"


def questions(settings: Settings, options: Namespace) -> Outcome:
    """List the questions, the latest first; with `--clear` they are deleted afterwards."""
    kept = OpenQuestions(settings.data / FILE_NAME)
    found = kept.all()
    lines = [_HEAD, *map(_line, found)] if found else [_NONE]
    report = {"questions": [_as_json(each) for each in found], "cleared": bool(options.clear)}
    then = partial(_cleared, kept, found) if options.clear and found else None
    return Outcome(lines, report, then=then)


def _cleared(kept: OpenQuestions, listed: list[OpenQuestion]) -> list[str]:
    cleared = kept.clear(listed)
    lines = [f"Gelöscht: {cleared.number}."]
    if stay := len(listed) - cleared.number:
        lines.append(f"Geblieben: {stay}, inzwischen noch einmal gefragt.")
    return lines if cleared.wiped else [*lines, _NOT_WIPED]


def _line(each: OpenQuestion) -> str:
    verdict = _VERDICTS.get(each.verdict, each.verdict)
    return f"{each.day:%d.%m.%Y} {each.times:>4}  {verdict:<15}  {each.question}"


def _as_json(each: OpenQuestion) -> dict[str, object]:
    return {
        "day": each.day.isoformat(),
        "times": each.times,
        "verdict": each.verdict,
        "question": each.question,
    }
