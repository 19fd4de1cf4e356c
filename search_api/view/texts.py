"""German words for what the API names in codes, and the sentences of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_api.schemas import Verdict

NAME: Final = "Partnerschaftslotse"
PROMISE: Final = (
    "Stellen Sie Ihre Frage zur Städtepartnerschaft in Ihren eigenen Worten. "
    "Sie bekommen die passende Stelle aus Handbüchern, Förderhinweisen, Studien und Mitschriften, "
    "mit Quelle und Datum."
)
HEADLINE: Final = "Fragen zur Städtepartnerschaft"
ANSWERS_TO: Final = "Antworten auf:"
QUESTION_LABEL: Final = "Ihre Frage"
QUESTION_EXAMPLE: Final = "z. B. Wer haftet auf der Fahrt?"
SEARCH: Final = "Suchen"
SEARCHING: Final = "Ich suche …"
EXAMPLES: Final = "Beispiele: einfach antippen"
ALL_DOCUMENTS: Final = "Alle Dokumente ansehen"
NEAREST: Final = "Am ehesten verwandt"
MORE_HITS: Final = "Weitere Stellen"
FILTERS: Final = "Antworten eingrenzen"
APPLY_FILTERS: Final = "Filter anwenden"
RESET_FILTERS: Final = "Filter zurücksetzen"
SHOW_EXPIRED: Final = "Auch abgelaufene Quellen zeigen"
CHOOSE: Final = "Bitte wählen"
TRY_AGAIN: Final = "Noch einmal versuchen"
TO_START: Final = "Zur Startseite"
BACK_TO_ANSWERS: Final = "Zurück zu den Antworten"

SEARCHED_TOO: Final = "Gesucht wurde auch:"
ALSO_IN: Final = "Steht auch in:"
NEWER_VERSION: Final = "Es gibt eine neuere Fassung:"

ASK_FIRST: Final = "Bitte geben Sie zuerst eine Frage ein."
API_AWAY: Final = "Die Suche ist gerade nicht erreichbar."
API_AWAY_ADVICE: Final = (
    "Bitte warten Sie einen Augenblick und versuchen Sie es noch einmal. "
    "Bleibt es dabei, sagen Sie bitte der Person Bescheid, die diese Seite betreut. "
    "Sie startet die Suche mit:"
)
API_AWAY_COMMAND: Final = "make start"
NOT_READY: Final = "Die Suche ist noch nicht bereit."
NOT_READY_ADVICE: Final = "Bitte geben Sie das an die Person weiter, die diese Seite betreut:"
NOTHING_PUBLISHED: Final = "Hier sind noch keine Dokumente eingelesen."
NOTHING_PUBLISHED_ADVICE: Final = "Wer diese Seite betreut, liest die Dokumente so ein:"
NOTHING_PUBLISHED_COMMAND: Final = "python -m ingest"
REFUSED: Final = "Diese Frage konnte nicht beantwortet werden."
REFUSED_WITHOUT_REASON: Final = "Bitte stellen Sie die Frage kürzer oder mit anderen Worten."
REFUSED_FILTER: Final = "Ein Filter hat einen unmöglichen Wert. Bitte fragen Sie ohne Filter noch einmal."
UNKNOWN_DOCUMENT: Final = "Dieses Dokument gibt es hier nicht (mehr)."
UNKNOWN_DOCUMENT_ADVICE: Final = (
    "Vielleicht wurde es ersetzt oder entfernt. Suchen Sie bitte noch einmal danach."
)

SEARCH_LINK: Final = "Fragen"
GUIDE: Final = "Förder-Lotse: Welches Programm passt?"
GUIDE_LINK: Final = "Förder-Lotse"
GUIDE_PROMISE: Final = (
    "Drei Fragen zu Ihrem Vorhaben, dann sehen Sie, welche Programme passen und warum. Was Sie noch nicht "
    "wissen, lassen Sie frei. Prüfen Sie Beträge und Fristen vor dem Antrag bei der Förderstelle."
)
GUIDE_APPLICANT: Final = "1. Wer sind Sie?"
GUIDE_COUNTRY: Final = "2. Mit welchem Land?"
GUIDE_PURPOSE: Final = "3. Was haben Sie vor?"
GUIDE_PEOPLE: Final = "Wie viele Menschen nehmen teil?"
GUIDE_AMOUNT: Final = "Wie viel Geld brauchen Sie, in Euro?"
GUIDE_ADVANCE: Final = "Wir brauchen das Geld schon vorher"
GUIDE_SHOW: Final = "Programme zeigen"
NOT_SAID: Final = "– bitte wählen –"
APPLICANTS: Final = {
    "verein": "ein Verein oder Komitee",
    "kommune": "eine Stadt, eine Gemeinde oder ein Kreis",
    "schule": "eine Schule",
    "informell": "eine Gruppe ohne Verein",
}
PURPOSES: Final = {
    "begegnung": "ein Treffen oder eine Fahrt von Erwachsenen",
    "jugend": "eine Begegnung von Jugendlichen",
    "schule": "einen Schüleraustausch",
    "kultur": "ein Kulturprojekt",
    "hilfe": "Hilfe für den Partner, etwa in der Ukraine",
    "ehrenamt": "Arbeit im eigenen Verein",
}
FITS: Final = "Passt"
FITS_PERHAPS: Final = "Passt vielleicht"
FITS_NOT: Final = "Passt nicht"
GUIDE_REFUSED: Final = "Eine Angabe ist so nicht möglich. Schreiben Sie Zahlen bitte so: 1.500"
GUIDE_NOTHING_SAID: Final = "Bitte beantworten Sie mindestens eine der Fragen."

STANDING_PAGES: Final = {
    "barrierefreiheit": "Erklärung zur Barrierefreiheit",
    "leichte-sprache": "Leichte Sprache: Was ist der Partnerschaftslotse?",
}

VERDICTS: Final[dict[Verdict, str]] = {
    "answered": "Das beantwortet Ihre Frage.",
    "partial": "Das hilft vielleicht weiter – bitte prüfen Sie selbst.",
    "none": "Dazu haben wir nichts.",
}
ADVICE_OTHER_WORDS: Final = "Stellen Sie die Frage mit anderen Worten, gern als ganzen Satz."
ADVICE_FEWER_FILTERS: Final = "Setzen Sie die Filter zurück."
ADVICE_CONTACT: Final = "Fragen Sie hier nach:"
ADVICE_OFFICE_HOURS: Final = "Fragen Sie in der Sprechstunde nach."

FACET_NAMES: Final = {
    "kind": "Art der Quelle",
    "topic": "Thema",
    "country": "Land",
    "audience": "Für wen",
    "language": "Sprache",
    "year": "Jahr",
}

KINDS: Final = {
    "handbuch": "Handbuch",
    "foerderung": "Förderung",
    "faq": "Häufige Fragen",
    "studien": "Studie",
    "transkripte": "Mitschrift",
}

_LANGUAGES: Final = {
    "cs": "Tschechisch",
    "de": "Deutsch",
    "en": "Englisch",
    "es": "Spanisch",
    "fr": "Französisch",
    "it": "Italienisch",
    "nl": "Niederländisch",
    "pl": "Polnisch",
    "pt": "Portugiesisch",
    "ru": "Russisch",
    "tr": "Türkisch",
    "uk": "Ukrainisch",
}

_COUNTRY_TABLE: Final = """
ad Andorra, al Albanien, am Armenien, at Österreich, az Aserbaidschan, ba Bosnien und Herzegowina,
be Belgien, bg Bulgarien, by Belarus, ca Kanada, ch Schweiz, cn China, cy Zypern, cz Tschechien,
de Deutschland, dk Dänemark, ee Estland, es Spanien, fi Finnland, fr Frankreich, gb Großbritannien,
ge Georgien, gr Griechenland, hr Kroatien, hu Ungarn, ie Irland, il Israel, is Island, it Italien,
jp Japan, li Liechtenstein, lt Litauen, lu Luxemburg, lv Lettland, mc Monaco, md Moldau,
me Montenegro, mk Nordmazedonien, mt Malta, nl Niederlande, no Norwegen, pl Polen, pt Portugal,
ro Rumänien, rs Serbien, ru Russland, se Schweden, si Slowenien, sk Slowakei, sm San Marino,
tr Türkei, ua Ukraine, us USA, xk Kosovo
"""
_COUNTRIES: Final = {entry.strip()[:2]: entry.strip()[3:] for entry in _COUNTRY_TABLE.split(",")}

_AUDIENCES: Final = {"jugend": "Jugendliche", "kommune": "Kommunen", "schule": "Schulen", "verein": "Vereine"}


def kind_name(code: str) -> str:
    """`foerderung` → `Förderung`."""
    return KINDS.get(code, capitalised(code))


def language_name(code: str) -> str:
    """`fr` → `Französisch`; an unknown code stays as it is."""
    return _LANGUAGES.get(code, code)


def country_name(code: str) -> str:
    """`pl` → `Polen`; an unknown code is shown in capitals."""
    return _COUNTRIES.get(code.lower(), code.upper())


def countries() -> dict[str, str]:
    """All partner countries by code, in the order of their names."""
    return dict(sorted(((code, name) for code, name in _COUNTRIES.items() if code != "de"), key=_german))


def _german(entry: tuple[str, str]) -> str:
    return entry[1].translate(str.maketrans("ÄÖÜäöü", "AOUaou"))


def audience_name(code: str) -> str:
    """`verein` → `Vereine`."""
    return _AUDIENCES.get(code, capitalised(code))


def capitalised(word: str) -> str:
    """The first letter large, the rest untouched."""
    return word[:1].upper() + word[1:]


_VALUE_NAMES: Final[dict[str, Callable[[str], str]]] = {
    "kind": kind_name,
    "topic": capitalised,
    "country": country_name,
    "audience": audience_name,
    "language": language_name,
}


def value_name(facet: str, value: str) -> str:
    """A filter's value as people say it."""
    return _VALUE_NAMES.get(facet, str)(value)


def counted(number: int, one: str, many: str) -> str:
    """`1 Dokument`, `3 Dokumente`."""
    return f"{number} {one if number == 1 else many}"


PAGE_PICTURE: Final = "Seite {page} von »{title}«; der Text steht unten auf dieser Seite"
PAGE_IN_FILE: Final = "Seite {page} im Original öffnen"

AS_WRITTEN_ONLY: Final = "Nur so suchen, wie ich es geschrieben habe"
AS_WRITTEN: Final = "Gesucht wurde genau so, wie Sie es geschrieben haben."
AS_WRITTEN_UNDONE: Final = "Auch verwandte Wörter suchen"

LISTEN_FROM: Final = "Ab {begin} anhören"
WATCH_FROM: Final = "Ab {begin} ansehen"
READ_FROM: Final = "Mitschrift ab {begin} lesen"

LEAVE_QUESTION: Final = "Frage dalassen"
LEAVE_QUESTION_PROMISE: Final = (
    "Lassen Sie die Frage da: Wer diese Seite betreut, sieht sie und ergänzt die Materialien. Gespeichert "
    "werden nur die Frage und der Tag. Eine Antwort bekommen Sie nicht, denn niemand weiß, wer gefragt hat."
)
QUESTION_NOTED: Final = "Danke, die Frage ist notiert."
QUESTION_NOTED_ADVICE: Final = "Wer diese Seite betreut, sieht sie und ergänzt die Materialien."
QUESTION_NOTED_REMOVED: Final = (
    "Danke, die Frage ist notiert. Was darin wie eine E-Mail-Adresse, Telefon- oder Kontonummer aussah, "
    "wurde vorher entfernt."
)
QUESTION_NOT_NOTED: Final = "Die Frage ist nicht notiert."
QUESTION_REFUSED: Final = "Bitte stellen Sie eine Frage in Worten, mit 3 bis 1000 Zeichen."
QUESTION_TOO_MANY: Final = (
    "Gerade kommen sehr viele Fragen an. Bitte versuchen Sie es in einer Minute noch einmal."
)
QUESTION_NOT_KEPT: Final = (
    "Bitte versuchen Sie es später noch einmal, oder fragen Sie in der Sprechstunde nach."
)
