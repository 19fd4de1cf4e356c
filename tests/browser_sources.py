"""The small house that browsers look at: sources for every state a page can be in, and how to ask for it."""

from __future__ import annotations

import io
import wave
from typing import Final

from tests.conftest import ROOT

QUESTION: Final = "Wer bezahlt den Bus?"
UNKNOWN: Final = "Zitronenfalter Quantenmechanik"
MISSPELT: Final = "Wer bezahlt die Unfallversichrung?"
PERHAPS: Final = "Zahlt der Verein die Fähre nach Schottland?"
RUN_OUT: Final = "Was zahlt das Land für Zelte?"
PRINTED: Final = "Auslandsreise-Krankenversicherung mit medizinisch sinnvollem Rücktransport"
LONG: Final = "Partnerschaftsurkundenunterzeichnungsfeierlichkeitenvorbereitungsausschusssitzung"
_EARLY: Final = "Er fährt früh. "
_RATE: Final = 8_000  # samples a second; browsers play no slower ones


def silence(seconds: int) -> bytes:
    """A recording in which nothing is said."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(_RATE)
        file.writeframes(bytes([128]) * _RATE * seconds)
    return content.getvalue()


def _tents(year: int, until: str, amount: int) -> str:
    """One version of a sheet."""
    head = f"title: Zuschuss für Zelte ({year})\nyear: {year}\nvalid_until: {until}\namount_max: {amount}"
    return f"---\n{head}\n---\nFür Zelte zahlt das Land {amount} Euro.\n"


_ROADS: Final = {  # enough for more passages than are shown at first
    f"handbuch/strecke-{each}.md": f"# Strecke {each}\n\nDie Maut auf Strecke {each} zahlt der Fahrer.\n"
    for each in range(1, 9)
}
SOURCES: dict[str, str | bytes] = {
    "handbuch/bus.md": f"# Der Bus\n\nDen Bus bezahlt der Verein. {_EARLY * 40}\n\n## {LONG}\n\nKurz.\n",
    "handbuch/car.md": "---\ntitle: Le car\nlanguage: fr\n---\nL'association paie le car, le Bus.\n",
    "foerderung/bus.md": """---
title: Zuschuss zum Bus
funder: Land
applicants: [Vereine]
countries: [fr]
topics: [jugendaustausch]
amount_max: 500
deadline: laufend
valid_until: 2030-01-01
last_checked: 2026-11-22
---
Den Bus bezahlt zur Hälfte das Land.
""",
    "foerderung/zelte-2024.md": _tents(2024, "2024-12-31", 300),
    "foerderung/zelte-2026.md": _tents(2026, "2030-12-31", 400),
    "transkripte/bus.vtt": "WEBVTT\n\n00:01:02.000 --> 00:01:09.000\nDen Bus bezahlt am Ende der Verein.\n",
    "transkripte/bus.wav": silence(90),
    "handbuch/fahrten.pdf": (ROOT / "corpus/handbuch/versicherung-und-haftung-bei-fahrten.pdf").read_bytes(),
    "faq/bus.yaml": "- frage: Wer bezahlt den Bus?\n  antwort: Den Bus bezahlt der Verein.\n",
    **_ROADS,
}
