"""A case to make folders of, with every kind of place and the worst that may stand in a corpus."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from search_api.folder.making import folder_of
from search_api.schemas import Case, Hit, Pin
from tests.search_api.view.samples import DOCUMENT, EXPIRED, HEADING, HOSTILE, QUESTION, RECORDING, TIME, hit

if TYPE_CHECKING:
    from search_api.folder.model import Folder

TODAY = date(2026, 11, 22)
PAGE = "https://lotse.example.org/suche"
TITLE = "Zażółć gęślą jaźń – Партнерство міст »Їжак« – Kardeş şehir İğdır – Größe ẞ"
WORSE = (
    f'{HOSTILE}\n# Kopf\n1. eins\n- zwei\n=HYPERLINK("https://x")\n---\n&copy; \x00\x0b\x1b[31m\ufffe'
    "\u202egnp\n```\n<b>"
)
NOTE = "Gilt auch für Łódź.\nBitte nachfragen."
_NOW = datetime(2026, 11, 22, tzinfo=UTC)


def pin(found: Hit, note: str = "") -> Pin:
    return Pin.model_validate({**found.model_dump(), "note": note})


PINS = (
    pin(hit(), NOTE),
    pin(hit(RECORDING.model_copy(update={"video_url": "https://example.org/v.mp4"}), TIME)),
    pin(hit(EXPIRED, HEADING)),
    pin(hit(DOCUMENT.model_copy(update={"title": TITLE, "valid_until": date(2027, 12, 31)}), QUESTION)),
)
HOSTILE_PIN = pin(
    hit(
        DOCUMENT.model_copy(update={"title": HOSTILE, "url": 'https://example.org/a b"><script>\\&copy;'}),
        HEADING,
        text=WORSE,
        sentence=HOSTILE,
        heading=(WORSE,),
    ),
    WORSE,
)


def case(*pins: Pin, questions: tuple[str, ...] = ("Wer haftet?",), answer: str = "Der Verein.") -> Case:
    return Case(
        id="1",
        title="Wer haftet?",
        created=_NOW,
        changed=_NOW,
        revision=1,
        questions=list(questions),
        answer=answer,
        pins=list(pins),
        released=None,
    )


def folder(*pins: Pin, page: str = "") -> Folder:
    asked = ("Wer haftet in Ząbki?", "Und für Jugendliche?")
    return folder_of(case(*pins, questions=asked, answer="Der Verein.\n\nFragen Sie nach."), TODAY, page)


def hostile() -> Folder:
    """A folder in which everything that others write is hostile."""
    return folder_of(case(HOSTILE_PIN, questions=(WORSE, HOSTILE), answer=WORSE), TODAY, PAGE)
