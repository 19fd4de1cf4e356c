"""From a finished case to a source of kind `beratung`: checked for personal data, written once."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from index.durable import write_atomically
from index.passage import Kind
from search_api.cases.errors import CorpusReadOnlyError, ReleaseRefusedError
from search_api.cases.personal import personal_data
from search_api.cases.source_text import said_in, source_text
from search_api.folder.making import folder_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from search_api.schemas import Case, Release

PUBLISHED_LATER = (
    "Die Antwort liegt jetzt als Quelle im Bestand. Gefunden wird sie nach der nächsten Aufnahme "
    "(»python -m ingest«; mit »--watch« geschieht das von selbst)."
)
_FOLDER = Kind.BERATUNG.value
_MOST_OF_A_NAME = 60  # characters of the file's name that come from the title
_MOST_ALIKE = 1_000  # sources with the same name on the same day
_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "ø": "o", "æ": "ae"})


def release(case: Case, wanted: Release, corpus: Path, today: date) -> str:
    """Write the source of a case into the corpus and return its path there.

    Raises:
        ReleaseRefusedError: there is no title, no answer or no pin, or something looks like personal data.
        CorpusReadOnlyError: the file cannot be written.
    """
    _require_complete(case, wanted)
    folder = folder_of(case, today)
    _require_impersonal(said_in(wanted.title, case, folder), wanted)
    text = source_text(wanted.title, case, folder, today)
    try:
        return _written(corpus, f"{today:%Y-%m-%d}-{_slug(wanted.title)}", text)
    except OSError as error:
        raise CorpusReadOnlyError(
            f"In den Ordner »{_FOLDER}« der Materialien lässt sich nicht schreiben ({error.strerror}). Bitte "
            "geben Sie ihn zum Schreiben frei; mit Docker binden Sie dafür ./corpus/beratung beschreibbar "
            "ein (siehe docker-compose.yml, Dienst »api«)."
        ) from error


def take_back(source: str, corpus: Path) -> None:
    """Delete a source that was just released: it could not be remembered which case it is of."""
    (corpus / source).unlink(missing_ok=True)


def _require_complete(case: Case, wanted: Release) -> None:
    if not wanted.title.strip():
        raise ReleaseRefusedError("Bitte geben Sie der neuen Quelle einen Titel.")
    if not case.answer.strip():
        raise ReleaseRefusedError(
            "Freigeben lässt sich nur eine Antwort: Bitte schreiben Sie zuerst den Antworttext."
        )
    if not case.pins:
        raise ReleaseRefusedError(
            "Bitte merken Sie zuerst mindestens eine Fundstelle vor, auf die sich die Antwort stützt."
        )


def _require_impersonal(said: Mapping[str, str], wanted: Release) -> None:
    findings = personal_data(said)
    open_ones = tuple(each for each in findings if not (each.confirmable and wanted.confirmed))
    if not open_ones:
        return
    named = "; ".join(dict.fromkeys(f"{each.name} ({each.place}: »{each.excerpt}«)" for each in open_ones))
    advice = "Bitte nehmen Sie das heraus"
    if all(each.confirmable for each in open_ones):
        advice += " oder bestätigen Sie, dass niemand Privates gemeint ist"
    raise ReleaseRefusedError(f"Das sieht nach Angaben zu Personen aus: {named}. {advice}.", open_ones)


def _written(corpus: Path, name: str, text: str) -> str:
    """Write the text under a name that is free; the file is claimed first, so that nothing is overwritten."""
    folder = corpus / _FOLDER
    folder.mkdir(exist_ok=True)
    if not folder.resolve().is_relative_to(corpus.resolve()):
        raise CorpusReadOnlyError(
            f"Der Ordner »{_FOLDER}« ist ein Verweis aus den Materialien hinaus. Bitte legen Sie einen "
            "richtigen an."
        )
    for number in range(1, _MOST_ALIKE):
        path = folder / (f"{name}.md" if number == 1 else f"{name}-{number}.md")
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            continue
        _fill(path, text)
        return f"{_FOLDER}/{path.name}"
    raise CorpusReadOnlyError("Heute wurden schon sehr viele Antworten mit diesem Titel freigegeben.")


def _fill(path: Path, text: str) -> None:
    try:
        write_atomically(path, text)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _slug(title: str) -> str:
    """Return the words of a title as small letters, digits and hyphens: no path, no sign of a shell."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(_TRANSCRIBED)).encode("ascii", "ignore")
    words = re.sub(r"[^a-z0-9]+", "-", plain.decode())[:_MOST_OF_A_NAME].strip("-")
    return words or "antwort"
