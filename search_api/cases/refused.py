"""Why what was sent of a case cannot be taken, as one German sentence for the consultant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from search_api.schemas import FormatName

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAMES = {
    "questions": "Fragen",
    "answer": "Antworttext",
    "pins": "Fundstellen",
    "note": "Notiz",
    "text": "Textstelle",
    "title": "Titel",
}
_DESK = "Es fehlt der Tisch: die Kopfzeile X-Desk mit einer zufälligen Kennung (UUID, Version 4)"
_PATHS = {
    "case_id": "»case_id« muss eine Kennung aus GET /cases sein",
    "format_name": f"Die Mappe gibt es als {', '.join(get_args(FormatName))}",
}
_WRONG = {  # by pydantic's name
    "string_too_long": "zu lang, höchstens {most} Zeichen",
    "too_long": "zu viele, höchstens {most}",
    "extra_forbidden": "gibt es hier nicht",
}
_MOST_REASONS = 3  # more help nobody


def refusal(errors: Sequence[Mapping[str, Any]]) -> str:
    """Return what is wrong with a request about cases; `errors` are pydantic's. Nothing sent is repeated."""
    reasons = dict.fromkeys(_reason(error) for error in errors)
    return f"{'; '.join(list(reasons)[:_MOST_REASONS])}."


def _reason(error: Mapping[str, Any]) -> str:
    where, *path = error["loc"]
    if where == "header":
        return _DESK
    if where == "path":
        return _PATHS[path[0]]
    names = [part for part in path if isinstance(part, str)]
    if error["type"] == "json_invalid" or not names:
        return "Das Gesendete ist kein Fall in JSON, wie /openapi.json ihn beschreibt"
    wrong = _WRONG.get(error["type"], "fehlt oder hat einen unmöglichen Wert")
    return f"{_place(path)}: {wrong.format(most=error.get('ctx', {}).get('max_length'))}"


def _place(path: Sequence[str | int]) -> str:
    """`Fundstelle 3, Notiz`."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int) and words:
            words[-1] = f"{words[-1].removesuffix('n')} {part + 1}"  # the singular of both lists
        else:
            words.append(_NAMES.get(str(part), f"»{part}«"))
    return ", ".join(words)
