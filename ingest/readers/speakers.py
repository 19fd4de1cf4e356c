"""Who speaks, where a transcript writes the name before the words."""

from __future__ import annotations

import re

from ingest.readers.running_text import collapse

_NAME_WORD = r"(?:[A-ZÄÖÜÀ-Þ][\w.'’-]*|von|van|de|der|zu)"
_NUMBERED = r"(?:Sprecher(?:in)?|Speaker|Person|Stimme|Gast|Teilnehmer(?:in)?|Befragte[r]?) \d{1,2}"
_SPEAKER = re.compile(
    rf"(?:>>\s*|[-–] )?(?P<name>{_NUMBERED}|[A-ZÄÖÜÀ-Þ][\w.'’-]*(?: {_NAME_WORD}){{0,3}})"
    r"\s*:\s+(?P<words>\S.*)",
    re.DOTALL,
)
# Nouns that introduce a sentence look like a name, and as a name they would be missing from the text.
_NOT_A_NAME = re.compile(
    r"(Achtung|Also|Antwort|Aber|Beispiel|Erstens|Zweitens|Drittens|Fazit|Frage|Hinweis|Kurz|Merke|Nein|Ja|Punkt"
    r"|Stichwort|Thema|Tipp|Und|Warnung|Wichtig|Ergebnis|Vorteil|Nachteil|Frist|Termin|Uhr|Kosten|Ziel"
    r"|\w*(?:ung|heit|keit|schaft|tion|tät|nis|frist|kosten|geld|mittel|verein|pflicht|schutz))(en)?",
    re.IGNORECASE,
)


def speaker_and_words(text: str) -> tuple[str | None, str]:
    """Return "Anna Muster" and "Guten Tag" for "Anna Muster: Guten Tag"; no name where none is meant."""
    match = _SPEAKER.fullmatch(text)
    if match is None or _NOT_A_NAME.fullmatch(match["name"]):
        return None, text
    return collapse(match["name"]), match["words"]
