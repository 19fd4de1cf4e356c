"""`python -m ingest questions`: what people asked in vain and left for the staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.open_questions import FILE_NAME, OpenQuestions
from ingest.upkeep import Outcome

if TYPE_CHECKING:
    from argparse import Namespace

    from index.open_questions import OpenQuestion
    from index.settings import Settings

_VERDICTS = {"answered": "beantwortet", "partial": "vielleicht", "none": "nichts gefunden"}
_NONE = "Es gibt keine offenen Fragen."
_HEAD = "Tag         Mal  Urteil           Frage"


def questions(settings: Settings, options: Namespace) -> Outcome:
    """List the questions, the latest first; with `--clear` they are deleted afterwards."""
    kept = OpenQuestions(settings.data / FILE_NAME)
    found = kept.clear() if options.clear else kept.all()
    lines = [_HEAD, *map(_line, found)] if found else [_NONE]
    if options.clear and found:
        lines.append(f"Gelöscht: {len(found)}.")
    listed = [_as_json(each) for each in found]
    return Outcome(lines, {"questions": listed, "cleared": bool(options.clear)})


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
